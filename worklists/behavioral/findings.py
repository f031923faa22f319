"""The behavioral health checklist of an item, read: each question with its latest answer and what that comes to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from denials.models import Denial, RemittedLine
from worklists.domain.behavioral import ASKED, Finding, Given, Question, Served, finding
from worklists.domain.timed_codes import Minutes, goes_on_in, minutes_for
from worklists.models import BehavioralAnswer, WorkItem

SERVICE_LINE = "behavioral_health"


@dataclass(frozen=True, slots=True)
class Row:
    """One question; `answer` and `found` are None while nobody has answered it."""

    question: Question
    asked: str
    answer: BehavioralAnswer | None
    found: Finding | None


def applies_to(item: WorkItem) -> bool:
    return item.facility.service_line == SERVICE_LINE


def rows_of(item: WorkItem, answers: Iterable[BehavioralAnswer], lines: Iterable[RemittedLine]) -> list[Row]:
    """Every question. `answers` are the latest of the item, `lines` those of its claim payment.

    Expects the denial and its claim payment to be loaded.
    """
    latest, lines = {row.question: row for row in answers}, list(lines)
    billed = billed_time(item.denial, lines) if Question.TIME in latest else None
    served = served_on(item, lines) if Question.PLAN in latest else []
    return [
        Row(
            question,
            ASKED[question],
            answer := latest.get(question),
            finding(question, given_by(answer), served=served, billed=billed) if answer else None,
        )
        for question in Question
    ]


def served_on(item: WorkItem, lines: Iterable[RemittedLine]) -> list[Served]:
    """The days of each denied line, of every line where none is denied, else of the claim; none where nobody says."""
    said, claim, denied = item.denial.remitted_claim, item.claim, set(item.denial.denied_lines)
    first, last = said.service_from or claim.service_from, said.service_to or claim.service_to
    lines = list(lines)
    asked = [line for line in lines if line.number in denied] or lines
    days = [
        (line.number, line.service_from or first, line.service_to or line.service_from or last) for line in asked
    ] or [(0, first, last)]
    return [Served(number, begun, max(ended or begun, begun)) for number, begun, ended in days if begun]


def answered(item: WorkItem) -> list[Finding]:
    """What the answers come to; nothing where the checklist is not for this item or nobody answered."""
    if not applies_to(item):
        return []
    rows = rows_of(item, latest_answers(item), item.denial.remitted_claim.lines.order_by("number"))
    return [row.found for row in rows if row.found is not None]


def given_by(row: BehavioralAnswer) -> Given:
    return Given(
        answer=row.answer,
        start=row.start,
        stop=row.stop,
        minutes=row.minutes,
        plan_on=row.plan_on,
        signed_on=row.signed_on,
        plan_until=row.plan_until,
        where=row.where,
    )


def billed_time(denial: Denial, lines: Iterable[RemittedLine]) -> tuple[str, Minutes] | None:
    """The first denied line whose code stands for minutes, with its minutes; of no denied line, any line's."""
    all_lines = list(lines)
    denied = denial.denied_lines
    for line in all_lines:
        if denied and line.number not in denied:
            continue
        more = goes_on_in(line.procedure)
        beside = sum(_units(other) for other in all_lines if more and other.procedure == more)
        if known := minutes_for(line.procedure, _units(line), beside):
            return f"{line.procedure} with {more}" if beside else line.procedure, known
    return None


def _units(line: RemittedLine) -> int:
    return int(line.units_billed or line.units_paid or 1)


def latest_answers(item: WorkItem) -> QuerySet[BehavioralAnswer]:
    """The latest answer to each question; none where the checklist is not for this item."""
    rows = BehavioralAnswer.objects.filter(item=item).select_related("by").order_by("question", "-pk")
    return rows.distinct("question") if applies_to(item) else rows.none()
