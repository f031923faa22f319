"""How often the page of an item asks the database: a table of bounds, for each state of the item and for each panel."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from denials import playbooks, told
from denials.domain.told_rows import ELIGIBILITY
from denials.models import EnteredFrom, ProviderAdjustment, Remittance
from denials.told import Whose
from tests.acknowledgment_text import claims_answered
from tests.cast import Cast
from tests.denials.test_acknowledging import brought_in
from tests.factories import ClockFactory, RemittedClaimFactory, RoutingRuleFactory
from tests.worklists.evidence import NEEDED, kept, slugs
from tests.worklists.pages import item_at, signed_in
from tests.worklists.test_item_page import answer_to, late_item
from worklists import asking, panels, work
from worklists.evidence import requesting
from worklists.models import Activity, WorkItem
from worklists.watch import escalating

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
PAGE = 6
"""Whose session it is, the item with its facts; then all that stands beside it, how far all work has come and the note,
sent together; and the numbers of the rail, which tests do not keep.
"""


def free(cast: Cast) -> WorkItem:
    return item_at(cast.here)


def taken(cast: Cast) -> WorkItem:
    item = item_at(cast.here)
    ClockFactory.create(denial=item.denial)
    RemittedClaimFactory.create(claim=item.claim)
    work.take([item.pk], cast.sam)
    return item


def postponed(cast: Cast) -> WorkItem:
    item = taken(cast)
    work.postpone([item.pk], cast.sam, until=TODAY + timedelta(days=2), because="x", today=TODAY)
    return item


def waiting(cast: Cast) -> WorkItem:
    item = taken(cast)
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=TODAY)
    return item


def resolved(cast: Cast) -> WorkItem:
    item = taken(cast)
    work.resolve([item.pk], cast.sam, resolution="no_action")
    return item


def asked(cast: Cast) -> WorkItem:
    item = taken(cast)
    team, due_on = cast.sam.teams.get(), TODAY + timedelta(days=2)
    asking.ask([item.pk], cast.sam, team=team, text="Approved?", due_on=due_on, today=TODAY).or_refuse()
    return item


def escalated(cast: Cast) -> WorkItem:
    item = taken(cast)
    escalating.escalate([item.pk], cast.sam, reason="Stuck", today=TODAY, to=cast.mara).or_refuse()
    return item


def filed_late(cast: Cast) -> WorkItem:
    item = late_item(cast)
    brought_in(claims_answered(answer_to(item, "A2:20:PR", "20260202")), cast.sam, "feb.277")
    return item


def entered(cast: Cast) -> WorkItem:
    item = taken(cast)
    Remittance.objects.filter(pk=item.denial.remitted_claim.remittance_id).update(entered_from=EnteredFrom.PAPER)
    return item


STATES: dict[str, tuple[Callable[[Cast], WorkItem], int]] = {
    each.__name__: (each, PAGE)
    for each in (free, taken, postponed, waiting, resolved, asked, escalated, filed_late, entered)
}


def asks(cast: Cast, address: str, who: str = "sam", **headers: str) -> int:
    """The queries of a page that was shown once before."""
    playbooks.load()
    client = signed_in(getattr(cast, who))
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(address, headers=headers).status_code == 200
    return len(asked.captured_queries)


@pytest.mark.parametrize("who", ["sam", "mara"])
@pytest.mark.parametrize("state", STATES)
def test_an_item_in_each_state_asks_no_more_than_this(cast: Cast, state: str, who: str) -> None:
    make, most = STATES[state]
    assert asks(cast, reverse("item", args=[make(cast).pk]), who) <= most


PANELS = {
    "alike": 4, "context": 5, "evidence": 4, "notes": 4, "questions": 4, "results": 4, "similar": 5, "timeline": 5,
    "why": 4,
}  # fmt: skip
"""As the page of the item opens them, without the rail: three for whose session it is, the item and the note."""
HTMX = {"HX-Request": "true"}


def panels_of(item: WorkItem, cast: Cast) -> dict[str, int]:
    addresses = {panel.key: reverse("item_panel", args=[item.pk, panel.key]) for panel in panels.every()}
    return {key: asks(cast, address, **HTMX) for key, address in addresses.items()}


def test_each_panel_asks_as_often_as_this(cast: Cast) -> None:
    assert panels_of(taken(cast), cast) == PANELS


def full(cast: Cast) -> WorkItem:
    """Something of all that panels show: facts, answers, money outside of claims, a rule, a document, a request."""
    item = item_at(cast.here, denial__category="timely_filing", denial__evidence=NEEDED)
    brought_in(claims_answered(answer_to(item, "A2:20:PR", "20260202")), cast.sam, "feb.277")
    told.add(ELIGIBILITY, Whose(item.facility, item.claim.number), {"checked_on": TODAY, "method": "phone"}, cast.sam)
    ProviderAdjustment.objects.create(
        remittance=item.denial.remitted_claim.remittance, ordinal=1, code="WO", reference=item.claim.number,
        amount=Decimal(75), segment=18,
    )  # fmt: skip
    facts = {"rule": RoutingRuleFactory.create().pk, "rule_version": 1}
    Activity.objects.create(item=item, kind=Activity.Kind.ROUTED, text="CO-29", facts=facts)
    kept(item, cast.sam, NEEDED[1])
    asking_for = requesting.Asking("him", TODAY + timedelta(days=2))
    requesting.ask(item.pk, cast.sam, slugs(item, NEEDED[2]), asking_for, today=TODAY)
    RemittedClaimFactory.create(claim=item.claim)
    return item


def test_no_panel_asks_more_than_a_page_however_much_there_is(cast: Cast) -> None:
    assert {key: found for key, found in panels_of(full(cast), cast).items() if found > PAGE} == {}


def test_the_first_opening_from_a_list_asks_for_the_list_too(cast: Cast) -> None:
    item = free(cast)
    address = f"{reverse('item', args=[item.pk])}?list=all_items"
    assert asks(cast, address) <= PAGE  # the list is kept with the note of looking
