"""What the adjustments of one claim payment say: denied, pending, or a write-down that hides something.

Follows steps 4 to 6 of the recognition rules: unit by unit (each line, and the claim itself when it carries its own
adjustments or has no lines), never by the payment total. Which rule a code follows comes from the dictionary.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from denials.domain.conclusion import ExceptionCode
from denials.domain.dictionary import Dictionary
from denials.domain.entries import NEVER_DENIED, WHEN_NOTHING_PAID, CarcEntry, DenialRule
from denials.domain.facts import ReportedAdjustment, ReportedClaim, ReportedLine
from denials.domain.money import amount_of, total
from denials.domain.readings import CARC, Setting, Verdict


@dataclass(slots=True, frozen=True)
class Unit:
    """What is paid or refused as one: a service line, or the claim as a whole (`line` is None)."""

    line: ReportedLine | None
    charge: Decimal
    paid: Decimal
    adjustments: tuple[ReportedAdjustment, ...]
    remarks: tuple[str, ...]
    """Line remarks first, then those of the claim (MOA, MIA), each once."""
    has_reject_code: bool = False
    """An NCPDP reject code also explains an adjustment that needs a remark."""


@dataclass(slots=True, frozen=True)
class Reason:
    """One code on one unit, all its amounts added up: payers put a correction beside the amount it corrects."""

    unit: Unit
    group: str
    entry: CarcEntry
    amount: Decimal
    quantity: Decimal | None

    @property
    def name(self) -> str:
        """Group and code, as staff write them."""
        return f"{self.group}-{self.entry.code}"

    @property
    def place(self) -> str:
        """Where it stands: "line 2" or "the claim"."""
        return f"line {self.unit.line.number}" if self.unit.line else "the claim"


@dataclass(slots=True, frozen=True)
class Recognition:
    """What one claim payment holds, before anyone asks what to do about it."""

    paid: Decimal
    charge: Decimal
    denied: tuple[Reason, ...]
    pending: tuple[Reason, ...]
    suspected: tuple[Reason, ...]
    repeated: tuple[Reason, ...]
    """Line denials that repeat a denial of the whole claim; their amounts are not counted again."""
    patient_share: Decimal
    """Net amount in group PR. CLP05 is only a summary, so it is not asked."""
    effects: frozenset[str]
    """What the codes present mean for every unit, such as no_patient_billing."""
    exceptions: tuple[ExceptionCode, ...]


@dataclass(slots=True, frozen=True)
class Scope:
    """Whose remittance is read, so that the readings made for that payer apply."""

    dictionary: Dictionary
    payer_key: str = ""
    payer_kind: str = ""
    decided_on: date | None = None
    product: str = ""
    facility: str = ""
    """NPI of the place that was paid."""
    specialty: str = ""

    def carc(self, group: str, code: str, unit: Unit) -> CarcEntry:
        """The entry as it stands for this payer and unit; most codes have no reading, and ask for no setting."""
        if (CARC, code) not in self.dictionary.readings:
            return self.dictionary.carc(code)
        return self.dictionary.carc_for(code, self.setting(group, unit))

    def verdict(self, reason: Reason) -> Verdict | None:
        """The reading that says how this reason is worked."""
        code = reason.entry.code
        if (CARC, code) not in self.dictionary.readings and not self.dictionary.remarks_read:
            return None
        return self.dictionary.verdict(code, reason.unit.remarks, self.setting(reason.group, reason.unit))

    def setting(self, group: str, unit: Unit) -> Setting:
        """All that a reading may ask about an adjustment on this unit."""
        line = unit.line
        return Setting(
            payer_key=self.payer_key,
            payer_kind=self.payer_kind,
            product=self.product,
            facility=self.facility,
            specialty=self.specialty,
            group=group,
            carcs=frozenset(one.code.strip().upper() for one in unit.adjustments),
            remarks=frozenset(unit.remarks),
            procedure=line.procedure if line else "",
            modifiers=frozenset(line.modifiers) if line else frozenset(),
            revenue=line.revenue_code if line else "",
            decided_on=self.decided_on,
        )


def recognise(claim: ReportedClaim, scope: Scope) -> Recognition:
    """Sort every adjustment of the claim by what it is. Unreadable amounts count as zero and are flagged."""
    charge, paid = _charge_and_paid(claim)
    reasons: list[tuple[Reason, str]] = []
    suspected: list[Reason] = []
    every: list[Reason] = []
    for unit in units_of(claim, charge, paid):
        found = list(_reasons(unit, scope))
        sorted_here = [(reason, _sort(reason, found)) for reason in found]
        every += found
        reasons += sorted_here
        if not any(kind == "denied" for _, kind in sorted_here):
            suspected += [reason for reason in found if _hides_the_reason(reason)]
    denied, repeated = _count_once([reason for reason, kind in reasons if kind == "denied"], charge)
    return Recognition(
        paid=paid,
        charge=charge,
        denied=tuple(denied),
        pending=tuple(reason for reason, kind in reasons if kind == "pending"),
        suspected=tuple(_count_once(suspected, charge)[0]),
        repeated=tuple(repeated),
        patient_share=total(reason.amount for reason in every if _liable(reason, scope)),
        effects=frozenset(effect for reason in every if reason.amount > 0 for effect in reason.entry.effects),
        exceptions=tuple(_flags(claim, every, scope)),
    )


def units_of(claim: ReportedClaim, charge: Decimal, paid: Decimal) -> Iterator[Unit]:
    """The claim itself when it carries adjustments or has no lines, then each line."""
    if claim.adjustments or not claim.lines:
        by_lines = [code for line in claim.lines for code in line.remarks]
        rejected = any(line.reject_codes for line in claim.lines)
        yield Unit(None, charge, paid, tuple(claim.adjustments), clean(by_lines + claim.remarks), rejected)
    for line in claim.lines:
        yield Unit(
            line,
            amount_of(line.charge),
            amount_of(line.paid),
            tuple(line.adjustments),
            clean(line.remarks + claim.remarks),
            bool(line.reject_codes),
        )


def clean(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes in upper case without blanks, each once, order kept."""
    return tuple(dict.fromkeys(code for code in (raw.strip().upper() for raw in codes) if code))


