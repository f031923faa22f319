"""What the page of an item reads, in two queries made once: the item with its facts, then all that stands beside it.

An app above adds rows that its own part of the page shows, in `ready()`; they are in the context as `more.<name>`:

    item_reads.also("appeals", lambda item, user: Appeal.objects.visible_to(user).filter(item=item))
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.db.models.functions import JSONObject

from accounts import kept_reads
from accounts.kept_reads import Answer, Question, Reads, Values
from accounts.models import User
from denials.acknowledgments import answers_rows
from denials.models import (
    Acknowledgment,
    Claim,
    Clock,
    Confirmation,
    Denial,
    EnteredFrom,
    Payer,
    Remittance,
    RemittanceFile,
    RemittedClaim,
)
from denials.payer_contacts import current_of
from denials.payer_products import lines_of
from worklists import capped, clarifications, item_sheet, list_position, panels, playbook_steps, taken_outside
from worklists.evidence.checklist import pieces_of
from worklists.imaging import status as imaging
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.notes import note_box
from worklists.parts.advice import FILED_LATE
from worklists.watch import escalations

Rows = Callable[[WorkItem, User], QuerySet[Any]]
_MORE: dict[str, Rows] = {}
FOUND_BY = "found_by"
COLUMNS = {
    "item": "pk",
    "owner": "assignee",
    "denial": "denial",
    "facility": "facility",
    "payer": "payer",
    "number": "claim__number",
    "matching_key": "claim__matching_key",
    "remitted": "denial__remitted_claim",
    "file": "denial__remitted_claim__remittance__file",
    "round": "round",
    "status": "status",
    "escalated_on": "escalated_on",
    "category": "denial__category",
    "entered_from": "denial__remitted_claim__remittance__entered_from",
}


def also(name: str, rows: Rows) -> None:
    """Few rows: they are read on every page of an item."""
    _MORE[name] = rows


class Asked(NamedTuple):
    """An item that was found, and not yet made of its columns: what stands beside it can be asked for before that."""

    answer: Answer

    def item(self) -> WorkItem:
        """With its facts and with what the tabs of its panels count."""
        found: WorkItem = self.answer.rows()[0]
        return found

    def found_by(self) -> Values:
        """What decides which rows stand beside it."""
        found: Values = self.answer.noted(FOUND_BY)
        return found


def question(user: User, pk: int) -> Question[Asked | None] | None:
    """Asks for an item; there is none where this person may not see it."""
    kind, own = kept_reads.of_person(user)

    def make(given: Values) -> WorkItemQuerySet:
        person = kept_reads.person_like(kind, given)
        return items(person).visible_to(person).filter(pk=given["item"])

    name = ("item", kind, capped.CAP, tuple(panel.key for panel in panels.every()))
    asked = kept_reads.question(name, own | {"item": pk}, make)
    return asked and Question(asked.statement, lambda result: _asked(asked.read(result)))


def _asked(answer: Answer) -> Asked | None:
    return Asked(answer) if answer else None


def items(user: User) -> WorkItemQuerySet:
    """Items with their facts and with what the tabs of their panels count."""
    rows = item_sheet.items_with_their_facts(WorkItem.objects.all())
    found: WorkItemQuerySet = panels.with_counts(rows, user).annotate(**{FOUND_BY: JSONObject(**COLUMNS)})
    return found


def beside(found_by: Values, user: User, snapshot: int | None) -> Question[dict[str, list[Any]]]:
    """What else stands on the page, by name, in one query whose statement is made once."""
    person_kind, own = kept_reads.of_person(user)
    kind = _kind_of(found_by)

    def make(given: Values) -> Reads:
        return asks(_item_like(kind, given), kept_reads.person_like(person_kind, given), given["list"])

    number = found_by["number"]
    values = {**own, **found_by, "number": number.strip("0 ") and number, "list": snapshot}
    return kept_reads.together(("beside an item", person_kind, kind, tuple(_MORE)), values, make)


def asks(item: WorkItem, user: User, snapshot: int | None) -> Reads:
    """By name the rows that the page shows beside the facts of the item."""
    remitted = item.denial.remitted_claim
    ticks, stamp, teams = playbook_steps.rows_for(item)
    questions, touched = clarifications.rows_for(item)
    kept_list, there = list_position.rows_for(user, snapshot)
    escalated, own_teams = escalations.rows_for(item, user)
    entered_file, confirmations = _entered(item)
    return {
        "lines": remitted.lines.order_by("number"),
        "adjustments": remitted.adjustments.all(),
        "clocks": Clock.objects.filter(denial=item.denial_id),
        "missed": item.missed_clocks.select_related("holder").defer(*User.all_but_names("holder")),
        "contacts": current_of(item.payer),
        "products": lines_of(item.payer),
        "evidence": pieces_of(item),
        "imaging": imaging.events_of(item),
        "ticks": ticks,
        "stamp": stamp,
        "teams": teams,
        "questions": questions,
        "touched": touched,
        "snapshot": kept_list,
        "there": there,
        "escalated": escalated,
        "own_teams": own_teams,
        "answers": _filed(item),
        "withheld": taken_outside.not_counted_yet(item),
        "entered_file": entered_file,
        "confirmations": confirmations,
        **note_box.asks(item, user),
        **{name: rows(item, user) for name, rows in _MORE.items()},
    }


def _filed(item: WorkItem) -> QuerySet[Acknowledgment]:
    """What may prove that the claim was filed in time, where the denial is about that."""
    rows = answers_rows(item.claim)
    return rows if item.denial.category == FILED_LATE else rows.none()


def _entered(item: WorkItem) -> tuple[QuerySet[RemittanceFile], QuerySet[Confirmation]]:
    """Who typed the denial, where somebody did, and the payer's own remittance of it, if it came."""
    remitted = item.denial.remitted_claim
    files = RemittanceFile.objects.filter(pk=remitted.remittance.file_id).select_related("uploaded_by")
    told = Confirmation.objects.filter(entered=remitted).select_related("told__remittance")
    return (files, told) if remitted.remittance.entered_from else (files.none(), told.none())


class _Kind(NamedTuple):
    """What of an item decides which rows are asked for, besides the ids and names that they are found by."""

    round: int
    is_escalated: bool
    is_about_filing: bool
    is_entered: bool


def _kind_of(found_by: Values) -> _Kind:
    return _Kind(
        found_by["round"],
        found_by["escalated_on"] is not None and found_by["status"] != WorkItem.Status.RESOLVED,
        found_by["category"] == FILED_LATE,
        bool(found_by["entered_from"]),
    )


def _item_like(kind: _Kind, given: Values) -> WorkItem:
    """An item of that kind, with stand-ins for what it is found by."""
    remittance = Remittance(file_id=given["file"], entered_from=EnteredFrom.PAPER if kind.is_entered else "")
    remitted = RemittedClaim(pk=given["remitted"], remittance=remittance)
    category = FILED_LATE if kind.is_about_filing else ""
    return WorkItem(
        pk=given["item"],
        assignee_id=given["owner"],
        facility_id=given["facility"],
        payer=Payer(pk=given["payer"]),
        claim=Claim(number=given["number"], matching_key=given["matching_key"]),
        denial=Denial(pk=given["denial"], category=category, remitted_claim=remitted),
        round=kind.round,
        escalated_on=date.max if kind.is_escalated else None,
    )
