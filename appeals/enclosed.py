"""Enclosures that a draft still names though their documents were refused or withdrawn since."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.refusal import Refused
from appeals.models import Appeal
from worklists.evidence.verified import Fallen, fallen


def fallen_in(appeal: Appeal) -> list[Fallen]:
    """What a draft may not enclose any more. What was sent keeps its enclosures as they were sent."""
    return fallen(appeal.item, appeal.enclosures) if appeal.status == Appeal.Status.DRAFT else []


def marked(names: Sequence[str], gone: Sequence[Fallen]) -> list[str]:
    """The enclosures as a draft prints them: what may not go out is an open place."""
    was = {each.name: each.was for each in gone}
    return [f"{name} [missing: a document for this, it was {was[name]}]" if name in was else name for name in names]


def must_hold(appeal: Appeal) -> None:
    """Raises Refused where the letter would enclose what somebody found to be wrong."""
    if gone := fallen_in(appeal):
        raise Refused(
            f"The letter was not marked as sent. {' '.join(each.sentence for each in gone)} The draft is kept as it is:"
            " take that line out of the enclosures or put another document there, save it, then mark it as sent."
        )
