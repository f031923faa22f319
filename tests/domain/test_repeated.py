"""One fault many times: a file that reads as any other, with other patients and the same denial."""

from __future__ import annotations

import io
from datetime import date

from denials.domain.payments import PaymentReader
from denials.practice import generate
from denials.practice.repeated import CODE, TIMES, repeated

AS_OF = date(2026, 11, 20)


def test_the_same_denial_stands_many_times_with_other_patients() -> None:
    name, content = repeated(generate(835, AS_OF).files, AS_OF)
    claims = [claim for payment in PaymentReader(io.BytesIO(content)) for claim in payment.claims()]
    assert name.endswith("_repeated.835")
    assert len({claim.member_id for claim in claims}) == len({claim.claim_number for claim in claims}) == TIMES
    [lines] = {tuple((line.procedure, line.modifiers) for line in claim.lines) for claim in claims}
    assert lines
    assert all(CODE in {each.code for line in claim.lines for each in line.adjustments} for claim in claims)
    assert {claim.rendering_npi for claim in claims} == {claims[0].rendering_npi}
