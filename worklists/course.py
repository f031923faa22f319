"""The course of claims so far: every result that remittances gave them, oldest first, with what each one denies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from denials.course import Course, course_of
from denials.domain.conclusion import Outcome
from denials.models import Denial
from worklists.denial_facts import to_work


def results_of(claims: Iterable[int]) -> Course:
    """The results of these claims in order, with the denials that are work and what is not decided yet."""
    course = course_of(claims)
    ids = [result.id for results in course.values() for result in results]
    concluded = Denial.objects.filter(remitted_claim__in=ids)
    denials = dict(to_work(concluded).values_list("remitted_claim", "pk"))
    pending = set(concluded.filter(outcome=Outcome.PENDING).values_list("remitted_claim", flat=True))
    return {
        claim: [replace(result, denial=denials.get(result.id), is_pending=result.id in pending) for result in results]
        for claim, results in course.items()
    }
