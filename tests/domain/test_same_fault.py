"""What makes two denials the same fault, and what sets two items of one fault apart."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from denials.domain.same_fault import LONGEST, codes, procedures, provider, short
from worklists.domain.differences import Case, differences


@dataclass
class Line:
    number: int
    procedure: str
    modifiers: tuple[str, ...] = ()
    revenue_code: str = ""


LINES = [Line(1, "74177"), Line(2, "71260", ("26", "RT")), Line(3, "74177"), Line(4, "", (), "0450"), Line(5, "")]
BASE = Case(
    "Example Health", "CO-197 N54", "71260-26", "1999999999", "Here Clinic", Decimal("100.00"), date(2026, 10, 5),
    date(2026, 12, 15), "", "Authorization", "", 1,
)  # fmt: skip


def test_remarks_in_another_order_are_the_same_codes() -> None:
    assert codes("CO", "197", ["N54", "M15"], "x") == codes("CO", "197", ["M15", "N54", "M15"], "y") == "CO-197 M15 N54"
    assert codes("", "", [], "suspected_denial") == "suspected_denial"
    assert codes("", "", ["N54"], "x") == "N54"


def test_only_what_was_denied_counts_and_each_procedure_once() -> None:
    assert procedures(LINES, [2]) == "71260-26-RT"
    assert procedures(LINES, []) == "71260-26-RT, 74177, rev 0450"
    assert procedures([], []) == ""


def test_the_provider_is_a_number_or_else_a_name() -> None:
    assert (provider("1999999999", "Fictional, Ada"), provider("", "Fictional, Ada")) == (
        "1999999999",
        "Fictional, Ada",
    )


def test_what_is_too_long_stays_distinct() -> None:
    one, other = short("7" * 300 + "1"), short("7" * 300 + "2")
    assert len(one) == len(other) == LONGEST
    assert one != other
    assert short("7" * LONGEST) == "7" * LONGEST


def test_two_alike_differ_in_nothing() -> None:
    assert differences(BASE, BASE) == []


def test_each_difference_is_said_in_words() -> None:
    other = replace(
        BASE, procedures="", owner="Cody Placeholder", state="Waiting for payer", queue="Coding", round=2,
        amount=Decimal("220.50"), deadline=date(2026, 12, 3), service_on=date(2026, 10, 6),
    )  # fmt: skip
    assert differences(BASE, other) == [
        "Other procedure: none named",
        "Cody Placeholder has it",
        "Waiting for payer",
        "In Coding",
        "Denied 2 times",
        "$120.50 more at risk",
        "Deadline 12 days earlier",
        "Service 1 day later",
    ]
    assert differences(other, replace(other, amount=Decimal("20.50"), deadline=None, owner="")) == [
        "$200.00 less at risk", "Deadline unknown",
    ]  # fmt: skip
