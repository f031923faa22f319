"""How money, days and people are written, for templates: today comes from the context."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django import template
from django.template import Context
from django.urls import reverse

from accounts import formatting
from worklists.code_words import why_of

register = template.Library()
register.filter("why", why_of)
for _filter in (
    formatting.as_words,
    formatting.days_left,
    formatting.days_since,
    formatting.days_tone,
    formatting.dollars,
    formatting.first_sentence,
    formatting.initials,
    formatting.moment,
    formatting.money,
    formatting.other_sentences,
    formatting.pct,
    formatting.short_date,
):
    register.filter(_filter.__name__, _filter)


@register.simple_tag(takes_context=True)
def in_list(context: Context, name: str, *args: Any, **query: Any) -> str:
    """Like `url`, and stays in the list that an item was opened from; `query` are fields of the address."""
    asked = {field: given for field, given in query.items() if given}
    address = reverse(name, args=args)
    return _stay(context, f"{address}?{urlencode(asked)}" if asked else address)


@register.simple_tag(takes_context=True)
def stay(context: Context, address: str) -> str:
    """An address that was made elsewhere, in the list that an item was opened from."""
    return _stay(context, address)


def _stay(context: Context, address: str) -> str:
    place = context.get("place_id")
    return f"{address}{'&' if '?' in address else '?'}in={place}" if place else address


@register.filter
def tagged(tags: str) -> dict[str, str]:
    """What a message carries beside its words (`worklists.views.answers.say_with_undo`)."""
    return dict(parse_qsl(tags))
