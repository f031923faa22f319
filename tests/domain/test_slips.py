"""Which numbers and names one slip of the fingers leads from."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklists.domain.slips import one_slip_from, one_slip_from_name

NUMBERS = st.text("ABRC-0123456789", min_size=5, max_size=20).filter(lambda text: any(c.isdigit() for c in text))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("RC-20481", "RC-20418"),
        ("RC-20419", "RC-20418"),
        ("RC-2041", "RC-20418"),
        ("RC-204188", "RC-20418"),
        ("RC20418", "RC-20418"),
        ("rc-2O418", "RC-20418"),
        ("WI23456", "W123456"),
    ],
)
def test_a_slip_leads_back_to_the_number(typed: str, meant: str) -> None:
    assert meant in one_slip_from(typed)


@pytest.mark.parametrize("typed", ["", "2041", "MADEUP", "1" * 40])
def test_what_is_too_short_too_long_or_no_number_leads_nowhere(typed: str) -> None:
    assert one_slip_from(typed) == set()


@given(NUMBERS, st.data())
def test_swapping_leaving_out_and_doubling_are_undone(number: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(number) - 2))
    swapped = number[:at] + number[at + 1] + number[at] + number[at + 2 :]
    doubled = number[:at] + number[at] + number[at:]
    for typed in (swapped, doubled):
        assert typed == number or number in one_slip_from(typed)


@given(NUMBERS)
def test_the_slips_stay_few_and_never_hold_the_number_itself(number: str) -> None:
    slips = one_slip_from(number)
    assert number not in slips
    assert len(slips) <= 30 * len(number)


@pytest.mark.parametrize("typed", ["UNRAEL", "UNREAM", "UNREALL", "UNREL", "nureal"])
def test_a_slip_leads_back_to_the_name(typed: str) -> None:
    assert "UNREAL" in one_slip_from_name(typed)


@pytest.mark.parametrize("typed", ["", "IV", "M" * 40])
def test_a_name_that_is_too_short_or_too_long_leads_nowhere(typed: str) -> None:
    assert one_slip_from_name(typed) == set()
