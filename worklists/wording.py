"""How verbs word dates and check what people wrote. Sentences for people; no patient data comes from here."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from django.utils import timezone

from accounts.refusal import Refused
from worklists.domain import ticklers

LONGEST = 300


@lru_cache(maxsize=5000)
def day(value: date) -> str:
    return f"{value.day} {value:%b %Y}"


def kept_at(at: datetime) -> str:
    """What stands beside a text that is being written, by the practice's clock."""
    return f"Kept at {timezone.localtime(at):%H:%M}"


def of_many(number: int, chosen: int) -> str:
    """Behind something that is offered for many items: for how many of them."""
    if chosen == 1:
        return ""
    return f" (all {chosen})" if number == chosen else f" ({number} of {chosen})"


def reason_for(what: str, text: str) -> str:
    """The reason somebody gave. Raises Refused when it is missing or longer than the record holds."""
    text = text.strip()
    if not text:
        raise Refused(f"Nothing was changed: say why you want to {what}.")
    return not_too_long(text)


def not_too_long(text: str) -> str:
    if len(text) > LONGEST:
        raise Refused(f"Nothing was changed: shorten the text from {len(text)} to {LONGEST} characters.")
    return text


def must_be_ahead(on: date, today: date) -> None:
    """Raises Refused for a day on which nothing can come back."""
    if on <= today:
        raise Refused("Nothing was changed: choose a day after today.")
    if on > ticklers.farthest(today):
        raise Refused(f"Nothing was changed: {ticklers.too_far_words(on, today)}")


def too_late(last_safe: date | None, today: date) -> str:
    """Why an item may not come back that late without a word."""
    last = day(last_safe) if last_safe else ""
    if last_safe and last_safe <= today:
        return f"The last safe day was {last}: say why it may wait all the same."
    return f"The last safe day is {last}: choose an earlier day, or say why it may pass."
