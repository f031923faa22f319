"""What payers said about the claim of an item before and after, and what was done between: read in one query."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from accounts.one_statement import read_in_one
from denials.acknowledgments import filing_from, filing_rows
from worklists import chain, choosing_parts, item_sheet
from worklists.models import WorkItem


def read(item: WorkItem, user: User) -> dict[str, Any]:
    asks = [item_sheet.earlier_results(item), choosing_parts.standing(item.claim_id), *filing_rows(item.claim, user)]
    earlier, chosen, answers, open_to, *rest = read_in_one(*asks, *chain.rows_for(item))
    rounds, next_level = chain.from_rows(item, *rest)
    return {
        "earlier": earlier,
        "chosen": [choosing_parts.Chosen(row) for row in chosen],
        "filing": filing_from(answers, open_to, item.claim),
        "rounds": rounds,
        "next_level": next_level,
    }
