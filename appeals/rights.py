"""Whether an item may be appealed now, and what to do where it may not."""

from __future__ import annotations

from accounts.models import User
from appeals.domain.transitions import IN_HAND
from appeals.models import Appeal
from denials.models import Denial
from worklists.domain import transitions
from worklists.models import Resolution, WorkItem
from worklists.permission import free_or_own

INSTEAD = {
    Resolution.CORRECTED: "Correct the claim and send it as a replacement.",
    Resolution.RESUBMITTED: "Send the claim again as a new claim.",
    Resolution.ADJUSTED: "Check the contract, then adjust the balance.",
    Resolution.BILLED_TO_PATIENT: "Bill the patient for the patient's share.",
    Resolution.ESCALATED: "Ask the payer what is missing before it can decide.",
}


def no_right(denial: Denial) -> str:
    """Why the payer's codes give no right of appeal, with what to do instead; "" when they do."""
    if denial.appeal_allowed:
        return ""
    instead = INSTEAD.get(Resolution(denial.resolution), "") if denial.resolution in Resolution.values else ""
    return f"The payer's codes give no right of appeal here. {instead}".strip()


def why_not(item: WorkItem, user: User) -> str:
    """Why `user` may not draft a letter about `item` now; "" when they may."""
    if not transitions.is_allowed("send", item.status):
        return f"No letter can be drafted while the item is {transitions.WORDS[transitions.Status(item.status)]}."
    return no_right(item.denial) or free_or_own(user)(item)


def in_hand(item: WorkItem) -> Appeal | None:
    """The letter about this item that is a draft, or waits for an answer."""
    return Appeal.objects.filter(item=item, status__in=IN_HAND).first()
