"""Questions to other teams, read: those for a person's teams, those about an item, and the numbers by team."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from accounts.access import ANSWERERS
from accounts.models import FacilityScoped, Team, User
from accounts.one_statement import read_in_one
from denials.domain.exception_kinds import business_days
from worklists import code_words
from worklists.arrivals_and_closings import cleared_since, midnight
from worklists.models import Activity, BulkAct, BulkActRow, Clarification, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.not_undone import not_undone

State = Clarification.State
OPEN, LATE, ASKED = "open", "late", "asked"
"""Parts of what one team was asked."""
COUNTED_DAYS = 90
ENDED_SHOWN, LISTED = 50, 200


@dataclass(frozen=True, slots=True)
class OnItem:
    """The questions about one item: what asks for eyes now, and what was settled before."""

    open: list[Clarification] = field(default_factory=list)
    answered: list[Clarification] = field(default_factory=list)
    """Answered since the owner last did something with the item."""
    earlier: list[Clarification] = field(default_factory=list)

    @property
    def is_pressing(self) -> bool:
        return bool(self.open or self.answered)

    @property
    def any(self) -> bool:
        return self.is_pressing or bool(self.earlier)


@dataclass(frozen=True, slots=True)
class TeamNumbers:
    """How one team was asked and how it answered in the last `COUNTED_DAYS` days."""

    team: str
    team_id: int
    asked: int
    open: int
    overdue: int
    answered: int
    median_days: int | None
    """Business days to the answer, of the middle one; None when nothing was answered."""
    share: float | None
    """Of the items that were open at any time in these days, those that this team was asked about."""


def for_teams_of(user: User) -> FacilityScoped:
    """The questions that `user` may read as somebody who answers: their teams', of their facilities."""
    rows = Clarification.objects.visible_to(user)
    return rows if user.may_manage else rows.filter(team__in=user.teams.values("pk"))


def readable_by(user: User) -> FacilityScoped:
    """Whoever sees an item reads every question about it; who only answers, those to their teams."""
    return for_teams_of(user) if user.may_only_answer else Clarification.objects.visible_to(user)


def withdrawable() -> FacilityScoped:
    """Questions with what the page of taking one back names."""
    return Clarification.objects.select_related("team", "item", "asked_by")


def open_for(user: User) -> FacilityScoped:
    """What waits for the teams of `user`, for their page and the count in the rail; first what is due first."""
    rows = Clarification.objects.visible_to(user)
    return rows.filter(state=State.OPEN, team__in=user.teams.values("pk")).order_by("due_on", "pk")


def ended_for(user: User) -> list[Clarification]:
    """What the teams of `user` dealt with, newest first."""
    rows = Clarification.objects.visible_to(user).filter(team__in=user.teams.values("pk")).exclude(state=State.OPEN)
    return list(with_what_answering_needs(rows).order_by("-ended_at", "-pk")[:ENDED_SHOWN])


def with_what_answering_needs(rows: FacilityScoped) -> FacilityScoped:
    return rows.select_related("team", "asked_by", "ended_by", "item__claim", "item__denial", "passed_from__team")


def with_reasons(rows: Sequence[Clarification]) -> list[dict[str, Any]]:
    """As their lists show them."""
    return [{"question": row, "reason": reason_of(row)} for row in rows]


def reason_of(row: Clarification) -> str:
    """Why the payer refused, in words and without codes of money."""
    denial = row.item.denial
    return code_words.why(denial.primary_code, denial.remarks)


def on_item(item: WorkItem) -> OnItem:
    """An answer is new until the owner of the item did something after it."""
    return from_rows(*read_in_one(*rows_for(item)))


def rows_for(item: WorkItem) -> tuple[QuerySet[Any], QuerySet[Any]]:
    """What `from_rows` is made of: the questions about an item, and when its owner last did something with it."""
    about = Clarification.objects.filter(item=item).select_related("team", "asked_by", "ended_by").order_by("-pk")
    asked = about.defer(*User.all_but_names("asked_by", "ended_by"))
    by_owner = Activity.objects.filter(not_undone(), item=item, actor=item.assignee_id, actor__isnull=False)
    return asked, by_owner.values_list("at", flat=True)[:1]


def from_rows(asked: Sequence[Clarification], touched: Sequence[datetime]) -> OnItem:
    last_touch = touched[0] if touched else None
    found = OnItem()
    for row in asked:
        if row.state == State.OPEN:
            found.open.append(row)
        elif row.state == State.ANSWERED and (last_touch is None or (row.ended_at and row.ended_at > last_touch)):
            found.answered.append(row)
        else:
            found.earlier.append(row)
    return found


