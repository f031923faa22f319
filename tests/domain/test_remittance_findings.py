"""Whatever is wrong with a file is said with the right weight, and loses nothing."""

from __future__ import annotations

import tracemalloc
from datetime import date
from decimal import Decimal
from io import BytesIO
from itertools import repeat

import pytest

from denials.domain.elements import DAY, MONEY, QUANTITY
from denials.domain.facts import Finding, Severity
from denials.domain.remittance import read_remittances
from tests.domain.remittance_samples import (
    BODY,
    GS,
    ISA,
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


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("100", "100.00"),
        (" 12.5 ", "12.50"),
        ("+5", "5.00"),
        ("-.5", "-0.50"),
        ("7.", "7.00"),
        ("-0", "0.00"),
        ("0012.340", "12.34"),
        ("9999999999.99", "9999999999.99"),
        ("-9999999999.99", "-9999999999.99"),
    ],
)
def test_an_amount_is_read_exactly_with_two_decimals(text: str, amount: str) -> None:
    assert str(MONEY[text]) == amount


@pytest.mark.parametrize(
    "text",
    [
        *("", " ", "-", ".", "1E9", "12,34x", "1,234.50", "$5", "NaN", "Infinity", "-inf", "1_000", "٣", "1 2", "--1"),
        *("12.345", "0.001", "10000000000", "1" * 30, "1" * 5000, "0." + "0" * 60 + "1"),
    ],
)
def test_what_is_no_amount_is_never_a_number(text: str) -> None:
    assert MONEY[text] is None


@pytest.mark.parametrize(("text", "quantity"), [("1", "1"), ("0.125", "0.125"), ("1.500", "1.5"), ("-3", "-3")])
def test_a_quantity_may_have_more_decimals(text: str, quantity: str) -> None:
    assert QUANTITY[text] == Decimal(quantity)


@pytest.mark.parametrize("text", ["", "x", "1E3", "NaN", "1000000000", "0.0000001", "9" * 30])
def test_what_is_no_quantity_is_never_a_number(text: str) -> None:
    assert QUANTITY[text] is None


@pytest.mark.parametrize(
    ("text", "day"),
    [("20260228", date(2026, 2, 28)), ("991231", date(1999, 12, 31)), ("260101", date(2026, 1, 1))]
    + [
        (bad, None)
        for bad in ("", "20260230", "2026-01-01", "0", "00000000", "02020101", "99991231", "2026010a", "²0260101")
    ],
)
def test_a_date_is_a_day_of_our_time_or_nothing(text: str, day: date | None) -> None:
    assert DAY[text] == day


def test_reading_many_different_texts_does_not_fill_the_memory() -> None:
    for number in range(50_000):
        assert MONEY[str(number)] == number
    assert len(MONEY) <= 20_000


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"hello", "not X12"), (b"%PDF-1.4", "PDF"), (ISA.encode()[:60], "cut"), (b"ISA", "cut")],
)
def test_what_cannot_be_read_is_one_rejection_with_the_reason(data: bytes, words: str) -> None:
    (only,) = read(data)
    assert isinstance(only, Finding)
    assert (only.severity, only.transaction) == (Severity.REJECT, 0)
    assert words in only.message


@pytest.mark.parametrize(
    "data",
    [
        as_bytes([ISA]),
        as_bytes([ISA, GS, "GE*0*17", "IEA*1*000000007"]),
        as_bytes([ISA, GS, "ST*837*0001", "BHT*0019", "CLM*A*1", "LX*1", "SE*5*0001", "GE*1*17", "IEA*1*000000007"]),
        as_bytes([ISA, GS, "ST*837*0001", "BHT*0019", "CLM*A*1"]),
    ],
    ids=["ISA alone", "no ST", "837", "cut 837"],
)
def test_x12_without_a_remittance_is_rejected(data: bytes) -> None:
    events = read(data)
    assert codes(events, Severity.REJECT) == ["no_remittance"]
    assert events[-1] == findings(events, Severity.REJECT)[0]
    assert all(isinstance(event, Finding) for event in events)


