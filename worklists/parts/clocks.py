"""The days that count for an item."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.formatting import days_left, days_tone, money, short_date
from accounts.models import User
from worklists.domain.transitions import Status
from worklists.item_clocks import ItemClocks, OtherPart, ShownClock
from worklists.models import MissedClock, WorkItem

Row = dict[str, str]


def clocks_of(
    item: WorkItem, user: User, clocks: ItemClocks, missed: Iterable[MissedClock], today: date
) -> dict[str, Any]:
    binding = clocks.binding
    sooner = _sooner(clocks)
    return {
        "rows": [
            *(_of_part(part, today) for part in sooner),
            _first(item, binding, today),
            *([_due("Ask the payer", item.follow_up_on, today)] if item.is_open and item.follow_up_on else []),
            *(
                [_due("Comes back", item.postponed_until, today, item.postponed_because)]
                if item.is_open and item.postponed_until
                else []
            ),
            *(_clock(clock, today) for clock in clocks.running),
            *(_of_part(part, today) for part in clocks.parts if part not in sooner),
        ],
        "parts": [
            {"says": _part(part, item, today), "may_be_refused": bool(part.sent_on and item.is_open and user.may_work)}
            for part in clocks.parts
        ],
        "missed": [_missed(each, user, today) for each in missed],
        "is_default": bool(binding and binding.is_default and item.is_open),
        "sources_disagree": bool(binding and binding.others and item.is_open),
        "has_reasons": bool(binding or clocks.others_count),
    }


def left_on(clocks: ItemClocks, today: date) -> list[Row]:
    """The clocks that run, each with its days."""
    first = [clocks.binding] if clocks.binding and clocks.binding.is_running else []
    own = [(clock, clock.name) for clock in [*first, *clocks.running]]
    others = [(part.clock, _called(part, part.clock)) for part in clocks.parts if part.clock and _runs(part)]
    sooner = len(_sooner(clocks))
    return [
        {
            "days": days_left(clock.last_day, today),
            "css": "ok" if clock.is_ours else days_tone(clock.last_day, today),
            "called": called,
        }
        for clock, called in [*others[:sooner], *own, *others[sooner:]]
    ]


def _sooner(clocks: ItemClocks) -> list[OtherPart]:
    """Parts that have to be answered before the one that the page is about."""
    own = clocks.binding.last_day if clocks.binding else None
    return [
        part for part in clocks.parts
        if part.clock and _runs(part) and part.clock.last_day and (own is None or part.clock.last_day < own)
    ]  # fmt: skip


def _runs(part: OtherPart) -> bool:
    return part.clock is not None and part.clock.is_running and part.sent_on is None


def _called(part: OtherPart, clock: ShownClock) -> str:
    return f"{clock.name} of part {part.payer_number}".strip()


def _of_part(part: OtherPart, today: date) -> Row:
    if part.sent_on:
        return _row(f"Part {part.payer_number}".strip(), "muted", "sent again", short_date(part.sent_on, today))
    if part.clock is None:
        return _row(f"Part {part.payer_number}".strip(), "muted", "no last day known", part.reason)
    return _clock(part.clock, today) | {"called": _called(part, part.clock)}


def _part(part: OtherPart, item: WorkItem, today: date) -> str:
    """What somebody who reads about one part has to know of another one."""
    last = part.clock.last_day if part.clock and item.is_open and not part.sent_on else None
    until = f", to be answered by {short_date(last, today)}" if last else ""
    number = f" under its number {part.payer_number}" if part.payer_number else ""
    denied = f"{money(part.amount)} ({part.reason}){until}"
    said = f"The payer split this claim and denied another part too{number}: {denied}."
    counted = "What is at risk and denied above is of all parts, charge and lines are of this one"
    if part.sent_on is None:
        return f"{said} {counted}; a letter has to name them all."
    sent = f"The claim of that part went out again on {short_date(part.sent_on, today)}, so a letter leaves it out."
    return f"{said} {counted}. {sent}"


def _first(item: WorkItem, binding: ShownClock | None, today: date) -> Row:
    """The clock that binds; without one, the last day of the item."""
    if binding:
        return _clock(binding, today)
    if item.status == Status.WAITING or not item.is_open:
        says = "Sent, so it no longer runs" if item.is_open else "Resolved, so it no longer runs"
        return _row("Last day to answer", "", short_date(item.deadline, today), says)
    return _due("Last day to answer", item.deadline, today)


def _clock(clock: ShownClock, today: date) -> Row:
    says = clock.how
    if clock.last_day:
        says = short_date(clock.last_day, today)
        if clock.safe_day and clock.is_running:
            says = f"{says} · begin by {short_date(clock.safe_day, today)}"
    if not clock.is_running:
        return _row(clock.name, "muted", clock.state, says)
    css = "muted" if clock.is_ours else f"left {days_tone(clock.last_day, today)}"
    return _row(clock.name, css, days_left(clock.last_day, today), says)


def _due(called: str, due: date | None, today: date, basis: str = "") -> Row:
    says = " · ".join(part for part in (short_date(due, today) if due else "", basis) if part)
    return _row(called, f"left {days_tone(due, today)}", days_left(due, today), says)


def _row(called: str, css: str, stands: str, says: str) -> Row:
    return {"called": called, "css": css, "stands": stands, "says": says}


def _missed(each: MissedClock, user: User, today: date) -> dict[str, Any]:
    holder = each.holder or "nobody"
    return {
        "pk": each.pk,
        "says": f"Missed: {each.name}. Its last day was {short_date(each.last_day, today)}, held by {holder}.",
        "why": f"{each.get_why_display()}." if each.why else "",
        "may_say": user.may_manage or (each.holder_id == user.pk and user.may_work),
    }
