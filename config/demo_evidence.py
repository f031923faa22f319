"""Evidence in the made-up practice: some in hand, some asked for, imaging events, and a behavioral checklist."""

from __future__ import annotations

import io
from datetime import date, time, timedelta

import typst
from django.db import transaction
from django.db.models import Q

from accounts.models import Facility, User
from denials import sheets
from denials.domain.days import add_business_days
from denials.models import Claim
from denials.scans import Scan
from worklists.behavioral import answering, findings
from worklists.domain.behavioral import Given, Question
from worklists.evidence import documents, gathering, requesting
from worklists.evidence.checklist import checklist_of
from worklists.evidence.documents import About
from worklists.evidence.requesting import Asking
from worklists.imaging.sheets import EVENTS
from worklists.models import EvidencePiece, WorkItem

EACH = 4
STUDIES = 90
UNHURRIED = timedelta(days=14)
HEADS = "Claim,Event,When,Result,Interface,Attachment ID,By,Message"
ROUTE = (
    ("image linked", "PACS to record system", 40, "Accession number not found"),
    ("report signed", "PACS to record system", 0, ""),
    ("attachment id", "Practice system to claim", 9, "The field for the attachment ID was left blank"),
    ("transmitted", "Clearinghouse attachments", 7, "Timed out after three tries"),
    ("acknowledged", "Clearinghouse attachments", 25, "No such claim at the payer"),
)
"""What happens to a study, over which interface, each how many-th time it fails (0: never), and how that sounds."""


@transaction.atomic
def begin(today: date) -> None:
    """Once: not when something was gathered before."""
    if EvidencePiece.objects.exists():
        return
    user = User.objects.get(username="coder")
    radiology = Q(facility__service_line="radiology")
    behavioral = Q(facility__service_line="behavioral_health")
    about_records = Q(category__in=("documentation", "medical_necessity"))
    lists = (
        (radiology & about_records, "report", "Final report"),
        (behavioral & about_records, "note", "Progress note"),
        (Q(category="authorization"), "authorization", "Approval letter"),
    )
    for condition, kind, name in lists:
        made = _document(name)
        free = WorkItem.objects.filter(condition, is_open=True, evidence=None)
        unhurried = free.filter(last_safe_on__gt=today + UNHURRIED).order_by("rank_key")
        for count, item in enumerate(unhurried[:EACH]):
            _gather(item, count, user, made, About(kind, today - timedelta(days=40), 1, f"{name}.pdf"), today)
    _answer(user, today)
    _bring_in_events(user, today)


def _gather(item: WorkItem, count: int, user: User, made: bytes, about: About, today: date) -> None:
    """Each item of a list is a step further than the one before."""
    lines = checklist_of(item).to_gather
    lines.sort(key=lambda line: about.kind not in line.name.casefold())
    slugs = [line.slug for line in lines]
    if not slugs:
        return
    if count:
        documents.keep(item.pk, user, Scan(made, "pdf"), about.name, about, slugs[:1])
    if count > 1:
        gathering.take_step(item.pk, user, "verify", slugs[:1])
    asked_on = today - timedelta(days=9) if count % 2 else today
    due_on = add_business_days(asked_on, 4)
    if slugs[1:]:
        asking = Asking("provider", due_on, "Dr. Sample Placeholder", "Signed copy, please, all pages.")
        requesting.ask(item.pk, user, slugs[1:2], asking, today=asked_on)
    if count == EACH - 1 and slugs[2:]:
        because = "The practice that held it has closed, and its records were destroyed."
        gathering.take_step(item.pk, user, "give_up", slugs[2:3], because=because)


def _answer(user: User, today: date) -> None:
    """The first record shows everything but the severity; the second has no times."""
    rows = WorkItem.objects.filter(facility__service_line="behavioral_health", is_open=True)
    items = list(rows.select_related("denial__remitted_claim").order_by("rank_key")[:2])
    for item in items[:1]:
        served = item.denial.remitted_claim.service_from or today
        plan = served - timedelta(days=30)
        billed = findings.billed_time(item.denial, item.denial.remitted_claim.lines.order_by("number"))
        minutes = min(billed[1].least + 2, 500) if billed else 55
        stop = time(14 + minutes // 60, minutes % 60)
        answers = {
            Question.TIME: Given(answer="yes", start=time(14), stop=stop, where="page 2"),
            Question.PLAN: Given(answer="yes", plan_on=plan, signed_on=plan + timedelta(days=1), where="pages 5 to 7"),
            Question.GOALS: Given(answer="yes", where="page 6"),
            Question.METHOD: Given(answer="yes", where="page 3"),
            Question.SEVERITY: Given(answer="not_documented"),
        }
        for question, given in answers.items():
            answering.answer(item.pk, user, question, given)
    for item in items[1:]:
        answering.answer(item.pk, user, Question.TIME, Given(answer="not_documented"))


def _bring_in_events(user: User, today: date) -> None:
    """One sheet for each imaging facility, as its interfaces would export it."""
    for facility in Facility.objects.filter(service_line="radiology"):
        keys = Claim.objects.filter(facility=facility).order_by("-pk").values_list("matching_key", flat=True)
        rows = [row for count, key in enumerate(keys[:STUDIES]) for row in _route(count, key, today)]
        content = "\n".join([HEADS, *rows]).encode()
        if rows:
            sheet = sheets.receive(io.BytesIO(content), "imaging-events.csv", user, facility, EVENTS).sheet
            sheets.name_columns(sheet, sheet.columns, facility, user)
            sheets.confirm(sheet, user)


def _route(count: int, claim: str, today: date) -> list[str]:
    """The steps of one study up to the first that failed."""
    day = today - timedelta(days=5 + count % 60)
    rows = []
    for hour, (event, interface, nth, said) in enumerate(ROUTE, start=9):
        has_failed = bool(nth) and count % nth == nth - 1
        number = f"ACN-{today.year}-{count:05d}" if event == "attachment id" and not has_failed else ""
        told = ("failed", said) if has_failed else ("ok", "")
        rows.append(f"{claim},{event},{day} {hour:02d}:15,{told[0]},{interface},{number},Interface engine,{told[1]}")
        if has_failed:
            break
    return rows


def _document(name: str) -> bytes:
    page = f'#set document(title: "{name}")\n= {name}\nMade up for the practice. It is about nobody.'
    made = typst.compile(page.encode(), format="pdf", ignore_system_fonts=True, timestamp=0)
    assert isinstance(made, bytes)
    return made
