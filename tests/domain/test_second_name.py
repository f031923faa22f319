"""The made-up payer under two names: what its extra file says, and that it is as sound as the others."""

from __future__ import annotations

import io
from datetime import date

from denials.domain.facts import ReportedClaim
from denials.domain.payments import PaymentReader
from denials.practice import generate
from denials.practice.second_name import IDENTIFIER, NAME, second_name

AS_OF = date(2026, 11, 21)


def claims_of(content: bytes) -> list[ReportedClaim]:
    return [claim for payment in PaymentReader(io.BytesIO(content)) for claim in payment.claims()]


def test_the_second_name_tells_two_known_claims_again_and_a_few_new_ones_and_balances() -> None:
    files = generate(7, AS_OF, "small").files
    known = {
        claim.claim_number
        for _, content in files
        for payment in PaymentReader(io.BytesIO(content))
        for claim in payment.claims()
    }

    _, content = second_name(files, AS_OF)

    payment = next(iter(PaymentReader(io.BytesIO(content))))
    claims = list(payment.claims())
    assert (payment.header.payer_name, payment.header.payer_id) == (NAME, IDENTIFIER)
    assert [claim.claim_number in known for claim in claims] == [True, True, *([False] * (len(claims) - 2))]
    assert len(claims) > 3
    assert claims[0].paid == claims[0].charge
    assert not any(claim.paid for claim in claims[1:])
    assert payment.closing.difference == 0
    assert payment.findings == []
    assert second_name(files, AS_OF)[1] == content
