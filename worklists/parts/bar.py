"""The bar above an item: where one is, whose it is, how it stands and how long there is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from accounts.formatting import days_left, days_tone, moment, short_date
from accounts.models import User
from worklists.domain.transitions import Status
from worklists.list_position import Place
from worklists.models import WorkItem

TONES = {Status.RESOLVED: "good", Status.WAITING: "note", Status.POSTPONED: "note", Status.ASKING: "note"}


def bar_of(item: WorkItem, user: User, place: Place | None, here: Sequence[str], today: date) -> dict[str, Any]:
    """`here` are the names of who else has the item open. Expects queue and assignee."""
    shows_days = item.is_open and item.status != Status.WAITING
    is_ahead = item.deadline is not None and item.deadline > today
    return {
        "place": _place(place) if place else None,
        "queue_key": item.queue.key,
        "queue": item.queue.name,
        "here": list(here),
        "held": _held(item, user, today),
        "is_escalated": item.is_escalated,
        "state": state_of(item, today),
        "left": f"{days_left(item.deadline, today)}{' left' if is_ahead else ''}" if shows_days else "",
        "left_tone": days_tone(item.deadline, today),
    }


def state_of(item: WorkItem, today: date) -> dict[str, str]:
    words = str(item.Status(item.status).label)
    if item.status == Status.POSTPONED:
        words = f"{words} until {short_date(item.postponed_until, today)}"
    elif item.status == Status.WAITING and item.follow_up_on:
        words = f"{words} · ask {short_date(item.follow_up_on, today)}"
    return {"words": words, "tone": TONES.get(Status(item.status), "")}


def _held(item: WorkItem, user: User, today: date) -> str:
    """Who has this item, and since when."""
    if item.assignee_id == user.pk:
        who = "Yours"
    elif item.assignee:
        who = f"{item.assignee} {'has' if item.is_open else 'had'} this"
    else:
        who = "Nobody has taken this" if item.is_open else ""
    return f"{who} · {moment(item.taken_at, today)}" if item.taken_at else who


def _place(place: Place) -> dict[str, Any]:
    return {
        "back": place.back,
        "called": place.title,
        "before": place.before,
        "following": place.following,
        "query": place.query,
        "words": place.words,
    }
