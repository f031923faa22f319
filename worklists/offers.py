"""What may be done to an item now, by this person: the buttons derive from the table of transitions and the role."""

from __future__ import annotations

from dataclasses import dataclass, replace

from accounts.models import User
from worklists import split
from worklists.domain.transitions import ACTIONS, Status, is_allowed
from worklists.item_sheet import is_theirs_or_free
from worklists.models import WorkItem


@dataclass(frozen=True, slots=True)
class Offer:
    """One button. `asks` is off for what needs no form."""

    action: str
    label: str
    key: str
    asks: bool = True
    for_anybody: bool = False
    """Also for people who do not own the item."""
    is_at_hand: bool = False
    """Its form comes with the page of the item; others are asked for when they are opened."""

    @property
    def kept_by(self) -> str:
        return f"{self.action} {self.is_at_hand}"


class Offers(list[Offer]):
    """Buttons that are written together."""

    @property
    def kept_by(self) -> str:
        return " ".join([offer.kept_by for offer in self])


OFFERS = (
    Offer("take", ACTIONS["take"].label, "m", asks=False),
    Offer("resolve", ACTIONS["resolve"].label, "e", is_at_hand=True),
    Offer("return", ACTIONS["return"].label, "r"),
    Offer("postpone", ACTIONS["postpone"].label, "t", is_at_hand=True),
    Offer("ask", ACTIONS["ask"].label, "q"),
    Offer("ask_again", ACTIONS["ask_again"].label, "s"),
    Offer("escalate", ACTIONS["escalate"].label, "l", for_anybody=True),
    Offer("note", ACTIONS["note"].label, "n", for_anybody=True, is_at_hand=True),
    Offer("hand_over", ACTIONS["hand_over"].label, "a"),
    Offer("release", ACTIONS["release"].label, "u", asks=False),
    Offer("reopen", ACTIONS["reopen"].label, "o", for_anybody=True),
)
OF_PARTS = tuple(replace(offer, is_at_hand=False) if offer.action == "resolve" else offer for offer in OFFERS)
"""Of a claim that the payer split: its form names the parts."""
PRIMARY = {Status.NEW: "take", Status.POSTPONED: "take", Status.TAKEN: "resolve", Status.WAITING: "return"}
"""The one primary action by state; the others have none but the next item."""


def offers_for(item: WorkItem, user: User) -> list[Offer]:
    """What `user` may do to `item` as it stands, in the order of the buttons."""
    if not user.may_work:
        return []
    is_theirs = is_theirs_or_free(item, user)
    offers = OF_PARTS if split.holds_more(item) else OFFERS
    return [offer for offer in offers if is_allowed(offer.action, item.status) and (offer.for_anybody or is_theirs)]


def primary_of(item: WorkItem, offers: list[Offer]) -> Offer | None:
    wanted = PRIMARY.get(Status(item.status))
    return next((offer for offer in offers if offer.action == wanted), None)
