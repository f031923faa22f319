"""What an answer about a behavioral health record comes to, and what a letter may claim of it."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.domain.asserted import contradictions, questions_in, unanswered
from worklists.domain.behavioral import Finding, Given, Question, Served, faults_of, finding, minutes_between
from worklists.domain.timed_codes import minutes_for

SERVED = date(2026, 10, 5)
LONG = minutes_for("90837")


def found(
    question: Question, *, procedure: str = "", units: int = 1, until: date | None = None, **values: object
) -> Finding:
    billed = minutes_for(procedure, units)
    answer = Given(**{"answer": "yes", **values})  # type: ignore[arg-type]
    return finding(
        question, answer, served=[Served(2, SERVED, until or SERVED)], billed=(procedure, billed) if billed else None
    )


@pytest.mark.parametrize(
    ("start", "stop", "minutes"), [("09:00", "09:53", 53), ("23:30", "00:15", 45), ("10:00", "10:00", 0)]
)
def test_minutes_go_past_midnight(start: str, stop: str, minutes: int) -> None:
    assert minutes_between(time.fromisoformat(start), time.fromisoformat(stop)) == minutes


@given(st.times(), st.integers(1, 1439))
def test_the_minutes_from_a_start_to_itself_later_are_those_that_passed(start: time, passed: int) -> None:
    total = (start.hour * 60 + start.minute + passed) % 1440
    assert minutes_between(start, time(total // 60, total % 60)) == passed


@pytest.mark.parametrize(
    ("procedure", "units", "minutes", "fits"),
    [
        ("90834", 1, 37, False), ("90834", 1, 38, True), ("90834", 1, 52, True), ("90834", 1, 53, False),
        ("90837", 1, 52, False), ("90837", 1, 53, True), ("90837", 1, 180, True),
        ("H0004", 2, 22, False), ("H0004", 2, 23, True), ("H0004", 2, 37, True), ("H0004", 2, 38, False),
    ],
)  # fmt: skip
def test_minutes_are_held_against_what_the_billed_code_stands_for(
    procedure: str, units: int, minutes: int, fits: bool
) -> None:
    result = found(Question.TIME, procedure=procedure, units=units, minutes=minutes)
    assert result.holds is fits
    assert bool(result.may_claim) is fits
    assert result.values == ({"session_minutes": str(minutes)} if fits else {})


@pytest.mark.parametrize(
    ("beside", "minutes", "fits"),
    [(0, 74, True), (0, 75, False), (1, 74, False), (1, 75, True), (1, 104, True), (2, 104, False), (2, 134, True)],
)
def test_a_crisis_goes_on_in_a_code_of_its_own(beside: int, minutes: int, fits: bool) -> None:
    known = minutes_for("90839", units_beside=beside)
    assert known is not None
    assert known.fits(minutes) is fits


def test_a_code_that_is_not_known_as_one_of_time_is_said_and_not_judged() -> None:
    result = found(Question.TIME, procedure="H0015", start=time(9), stop=time(10), where="page 3")
    assert result.holds
    assert "No billed code is known here as one of time" in result.said
    assert result.values == {"session_minutes": "60", "record_pages": "page 3"}


@pytest.mark.parametrize(
    ("days", "holds", "words"),
    [
        ({"plan_on": date(2026, 9, 1), "signed_on": date(2026, 9, 2)}, True, "signed 2 Sep 2026"),
        ({"plan_on": date(2026, 10, 6), "signed_on": date(2026, 10, 6)}, False, "after the service"),
        ({"plan_on": date(2026, 9, 1), "signed_on": date(2026, 10, 6)}, False, "after the service"),
        (
            {"plan_on": date(2026, 6, 1), "signed_on": date(2026, 6, 1), "plan_until": date(2026, 8, 31)},
            False,
            "ran out",
        ),
    ],
)
def test_a_plan_has_to_be_signed_and_in_force_on_the_day_of_service(
    days: dict[str, date], holds: bool, words: str
) -> None:
    result = found(Question.PLAN, **days)  # type: ignore[arg-type]
    assert (result.holds, words in result.said) == (holds, True)
    assert bool(result.values) is holds


@pytest.mark.parametrize(
    ("days", "words"),
    [
        ({"plan_on": date(2026, 9, 1), "plan_until": date(2026, 10, 9)}, ""),
        (
            {"plan_on": date(2026, 9, 1), "plan_until": date(2026, 10, 7)},
            "It ran out 7 Oct 2026, before 8 Oct 2026 to 9 Oct 2026 of line 2.",
        ),
        ({"plan_on": date(2026, 9, 1), "plan_until": date(2026, 10, 8)}, "before 9 Oct 2026 of line 2."),
        ({"plan_on": date(2026, 10, 7)}, "That is after 5 Oct 2026 to 6 Oct 2026 of line 2."),
        ({"plan_on": date(2026, 10, 10)}, "That is after 5 Oct 2026 to 9 Oct 2026 of line 2."),
    ],
)
def test_each_day_of_a_longer_service_is_held_against_the_plan(days: dict[str, date], words: str) -> None:
    result = found(Question.PLAN, signed_on=days["plan_on"], until=date(2026, 10, 9), **days)  # type: ignore[arg-type]
    assert (result.holds, words in result.said) == (not words, True)


@pytest.mark.parametrize(
    ("question", "values", "sentence"),
    [
        (Question.TIME, {}, "without them nothing is documented"),
        (Question.TIME, {"start": time(9)}, "both the start and the stop"),
        (Question.TIME, {"start": time(9), "stop": time(9, 50), "minutes": 55}, "are 50 minutes, not 55"),
        (Question.TIME, {"start": time(9), "stop": time(9)}, "no minutes"),
        (Question.TIME, {"start": time(14, 50), "stop": time(14)}, "The stop lies before the start"),
        (Question.TIME, {"start": time(22), "stop": time(6)}, ""),
        (Question.PLAN, {"plan_on": SERVED}, "on which it was signed"),
        (Question.PLAN, {"plan_on": SERVED, "signed_on": SERVED, "plan_until": date(2026, 1, 1)}, "before its day"),
        (Question.GOALS, {}, ""),
    ],
)
def test_an_answer_that_rests_on_nothing_is_not_saved(
    question: Question, values: dict[str, object], sentence: str
) -> None:
    faults = faults_of(question, Given(answer="yes", **values))  # type: ignore[arg-type]
    assert sentence in " ".join(faults)
    assert bool(faults) is bool(sentence)
    assert faults_of(question, Given(answer="not_documented")) == []


LETTER = (
    "The record documents 55 minutes, the method used and the response of the patient. It follows the treatment plan."
)


def test_a_letter_that_says_what_does_not_hold_is_contradicted() -> None:
    assert questions_in(LETTER) == [Question.TIME, Question.PLAN, Question.METHOD]
    short = found(Question.TIME, procedure="90837", minutes=45)
    assert "does not hold: 45 minutes" in contradictions(LETTER, [short])[0]
    other = found(Question.TIME, procedure="90837", minutes=60)
    assert contradictions(LETTER, [other]) == ["The letter says 55 minutes, the checklist 60."]
    missing = finding(Question.METHOD, Given(answer="not_documented"), served=[Served(1, SERVED, SERVED)], billed=None)
    assert len(contradictions(LETTER, [missing])) == 1


def test_what_holds_or_was_not_answered_contradicts_nothing() -> None:
    right = found(Question.TIME, procedure="90837", minutes=55)
    goals = found(Question.GOALS)
    assert contradictions(LETTER, [right, goals]) == []
    assert contradictions("We disagree.", [found(Question.TIME, procedure="90837", minutes=1)]) == []
    assert [words.partition(" ")[0] for words in unanswered(LETTER, [right])] == ["The", "The"]
