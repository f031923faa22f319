"""The rows of one page of a list: ids from the index first, then these few rows joined with what is shown."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils import timezone

from worklists import clarifications, paging, words
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.paging import Page, first_by_rank

COLUMNS = (
    "pk", "status", "round", "deadline", "follow_up_on", "postponed_until", "amount_at_risk", "denied_on", "reason",
    "resolved_at", "recovered_amount", "escalated_on",
    "claim__patient_last", "claim__patient_first", "claim__number", "payer__name", "denial__primary_code",
    "denial__remarks", "denial__next_action", "assignee__first_name", "assignee__last_name", "assignee__username",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list, as people read it."""

    pk: int
    url: str
    due: date | None
    amount: Decimal
    patient: str
    claim: str
    payer: str
    age: str
    why: str
    codes: list[str]
    next_action: str
    owner: str
    badge: str
    is_picked: bool
    closed_on: date | None
    """The day it was resolved; then no deadline runs any more."""
    recovered: Decimal | None
    is_escalated: bool


@dataclass(frozen=True, slots=True)
class Rows:
    """One page. `newer` and `older` are the ids that the pages beside it start from, when there are any."""

    rows: list[Row]
    newer: int | None = None
    older: int | None = None


def read_page(
    page: Page, today: date, *, is_first: bool, by_follow_up: bool = False, picked: Collection[int] = ()
) -> Rows:
    """The rows of `page`, in one query."""
    found = list(page.rows.values(*COLUMNS))
    has_more = len(found) > paging.PAGE_SIZE
    shown = found[: paging.PAGE_SIZE]
    if page.is_backwards:
        shown.reverse()
    _say_who_is_asked(shown, today)
    rows = [_row(values, today, by_follow_up=by_follow_up, picked=picked) for values in shown]
    if not rows:
        return Rows(rows)
    has_newer = has_more if page.is_backwards else not is_first
    has_older = page.is_backwards or has_more
    return Rows(rows, rows[0].pk if has_newer else None, rows[-1].pk if has_older else None)


def first_rows(items: WorkItemQuerySet, limit: int, today: date, *, by_follow_up: bool = False) -> list[Row]:
    """The most pressing rows of `items`, for pages that show several short lists."""
    shown = list(first_by_rank(items, today, limit).values(*COLUMNS))
    _say_who_is_asked(shown, today)
    return [_row(values, today, by_follow_up=by_follow_up) for values in shown]


def _say_who_is_asked(shown: list[dict[str, Any]], today: date) -> None:
    """What comes next for an item that waits for a colleague is that colleague's answer."""
    waiting = [values["pk"] for values in shown if values["status"] == WorkItem.Status.ASKING]
    asked = clarifications.asked_about(waiting, today) if waiting else {}
    for values in shown:
        if values["pk"] in asked:
            values["denial__next_action"] = asked[values["pk"]]


def _row(values: dict[str, Any], today: date, *, by_follow_up: bool, picked: Collection[int] = ()) -> Row:
    return Row(
        pk=values["pk"],
        url=reverse("item", args=[values["pk"]]),
        due=_due(values, by_follow_up=by_follow_up),
        amount=values["amount_at_risk"],
        patient=_last_first(values["claim__patient_last"], values["claim__patient_first"]) or "No name in the file",
        claim=values["claim__number"],
        payer=values["payer__name"],
        age=_age(values["denied_on"], today),
        why=words.why(values["denial__primary_code"], values["denial__remarks"]),
        codes=values["reason"].split(),
        next_action=_first_sentence(values["denial__next_action"]),
        owner=_full_name(values["assignee__first_name"], values["assignee__last_name"]) or values["assignee__username"],
        badge=_badge(values, today),
        is_picked=values["pk"] in picked,
        closed_on=timezone.localdate(values["resolved_at"]) if values["resolved_at"] else None,
        recovered=values["recovered_amount"],
        is_escalated=values["escalated_on"] is not None and values["resolved_at"] is None,
    )


def _due(values: dict[str, Any], *, by_follow_up: bool) -> date | None:
    """What was sent is answered: from then on the day to ask the payer counts, wherever the row stands."""
    is_sent = values["status"] == WorkItem.Status.WAITING
    day: date | None = values["follow_up_on"] if by_follow_up or is_sent else values["deadline"]
    return day


def _first_sentence(text: str) -> str:
    """Enough to know what comes next; the item's page has it all."""
    first, stop, _ = text.partition(". ")
    return first + stop.strip()


def _last_first(last: str, first: str) -> str:
    return ", ".join(part for part in (last, first) if part)


def _full_name(first: str | None, last: str | None) -> str:
    return " ".join(part for part in (first, last) if part)


def _age(denied_on: date | None, today: date) -> str:
    if denied_on is None:
        return "age unknown"
    days = (today - denied_on).days
    return f"{days:,} {'day' if days == 1 else 'days'} old"


def _badge(values: dict[str, Any], today: date) -> str:
    """What makes this row differ from an ordinary open one, in two words; empty for most."""
    if values["status"] == WorkItem.Status.RESOLVED:
        return "Resolved"
    if values["status"] == WorkItem.Status.WAITING:
        return "With payer"
    if values["status"] == WorkItem.Status.ASKING:
        return "With a colleague"
    if values["postponed_until"] and values["postponed_until"] > today:
        return f"Back {values['postponed_until'].day} {values['postponed_until']:%b}"
    return "Denied again" if values["round"] > 1 else ""
