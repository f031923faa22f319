"""The ledger: dollars lost without a decision, found by night, and the second look at them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Conflict, Refused
from worklists import beside, closing
from worklists.models import Activity, BulkAct, Loss, MissedClock, Resolution, WorkItem
from worklists.not_undone import not_undone
from worklists.permission import must_manage
from worklists.watch.watch_settings import numbers
from worklists.wording import day, reason_for

Kind, Look = Loss.Kind, Loss.Look
BATCH = 500
GIVEN_UP = (Resolution.NO_ACTION, Resolution.ADJUSTED)


def find_losses() -> int:
    """Writes down what was lost since the last run: clocks that ran out, ways given up, small balances. Harmless to run
    again. Returns how many it found.
    """
    return _from_missed() + _from_closed()


@transaction.atomic
def _from_missed() -> int:
    """Each missed clock is one loss, of the kind that says how it came about."""
    _one_at_a_time()
    rows = MissedClock.objects.filter(loss=None).select_related("item").order_by("pk")
    acted = Activity.objects.filter(
        not_undone(), item=OuterRef("item"), actor__isnull=False, at__date__lte=OuterRef("last_day")
    )
    postponed = acted.filter(kind=Activity.Kind.POSTPONED, facts__has_key="late_because")
    found = 0
    batches = rows.annotate(was_touched=Exists(acted), was_deferred=Exists(postponed)).iterator(chunk_size=BATCH)
    while batch := list(islice(batches, BATCH)):
        found += _keep([_of_missed(row) for row in batch])
    return found


def _of_missed(row: Any) -> Loss:
    kind, because = _how(row)
    return Loss(
        item_id=row.item_id,
        facility_id=row.facility_id,
        queue_id=row.queue_id,
        kind=kind,
        lost_on=row.last_day,
        amount=row.amount_at_risk,
        who_id=row.holder_id,
        because=f"{row.name} ran out on {day(row.last_day)}. {because}"[:400],
        missed=row,
    )


def _how(row: Any) -> tuple[str, str]:
    if row.was_deferred:
        return Kind.DEFERRED, "It was postponed beyond its last safe day, with a reason."
    if row.holder_id is None:
        return Kind.UNOWNED, "Nobody had taken it."
    if not row.was_touched:
        return Kind.UNTOUCHED, "No person had done anything with it."
    return Kind.MISSED, "It was in somebody's hands."


@transaction.atomic
def _from_closed() -> int:
    """What people closed as nothing to do, or adjusted off, although a way was open or because it was small. Where the
    clock of a small one had run out, its dollars stand in the ledger already.
    """
    _one_at_a_time()
    limits = numbers()
    known = Loss.objects.filter(item=OuterRef("pk"), kind__in=[Kind.GIVEN_UP, Kind.SMALL], lost_on=OuterRef("on"))
    closed = WorkItem.objects.annotate(on=TruncDate("resolved_at")).filter(
        status=WorkItem.Status.RESOLVED, resolution__in=GIVEN_UP, resolved_by__isnull=False
    )
    lost = closed.exclude(settlement__in=closing.WON).filter(~Exists(known))
    clocks = Loss.objects.filter(item=OuterRef("pk"), missed__isnull=False)
    ran_out = clocks.exclude(missed__why=MissedClock.Why.NOT_MISSED)
    small = Q(resolution=Resolution.ADJUSTED, amount_at_risk__lt=limits["small_balance"]) & ~Q(Exists(ran_out))
    wanted = lost.filter(small | Q(deadline__gte=F("on")), amount_at_risk__gt=0).order_by("pk")
    rows = wanted.iterator(chunk_size=BATCH)
    found = 0
    while batch := list(islice(rows, BATCH)):
        found += _keep([_of_closed(row, limits) for row in batch])
    return found


def _of_closed(row: Any, limits: dict[str, int]) -> Loss:
    is_small = row.resolution == Resolution.ADJUSTED and row.amount_at_risk < limits["small_balance"]
    way = f"could be answered until {day(row.deadline)}" if row.deadline and row.deadline >= row.on else "was too late"
    said = f"{row.get_resolution_display()}: {row.root_cause or 'no reason given'}. It {way}."
    is_looked_at = not is_small or in_sample(row.pk, limits["sample_percent"])
    return Loss(
        item=row,
        facility_id=row.facility_id,
        queue_id=row.queue_id,
        kind=Kind.SMALL if is_small else Kind.GIVEN_UP,
        lost_on=row.on,
        amount=row.amount_at_risk,
        who_id=row.resolved_by_id,
        because=said[:400],
        look=Look.DUE if is_looked_at else Look.NOT_ASKED,
    )


def in_sample(item: int, percent: int) -> bool:
    """Whether a small balance gets a second look: by a hash of its number, so nobody chooses and every run agrees."""
    digest = hashlib.sha256(f"second look {item}".encode()).digest()
    return int.from_bytes(digest[:4]) % 100 < percent


def _keep(rows: list[Loss]) -> int:
    before = Loss.objects.count()
    Loss.objects.bulk_create(rows, ignore_conflicts=True)
    return Loss.objects.count() - before


def _one_at_a_time() -> None:
    """Two runs at once would count the same rows."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('worklists.ledger'))")


