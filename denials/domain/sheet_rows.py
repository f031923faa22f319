"""Rows of a sheet that people keep of denials, turned into claims; each row that cannot be says why, in a sentence.

One row is one adjustment. Rows that share facility, payer, date, trace and claim are one claim; among them, rows that
share a procedure, modifiers and day are one line. Rows without a procedure adjust the claim as a whole.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from denials.domain import entered
from denials.domain.facts import ReportedAdjustment, ReportedClaim
from denials.domain.typed import amount_in, day_in, person_in

ZERO = Decimal("0.00")
MEANINGS = {
    "claim_number": "Our claim number",
    "payer": "Payer, by name or ID",
    "payment_date": "Date on the payment or notice",
    "service_from": "First day of service",
    "charge": "Charge (of the line, or of a claim without lines)",
    "reason": "Reason code, such as 197 or CO-197",
    "amount": "Amount of the reason (else charge less paid)",
    "group": "Group, such as CO",
    "remarks": "Remark codes",
    "paid": "Paid",
    "procedure": "Procedure code",
    "modifiers": "Modifiers",
    "patient": "Patient's name in one column",
    "patient_last": "Patient's last name",
    "patient_first": "Patient's first name",
    "member_id": "Member ID",
    "service_to": "Last day of service",
    "trace": "Check, EFT or letter number",
    "payer_control_number": "Payer's claim number",
    "facility": "Facility, by name or NPI",
}
REQUIRED = ("claim_number", "payer", "payment_date", "service_from", "charge", "reason")
HEADS = {
    "claim_number": ("claim", "claim number", "claim no", "claim id", "patient control number", "account number"),
    "payer": ("payer", "payer name", "insurance", "insurer", "plan", "carrier", "payer id"),
    "payment_date": ("payment date", "paid date", "denial date", "denied on", "remit date", "notice date"),
    "service_from": ("dos", "date of service", "service date", "service from", "from date", "first day of service"),
    "service_to": ("service to", "to date", "last day of service"),
    "charge": ("charge", "charges", "charged", "billed", "billed amount", "charge amount", "line charge"),
    "paid": ("paid", "paid amount", "payment", "payment amount"),
    "reason": ("carc", "reason", "reason code", "denial code", "denial reason code", "adjustment reason"),
    "group": ("group", "group code", "cagc"),
    "amount": ("amount", "denied amount", "denied", "adjustment amount", "adjusted"),
    "remarks": ("rarc", "remark", "remarks", "remark code", "remark codes"),
    "procedure": ("cpt", "hcpcs", "procedure", "procedure code", "proc", "code"),
    "modifiers": ("modifier", "modifiers", "mod"),
    "patient": ("patient", "patient name", "name"),
    "patient_last": ("last name", "patient last name", "patient last", "last"),
    "patient_first": ("first name", "patient first name", "patient first", "first"),
    "member_id": ("member id", "member", "subscriber id", "policy number", "insurance id"),
    "trace": ("trace", "trace number", "check", "check number", "eft", "eft number", "check/eft"),
    "payer_control_number": ("icn", "payer claim number", "payer control number", "dcn", "claim control number"),
    "facility": ("facility", "facility name", "location", "site", "npi", "billing npi", "practice"),
}  # fmt: skip
_LONGEST = {
    "claim_number": 38, "payer": 160, "trace": 50, "payer_control_number": 50, "patient": 95, "patient_last": 60,
    "patient_first": 35, "member_id": 60, "procedure": 10, "facility": 120,
}  # fmt: skip


@dataclass(slots=True)
class Row:
    """One row as it is understood, or why it is not."""

    number: int
    """As a spreadsheet counts."""
    faults: list[str] = field(default_factory=list)
    texts: dict[str, str] = field(default_factory=dict)
    payment_date: date | None = None
    service_from: date | None = None
    service_to: date | None = None
    charge: Decimal = ZERO
    paid: Decimal = ZERO
    group: str = ""
    reason: str = ""
    amount: Decimal | None = None
    remarks: list[str] = field(default_factory=list)
    modifiers: list[str] = field(default_factory=list)


class Key(NamedTuple):
    """What the rows of one claim share."""

    facility: str
    payer: str
    payment_date: date | None
    trace: str
    claim_number: str


@dataclass(slots=True)
class SheetClaim:
    """The rows of one claim, and the claim that they make; None while one of them, or their balance, is wrong."""

    key: Key
    rows: list[Row]
    claim: ReportedClaim | None = None


def read_row(number: int, cells: Mapping[str, str]) -> Row:
    """One row by what its cells mean."""
    row = Row(number)
    for meaning in REQUIRED:
        if not cells.get(meaning, "").strip():
            row.faults.append(f"{MEANINGS[meaning].split(',')[0].split(' (')[0]} is missing.")
    for name, longest in _LONGEST.items():
        text = " ".join(cells.get(name, "").split())
        row.texts[name] = text
        if len(text) > longest:
            row.faults.append(f"{MEANINGS[name]} is longer than {longest} characters.")
    _read_days(row, cells)
    _read_amounts(row, cells)
    _read_codes(row, cells)
    _read_patient(row)
    if row.service_from and row.payment_date and row.service_from > row.payment_date:
        row.faults.append("The service lies after the payment or notice.")
    return row


def claims_of(rows: Sequence[Row]) -> list[SheetClaim]:
    """The claims that the rows make, in the order of their first rows. What does not balance is said on each row."""
    found: dict[Key, SheetClaim] = {}
    for row in rows:
        found.setdefault(_key(row), SheetClaim(_key(row), [])).rows.append(row)
    for each in found.values():
        if not any(row.faults for row in each.rows):
            _build(each)
        else:
            for row in each.rows:
                if not row.faults:
                    row.faults.append("Another row of this claim has a fault, so the claim is not recorded.")
    return list(found.values())


def _build(each: SheetClaim) -> None:
    by_line: dict[tuple[str, tuple[str, ...], date | None], list[Row]] = {}
    for row in each.rows:
        day = row.service_from if row.texts["procedure"] else None
        by_line.setdefault((row.texts["procedure"].upper(), tuple(row.modifiers), day), []).append(row)
    faults = [fault for rows in by_line.values() for fault in _unlike(rows)]
    whole = [rows for (procedure, _, _), rows in by_line.items() if not procedure]
    if whole and len(by_line) > 1:
        faults.append("Some rows of this claim name a procedure and others do not. Name it on all of them, or on none.")
    if not faults:
        claim = _claim(each, by_line, whole[0] if whole else [])
        faults = entered.faults_of(claim)
        each.claim = None if faults else claim
    for row in each.rows:
        row.faults += faults


def _unlike(rows: Sequence[Row]) -> list[str]:
    """Rows of one line repeat its charge and payment, one for each reason."""
    if len({(row.charge, row.paid) for row in rows}) > 1:
        return ["Rows of one line differ in charge or payment. Give both the same on each row of the line."]
    return []


def _claim(
    each: SheetClaim, by_line: Mapping[tuple[str, tuple[str, ...], date | None], list[Row]], whole: list[Row]
) -> ReportedClaim:
    first = each.rows[0]
    lines = [
        entered.line(
            number,
            procedure,
            modifiers=modifiers,
            day=day,
            charge=rows[0].charge,
            paid=rows[0].paid,
            adjustments=[_adjustment(row, rows) for row in rows],
            remarks=_remarks(rows),
        )
        for number, ((procedure, modifiers, day), rows) in enumerate(by_line.items(), start=1)
        if procedure
    ]
    return ReportedClaim(
        transaction=1,
        position=1,
        claim_number=each.key.claim_number,
        status="1",
        charge=whole[0].charge if whole else sum((line.charge or ZERO for line in lines), ZERO),
        paid=whole[0].paid if whole else sum((line.paid or ZERO for line in lines), ZERO),
        patient_share=ZERO,
        filing_code="",
        payer_control_number=first.texts["payer_control_number"],
        facility_code="",
        frequency="",
        segment_from=0,
        patient_last=first.texts["patient_last"],
        patient_first=first.texts["patient_first"],
        member_id=first.texts["member_id"],
        service_from=min(filter(None, (row.service_from for row in each.rows))),
        service_to=max(filter(None, (row.service_to or row.service_from for row in each.rows))),
        adjustments=[_adjustment(row, whole) for row in whole],
        remarks=_remarks(whole)[:5],
        lines=lines,
    )


def _adjustment(row: Row, rows: Sequence[Row]) -> ReportedAdjustment:
    """A single reason without an amount of its own is for all that was not paid."""
    rest = row.charge - row.paid if len(rows) == 1 else ZERO
    return entered.adjustment(row.group, row.reason, rest if row.amount is None else row.amount)


def _remarks(rows: Sequence[Row]) -> list[str]:
    return list(dict.fromkeys(code for row in rows for code in row.remarks))


def _key(row: Row) -> Key:
    texts = (row.texts["facility"].upper(), row.texts["payer"].upper())
    return Key(*texts, row.payment_date, row.texts["trace"], row.texts["claim_number"])


def _read_days(row: Row, cells: Mapping[str, str]) -> None:
    for name in ("payment_date", "service_from", "service_to"):
        if text := cells.get(name, "").strip():
            try:
                setattr(row, name, day_in(text))
            except ValueError as fault:
                row.faults.append(f"{MEANINGS[name]}: {fault}")


def _read_amounts(row: Row, cells: Mapping[str, str]) -> None:
    for name in ("charge", "paid", "amount"):
        if text := cells.get(name, "").strip():
            try:
                value = amount_in(text)
            except ValueError as fault:
                row.faults.append(f"{MEANINGS[name].split(' (')[0]}: {fault}")
                continue
            if value < 0:
                row.faults.append(f"{MEANINGS[name].split(' (')[0]} is below zero: reversals come from the payer.")
            setattr(row, name, value)


def _read_codes(row: Row, cells: Mapping[str, str]) -> None:
    within, row.reason = entered.reason_in(cells.get("reason", ""))
    row.group = cells.get("group", "").strip().upper() or within
    if row.reason and (fault := entered.why_no_reason(row.reason)):
        row.faults.append(fault)
    if row.group and row.group not in entered.GROUPS:
        row.faults.append(f"{row.group[:12]} is no group: those are CO, PR, OA and PI.")
    if row.reason and not row.group:
        row.faults.append("The group (CO, PR, OA or PI) is missing. Give it in its own column, or as CO-197.")
    row.remarks = entered.codes_in(cells.get("remarks", ""))
    row.faults += filter(None, map(entered.why_no_remark, row.remarks))
    row.modifiers = entered.codes_in(cells.get("modifiers", ""))
    if len(row.modifiers) > 4 or any(len(each) > 4 or not each.isalnum() for each in row.modifiers):
        row.faults.append("There are more than four modifiers, or one is longer than four characters.")


def _read_patient(row: Row) -> None:
    if not row.texts["patient_last"] and row.texts["patient"]:
        row.texts["patient_last"], row.texts["patient_first"] = person_in(row.texts["patient"])
    if not row.texts["patient_last"]:
        row.faults.append("The patient's last name is missing.")
