"""Parts of a page that are written once and shown again while what they are made of stays the same.

    {% kept nav=nav theme=theme %}...{% endkept %}
    {% kept is_open=item.is_open then number=claim.number charge=remitted.charge|money %}...{% endkept %}
    {% kept then words %}
      {% for step in steps %}{{ step.says }}{% if step.is_done %}, done{% endif %}{% endfor %}
    {% endkept %}

Within the block nothing is known but these names, so a part can never show what its key does not hold: another
person's name, or a number of yesterday. Values are compared by what they say, never by a row's id.

What stands behind `then` is put in each time, as it is written: of it the part itself knows only whether there is
any (accounts/stand_ins.py). No filter changes such a value within the block. Yes and no are known, so they decide; of
a list it is known how long it is. One word without a name is a mapping, each of whose keys is a name. The same goes for
what differs with each request and stands in every form (`IN_FORMS`).
Tests make each part twice, with other stand-ins (tests/proved.py), so that none is looked into or cut unnoticed.

Why: Django's templates spend more on the frame of a page than all the rest of it costs (docs/decisions/kept-parts.md).
"""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from html import escape
from typing import Any, NamedTuple

from django import template
from django.template.base import (
    FilterExpression,
    NodeList,
    Parser,
    Token,
    Variable,
    render_value_in_context,
    token_kwargs,
)
from django.utils.safestring import SafeString

from accounts.stand_ins import TRACE, number, stand_in, stands_for_itself, word

register = template.Library()

MOST = 2000
"""Parts that a process keeps; the oldest makes room."""
_kept: dict[Hashable, Part] = {}
IN_FORMS = ("csrf_token", "form_key", "opened_at")
MARKS = {name: word(name) for name in IN_FORMS}
WORD, NUMBER = "word", "number"
PLAIN = (str, int, float, Decimal, date, type(None))
Path = tuple[str | int, ...]
"""The way to one value among those that are put in: `("steps", 2, "text")`."""
Expressions = Mapping[str, FilterExpression]


@register.tag
def kept(parser: Parser, token: Token) -> KeptNode:
    _, *words = token.split_contents()
    names = token_kwargs(words, parser)
    then: dict[str, FilterExpression] = {}
    many = None
    if words[:1] == ["then"]:
        del words[0]
        then = token_kwargs(words, parser)
        many = parser.compile_filter(words.pop()) if words else None
    if words:
        raise template.TemplateSyntaxError("{% kept %} takes names with their values, such as theme=theme.")
    nodes = parser.parse(("endkept",))
    parser.delete_first_token()
    return KeptNode(names, then, many, nodes)


class KeptNode(template.Node):
    child_nodelists = ()
    """No block of an extending template stands within, so that none is looked for there on each page."""

    def __init__(
        self, names: Expressions, then: Expressions, many: FilterExpression | None, nodelist: NodeList
    ) -> None:
        self.names, self.then, self.many, self.nodelist = names, then, many, nodelist

    def render(self, context: template.Context) -> SafeString:
        values = {name: _resolved(expression, context) for name, expression in self.names.items()}
        later = {name: _resolved(expression, context) for name, expression in self.then.items()}
        if self.many is not None:
            later |= self.many.resolve(context)
        key = (self, tuple(map(frozen, values.values())), _kind(later))
        part = _kept.get(key)
        if part is None:
            part = self._made(context, values, later)
            while len(_kept) >= MOST:
                _kept.pop(next(iter(_kept)), None)
            _kept[key] = part
        return SafeString(part.shown(later, context))

    def _made(self, context: template.Context, values: dict[str, Any], later: dict[str, Any]) -> Part:
        given = {name: stand_in(name, value) for name, value in later.items()}
        names = (*later, *IN_FORMS)
        paths: dict[str, Path] = {mark: (name,) for name in names for mark in (word(name), str(number(name)))}
        paths |= {str(stands): path for path, stands in _leaves(given, ())}
        text = self.nodelist.render(context.new(MARKS | values | given))
        pieces = re.split(f"({'|'.join(paths)})", text)
        if any(TRACE in piece.lower() for piece in pieces[::2]):
            raise ValueError("Within {% kept %} a value that is put in afterwards was changed or cut.")
        holes = [(place, paths[pieces[place]]) for place in range(1, len(pieces), 2)]
        pieces[1::2] = [""] * len(holes)
        in_forms = [(place, name) for place, (name, *_) in holes if name in IN_FORMS and name not in later]
        return Part(pieces, [(place, path) for place, path in holes if path[0] in later], in_forms)


class Part(NamedTuple):
    """A text in pieces. Every other one is a stand-in, and gives way to what its place is for."""

    pieces: list[str]
    holes: list[tuple[int, Path]]
    in_forms: list[tuple[int, str]]

    def shown(self, later: Mapping[str, Any], context: template.Context) -> str:
        pieces = self.pieces[:]
        for place, path in self.holes:
            value: Any = later
            for step in path:
                value = value[step]
            pieces[place] = _written(value, context)
        written: dict[str, str] = {}
        for place, name in self.in_forms:
            if name not in written:
                written[name] = _written(context.get(name, ""), context)
            pieces[place] = written[name]
        return "".join(pieces)


def _leaves(given: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """The stand-ins among these, each with the way to it."""
    if isinstance(given, dict | list):
        for step, each in given.items() if isinstance(given, dict) else enumerate(given):
            yield from _leaves(each, (*path, step))
    elif not stands_for_itself(given):
        yield path, given


def _resolved(expression: FilterExpression, context: template.Context) -> Any:
    """As the expression resolves itself, but it looks first where names mostly lead: at an attribute."""
    if expression.filters or not isinstance(expression.var, Variable) or not expression.var.lookups:
        return expression.resolve(context)
    first, *others = expression.var.lookups
    try:
        value = context[first]
        for name in others:
            value = value[name] if isinstance(value, dict) else getattr(value, name)
    except (KeyError, AttributeError):
        return expression.resolve(context)
    return expression.resolve(context) if callable(value) else value


def _written(value: Any, context: template.Context) -> str:
    """As Django writes it between its braces; most values are plain text or a number, which needs less care."""
    if type(value) is str:
        return escape(value)
    return str(value) if type(value) is int else render_value_in_context(value, context)


def _kind(value: Any) -> Hashable:
    """What of a value that is put in afterwards is known before."""
    if type(value) is str:
        return WORD if value else ""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, dict):
        return tuple(value), tuple(map(_kind, value.values()))
    if isinstance(value, list | tuple):
        return tuple(map(_kind, value))
    return frozen(value) if stands_for_itself(value) else NUMBER if isinstance(value, int) else WORD


def frozen(value: Any) -> Hashable:
    """What a value says, as part of a key. `kept_by`: what a thing that is long to write is made of."""
    if isinstance(value, PLAIN):
        return type(value), value
    if hasattr(value, "kept_by"):
        return type(value).__name__, frozen(value.kept_by)
    return json.dumps(value)  # a TypeError for a row of the database, which would be equal by its id alone
