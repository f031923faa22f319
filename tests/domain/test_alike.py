"""Which known payers an unknown name may mean: proposals, the likely ones first."""

from __future__ import annotations

import pytest

from denials.domain.alike import likeness, most_alike

KNOWN = {
    1: "AETNA EXAMPLE",
    2: "BCBS OF TEXAS EXAMPLE",
    3: "CIGNA EXAMPLE",
    4: "TEXAS MEDICAID EXAMPLE",
    5: "HUMANA EXAMPLE",
}


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("Aetna Health Plan, Example", [1]),
        ("AETNA BETTER HEALTH EXAMPLE", [1]),
        ("BLUE CROSS BLUE SHIELD TEXAS EXAMPLE", [2, 4]),
        ("HUMANNA EXAMPLE", [5]),
        ("UNHEARD OF MUTUAL EXAMPLE", []),
        ("EXAMPLE", []),
        ("", []),
    ],
)
def test_names_that_share_a_telling_word_or_most_letters_are_proposed(name: str, proposed: list[int]) -> None:
    assert most_alike(KNOWN, name) == proposed


def test_case_punctuation_and_words_that_every_payer_has_do_not_count() -> None:
    assert likeness("Fictional Health Plan, Inc.", "FICTIONAL INSURANCE CO") == 1.0
    assert likeness("Health Plan of the Group", "Mutual Insurance") == 0.0
