"""Bad input gets a clear sentence and loses nothing: the bytes are kept, and whatever can be read is recorded."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from denials.models import Adjustment, Remittance, RemittanceFile, RemittedClaim
from tests.denials.recorded import kept_of, recorded, said_in
from tests.remittance_text import Claim as Told
from tests.remittance_text import Payment, file_of

pytestmark = pytest.mark.django_db

WHOLE = file_of(Payment((Told("RC-1"), Told("RC-2")), trace="A"), Payment((Told("RC-3"),), trace="B"))
REFUSED, RECORDED = RemittanceFile.State.REFUSED, RemittanceFile.State.RECORDED


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b"   \r\n", "The file is empty."),
        (b"Dear practice, please find attached", "The file is not X12: it does not begin with ISA."),
        (b"%PDF-1.7 and more", "The file is not X12: it is a PDF document."),
        (b"PK\x03\x04", "it is a ZIP archive; unpack it"),
        (WHOLE[:60], "The interchange header (ISA) is cut"),
        (WHOLE.replace(b"ST*835", b"ST*820").replace(b"CLP", b"XLP").replace(b"PLB", b"XLB"), "holds no remittance"),
    ],
)
def test_what_is_no_remittance_is_refused_with_the_reason_and_kept(
    content: bytes, sentence: str, private_files: Path
) -> None:
    file = recorded(content)

    assert file.state == REFUSED
    assert sentence in file.refusal
    assert (private_files / str(file.content.name)).read_bytes() == content
    assert not Remittance.objects.exists()


def test_a_payment_without_segments_between_st_and_se_is_recorded_with_a_finding() -> None:
    empty = re.sub(rb"(ST\*835\*0002~\n).*?(SE\*)", rb"\1\2", WHOLE, flags=re.DOTALL)

    file = recorded(empty)

    assert file.state == RECORDED
    assert file.remittances.get(transaction=2).claims == 0
    assert "no_claims" in _codes(file)
    assert kept_of(file) == said_in(empty)


def test_wrong_counts_are_noted_and_everything_is_recorded() -> None:
    wrong = WHOLE.replace(b"SE*", b"SE*9").replace(b"GE*2", b"GE*7").replace(b"IEA*1", b"IEA*4")

    file = recorded(wrong)

    assert "wrong_count" in _codes(file)
    assert kept_of(file) == said_in(WHOLE)
    assert {remittance.state for remittance in file.remittances.all()} == {Remittance.State.RECORDED}


def test_unknown_segments_are_noted_and_everything_else_is_recorded() -> None:
    file = recorded(WHOLE.replace(b"DTM*472", b"ZZZ*what*is*this~\nDTM*472"))

    assert "unknown_segment" in _codes(file)
    assert kept_of(file) == said_in(WHOLE)


def test_codes_that_no_list_knows_are_kept_as_sent() -> None:
    recorded(WHOLE.replace(b"CAS*CO*50", b"CAS*QQ*9Z9").replace(b"LQ*HE*N115", b"LQ*HE*X999"))

    assert set(Adjustment.objects.values_list("group", "code")) == {("QQ", "9Z9")}


def test_garbage_in_money_is_left_empty_noted_and_held() -> None:
    file = recorded(WHOLE.replace(b"CLP*RC-3*1*100.00*60.00", b"CLP*RC-3*1*100.00*6o.oo"))

    held = file.remittances.get(transaction=2)
    assert (held.state, held.difference) == (Remittance.State.HELD, None)
    assert RemittedClaim.objects.get(claim_number="RC-3").paid is None
    assert "bad_amount" in _codes(file)


def test_garbage_in_a_date_is_left_empty_and_noted() -> None:
    file = recorded(WHOLE.replace(b"DTM*472*20261005", b"DTM*472*20261399"))

    assert set(RemittedClaim.objects.values_list("service_from", flat=True)) == {None}
    assert "bad_date" in _codes(file)
    assert file.state == RECORDED


def test_a_payment_without_amount_or_date_is_recorded() -> None:
    file = recorded(WHOLE.replace(b"BPR*I*120.00*C*CHK************20261102~\n", b""))

    remittance = file.remittances.get(transaction=1)
    assert (remittance.amount, remittance.payment_date, remittance.claims) == (None, None, 2)
    assert remittance.paid == Decimal(120)


def test_bytes_of_every_value_in_a_name_are_recorded() -> None:
    every_byte = bytes(byte for byte in range(256) if byte not in b"*:^~\r\n")

    file = recorded(WHOLE.replace(b"FICTIONAL*ANN", every_byte[:70] + b"*" + every_byte[70:]))

    assert file.state == RECORDED
    assert RemittedClaim.objects.count() == 3


@pytest.mark.parametrize("percent", range(10, 100, 10))
def test_a_file_cut_anywhere_keeps_what_stands_before_the_cut(percent: int) -> None:
    cut = WHOLE[: len(WHOLE) * percent // 100]

    file = recorded(cut)

    assert kept_of(file) == said_in(cut)
    assert file.state == (REFUSED if not said_in(cut) and not file.remittances.exists() else RECORDED)
    cuts = [remittance for remittance in file.remittances.all() if "is cut" in remittance.hold_reason]
    assert len(cuts) <= 1
    assert all(remittance.state == Remittance.State.HELD for remittance in cuts)


@examples(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_whatever_happened_to_its_bytes_a_file_is_recorded_as_read_or_refused(data: st.DataObject) -> None:
    damaged = bytearray(WHOLE)
    for _ in range(data.draw(st.integers(1, 12))):
        at = data.draw(st.integers(0, len(damaged) - 1))
        change = data.draw(st.sampled_from(["flip", "cut out", "repeat"]))
        if change == "flip":
            damaged[at] = data.draw(st.integers(0, 255))
        elif change == "cut out":
            del damaged[at : at + data.draw(st.integers(1, 80))]
        else:
            damaged[at:at] = damaged[max(at - 200, 0) : at]

    file = recorded(bytes(damaged))

    assert file.state in (RECORDED, REFUSED)
    if file.state == REFUSED:
        assert file.refusal
    if not file.findings.filter(code="value_cut").exists():
        assert kept_of(file) == said_in(bytes(damaged))


def _codes(file: RemittanceFile) -> set[str]:
    return set(file.findings.values_list("code", flat=True))
