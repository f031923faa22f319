"""What we set up once and the world has moved away from: rules, letters, owners, wordings, chances."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, OuterRef, Q, Subquery
from django.urls import reverse

from accounts.models import Team, User
from appeals.models import Appeal, LetterTemplate
from denials import codes
from denials.models import Code, CodeHandling
from insights.domain.rates import Share, has_moved
from worklists.models import Activity, Queue, RoutingRule, Settlement, WorkItem
from worklists.wording import day

RULE_DAYS = 90
LETTER_DAYS = 180
RECENT_DAYS = 90
BEFORE_DAYS = 365
DECIDED = (Settlement.OVERTURNED, Settlement.PARTLY_OVERTURNED, Settlement.UPHELD)
MOST_SHOWN = 50
SHIPPED_ON = date.fromisoformat(codes.VERSION.partition(".")[0])
"""The date of the official lists that our shipped texts follow."""


@dataclass(frozen=True, slots=True)
class Drifted:
    """One thing that drifted: what, how we know, and the page that mends it."""

    name: str
    finding: str
    page: str
    for_admins: bool = True
    """Only an administrator may open that page."""


@dataclass(frozen=True, slots=True)
class Kind:
    """One way to drift, with everything found of it."""

    heading: str
    meaning: str
    found: list[Drifted]


def report(user: User, today: date) -> list[Kind]:
    """Every kind of drift, also those of which nothing was found. Shares count the work that `user` may see."""
    return [
        Kind(
            "Rules that take nothing",
            f"Active routing rules that sent no item in {RULE_DAYS} days: shadowed, outdated or misspelt.",
            list(_idle_rules(today)),
        ),
        Kind(
            "Letters nobody uses",
            f"Active templates without a letter in {LETTER_DAYS} days.",
            list(_idle_letters(today)),
        ),
        Kind(
            "Owners who left",
            "Teams that codes or queues name, and in which nobody works any more.",
            list(_ownerless()),
        ),
        Kind(
            "Codes reworded since",
            "The official list changed a code after we last said what to do about it. Read it again.",
            list(_reworded()),
        ),
        Kind(
            "Chances that moved",
            f"The share won in the last {RECENT_DAYS} days differs from the {BEFORE_DAYS} days before by more than "
            "chance explains. Look at the action, the letter and the payer's policy.",
            list(_moved(user, today)),
        ),
    ]


def _idle_rules(today: date) -> Iterator[Drifted]:
    since = today - timedelta(days=RULE_DAYS)
    routed = Activity.objects.filter(kind=Activity.Kind.ROUTED, at__date__gte=since)
    used = set(routed.order_by().values_list("facts__rule", flat=True).distinct())
    idle = RoutingRule.objects.filter(is_active=True).exclude(pk__in=used - {None}).select_related("queue")
    for rule in idle[:MOST_SHOWN]:
        yield Drifted(rule.name, f"Sends to {rule.queue}.", reverse("rules_edit", args=[rule.pk]))


def _idle_letters(today: date) -> Iterator[Drifted]:
    newest = Appeal.objects.filter(template=OuterRef("pk")).order_by("-created_at").values("created_at__date")
    rows = LetterTemplate.objects.filter(is_active=True).annotate(used_on=Subquery(newest[:1]))
    since = today - timedelta(days=LETTER_DAYS)
    for row in rows.filter(Q(used_on__isnull=True) | Q(used_on__lt=since))[:MOST_SHOWN]:
        finding = f"Last used on {day(row.used_on)}." if row.used_on else "Never used."
        yield Drifted(row.name, finding, reverse("letter_templates_edit", args=[row.pk]))


def _ownerless() -> Iterator[Drifted]:
    manned = Team.objects.filter(people__is_active=True)
    named = (
        CodeHandling.objects.filter(code__is_active=True)
        .exclude(owner_team__in=manned.values("key"))
        .exclude(owner_team="")
        .order_by()
        .values("owner_team")
        .annotate(codes=Count("pk"))
    )
    teams = {team.key: team for team in Team.objects.all()}
    for row in named.order_by("-codes"):
        team = teams.get(row["owner_team"])
        finding = f"Owner of {row['codes']} codes; " + ("nobody is in it." if team else "no such team is set up.")
        page = reverse("teams_edit", args=[team.pk]) if team else reverse("teams_new")
        yield Drifted(str(team or row["owner_team"].replace("_", " ")), finding, page)
    held = WorkItem.objects.open().filter(queue=OuterRef("pk")).order_by().values("queue").annotate(number=Count("pk"))
    unmanned = Queue.objects.filter(is_active=True).exclude(teams__in=manned).distinct()
    for queue in unmanned.annotate(waiting=Subquery(held.values("number"))):
        if queue.waiting:
            finding = f"{queue.waiting} open items, and no team with people works it."
            yield Drifted(f"Queue {queue}", finding, reverse("queues_admin_edit", args=[queue.pk]))


def _reworded() -> Iterator[Drifted]:
    """A text as shipped is as old as the list that it follows; an edited one as its last edit."""
    events: Any = CodeHandling.pgh_event_models["update"]  # type: ignore[attr-defined]
    newest = events.objects.filter(pgh_obj=OuterRef("handling")).order_by("-pgh_id").values("pgh_created_at__date")
    since_shipped = Q(handling__is_edited=False, modified_on__gt=SHIPPED_ON)
    since_edited = Q(handling__is_edited=True, modified_on__gt=F("edited_on"))
    reworded = Code.objects.annotate(edited_on=Subquery(newest[:1]), reworded_on=F("modified_on"))
    rows = reworded.filter(since_shipped | since_edited).select_related("handling").order_by("-reworded_on")
    for code in rows[:MOST_SHOWN]:
        said_on = code.edited_on if code.handling.is_edited else SHIPPED_ON
        finding = f"Reworded on {day(code.reworded_on)}; what we say about it is of {day(said_on)}."
        yield Drifted(f"{code}: {code.title}", finding, _code_page(code.system, code.code), for_admins=False)


def _moved(user: User, today: date) -> Iterator[Drifted]:
    recent = today - timedelta(days=RECENT_DAYS)
    before = recent - timedelta(days=BEFORE_DAYS)
    won = Q(settlement__in=[Settlement.OVERTURNED, Settlement.PARTLY_OVERTURNED])
    now = Q(resolved_at__date__gte=recent)
    rows = (
        WorkItem.objects.visible_to(user)
        .filter(status=WorkItem.Status.RESOLVED, settlement__in=DECIDED, resolved_at__date__gte=before)
        .order_by()
        .values("denial__primary_code")
        .annotate(
            won_now=Count("pk", filter=now & won),
            now=Count("pk", filter=now),
            won_before=Count("pk", filter=~now & won),
            before=Count("pk", filter=~now),
        )
    )
    for row in rows.order_by("denial__primary_code"):
        old, new = Share(row["won_before"], row["before"]), Share(row["won_now"], row["now"])
        code = row["denial__primary_code"]
        if code and has_moved(old, new):
            finding = f"Won {new.rate:.0%} of {new.of} decided lately, {old.rate:.0%} of {old.of} before."
            yield Drifted(f"CARC {code}", finding, _code_page("carc", code), for_admins=False)


def _code_page(system: str, code: str) -> str:
    return reverse("code", args=[system.lower(), code])
