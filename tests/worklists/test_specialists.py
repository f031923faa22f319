"""A rule may prefer the payer's specialist: the item is theirs where they can take it, else free, and says which."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Team
from denials.models import Denial
from tests.cast import Cast
from tests.factories import ClaimFactory, DenialFactory, PayerFactory, RemittedClaimFactory, RoutingRuleFactory
from worklists.models import Absence, PayerSpecialist, WorkItem
from worklists.opening import open_denials

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def denied(cast: Cast, **of_claim: object) -> Denial:
    claim = ClaimFactory.create(facility=cast.here, **of_claim)
    denial: Denial = DenialFactory.create(remitted_claim=RemittedClaimFactory.create(claim=claim))
    return denial


def opened(cast: Cast, **of_claim: object) -> WorkItem:
    denial = denied(cast, **of_claim)
    open_denials([denial], TODAY)
    return WorkItem.objects.get(denial=denial)


def preferring(cast: Cast) -> None:
    rule = RoutingRuleFactory.create(name="All", conditions={}, prefers_specialist=True)
    rule.queue.teams.set(cast.sam.teams.all())


def test_the_item_is_given_to_the_payers_specialist_and_nobody_has_begun_it(cast: Cast) -> None:
    preferring(cast)
    payer = PayerFactory.create()
    PayerSpecialist.objects.create(payer=payer, person=cast.sam)

    item = opened(cast, payer=payer)

    assert (item.assignee, item.status, item.taken_at) == (cast.sam, "new", None)
    assert item.routed_because.endswith("It goes to Sam Fictional, the payer's specialist.")
    assert item.activities.get(kind="routed").facts["to"] == cast.sam.pk


def test_the_one_named_for_the_facility_comes_first(cast: Cast) -> None:
    preferring(cast)
    payer = PayerFactory.create()
    PayerSpecialist.objects.create(payer=payer, person=cast.sam)
    PayerSpecialist.objects.create(payer=payer, person=cast.sue, facility=cast.here)
    cast.sue.teams.set(cast.sam.teams.all())

    assert opened(cast, payer=payer).assignee == cast.sue


def test_without_a_specialist_the_item_is_free(cast: Cast) -> None:
    preferring(cast)

    item = opened(cast)

    assert item.assignee is None
    assert "No specialist is named for this payer" in item.routed_because
    assert "to" not in item.activities.get(kind="routed").facts


@pytest.mark.parametrize(
    ("hindrance", "sentence"),
    [
        ("inactive", "Sam Fictional, does not work here now, so it is free"),
        ("team", "Sam Fictional, is in no team of the queue, so it is free"),
        ("facility", "Sam Fictional, may not see the facility, so it is free"),
        ("away", "Sam Fictional, is away until"),
    ],
)
def test_who_cannot_take_it_is_not_given_it(cast: Cast, hindrance: str, sentence: str) -> None:
    preferring(cast)
    payer = PayerFactory.create()
    PayerSpecialist.objects.create(payer=payer, person=cast.sam)
    if hindrance == "inactive":
        cast.sam.is_active = False
        cast.sam.save()
    if hindrance == "team":
        cast.sam.teams.set([Team.objects.create(key="other", name="Other")])
    if hindrance == "facility":
        cast.sam.facilities.set([cast.there])
    if hindrance == "away":
        tomorrow = TODAY + timedelta(days=1)
        Absence.objects.create(person=cast.sam, first_day=TODAY, last_day=tomorrow, entered_by=cast.mara)

    item = opened(cast, payer=payer)

    assert item.assignee is None
    assert sentence in item.routed_because


def test_a_rule_that_does_not_prefer_anybody_leaves_the_item_free(cast: Cast) -> None:
    RoutingRuleFactory.create(conditions={})
    payer = PayerFactory.create()
    PayerSpecialist.objects.create(payer=payer, person=cast.sam)

    assert opened(cast, payer=payer).assignee is None


def test_a_long_reason_keeps_whom_the_item_goes_to(cast: Cast) -> None:
    RoutingRuleFactory.create(conditions={"remarks": [f"N{n}" for n in range(200)]}, prefers_specialist=True)
    denial = denied(cast)
    Denial.objects.update(remarks=[f"N{n}" for n in range(200)])
    denial.refresh_from_db()

    open_denials([denial], TODAY)

    because = WorkItem.objects.get().routed_because
    assert len(because) <= 300
    assert because.endswith("so it is free in the queue.")
