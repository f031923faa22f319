"""What the writer writes, the reader reads back, and two independent programs accept."""

from __future__ import annotations

import io
import logging
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import oxedi
import pytest
import pyx12.params
import pyx12.x12n_document
from hypothesis import given, settings
from hypothesis import strategies as st

from denials.domain.facts import (
    RemittanceHeader,
    RemittanceTotals,
    ReportedAdjustment,
    ReportedClaim,
    ReportedLine,
    ReportedProviderAdjustment,
)
from denials.domain.remittance import read_remittances
from denials.domain.remittance_writer import USUAL, Remittance, Separators, write_remittances

CREATED = datetime(2026, 6, 1, 8, 0, tzinfo=UTC)
WORD = st.from_regex(r"[A-Z0-9]{1,10}", fullmatch=True)
NAME = st.from_regex(r"[A-Z][A-Z0-9'.]{0,9}( [A-Z]{1,5})?", fullmatch=True)
MAYBE = st.one_of(st.just(""), WORD)
MONEY = st.decimals(min_value=-99999, max_value=99999, places=2)
UNITS = st.one_of(st.none(), st.decimals(min_value=0, max_value=999, places=3))
DAY = st.dates(min_value=date(2020, 1, 1), max_value=date(2030, 12, 31))
REMARKS = st.lists(st.sampled_from(["N54", "N40", "M15", "MA130", "N381"]), max_size=5)
ADJUSTMENTS = st.lists(
    st.builds(
        ReportedAdjustment,
        group=st.sampled_from(["CO", "PR", "OA", "PI"]),
        code=st.sampled_from(["1", "45", "97", "197", "A1", "P10"]),
        amount=MONEY,
        quantity=UNITS,
        segment=st.just(0),
    ),
    max_size=15,
)


@st.composite
def lines(draw: st.DrawFn) -> ReportedLine:
    days = draw(st.one_of(st.just([None, None]), st.lists(DAY, min_size=2, max_size=2).map(sorted)))
    return ReportedLine(
        number=0,
        qualifier=draw(st.sampled_from(["HC", "AD", "ER"])),
        procedure=draw(WORD),
        modifiers=tuple(draw(st.lists(st.sampled_from(["25", "59", "TC", "LT"]), max_size=4))),
        revenue_code=draw(st.sampled_from(["", "0450"])),
        charge=draw(MONEY),
        paid=draw(MONEY),
        units_paid=draw(UNITS),
        units_billed=draw(UNITS),
        submitted_procedure=draw(MAYBE),
        segment_from=0,
        service_from=days[0],
        service_to=days[1],
        allowed=draw(st.one_of(st.none(), MONEY)),
        control_number=draw(MAYBE),
        policy=draw(MAYBE),
        adjustments=draw(ADJUSTMENTS),
        remarks=draw(REMARKS),
        reject_codes=draw(st.lists(st.sampled_from(["70", "75"]), max_size=2)),
    )


@st.composite
def claims(draw: st.DrawFn) -> ReportedClaim:
    first, last = sorted((draw(DAY), draw(DAY)))
    subscriber = draw(st.one_of(st.just(("", "")), st.tuples(NAME, NAME)))
    return ReportedClaim(
        transaction=0,
        position=0,
        claim_number=draw(WORD),
        status=draw(st.sampled_from(["1", "2", "4", "22", "23"])),
        charge=draw(MONEY),
        paid=draw(MONEY),
        patient_share=draw(st.one_of(st.none(), MONEY)),
        filing_code=draw(st.sampled_from(["12", "MB", "MC"])),
        payer_control_number=draw(WORD),
        facility_code=draw(st.sampled_from(["11", "22"])),
        frequency=draw(st.sampled_from(["1", "7", "8"])),
        segment_from=0,
        patient_last=draw(NAME),
        patient_first=draw(NAME),
        patient_middle=draw(MAYBE),
        member_id=draw(MAYBE),
        subscriber_last=subscriber[0],
        subscriber_first=subscriber[1],
        rendering_npi=draw(MAYBE),
        rendering_name=draw(st.one_of(st.just(""), NAME, st.tuples(NAME, NAME).map(", ".join))),
        crossover_name=draw(st.one_of(st.just(""), NAME)),
        corrected_payer_name=draw(st.one_of(st.just(""), NAME)),
        contract=draw(MAYBE),
        medical_record=draw(MAYBE),
        service_from=first,
        service_to=last,
        received_on=draw(st.one_of(st.none(), DAY)),
        adjustments=draw(ADJUSTMENTS),
        remarks=draw(REMARKS),
        lines=draw(st.lists(lines(), max_size=3)),
    )


