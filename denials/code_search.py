"""Finds codes of the dictionary by their code or their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from denials.models import Code, CodeSystem

PAGE = 60
TABS = (CodeSystem.CARC, CodeSystem.RARC, CodeSystem.GROUP, CodeSystem.STATUS, CodeSystem.PLB)


@dataclass(frozen=True, slots=True)
class Found:
    """One page of codes, and the code to go on from when there are more."""

    codes: Sequence[Code]
    after: str


def find(system: str, text: str, after: str) -> Found:
    """Codes in order. Each word must be in the code, its title, meaning, category or owner team."""
    rows = _matching(Code.objects.filter(system=system), text)
    if after:
        rows = rows.filter(code__gt=after)
    found = list(rows.select_related("handling").order_by("code")[: PAGE + 1])
    return Found(found[:PAGE], found[PAGE - 1].code if len(found) > PAGE else "")


def count_by_system(text: str) -> dict[str, int]:
    rows = _matching(Code.objects.all(), text)
    return {system: rows.filter(system=system).count() for system in TABS}


def _matching(rows: QuerySet[Code], text: str) -> QuerySet[Code]:
    for word in text.split()[:8]:
        rows = rows.filter(
            Q(code__iexact=word)
            | Q(title__icontains=word)
            | Q(meaning__icontains=word)
            | Q(handling__category__icontains=word)
            | Q(handling__owner_team__icontains=word)
        )
    return rows
