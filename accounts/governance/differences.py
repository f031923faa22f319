"""A readable difference of two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

WORD = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 6000
"""Beyond this both texts are shown whole: comparing takes the square of their length."""


class Piece(NamedTuple):
    """A run of words: `same`, `ins` or `del`."""

    kind: str
    text: str


def word_diff(before: str, after: str) -> list[Piece]:
    """The pieces of both texts in order; read without `ins` they are the text before, without `del` the text after."""
    old, new = WORD.findall(before), WORD.findall(after)
    if len(old) + len(new) > MOST_WORDS:
        return [Piece("del", before), Piece("ins", after)]
    pieces: list[Piece] = []
    for kind, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            pieces.append(Piece("same", "".join(old[a:b])))
            continue
        pieces += [Piece("del", "".join(old[a:b]))] if b > a else []
        pieces += [Piece("ins", "".join(new[c:d]))] if d > c else []
    return pieces


def is_mostly_new(pieces: list[Piece]) -> bool:
    """Whether so little is common that both texts read better whole."""
    same = sum(len(piece.text.strip()) for piece in pieces if piece.kind == "same")
    return same * 3 < sum(len(piece.text.strip()) for piece in pieces)
