"""How money, days and people are written, for templates: today comes from the context."""

from __future__ import annotations

from urllib.parse import parse_qsl

from django import template

from accounts.written import (
    as_words,
    days_left,
    days_since,
    days_tone,
    dollars,
    initials,
    moment,
    money,
    pct,
    short_date,
)

register = template.Library()
for _written in (as_words, days_left, days_since, days_tone, dollars, initials, moment, money, pct, short_date):
    register.filter(_written.__name__, _written)


@register.filter
def tagged(tags: str) -> dict[str, str]:
    """What a message carries beside its words (`worklists.views.answers.say_with_undo`)."""
    return dict(parse_qsl(tags))
