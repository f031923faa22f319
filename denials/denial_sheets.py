"""Sheets whose rows are denials: turned into claims, recorded like typed entries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from accounts.models import User
from denials import entering
from denials.domain.sheet_rows import HEADS, MEANINGS, REQUIRED, Row, SheetClaim, claims_of, read_row
from denials.entering import EnteredPayment, Original
from denials.keeping import open_kept
from denials.models import Claim, EnteredFrom, Payer, RemittanceFile, Sheet
from denials.sheet_kinds import Cells, Checked, Facilities, SheetKind

MEDIA = {"csv": "text/csv", "xlsx": "application/octet-stream"}
ALREADY = "Recorded already: nothing is added for it."


@dataclass(slots=True)
class CheckedDenials(Checked):
    claims: list[SheetClaim] = field(default_factory=list)
    """Those that would be recorded."""


def why_not(columns: Mapping[str, str]) -> str:
    if "patient" not in columns and "patient_last" not in columns:
        return "Choose the column with the patient's name, or with the last name."
    return ""


def check(sheet: Sheet, cells: Sequence[tuple[int, Cells]], user: User) -> CheckedDenials:
    """Every row with its faults, and the claims that would be recorded."""
    rows = [read_row(number, row) for number, row in cells]
    facilities = Facilities(user, sheet.facility)
    for row in rows:
        if fault := facilities.fault(row.texts["facility"]):
            row.faults.append(fault)
    return _checked(rows, facilities)


def record(sheet: Sheet, checked: CheckedDenials, user: User) -> RemittanceFile:
    return entering.enter(_payments(sheet, checked, user), EnteredFrom.SHEET, user, _original(sheet))


def _checked(rows: list[Row], facilities: Facilities) -> CheckedDenials:
    checked, denied = CheckedDenials(rows), Decimal("0.00")
    payers: dict[str, Payer | None] = {}
    claims = claims_of(rows)
    numbers = {each.key.claim_number for each in claims if each.claim}
    seen = set(Claim.objects.filter(matching_key__in=numbers).values_list("matching_key", flat=True))
    for each in claims:
        if each.claim is None:
            continue
        if each.key.payer not in payers:
            payers[each.key.payer] = entering.payer_known_as(each.key.payer)
        payer = payers[each.key.payer]
        facility = facilities.named(each.key.facility)
        assert facility is not None, "a row without a facility has a fault"
        assert each.key.payment_date is not None, "a row without its date has a fault"
        if payer is None:
            checked.new_payers.add(each.rows[0].texts["payer"])
        elif each.key.claim_number in seen:
            payment = EnteredPayment(payer, facility, each.key.trace, each.key.payment_date, [each.claim])
            if entering.already_recorded(payment, each.claim):
                checked.known += 1
                for row in each.rows:
                    row.faults.append(ALREADY)
                continue
        checked.claims.append(each)
        denied += (each.claim.charge or Decimal(0)) - (each.claim.paid or Decimal(0))
    checked.ready, checked.denied = len(checked.claims), denied
    return checked


def _payments(sheet: Sheet, checked: CheckedDenials, user: User) -> list[EnteredPayment]:
    """One payment for each facility, payer, date and trace; payers never seen are added here."""
    facilities = Facilities(user, sheet.facility)
    together: dict[tuple[int, int, object, str], EnteredPayment] = {}
    for each in checked.claims:
        facility, payer = facilities.named(each.key.facility), entering.payer_called(each.rows[0].texts["payer"])
        assert facility is not None, "it was checked"
        assert each.key.payment_date is not None, "it was checked"
        assert each.claim is not None, "it was checked"
        key = (facility.pk, payer.pk, each.key.payment_date, each.key.trace)
        payment = together.setdefault(key, EnteredPayment(payer, facility, each.key.trace, each.key.payment_date, []))
        payment.claims.append(each.claim)
    return list(together.values())


def _original(sheet: Sheet) -> Original:
    with open_kept(str(sheet.content.name)) as source:
        content = source.read()
    ending = str(sheet.content.name).rpartition(".")[2]
    return Original(sheet.name, content, ending, MEDIA[ending])


DENIALS = SheetKind(
    key="denials",
    called="Denials",
    noun="claim",
    meanings=MEANINGS,
    required=REQUIRED,
    heads=HEADS,
    why_not=why_not,
    check=check,
    record=record,
)
