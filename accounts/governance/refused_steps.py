"""A decision on a change, or a set, that was refused: its page as it stands now keeps what was written beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from accounts.refusal import Refused

OFFERED: Mapping[str, Callable[[Mapping[str, Any]], bool]] = {
    "approve": lambda page: page["may_look"] and not page.get("stale") and not page.get("misfit"),
    "reject": lambda page: page["may_look"] or (page["may_reject"] and not page["is_mine"]),
    "roll-back": lambda page: page["may_roll_back"],
    "comment": lambda page: True,
}
"""By action, whether its page has the form in which the reason was written."""


@dataclass(frozen=True, slots=True)
class RefusedStep:
    """What the page says of it."""

    sentence: str
    wrote: str
    is_offered: bool


def kept(page: Mapping[str, Any], action: str, wrote: str, refused: Refused) -> dict[str, Any]:
    """What the page of the change needs besides, so that nothing that was typed is lost."""
    is_offered = action in OFFERED and OFFERED[action](page)
    return {
        "refused": RefusedStep(refused.sentence, wrote.strip(), is_offered),
        "typed": {action.replace("-", "_"): wrote} if is_offered else {},
    }
