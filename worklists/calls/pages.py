"""What the pages of calls show: one call with its claims, and the log of contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.db.models.functions import Upper

from accounts.models import FacilityScoped, User
from worklists.calls import calling, sheets
from worklists.calls.sheets import SheetClaim
from worklists.models import CallClaim, CallOutcome, Contact, PayerCall, WorkItem

SHOWN = 100


@dataclass(frozen=True, slots=True)
class CallPage:
    """One call: its claims as they are asked about, and the outcomes to choose from."""

    call: PayerCall
    claims: Sequence[CallClaim]
    about: dict[int, SheetClaim]
    """By item."""
    outcomes: Sequence[CallOutcome]
    is_mine: bool

    @property
    def is_in_hand(self) -> bool:
        return self.call.state == PayerCall.State.IN_HAND

    @property
    def rows(self) -> list[tuple[CallClaim, SheetClaim]]:
        return [(claim, self.about[claim.item_id]) for claim in self.claims]

    @property
    def hold_seconds(self) -> int:
        return calling.held_seconds(self.call)

    @property
    def hold_minutes(self) -> int:
        return calling.held_seconds(self.call) // 60


def all_calls() -> FacilityScoped:
    rows: FacilityScoped = PayerCall.objects.select_related("payer", "product", "biller", "caller", "act")
    return rows


def page_of(call: PayerCall, user: User) -> CallPage:
    """Claims of facilities that `user` does not see are left out."""
    items = WorkItem.objects.visible_to(user).select_related("claim", "facility", "denial__remitted_claim", "assignee")
    rows = call.claims.filter(item__in=WorkItem.objects.visible_to(user).values("pk"))
    claims = list(rows.select_related("outcome").prefetch_related(Prefetch("item", queryset=items)))
    about = {told.item.pk: told for told in sheets.read_out([claim.item for claim in claims])}
    used = {claim.outcome_id for claim in claims}
    outcomes = [each for each in CallOutcome.objects.all() if each.is_active or each.pk in used]
    return CallPage(call, claims, about, outcomes, call.caller_id == user.pk)


def contacts(user: User, words: str) -> list[Contact]:
    """The latest contacts that this person may see; with `words` those whose reference begins with them."""
    rows = Contact.objects.visible_to(user).select_related("item__claim", "item__payer", "by")
    if words:
        rows = rows.annotate(sought=Upper("reference")).filter(sought__startswith=words.upper()).exclude(reference="")
    return list(rows.order_by("-at", "-pk")[:SHOWN])
