"""Which column of a sheet means what, guessed from the words in its head. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def guessed(heads: Sequence[str], words_of: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """The head for each meaning that one of its words names; each head is used once."""
    plain = {_plain(head): head for head in reversed(heads)}
    found: dict[str, str] = {}
    for meaning, words in words_of.items():
        head = next((plain[word] for word in words if word in plain), "")
        if head and head not in found.values():
            found[meaning] = head
    return found


def _plain(head: str) -> str:
    return " ".join("".join(each if each.isalnum() or each == "/" else " " for each in head.lower()).split())
