"""In which week something is due, seen from today. Weeks begin on Monday. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

AHEAD = 6
"""Weeks that are told apart, this one included."""
PAST, LATER, UNDATED = "past", "later", "undated"


@dataclass(frozen=True, slots=True)
class Span:
    """A run of days; None is open-ended."""

    key: str
    label: str
    first: date | None
    last: date | None

    def holds(self, day: date) -> bool:
        return (self.first is None or self.first <= day) and (self.last is None or day <= self.last)


def week_key(number: int) -> str:
    return f"week_{number}"


KEYS = (PAST, *(week_key(number) for number in range(AHEAD)), LATER)
WORDS = {
    PAST: "Overdue",
    week_key(0): "This week",
    week_key(1): "Next week",
    **{week_key(number): f"In {number} weeks" for number in range(2, AHEAD)},
    LATER: "Later",
    UNDATED: "No deadline",
}


def spans(today: date) -> list[Span]:
    """What is past, this week from today on, the weeks after it, and all later days: each day in exactly one."""
    monday = today - timedelta(days=today.weekday())
    found = [Span(PAST, WORDS[PAST], None, today - timedelta(days=1))]
    for number in range(AHEAD):
        first = monday + timedelta(weeks=number)
        last = first + timedelta(days=6)
        found.append(Span(week_key(number), WORDS[week_key(number)], max(first, today), last))
    return [*found, Span(LATER, WORDS[LATER], monday + timedelta(weeks=AHEAD), None)]


def span_of(key: str, today: date) -> Span:
    """Raises KeyError for a key that names no span of days."""
    return {span.key: span for span in spans(today)}[key]
