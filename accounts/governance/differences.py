"""A readable difference of two texts, word by word."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

WORD = re.compile(r"\s+|\w+|[^\w\s]")
MOST_WORDS = 6000
"""Beyond this both texts are shown whole: comparing takes the square of their length."""
LONG = 60
"""Characters beyond which a text is read word by word."""
MOST_COMMON, BESIDE = 400, 120
"""Characters of a common run beyond which it is cut, and how many of them stay beside a difference."""


class Piece(NamedTuple):
    """A run of words: `same`, `ins` or `del`; `cut` where something common is left out."""

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


def shortened(pieces: list[Piece]) -> list[Piece]:
    """The same with long common runs cut down to what stands beside a difference; what is left out is a `cut`."""
    short: list[Piece] = []
    for number, piece in enumerate(pieces):
        if piece.kind != "same" or len(piece.text) <= MOST_COMMON:
            short.append(piece)
            continue
        is_first, is_last = number == 0, number == len(pieces) - 1
        short += [] if is_first else [Piece("same", piece.text[:BESIDE].rpartition(" ")[0])]
        short.append(Piece("cut", ""))
        short += [] if is_last else [Piece("same", piece.text[-BESIDE:].partition(" ")[2])]
    return short


def readable(before: str, after: str) -> list[Piece]:
    """The words that differ in two texts; nothing where they read better one after the other."""
    if max(len(before), len(after)) <= LONG or not (before and after):
        return []
    pieces = word_diff(before, after)
    return [] if is_mostly_new(pieces) else shortened(pieces)


def is_mostly_new(pieces: list[Piece]) -> bool:
    """Whether so little is common that both texts read better whole."""
    same = sum(len(piece.text.strip()) for piece in pieces if piece.kind == "same")
    return same * 3 < sum(len(piece.text.strip()) for piece in pieces)
