"""Every line of a claim with what the payer did to it. `fact` leads to where a value stands in the payer's file."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.formatting import money
from worklists.item_sheet import Line, Reason


def lines_in_words(lines: Iterable[Line]) -> list[dict[str, Any]]:
    return [_line(line) for line in lines]


def _line(line: Line) -> dict[str, Any]:
    return {
        "is_whole": line.is_whole_claim,
        "number": line.number,
        "procedure": line.procedure,
        "procedure_fact": line.procedure_fact,
        "units": "" if line.units is None else f"{line.units.normalize():f}",
        "units_fact": line.units_fact,
        "charge": money(line.charge),
        "paid": money(line.paid),
        "fact": line.fact,
        "reasons": [_reason(reason, is_denied=line.is_denied) for reason in line.reasons],
        "remarks": [
            {"called": remark.title, "code": remark.code, "is_alert": remark.is_alert, "fact": remark.fact}
            for remark in line.remarks
        ],
    }


def _reason(reason: Reason, *, is_denied: bool) -> dict[str, Any]:
    return {
        "called": reason.title,
        "code": reason.code,
        "amount": money(reason.amount),
        "fact": reason.fact,
        "denies": is_denied and reason.may_deny,
    }
