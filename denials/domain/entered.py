"""Denials that people type from paper, a letter, a call or a portal, brought into the form that the reader yields.

They are written as an internal record and read back by the same reader as payers' files, so that everything after it
works alike. Its separators are control characters, which no field of a form lets in: whatever is typed stays a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from denials.domain.facts import RemittanceHeader, ReportedAdjustment, ReportedClaim, ReportedLine
from denials.domain.remittance_writer import Remittance, Separators, write_remittances

SEPARATORS = Separators(element="\x1d", component="\x1f", repetition="\x1c", segment="\x1e")
GROUPS = ("CO", "PR", "OA", "PI")
ZERO = Decimal("0.00")
_CARC = re.compile(r"[0-9]{1,3}|[A-Z][0-9]{1,2}")
_RARC = re.compile(r"(M|MA|N)[0-9]{1,4}")
_REASON = re.compile(r"(?:(CO|PR|OA|PI|CR)[\s-]*)?([A-Z]{0,2}[0-9]{1,4})", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;/|]+")
_SENDER = "ENTERED"


def why_no_reason(code: str) -> str:
    """Why this cannot be the reason code of an adjustment (CARC); empty when it can. Unknown codes can be."""
    if code.startswith(("M", "N")) and _RARC.fullmatch(code):
        return f"{code} is a remark code: it never is the reason itself. Put it under remarks; a reason is such as 197."
    if not _CARC.fullmatch(code):
        return f"{code[:12]} is no reason code: those are numbers, or a letter and a number, such as 197 or B7."
    return ""


def why_no_remark(code: str) -> str:
    """Why this cannot be a remark code (RARC); empty when it can. Unknown codes can be."""
    if _RARC.fullmatch(code):
        return ""
    if _CARC.fullmatch(code):
        return f"{code} is a reason code. Put it with its group and amount; remarks begin with M, MA or N, such as N54."
    return f"{code[:12]} is no remark code: those begin with M, MA or N, such as N54 or MA130."


def codes_in(text: str) -> list[str]:
    """The codes of a text, in upper case, each once, whatever stands between them."""
    return list(dict.fromkeys(part.upper() for part in _BETWEEN.split(text.strip()) if part))


def reason_in(text: str) -> tuple[str, str]:
    """Group and reason of a text such as "CO-197", "co 197" or "197"; the text itself where it is neither."""
    found = _REASON.fullmatch(text.strip())
    return ((found[1] or "").upper(), found[2].upper()) if found else ("", text.strip().upper())


def adjustment(group: str, code: str, amount: Decimal) -> ReportedAdjustment:
    return ReportedAdjustment(group=group, code=code, amount=amount, quantity=None, segment=0)


def line(
    number: int,
    procedure: str,
    *,
    modifiers: Sequence[str] = (),
    day: date | None,
    charge: Decimal,
    paid: Decimal,
    adjustments: list[ReportedAdjustment],
    remarks: list[str],
) -> ReportedLine:
    return ReportedLine(
        number=number,
        qualifier="HC",
        procedure=procedure,
        modifiers=tuple(modifiers),
        revenue_code="",
        charge=charge,
        paid=paid,
        units_paid=None,
        units_billed=None,
        submitted_procedure="",
        segment_from=0,
        service_from=day,
        service_to=day,
        adjustments=adjustments,
        remarks=remarks,
    )


def faults_of(claim: ReportedClaim) -> list[str]:
    """Where the amounts do not balance, one sentence each; the record is refused until they do."""
    found = []
    for each in claim.lines:
        if (left := (each.charge or ZERO) - _adjusted(each.adjustments) - (each.paid or ZERO)) != 0:
            found.append(f"Line {each.number} does not balance: {_off(left)}.")
    charged = sum((each.charge or ZERO for each in claim.lines), ZERO)
    if claim.lines and charged != (claim.charge or ZERO):
        found.append(f"The lines charge ${charged:,.2f} together, but the claim charges ${claim.charge or ZERO:,.2f}.")
    adjusted = _adjusted(claim.adjustments) + sum((_adjusted(each.adjustments) for each in claim.lines), ZERO)
    if (left := (claim.charge or ZERO) - adjusted - (claim.paid or ZERO)) != 0:
        found.append(f"The claim does not balance: {_off(left)}.")
    if not claim.adjustments and not any(each.adjustments for each in claim.lines):
        found.append(
            "Nothing is adjusted, so nothing is denied. Enter the group, reason and amount that the payer gives."
        )
    return found


def _off(left: Decimal) -> str:
    if left > 0:
        return f"${left:,.2f} of the charge is neither paid nor adjusted"
    return f"payment and adjustments exceed the charge by ${-left:,.2f}"


def _adjusted(adjustments: Iterable[ReportedAdjustment]) -> Decimal:
    return sum((each.amount or ZERO for each in adjustments), ZERO)


def header(
    *, payer_key: str, payer_name: str, npi: str, facility: str, trace: str, payment_date: date
) -> RemittanceHeader:
    """The opening of an entered payment. The payer is named by our own key: a person chose it."""
    return RemittanceHeader(
        transaction=0,
        control_number="",
        amount=None,
        credit_debit="C",
        method="CHK",
        payment_date=payment_date,
        trace=trace,
        originator="",
        production_date=None,
        payer_name=payer_name,
        payer_id=payer_key,
        payer_address="",
        payee_name=facility,
        payee_npi=npi,
        payee_tax_id="",
        sender=_SENDER,
        receiver=_SENDER,
        interchange="",
        group="",
        version="",
        segment_from=0,
    )


def record_of(payments: Iterable[Remittance], *, number: int, created: datetime) -> bytes:
    """The internal record of entered payments. Raises ValueError for a value that holds a control character."""
    pieces = write_remittances(
        payments, sender=_SENDER, receiver=_SENDER, created=created, interchange=number, separators=SEPARATORS
    )
    return b"".join(pieces)
