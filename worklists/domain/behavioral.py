"""What a behavioral health record must show, as questions with answers, and what a letter may claim of it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
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
ONE_DAY = timedelta(days=1)
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


@dataclass(frozen=True, slots=True)
class Served:
    """The days of one line of service, first and last; `line` 0 where the claim has no lines."""

    line: int
    first: date
    last: date

    def says_outside(self, first: date, last: date) -> str:
        """These days of it, in words: "the service of 5 Oct 2026", "6 Oct 2026 to 9 Oct 2026 of line 2"."""
        if self.first == self.last:
            return f"the service of {_day(first)}"
        days = _day(first) if first == last else f"{_day(first)} to {_day(last)}"
        return f"{days} of {f'line {self.line}' if self.line else 'the service'}"


def finding(question: str, given: Given, *, served: Sequence[Served], billed: tuple[str, Minutes] | None) -> Finding:
    """What an answer comes to for a service on these days; `billed` is its time-based code with its minutes."""
    asked = Question(question)
    if given.answer == Answer.NOT_DOCUMENTED:
        return Finding(asked, False, "The record does not show it.")
    if given.answer == Answer.NO:
        return Finding(asked, False, "The record shows that it is not so.")
    if asked is Question.TIME:
        return _time(given, billed)
    if asked is Question.PLAN:
        return _plan(given, served)
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


def _plan(given: Given, served: Sequence[Served]) -> Finding:
    assert given.plan_on is not None, "a plan that is current has its day"
    said = f"Plan of {_day(given.plan_on)}, signed {_day(given.signed_on)}."
    if not served:
        return Finding(
            Question.PLAN, False, f"{said} The day of service is not known, so nobody can say it was current."
        )
    if outside := list(dict.fromkeys(_outside(given, served))):
        return Finding(Question.PLAN, False, " ".join([said, *outside]))
    values = {"plan_date": f"{given.plan_on:%B} {given.plan_on.day}, {given.plan_on.year}"}
    return Finding(Question.PLAN, True, said, "a signed treatment plan was in force on the day of service", values)


def _outside(given: Given, served: Sequence[Served]) -> Iterator[str]:
    """Which days of service the plan does not cover, one sentence for each line and side."""
    assert given.plan_on is not None, "asked for above"
    begun, until = max(given.plan_on, given.signed_on or given.plan_on), given.plan_until
    for each in served:
        if begun > each.first:
            yield f"That is after {each.says_outside(each.first, min(each.last, begun - ONE_DAY))}."
        if until is not None and until < each.last:
            named = each.says_outside(max(each.first, until + ONE_DAY), each.last)
            yield f"It ran out {_day(until)}, before {named}."


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