@st.composite
def remittances(draw: st.DrawFn) -> Remittance:
    written = Remittance(
        header=a_header(
            payer_name=draw(NAME),
            payer_id=draw(WORD),
            trace=draw(WORD),
            payment_date=draw(DAY),
            production_date=draw(st.one_of(st.none(), DAY)),
            method=draw(st.sampled_from(["ACH", "CHK"])),
            payee_tax_id=draw(MAYBE),
            payer_address=draw(st.sampled_from(["", "PO BOX 1, ANYTOWN, TX 00000", "SOMEWHERE"])),
        ),
        claims=draw(st.lists(claims(), min_size=1, max_size=3)),
        provider_adjustments=draw(st.lists(provider_adjustments(), max_size=8)),
    )
    if written.amount < 0:
        balance = ReportedProviderAdjustment("1000001010", date(2026, 12, 31), "FB", "T0", written.amount, 0)
        written.provider_adjustments = [*written.provider_adjustments, balance]
    return written


def provider_adjustments() -> st.SearchStrategy[ReportedProviderAdjustment]:
    return st.builds(
        ReportedProviderAdjustment,
        provider=st.sampled_from(["1000001010", "1000001028"]),
        fiscal_period_end=st.just(date(2026, 12, 31)),
        code=st.sampled_from(["L6", "WO", "72"]),
        reference=MAYBE,
        amount=MONEY,
        segment=st.just(0),
    )


def a_header(**changes: object) -> RemittanceHeader:
    header = RemittanceHeader(
        transaction=1,
        control_number="",
        amount=None,
        credit_debit="C",
        method="ACH",
        payment_date=date(2026, 6, 1),
        trace="T1",
        originator="1000000900",
        production_date=date(2026, 6, 1),
        payer_name="AETNA EXAMPLE",
        payer_id="EXAET",
        payer_address="PO BOX 1, ANYTOWN, TX 00000",
        payee_name="EXAMPLE CLINIC",
        payee_npi="1000001010",
        payee_tax_id="000000101",
        sender="",
        receiver="",
        interchange="",
        group="",
        version="",
        segment_from=0,
    )
    return replace(header, **changes)  # type: ignore[arg-type]


def a_claim(*adjustments: ReportedAdjustment, charge: str = "100", paid: str = "60") -> ReportedClaim:
    line = ReportedLine(
        number=1,
        qualifier="HC",
        procedure="G0463",
        modifiers=("25",),
        revenue_code="",
        charge=Decimal(charge),
        paid=Decimal(paid),
        units_paid=Decimal(1),
        units_billed=None,
        submitted_procedure="",
        segment_from=0,
        service_from=date(2026, 5, 4),
        service_to=date(2026, 5, 4),
        allowed=Decimal("60"),
        control_number="A1L1",
        adjustments=list(adjustments) or [an_adjustment("45", "40")],
        remarks=["N381"],
    )
    return ReportedClaim(
        transaction=1,
        position=1,
        claim_number="A1",
        status="1",
        charge=Decimal(charge),
        paid=Decimal(paid),
        patient_share=Decimal(0),
        filing_code="12",
        payer_control_number="AET1",
        facility_code="11",
        frequency="1",
        segment_from=0,
        patient_last="Fictional",
        patient_first="Ada",
        member_id="TEST1",
        rendering_npi="1000002018",
        rendering_name="Specimen, Rae",
        medical_record="MR1",
        service_from=date(2026, 5, 4),
        service_to=date(2026, 5, 4),
        received_on=date(2026, 5, 9),
        remarks=["MA01"],
        lines=[line],
    )


