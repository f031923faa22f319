"""What a screen points at is what was recorded, however the file is separated, wrapped and encoded."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from denials.domain.elements import DAY, MONEY, QUANTITY
from denials.domain.facts import RemittanceHeader, RemittanceTotals, ReportedAdjustment, ReportedClaim
from denials.domain.opening_provenance import facts_of_opening, facts_of_provider_adjustments
from denials.domain.provenance import Said, facts_of_claim
from denials.domain.remittance import read_remittances
from denials.domain.x12 import segments
from denials.domain.x12_places import PlacedSegment, index_of, segments_at
from tests.domain.remittance_samples import BODY, GS, ISA, OPENING, as_bytes, interchange, sample, transaction

steady = settings(max_examples=150, deadline=None, derandomize=True)
amounts = st.sampled_from(["10", "-3.5", "0", "", "x", "450.00"])
codes = st.sampled_from(["CO", "PR", "97", "197", "", "N54", "MA01"])
days = st.sampled_from(["20260511", "20260512", "260513", "", "20261399", "20260501-20260503"])


def joined(*parts: Any) -> st.SearchStrategy[str]:
    return st.tuples(*(st.just(part) if isinstance(part, str) else part for part in parts)).map("*".join)


cas = st.tuples(codes, st.lists(st.tuples(codes, amounts, amounts), min_size=1, max_size=6)).map(
    lambda each: "*".join(["CAS", each[0], *("*".join(triplet) for triplet in each[1])])
)
procedures = st.sampled_from(["HC:99213", "HC:99213:25:59", "NU:0450", "99213", "HC>99213>25", "HC::26", "HC:", ""])
segment = st.one_of(
    cas,
    cas,
    joined("SVC", procedures, amounts, amounts, st.sampled_from(["", "0300"]), amounts, procedures, amounts),
    joined("DTM", st.sampled_from(["472", "150", "151", "232", "233", "050", "036"]), days),
    joined("DTM", st.sampled_from(["472", "232"]), st.just("***RD8"), days),
    joined("LQ", st.sampled_from(["HE", "RX", "ZZ"]), codes),
    joined("MOA**", codes, codes, codes),
    joined("MIA*0***", codes, st.just("*" * 13), codes, codes),
    joined("NM1", st.sampled_from(["QC", "IL", "82", "TT", "PR"]), "1", codes, codes, st.just("**"), "XX", codes),
    joined("REF", st.sampled_from(["6R", "0K", "CE", "EA", "1L"]), codes),
    joined("AMT", st.sampled_from(["B6", "AU"]), amounts),
)
claim = st.tuples(
    joined("CLP", codes, codes, amounts, amounts, amounts, codes, codes, codes, codes),
    st.lists(segment, max_size=14),
).map(lambda each: [each[0], *each[1]])


def placed(data: bytes) -> list[PlacedSegment]:
    source = BytesIO(data)
    index = index_of(source)
    return segments_at(source, index, 0, index.segments)


def texts(facts: dict[str, Said], prefix: str, read: Any = str) -> list[Any]:
    """The values of the facts with this prefix and a number, in order of the number."""
    found = {int(key.removeprefix(prefix)): said.text for key, said in facts.items() if key[len(prefix) :].isdigit()
             and key.startswith(prefix)}  # fmt: skip
    return [read(found[number]) for number in sorted(found)]


def text(facts: dict[str, Said], key: str) -> str:
    return facts[key].text if key in facts else ""


def points_at_what_was_recorded(claim: ReportedClaim, facts: dict[str, Said]) -> None:
    said = {
        "claim-number": claim.claim_number, "status": claim.status, "filing-code": claim.filing_code,
        "payer-number": claim.payer_control_number, "facility-code": claim.facility_code,
        "frequency": claim.frequency, "patient-last": claim.patient_last, "patient-first": claim.patient_first,
        "member-id": claim.member_id, "subscriber-last": claim.subscriber_last,
        "rendering-npi": claim.rendering_npi, "crossover-name": claim.crossover_name,
        "corrected-payer": claim.corrected_payer_name, "contract": claim.contract,
        "medical-record": claim.medical_record,
    }  # fmt: skip
    assert {key: text(facts, key) for key in said} == said
    assert [MONEY[text(facts, key)] for key in ("charge", "paid", "patient-share")] == [
        claim.charge, claim.paid, claim.patient_share,
    ]  # fmt: skip
    for key, day in (
        ("service-from", claim.service_from), ("service-to", claim.service_to), ("received", claim.received_on),
    ):  # fmt: skip
        assert DAY[text(facts, key)] == day, key
    assert texts(facts, "remark-") == claim.remarks
    adjustments = [*claim.adjustments, *(each for line in claim.lines for each in line.adjustments)]
    for number, adjustment in enumerate(adjustments, start=1):
        points_at_the_adjustment(adjustment, facts, f"adjustment-{number}-")
    assert f"adjustment-{len(adjustments) + 1}-amount" not in facts
    for line in claim.lines:
        points_at_the_line(line, facts, f"line-{line.number}-")


def points_at_the_adjustment(adjustment: ReportedAdjustment, facts: dict[str, Said], prefix: str) -> None:
    assert text(facts, f"{prefix}group") == adjustment.group
    assert text(facts, f"{prefix}reason") == adjustment.code
    assert MONEY[text(facts, f"{prefix}amount")] == adjustment.amount
    assert QUANTITY[text(facts, f"{prefix}quantity")] == adjustment.quantity
    assert {said.segment for key, said in facts.items() if key.startswith(prefix)} <= {adjustment.segment}


def points_at_the_line(line: Any, facts: dict[str, Said], prefix: str) -> None:
    said = {
        "procedure": line.procedure, "revenue": line.revenue_code, "submitted": line.submitted_procedure,
        "control-number": line.control_number, "policy": line.policy,
    }  # fmt: skip
    assert {key: text(facts, f"{prefix}{key}") for key in said} == said
    for key, amount in (("charge", line.charge), ("paid", line.paid), ("allowed", line.allowed)):
        assert MONEY[text(facts, f"{prefix}{key}")] == amount
    for key, units in (("units-paid", line.units_paid), ("units-billed", line.units_billed)):
        assert QUANTITY[text(facts, f"{prefix}{key}")] == units
    for key, day in (("service-from", line.service_from), ("service-to", line.service_to)):
        assert DAY[text(facts, f"{prefix}{key}")] == day
    assert tuple(texts(facts, f"{prefix}modifier-")) == line.modifiers
    assert texts(facts, f"{prefix}remark-") == line.remarks
    assert texts(facts, f"{prefix}reject-") == line.reject_codes


def everything_is_pointed_at(data: bytes) -> int:
    """Check each claim, header and provider adjustment of a file; give the number of claims."""
    found, claims, transactions = placed(data), 0, {}
    for event in read_remittances(BytesIO(data)):
        if isinstance(event, ReportedClaim):
            claims += 1
            points_at_what_was_recorded(event, facts_of_claim(found[event.segment_from : event.segment_to + 1]))
        elif isinstance(event, RemittanceHeader):
            transactions[event.transaction] = event
        elif isinstance(event, RemittanceTotals):
            header = transactions[event.transaction]
            points_at_the_payment(header, event, found[header.segment_from : event.segment_to + 1])
    return claims


def points_at_the_payment(header: RemittanceHeader, totals: RemittanceTotals, found: list[PlacedSegment]) -> None:
    facts = facts_of_opening(found)
    assert MONEY[text(facts, "payment-amount")] == header.amount
    assert DAY[text(facts, "payment-date")] == header.payment_date
    assert DAY[text(facts, "production-date")] == header.production_date
    assert text(facts, "trace") == header.trace
    assert text(facts, "payer-name") == header.payer_name
    assert header.payer_id in {text(facts, key) for key in ("payer-id", "payer-other-id", "originator")}
    facts = facts_of_provider_adjustments(found)
    for number, each in enumerate(totals.provider_adjustments, start=1):
        prefix = f"provider-adjustment-{number}-"
        assert text(facts, f"{prefix}code") == each.code
        assert text(facts, f"{prefix}reference") == each.reference
        assert MONEY[text(facts, f"{prefix}amount")] == each.amount


@given(claims=st.lists(claim, max_size=4))
@steady
def test_every_recorded_value_is_found_where_it_is_pointed_at(claims: list[list[str]]) -> None:
    body = transaction(*OPENING, "LX*1", *(each for claim in claims for each in claim), *BODY[-1:])
    assert everything_is_pointed_at(as_bytes(interchange(*body))) == len(claims)


shapes = {
    "element": st.sampled_from("*|/\x1d+"),
    "component": st.sampled_from(":><\\&"),
    "end": st.sampled_from(["~", "\x1c", "\n", "\r\n", "'"]),
    "line_break": st.sampled_from(["", "\n", "\r\n", "  \n "]),
    "encoding": st.sampled_from(["utf-8", "latin-1", "utf-16", "utf-16-le", "utf-16-be"]),
    "column": st.sampled_from([0, 7, 80]),
    "before": st.sampled_from(["", "\ufeff", "\r\n \t"]),
}


@given(**shapes)
@steady
@example(element="*", component=":", end="~", line_break="\n", encoding="utf-16", column=80, before="\ufeff")
def test_elements_stand_where_they_are_said_to_in_every_shape_of_file(
    element: str, component: str, end: str, line_break: str, encoding: str, column: int, before: str
) -> None:
    if (encoding == "latin-1" and before == "\ufeff") or (encoding.startswith("utf-16") and before != "\ufeff"):
        before = ""
    names = ["NM1*QC*1*MUÑOZ*JOSÉ****MI*W9"]
    body = [*transaction(*BODY[:-1], *names), *transaction(*BODY, control="0002")]
    text = as_bytes(interchange(*body, transactions=2), end, line_break, element, component).decode()
    if column and end not in ("\n", "\r\n"):
        text = "\n".join(text[at : at + column] for at in range(0, len(text), column)) + "\n"
    text += as_bytes(interchange(*transaction(*BODY))).decode()
    data = (before + text).encode(encoding)
    found = placed(data)
    assert [(each.number, each.elements) for each in found] == list(segments(BytesIO(data)))
    plain = {"utf-16": "utf-16-le"}.get(encoding, encoding)
    for each in found:
        for value, at in zip(each.elements, each.bytes_at, strict=True):
            here = data[at : at + 4 * len(value.encode(plain)) + 8].decode(plain, "ignore")
            assert here.translate({10: None, 13: None}).startswith(value), (each, value)
        assert each.line == 1 + data[: each.bytes_at[0]].decode(plain, "ignore").count("\n"), each
    assert everything_is_pointed_at(data) == 6


def test_a_claim_far_inside_a_large_file_is_read_alone() -> None:
    many = [segment for _ in range(3000) for segment in BODY[:-1]]
    data = as_bytes(interchange(*transaction(*OPENING, *many)))

    class Counting(BytesIO):
        taken = 0

        def read(self, size: int | None = -1, /) -> bytes:
            found = super().read(size)
            self.taken += len(found)
            return found

    source = Counting(data)
    index = index_of(source)
    source.taken = 0
    assert segments_at(source, index, 40_000, 40_003) == placed(data)[40_000:40_004]
    assert source.taken < 150_000 < len(data)


def test_a_segment_that_is_cut_is_shown_and_says_nothing() -> None:
    data = as_bytes([ISA, GS, "ST*835*1", "CLP*A9*1*12345"]).rstrip(b"~\n")
    last = placed(data)[-1]
    assert (last.elements, last.is_whole, last.end) == (["CLP", "A9", "1", "12345"], False, "")
    assert facts_of_claim([last]) == {}


def test_places_are_named_as_x12_names_them() -> None:
    found = placed(sample())
    claim = next(each for each in read_remittances(BytesIO(sample())) if isinstance(each, ReportedClaim))
    facts = facts_of_claim(found[claim.segment_from : claim.segment_to + 1])
    assert {key: facts[key].place for key in ("paid", "line-1-procedure", "line-1-modifier-2", "line-2-paid")} == {
        "paid": "CLP04", "line-1-procedure": "SVC01-2", "line-1-modifier-2": "SVC01-4", "line-2-paid": "SVC03",
    }  # fmt: skip
    third = facts["adjustment-3-amount"]
    assert (third.place, third.name, MONEY[third.text]) == ("CAS06", "amount adjusted, line 2", Decimal("30.00"))
    assert facts["remark-2"].place == "MOA04"
    assert facts["service-to"].segment == facts["line-2-service-to"].segment


@pytest.mark.parametrize("number", [0, 1, 5])
def test_one_segment_is_given_back_alone(number: int) -> None:
    source = BytesIO(sample())
    index = index_of(source)
    assert segments_at(source, index, number, number) == placed(sample())[number : number + 1]
    assert segments_at(source, index, index.segments, index.segments + 5) == []