def came_back_to(user: User) -> WorkItemQuerySet:
    """Items of `user` with an answer that they have done nothing with yet."""
    later = Activity.objects.filter(not_undone(), item=OuterRef("item"), actor=user, at__gt=OuterRef("ended_at"))
    answers = Clarification.objects.filter(item=OuterRef("pk"), state=State.ANSWERED).filter(~Exists(later))
    own: WorkItemQuerySet = WorkItem.objects.visible_to(user).open()
    return own.filter(Exists(answers), assignee=user).exclude(status=WorkItem.Status.ASKING)


def asked_about(items: Collection[int], today: date) -> dict[int, str]:
    """By item who is asked and until when, in words: the question that is due first."""
    rows = Clarification.objects.filter(item__in=items, state=State.OPEN).select_related("team")
    by_item: dict[int, list[Clarification]] = defaultdict(list)
    for row in rows.order_by("due_on", "pk"):
        by_item[row.item_id].append(row)
    return {item: _in_words(found, today) for item, found in by_item.items()}


def _in_words(rows: list[Clarification], today: date) -> str:
    first, more = rows[0], len(rows) - 1
    due = f"{first.due_on.day} {first.due_on:%b}"
    when = f"answer was due {due}" if first.due_on < today else f"answer due {due}"
    return f"Asked {first.team}: {when}{f', and {more} more' if more else ''}"


def numbers_by_team(user: User, today: date) -> list[TeamNumbers]:
    """Per team that was asked in the last `COUNTED_DAYS` days or has an open question; the slowest backlog first.

    Median days count business days from asking to answering; what is still open is not in them.
    """
    since = today - timedelta(days=COUNTED_DAYS)
    rows: QuerySet[Clarification] = _counted(user, today).order_by()
    counted = rows.values("team", name=F("team__name")).annotate(
        asked=Count("pk"),
        open=Count("pk", filter=_part(OPEN, today)),
        overdue=Count("pk", filter=_part(LATE, today)),
        answered=Count("pk", filter=Q(state=State.ANSWERED)),
        items=Count("item", distinct=True),
    )
    medians, worked = _medians(rows), _in_hand(user, since)
    found = [
        TeamNumbers(
            team=row["name"],
            team_id=row["team"],
            asked=row["asked"],
            open=row["open"],
            overdue=row["overdue"],
            answered=row["answered"],
            median_days=medians.get(row["team"]),
            share=row["items"] / worked if worked else None,
        )
        for row in counted
    ]
    return sorted(found, key=lambda each: (-each.overdue, -each.open, each.team))


def to_team(user: User, team: Team, part: str, today: date) -> list[Clarification]:
    """The questions behind one number of a team, the open ones first; one more than `LISTED` where there are more."""
    rows = with_what_answering_needs(_counted(user, today).filter(_part(part, today), team=team))
    return list(rows.order_by(F("ended_at").desc(nulls_first=True), "due_on", "pk")[: LISTED + 1])


def _counted(user: User, today: date) -> FacilityScoped:
    since = midnight(today - timedelta(days=COUNTED_DAYS))
    rows = Clarification.objects.visible_to(user).filter(Q(asked_at__gte=since) | Q(state=State.OPEN))
    return rows.exclude(_is_undone(), state=State.WITHDRAWN)


def _is_undone() -> Q:
    """Asked by an act that was undone: as `not_undone`, it counts as if it had never been asked."""
    undone = BulkActRow.objects.filter(
        item=OuterRef("item"), is_undone=True, act__kind=BulkAct.Kind.ASKED,
        act__actor=OuterRef("asked_by"), act__at__lte=OuterRef("asked_at"), act__undone_at__gte=OuterRef("asked_at"),
    )  # fmt: skip
    return Q(Exists(undone))


def _part(part: str, today: date) -> Q:
    is_open = Q(state=State.OPEN)
    return {OPEN: is_open, LATE: is_open & Q(due_on__lt=today)}.get(part, Q())


def _medians(rows: QuerySet[Clarification]) -> dict[int, int]:
    """Days alike are counted together, so that a busy year is a few hundred rows."""
    spans = rows.filter(state=State.ANSWERED).values("team", began=TruncDate("asked_at"), ended=TruncDate("ended_at"))
    days: dict[int, list[int]] = defaultdict(list)
    for row in spans.annotate(number=Count("pk")):
        days[row["team"]] += [business_days(row["began"], row["ended"])] * row["number"]
    return {team: sorted(found)[len(found) // 2] for team, found in days.items()}


def _in_hand(user: User, since: date) -> int:
    """Two counts, each of its own index."""
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user)
    return rows.open().count() + rows.filter(cleared_since(since)).count()


def teams_to_pass_to(question: Clarification) -> QuerySet[Team]:
    """Every other team with somebody in it who may answer."""
    people = User.objects.filter(is_active=True, role__in=ANSWERERS, teams=OuterRef("pk"))
    return Team.objects.filter(Exists(people)).exclude(pk=question.team_id)
