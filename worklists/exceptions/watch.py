"""What only time or finished work shows about exceptions. Runs by the clock; harmless to run again."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from denials import exceptions
from denials.domain.conclusion import Outcome
from denials.domain.exception_kinds import Kind
from denials.exceptions.rechecking import close_empty
from denials.models import Denial, ExceptionCase, HeldUp, Rereading
from worklists.models import WorkItem

BY_TIME = (Kind.TAKEBACK, Kind.PENDING_LONG)
BY_WORK = (Kind.MISSING_REMARK, Kind.SUSPECTED_DENIAL)
AT_A_TIME = 500
WORK_IS_DONE = "The work on all that it held up is done."


def watch(today: date) -> None:
    """Opens what became late by today, closes what finished work settled, and lets go of what holds no longer."""
    _open_by_time(today)
    _close_by_work()
    reading = Rereading.objects.filter(finished_at=None).exists()
    cases = ExceptionCase.objects.open().exclude(kind=Kind.UNKNOWN_CODE) if reading else ExceptionCase.objects.open()
    for pk in list(cases.values_list("pk", flat=True)):
        exceptions.recheck(ExceptionCase.objects.filter(pk=pk), today=today)


def _open_by_time(today: date) -> None:
    undecided = Q(outcome__in=[Outcome.PENDING, Outcome.REVERSAL], is_denial=False) | ~Q(pending_lines=[])
    rows = Denial.objects.filter(undecided, tracked_amount__gt=0).values_list("remitted_claim__remittance", flat=True)
    remittances = sorted(set(rows.order_by()))
    for start in range(0, len(remittances), AT_A_TIME):
        exceptions.open_from(remittances[start : start + AT_A_TIME], today, BY_TIME)


@transaction.atomic
def _close_by_work() -> None:
    """Whoever closed the item of a claim decided about it: no exception about it is left, or opens again."""
    cases = ExceptionCase.objects.open().filter(kind__in=BY_WORK).select_for_update(no_key=True)
    ids = [case.pk for case in cases.order_by("kind", "cause")]
    items = WorkItem.objects.filter(claim=OuterRef("remitted_claim__claim"))
    done = HeldUp.objects.filter(
        Exists(items), ~Exists(items.filter(is_open=True)), case__in=ids, state=HeldUp.State.HELD
    )
    HeldUp.objects.filter(pk__in=list(done.values_list("pk", flat=True))).update(state=HeldUp.State.ACCEPTED)
    close_empty(ids, because=WORK_IS_DONE)
