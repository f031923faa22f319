"""What the page of an item says about appeals: the letter in hand, a button to draft one, or why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.models import User
from appeals import rights
from appeals.domain.transitions import IN_HAND
from appeals.models import Appeal
from worklists import item_reads
from worklists.models import WorkItem


@dataclass(frozen=True, slots=True)
class OnItem:
    """`because` says why no letter can be drafted; `may_draft` is never on together with `in_hand`."""

    appeals: list[Appeal]
    in_hand: Appeal | None
    may_draft: bool
    because: str

    @property
    def words(self) -> dict[str, Any]:
        """What the part says before its letters."""
        return {
            "letter_id": self.in_hand.pk if self.in_hand else None,
            "may_draft": self.may_draft,
            "because": self.because,
        }


def listen() -> None:
    item_reads.also("appeals", lambda item, user: Appeal.objects.visible_to(user).filter(item=item).order_by("-pk"))


def appeals_on(item: WorkItem, user: User, appeals: list[Appeal]) -> OnItem:
    """`appeals` are those of the item, newest first."""
    in_hand = next((appeal for appeal in appeals if appeal.status in IN_HAND), None)
    if in_hand or not item.is_open:
        return OnItem(appeals, in_hand, may_draft=False, because="")
    if not user.may_work:
        return OnItem(appeals, None, may_draft=False, because=rights.no_right(item.denial))
    because = rights.why_not(item, user)
    return OnItem(appeals, None, may_draft=not because, because=because)


def letter_at_payer(appeals: list[Appeal]) -> Appeal | None:
    """The letter that was sent and not answered yet."""
    return next((appeal for appeal in appeals if appeal.status == Appeal.Status.SENT), None)
