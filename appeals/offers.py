"""What may be done to a letter now, by this person: the buttons derive from the table of transitions and the role."""

from __future__ import annotations

from dataclasses import dataclass

from accounts.models import User
from appeals.domain.transitions import is_allowed
from appeals.models import Appeal
from worklists.item_sheet import is_theirs_or_free


@dataclass(frozen=True, slots=True)
class Offer:
    """One button with a form behind it."""

    action: str
    state_action: str
    """What the table of transitions calls it."""
    label: str
    key: str


OFFERS = (
    Offer("send", "send", "Mark as sent", "e"),
    Offer("answer", "decide", "Record the answer", "e"),
    Offer("ask-again", "ask_again", "Asked, not decided yet", "t"),
    Offer("template", "edit", "Begin again", "b"),
    Offer("withdraw", "withdraw", "Withdraw", "w"),
)


def may_change(appeal: Appeal, user: User) -> bool:
    return user.may_work and is_theirs_or_free(appeal.item, user)


def may_edit(appeal: Appeal, user: User) -> bool:
    return may_change(appeal, user) and is_allowed("edit", appeal.status)


def offers_for(appeal: Appeal, user: User) -> list[Offer]:
    """What `user` may do to the letter as it stands, in the order of the buttons."""
    if not may_change(appeal, user):
        return []
    return [offer for offer in OFFERS if is_allowed(offer.state_action, appeal.status)]
