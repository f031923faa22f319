"""Whom a note mentions, and who is meant by a name."""

from __future__ import annotations

import pytest

from worklists.domain.mentions import find, names_in

KNOWN = {
    1: ("sam", "Sam", "Specimen"),
    2: ("s.other", "Sam", "Other"),
    3: ("mara.m", "Mara", "Mockup"),
    4: ("mara", "Someone", "Else"),
}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@mara please look, and @Sam.Other, too. @mara!", ["mara", "Sam.Other"]),
        ("(@sam) asked", ["sam"]),
        ("Wrote to ada@example.org and claims@x", []),
        ("Pays @ 80 %, see x/@sam", []),
        ("", []),
    ],
)
def test_a_mention_begins_a_word(text: str, names: list[str]) -> None:
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("name", "people"),
    [("SAM", [1]), ("mara", [4]), ("Mara.Mockup", [3]), ("maramockup", [3]), ("someone", [4]), ("nobody", [])],
)
def test_a_sign_in_name_counts_before_the_names_of_a_person(name: str, people: list[int]) -> None:
    assert find(name, KNOWN) == people


def test_a_first_name_that_two_have_means_both() -> None:
    assert find("sam", {key: ("x", *names) for key, (_, *names) in KNOWN.items()}) == [1, 2]
