"""What a remittance says arrives as plain values, from every place where the format puts it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from denials.domain.facts import RemittanceHeader, RemittanceTotals, ReportedAdjustment, ReportedClaim
from tests.domain.remittance_samples import (
    BODY,
    DENIED,
    OPENING,
    PAID,
    as_bytes,
    claims,
    codes,
    findings,
    header,
    interchange,
    lines,
    read,
    sample,
    totals,
    transaction,
)


def test_a_sound_file_gives_header_claims_and_totals_in_that_order_and_no_finding() -> None:
    kinds = [type(event) for event in read(sample())]
    assert kinds == [RemittanceHeader, ReportedClaim, ReportedClaim, RemittanceTotals]


def test_the_header_says_who_pays_whom_how_much_and_when() -> None:
    assert header(read(sample())) == RemittanceHeader(
        transaction=1,
        control_number="0001",
        amount=Decimal("170"),
        credit_debit="C",
        method="CHK",
        payment_date=date(2026, 6, 3),
        trace="TRACE1",
        originator="1512345678",
        production_date=date(2026, 6, 2),
        payer_name="AETNA EXAMPLE",
        payer_id="87726",
        payer_address="PO BOX 1, SUITE 2, ANYTOWN, TX 750010000",
        payee_name="EXAMPLE CLINIC",
        payee_npi="1234567893",
        payee_tax_id="123456789",
        sender="EXPAYER",
        receiver="EXCLINIC",
        interchange="000000007",
        group="17",
        version="005010X221A1",
        segment_from=2,
        payer_number="87726",
        payer_references=(("2U", "31048"),),
        sender_qualifier="ZZ",
        application_sender="EXPAYER",
    )


@pytest.mark.parametrize(
    ("dropped", "payer_id"), [([], "87726"), (["*XV*87726"], "31048"), (["*XV*87726", "REF*2U*31048"], "1512345678")]
)
def test_the_payer_id_is_n104_else_ref_2u_else_the_originator(dropped: list[str], payer_id: str) -> None:
    opening = [segment.replace(dropped[0], "") if dropped else segment for segment in OPENING]
    assert header(read(sample(*[segment for segment in opening if segment not in dropped]))).payer_id == payer_id


def test_a_payee_known_by_tax_number_has_no_npi() -> None:
    opening = [segment.replace("XX*1234567893", "FI*987654321") for segment in OPENING if segment != "REF*TJ*123456789"]
    said = header(read(sample(*opening)))
    assert (said.payee_npi, said.payee_tax_id) == ("", "987654321")


def test_a_claim_carries_its_numbers_people_and_dates() -> None:
    paid, denied = claims(read(sample()))
    assert (paid.claim_number, paid.status, paid.payer_control_number) == ("A1", "1", "PCN1")
    assert (paid.charge, paid.paid, paid.patient_share) == (Decimal(300), Decimal(200), Decimal(20))
    assert (paid.filing_code, paid.facility_code, paid.frequency) == ("12", "11", "1")
    assert (paid.patient_last, paid.patient_first, paid.patient_middle, paid.member_id) == ("ALPHA", "ANN", "B", "W1")
    assert (paid.transaction, paid.position, denied.position) == (1, 1, 2)
    assert paid.received_on == date(2026, 5, 20)
    assert (denied.service_from, denied.service_to) == (date(2026, 1, 1), date(2026, 1, 3))
    assert denied.patient_share is None


def test_a_claim_without_dates_takes_those_of_its_lines() -> None:
    paid = claims(read(sample()))[0]
    assert (paid.service_from, paid.service_to) == (date(2026, 5, 11), date(2026, 5, 12))


def test_insured_rendering_crossover_and_corrected_payer_are_kept_apart() -> None:
    extra = [
        "NM1*IL*1*OMEGA*OLA****MI*W9",
        "NM1*74*1*WRONG*WRONG****C*W8",
        "NM1*82*1*CARE*CAROL*C***XX*1999999984",
        "NM1*TT*2*NEXT PAYER*****PI*55555",
        "NM1*PR*2*RIGHT PAYER*****PI*66666",
        "REF*CE*GOLD PLAN",
        "REF*EA*MR77",
    ]
    claim = claims(read(sample(*OPENING, *PAID[:2], *extra, *PAID[2:])))[0]
    assert (claim.subscriber_last, claim.subscriber_first, claim.member_id) == ("OMEGA", "OLA", "W9")
    assert (claim.patient_last, claim.rendering_name, claim.rendering_npi) == ("ALPHA", "CARE, CAROL C", "1999999984")
    assert (claim.crossover_name, claim.corrected_payer_name) == ("NEXT PAYER", "RIGHT PAYER")
    assert (claim.contract, claim.medical_record) == ("GOLD PLAN", "MR77")


def test_a_line_carries_procedure_modifiers_amounts_units_and_allowed_amount() -> None:
    first, second = lines(read(sample()))
    assert (first.number, first.qualifier, first.procedure, first.modifiers) == (1, "HC", "99213", ("25", "59"))
    assert (first.charge, first.paid, first.units_paid, first.units_billed) == (
        Decimal(100),
        Decimal(80),
        Decimal(1),
        None,
    )
    assert (second.number, second.control_number, second.allowed) == (2, "L2", Decimal(150))
    assert (second.service_from, second.remarks) == (date(2026, 5, 12), ["N130"])


def test_a_changed_code_keeps_what_was_billed_beside_what_was_paid() -> None:
    (line,) = lines(read(sample(*OPENING, "CLP*A*1*90*90", "SVC*HC:99212*90*90*0510*1*HC:99215:25*2.5")))
    assert (line.procedure, line.submitted_procedure, line.revenue_code) == ("99212", "99215", "0510")
    assert (line.units_paid, line.units_billed) == (Decimal(1), Decimal("2.5"))


@pytest.mark.parametrize(
    ("service", "qualifier", "procedure", "revenue"),
    [("NU:0120", "NU", "", "0120"), ("N4:00093-1:RR", "N4", "00093-1", ""), ("99213", "", "99213", "")],
)
def test_the_qualifier_tells_revenue_codes_from_procedures(
    service: str, qualifier: str, procedure: str, revenue: str
) -> None:
    (line,) = lines(read(sample(*OPENING, "CLP*A*1*90*90", f"SVC*{service}*90*90")))
    assert (line.qualifier, line.procedure, line.revenue_code) == (qualifier, procedure, revenue)


@pytest.mark.parametrize("separator", [">", "^", "|"])
def test_a_component_separator_that_the_isa_does_not_declare_is_noticed(separator: str) -> None:
    events = read(sample(*OPENING, "CLP*A*1*170*170", f"SVC*HC{separator}99213{separator}25*170*170"))
    assert (lines(events)[0].procedure, lines(events)[0].modifiers) == ("99213", ("25",))
    assert codes(events) == ["component_separator"]


def test_policy_pharmacy_rejects_and_service_periods_of_a_line_are_kept() -> None:
    body = [
        "SVC*HC:1*90*90",
        "DTM*150*20260101",
        "DTM*151*20260105",
        "REF*0K*POL-7",
        "LQ*RX*70",
        "LQ*HE*N1",
        "LQ*HE*N2",
    ]
    (line,) = lines(read(sample(*OPENING, "CLP*A*1*90*90", *body)))
    assert (line.service_from, line.service_to) == (date(2026, 1, 1), date(2026, 1, 5))
    assert (line.policy, line.reject_codes, line.remarks) == ("POL-7", ["70"], ["N1", "N2"])


def test_all_six_triplets_of_a_segment_are_read() -> None:
    triplets = "*".join(f"{code}*{code}*{code}" for code in range(1, 7))
    claim = claims(read(sample(*OPENING, "CLP*A*1*21*0", f"CAS*CO*{triplets}", "CAS*PR*7***9*-9")))[0]
    assert [each.code for each in claim.adjustments] == ["1", "2", "3", "4", "5", "6", "7", "9"]
    assert claim.adjustments[3] == ReportedAdjustment("CO", "4", Decimal(4), Decimal(4), 14)
    assert claim.adjustments[7].amount == Decimal(-9)


def test_adjustments_stay_at_the_level_where_they_stand() -> None:
    paid, denied = claims(read(sample()))
    assert (paid.adjustments, [each.code for each in denied.adjustments]) == ([], ["29"])
    assert [[each.code for each in line.adjustments] for line in paid.lines] == [["1"], ["45", "97"]]


def test_remarks_of_moa_and_mia_are_all_read() -> None:
    paid, denied = claims(read(sample()))
    assert (paid.remarks, denied.remarks) == (["MA01", "N1"], ["MA02", "N10", "N11", "N12", "N13"])


def test_all_five_remarks_of_moa_are_read() -> None:
    claim = claims(read(sample(*OPENING, "CLP*A*1*1*1", "MOA*1*2*N1*N2*N3*N4*N5*8*N9")))[0]
    assert claim.remarks == ["N1", "N2", "N3", "N4", "N5"]


def test_composites_are_split_as_their_own_interchange_declares() -> None:
    events = read(sample() + as_bytes(interchange(*transaction(*BODY)), element="|", component=">"))
    assert codes(events) == []
    assert [line.modifiers for line in lines(events)] == [("25", "59"), ()] * 2


def test_every_pair_of_every_plb_is_read() -> None:
    pairs = "*".join(f"WO:R{number}*{number}" for number in range(1, 7))
    said = totals(read(sample(*OPENING, f"PLB*P1*20261231*{pairs}", "PLB*P2*20251231*72*-1", "PLB*P3*20251231**")))
    assert [(each.code, each.reference, each.amount) for each in said.provider_adjustments[:6]] == [
        ("WO", f"R{number}", Decimal(number)) for number in range(1, 7)
    ]
    last = said.provider_adjustments[6]
    assert (last.provider, last.code, last.amount, last.fiscal_period_end) == (
        "P2",
        "72",
        Decimal(-1),
        date(2025, 12, 31),
    )
    assert len(said.provider_adjustments) == 7


def test_a_claim_knows_the_segments_that_it_came_from() -> None:
    paid, denied = claims(read(sample()))
    assert (paid.segment_from, paid.segment_to, denied.segment_from, denied.segment_to) == (14, 26, 27, 32)
    assert [(line.segment_from, line.segment_to) for line in paid.lines] == [(18, 20), (21, 26)]


def test_claims_before_any_lx_and_under_several_are_read() -> None:
    body = [*OPENING, "CLP*A*1*1*1", "LX*1", "TS3*1*11*20261231*1*1", "CLP*B*1*1*1", "LX*2", "CLP*C*1*1*1"]
    events = read(sample(*body))
    assert [claim.claim_number for claim in claims(events)] == ["A", "B", "C"]
    assert totals(events).claims == 3


def test_transactions_and_claims_are_counted_through_the_file() -> None:
    one = [*OPENING, "CLP*A*1*1*1", "CLP*B*1*1*1"]
    first = as_bytes(interchange(*transaction(*one), *transaction(*one, control="0002"), transactions=2))
    second = as_bytes(interchange(*transaction(*one)), element="|", component=">")
    found = [(claim.transaction, claim.position) for claim in claims(read(first + second))]
    assert found == [(1, 1), (1, 2), (2, 1), (2, 2), (3, 1), (3, 2)]


def test_4010_with_short_dates_and_group_cr_is_read() -> None:
    opening = [segment.replace("20260603", "030603") for segment in OPENING]
    body = ["CLP*A*22*-10*0", "CAS*CR*94*-10", "DTM*232*991231", "SVC*HC:1*-10*0", "CAS*CR*94*-10"]
    data = sample(*opening, *body).replace(b"005010X221A1", b"004010X091A1").replace(b"*00501*", b"*00401*")
    events = read(data)
    assert header(events).payment_date == date(2003, 6, 3)
    assert claims(events)[0].service_from == date(1999, 12, 31)
    assert claims(events)[0].adjustments[0].group == "CR"


@pytest.mark.parametrize("version", ["", "GARBAGE", "005010X221A1 "])
def test_a_garbage_version_does_not_matter(version: str) -> None:
    events = read(sample().replace(b"005010X221A1", version.encode()))
    assert (codes(events), header(events).version) == ([], version.strip())


def test_padded_values_are_trimmed() -> None:
    claim = claims(read(sample(*OPENING, "CLP* A1 * 1 * 10 * 10 ** 12 * PCN *11*1", "NM1*QC*1* DOE * JO ****MI* W ")))[
        0
    ]
    assert (claim.claim_number, claim.status, claim.charge, claim.payer_control_number) == (
        "A1",
        "1",
        Decimal(10),
        "PCN",
    )
    assert (claim.patient_last, claim.patient_first, claim.member_id) == ("DOE", "JO", "W")


def test_a_range_in_one_date_segment_gives_both_days() -> None:
    body = ["CLP*A*1*1*1", "DTM*232****RD8*20260101-20260104", "SVC*HC:1*1*1", "DTM*472*20260102-20260103"]
    claim = claims(read(sample(*OPENING, *body)))[0]
    assert (claim.service_from, claim.service_to) == (date(2026, 1, 1), date(2026, 1, 4))
    assert (claim.lines[0].service_from, claim.lines[0].service_to) == (date(2026, 1, 2), date(2026, 1, 3))


def test_the_messages_of_findings_hold_no_patient_data() -> None:
    body = [
        *OPENING,
        "CLP*SECRET*1*x*y",
        "NM1*QC*1*SECRET*SECRET",
        "SECRET NAME",
        "SVC*HC:1*1*SECRET",
        "DTM*472*SECRET",
    ]
    events = read(sample(*body, *DENIED) + b"SECRET*1")
    assert len(findings(events)) > 5
    assert not any("SECRET" in each.message for each in findings(events))
