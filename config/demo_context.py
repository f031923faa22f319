"""What the made-up practice knows beside its remittances: acknowledgments, and lists of checks, approvals and notes.

All of it comes in as it does in life: files through the intake, lists as sheets, a few facts typed at an item.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from accounts.models import User
from denials import intake, sheets
from denials.domain.told_rows import AUTHORIZATIONS, CODING, COLUMNS, EDITS, ELIGIBILITY, WHOSE
from denials.models import EligibilityCheck, Job, RemittedLine, Sheet
from denials.practice.acknowledged import CLEARINGHOUSE, Receiver, Sent, acknowledge
from denials.sheet_kinds import KINDS
from worklists import facts
from worklists.models import WorkItem

COVER = ("eligibility", "registration", "authorization", "benefit_limit", "coordination_of_benefits")
NOTES = {
    "coding": "Documentation shows a separate site. Modifier 59 fits if the operative note names it.",
    "bundling": "Pair edit applies on this date. Separate session is not documented.",
    "medical_necessity": "Diagnosis on the order supports the service; the second one was not sent.",
}
EDIT_TEXTS = {
    "coding": ("MOD-011", "Modifier conflicts with the procedure on the last line.", "Overridden by billing."),
    "bundling": ("PTP-204", "Column 2 code billed beside its column 1 code.", "Released without a change."),
    "registration": ("SUB-007", "Member ID does not have the payer's usual format.", "Released without a change."),
    "authorization": (
        "AUTH-01",
        "No authorization number on a service that usually needs one.",
        "Released as it was.",
    ),
    "documentation": ("PWK-03", "Attachment control number is missing.", "Released without an attachment."),
}
"""Code, words and what was done, by category of the denial that followed."""
REJECTED_EACH = 17
TYPED = 3


def begin(today: date, record: Callable[[Job], None]) -> None:
    """Brings everything in; what is there from a try that broke off stays as it is."""
    items = list(_items())
    lines = _lines(items)
    specialist, coder = (User.objects.get(username=name) for name in ("specialist", "coder"))
    for name, content in _acknowledgments(items):
        record(intake.confirm(intake.receive(io.BytesIO(content), name, specialist).file, specialist))
    _bring_in("eligibility-checks.csv", ELIGIBILITY, _checks(items, today), specialist)
    _bring_in("authorization-log.csv", AUTHORIZATIONS, _authorizations(items, lines, today), specialist)
    _bring_in("coding-notes.csv", CODING, _notes(items), coder)
    _bring_in("scrubber-edits.csv", EDITS, _edits(items), coder)
    _type_in(items, specialist, today)


def _items() -> Iterable[WorkItem]:
    rows = WorkItem.objects.filter(claim__service_from__isnull=False, denial__remitted_claim__received_on__isnull=False)
    return rows.select_related("claim", "facility", "payer", "denial__remitted_claim").order_by("pk")


def _lines(items: list[WorkItem]) -> dict[int, RemittedLine]:
    """By item, its first denied line, else its first."""
    by_payment = {item.denial.remitted_claim_id: item for item in items}
    found: dict[int, RemittedLine] = {}
    for line in RemittedLine.objects.filter(remitted_claim__in=by_payment).order_by("number"):
        item = by_payment[line.remitted_claim_id]
        if item.pk not in found or (line.number in item.denial.denied_lines[:1]):
            found[item.pk] = line
    return found


def _acknowledgments(items: list[WorkItem]) -> Iterator[tuple[str, bytes]]:
    """One file for each payer and facility, and one of the clearinghouse for each facility with what it sent back."""
    accepted: dict[tuple[str, str], list[Sent]] = defaultdict(list)
    rejected: dict[str, list[Sent]] = defaultdict(list)
    places = {}
    for count, item in enumerate(items):
        if not item.payer.is_confirmed:
            continue
        places[item.facility.npi] = item.facility
        sent = _sent(item)
        accepted[item.facility.npi, item.payer.name].append(sent)
        if count % REJECTED_EACH == 0:
            earlier = sent.received_on - timedelta(1)
            rejected[item.facility.npi].append(sent._replace(answer="A7:562:85", received_on=earlier, payer_number=""))
    for number, ((npi, payer), claims) in enumerate(accepted.items(), 1):
        receiver = Receiver("PR", payer, "")
        yield f"accepted-{number:02d}.277", acknowledge(receiver, npi, places[npi].name, claims, number)
    for number, (npi, claims) in enumerate(rejected.items(), 101):
        receiver = Receiver(*CLEARINGHOUSE)
        yield f"sent-back-{number}.277", acknowledge(receiver, npi, places[npi].name, claims, number)


def _sent(item: WorkItem) -> Sent:
    claim = item.claim
    received = item.denial.remitted_claim.received_on
    assert received is not None, "only such items are read"
    assert claim.service_from is not None, "only such items are read"
    return Sent(
        number=claim.number,
        patient_last=claim.patient_last,
        patient_first=claim.patient_first,
        member_id=claim.member_id,
        served_on=claim.service_from,
        received_on=max(claim.service_from + timedelta(1), received),
        charge=str(claim.charge or 0),
    )


def _bring_in(name: str, kind: str, rows: Iterable[dict[str, Any]], user: User) -> None:
    """As somebody would: the sheet, its columns, the confirmation."""
    labels = {column.name: column.label for column in (*WHOSE, *COLUMNS[kind])}
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerow(labels.values())
    writer.writerows([row.get(column, "") for column in labels] for row in rows)
    sheet = sheets.receive(io.BytesIO(written.getvalue().encode()), name, user, None, KINDS[kind]).sheet
    if sheet.state == Sheet.State.RECORDED:
        return
    sheets.name_columns(sheet, labels, None, user)
    sheets.confirm(sheet, user)


def _whose(item: WorkItem, **values: Any) -> dict[str, Any]:
    claim = item.claim
    said = {"claim_number": claim.number, "member_id": claim.member_id, "facility": item.facility.npi, **values}
    return {name: value for name, value in said.items() if value is not None}


def _checks(items: list[WorkItem], today: date) -> Iterator[dict[str, Any]]:
    for item in items:
        served = item.claim.service_from
        if item.category not in COVER or served is None:
            continue
        year = {"covers_from": date(served.year, 1, 1), "covers_to": date(served.year, 12, 31)}
        plan = item.payer.name
        before = {"checked_on": served - timedelta(4), "method": "inquiry", "result": "active", "plan": plan}
        if item.denial.primary_code == "24":
            plan = "Medicare Advantage Example"
            yield _whose(item, **{**before, "checked_on": served - timedelta(40), **year})
            yield _whose(item, checked_on=_after(item, today), method="portal", result="other plan", plan=plan)
        elif item.denial.primary_code == "27":
            ended = served - timedelta(12)
            yield _whose(item, **{**before, "checked_on": served - timedelta(61)})
            known = {"result": "inactive", "covers_from": year["covers_from"], "covers_to": ended}
            yield _whose(item, checked_on=_after(item, today), method="inquiry", plan=plan, **known)
        elif item.category == "registration":
            yield _whose(item, checked_on=served, method="card", result="active", plan=plan)
            yield _whose(item, checked_on=_after(item, today), method="inquiry", result="not found", note="ID as typed")
        else:
            yield _whose(item, **before, **year)


def _authorizations(items: list[WorkItem], lines: dict[int, RemittedLine], today: date) -> Iterator[dict[str, Any]]:
    """Each of the ways in which an approval and a claim come apart; every sixth denial has no approval at all."""
    chosen = [item for item in items if item.category in ("authorization", "medical_necessity") and item.pk in lines]
    for count, item in enumerate(chosen):
        served, line = item.claim.service_from, lines[item.pk]
        assert served is not None, "only such items are read"
        units = line.units_billed or line.units_paid or Decimal(1)
        good = {
            "number": f"SAMPLE-{item.pk:05d}",
            "decision": "approved",
            "decided_on": served - timedelta(9),
            "valid_from": served - timedelta(7),
            "valid_to": served + timedelta(53),
            "units": f"{units:.2f}",
            "procedures": line.procedure,
        }
        cases: tuple[dict[str, Any] | None, ...] = (
            good,
            {**good, "valid_from": served - timedelta(62), "valid_to": served - timedelta(2)},
            {**good, "units": f"{units - 1:.2f}"} if units > 1 else {**good, "procedures": "C8902"},
            {"decision": "pending", "decided_on": None, "procedures": line.procedure, "note": "Pended for notes"},
            {"decision": "refused", "decided_on": _after(item, today), "procedures": line.procedure},
            None,
        )
        if case := cases[count % len(cases)]:
            yield _whose(item, **case)


def _notes(items: list[WorkItem]) -> Iterator[dict[str, Any]]:
    for item in items:
        if text := NOTES.get(item.category):
            noted = item.denial.remitted_claim.received_on
            yield _whose(item, noted_on=noted, text=text, said_by="Cody Placeholder", member_id=None)


def _edits(items: list[WorkItem]) -> Iterator[dict[str, Any]]:
    """What the scrubber had said the day before the claim arrived."""
    for item in items:
        received = item.denial.remitted_claim.received_on
        if item.category in EDIT_TEXTS and received is not None:
            code, text, answer = EDIT_TEXTS[item.category]
            said = {"code": code, "text": text, "answer": answer, "said_by": "Example Scrubber"}
            yield _whose(item, noted_on=received - timedelta(1), member_id=None, **said)


def _type_in(items: list[WorkItem], user: User, today: date) -> None:
    """A few checks that the specialist wrote down today, at items in their hands."""
    if EligibilityCheck.objects.filter(sheet=None).exists():
        return
    own = [item for item in items if item.assignee_id == user.pk and item.is_open]
    for item in own[:TYPED]:
        said = {"checked_on": today, "method": "portal", "result": "active", "plan": item.payer.name}
        facts.add(item.pk, user, ELIGIBILITY, {**said, "covers_from": None, "covers_to": None, "note": ""})


def _after(item: WorkItem, today: date) -> date:
    """A day on which somebody looked again, once the denial was known."""
    return min((item.denial.decided_on or today) + timedelta(3), today)
