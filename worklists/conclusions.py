"""Every conclusion about an item with the rule behind it, in the version that was in force when it was drawn."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse

from accounts.formatting import dollars
from accounts.models import User
from denials.models import CodeHandling, CodeSystem
from worklists.domain.priority import Worth
from worklists.models import Activity, WorkItem
from worklists.wording import day

FROM_CODES = (
    ("Category", "category", "category"),
    ("Type", "denial_type", "denial_type"),
    ("Owner team", "owner_team", "owner_team"),
    ("Usual resolution", "resolution", "usual_resolution"),
)
"""What people call it, the field of a denial, and the field of a code's handling or a reading."""


@dataclass(frozen=True, slots=True)
class Rule:
    """What a conclusion follows from; `version` is that of the day it was drawn, `now` a later one, if there is one."""

    name: str
    version: str = ""
    now: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Concluded:
    """One conclusion in words, why, and by which rules."""

    what: str
    result: str
    because: str
    rules: list[Rule]


def conclusions_about(item: WorkItem, user: User, handled: Iterable[CodeHandling]) -> list[Concluded]:
    """Expects the denial, payer, queue and rule to be loaded with the item; `handled` is `handlings_of` it."""
    denial = item.denial
    dictionary = Rule("Code dictionary", denial.dictionary_version, address=reverse("codes"))
    found = [Concluded("Outcome", _words(denial.outcome), next(iter(denial.because), ""), [dictionary])]
    handling = _handlings(item, handled)
    for what, name, read_as in FROM_CODES:
        if result := str(getattr(denial, name)):
            read = [each for each in denial.readings if each["won"] and read_as in each["changes"]]
            because = "; ".join(each["why"] for each in read)
            found.append(Concluded(what, _words(result), because, list(map(_of_reading, read)) or handling))
    found.append(Concluded("Queue", str(item.queue), item.routed_because, _routing(item, user)))
    found.append(Concluded("Place in the order", *_priority(item)))
    return found


def handlings_of(item: WorkItem) -> QuerySet[CodeHandling]:
    """How the denial's reason and remarks are handled; `then` is the version when it was last concluded."""
    denial = item.denial
    reread = item.activities.filter(kind=Activity.Kind.REREAD).values("at")[:1]
    events: Any = CodeHandling.pgh_event_models["update"].objects  # type: ignore[attr-defined]
    concluded = Coalesce(Subquery(reread), Value(denial.concluded_at))
    drawn = events.filter(pgh_obj=OuterRef("pk"), pgh_created_at__lte=concluded).order_by("-pgh_id")
    rows = CodeHandling.objects.select_related("code").annotate(then=Subquery(drawn.values("version")[:1]))
    return rows.filter(code__code__in=[denial.primary_code, *denial.remarks])


def _handlings(item: WorkItem, handled: Iterable[CodeHandling]) -> list[Rule]:
    denial = item.denial
    codes = [(CodeSystem.CARC, denial.primary_code), *((CodeSystem.RARC, code) for code in denial.remarks)]
    by_code = {(row.code.system, row.code.code): row for row in handled}
    return [_of_handling(by_code[code]) for code in codes if code in by_code]


def _of_handling(row: Any) -> Rule:
    then = row.then or row.version
    return Rule(
        f"Handling of {row.code.code}",
        str(then),
        now=str(row.version) if row.version != then else "",
        address=reverse("code", args=[row.code.system.lower(), row.code.code]),
    )


def _of_reading(each: dict[str, Any]) -> Rule:
    return Rule(f"Reading: {each['title']}", str(each["version"]))


def _routing(item: WorkItem, user: User) -> list[Rule]:
    if item.rule is None:
        return []
    version = item.rule_version or item.rule.version
    now = str(item.rule.version) if item.rule.version != version else ""
    address = reverse("rules_edit", args=[item.rule.pk]) if user.may_administer else ""
    return [Rule(f"Routing rule {item.rule.name}", str(version), now=now, address=address)]


def _priority(item: WorkItem) -> tuple[str, str, list[Rule]]:
    """As `worklists.domain.priority.rank_key` counts it."""
    worth = Worth(item.chance, item.expected_amount, item.expected_minutes)
    because = (
        f"{item.chance:.0%} of {dollars(item.expected_amount)} in {item.expected_minutes:.0f} minutes of work is"
        f" ${worth.a_minute:,.2f} a minute."
    )
    counts_as = f"Counts as due {day(date.fromordinal(max(1, int(item.rank_key))))}"
    return counts_as, because, [Rule("Order of work as it is weighted now")]


def _words(key: str) -> str:
    words = key.replace("_", " ")
    return words[:1].upper() + words[1:]