def a_full_claim() -> ReportedClaim:
    """A refused claim that uses every segment which an ordinary one lacks."""
    claim = a_claim(an_adjustment("197", "100"), paid="0")
    line = replace(
        claim.lines[0],
        service_to=date(2026, 5, 6),
        policy="LCD1",
        units_billed=Decimal("2.5"),
        submitted_procedure="G0438",
        remarks=["N54"],
    )
    return replace(
        claim,
        crossover_name="EXAMPLE SUPPLEMENT",
        corrected_payer_name="OTHER PAYER EXAMPLE",
        subscriber_last="Fictional",
        subscriber_first="Boris",
        patient_middle="B",
        contract="GOLD",
        service_to=date(2026, 5, 7),
        lines=[line],
    )


def an_adjustment(code: str, amount: str, group: str = "CO") -> ReportedAdjustment:
    return ReportedAdjustment(group, code, Decimal(amount), None, 0)


def written(*transactions: Remittance, separators: Separators = USUAL) -> bytes:
    parts = write_remittances(
        transactions, sender="EXPAYER", receiver="EXCLINIC", created=CREATED, separators=separators
    )
    return b"".join(parts)


def read_back(content: bytes) -> list[Remittance]:
    """What the reader says of the content, without what only a place in a file can say."""
    found: list[Remittance] = []
    for event in read_remittances(io.BytesIO(content)):
        if isinstance(event, RemittanceHeader):
            found.append(Remittance(event, []))
        elif isinstance(event, ReportedClaim):
            found[-1].claims = [*found[-1].claims, event]
        elif isinstance(event, RemittanceTotals):
            assert event.complete
            assert event.difference == 0
            found[-1].provider_adjustments = event.provider_adjustments
    return found


def placeless(remittance: Remittance) -> Remittance:
    """The same without segments, positions and what the envelope decides; adjustments in the order of their groups."""
    header = replace(remittance.header, sender="", receiver="", interchange="", group="", version="")
    header.control_number = header.sender_qualifier = header.application_sender = ""
    header.payer_number, header.payer_references = "", ()  # where the payer's id stands is the writer's choice
    header.transaction = header.segment_from = 0
    header.amount = remittance.amount
    if not remittance.amount:
        header.method = "NON"
    return Remittance(
        header,
        [_placeless_claim(claim) for claim in remittance.claims],
        [replace(each, segment=0) for each in remittance.provider_adjustments],
    )


def _placeless_claim(claim: ReportedClaim) -> ReportedClaim:
    placed = {"transaction": 0, "position": 0, "segment_from": 0, "segment_to": 0}
    lines = [
        replace(line, number=0, segment_from=0, segment_to=0, adjustments=_by_group(line.adjustments))
        for line in claim.lines
    ]
    return replace(claim, **placed, lines=lines, adjustments=_by_group(claim.adjustments))  # type: ignore[arg-type]


def _by_group(adjustments: list[ReportedAdjustment]) -> list[ReportedAdjustment]:
    return sorted((replace(each, segment=0) for each in adjustments), key=lambda each: each.group)


@settings(max_examples=60, deadline=None)
@given(st.lists(remittances(), min_size=1, max_size=2))
def test_the_reader_reads_back_what_was_written(transactions: list[Remittance]) -> None:
    found = read_back(written(*transactions))
    assert [placeless(each) for each in found] == [placeless(each) for each in transactions]


