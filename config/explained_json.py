"""What `manage.py explain --json` prints: one object per claim payment, with the keys of the worked scenarios."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from config.explaining import Explained, ExplainedClaim
from denials.domain.clock_set import Clock
from denials.domain.conclusion import AppealResult, Conclusion
from denials.domain.deadlines import Deadline
from denials.domain.facts import ReportedClaim
from denials.domain.urgency import Pressing, band_of, ranks

Places = Mapping[str, tuple[int, int]]


def as_json(explained: Explained, as_of: date, others: Sequence[Pressing] = ()) -> list[dict[str, Any]]:
    """One object per CLP in file order, money as text with two decimals. Days are counted from `as_of`.

    Ranks are places among the denials of these files and `others`.
    """
    places = ranks([*_pressing(explained), *others], as_of)
    return [_claim_json(each, as_of, places.get(_id(each, position))) for position, each in enumerate(explained.claims)]


def _pressing(explained: Explained) -> Iterator[Pressing]:
    for position, each in enumerate(explained.claims):
        last_day = each.dated.deadline if each.dated else None
        if last_day and each.conclusion.is_denial:
            yield Pressing(_id(each, position), each.queue, last_day.date, each.conclusion.amount_at_risk)


def _id(each: ExplainedClaim, position: int) -> str:
    return f"{each.claim.claim_number}\0{position:06d}"


def _claim_json(each: ExplainedClaim, as_of: date, place: tuple[int, int] | None) -> dict[str, Any]:
    claim, conclusion = each.claim, each.conclusion
    return {
        "claim_id": claim.claim_number,
        "charge": dollars(claim.charge),
        "paid": dollars(claim.paid),
        "status": claim.status,
        "adjustments": [*_adjustments(claim)],
        "outcome": str(conclusion.outcome),
        "is_denial": conclusion.is_denial,
        "denied_amount": dollars(conclusion.denied_amount),
        "amount_at_risk": dollars(conclusion.amount_at_risk),
        "tracked_amount": dollars(conclusion.tracked_amount),
        "category": conclusion.category or None,
        "denial_type": conclusion.denial_type or None,
        "primary_reason": conclusion.primary_reason,
        "liability": str(conclusion.liability),
        "queue": each.queue,
        "resolution": conclusion.resolution,
        "appeal_allowed": conclusion.appeal_allowed,
        "remarks": list(conclusion.remarks),
        **_where_it_applies(conclusion, each.linked),
        **_dates(each, as_of),
        **({"priority_overall": place[0], "priority_in_queue": place[1]} if place else {}),
        "because": list(conclusion.because),
    }


def _adjustments(claim: ReportedClaim) -> Iterator[Mapping[str, Any]]:
    for number, adjustments in ((0, claim.adjustments), *((line.number, line.adjustments) for line in claim.lines)):
        for one in adjustments:
            yield {"line": number, "group": one.group, "code": one.code, "amount": dollars(one.amount)}


def _where_it_applies(conclusion: Conclusion, linked: str) -> dict[str, Any]:
    """The keys that only some claims have."""
    found: dict[str, Any] = {
        "denied_lines": list(conclusion.denied_lines),
        "denied_units": _number(conclusion.denied_units),
        "pending_lines": list(conclusion.pending_lines),
        "watch": conclusion.watch,
        "exception": str(conclusion.exceptions[0]) if conclusion.exceptions else None,
        "linked_claim": linked,
    }
    if conclusion.appeal_result is not None:
        if conclusion.appeal_result is AppealResult.OVERTURNED:
            found["close_denial"] = conclusion.linked_claim
        found |= {
            "outcome_of_appeal": str(conclusion.appeal_result),
            "recovered": dollars(conclusion.recovered_amount),
        }
    return {name: value for name, value in found.items() if value}


def _dates(each: ExplainedClaim, as_of: date) -> dict[str, Any]:
    if each.dated is None:
        return {}
    found: dict[str, Any] = {"clocks": [_clock_json(clock, as_of) for clock in each.dated.clocks]}
    if last_day := each.dated.deadline:
        found["deadline"] = _deadline_json(last_day, as_of)
        found["urgency_band"] = str(band_of((last_day.date - as_of).days))
    if second := each.dated.second:
        found["second_deadline"] = _deadline_json(second, as_of)
    return found


def _deadline_json(last_day: Deadline, as_of: date) -> dict[str, Any]:
    return {
        "date": last_day.date.isoformat(),
        "rule_id": last_day.rule_id,
        "basis": last_day.basis,
        "basis_date": last_day.basis_date.isoformat(),
        "window": last_day.window,
        "receipt_presumption_days": last_day.presumption_days,
        "non_business_day_rule": last_day.non_business_day_rule,
        "days_left": (last_day.date - as_of).days,
        "note": last_day.note,
        "kind": last_day.kind,
        "name": last_day.level_name,
        "source": last_day.source,
        "last_verified": last_day.last_verified,
        "confidence": last_day.confidence,
        "is_default": last_day.is_default,
        "because": list(last_day.because),
    }


def _clock_json(clock: Clock, as_of: date) -> dict[str, Any]:
    return {
        "kind": clock.kind.value,
        "level": clock.level or None,
        "name": clock.name,
        "state": clock.state.value,
        "waits_for": clock.waits_for or None,
        "basis": clock.basis or None,
        "basis_date": _iso(clock.basis_date),
        "rule_id": clock.rule_id or None,
        "source": clock.source,
        "last_verified": clock.last_verified,
        "confidence": clock.confidence,
        "window": clock.window,
        "receipt_presumption_days": clock.presumption_days,
        "non_business_day_rule": clock.non_business_day_rule or "none",
        "last_day": _iso(clock.last_day),
        "last_safe_day": _iso(clock.last_safe_day),
        "days_left": clock.days_left(as_of),
        "is_binding": clock.is_binding,
        "is_default": clock.is_default,
        "disagreement": [
            {"rule_id": other.rule_id, "name": other.name, "last_day": _iso(other.last_day)} for other in clock.others
        ],
        "because": list(clock.because),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(units: Decimal | None) -> int | float | None:
    """Units are counts, not money: a JSON number."""
    if units is None:
        return None
    return int(units) if units == units.to_integral_value() else float(units)


def dollars(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"