def listen() -> None:
    beside.also(BulkAct.Kind.RESOLVED, beside.More(lambda act, items: {}, _found_too_early))


def _found_too_early(act: BulkAct, user: User, items: Sequence[int]) -> None:
    """The ledger was written between a closing and its undo: nothing was lost, unless somebody looked at it since."""
    closed_on = timezone.localdate(act.at)
    found = Loss.objects.filter(item__in=items, kind__in=(Kind.GIVEN_UP, Kind.SMALL), lost_on__gte=closed_on)
    found.filter(looked_by=None).delete()


@transaction.atomic
def accept(loss: Loss, user: User, *, reason: str) -> Loss:
    """The second look agrees that nothing more is to be done."""
    row = _to_look_at(loss, user)
    return _looked(row, user, Look.ACCEPTED, reason_for("accept the loss", reason))


@transaction.atomic
def reopen(loss: Loss, user: User, *, reason: str) -> Loss:
    """The second look brings the item back into work; one that never was closed is open already."""
    row = _to_look_at(loss, user)
    reason = reason_for("reopen it", reason)
    if not row.item.is_open:
        closing.reopen([row.item_id], user, reason=f"Second look: {reason}"[:300]).or_refuse()
    return _looked(row, user, Look.REOPENED, reason)


def _to_look_at(loss: Loss, user: User) -> Loss:
    must_manage(user)
    row: Loss = Loss.objects.select_for_update(of=("self",)).select_related("item").get(pk=loss.pk)
    if row.who_id == user.pk and row.kind in (Kind.GIVEN_UP, Kind.SMALL):
        raise Refused("Nothing was changed: you closed it yourself, so the second look is somebody else's.")
    if row.look in (Look.ACCEPTED, Look.REOPENED):
        raise Conflict(f"{row.looked_by} looked at it before you ({row.get_look_display().lower()}). Nothing changed.")
    return row


def _looked(row: Loss, user: User, look: Loss.Look, reason: str) -> Loss:
    row.look, row.reason, row.looked_by, row.looked_at = look, reason, user, timezone.now()
    row.save(update_fields=["look", "reason", "looked_by", "looked_at"])
    text = f"Second look at what was lost: {row.get_look_display().lower()}. {reason}"
    Activity.objects.create(item_id=row.item_id, kind=Activity.Kind.NOTED, actor=user, text=text)
    return row


def losses(user: User) -> QuerySet[Loss]:
    """What `user` may see, without clocks of which somebody said since that they were kept in time."""
    rows: QuerySet[Loss] = Loss.objects.visible_to(user)
    return rows.exclude(missed__why=MissedClock.Why.NOT_MISSED)


NOTHING = Decimal("0.00")


def first_day(month: str) -> date | None:
    """`2026-11` as the first of that month; None for anything else."""
    try:
        return date.fromisoformat(f"{month}-01") if len(month) == 7 else None
    except ValueError:
        return None
