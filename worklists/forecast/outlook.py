"""The six weeks ahead as a manager reads them: what will be lost at today's pace, and what a change would save."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.formatting import dollars
from worklists.domain import forecast_plan as plan
from worklists.domain.forecast import HORIZON, Load, draw
from worklists.domain.forecast_plan import Endangered, Loads, Loss, Runs
from worklists.forecast import last_safe
from worklists.forecast.advice import WORTH_SAYING, Suggestion, advise
from worklists.forecast.basis import ARRIVAL_DAYS, SETTLED_DAYS, Basis
from worklists.forecast.levers import Levers, apply, set_aside
from worklists.forecast.pace import PACE_DAYS
from worklists.forecast.words import count, dollar_span, expected, span
from worklists.models import WorkItem
from worklists.wording import day as in_words

LISTED, SHOWN_AT_ONCE = 20, 10


@dataclass(frozen=True, slots=True)
class QueueOutlook:
    """What one queue loses, before and after."""

    name: str
    url: str
    before: Loss
    after: Loss
    hours_a_week: float
    due: int
    due_url: str

    @property
    def items(self) -> str:
        return count(self.after.items)

    @property
    def items_span(self) -> str:
        return span(self.after.items)


@dataclass(frozen=True, slots=True)
class Danger:
    """One open item that may be lost."""

    pk: int
    reason: str
    payer: str
    queue: str
    last_safe: date
    dollars: float
    percent: int


@dataclass(frozen=True, slots=True)
class Outlook:
    """The whole page."""

    basis: Basis
    before: Loss
    after: Loss
    is_changed: bool
    by_choice: int
    """Open items that the change itself sets aside."""
    weeks: list[dict[str, Any]]
    queues: list[QueueOutlook]
    dangers: list[Danger]
    endangered: int
    suggestion: Suggestion | None
    until: date

    @property
    def first_dangers(self) -> list[Danger]:
        return self.dangers[:SHOWN_AT_ONCE]

    @property
    def other_dangers(self) -> list[Danger]:
        return self.dangers[SHOWN_AT_ONCE:]

    @property
    def due_url(self) -> str:
        return _listed(last_safe.AHEAD)

    @property
    def late_url(self) -> str:
        return _listed(last_safe.PASSED)

    @property
    def finished_url(self) -> str:
        return f"{reverse('all_items')}?{urlencode({'finished': PACE_DAYS})}"

    @property
    def denied_url(self) -> str:
        """As `basis` counts them: by weekday, without the newest days."""
        first = SETTLED_DAYS + ARRIVAL_DAYS - 1
        asked = {"status": "any", "age_from": SETTLED_DAYS, "age_to": first}
        return f"{reverse('all_items')}?{urlencode(asked)}"

    @property
    def band(self) -> str:
        return f"In eight of ten runs it is {span(self.before.items)}, worth {dollar_span(self.before.dollars)}."

    @property
    def saved(self) -> float:
        return self.before.dollars.expected - self.after.dollars.expected


def look_ahead(basis: Basis, levers: Levers) -> Outlook:
    """Draws the six weeks, as they are and as they would be."""
    seed = basis.today.isoformat()
    before = {key: draw(load, seed) for key, load in basis.loads.items()}
    changed = apply(basis, levers, before)
    after = {key: before[key] if load is basis.loads[key] else draw(load, seed) for key, load in changed.items()}
    found = plan.endangered(changed, after)
    return Outlook(
        basis=basis,
        before=plan.total_loss(before),
        after=plan.total_loss(after),
        is_changed=levers.is_set,
        by_choice=set_aside(changed, levers),
        weeks=_weeks(before, after, basis.today),
        queues=_queues(basis, changed, before, after),
        dangers=_dangers(basis, found[:LISTED]),
        endangered=len(found),
        suggestion=None if levers.is_set else advise(basis, before, seed),
        until=basis.today + timedelta(days=HORIZON - 1),
    )


def _weeks(before: Runs, after: Runs, today: date) -> list[dict[str, Any]]:
    """For `components/months.html`: what is lost in each week, as it would be after the change."""
    losses, first = plan.loss_by_week(after), plan.loss_by_week(before)
    most = max((week.dollars.expected for week in [*losses, *first]), default=0.0)
    return [
        {
            "label": _week(today + timedelta(days=7 * number)),
            "value": expected(week.dollars),
            "share": round(100 * week.dollars.expected / most) if most else 0,
            "tone": "late" if number == 0 else "",
            "items": count(week.items),
            "items_span": span(week.items),
            "dollars": week.dollars,
            "dollars_span": dollar_span(week.dollars),
            "before": first[number].dollars,
        }
        for number, week in enumerate(losses)
    ]


def _week(first: date) -> str:
    """`22 – 28 Nov`, `29 Nov – 5 Dec`."""
    last = first + timedelta(days=6)
    return f"{first.day}{'' if first.month == last.month else f' {first:%b}'} – {last.day} {last:%b}"


def _queues(basis: Basis, changed: Loads, before: Runs, after: Runs) -> list[QueueOutlook]:
    """Queues with anything due or any time, those that lose most first."""
    was, becomes = plan.loss_by_queue(before), plan.loss_by_queue(after)
    rows = [
        QueueOutlook(
            basis.names[key], f"{reverse('all_items')}?queue={key}", was[key], becomes[key],
            sum(load.minutes) / 60 / 6, _due(load), _listed(last_safe.AHEAD, key),
        )
        for key, load in changed.items()
        if load.cells or any(load.minutes) or was[key].items.expected
    ]  # fmt: skip
    return sorted(rows, key=lambda row: (-max(row.before.dollars.expected, row.after.dollars.expected), row.name))


def _listed(due: str, queue: int | None = None) -> str:
    """The list of the items that one number counts."""
    asked = {"due": due} if queue is None else {"due": due, "queue": queue}
    return f"{reverse('all_items')}?{urlencode(asked)}"


def _due(load: Load) -> int:
    return sum(cell.number for cell in load.cells if not cell.is_late)


def _dangers(basis: Basis, found: Iterable[Endangered]) -> list[Danger]:
    chosen = {each.item: each for each in found}
    rows = WorkItem.objects.filter(pk__in=chosen).values_list("pk", "reason", "payer__name")
    known = {pk: (reason, payer) for pk, reason, payer in rows}
    return [
        Danger(
            pk=each.item,
            reason=known[each.item][0],
            payer=known[each.item][1],
            queue=basis.names[each.queue],
            last_safe=basis.today + timedelta(days=each.expires),
            dollars=each.dollars,
            percent=round(100 * each.probability),
        )
        for each in chosen.values()
        if each.item in known
    ]


def sentence(outlook: Outlook) -> str:
    """The one sentence that says how the weeks end at today's pace."""
    items, until = outlook.before.items, in_words(outlook.until)
    if items.high < 1:
        return f"At today's pace nothing passes its last safe day unworked by {until}."
    number = max(1, round(items.expected))
    are = "item worth" if number == 1 else "items worth"
    passes = "passes its" if number == 1 else "pass their"
    lost = expected(outlook.before.dollars)
    return f"At today's pace about {number:,} {are} {lost} {passes} last safe day unworked by {until}."


def sentence_after(outlook: Outlook) -> str:
    """What the change makes of it."""
    items, saved = outlook.after.items, outlook.saved
    number = f"about {round(items.expected):,}" if items.expected >= 0.5 else "none"
    worth = f" worth {expected(outlook.after.dollars)}" if items.expected >= 0.5 else ""
    if abs(saved) < WORTH_SAYING:
        return f"With this change it is {number}{worth}: no difference in dollars."
    return (
        f"With this change it is {number}{worth}: {'saves' if saved > 0 else 'costs'} {dollars(Decimal(abs(saved)))}."
    )
