"""The list of exceptions: which cases a person sees, oldest first, with what each holds up of their facilities."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Max, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from accounts.models import User
from denials.domain.days import is_business_day
from denials.domain.exception_kinds import business_days
from denials.models import ExceptionCase, HeldUp
from denials.models.exceptions import CaseQuerySet
from worklists.exceptions.forms import ME, NOBODY, FilterForm

PAGE_SIZE = 50
NOTHING = Value(Decimal("0.00"))


@dataclass(frozen=True, slots=True)
class Row:
    """One case as the list shows it."""

    case: ExceptionCase
    claims: int
    amount: Decimal
    age: int
    """Working days since it was opened; until it was closed, for one that is."""

    @property
    def age_in_words(self) -> str:
        return "today" if self.age == 0 else f"{self.age:,} working {'day' if self.age == 1 else 'days'}"


@dataclass(frozen=True, slots=True)
class Page:
    rows: list[Row]
    cases: int
    amount: Decimal
    """Dollars that all matching cases hold up; what two of them hold is counted once."""
    after: int | None


def page_for(user: User, chosen: FilterForm, today: date, after: int | None) -> Page:
    """One page of the cases that match."""
    matching = _matching(user, chosen, today)
    ids = list(_beyond(matching, after).order_by("opened_on", "pk").values_list("pk", flat=True)[: PAGE_SIZE + 1])
    shown = ids[:PAGE_SIZE]
    return Page(
        rows=rows_of(ExceptionCase.objects.filter(pk__in=shown), user, today),
        cases=matching.count(),
        amount=_dollars(matching, user),
        after=shown[-1] if len(ids) > PAGE_SIZE else None,
    )


def rows_of(cases: QuerySet[ExceptionCase], user: User, today: date) -> list[Row]:
    """These cases with what they hold up, or held up, of this person's facilities; oldest first."""
    counted = Q(held__state=HeldUp.State.HELD) | ~Q(state=ExceptionCase.State.OPEN)
    if not user.all_facilities:
        counted &= Q(held__facility__in=user.own_facilities)
    found: QuerySet[Any] = (
        cases.select_related("payer", "owner_team", "owner", "remittance", "remitted_claim", "closed_by")
        .annotate(
            claims=Coalesce(Sum("held__claims", filter=counted), 0),
            amount=Coalesce(Sum("held__amount", filter=counted), NOTHING),
            things=Count("held", filter=counted),
        )
        .order_by("opened_on", "pk")
    )
    return [
        Row(case, case.claims or case.things, case.amount, business_days(case.opened_on, case.closed_on or today))
        for case in found
    ]


def open_for(user: User) -> CaseQuerySet:
    """The open cases of this person, for the count in the navigation."""
    return ExceptionCase.objects.visible_to(user).open()


def _matching(user: User, chosen: FilterForm, today: date) -> CaseQuerySet:
    rows: CaseQuerySet = ExceptionCase.objects.visible_to(user)
    if not chosen.is_valid():
        return rows.none()
    values = chosen.cleaned_data
    rows = rows.filter(state=values["state"] or ExceptionCase.State.OPEN)
    if values["kind"]:
        rows = rows.filter(kind=values["kind"])
    if values["payer"]:
        rows = rows.filter(Exists(_held(user).filter(remittance__payer=values["payer"])))
    if values["facility"]:
        rows = rows.filter(Exists(_held(user).filter(facility=values["facility"])))
    if values["age"]:
        rows = rows.filter(opened_on__lt=_business_days_ago(today, int(values["age"])))
    return _of_owner(rows, user, values["owner"])


def _held(user: User) -> QuerySet[HeldUp]:
    rows: QuerySet[HeldUp] = HeldUp.objects.visible_to(user).filter(case=OuterRef("pk"))
    return rows


def _of_owner(rows: CaseQuerySet, user: User, owner: str) -> CaseQuerySet:
    kind, _, key = owner.partition(":")
    if not owner:
        return rows
    if owner == ME:
        return rows.filter(owner=user)
    if owner == NOBODY:
        return rows.filter(owner=None)
    return rows.filter(owner_team=key) if kind == "team" else rows.filter(owner=key)


def _beyond(rows: CaseQuerySet, after: int | None) -> CaseQuerySet:
    anchor = ExceptionCase.objects.filter(pk=after).values_list("opened_on", flat=True).first() if after else None
    if anchor is None:
        return rows
    return rows.filter(Q(opened_on__gt=anchor) | Q(opened_on=anchor, pk__gt=after))


def _dollars(cases: CaseQuerySet, user: User) -> Decimal:
    held = HeldUp.objects.visible_to(user).filter(case__in=cases.values("pk"))
    held = held.filter(Q(state=HeldUp.State.HELD) | ~Q(case__state=ExceptionCase.State.OPEN))
    once = held.order_by().values("thing").annotate(most=Max(F("amount")))
    total: Decimal | None = once.aggregate(total=Sum("most"))["total"]
    return total or Decimal("0.00")


def _business_days_ago(today: date, days: int) -> date:
    """The day after which so many working days have passed by `today`."""
    day = today
    while days > 0:
        days -= is_business_day(day)
        day -= timedelta(days=1)
    return day
