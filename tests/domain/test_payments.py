"""Payments come out of a file one by one, each with its own findings."""

from __future__ import annotations

import io

from denials.domain.payments import PaymentReader
from tests.remittance_text import Claim, Payment, file_of

TWO = file_of(Payment((Claim("RC-1"), Claim("RC-2")), trace="A"), Payment(trace="B", amount="1.00"))


def reader_of(content: bytes) -> PaymentReader:
    return PaymentReader(io.BytesIO(content))


def test_each_payment_comes_with_its_claims_and_its_totals() -> None:
    seen = [
        (payment.header.trace, [claim.claim_number for claim in payment.claims()], payment.closing.claims)
        for payment in reader_of(TWO)
    ]

    assert seen == [("A", ["RC-1", "RC-2"], 2), ("B", ["RC-1"], 1)]


def test_claims_that_nobody_reads_are_passed_over() -> None:
    assert [payment.header.trace for payment in reader_of(TWO)] == ["A", "B"]


def test_a_finding_belongs_to_its_own_payment() -> None:
    payments = list(reader_of(TWO))

    assert [bool(payment.hold_reasons) for payment in payments] == [False, True]


def test_a_finding_before_the_header_of_its_payment_is_not_lost() -> None:
    without_second_st = TWO.replace(b"ST*835*0002~\n", b"")

    payments = list(reader_of(without_second_st))

    assert "missing_header" in [finding.code for finding in payments[1].findings]


def test_what_belongs_to_no_payment_is_kept_apart() -> None:
    reader = reader_of(TWO.replace(b"GE*2*1", b"GE*9*1"))

    assert all(not any(finding.code == "wrong_count" for finding in payment.findings) for payment in reader)
    assert [finding.code for finding in reader.loose] == ["wrong_count"]


def test_a_file_without_payments_says_why() -> None:
    reader = reader_of(b"hello")

    assert list(reader) == []
    assert reader.refusal.startswith("The file is not X12")
