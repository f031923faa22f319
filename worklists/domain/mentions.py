"""Whom a note mentions: `@name` where a word begins. An address such as ada@example.org mentions nobody. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

MENTION = re.compile(r"(?<![\w@./+-])@(\w(?:[\w.-]*\w)?)")


def names_in(text: str) -> list[str]:
    """Each mentioned name once, as it was written, in order."""
    return list(dict.fromkeys(MENTION.findall(text)))


def find(name: str, known: Mapping[int, Sequence[str]]) -> list[int]:
    """Who is meant: by sign-in name, else by first and last name, else by first name alone, whatever the case.

    `known` holds sign-in name, first name and last name of each person. More than one: the name is not enough.
    """
    wanted = name.casefold()
    for spelled in (_username, _full_name, _first_name):
        if found := [key for key, person in known.items() if wanted in spelled(*(part.casefold() for part in person))]:
            return found
    return []


def _username(username: str, first: str, last: str) -> Sequence[str]:
    return [username]


def _full_name(username: str, first: str, last: str) -> Sequence[str]:
    return [f"{first}.{last}", f"{first}{last}", f"{first}_{last}"]


def _first_name(username: str, first: str, last: str) -> Sequence[str]:
    return [first]
