"""Says that codes have come to mean something else, to whoever keeps work that was made of them.

`denials` knows nothing of work items, so the app that keeps them registers here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from accounts.models import User
from denials.code_uses import CodeName

Hear = Callable[[str, User | None, Collection[CodeName]], None]
_HEAR: list[Hear] = []


def on_change(hear: Hear) -> None:
    """Has `hear(because, user, codes)` called in the transaction in which codes change."""
    if hear not in _HEAR:
        _HEAR.append(hear)


def announce(because: str, user: User | None, codes: Collection[CodeName]) -> None:
    for hear in _HEAR if codes else ():
        hear(because, user, codes)