def test_a_remittance_beside_other_transactions_is_read() -> None:
    other = transaction("BHT*0019*00", "HL*1**20*1", "NM1*85*2*X", "CLM*A*10", "LX*1", "SV1*HC:1*10", control="0009")
    events = read(as_bytes(interchange("ST*837*0009", *other[1:], *transaction(*BODY), transactions=2)))
    assert codes(events) == ["other_transaction"]
    assert len(claims(events)) == 2
    assert claims(events)[0].transaction == 2


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ([], "no_payment"),
        (OPENING[:1], "no_claims"),
        ([OPENING[0].replace("170", "0")], "no_claims"),
    ],
    ids=["empty ST", "payment without claims", "nothing paid"],
)
def test_a_transaction_without_claims_is_noted(body: list[str], code: str) -> None:
    events = read(as_bytes(interchange(*transaction(*body))))
    assert code in codes(events, Severity.NOTE)
    assert totals(events).claims == 0


def test_a_payment_made_wholly_of_provider_adjustments_balances() -> None:
    events = read(sample(*OPENING, "PLB*1*20261231*FB:X*-170"))
    assert codes(events) == []
    assert totals(events).difference == 0


def test_an_unbalanced_transaction_is_held_with_the_difference() -> None:
    events = read(sample(*BODY).replace(b"BPR*I*170*", b"BPR*I*171.5*"))
    assert codes(events) == ["unbalanced_transaction"]
    assert findings(events)[0].severity == Severity.HOLD
    assert totals(events).difference == Decimal("1.50")


@pytest.mark.parametrize("amount", ["30", "-30"])
def test_a_debit_counts_as_less_than_nothing(amount: str) -> None:
    opening = [segment.replace("I*170*C", f"I*{amount}*D") for segment in OPENING]
    events = read(sample(*opening, "CLP*A*22*-30*-30"))
    assert (codes(events), totals(events).difference) == ([], Decimal(0))


@pytest.mark.parametrize(
    "broken", [("BPR*I*170", "BPR*I*x"), ("CLP*A1*1*300*200", "CLP*A1*1*300*"), ("PCN9*50", "PCN9*5O")]
)
def test_a_transaction_whose_balance_cannot_be_known_is_held(broken: tuple[str, str]) -> None:
    events = read(sample().replace(broken[0].encode(), broken[1].encode()))
    assert codes(events, Severity.HOLD) == ["unknown_balance"]
    assert "bad_amount" in codes(events, Severity.NOTE)
    assert (totals(events).difference, len(claims(events))) == (None, 2)


def test_a_claim_that_does_not_balance_is_noted() -> None:
    events = read(sample().replace(b"CAS*CO*29*450", b"CAS*CO*29*440"))
    assert codes(events) == ["unbalanced_claim"]
    assert findings(events)[0].claim == 2


def test_a_line_that_does_not_balance_is_noted_with_its_segment() -> None:
    events = read(sample().replace(b"CAS*PR*1*20~", b"CAS*PR*1*21~"))
    assert codes(events) == ["unbalanced_line", "unbalanced_claim"]
    assert findings(events)[0].segment == lines(events)[0].segment_from


def test_lines_that_charge_otherwise_than_their_claim_are_noted() -> None:
    events = read(sample(*OPENING, "CLP*A*1*100*90", "CAS*CO*45*10", "SVC*HC:1*99*99"))
    assert "unbalanced_claim" in codes(events)
    assert "its lines charge 99.00" in findings(events)[0].message


def test_claim_and_line_adjustments_count_together() -> None:
    events = read(sample(*OPENING, "CLP*A*1*100*170", "CAS*OA*94*-100", "SVC*HC:1*100*70", "CAS*CO*45*30"))
    assert codes(events) == []


def test_adjustments_repeated_on_the_claim_are_told_from_unbalanced_ones() -> None:
    body = ["CLP*A*1*200*170", "CAS*CO*45*30", "SVC*HC:1*200*170", "CAS*CO*45*30"]
    events = read(sample(*OPENING, *body))
    assert codes(events) == ["repeated_adjustments"]


def test_a_claim_with_an_unreadable_amount_is_not_weighed() -> None:
    events = read(sample(*OPENING, "CLP*A*1*170*170", "CAS*CO*45*1O"))
    assert codes(events) == ["bad_amount"]
    assert claims(events)[0].adjustments[0].amount is None


