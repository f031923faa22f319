"""What the pages of calls show: one call with its claims, and the log of contacts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch
from django.db.models.functions import Upper

from accounts.models import FacilityScoped, User
from denials.domain.days import is_business_day
from worklists.calls import calling, sheets
from worklists.calls.sheets import SheetClaim
from worklists.changes import Done
from worklists.domain.transitions import is_allowed
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
    def to_set(self) -> list[CallClaim]:
        """Those whose day could not be set, where the caller may still set one."""
        owners = (None, self.call.caller_id)
        return [
            claim
            for claim in self.claims
            if claim.kept_because and claim.item.assignee_id in owners and is_allowed("postpone", claim.item.status)
        ]

    @property
    def moved(self) -> list[CallClaim]:
        """Those that come back on another day than was promised."""
        claims = self.claims if self.call.state == PayerCall.State.FINISHED else ()
        with_day = [claim for claim in claims if claim.outcome_id and not claim.kept_because]
        return [claim for claim in with_day if claim.promised_on and not is_business_day(claim.promised_on)]

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


def finished_words(call: PayerCall, done: Done) -> str:
    """What finishing came to; each claim that is not as it was said to be is named."""
    count = len(done.done)
    said = f"The call is finished: {count} {'claim has its note' if count == 1 else 'claims have their note'}."
    left = call.claims.exclude(kept_because="").values_list("position", "kept_because", "item")
    unwritten = {refusal.item_id for refusal in done.refused}
    without_day = [(position, why) for position, why, item in left if item not in unwritten]
    without_note = [(position, why) for position, why, item in left if item in unwritten]
    parts = [
        said,
        _named("No day to come back is set for", without_day),
        "What was promised stands in its note." if len(without_day) == 1 else "",
        "What was promised stands in their notes." if len(without_day) > 1 else "",
        _named("No note is written about", without_note),
    ]
    return " ".join(filter(None, parts))


def _named(what: str, claims: Sequence[tuple[int, str]]) -> str:
    if not claims:
        return ""
    if len(claims) == 1:
        return f"{what} claim {claims[0][0]}: {claims[0][1]}"
    positions = [str(position) for position, _ in claims]
    return f"{what} claims {', '.join(positions[:-1])} and {positions[-1]}: each says why in its row."


def contacts(user: User, words: str) -> list[Contact]:
    """The latest contacts that this person may see; with `words` those whose reference begins with them."""
    rows = Contact.objects.visible_to(user).select_related("item__claim", "item__payer", "by")
    if words:
        rows = rows.annotate(sought=Upper("reference")).filter(sought__startswith=words.upper()).exclude(reference="")
    return list(rows.order_by("-at", "-pk")[:SHOWN])
