"""Parts of a page that are written once and shown again while what they are made of stays the same.

    {% kept nav=nav theme=theme %}...{% endkept %}

Within the block nothing is known but these names, so a part can never show what its key does not hold: another person's
name, or a number of yesterday. Values are compared by what they say, never by a row's id. What differs with each
request and stands in every form (`MARKS`) is put in afterwards.

Why: Django's templates spend more on the frame of a page than all the rest of it costs (docs/decisions/kept-parts.md).
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Hashable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.template.base import FilterExpression, NodeList, Parser, Token, token_kwargs
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

MOST = 1000
"""Parts that a process keeps; the oldest makes room."""
_kept: dict[Hashable, str] = {}
_seal = secrets.token_hex(8)
"""Nobody can write a mark of this process into a note."""
MARKS = {name: f"kept-{name}-{_seal}" for name in ("csrf_token", "form_key", "opened_at")}
PLAIN = (str, int, float, Decimal, date, type(None))


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    _, *words = token.split_contents()
    names = token_kwargs(words, parser)
    if words:
        raise template.TemplateSyntaxError("{% kept %} takes names with their values, such as theme=theme.")
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(names, nodes)


class KeptNode(template.Node):
    def __init__(self, names: Mapping[str, FilterExpression], nodelist: NodeList) -> None:
        self.names, self.nodelist = names, nodelist

    def render(self, context: template.Context) -> SafeString:
        values = {name: expression.resolve(context) for name, expression in self.names.items()}
        key = (self, tuple(map(frozen, values.values())))
        part = _kept.get(key)
        if part is None:
            part = self.nodelist.render(context.new(values | MARKS))
            while len(_kept) >= MOST:
                _kept.pop(next(iter(_kept)), None)
            _kept[key] = part
        for name, mark in MARKS.items():
            if mark in part:
                part = part.replace(mark, str(context.get(name, "")))
        return mark_safe(part)


def frozen(value: Any) -> Hashable:
    """What a value says, as part of a key. `kept_by`: what a thing that is long to write is made of."""
    if isinstance(value, PLAIN):
        return type(value), value
    if hasattr(value, "kept_by"):
        return type(value).__name__, frozen(value.kept_by)
    return json.dumps(value)  # a TypeError for a row of the database, which would be equal by its id alone
