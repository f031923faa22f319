"""What the page of an item shows before anybody opens a panel: what `worklists.item_reads` read, in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from accounts.models import User
from denials.acknowledgments import first_acceptance_in
from denials.domain.escalation_path import in_words
from denials.payer_contacts import contacts_among
from worklists import clarifications, item_clocks, item_sheet, list_position, panels, playbook_steps
from worklists.evidence.checklist import checklist_of
from worklists.imaging import status as imaging
from worklists.models import Escalation, WorkItem
from worklists.notes import note_box, phrases
from worklists.parts.advice import advice_of
from worklists.parts.bar import bar_of
from worklists.parts.clocks import clocks_of
from worklists.parts.guide import guide_of
from worklists.parts.head import head_of
from worklists.parts.lines import lines_in_words
from worklists.parts.pieces import checklist_in_words
from worklists.parts.study import way_in_words
from worklists.watch import escalations

Read = Mapping[str, list[Any]]


def facts(item: WorkItem, panel: str = "") -> dict[str, Any]:
    """What every page about an item names, with the tabs of its panels; the open one is `panel`."""
    remitted = item.denial.remitted_claim
    return {
        "item": item,
        "claim": item.claim,
        "denial": item.denial,
        "remitted": remitted,
        "remittance": remitted.remittance,
        "tabs": panels.tabs_on(item, panel),
    }


def beside(item: WorkItem, user: User, read: Read, here: Sequence[str], today: date) -> dict[str, Any]:
    """What the page of an item says beside its facts, made of what `item_reads.beside` read; `here` are the names of
    who else has it open.
    """
    remitted = item.denial.remitted_claim
    guide = playbook_steps.from_rows(item, read["ticks"], read["stamp"], read["teams"])
    place = list_position.from_rows(item.pk, user, today, read["snapshot"], read["there"])
    if read["entered_file"]:
        [remitted.remittance.file] = read["entered_file"]
    contacts = contacts_among(read["contacts"], read["products"], item.payer, remitted, today)
    lines = item_sheet.lines_of(item, read["lines"], read["adjustments"])
    clocks = item_clocks.in_words(read["clocks"], {}, item)
    checklist = checklist_of(item, guide.playbook.evidence if guide else (), pieces=read["evidence"])
    noted = note_box.Read(*(read[name] for name in note_box.Read._fields))
    acceptance = first_acceptance_in(read["answers"], item.claim)
    return {
        **list_position.of_place(place.pk if place else None),
        "bar": bar_of(item, user, place, here, today),
        "head": head_of(item, contacts, item_sheet.allowed_on(lines), clocks, today),
        "advice": advice_of(item, acceptance, today),
        "lines": lines_in_words(lines),
        "playbook": guide.playbook if guide else None,
        "guide": guide_of(guide, item, user, today) if guide else {},
        "clocks": clocks_of(item, user, clocks, read["missed"], today),
        "evidence": checklist_in_words(checklist),
        "imaging_way": way_in_words(imaging.way_on(item, read["lines"], read["imaging"]), today),
        "note_box": note_box.of(item, user, noted, phrases.known_of(item, user, contacts, clocks.parts, today), today),
        "questions": clarifications.from_rows(read["questions"], read["touched"]),
        "more": read,
        "confirmation": next(iter(read["confirmations"]), None),
        **_escalation(item, user, read["escalated"], {pk for (pk,) in read["own_teams"]}),
    }


def share(item: WorkItem) -> None:
    """The denial is the same payer's and facility's, so that neither is read again."""
    if item.denial.payer_id == item.payer_id:
        item.denial.payer = item.payer
    if item.denial.facility_id == item.facility_id:
        item.denial.facility = item.facility


def _escalation(item: WorkItem, user: User, escalated: list[Escalation], teams: set[int]) -> dict[str, Any]:
    return {
        "escalated": escalated,
        "escalation_path": in_words(item.denial.escalation_path) if escalated else "",
        "may_handle": bool(escalated) and escalations.may_handle(user, escalated, teams),
    }
