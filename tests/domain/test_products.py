"""To which product line of a payer a claim belongs."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denials.domain.products import ProductScope, product_of


class Plan(NamedTuple):
    filing_code: str = ""
    contract: str = ""
    member_id: str = ""


COMMERCIAL = ProductScope(1, "Commercial")
ADVANTAGE = ProductScope(2, "Medicare Advantage", filing_codes=("16", "MA"))
STATE_PLAN = ProductScope(3, "State plan", id_prefixes=("XYZ",))
STATE_ADVANTAGE = ProductScope(4, "State plan, Medicare Advantage", ("16",), ("XYZ",))
SMALL_GROUP = ProductScope(5, "Small groups", id_prefixes=("XYZ-77",))
ALL = [COMMERCIAL, ADVANTAGE, STATE_PLAN, STATE_ADVANTAGE, SMALL_GROUP]


@pytest.mark.parametrize(
    ("plan", "line"),
    [
        (Plan("12", member_id="W123"), COMMERCIAL),
        (Plan("16", member_id="W123"), ADVANTAGE),
        (Plan(" ma ", member_id="W123"), ADVANTAGE),
        (Plan("12", member_id="xyz 900"), STATE_PLAN),
        (Plan("12", contract="XYZ1"), STATE_PLAN),
        (Plan("16", member_id="XYZ900"), STATE_ADVANTAGE),
        (Plan("16", member_id="XYZ7712"), SMALL_GROUP),
        (Plan(), COMMERCIAL),
    ],
)
def test_the_most_specific_line_takes_the_claim(plan: Plan, line: ProductScope) -> None:
    assert product_of(plan, ALL).product == line


def test_lines_that_fit_equally_are_named_and_none_is_guessed() -> None:
    chosen = product_of(Plan("16"), [ADVANTAGE, ProductScope(9, "Advantage again", filing_codes=("16",))])

    assert chosen.product is None
    assert "Advantage again and Medicare Advantage fit the claim equally" in chosen.because


def test_a_claim_that_no_line_asks_for_leaves_the_payers_own_values() -> None:
    assert product_of(Plan("12"), [ADVANTAGE, STATE_PLAN]).product is None


def test_the_reason_names_what_the_line_asks_for_and_never_the_members_id() -> None:
    because = product_of(Plan("16", member_id="XYZ900555"), ALL).because

    assert because == (
        "Product line State plan, Medicare Advantage by an id that begins with XYZ and filing indicator 16 (CLP06)."
    )
    assert "900555" not in because


@given(st.permutations(ALL), st.sampled_from(["12", "16", ""]), st.sampled_from(["XYZ1", "XYZ779", "W1", ""]))
def test_the_order_of_the_lines_does_not_matter(lines: list[ProductScope], filing: str, member: str) -> None:
    assert product_of(Plan(filing, "", member), lines) == product_of(Plan(filing, "", member), ALL)
