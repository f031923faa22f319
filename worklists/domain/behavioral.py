"""What a behavioral health record must show, as questions with answers, and what a letter may claim of it. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum

from worklists.domain.timed_codes import Minutes


class Question(StrEnum):
    TIME = "time"
    PLAN = "plan"
    GOALS = "goals"
    METHOD = "method"
    SEVERITY = "severity"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    NOT_DOCUMENTED = "not_documented"


ASKED = {
    Question.TIME: "Start and stop times, or total minutes, are documented",
    Question.PLAN: "The treatment plan was current and signed on the day of service",
    Question.GOALS: "The plan has measurable goals",
    Question.METHOD: "The method used and the patient's response are documented",
    Question.SEVERITY: "The documented severity supports the level of care",
}
DAY = 24 * 60
LONGEST_NIGHT = 12 * 60
"""From start to stop past midnight. More is taken for a slip: 14:50 to 14:00."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """One answer with what it rests on."""

    answer: str
    start: time | None = None
    stop: time | None = None
    minutes: int | None = None
    plan_on: date | None = None
    signed_on: date | None = None
    plan_until: date | None = None
    where: str = ""
    """Which pages of the record show it."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What an answer comes to. `may_claim` is what a letter may say about it; empty: nothing."""

    question: Question
    holds: bool
    said: str
    may_claim: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    """Values for places of a letter that this answer fills."""


def minutes_between(start: time, stop: time) -> int:
    """Whole minutes; a session that ends before it began went past midnight."""
    begun, ended = (timedelta(hours=each.hour, minutes=each.minute) for each in (start, stop))
    return int((ended - begun).total_seconds() // 60) % DAY


def minutes_of(given: Given) -> int | None:
    """What was computed from both times, else what was documented as a total."""
    if given.start is not None and given.stop is not None:
        return minutes_between(given.start, given.stop)
    return given.minutes


def faults_of(question: str, given: Given) -> list[str]:
    """What keeps an answer from being saved, one sentence each."""
    if given.answer != Answer.YES:
        return []
    faults = []
    if question == Question.TIME:
        faults += _faults_of_time(given)
    if question == Question.PLAN:
        faults += _faults_of_plan(given)
    return faults


def finding(question: str, given: Given, *, served_on: date | None, billed: tuple[str, Minutes] | None) -> Finding:
    """What an answer comes to for a service of `served_on`; `billed` is its time-based code with its minutes."""
    asked = Question(question)
    if given.answer == Answer.NOT_DOCUMENTED:
        return Finding(asked, False, "The record does not show it.")
    if given.answer == Answer.NO:
        return Finding(asked, False, "The record shows that it is not so.")
    if asked is Question.TIME:
        return _time(given, billed)
    if asked is Question.PLAN:
        return _plan(given, served_on)
    return Finding(asked, True, "Documented.", CLAIMS[asked], _pages(given))


CLAIMS = {
    Question.GOALS: "the plan has measurable goals",
    Question.METHOD: "the method used and the response of the patient are documented",
    Question.SEVERITY: "the documented severity supports the level of care",
}


def _time(given: Given, billed: tuple[str, Minutes] | None) -> Finding:
    minutes = minutes_of(given)
    if minutes is None:
        return Finding(Question.TIME, False, "No minutes were given.")
    how = f"{given.start:%H:%M} to {given.stop:%H:%M}" if given.start and given.stop else "as a total"
    said = f"{minutes} minutes, {how}."
    values = {"session_minutes": str(minutes), **_pages(given)}
    claim = f"{minutes} minutes are documented"
    if billed is None:
        return Finding(Question.TIME, True, f"{said} No billed code is known here as one of time.", claim, values)
    code, range_ = billed
    if range_.fits(minutes):
        return Finding(Question.TIME, True, f"{said} {code} stands for {range_.words}: it fits.", claim, values)
    return Finding(
        Question.TIME, False, f"{said} {code} stands for {range_.words}: correct the code, do not appeal it."
    )


def _plan(given: Given, served_on: date | None) -> Finding:
    assert given.plan_on is not None, "a plan that is current has its day"
    said = f"Plan of {_day(given.plan_on)}, signed {_day(given.signed_on)}."
    if served_on is None:
        return Finding(
            Question.PLAN, False, f"{said} The day of service is not known, so nobody can say it was current."
        )
    if given.plan_on > served_on or (given.signed_on is not None and given.signed_on > served_on):
        return Finding(Question.PLAN, False, f"{said} That is after the service of {_day(served_on)}.")
    if given.plan_until is not None and given.plan_until < served_on:
        return Finding(Question.PLAN, False, f"{said} It ran out {_day(given.plan_until)}, before the service.")
    values = {"plan_date": f"{given.plan_on:%B} {given.plan_on.day}, {given.plan_on.year}"}
    return Finding(Question.PLAN, True, said, "a signed treatment plan was in force on the day of service", values)


def _pages(given: Given) -> dict[str, str]:
    return {"record_pages": given.where} if given.where else {}


def _faults_of_time(given: Given) -> list[str]:
    if (given.start is None) != (given.stop is None):
        return ["Give both the start and the stop, or the total minutes."]
    minutes = minutes_of(given)
    if minutes is None:
        return ["Give the start and the stop, or the total minutes: without them nothing is documented."]
    if minutes == 0:
        return ["The session has no minutes: look at the times again."]
    if given.start is not None and given.stop is not None and given.stop < given.start and minutes > LONGEST_NIGHT:
        return [
            f"The stop lies before the start: past midnight that would be {minutes:,} minutes. Look at the times again."
            " If the note says so, leave both out and give the total minutes."
        ]
    if given.start is not None and given.minutes not in (None, minutes):
        return [f"From start to stop are {minutes} minutes, not {given.minutes}. Which of them does the note say?"]
    return []


def _faults_of_plan(given: Given) -> list[str]:
    if given.plan_on is None or given.signed_on is None:
        return ["Give the day of the plan and the day on which it was signed."]
    if given.plan_until is not None and given.plan_until < given.plan_on:
        return ["The plan cannot run out before its day."]
    return []


def _day(day: date | None) -> str:
    return f"{day.day} {day:%b %Y}" if day else "never"
