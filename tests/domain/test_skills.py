"""Skills in plain words: read from what people type, and compared without regard to case."""

from worklists.domain import skills


def test_commas_part_skills_and_each_stands_once() -> None:
    assert skills.in_list("Oncology  coding, , Medicare,\nmedicare ") == ["Oncology coding", "Medicare"]
    assert skills.in_list("  ") == []


def test_what_is_missing_is_said_as_it_was_asked() -> None:
    assert skills.missing(["Oncology coding", "Medicare"], ["MEDICARE"]) == ["Oncology coding"]
    assert skills.missing([], []) == []
