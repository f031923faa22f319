"""What people type is read back as it was typed by the reader of payers' files; one decision told twice is one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denials.domain import entered
from denials.domain.facts import ReportedClaim
from denials.domain.payments import PaymentReader
from denials.domain.remittance_writer import Remittance
from denials.domain.told_twice import Told, same_decision
from denials.domain.typed import amount_in, day_in, person_in
from tests.entered import claim_of

DAY = date(2026, 11, 2)
NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
PLAIN = st.text(
    st.characters(blacklist_categories=("Cc", "Cs", "Zl", "Zp", "Zs"), max_codepoint=0x2FFF), min_size=1, max_size=30
)


def claim(**values: object) -> ReportedClaim:
    made = claim_of()
    return replace(made, **values)  # type: ignore[arg-type]


def read_back(*claims: ReportedClaim) -> list[ReportedClaim]:
    header = entered.header(
        payer_key="aetna", payer_name="Example * Plan ~", npi="1000000001", facility="Here:Clinic", trace="CHK^7",
        payment_date=DAY,
    )  # fmt: skip
    content = entered.record_of([Remittance(header, claims)], number=1, created=NOW)
    reader = iter(PaymentReader(BytesIO(content)))
    payment = next(reader)
    found = list(payment.claims())
    assert (payment.header.payer_name, payment.header.payer_id) == ("Example * Plan ~", "aetna")
    assert (payment.header.payee_npi, payment.header.trace) == ("1000000001", "CHK^7")
    assert payment.header.payment_date == DAY
    assert payment.findings == []
    return found


@given(number=PLAIN, last=PLAIN, member=PLAIN)
def test_whatever_is_typed_is_read_back_as_it_was_typed(number: str, last: str, member: str) -> None:
    (found,) = read_back(claim(claim_number=number, patient_last=last, member_id=member))
    assert (found.claim_number, found.patient_last, found.member_id) == (number, last, member)


def test_lines_reasons_and_remarks_are_read_back() -> None:
    line = entered.line(
        1, "99213", modifiers=["25", "LT"], day=date(2026, 10, 5), charge=Decimal("100"), paid=Decimal("60"),
        adjustments=[entered.adjustment("CO", "197", Decimal("30")), entered.adjustment("PR", "3", Decimal("10"))],
        remarks=["N54"],
    )  # fmt: skip
    (found,) = read_back(claim(lines=[line], adjustments=[], remarks=["MA130"]))
    assert found.remarks == ["MA130"]
    assert (found.lines[0].procedure, found.lines[0].modifiers, found.lines[0].remarks) == (
        "99213", ("25", "LT"), ["N54"],
    )  # fmt: skip
    assert [(each.group, each.code, each.amount) for each in found.lines[0].adjustments] == [
        ("CO", "197", Decimal("30.00")), ("PR", "3", Decimal("10.00")),
    ]  # fmt: skip


def test_a_control_character_is_refused_and_never_becomes_a_separator() -> None:
    with pytest.raises(ValueError, match="separator"):
        read_back(claim(patient_last="A\x1eCLP\x1dX"))


@pytest.mark.parametrize(
    ("code", "word"),
    [("N54", "remark code"), ("M51", "remark code"), ("MA130", "remark code"), ("CO197", "no reason code"), ("", "no")],
)
def test_what_is_no_reason_code_says_why(code: str, word: str) -> None:
    assert word in entered.why_no_reason(code)


@pytest.mark.parametrize("code", ["197", "4", "A1", "B7", "P6", "W3", "999"])
def test_reason_codes_also_unknown_ones_are_taken(code: str) -> None:
    assert entered.why_no_reason(code) == ""


def test_a_reason_among_the_remarks_says_where_it_belongs() -> None:
    assert "reason code" in entered.why_no_remark("197")
    assert "no remark code" in entered.why_no_remark("HELLO")
    assert entered.why_no_remark("N9999") == ""


def test_codes_are_found_however_they_are_written() -> None:
    assert entered.codes_in(" n54, M51;ma130/N54 ") == ["N54", "M51", "MA130"]
    assert [entered.reason_in(text) for text in ("CO-197", "co 197", "PR3", "197", "b7", "CO-N54", "what?")] == [
        ("CO", "197"), ("CO", "197"), ("PR", "3"), ("", "197"), ("", "B7"), ("CO", "N54"), ("", "WHAT?"),
    ]  # fmt: skip


def test_faults_say_what_does_not_balance() -> None:
    assert entered.faults_of(claim()) == []
    (fault,) = entered.faults_of(claim(paid=Decimal("50")))
    assert fault == "The claim does not balance: $10.00 of the charge is neither paid nor adjusted."
    (fault,) = entered.faults_of(claim(paid=Decimal("70")))
    assert "exceed the charge by $10.00" in fault
    assert "Nothing is adjusted" in entered.faults_of(claim(paid=Decimal("100"), adjustments=[]))[0]
    line = entered.line(
        1, "99213", day=DAY, charge=Decimal("90"), paid=Decimal("60"), adjustments=[], remarks=[]
    )  # fmt: skip
    faults = entered.faults_of(claim(lines=[line]))
    assert faults[0] == "Line 1 does not balance: $30.00 of the charge is neither paid nor adjusted."
    assert "The lines charge $90.00 together, but the claim charges $100.00." in faults


def told(**values: object) -> Told:
    day, trace = values.pop("day", DAY), values.pop("trace", "CHK1")
    return Told(claim(**values), day, trace)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("other", "is_same"),
    [
        (told(), True),
        (told(day=DAY + timedelta(days=60)), True),
        (told(trace="0CHK1"), True),
        (told(trace="EFT9"), True),
        (told(trace="EFT9", day=DAY + timedelta(days=1)), False),
        (told(trace="", day=DAY + timedelta(days=9)), True),
        (told(trace="", day=DAY + timedelta(days=11)), False),
        (told(trace="", day=None), False),
        (told(paid=Decimal("59.00")), False),
        (told(adjustments=[entered.adjustment("CO", "50", Decimal("40.00"))]), False),
        (told(adjustments=[entered.adjustment("PR", "197", Decimal("40.00"))]), False),
        (told(remarks=["N54"]), True),
    ],
)
def test_a_payers_remittance_repeats_what_was_entered_or_it_does_not(other: Told, is_same: bool) -> None:
    assert bool(same_decision(told(), other)) is is_same
    assert bool(same_decision(other, told())) is is_same


def test_the_level_of_a_reason_does_not_matter_but_the_payers_number_does() -> None:
    line = entered.line(
        1, "99213", day=DAY, charge=Decimal("100"), paid=Decimal("60"),
        adjustments=[entered.adjustment("CO", "0197", Decimal("40"))], remarks=[],
    )  # fmt: skip
    assert same_decision(told(), told(lines=[line], adjustments=[]))
    assert same_decision(told(), told(payer_control_number="P1"))
    assert not same_decision(told(payer_control_number="P2"), told(payer_control_number="P1"))


@pytest.mark.parametrize(
    ("text", "amount"),
    [("1450", "1450.00"), ("$1,450.00", "1450.00"), (" 0.5 ", "0.50"), ("(12.50)", "-12.50"), ("-12.50", "-12.50"),
     ("−3", "-3.00"), ("$ 7", "7.00")],
)  # fmt: skip
def test_amounts_as_people_write_them(text: str, amount: str) -> None:
    assert amount_in(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["", "abc", "1.234,50", "1,45", "12.345", "1e5", "NaN", "=1+1", "1 000,00", "--5"])
def test_what_is_no_amount_is_refused_in_words(text: str) -> None:
    with pytest.raises(ValueError, match="no amount"):
        amount_in(text)


@pytest.mark.parametrize(
    "text", ["2026-11-02", "11/02/2026", "11/2/2026", "20261102", "2026-11-02T00:00:00", "2026-11-02 00:00:00"]
)
def test_days_as_people_write_them(text: str) -> None:
    assert day_in(text) == date(2026, 11, 2)


@pytest.mark.parametrize(
    ("text", "words"),
    [("02/11/26", "more than one day"), ("02.11.2026", "more than one day"), ("25/12/2026", "day first"),
     ("02/30/2026", "no such day"), ("soon", "no date"), ("", "no date"), ("1026-11-02", "far away"),
     ("45964", "no date")],
)  # fmt: skip
def test_a_day_with_two_meanings_or_none_is_refused_in_words(text: str, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        day_in(text)


@given(st.text(max_size=40))
def test_any_text_is_a_value_or_a_sentence(text: str) -> None:
    for read in (amount_in, day_in):
        with suppress(ValueError):
            assert read(text) is not None


def test_names_are_parted_by_the_comma_or_the_last_blank() -> None:
    assert person_in("Fictional, Ann") == ("Fictional", "Ann")
    assert person_in("Ann Marie Fictional") == ("Fictional", "Ann Marie")
    assert person_in("Fictional") == ("Fictional", "")
