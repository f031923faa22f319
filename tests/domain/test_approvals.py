"""An authorization against the lines of a claim: covered or not, and why, in words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denials.domain.approvals import Approval, Decision, Service, fits

DAY = date(2026, 10, 5)


def line(number: int = 1, procedure: str = "C8908", units: int | None = 4, day: date = DAY) -> Service:
    return Service(number, procedure, None if units is None else Decimal(units), day, day)


def approved(**values: object) -> Approval:
    usual = {"decision": "approved", "valid_from": date(2026, 9, 1), "valid_to": date(2026, 11, 30)}
    return Approval(**{**usual, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("values", "covers", "words"),
    [
        ({"units": Decimal(4), "procedures": ("C8908",)}, True, "covers all 4 units"),
        ({"units": Decimal("3.00")}, False, "covers 3 of 4 units"),
        ({}, True, "covers the service"),
        ({"valid_to": DAY - timedelta(2)}, False, "ended two days before the service"),
        ({"valid_from": DAY + timedelta(1)}, False, "begins one day after the service"),
        ({"procedures": ("C8905", "c8903")}, False, "is for C8905 or C8903, not C8908"),
        (
            {"procedures": ("C8905",), "valid_to": DAY - timedelta(12)},
            False,
            "is for C8905, not C8908 and ended 12 days before the service",
        ),
        ({"decision": "pending"}, False, "is not decided yet"),
        ({"decision": "refused"}, False, "was refused by the payer"),
        ({"decision": "not_needed"}, True, "not needed, the payer said"),
        ({"decided_on": DAY + timedelta(5)}, True, "covers the service, decided five days after the service"),
    ],
)
def test_an_authorization_says_of_a_line_whether_it_covers_it_and_why(
    values: dict[str, object], covers: bool, words: str
) -> None:
    [fit] = fits(approved(**values), [line()])
    assert (fit.covers, fit.words) == (covers, words)


def test_an_authorization_that_ends_during_a_stay_says_so() -> None:
    stay = Service(1, "", None, DAY, DAY + timedelta(3))
    [fit] = fits(approved(valid_to=DAY + timedelta(1)), [stay])
    assert fit.words == "ends two days before the last day of service"


def test_units_that_one_line_used_are_gone_for_the_next() -> None:
    found = fits(approved(units=Decimal(5)), [line(1, units=3), line(2, units=3)])
    assert [(each.line, each.covers, each.words) for each in found] == [
        (1, True, "covers all 3 units"),
        (2, False, "covers 2 of 3 units"),
    ]


def test_a_line_that_it_does_not_fit_uses_up_no_units() -> None:
    found = fits(approved(units=Decimal(3), procedures=("C8908",)), [line(1, "A9585", 3), line(2, units=3)])
    assert [each.covers for each in found] == [False, True]


@given(
    units=st.lists(st.integers(1, 9), min_size=1, max_size=5),
    given_units=st.integers(1, 30),
    decision=st.sampled_from(list(Decision)),
)
def test_lines_are_covered_as_long_as_units_last_and_each_line_is_answered(
    units: list[int], given_units: int, decision: Decision
) -> None:
    found = fits(
        approved(decision=decision, units=Decimal(given_units)), [line(n, units=u) for n, u in enumerate(units)]
    )
    assert [each.line for each in found] == list(range(len(units)))
    assert all(each.words for each in found)
    if decision in (Decision.APPROVED, Decision.PARTLY):
        assert all(each.covers for each in found) == (sum(units) <= given_units)
