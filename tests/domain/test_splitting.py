"""Sharing work out: nothing lost, nothing twice, nobody given what they may not have, and nobody left with more."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklists.domain.splitting import Piece, Receiver, Split, by_capacity, evenly

SKILLS = st.frozensets(st.sampled_from(["coding", "medicare"]))
PLACES = st.frozensets(st.integers(1, 3))
RECEIVERS = st.lists(
    st.builds(Receiver, st.integers(1, 6), st.integers(1, 480), st.integers(0, 900), st.none() | PLACES, SKILLS),
    unique_by=lambda receiver: receiver.key,
    max_size=6,
)
PIECES = st.lists(
    st.builds(Piece, st.integers(1, 999), st.integers(1, 3), st.integers(1, 90), SKILLS),
    unique_by=lambda piece: piece.key,
    max_size=40,
)
Share = Callable[[Sequence[Piece], Sequence[Receiver]], Split]
BOTH = pytest.mark.parametrize("share", [evenly, by_capacity])


@BOTH
@given(pieces=PIECES, receivers=RECEIVERS)
def test_nothing_is_lost_and_nothing_given_twice(share: Share, pieces: list[Piece], receivers: list[Receiver]) -> None:
    split = share(pieces, receivers)
    everything = [key for keys in split.given.values() for key in keys] + split.left
    assert sorted(everything) == sorted(piece.key for piece in pieces)


@BOTH
@given(pieces=PIECES, receivers=RECEIVERS)
def test_everybody_may_have_what_they_get_and_only_what_nobody_may_have_is_left(
    share: Share, pieces: list[Piece], receivers: list[Receiver]
) -> None:
    split = share(pieces, receivers)
    by_key = {piece.key: piece for piece in pieces}
    for receiver in receivers:
        for key in split.given.get(receiver.key, []):
            assert receiver.facilities is None or by_key[key].facility in receiver.facilities
            assert by_key[key].skills <= receiver.skills
    assert not any(receiver.may_have(by_key[key]) for key in split.left for receiver in receivers)


@given(pieces=PIECES, receivers=RECEIVERS)
def test_no_piece_could_move_and_leave_counts_more_even(pieces: list[Piece], receivers: list[Receiver]) -> None:
    split = evenly(pieces, receivers)
    counts = {receiver.key: len(split.given.get(receiver.key, [])) for receiver in receivers}
    by_key = {piece.key: piece for piece in pieces}
    for giver, keys in split.given.items():
        for receiver in receivers:
            if any(receiver.may_have(by_key[key]) for key in keys):
                assert counts[receiver.key] >= counts[giver] - 1


@given(st.integers(0, 200), st.integers(1, 7))
def test_where_all_may_have_all_the_counts_differ_by_no_more_than_one(pieces: int, receivers: int) -> None:
    split = evenly([Piece(key, 1) for key in range(pieces)], [Receiver(key, held=key * 50) for key in range(receivers)])
    counts = [len(split.given.get(key, [])) for key in range(receivers)]
    assert max(counts) - min(counts) <= 1


@given(pieces=PIECES, receivers=RECEIVERS)
def test_no_piece_could_move_to_somebody_with_fewer_days_of_work(
    pieces: list[Piece], receivers: list[Receiver]
) -> None:
    split = by_capacity(pieces, receivers)
    by_key = {piece.key: piece for piece in pieces}
    people = {receiver.key: receiver for receiver in receivers}
    load = {key: r.held + sum(by_key[one].minutes for one in split.given.get(key, [])) for key, r in people.items()}
    for giver, keys in split.given.items():
        for key in keys:
            for taker, receiver in people.items():
                if taker != giver and receiver.may_have(by_key[key]):
                    days_after = (load[taker] + by_key[key].minutes) / receiver.a_day
                    assert days_after >= load[giver] / people[giver].a_day - 1e-9


def test_shares_stand_to_each_other_as_the_minutes_a_day_do() -> None:
    split = by_capacity([Piece(key, 1, 10) for key in range(90)], [Receiver(1, 360), Receiver(2, 180)])
    assert {key: len(keys) for key, keys in split.given.items()} == {1: 60, 2: 30}


def test_who_holds_more_gets_less() -> None:
    split = by_capacity([Piece(key, 1, 10) for key in range(10)], [Receiver(1, 60, held=60), Receiver(2, 60)])
    assert {key: len(keys) for key, keys in split.given.items()} == {1: 2, 2: 8}


def test_who_works_no_minutes_a_day_gets_nothing_by_capacity() -> None:
    split = by_capacity([Piece(1, 1)], [Receiver(1, 0), Receiver(2, 60)])
    assert split.given == {2: [1]}
    assert by_capacity([Piece(1, 1)], [Receiver(1, 0)]).left == [1]


def test_the_most_pressing_pieces_are_dealt_out_like_cards() -> None:
    split = evenly([Piece(key, 1) for key in (9, 3, 7, 5)], [Receiver(1), Receiver(2)])
    assert split.given == {1: [9, 7], 2: [3, 5]}
