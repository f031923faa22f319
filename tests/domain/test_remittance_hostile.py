"""No bytes bring the reader down, and no claim payment that stands in a file goes missing without a word."""

from __future__ import annotations

import re

from hypothesis import example, given, settings
from hypothesis import strategies as st

from denials.domain.facts import RemittanceEvent, RemittanceTotals, Severity
from tests.domain.remittance_samples import (
    BODY,
    GS,
    ISA,
    OPENING,
    as_bytes,
    claims,
    codes,
    interchange,
    read,
    sample,
    totals,
    transaction,
)

SEGMENTS = interchange(*transaction(*BODY), *transaction(*BODY, control="0002"), transactions=2)
FILE = as_bytes(SEGMENTS)
HEAD = as_bytes([ISA])
CUT = {"cut_transaction", "rest_not_readable", "not_readable", "damaged_segment"}
steady = settings(max_examples=100, deadline=None, derandomize=True)


def claims_in_sight(data: bytes) -> int:
    """Count CLP segments the naive way."""
    return len(re.findall(rb"(?:^|~)[\s\x00]*CLP\*", data.replace(b"\n", b"")))


def accounted_for(data: bytes) -> list[RemittanceEvent]:
    """Read a file with the usual separators, and check that every claim was yielded or a cut was reported."""
    events = read(data)
    assert len(claims(events)) >= claims_in_sight(data) or CUT & set(codes(events))
    assert claims(events) or codes(events, Severity.HOLD) or codes(events, Severity.REJECT) or codes(events)
    counted = sum(each.claims for each in events if isinstance(each, RemittanceTotals))
    assert counted == len(claims(events))
    return events


def test_a_file_cut_at_any_byte_gives_a_clear_answer_and_keeps_what_stands_before() -> None:
    data = sample()
    complete_claims = [data.index(b"CLP*A2"), data.index(b"PLB*")]
    whole = data.index(b"IEA*1")
    for end in range(len(data)):
        events = accounted_for(data[:end])
        found = len(claims(events))
        assert found >= sum(end > at for at in complete_claims)
        if end <= len(HEAD) - 2:
            assert codes(events, Severity.REJECT) == ["not_readable"]
        elif end < data.index(b"ST*835"):
            assert codes(events, Severity.REJECT) == ["no_remittance"]
        elif data.index(b"ST*835*0001~") + 12 <= end < data.index(b"SE*"):
            assert codes(events, Severity.HOLD) == ["cut_transaction"]
            assert not totals(events).complete
        elif end < whole:
            assert codes(events) != []


@given(at=st.integers(0, len(FILE) - 1), bit=st.integers(0, 7))
@settings(steady, max_examples=500)
@example(at=439, bit=0)
def test_a_flipped_bit_never_loses_a_claim_in_silence(at: int, bit: int) -> None:
    broken = bytearray(FILE)
    broken[at] ^= 1 << bit
    if at >= len(HEAD):
        accounted_for(bytes(broken))
    else:
        assert read(bytes(broken))


@given(st.data())
@steady
def test_many_damaged_bytes_never_lose_a_claim_in_silence(data: st.DataObject) -> None:
    broken = bytearray(FILE)
    for at, byte in data.draw(
        st.lists(st.tuples(st.integers(len(HEAD), len(FILE) - 1), st.integers(0, 255)), max_size=40)
    ):
        broken[at] = byte
    accounted_for(bytes(broken))


@given(st.lists(st.sampled_from(SEGMENTS[1:]), max_size=60))
@example(["SE*1*0001"])
@example(["PLB*1*20261231*WO*1"])
@example(["LX*1", "CAS*CO*45*1"])
@steady
def test_any_mixture_of_segments_keeps_every_claim(mixture: list[str]) -> None:
    accounted_for(as_bytes([ISA, *mixture]))


@given(st.permutations(SEGMENTS[1:]))
@steady
def test_segments_in_any_order_keep_every_claim(shuffled: list[str]) -> None:
    assert len(claims(accounted_for(as_bytes([ISA, *shuffled])))) == 4


@given(st.integers(1, len(SEGMENTS) - 1), st.integers(0, 3))
@steady
def test_a_dropped_or_repeated_segment_is_noticed_or_harmless(at: int, times: int) -> None:
    segments = [*SEGMENTS[:at], *[SEGMENTS[at]] * times, *SEGMENTS[at + 1 :]]
    events = accounted_for(as_bytes(segments))
    assert (codes(events) == []) == (times == 1)


@given(end=st.integers(len(HEAD), len(FILE)), tail=st.binary(max_size=300))
@steady
def test_a_file_that_turns_into_garbage_keeps_what_stands_before(end: int, tail: bytes) -> None:
    accounted_for(FILE[:end] + tail)


@given(tail=st.binary(max_size=600))
@steady
def test_garbage_behind_a_header_is_answered(tail: bytes) -> None:
    assert read(HEAD + tail)
    assert read(as_bytes([ISA, GS, "ST*835*1"]) + tail)


@given(st.binary(max_size=400))
@example(b"ISA" * 100)
@example(b"ISA*" * 100)
@example(b"\xff\xfeI\x00S")
@example(b"\xff\xfe\x00\xd8" * 100)
@steady
def test_any_bytes_are_answered(data: bytes) -> None:
    assert read(data)
    assert read(b"ISA*" + data)


@given(st.permutations("*:~^|>"), st.permutations("*:~^|>"))
@steady
def test_separators_that_are_swapped_are_answered(before: list[str], after: list[str]) -> None:
    text = FILE.decode().translate(str.maketrans("".join(before), "".join(after)))
    assert read(HEAD + text.encode()[len(HEAD) :])
    assert len(claims(read(text.encode()))) == 4


numbers = st.one_of(
    st.text("0123456789+-.,eE NaInfty", max_size=40),
    st.integers(-(10**40), 10**40).map(str),
    st.floats().map(str),
    st.text(st.characters(codec="utf-8", exclude_characters="*~\n\r"), max_size=20),
)


@given(st.lists(numbers, min_size=8, max_size=8))
@steady
def test_any_text_in_place_of_a_number_is_answered(texts: list[str]) -> None:
    a, b, c, d, e, f, g, h = texts
    body = [
        f"CLP*A*1*{a}*{b}*{c}",
        f"CAS*CO*45*{d}*{e}",
        f"SVC*HC:1*{f}*{g}**{h}",
        f"DTM*472*{a}",
        f"PLB*1*{b}*WO:{c}*{d}",
    ]
    opening = [segment.replace("170", e) for segment in OPENING]
    events = accounted_for(as_bytes(interchange(*transaction(*opening, *body))))
    claim = claims(events)[0]
    money = [claim.charge, claim.paid, claim.patient_share, *[each.amount for each in claim.adjustments]]
    assert all(amount is None or (amount.is_finite() and abs(amount) < 10**10) for amount in money)