def _charge_and_paid(claim: ReportedClaim) -> tuple[Decimal, Decimal]:
    by_lines = claim.charge is None, claim.paid is None
    charge = total(amount_of(line.charge) for line in claim.lines) if by_lines[0] else amount_of(claim.charge)
    paid = total(amount_of(line.paid) for line in claim.lines) if by_lines[1] else amount_of(claim.paid)
    return charge, paid


def _reasons(unit: Unit, scope: Scope) -> Iterator[Reason]:
    by_code: dict[str, list[ReportedAdjustment]] = {}
    for adjustment in unit.adjustments:
        by_code.setdefault(adjustment.code.strip().upper(), []).append(adjustment)
    for code, same in by_code.items():
        group = max((amount_of(one.amount), one.group.strip().upper()) for one in same)[1]
        quantities = [one.quantity for one in same if one.quantity is not None and one.quantity.is_finite()]
        net = total(amount_of(one.amount) for one in same)
        yield Reason(unit, group, scope.carc(group, code, unit), net, total(quantities) if quantities else None)


def _sort(reason: Reason, beside: list[Reason]) -> str:
    """denied, pending, or nothing of interest."""
    rule = reason.entry.denial_rule
    if reason.amount <= 0 or rule in NEVER_DENIED:
        return ""
    if rule is DenialRule.PEND:
        return "pending"
    if rule in WHEN_NOTHING_PAID:
        cost_share = any(r.entry.denial_rule is DenialRule.PATIENT and r.amount > 0 for r in beside)
        return "" if reason.unit.paid > 0 or cost_share else "denied"
    return "denied"


def _hides_the_reason(reason: Reason) -> bool:
    fills = reason.amount == reason.unit.charge > 0
    return fills and reason.unit.paid <= 0 and "suspect_whole_charge" in reason.entry.effects


def _count_once(denied: list[Reason], charge: Decimal) -> tuple[list[Reason], list[Reason]]:
    """Lines that repeat what the whole claim says add nothing; lines refused besides it do, while the charge lasts."""
    of_claim = [reason for reason in denied if reason.unit.line is None]
    if of_claim and total(reason.amount for reason in denied) > charge:
        return of_claim, [reason for reason in denied if reason.unit.line is not None]
    return denied, []


def _liable(reason: Reason, scope: Scope) -> bool:
    return scope.dictionary.group(reason.group).patient_may_be_billed


def _flags(claim: ReportedClaim, reasons: list[Reason], scope: Scope) -> list[ExceptionCode]:
    remarks = claim.remarks + [code for line in claim.lines for code in line.remarks]
    adjustments = claim.adjustments + [one for line in claim.lines for one in line.adjustments]
    found = {
        ExceptionCode.UNKNOWN_CODE: any(not reason.entry.is_known for reason in reasons),
        ExceptionCode.RETIRED_CODE: any(_was_retired(reason.entry, scope.decided_on) for reason in reasons),
        ExceptionCode.UNKNOWN_GROUP: any(not scope.dictionary.group(reason.group).is_known for reason in reasons),
        ExceptionCode.UNKNOWN_REMARK: any(not scope.dictionary.rarc(code).is_known for code in clean(remarks)),
        ExceptionCode.UNREADABLE_AMOUNT: any(one.amount is None or not one.amount.is_finite() for one in adjustments),
    }
    return [code for code, applies in found.items() if applies]


def _was_retired(entry: CarcEntry, decided_on: date | None) -> bool:
    """A code used before its stop date was right at the time."""
    still_valid = decided_on is not None and entry.retired_on is not None and decided_on <= entry.retired_on
    return entry.is_retired and not still_valid
