"""Letter text: a flat merge of named values, and nothing else.

Templates are text with `{{ name }}` places from a fixed list. No template language runs: what people write, and what a
payer's file holds, stays text (path not taken: Django templates and the Jinja2 sandbox both reach objects).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from appeals.domain.places import PLACES, name_of, words_of

PLACE = re.compile(r"\{\{\s*([A-Za-z0-9_.\-]{1,60})\s*\}\}")
OPEN = re.compile(r"\{\{([^{}]{0,200})\}\}|\[missing: ([^\[\]{}]{1,200})\]")
"""A place, or the words for one as advice shows them: copied into a letter they are as open as the place itself."""
BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
MAX_LETTER = 200_000
NAME_SHOWN = 60
NO_NAME = "without a name"
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
_KEPT = frozenset("\n\t\u00ad\u200c\u200d")
"""Line ends, and the soft hyphen and joiners that names in some scripts need."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a letter's text, or a place in it that is still open (then `place` is its name)."""

    text: str
    place: str = ""


def merge(text: str, values: Mapping[str, str]) -> str:
    """Puts `values` into their places, once: a value is never read as a template. Empty values leave the place open."""
    return OPEN.sub(lambda place: _inert(values.get(_name(place), "")) or place[0], text)[:MAX_LETTER]


def unfilled(*texts: str) -> tuple[str, ...]:
    """The places still open in these texts, each once, in order of appearance; misspelled ones count too."""
    return tuple(dict.fromkeys(_name(place) for text in texts for place in OPEN.finditer(text)))


def pieces(text: str) -> list[Piece]:
    """The text cut at its open places, for showing them marked."""
    return list(_cut(text))


def advice(text: str, values: Mapping[str, str]) -> list[Piece]:
    """A line of advice with its values in; what nobody knows yet is said in words."""
    return [
        Piece(f"[missing: {_within(words_of(piece.place))}]", piece.place) if piece.place else piece
        for piece in _cut(merge(text, values))
    ]


def tidy(text: str) -> str:
    """The text as it can be printed: one kind of line break, no control characters, no marks that turn its direction.

    Such marks (U+202E and its kin) could make a letter read differently from what is recorded.
    """
    text = _LINE_BREAKS.sub("\n", text)
    kept = "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _UNPRINTABLE)
    return "\n".join(line.rstrip() for line in kept.split("\n")).strip("\n")


def check_template(text: str) -> list[str]:
    """What keeps a template from being saved, one sentence each; empty when it may be."""
    if len(text) > MAX_LETTER:
        return [f"The text is longer than {MAX_LETTER:,} characters. Shorten it."]
    if "\x00" in text:
        return ["The text holds a character that cannot be printed. Paste it as plain text."]
    wrong = []
    for found in BRACES.finditer(text):
        place = PLACE.fullmatch(found[0])
        if place is None or place[1] not in PLACES:
            wrong.append(f"{found[0][:NAME_SHOWN]} is no place that a letter knows. Choose one from the list.")
    return list(dict.fromkeys(wrong))


def _inert(value: str) -> str:
    """Braces that come with a value could be taken for a place later on: they are spaced apart."""
    return re.sub(r"([{}])(?=[{}])", r"\1 ", tidy(value))


def _within(words: str) -> str:
    """As it stands within a sentence."""
    return words[:1].lower() + words[1:]


def _name(place: re.Match[str]) -> str:
    if place[2]:
        return name_of(" ".join(place[2].split()))[:NAME_SHOWN]
    return " ".join(place[1].split())[:NAME_SHOWN] or NO_NAME


def _cut(text: str) -> Iterator[Piece]:
    end = 0
    for place in OPEN.finditer(text):
        if place.start() > end:
            yield Piece(text[end : place.start()])
        yield Piece(place[0], _name(place))
        end = place.end()
    if end < len(text):
        yield Piece(text[end:])