@pytest.mark.parametrize(
    "separators",
    [Separators(line_break=""), Separators("|", ">", "!", "'", "\r\n"), Separators("\x1d", "\x1f", "\x1e", "\x1c", "")],
    ids=["one line", "printable", "control characters"],
)
def test_any_separators_carry_the_same_content(separators: Separators) -> None:
    remittance = Remittance(a_header(), [a_claim()])
    assert placeless(read_back(written(remittance, separators=separators))[0]) == placeless(remittance)


def test_the_payment_total_is_what_claims_pay_less_provider_adjustments() -> None:
    interest = ReportedProviderAdjustment("1000001010", date(2026, 12, 31), "L6", "AET1", Decimal("-3.10"), 0)
    content = written(Remittance(a_header(amount=Decimal("999")), [a_claim(), a_claim()], [interest]))
    assert b"BPR*I*123.1*C*ACH*" in content
    assert b"PLB*1000001010*20261231*L6:AET1*-3.1~" in content


def test_a_payment_of_nothing_is_a_notice_without_banks() -> None:
    content = written(Remittance(a_header(), [a_claim(an_adjustment("197", "100"), paid="0")]))
    assert b"BPR*H*0*C*NON************20260601~" in content


def test_reasons_of_one_group_share_segments_of_six() -> None:
    reasons = [an_adjustment(str(code), "10") for code in range(7)]
    content = written(Remittance(a_header(), [a_claim(*reasons, an_adjustment("1", "30", "PR"), charge="160")]))
    assert b"CAS*CO*0*10**1*10**2*10**3*10**4*10**5*10~\nCAS*CO*6*10~\nCAS*PR*1*30~" in content


def test_the_segment_count_and_control_numbers_close_the_file() -> None:
    first, second = Remittance(a_header(), [a_claim()]), Remittance(a_header(trace="T2"), [a_claim(), a_claim()])
    segments = written(first, second).decode().split("~\n")
    starts = [at for at, segment in enumerate(segments) if segment.startswith("ST*")]
    ends = [at for at, segment in enumerate(segments) if segment.startswith("SE*")]
    assert [segments[at] for at in ends] == [
        f"SE*{end - start + 1}*000{number}" for number, (start, end) in enumerate(zip(starts, ends, strict=True), 1)
    ]
    assert segments[-3:] == ["GE*2*1", "IEA*1*000000001", ""]


@pytest.mark.parametrize(
    ("remittance", "problem"),
    [
        (Remittance(a_header(payer_name="AETNA*EXAMPLE"), [a_claim()]), "separator"),
        (Remittance(a_header(trace="T1~"), [a_claim()]), "separator"),
        (Remittance(a_header(), [a_claim(paid="-60")]), "negative"),
        (Remittance(a_header(), [replace(a_claim(), charge=None)]), "missing"),
        (Remittance(a_header(), [replace(a_claim(), remarks=["MA01"] * 6)]), "at most 5"),
    ],
    ids=["element separator", "segment terminator", "negative total", "missing amount", "six claim remarks"],
)
def test_what_the_format_cannot_carry_is_refused(remittance: Remittance, problem: str) -> None:
    with pytest.raises(ValueError, match=problem):
        written(remittance)


def test_claims_are_written_one_by_one() -> None:
    parts = write_remittances(
        [Remittance(a_header(), [a_claim()] * 1000)], sender="EXPAYER", receiver="EXCLINIC", created=CREATED
    )
    assert max(map(len, parts)) < 1000


def test_two_independent_programs_accept_a_written_file(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    interest = ReportedProviderAdjustment("1000001010", date(2026, 12, 31), "L6", "AET1", Decimal("-3.10"), 0)
    content = written(Remittance(a_header(), [a_claim(), a_full_claim()], [interest]))
    assert list(oxedi.parse(content).diagnostics) == []
    file = tmp_path / "written.835"
    file.write_bytes(content)
    with caplog.at_level(logging.CRITICAL):
        accepted = pyx12.x12n_document.x12n_document(
            param=pyx12.params.params(), src_file=str(file), fd_997=None, fd_html=None
        )
    assert accepted
