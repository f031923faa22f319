"""What the page of a list reads: what its filters offer, its numbers, and the ids of the rows that it shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest

from accounts import statements
from accounts.access import person
from worklists import cached_numbers, choices, paging
from worklists.cached_numbers import Part
from worklists.choices import Offered
from worklists.counts import Counts, of_rows, part
from worklists.filters import WorkItemFilter
from worklists.lists import WorkList
from worklists.paging import page_of
from worklists.searching import Found


@dataclass(frozen=True, slots=True)
class Place:
    """Which page of a list: the one after a row, or before one; the first without either."""

    after: int | None = None
    before: int | None = None

    @property
    def is_first(self) -> bool:
        return self.after is None and self.before is None

    @property
    def is_backwards(self) -> bool:
        return self.before is not None and self.after is None


@dataclass(frozen=True, slots=True)
class ListRead:
    """What was asked for, as it was understood, and what was found."""

    chosen: WorkItemFilter
    offered: Offered
    counts: Counts
    ids: list[int]


def read(request: HttpRequest, worklist: WorkList, found: Found, today: date, place: Place) -> ListRead:
    """Begins with the choices as they were last known, and again where they have changed since."""
    offers = choices.filters_part(person(request))
    known: Offered | None = cached_numbers.last_known(offers)
    offered = known or cached_numbers.read_beside(request, {"choices": offers})["choices"]
    chosen = WorkItemFilter(request.GET, worklist, person(request), today, offered, found)
    answers = _answers(request, chosen, place, {"choices": offers} if known else {})
    if answers["choices"] is not offered:
        offered = answers["choices"]
        chosen = WorkItemFilter(request.GET, worklist, person(request), today, offered, found)
        answers = _answers(request, chosen, place, {})
    if not chosen.is_understood:
        return ListRead(chosen, offered, of_rows(chosen, []), [])
    return ListRead(chosen, offered, of_rows(chosen, answers["counts"]), [row["pk"] for row in answers["page"]])


def _answers(request: HttpRequest, chosen: WorkItemFilter, place: Place, asked: dict[str, Part]) -> dict[str, Any]:
    """The numbers and the page, asked for together."""
    if not chosen.is_understood:
        return cached_numbers.read_beside(request, asked)
    asked["counts"] = part(chosen, person(request))
    sort, today = chosen.order, chosen.today
    if place.is_first:
        key = ("page", chosen.rests_on, sort.key, paging.PAGE_SIZE)
        asked["page"] = Part(
            key,
            lambda: statements.statement_of(key, lambda: page_of(chosen.matching, sort, today, told=chosen.told)),
            is_fleeting=True,
        )
        return cached_numbers.read_beside(request, asked)
    page = page_of(chosen.matching, sort, today, after=place.after, before=place.before, told=chosen.told)
    return cached_numbers.read_beside(request, asked) | {"page": page}
