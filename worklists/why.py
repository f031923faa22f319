"""Why an item is what and where it is: its conclusions, its clocks and its place in the order, read in one query."""

from __future__ import annotations

from datetime import date
from typing import Any

from accounts.models import User
from accounts.one_statement import read_in_one
from denials.models import Clock, PayerRule
from worklists.conclusions import conclusions_about, handlings_of
from worklists.item_clocks import in_words
from worklists.item_order import known_about, order_of
from worklists.models import WorkItem
from worklists.ranking import weights_from, weights_rows


def read(item: WorkItem, user: User, today: date) -> dict[str, Any]:
    """Expects an item with its facts."""
    clocks = Clock.objects.filter(denial=item.denial_id)
    rules = PayerRule.objects.filter(rule_id__in=clocks.values("rule_id"))
    handled, rows, behind, weights, known = read_in_one(
        handlings_of(item), clocks, rules, weights_rows(), known_about(item)
    )
    return {
        "conclusions": conclusions_about(item, user, handled),
        "clocks": in_words(rows, {rule.rule_id: rule for rule in behind}, item),
        "order": order_of(item, today, weights_from(weights), known),
    }
