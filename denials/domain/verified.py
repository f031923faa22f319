"""How fresh an address or a number is: payers move, and a letter to an old address is late without anybody's fault."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DOUBTFUL_AFTER = 180
"""Days after which somebody should look at the payer's page again. Our own choice: no rule says it."""


@dataclass(slots=True, frozen=True)
class Verified:
    """How long ago somebody checked it, in words, and whether that is too long."""

    words: str
    is_doubtful: bool


def verified(on: date | None, today: date) -> Verified:
    """Never checked is doubtful too. A day after today counts as today."""
    if on is None:
        return Verified("never verified", is_doubtful=True)
    days = max((today - on).days, 0)
    words = {0: "verified today", 1: "verified yesterday"}.get(days, f"verified {days} days ago")
    return Verified(words, is_doubtful=days > DOUBTFUL_AFTER)
