"""Writes remittances (005010X221A1) from the same values that the reader yields.

For made-up practices, tests and benchmarks: what is written is complete, carries usage indicator T (test) and bank
details that no bank has. BPR02 is computed from claims and provider adjustments, never taken from the header, and
segment positions in the values are ignored: the file decides both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from denials.domain.facts import (
    RemittanceHeader,
    ReportedAdjustment,
    ReportedClaim,
    ReportedLine,
    ReportedProviderAdjustment,
)

IMPLEMENTATION = "005010X221A1"
NO_BANK = "999999992"
"""Passes the routing number check digit, but no Federal Reserve district has the prefix 99."""
MOST_CLAIM_REMARKS = 5
MOST_TRIPLETS = 6

Write = Callable[..., bytes]


@dataclass(slots=True, frozen=True)
class Separators:
    """The four separators of an interchange, and what stands after each segment for people's eyes."""

    element: str = "*"
    component: str = ":"
    repetition: str = "^"
    segment: str = "~"
    line_break: str = "\n"


USUAL = Separators()


@dataclass(slots=True)
class Remittance:
    """One payment to write: one ST to SE."""

    header: RemittanceHeader
    claims: Sequence[ReportedClaim]
    provider_adjustments: Sequence[ReportedProviderAdjustment] = ()

    @property
    def amount(self) -> Decimal:
        """BPR02: what the claims pay, less what the provider adjustments take."""
        paid = sum((claim.paid or Decimal(0) for claim in self.claims), Decimal(0))
        return paid - sum((each.amount or Decimal(0) for each in self.provider_adjustments), Decimal(0))


def write_remittances(
    transactions: Iterable[Remittance],
    *,
    sender: str,
    receiver: str,
    created: datetime,
    interchange: int = 1,
    separators: Separators = USUAL,
) -> Iterator[bytes]:
    """One interchange with one group and one ST per transaction, claim by claim, so that memory stays flat.

    Raises ValueError for what the format cannot carry: a separator inside a value, a negative payment total,
    an amount that is missing, more claim remarks than MOA holds.
    """
    write = _writer(separators)
    yield _envelope(write, sender, receiver, created, interchange, separators)
    written = 0
    for written, remittance in enumerate(transactions, 1):
        yield from _transaction(write, remittance, written, created.date(), separators.component)
    yield write("GE", str(written), str(interchange)) + write("IEA", "1", f"{interchange:09d}")


def _writer(separators: Separators) -> Write:
    """A function that turns elements into one segment, without empty elements at its end."""
    element, end = separators.element, separators.segment + separators.line_break
    terminator = separators.segment

    def write(*elements: str) -> bytes:
        text = element.join(elements)
        if terminator in text or text.count(element) != len(elements) - 1:
            raise ValueError(f"A value in segment {elements[0]} holds a separator.")
        return (text.rstrip(element) + end).encode()

    return write


def _envelope(
    write: Write, sender: str, receiver: str, created: datetime, interchange: int, separators: Separators
) -> bytes:
    blank = " " * 10
    isa = (
        *("ISA", "00", blank, "00", blank, "ZZ", f"{sender:15}", "ZZ", f"{receiver:15}"),
        *(f"{created:%y%m%d}", f"{created:%H%M}", separators.repetition, "00501", f"{interchange:09d}"),
        *("0", "T", separators.component),
    )
    group = ("GS", "HP", sender, receiver, f"{created:%Y%m%d}", f"{created:%H%M}", str(interchange), "X")
    return write(*isa) + write(*group, IMPLEMENTATION)


def _transaction(write: Write, remittance: Remittance, number: int, created: date, component: str) -> Iterator[bytes]:
    control = remittance.header.control_number or f"{number:04d}"
    opening = [write("ST", "835", control), *_opening(write, remittance, created)]
    if remittance.claims:
        opening.append(write("LX", "1"))
    yield b"".join(opening)
    segments = len(opening) + 1
    for claim in remittance.claims:
        parts = _claim(write, claim, component)
        segments += len(parts)
        yield b"".join(parts)
    closing = _provider_adjustments(write, remittance.provider_adjustments, component)
    yield b"".join(closing) + write("SE", str(segments + len(closing)), control)


def _opening(write: Write, remittance: Remittance, created: date) -> list[bytes]:
    header, amount = remittance.header, remittance.amount
    if amount < 0:
        raise ValueError("A payment total may not be negative: carry the balance with a PLB FB.")
    parts = [_payment(write, header, amount, created), write("TRN", "1", header.trace, header.originator)]
    if header.production_date:
        parts.append(write("DTM", "405", _day(header.production_date)))
    parts.append(write("N1", "PR", header.payer_name))
    parts += _address(write, header.payer_address)
    if header.payer_id and header.payer_id != header.originator:
        parts.append(write("REF", "2U", header.payer_id))
    parts.append(write("PER", "BL", "EDI SUPPORT", "TE", "8005550100"))
    parts.append(write("N1", "PE", header.payee_name, "XX", header.payee_npi))
    if header.payee_tax_id:
        parts.append(write("REF", "TJ", header.payee_tax_id))
    return parts


def _payment(write: Write, header: RemittanceHeader, amount: Decimal, created: date) -> bytes:
    method = header.method if amount else "NON"
    purpose = "H" if method == "NON" else "I"
    banks = [""] * 11
    if method == "ACH":
        banks = ["CCP", "01", NO_BANK, "DA", "000123", header.originator, "", "01", NO_BANK, "DA", "000456"]
    paid_on = _day(header.payment_date or created)
    return write("BPR", purpose, _money(amount), header.credit_debit or "C", method, *banks, paid_on)


