"""What the page of an item shows before anybody opens a panel, in two queries: the item with its facts, then the rest.

An app above adds rows that its own part of the page shows, in `ready()`; they are in the context as `more.<name>`:

    first_paint.also("appeals", lambda item, user: Appeal.objects.visible_to(user).filter(item=item))
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.together import together
from denials.acknowledgments import answers_rows, first_acceptance_in
from denials.models import Acknowledgment, Clock, Confirmation, RemittanceFile
from denials.payer_contacts import contacts_among, current_of
from denials.payer_products import lines_of
from worklists import (
    clarifications,
    escalations,
    item_clocks,
    note_box,
    panels,
    phrases,
    places,
    playbook_steps,
    sheet,
)
from worklists.evidence.checklist import checklist_of, pieces_of
from worklists.imaging import status as imaging
from worklists.models import Escalation, WorkItem
from worklists.models.items import WorkItemQuerySet

Rows = Callable[[WorkItem, User], QuerySet[Any]]
_MORE: dict[str, Rows] = {}


def also(name: str, rows: Rows) -> None:
    """Few rows: they are read on every page of an item."""
    _MORE[name] = rows


def items(user: User) -> WorkItemQuerySet:
    """Items with their facts and with what the tabs of their panels count."""
    rows = note_box.with_note_box(sheet.items_with_their_facts(WorkItem.objects.all()), user)
    return panels.with_counts(rows, user)


def facts(item: WorkItem) -> dict[str, Any]:
    """What every page about an item names."""
    remitted = item.denial.remitted_claim
    return {
        "item": item,
        "claim": item.claim,
        "denial": item.denial,
        "remitted": remitted,
        "remittance": remitted.remittance,
        "source_url": reverse("item_source", args=[item.pk, remitted.pk]),
    }


def context_of(item: WorkItem, user: User, snapshot: int | None = None) -> dict[str, Any]:
    """The context of the page of an item of `items`; `snapshot` is the list that it was opened from."""
    _share(item)
    remitted, today = item.denial.remitted_claim, timezone.localdate()
    asks = {
        "lines": remitted.lines.order_by("number"),
        "adjustments": remitted.adjustments.all(),
        "clocks": Clock.objects.filter(denial=item.denial_id),
        "missed": item.missed_clocks.select_related("holder"),
        "contacts": current_of(item.payer),
        "products": lines_of(item.payer),
        "evidence": pieces_of(item),
        "imaging": imaging.events_of(item),
    }
    steps, questions = playbook_steps.rows_for(item), clarifications.rows_for(item)
    in_list = places.rows_for(user, snapshot)
    raised, filed = escalations.rows_for(item, user), _filed(item)
    more = {name: rows(item, user) for name, rows in _MORE.items()}
    told = iter(together(*asks.values(), *steps, *questions, *in_list, *raised, filed, *_entered(item), *more.values()))
    read = dict(zip(asks, told, strict=False))
    guide = playbook_steps.from_rows(item, *[next(told) for _ in steps])
    asked = clarifications.from_rows(*[next(told) for _ in questions])
    place = places.from_rows(item.pk, user, today, *[next(told) for _ in in_list])
    escalated, own_teams, answers, entered_file, confirmations = (next(told) for _ in range(5))
    if entered_file:
        remitted.remittance.file = entered_file[0]
    contacts = contacts_among(read["contacts"], read["products"], item.payer, remitted, today)
    lines = sheet.lines_of(item, read["lines"], read["adjustments"])
    return facts(item) | {
        "place": place,
        **places.of_place(place.pk if place else None),
        "tabs": panels.tabs_on(item),
        "imaging_way": imaging.way_on(item, read["lines"], read["imaging"]),
        "lines": lines,
        "allowed": sheet.allowed_on(lines),
        "clocks": item_clocks.in_words(read["clocks"], {}, item),
        "missed": read["missed"],
        "contacts": contacts,
        "note_box": note_box.of(item, user, phrases.known_of(item, user, contacts, today), today),
        "guide": guide,
        "checklist": checklist_of(item, guide.playbook.evidence if guide else (), pieces=read["evidence"]),
        "questions": asked,
        "more": dict(zip(more, told, strict=True)),
        "acceptance": first_acceptance_in(answers, item.claim),
        "confirmation": next(iter(confirmations), None),
        **_escalation(item, user, escalated, {pk for (pk,) in own_teams}),
    }


def _share(item: WorkItem) -> None:
    """The denial is the same payer's and facility's, so that neither is read again."""
    if item.denial.payer_id == item.payer_id:
        item.denial.payer = item.payer
    if item.denial.facility_id == item.facility_id:
        item.denial.facility = item.facility


def _filed(item: WorkItem) -> QuerySet[Acknowledgment]:
    """What may prove that the claim was filed in time, where the denial is about that."""
    rows = answers_rows(item.claim)
    return rows if item.denial.category == "timely_filing" else rows.none()


def _entered(item: WorkItem) -> tuple[QuerySet[RemittanceFile], QuerySet[Confirmation]]:
    """Who typed the denial, where somebody did, and the payer's own remittance of it, if it came."""
    remitted = item.denial.remitted_claim
    files = RemittanceFile.objects.filter(pk=remitted.remittance.file_id).select_related("uploaded_by")
    told = Confirmation.objects.filter(entered=remitted).select_related("told__remittance")
    return (files, told) if remitted.remittance.entered_from else (files.none(), told.none())


def _escalation(item: WorkItem, user: User, escalated: list[Escalation], teams: set[int]) -> dict[str, Any]:
    return {
        "escalated": escalated,
        "escalation_path": escalations.path_of(item.denial.escalation_path) if escalated else [],
        "may_handle": bool(escalated) and escalations.may_handle(user, escalated, teams),
    }
