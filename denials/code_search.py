"""Finds codes of the dictionary by their code or their words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Length

from accounts.models import Team
from denials.models import Category, Code, CodeHandling, CodeSystem

PAGE = 60
TABS = (CodeSystem.CARC, CodeSystem.RARC, CodeSystem.GROUP, CodeSystem.STATUS, CodeSystem.PLB)


@dataclass(frozen=True, slots=True)
class Entry:
    """A code with its category and owner team as people call them."""

    code: Code
    category: str
    owner_team: str


@dataclass(frozen=True, slots=True)
class Found:
    """One page of codes, and the code to go on from when there are more."""

    codes: Sequence[Entry]
    after: str


def find(system: str, text: str, after: str) -> Found:
    """Codes in order, short ones first: 2 before 10. Each word must be in the code, its title or meaning, or in the
    name of its category or owner team.
    """
    rows = _matching(Code.objects.filter(system=system), text).annotate(length=Length("code"))
    if after:
        rows = rows.filter(Q(length__gt=len(after)) | Q(length=len(after), code__gt=after))
    found = list(rows.select_related("handling").order_by("length", "code")[: PAGE + 1])
    return Found(_entries(found[:PAGE]), found[PAGE - 1].code if len(found) > PAGE else "")


def count_by_system(text: str) -> dict[str, int]:
    counted = _matching(Code.objects.all(), text).order_by().values_list("system").annotate(codes=Count("pk"))
    counts: dict[str, int] = dict(counted)
    return {system: counts.get(system, 0) for system in TABS}


def _entries(codes: Sequence[Code]) -> list[Entry]:
    categories = dict(Category.objects.values_list("key", "title"))
    teams = dict(Team.objects.values_list("key", "name"))
    entries = []
    for code in codes:
        handling = getattr(code, "handling", None)
        category, team = (handling.category, handling.owner_team) if handling else ("", "")
        entries.append(Entry(code, categories.get(category, category), teams.get(team, team)))
    return entries


def handling_of(code: Code) -> CodeHandling | None:
    """What we do about a code; None for kinds of code that route nothing."""
    return CodeHandling.objects.filter(code=code).first()


def _matching(rows: QuerySet[Code], text: str) -> QuerySet[Code]:
    for word in text.split()[:8]:
        rows = rows.filter(
            Q(code__iexact=word)
            | Q(title__icontains=word)
            | Q(meaning__icontains=word)
            | Q(handling__category__in=Category.objects.filter(title__icontains=word).values("key"))
            | Q(handling__owner_team__in=Team.objects.filter(name__icontains=word).values("key"))
        )
    return rows
