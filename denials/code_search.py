"""Finds codes of the dictionary by their code or their words, or by what is missing about them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Length

from accounts.models import Team
from denials.models import Category, Code, CodeHandling, CodeReading, CodeSystem

PAGE = 60
TABS = (CodeSystem.CARC, CodeSystem.RARC, CodeSystem.GROUP, CodeSystem.STATUS, CodeSystem.PLB)
NEVER_DENIED = ("N_PATIENT", "N_CONTRACT", "N_INFO")
NARROWS = {
    "": "All",
    "gaps": "With gaps",
    "readings": "With readings",
    "untitled": "Title needed",
    "edited": "Changed here",
    "retired": "Retired",
}
"""Ways to look at a part of a list."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for."""

    system: str = CodeSystem.CARC
    text: str = ""
    narrow: str = ""
    after: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Asked:
        system, narrow = query.get("system", ""), query.get("show", "")
        return cls(
            system=system if system in CodeSystem.values else CodeSystem.CARC,
            text=query.get("q", "").strip()[:80],
            narrow=narrow if narrow in NARROWS else "",
            after=query.get("after", "")[:10],
        )

    @property
    def is_one_code(self) -> bool:
        return self.text.isalnum() and len(self.text) <= 5

    @property
    def url(self) -> str:
        told = {"system": self.system, "show": self.narrow, "q": self.text, "after": self.after}
        return "?" + urlencode({name: value for name, value in told.items() if value})


@dataclass(frozen=True, slots=True)
class Entry:
    """A code with its category and owner team as people call them."""

    code: Code
    category: str
    owner_team: str
    readings: int


@dataclass(frozen=True, slots=True)
class Found:
    """One page of codes, and where to go on when there are more."""

    codes: Sequence[Entry]
    more: str


def find(asked: Asked) -> Found:
    """Codes in order, short ones first: 2 before 10. Each word must be in the code, its title or meaning, or in the
    name of its category or owner team.
    """
    rows = _narrowed(_matching(Code.objects.filter(system=asked.system), asked.text), asked.narrow)
    rows = rows.annotate(length=Length("code"))
    if asked.after:
        rows = rows.filter(Q(length__gt=len(asked.after)) | Q(length=len(asked.after), code__gt=asked.after))
    ordered = rows.select_related("handling").defer("licensed_text", "details").order_by("length", "code")
    found = list(ordered[: PAGE + 1])
    more = replace(asked, after=found[PAGE - 1].code).url if len(found) > PAGE else ""
    return Found(_entries(asked.system, found[:PAGE]), more)


def one(system: str, code: str) -> Code | None:
    return Code.objects.filter(system=system, code__iexact=code).first()


def other_list(system: str, code: str) -> Code | None:
    """The code of this name in the list of the other kind."""
    return Code.objects.exclude(system=system).filter(system__in=["CARC", "RARC"], code=code).first()


def tabs(asked: Asked) -> list[dict[str, object]]:
    rows = _narrowed(_matching(Code.objects.all(), asked.text), asked.narrow).order_by()
    counted = dict(rows.values_list("system").annotate(codes=Count("pk")))
    return [
        {
            "url": replace(asked, system=each.value, after="").url,
            "label": each.label,
            "count": counted.get(each.value, 0),
            "is_current": each == asked.system,
        }
        for each in TABS
    ]


def narrows(asked: Asked) -> list[dict[str, object]]:
    """The parts of the list that is looked at, for a row of tabs."""
    return [
        {
            "url": replace(asked, narrow=key, after="").url,
            "label": label,
            "count": None,
            "is_current": key == asked.narrow,
        }
        for key, label in NARROWS.items()
    ]


def handling_of(code: Code) -> CodeHandling | None:
    """What we do about a code; None for kinds of code that route nothing."""
    return CodeHandling.objects.select_related("code").filter(code=code).first()


def _entries(system: str, codes: Sequence[Code]) -> list[Entry]:
    categories = dict(Category.objects.values_list("key", "title"))
    teams = dict(Team.objects.values_list("key", "name"))
    readings = dict(
        CodeReading.objects.filter(system=system, is_active=True)
        .values_list("code")
        .annotate(rows=Count("pk"))
        .order_by()
    )
    entries = []
    for code in codes:
        handling = getattr(code, "handling", None)
        category, team = (handling.category, handling.owner_team) if handling else ("", "")
        told = (categories.get(category, category), teams.get(team, team), readings.get(code.code, 0))
        entries.append(Entry(code, *told))
    return entries


def _narrowed(rows: QuerySet[Code], narrow: str) -> QuerySet[Code]:
    read = CodeReading.objects.filter(system=OuterRef("system"), code=OuterRef("code"))
    match narrow:
        case "gaps":
            return rows.filter(is_active=True).filter(_gaps())
        case "readings":
            return rows.filter(Exists(read))
        case "untitled":
            return rows.filter(title="")
        case "edited":
            return rows.filter(handling__is_edited=True)
        case "retired":
            return rows.filter(is_active=False)
    return rows


def _gaps() -> Q:
    """A reason that can deny and says not who does what, or where it comes from; a remark that explains and has no
    category or owner. Alerts explain nothing, so they lack nothing.
    """
    unset = [Q(**{f"handling__{name}": ""}) for name in ("category", "owner_team", "next_action", "root_cause")]
    reason = Q(system=CodeSystem.CARC) & ~Q(handling__denial_rule__in=NEVER_DENIED)
    remark = Q(system=CodeSystem.RARC, is_alert=False)
    without = Q(system__in=[CodeSystem.CARC, CodeSystem.RARC], handling=None)
    return (
        without
        | Q(title="")
        | reason & (unset[0] | unset[1] | unset[2] | unset[3])
        | remark & (unset[0] | unset[1]) & ~Q(handling__category="information_only")
    )


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