def _address(write: Write, address: str) -> list[bytes]:
    """N3 and N4 from "street, city, ST zip"; anything else stands in N3 as it is."""
    street, *rest = address.split(", ")
    if not street:
        return []
    if len(rest) != 2 or " " not in rest[1]:
        return [write("N3", address)]
    state, zip_code = rest[1].split(" ", 1)
    return [write("N3", street), write("N4", rest[0], state, zip_code)]


def _claim(write: Write, claim: ReportedClaim, component: str) -> list[bytes]:
    share = "" if claim.patient_share is None else _money(claim.patient_share)
    parts = [
        write(
            *("CLP", claim.claim_number, claim.status, _money(claim.charge), _money(claim.paid), share),
            *(claim.filing_code, claim.payer_control_number, claim.facility_code, claim.frequency),
        )
    ]
    parts += _adjustments(write, claim.adjustments)
    parts += _people(write, claim)
    if len(claim.remarks) > MOST_CLAIM_REMARKS:
        raise ValueError(f"MOA holds at most {MOST_CLAIM_REMARKS} claim remarks.")
    if claim.remarks:
        parts.append(write("MOA", "", "", *claim.remarks))
    parts += [
        write("REF", kind, value) for kind, value in (("CE", claim.contract), ("EA", claim.medical_record)) if value
    ]
    parts += _claim_dates(write, claim)
    for line in claim.lines:
        parts += _line(write, line, component)
    return parts


def _people(write: Write, claim: ReportedClaim) -> Iterator[bytes]:
    member = ("MI", claim.member_id) if claim.member_id else ()
    yield write("NM1", "QC", "1", claim.patient_last, claim.patient_first, claim.patient_middle, "", "", *member)
    if claim.subscriber_last:
        yield write("NM1", "IL", "1", claim.subscriber_last, claim.subscriber_first, "", "", "", *member)
    if claim.rendering_npi or claim.rendering_name:
        last, _, first = claim.rendering_name.partition(", ")
        yield write("NM1", "82", "1", last, first, "", "", "", "XX", claim.rendering_npi)
    for role, name in (("TT", claim.crossover_name), ("PR", claim.corrected_payer_name)):
        if name:
            yield write("NM1", role, "2", name, "", "", "", "", "PI", "99999")


def _claim_dates(write: Write, claim: ReportedClaim) -> Iterator[bytes]:
    """DTM 232 and 233 only where the lines do not say the same."""
    starts = [line.service_from for line in claim.lines if line.service_from]
    ends = [line.service_to or line.service_from for line in claim.lines if line.service_from]
    said = (min(starts), max(ends)) if starts else (None, None)
    if (claim.service_from, claim.service_to) != said:
        for kind, day in (("232", claim.service_from), ("233", claim.service_to)):
            if day:
                yield write("DTM", kind, _day(day))
    if claim.received_on:
        yield write("DTM", "050", _day(claim.received_on))


def _line(write: Write, line: ReportedLine, component: str) -> list[bytes]:
    procedure = component.join((line.qualifier, line.procedure, *line.modifiers))
    submitted = component.join((line.qualifier, line.submitted_procedure)) if line.submitted_procedure else ""
    parts = [
        write(
            *("SVC", procedure, _money(line.charge), _money(line.paid), line.revenue_code),
            *(_units(line.units_paid), submitted, _units(line.units_billed)),
        )
    ]
    if line.service_from and line.service_to in (None, line.service_from):
        parts.append(write("DTM", "472", _day(line.service_from)))
    elif line.service_from and line.service_to:
        parts += [write("DTM", "150", _day(line.service_from)), write("DTM", "151", _day(line.service_to))]
    parts += _adjustments(write, line.adjustments)
    parts += [write("REF", kind, value) for kind, value in (("6R", line.control_number), ("0K", line.policy)) if value]
    if line.allowed is not None:
        parts.append(write("AMT", "B6", _money(line.allowed)))
    parts += [write("LQ", "HE", code) for code in line.remarks]
    parts += [write("LQ", "RX", code) for code in line.reject_codes]
    return parts


def _adjustments(write: Write, adjustments: Sequence[ReportedAdjustment]) -> Iterator[bytes]:
    by_group: dict[str, list[ReportedAdjustment]] = {}
    for each in adjustments:
        by_group.setdefault(each.group, []).append(each)
    for group, members in by_group.items():
        for start in range(0, len(members), MOST_TRIPLETS):
            triplets: list[str] = []
            for each in members[start : start + MOST_TRIPLETS]:
                triplets += (each.code, _money(each.amount), _units(each.quantity))
            yield write("CAS", group, *triplets)


def _provider_adjustments(
    write: Write, adjustments: Sequence[ReportedProviderAdjustment], component: str
) -> list[bytes]:
    parts = []
    for (provider, period_end), each in groupby(adjustments, lambda each: (each.provider, each.fiscal_period_end)):
        members = list(each)
        for start in range(0, len(members), MOST_TRIPLETS):
            pairs: list[str] = []
            for member in members[start : start + MOST_TRIPLETS]:
                reason = component.join((member.code, member.reference)) if member.reference else member.code
                pairs += (reason, _money(member.amount))
            parts.append(write("PLB", provider, _day(period_end), *pairs))
    return parts


def _money(amount: Decimal | None) -> str:
    if amount is None:
        raise ValueError("An amount is missing.")
    return _plain(amount)


def _units(quantity: Decimal | None) -> str:
    return "" if quantity is None else _plain(quantity)


def _plain(number: Decimal) -> str:
    """Without exponent and without zeros that say nothing, as X12 wants decimals."""
    text = format(number or Decimal(0), "f")
    return text.rstrip("0").rstrip(".") or "0" if "." in text else text


def _day(day: date | None) -> str:
    return "" if day is None else day.strftime("%Y%m%d")
