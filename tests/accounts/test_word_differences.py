"""What people read of a change: the words that differ, and nothing lost of either text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from accounts.governance.differences import Piece, shortened, word_diff

TEXTS = st.text(alphabet="ab {}.\n", max_size=60)


@given(TEXTS, TEXTS)
def test_read_without_what_came_it_is_the_text_before_and_without_what_went_the_text_after(old: str, new: str) -> None:
    pieces = word_diff(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "ins") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "del") == new


def test_words_differ_whole() -> None:
    assert word_diff("Send to billing today", "Send to coding today") == [
        Piece("same", "Send to "), Piece("del", "billing"), Piece("ins", "coding"), Piece("same", " today"),
    ]  # fmt: skip


def test_a_long_text_shows_what_stands_beside_the_difference() -> None:
    long, words = "word " * 200, " ".join(["word"] * 23)

    pieces = shortened(word_diff(f"{long}old {long}", f"{long}new {long}"))

    assert [piece.kind for piece in pieces] == ["cut", "same", "del", "ins", "same", "cut"]
    assert [piece.text for piece in pieces if piece.kind == "same"] == [f"{words} ", f" {words}"]