@pytest.mark.parametrize(
    ("old", "new", "code", "element"),
    [
        ("A1*1*300", "A1*1*3OO", "bad_amount", "CLP03"),
        ("300*200*20", "300*200*NaN", "bad_amount", "CLP05"),
        ("99213:25:59*100*", "99213:25:59*1E2*", "bad_amount", "SVC02"),
        ("*100*80", "*100*80.001", "bad_amount", "SVC03"),
        ("**2~", "**two~", "bad_quantity", "SVC05"),
        ("CO*45*50**97*30*1", "CO*45*50**97*30*one", "bad_quantity", "CAS07"),
        ("CO*45*50**97*30*1", "CO*45*50**97**1", "bad_amount", "CAS06"),
        ("AMT*B6*150", "AMT*B6*Infinity", "bad_amount", "AMT02"),
        ("DTM*472*20260511", "DTM*472*20261511", "bad_date", "DTM02"),
        ("DTM*405*20260602", "DTM*405*tomorrow", "bad_date", "DTM02"),
        ("****20260603~\nTRN", "****20260603X~\nTRN", "bad_date", "BPR16"),
        ("PLB*1234567893*20261231", "PLB*1234567893*", "bad_date", "PLB02"),
    ],
)
def test_an_unreadable_value_is_left_empty_and_named(old: str, new: str, code: str, element: str) -> None:
    data = sample().replace(old.encode(), new.encode())
    assert data != sample()
    said = [each for each in findings(read(data)) if each.code == code]
    assert [element in each.message for each in said] == [True]
    assert said[0].severity == Severity.NOTE
    assert len(claims(read(data))) == 2


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("SE*", "SE*9", "wrong_count"),
        ("GE*1*", "GE*2*", "wrong_count"),
        ("IEA*1*", "IEA**", "wrong_count"),
        ("*0001~\nGE", "*0002~\nGE", "control_number"),
        ("GE*1*17", "GE*1*18", "control_number"),
        ("IEA*1*000000007", "IEA*1*7", "control_number"),
        ("GE*1*17~\n", "", "missing_trailer"),
        ("IEA*1*000000007~\n", "", "missing_trailer"),
        ("LX*1~", "ZZ9*1~", "unknown_segment"),
        ("LX*1~", "some text~", "unknown_segment"),
        ("LX*1~", "*1~", "damaged_segment"),
        ("LX*1~", "CAS*CO*45*1~", "out_of_place"),
        ("CAS*PR*1*20", "CAS**1*20", "bad_adjustment"),
        ("LQ*HE*N130", "LQ*XX*N130", "unknown_code_list"),
    ],
)
def test_what_is_only_odd_is_a_note_and_everything_is_read(old: str, new: str, code: str) -> None:
    data = sample().replace(old.encode(), new.encode())
    assert data != sample()
    events = read(data)
    assert codes(events) == [code]
    assert findings(events)[0].severity == Severity.NOTE
    assert len(claims(events)) == 2


@pytest.mark.parametrize("next_segment", ["ST*835*0002", "GE*1*17", "IEA*1*000000007", GS, ISA, ""])
def test_a_transaction_without_its_end_is_held_and_kept(next_segment: str) -> None:
    cut = [ISA, GS, "ST*835*0001", *OPENING, *PAID, *([next_segment] if next_segment else [])]
    events = read(as_bytes(cut))
    assert codes(events, Severity.HOLD)[0] == "cut_transaction"
    assert (totals(events).complete, totals(events).claims) == (False, 1)
    assert claims(events)[0].segment_to == totals(events).segment_to == 2 + len(OPENING) + len(PAID)


@pytest.mark.parametrize("lost", ["SE*4*0001", "ST*835*0002"])
def test_two_transactions_that_run_into_each_other_are_held_and_kept(lost: str) -> None:
    first, second = transaction("BPR*I*0*C", "CLP*A0*1*0*0"), transaction(*BODY, control="0002")
    segments = interchange(*first, *second, transactions=2)
    segments.remove(lost)
    events = read(as_bytes(segments))
    assert [(claim.transaction, claim.claim_number) for claim in claims(events)] == [(1, "A0"), (2, "A1"), (2, "A2")]
    assert codes(events, Severity.HOLD) == ["cut_transaction" if lost.startswith("SE") else "missing_header"]


def test_a_claim_after_the_trailer_is_held_and_kept() -> None:
    events = read(as_bytes(interchange(*transaction(*BODY), *PAID)))
    assert codes(events, Severity.HOLD) == ["missing_header", "cut_transaction"]
    assert [claim.transaction for claim in claims(events)] == [1, 1, 2]


@pytest.mark.parametrize("name", ["837", "", "83S"])
def test_claim_payments_under_another_name_are_held_and_kept(name: str) -> None:
    events = read(sample().replace(b"ST*835*", f"ST*{name}*".encode()))
    assert codes(events, Severity.HOLD) == ["wrong_type"]
    assert (len(claims(events)), header(events).amount, totals(events).difference) == (2, Decimal(170), Decimal(0))


