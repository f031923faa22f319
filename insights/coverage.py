"""Codes that payers sent lately and that nobody is ready for: without owner, action, root cause, letter or limit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from django.db.models import Count, Max, Q, QuerySet, Sum

from accounts.models import Team, User
from appeals.domain.choosing import choose
from appeals.models import LetterTemplate
from denials.models import CodeHandling, CodeSystem, Denial, Payer
from insights.repairs import Given, given_by, offered

DAYS = 90
UNDATED = Q(deadline_is_default=True) | Q(deadline__isnull=True)


class Lack(StrEnum):
    """What a code needs and has not."""

    HANDLING = "handling"
    OWNER = "owner"
    ACTION = "action"
    ROOT_CAUSE = "root_cause"
    TEMPLATE = "template"
    DEADLINE = "deadline"


WORDS = {
    Lack.HANDLING: "not in the dictionary",
    Lack.OWNER: "no owner",
    Lack.ACTION: "no next action",
    Lack.ROOT_CAUSE: "no root cause",
    Lack.TEMPLATE: "only the general letter",
    Lack.DEADLINE: "deadline assumed",
}


@dataclass(frozen=True, slots=True)
class Gap:
    """One reason code (CARC) with what it lacks, and what came in under it."""

    code: str
    title: str
    category: str
    denials: int
    items: int
    """What these denials became: a claim that was denied again is one item, of its last denial."""
    at_risk: Decimal
    last_seen: date | None
    undated: int
    """Denials whose payer has no rule of its own, or none that gives a date."""
    payers: tuple[Payer, ...]
    """Of those denials."""
    lacks: tuple[Lack, ...]
    has_offer: bool
    """Whether its category has something that it lacks."""

    @property
    def in_words(self) -> list[str]:
        return [WORDS[lack] for lack in self.lacks]


@dataclass(frozen=True, slots=True)
class _Known:
    """What the dictionary, the teams and the letters offer, read once for the whole report."""

    handling: Mapping[str, CodeHandling]
    given: Given
    manned: Set[str]
    """Owner teams with somebody in them."""
    undated: Mapping[str, Sequence[Payer]]
    """By code: payers without a sure limit of their own."""
    letters: Sequence[LetterTemplate]
    """Letters for some code or category at any payer: the general one covers nothing in particular."""

    @classmethod
    def about(cls, denials: QuerySet[Denial]) -> _Known:
        seen = set(denials.values_list("primary_code", flat=True))
        rows = CodeHandling.objects.filter(code__system=CodeSystem.CARC, code__code__in=seen).select_related("code")
        handling = {row.code.code: row for row in rows}
        letters = LetterTemplate.objects.filter(is_active=True, payer__isnull=True).exclude(codes=[], category="")
        return cls(
            handling=handling,
            given=given_by(row.category for row in handling.values()),
            manned=set(Team.objects.filter(people__is_active=True).values_list("key", flat=True)),
            undated=_payers_by_code(denials.filter(UNDATED)),
            letters=list(letters),
        )


def gaps(user: User, today: date) -> list[Gap]:
    """Codes denied in the last 90 days that lack something, most money first. Counts what `user` may see."""
    denials = (
        Denial.objects.visible_to(user)
        .filter(is_denial=True, decided_on__gte=today - timedelta(days=DAYS))
        .exclude(primary_code="")
        .order_by()
    )
    seen = denials.values("primary_code").annotate(
        denials=Count("pk"),
        items=Count("work_item"),
        at_risk=Sum("amount_at_risk"),
        last_seen=Max("decided_on"),
        appealed=Count("pk", filter=Q(resolution="appeal")),
        undated=Count("pk", filter=UNDATED),
    )
    known = _Known.about(denials)
    found = (_gap(row, known) for row in seen)
    return sorted((gap for gap in found if gap.lacks), key=lambda gap: (-gap.at_risk, gap.code))


def _gap(row: Mapping[str, object], known: _Known) -> Gap:
    code = str(row["primary_code"])
    handling = known.handling.get(code)
    lacks = tuple(_lacks(code, handling, row, known))
    return Gap(
        code=code,
        title=handling.code.title if handling else "",
        category=handling.category if handling else "",
        items=row["items"],  # type: ignore[arg-type]
        denials=row["denials"],  # type: ignore[arg-type]
        at_risk=row["at_risk"],  # type: ignore[arg-type]
        last_seen=row["last_seen"],  # type: ignore[arg-type]
        undated=row["undated"],  # type: ignore[arg-type]
        payers=tuple(known.undated.get(code, ())),
        lacks=lacks,
        has_offer=handling is not None and bool(lacks) and bool(offered(handling, known.given)),
    )


def _payers_by_code(denials: QuerySet[Denial]) -> Mapping[str, Sequence[Payer]]:
    found: dict[str, list[Payer]] = defaultdict(list)
    pairs = list(denials.values_list("primary_code", "payer").distinct())
    payers = Payer.objects.in_bulk([payer for _, payer in pairs])
    for code, payer in sorted(pairs):
        found[code].append(payers[payer])
    return found


def _lacks(code: str, handling: CodeHandling | None, row: Mapping[str, object], known: _Known) -> Iterator[Lack]:
    if handling is None:
        yield Lack.HANDLING
        return
    if handling.owner_team not in known.manned:
        yield Lack.OWNER
    if not handling.next_action:
        yield Lack.ACTION
    if not handling.root_cause:
        yield Lack.ROOT_CAUSE
    if row["appealed"] and not choose(known.letters, codes=[code], category=handling.category, payer_id=0):
        yield Lack.TEMPLATE
    if row["undated"]:
        yield Lack.DEADLINE


def tally(found: Iterable[Gap]) -> list[tuple[Lack, str, int]]:
    """How many codes lack what."""
    rows = list(found)
    return [(lack, WORDS[lack], sum(lack in gap.lacks for gap in rows)) for lack in Lack]
