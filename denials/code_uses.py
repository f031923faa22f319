"""What hangs on a code: open work, rules, readings, playbooks, templates. Each app says what it keeps.

`denials` knows nothing of the apps above it, so those register here how they use codes.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from typing import NamedTuple

from accounts.models import User

CodeName = tuple[str, str]
"""Code system and code."""


class Use(NamedTuple):
    """One thing that hangs on a code, in words, with its page."""

    words: str
    address: str = ""


Uses = Mapping[CodeName, Iterable[Use]]
Find = Callable[[Collection[CodeName], User], Uses]
_FIND: dict[str, Find] = {}


def register(kind: str, find: Find) -> None:
    """Has `find(codes, user)` asked what of this kind hangs on codes; it shows only what `user` may see."""
    _FIND[kind] = find


def uses_of(codes: Collection[CodeName], user: User) -> dict[CodeName, list[Use]]:
    """By code, in the order in which the kinds were registered. Codes that nothing hangs on are left out."""
    found: dict[CodeName, list[Use]] = defaultdict(list)
    if codes:
        for find in _FIND.values():
            for code, uses in find(codes, user).items():
                found[code] += uses
    return dict(found)
