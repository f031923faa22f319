"""Clocks that ran out: written down once, explained by whoever held the work or manages it, and listed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Sum
from django.utils import timezone

from accounts.models import FacilityScoped, User
from accounts.refusal import Conflict, Refused
from denials.domain.clock_facts import ClockState
from denials.models import Clock
from worklists import split
from worklists.models import Activity, MissedClock, Queue, WorkItem
from worklists.paging import newest_first
from worklists.wording import day

BATCH = 500
PAGE_SIZE = 50
LONGEST = 2000
OPEN, EXPLAINED = "open", "explained"


@dataclass(frozen=True, slots=True)
class Total:
    """How many records match, the dollars at risk in them, and how many nobody has explained yet."""

    number: int
    amount: Decimal
    unexplained: int


def note_missed(today: date) -> int:
    """Writes down each binding clock that ran out on open work before `today`. Harmless to run again.

    What had run out before it came in was nobody's to keep: an old file that is loaded late fills no list.
    """
    ran_out = Clock.objects.filter(
        is_binding=True, state__in=[ClockState.RUNNING.value, ClockState.MISSED.value], last_day__lt=today
    )
    own = ran_out.filter(
        denial__work_item__is_open=True, denial__work_item__created_at__date__lte=F("last_day")
    ).exclude(denial__work_item__status=WorkItem.Status.WAITING, state=ClockState.RUNNING.value)
    return _in_batches(own, _holders) + _in_batches(_of_further_parts(ran_out), _holders_of_parts)


def _of_further_parts(ran_out: QuerySet[Clock]) -> QuerySet[Clock]:
    """Those of denials beside the one that an item stands for, for payers that split a claim."""
    items = WorkItem.objects.open().filter(claim=OuterRef("denial__claim"), created_at__date__lte=OuterRef("last_day"))
    waiting = items.filter(status=WorkItem.Status.WAITING)
    rows = ran_out.filter(Exists(items), denial__work_item=None)
    return rows.exclude(Exists(waiting), state=ClockState.RUNNING.value)


def _in_batches(ran_out: QuerySet[Clock], holders: Callable[[Sequence[Clock]], dict[int, int]]) -> int:
    noted = 0
    last = 0
    rows = ran_out.select_related("denial").order_by("pk")
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        noted += _note(batch, holders(batch))
        last = batch[-1].pk
    return noted


def _holders(clocks: Sequence[Clock]) -> dict[int, int]:
    """By denial the open item that stands for it."""
    rows = WorkItem.objects.open().filter(denial__in=[clock.denial_id for clock in clocks])
    return dict(rows.values_list("denial", "pk"))


def _holders_of_parts(clocks: Sequence[Clock]) -> dict[int, int]:
    """By denial the open item that holds it beside another one; what was answered since is nobody's, nor is a part
    whose claim went out again.
    """
    items = WorkItem.objects.open().filter(claim__in=[clock.denial.claim_id for clock in clocks])
    return {part.pk: item for item, parts in split.parts_of(items).items() for part in split.to_answer(parts)}


@transaction.atomic
def _note(clocks: Sequence[Clock], holders: dict[int, int]) -> int:
    rows = WorkItem.objects.open().filter(pk__in=holders.values())
    items = {item.pk: item for item in rows.select_for_update(of=("self",), no_key=True).order_by("pk")}
    held = [(clock, items[holders[clock.denial_id]]) for clock in clocks if holders.get(clock.denial_id) in items]
    known = set(MissedClock.objects.filter(item__in=items).values_list("item", "kind", "level", "last_day"))
    records = {(item.pk, clock.kind, clock.level, clock.last_day): _record(item, clock) for clock, item in held}
    fresh = [row for key, row in records.items() if key not in known]
    MissedClock.objects.bulk_create(fresh)
    Activity.objects.bulk_create(
        Activity(
            item_id=row.item_id,
            kind=Activity.Kind.MISSED,
            text=f"{row.name} ran out on {day(row.last_day)}.",
            facts={"rule": row.rule_id, "last_day": row.last_day.isoformat(), "queue": row.queue_id},
        )
        for row in fresh
    )
    running = [clock.pk for clock, _ in held if clock.state == ClockState.RUNNING]
    Clock.objects.filter(pk__in=running).update(state=ClockState.MISSED.value)
    return len(fresh)


def _record(item: WorkItem, clock: Clock) -> MissedClock:
    assert clock.last_day is not None
    return MissedClock(
        item=item,
        facility_id=item.facility_id,
        kind=clock.kind,
        level=clock.level,
        name=clock.name,
        rule_id=clock.rule_id,
        last_day=clock.last_day,
        holder_id=item.assignee_id,
        queue_id=item.queue_id,
        amount_at_risk=item.amount_at_risk,
    )


def may_explain(missed: MissedClock, user: User) -> bool:
    """Who held the work, and managers."""
    return user.may_work and (user.may_manage or missed.holder_id == user.pk)


def stamp_of(missed: MissedClock) -> str:
    """Another one after each explanation."""
    return missed.explained_at.isoformat() if missed.explained_at else ""


@transaction.atomic
def explain(missed: MissedClock, user: User, *, why: str, explanation: str, seen: str | None = None) -> MissedClock:
    """Keeps why a clock was missed, in the name of the person who says so. It may be said again and better.

    Raises Conflict when somebody said something else than what was `seen` (`stamp_of`).
    """
    row: MissedClock = MissedClock.objects.select_for_update().get(pk=missed.pk)
    if not may_explain(row, user):
        raise Refused("Nothing was saved: whoever held the work, or a manager, says why the clock was missed.")
    if seen not in (None, stamp_of(row)):
        raise Conflict(
            f"{row.explained_by} said why after you opened this: {row.get_why_display().lower()}. {row.explanation}"
            " Nothing was overwritten: read it, then save yours in its place, or leave it."
        )
    if why not in MissedClock.Why.values:
        raise Refused("Nothing was saved: choose why the clock was missed.")
    explanation = explanation.strip()
    if why == MissedClock.Why.OTHER and not explanation:
        raise Refused("Nothing was saved: say in words what it was.")
    if len(explanation) > LONGEST:
        raise Refused(f"Nothing was saved: shorten the words to {LONGEST:,} characters.")
    row.why, row.explanation = why, explanation
    row.explained_by, row.explained_at = user, timezone.now()
    row.save(update_fields=["why", "explanation", "explained_by", "explained_at"])
    text = f"Why the clock was missed: {row.get_why_display().lower()}. {explanation}".strip()
    Activity.objects.create(item_id=row.item_id, kind=Activity.Kind.NOTED, actor=user, text=text)
    return row


def records(user: User, *, queue: str = "", state: str = "") -> FacilityScoped:
    """What `user` may see, narrowed to a queue and to what is explained or not."""
    rows = MissedClock.objects.visible_to(user)
    if queue:
        rows = rows.filter(queue__key=queue)
    if state in (OPEN, EXPLAINED):
        rows = rows.filter(why="") if state == OPEN else rows.exclude(why="")
    return rows


def total_of(rows: FacilityScoped) -> Total:
    found = rows.order_by().aggregate(
        number=Count("pk"), amount=Sum("amount_at_risk"), unexplained=Count("pk", filter=Q(why=""))
    )
    return Total(found["number"], found["amount"] or Decimal("0.00"), found["unexplained"])


def page_of(rows: FacilityScoped, after: int | None) -> list[MissedClock]:
    """One page and one row more. `after` is the last record of the page before."""
    return list(newest_first(with_their_facts(rows), "last_day", after)[: PAGE_SIZE + 1])


def with_their_facts(rows: FacilityScoped) -> FacilityScoped:
    """`rows` with what a page says about each."""
    return rows.select_related("item__payer", "queue", "holder", "explained_by")


def queues_with_records(user: User) -> list[tuple[str, str]]:
    """The queues in which clocks were missed, for the filter."""
    keys = MissedClock.objects.visible_to(user).order_by().values("queue")
    return list(Queue.objects.filter(pk__in=keys).values_list("key", "name"))
