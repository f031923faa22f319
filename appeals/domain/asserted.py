"""What a letter says of a behavioral health record, and whether the record holds it. Pure.

A letter says a thing when its words do, however they came there: from the template, from the record, or typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from worklists.domain.behavioral import ASKED, Finding, Question

SAYS = {
    Question.TIME: re.compile(r"\b([0-9]{1,4})\s+minutes\b", re.IGNORECASE),
    Question.PLAN: re.compile(r"\btreatment\s+plan\b", re.IGNORECASE),
    Question.GOALS: re.compile(r"\bmeasurable\s+goals?\b", re.IGNORECASE),
    Question.METHOD: re.compile(
        r"\b(response\s+of\s+the\s+patient|patient.s\s+response|method\s+used)\b", re.IGNORECASE
    ),
    Question.SEVERITY: re.compile(r"\blevel\s+of\s+care\b", re.IGNORECASE),
}


def questions_in(text: str) -> list[Question]:
    """The things about the record that this text speaks of."""
    return [question for question, pattern in SAYS.items() if pattern.search(text)]


def contradictions(text: str, findings: Iterable[Finding]) -> list[str]:
    """Where the letter says what the checklist found not to be so, one sentence each.

    Only what somebody has answered is held against the letter.
    """
    found = {finding.question: finding for finding in findings}
    wrong = []
    for question in questions_in(text):
        finding = found.get(question)
        if finding is None:
            continue
        if not finding.holds:
            wrong.append(f"The letter speaks of it, yet “{ASKED[question]}” does not hold: {finding.said}")
        elif question is Question.TIME and (other := _other_minutes(text, finding.values)):
            wrong.append(f"The letter says {other} minutes, the checklist {finding.values['session_minutes']}.")
    return wrong


def unanswered(text: str, findings: Iterable[Finding]) -> list[str]:
    """What the letter speaks of and nobody has looked up in the record yet."""
    answered = {finding.question for finding in findings}
    return [ASKED[question] for question in questions_in(text) if question not in answered]


def _other_minutes(text: str, values: Mapping[str, str]) -> str:
    said = SAYS[Question.TIME].findall(text)
    return next((minutes for minutes in said if minutes != values.get("session_minutes")), "")
