"""Skills in plain words: what work asks for, and what a person has. Upper and lower case are the same. Pure."""

from __future__ import annotations

from collections.abc import Iterable


def in_list(text: str) -> list[str]:
    """`"Oncology coding,  Medicare "` as `["Oncology coding", "Medicare"]`, each once."""
    words = [" ".join(part.split()) for part in text.replace("\n", ",").split(",")]
    return list({word.casefold(): word for word in reversed(words) if word}.values())[::-1]


def known(skills: Iterable[str]) -> frozenset[str]:
    """The skills as they are compared."""
    return frozenset(skill.casefold() for skill in skills)


def missing(asked: Iterable[str], own: Iterable[str]) -> list[str]:
    """What is asked for and not there, as it was written."""
    has = known(own)
    return [skill for skill in asked if skill.casefold() not in has]
