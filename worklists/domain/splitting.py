"""Shares work out: evenly by count, or so that everybody has as many days of work in hand. Pure.

Each piece goes to at most one receiver who may have it. When it is done, no single piece could move to somebody else
and leave the two of them closer together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace


@dataclass(frozen=True, slots=True)
class Piece:
    """One item to share out. `minutes` of work, at least 1; `skills` in lower case."""

    key: int
    facility: int
    minutes: int = 1
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Receiver:
    """Somebody who may be given pieces. `a_day`: minutes of work they do; `held`: minutes that they hold already.

    `facilities` None: all of them.
    """

    key: int
    a_day: int = 1
    held: int = 0
    facilities: frozenset[int] | None = None
    skills: frozenset[str] = frozenset()

    def sees(self, piece: Piece) -> bool:
        return self.facilities is None or piece.facility in self.facilities

    def may_have(self, piece: Piece) -> bool:
        return self.sees(piece) and piece.skills <= self.skills


@dataclass(frozen=True, slots=True)
class Split:
    """Who gets which pieces, in the order in which they came; `left` are those that nobody may have."""

    given: dict[int, list[int]] = field(default_factory=dict)
    left: list[int] = field(default_factory=list)


def evenly(pieces: Iterable[Piece], receivers: Sequence[Receiver]) -> Split:
    """As many pieces for each: the counts differ by no more than one where all may have all."""
    return _share([replace(piece, minutes=1) for piece in pieces], [replace(r, a_day=1, held=0) for r in receivers])


def by_capacity(pieces: Iterable[Piece], receivers: Sequence[Receiver]) -> Split:
    """Days of work in hand are levelled, what each holds already included. Who works no minutes a day gets nothing."""
    return _share(list(pieces), [receiver for receiver in receivers if receiver.a_day > 0])


def fitting(pieces: Iterable[Piece], receivers: Sequence[Receiver]) -> dict[int, int]:
    """By receiver how many of the pieces they may have."""
    alike: dict[tuple[int, frozenset[str]], list[Piece]] = defaultdict(list)
    for piece in pieces:
        alike[piece.facility, piece.skills].append(piece)
    return {
        receiver.key: sum(len(group) for group in alike.values() if receiver.may_have(group[0]))
        for receiver in receivers
    }


@dataclass(slots=True)
class _Hand:
    """What one receiver holds while pieces are dealt. Pieces of one kind are alike: who may have them, how long."""

    receiver: Receiver
    load: int
    pieces: dict[_Kind, list[Piece]] = field(default_factory=lambda: defaultdict(list))

    def with_more(self, minutes: int, other: _Hand) -> int:
        """Days of work after `minutes` more, times the minutes that both work a day: whole numbers compare exactly."""
        return (self.load + minutes) * other.receiver.a_day


_Kind = tuple[tuple[int, ...], int]


def _share(pieces: Sequence[Piece], receivers: Sequence[Receiver]) -> Split:
    hands = {receiver.key: _Hand(receiver, receiver.held) for receiver in receivers}
    kinds, left = _kinds(pieces, receivers)
    for kind in sorted(kinds, key=lambda kind: (len(kind[0]), -kind[1], kind[0])):
        for piece in kinds[kind]:
            _give(piece, kind, _least(hands, kind))
    while _improve(hands):
        pass
    order = {piece.key: place for place, piece in enumerate(pieces)}
    given = {
        key: sorted((piece.key for each in hand.pieces.values() for piece in each), key=order.__getitem__)
        for key, hand in hands.items()
    }
    return Split({key: keys for key, keys in given.items() if keys}, left)


def _kinds(pieces: Sequence[Piece], receivers: Sequence[Receiver]) -> tuple[dict[_Kind, list[Piece]], list[int]]:
    """The pieces by who may have them and how long they take, and the keys of those that nobody may have."""
    kinds: dict[_Kind, list[Piece]] = defaultdict(list)
    left = []
    seen: dict[tuple[int, frozenset[str]], tuple[int, ...]] = {}
    for piece in pieces:
        needs = (piece.facility, piece.skills)
        if needs not in seen:
            seen[needs] = tuple(receiver.key for receiver in receivers if receiver.may_have(piece))
        if seen[needs]:
            kinds[seen[needs], piece.minutes].append(piece)
        else:
            left.append(piece.key)
    return kinds, left


def _least(hands: dict[int, _Hand], kind: _Kind) -> _Hand:
    """Who would have the fewest days of work in hand with this piece."""
    able, minutes = kind
    best = hands[able[0]]
    for key in able[1:]:
        if hands[key].with_more(minutes, best) < best.with_more(minutes, hands[key]):
            best = hands[key]
    return best


def _give(piece: Piece, kind: _Kind, to: _Hand) -> None:
    to.pieces[kind].append(piece)
    to.load += piece.minutes


def _improve(hands: dict[int, _Hand]) -> bool:
    """Moves one piece to somebody who, with it, has less in hand than its holder has now. False: nothing to better."""
    for giver in hands.values():
        for kind, held in giver.pieces.items():
            able, minutes = kind
            if not held or len(able) < 2:
                continue
            taker = _least(hands, kind)
            if taker is not giver and taker.with_more(minutes, giver) < giver.with_more(0, taker):
                giver.load -= minutes
                _give(held.pop(), kind, taker)
                return True
    return False