def test_a_flood_of_the_same_note_is_cut_short_and_counted() -> None:
    events = read(sample(*BODY, *["ZZZ*1"] * 5000))
    said = [each for each in findings(events) if each.code == "unknown_segment"]
    assert len(said) == 101
    assert "4900 more" in said[-1].message


def test_each_transaction_counts_its_notes_anew() -> None:
    flood = [*OPENING, *["ZZZ*1"] * 103]
    events = read(as_bytes(interchange(*transaction(*flood), *transaction(*flood, control="0002"), transactions=2)))
    assert [each.transaction for each in findings(events) if "3 more" in each.message] == [1, 2]


def test_an_interchange_that_lacks_its_trailers_is_noted_where_the_next_begins() -> None:
    first = as_bytes([ISA, GS, *transaction(*BODY)])
    events = read(first + sample())
    assert (codes(events), len(claims(events))) == (["missing_trailer", "missing_trailer"], 4)


def test_a_second_payment_segment_is_noted_and_not_used() -> None:
    events = read(sample(*OPENING, "BPR*I*999*C", *BODY[len(OPENING) :]))
    assert (codes(events), header(events).amount) == (["out_of_place"], Decimal(170))


def test_everything_before_an_endless_segment_is_kept() -> None:
    events = read(as_bytes(interchange(*transaction(*BODY))) + as_bytes([ISA, GS]) + b"X" * 2_000_000)
    assert codes(events, Severity.HOLD) == ["rest_not_readable"]
    assert len(claims(events)) == 2


def test_an_endless_segment_alone_is_rejected() -> None:
    assert codes(read(ISA.encode() + b"~" + b"X" * 2_000_000), Severity.REJECT) == ["not_readable"]


def test_claims_are_yielded_before_the_file_is_read_to_its_end() -> None:
    class Counting(BytesIO):
        def read(self, size: int | None = -1) -> bytes:
            return super().read(100)

    source = Counting(sample(*BODY, *["NTE*ADD*X"] * 2000))
    events = read_remittances(source)
    while not claims([next(events)]):
        pass
    assert source.tell() < 5000


class Endless(BytesIO):
    """A file that is made as it is read: a header, then the same segments `times` times."""

    def __init__(self, head: list[str], again: list[str], times: int) -> None:
        super().__init__()
        self._pieces = iter([as_bytes(head), *repeat(as_bytes(again), times)])

    def read(self, size: int | None = -1) -> bytes:
        return next(self._pieces, b"")


IN_HEADER = [ISA, GS, "ST*835*0001"]
IN_CLAIM = [*IN_HEADER, *OPENING, PAID[0]]


@pytest.mark.parametrize(
    ("head", "again", "code"),
    [
        (IN_CLAIM, PAID * 100, "cut_transaction"),
        (IN_CLAIM, ["SVC*HC:1*1*1", "CAS*CO*45*1*2*3*1"] * 800, "endless_claim"),
        (IN_CLAIM, ["CAS" + "*CO*45*1" * 4000], "endless_claim"),
        (IN_CLAIM, ["LQ*HE*N1", "MOA***N1*N2*N3*N4*N5"] * 800, "endless_claim"),
        (IN_CLAIM, ["PLB*1*20261231" + "*WO*1" * 4000], "endless_transaction"),
        (IN_CLAIM, ["ZZZ*SOMETHING*" + "X" * 5000] * 3, "unknown_segment"),
        (IN_HEADER, ["N1*PR*X", "N3*X*X", "REF*2U*1", "N4*X*X*X"] * 400, "cut_transaction"),
        ([ISA, GS], transaction("BPR*I*0*C", "ZZZ*1") * 200, "unknown_segment"),
        ([ISA, GS], [ISA, GS] * 100, "no_remittance"),
    ],
    ids=["claims", "lines", "adjustments", "remarks", "PLB", "unknown", "header", "transactions", "interchanges"],
)
def test_no_file_fills_the_memory_however_long_it_is(head: list[str], again: list[str], code: str) -> None:
    said: set[str] = set()
    tracemalloc.start()
    for event in read_remittances(Endless(head, again, 30)):
        said |= {event.code} if isinstance(event, Finding) else set()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert code in said
    assert peak < 12_000_000
