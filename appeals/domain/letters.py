"""Letter text: a flat merge of named values, and nothing else.

Templates are text with `{{ name }}` places from a fixed list. No template language runs: what people write, and what a
payer's file holds, stays text (path not taken: Django templates and the Jinja2 sandbox both reach objects).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from appeals.domain.places import PLACES

PLACE = re.compile(r"\{\{\s*([A-Za-z0-9_.\-]{1,60})\s*\}\}")
OPEN = re.compile(r"\{\{([^{}]{0,200})\}\}")
BRACES = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
MAX_LETTER = 200_000
NAME_SHOWN = 60
NO_NAME = "without a name"
_LINE_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Co"})
_KEPT = frozenset("\n\t\u00ad\u200c\u200d")
"""Line ends, and the soft hyphen and joiners that names in some scripts need."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A letter with its values in, and the names of the places that are still open, in order."""

    text: str
    unfilled: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of a letter's text, or a place in it that is still open (then `place` is its name)."""

    text: str
    place: str = ""


def merge(text: str, values: Mapping[str, str]) -> Merged:
    """Puts `values` into their places, once: a value is never read as a template. Empty values leave the place open."""
    merged = OPEN.sub(lambda place: _inert(values.get(_name(place), "")) or place[0], text)[:MAX_LETTER]
    return Merged(merged, unfilled(merged))


def unfilled(*texts: str) -> tuple[str, ...]:
    """The places still open in these texts, each once, in order of appearance; misspelled ones count too."""
    return tuple(dict.fromkeys(_name(place) for text in texts for place in OPEN.finditer(text)))


def pieces(text: str) -> list[Piece]:
    """The text cut at its open places, for showing them marked."""
    return list(_cut(text))


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


def _name(place: re.Match[str]) -> str:
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
