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
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
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

from accounts.stand_ins import TRACE, stand_in, stands_for_itself, word

register = template.Library()

MOST = 2000
"""Parts that a process keeps; the oldest makes room."""
_kept: dict[Hashable, Part] = {}
IN_FORMS = ("csrf_token", "form_key", "opened_at")
MARKS = {name: word(name) for name in IN_FORMS}
WORD, NUMBER, LIST = "word", "number", "list"
NOTHING = ""
"""What Django writes for a name that nothing is known by."""
PLAIN = (str, int, float, Decimal, date, type(None))
SEVERAL = (list, tuple)
Expressions = Mapping[str, FilterExpression]
Resolver = Callable[[template.Context], Any]
_special = re.compile("[&<>\"']").search
"""What `escape` writes in another way. Most values hold nothing of it, and asking costs less than writing."""


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
        self.named, self.later = ([(name, _resolver(each)) for name, each in of.items()] for of in (names, then))
        self.many, self.nodelist = many and _resolver(many), nodelist

    def render(self, context: template.Context) -> SafeString:
        values = [resolved(context) for _, resolved in self.named]
        later = {name: resolved(context) for name, resolved in self.later}
        if self.many:
            later |= self.many(context)
        kinds: list[Hashable] = []
        said: list[Any] = []
        _take_apart(later.values(), kinds, said)
        key = (self, tuple([frozen(value) for value in values]), tuple(later), tuple(kinds))
        part = _kept.get(key)
        if part is None:
            named = {name: value for (name, _), value in zip(self.named, values, strict=True)}
            part = self._made(context, named, later)
            while len(_kept) >= MOST:
                _kept.pop(next(iter(_kept)), None)
            _kept[key] = part
        return SafeString(part.filled(said, context))

    def _made(self, context: template.Context, values: dict[str, Any], later: dict[str, Any]) -> Part:
        given = {name: stand_in(name, value) for name, value in later.items()}
        stands: list[Any] = []
        _take_apart(given.values(), [], stands)
        text: str = self.nodelist.render(context.new(MARKS | values | given))
        in_forms = [name for name in IN_FORMS if name not in later and MARKS[name] in text]
        marks = [*map(str, stands), *(MARKS[name] for name in in_forms)]
        places = {mark: place for place, mark in enumerate(marks)}
        pieces = re.split(f"({'|'.join(marks)})", text) if marks else [text]
        if any(TRACE in piece.lower() for piece in pieces[::2]):
            raise ValueError("Within {% kept %} a value that is put in afterwards was changed or cut.")
        holes = [places[mark] for mark in pieces[1::2]]
        pieces[1::2] = [""] * len(holes)
        shown = [place for place in range(len(stands)) if place in holes]
        order = {place: at for at, place in enumerate([*shown, *range(len(stands), len(marks))])}
        return Part(pieces, [order[hole] for hole in holes], shown, in_forms)


class Part(NamedTuple):
    """A text in pieces. Every other one is empty and a hole, for one of the values: those `shown` of what is put in,
    then those that stand in every form.
    """

    pieces: list[str]
    holes: list[int]
    shown: list[int]
    in_forms: list[str]

    def filled(self, said: Sequence[Any], context: template.Context) -> str:
        written = [_written(said[place], context) for place in self.shown]
        written += [escape(str(context.get(name, ""))) for name in self.in_forms]
        pieces = self.pieces[:]
        pieces[1::2] = [written[hole] for hole in self.holes]
        return "".join(pieces)


def _resolver(expression: FilterExpression) -> Resolver:
    """As the expression resolves itself, but it looks first where names mostly lead: at an attribute."""
    if expression.filters or not isinstance(expression.var, Variable) or not expression.var.lookups:
        return expression.resolve
    first, *others = expression.var.lookups

    def resolved(context: template.Context) -> Any:
        try:
            value = context[first]
        except KeyError:
            return NOTHING
        try:
            for name in others:
                if value is None:
                    return NOTHING
                value = value[name] if isinstance(value, dict) else getattr(value, name)
        except (KeyError, AttributeError):
            return expression.resolve(context)
        return expression.resolve(context) if callable(value) else value

    return resolved


def _written(value: Any, context: template.Context) -> str:
    """As Django writes it between its braces; most values are plain text or a number, which needs less care."""
    if type(value) is str:
        return escape(value) if _special(value) else value
    return str(value) if type(value) is int else render_value_in_context(value, context)


def _take_apart(values: Iterable[Any], kinds: list[Hashable], said: list[Any]) -> None:
    """Adds to `kinds` what is known before of values that are put in afterwards, and to `said` those themselves that
    are written: in the order in which they stand, whatever they stand in.
    """
    for value in values:
        if type(value) is str:
            if value:
                said.append(value)
                kinds.append(WORD)
            else:
                kinds.append(NOTHING)
        elif value is None or value is True or value is False:
            kinds.append(value)
        elif isinstance(value, dict):
            kinds.append(tuple(value))
            _take_apart(value.values(), kinds, said)
        elif isinstance(value, SEVERAL):
            kinds.append((LIST, len(value)))
            _take_apart(value, kinds, said)
        elif stands_for_itself(value):
            kinds.append(frozen(value))
        else:
            said.append(value)
            kinds.append(NUMBER if isinstance(value, int) else WORD)


def frozen(value: Any) -> Hashable:
    """What a value says, as part of a key. `kept_by`: what a thing that is long to write is made of."""
    if type(value) is str:
        return value
    if isinstance(value, PLAIN):
        return type(value), value
    if isinstance(value, tuple):
        return tuple([frozen(each) for each in value])
    if hasattr(value, "kept_by"):
        return type(value), frozen(value.kept_by)
    return LIST, json.dumps(value)  # a TypeError for a row of the database, which would be equal by its id alone
