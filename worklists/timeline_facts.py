"""What was written down about a claim, for its timeline: eligibility checks, authorizations, notes, claim edits."""

from __future__ import annotations

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from denials.domain.cover import on_days
from denials.models import Authorization, ClaimNote, EligibilityCheck
from denials.models.told import Told
from worklists.claim_record import ClaimRecord
from worklists.domain.timeline import Entry, Source, Step
from worklists.models import WorkItem
from worklists.wording import day


def entries(record: ClaimRecord) -> Iterator[Entry]:
    """What was withdrawn never happened; it stays to be read in the context of the item."""
    facts, item, user = record.facts, record.item, record.user
    for check in facts.checks:
        if not check.is_withdrawn:
            yield _check(check, item, user)
    for authorization in facts.authorizations:
        if not authorization.is_withdrawn:
            yield _authorization(authorization, user)
    for note in facts.notes:
        if not note.is_withdrawn:
            yield _note(note, user)


def source_of(fact: Told, user: User) -> Source:
    """Who wrote it down and when, or which row of which sheet says it."""
    on = day(timezone.localdate(fact.told_at))
    if fact.sheet is None:
        return Source(f"written down by {fact.told_by} on {on}")
    may_open = user.all_facilities or fact.sheet.uploaded_by_id == user.pk
    address = reverse("sheet", args=[fact.sheet.pk]) if may_open and user.may_work else ""
    return Source(f"sheet {fact.sheet.name}, brought in by {fact.told_by} on {on}", address, f"row {fact.sheet_row}")


def _check(check: EligibilityCheck, item: WorkItem, user: User) -> Entry:
    cover = on_days(check.as_check, item.claim.service_from, item.claim.service_to)
    what = f"Eligibility checked: {check.get_result_display().lower()}"
    detail = ". ".join(filter(None, [check.get_method_display(), cover.words, check.note]))
    return Entry(check.checked_on, Step.CHECKED, what, source_of(check, user), detail=f"{detail}.")


def _authorization(fact: Authorization, user: User) -> Entry:
    named = f"Authorization {fact.number}" if fact.number else "Authorization"
    on = fact.decided_on or fact.valid_from or timezone.localdate(fact.told_at)
    until = f"{day(fact.valid_from)} to {day(fact.valid_to)}" if fact.valid_from and fact.valid_to else ""
    detail = ", ".join(filter(None, [until, " ".join(fact.procedures), fact.note]))
    return Entry(
        on, Step.CHECKED, f"{named}: {fact.get_decision_display().lower()}", source_of(fact, user), detail=detail
    )


def _note(fact: ClaimNote, user: User) -> Entry:
    what = " ".join(filter(None, [fact.get_kind_display(), fact.code]))
    detail = " · ".join(filter(None, [fact.said_by, fact.answer and f"Done: {fact.answer}"]))
    return Entry(fact.noted_on, Step.CHECKED, what, source_of(fact, user), detail=detail, note=fact.text)
