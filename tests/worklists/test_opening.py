"""Denials become work: one open item per claim, in one queue, saying why."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from denials.models import Claim, Denial
from tests.cast import Cast
from tests.factories import DEADLINE, ClaimFactory, DenialFactory, QueueFactory, RemittanceFactory, RoutingRuleFactory
from tests.worklists.remitted import DENIED_ON, LATER, deny, remit
from worklists import work
from worklists.models import Activity, WorkItem
from worklists.opening import open_items
from worklists.settlement import settle

pytestmark = pytest.mark.django_db


@pytest.fixture
def authorization_rule(db: None) -> None:
    RoutingRuleFactory.create(
        name="Work of Authorization", version=4, conditions={"owner_team": ["prior_auth"]}, queue__key="prior_auth"
    )


def opened(claim: Claim | None = None, **denial: Any) -> WorkItem:
    """The item of a claim denied for the first time."""
    first = deny(claim or ClaimFactory.create(), on=DENIED_ON, trace="", **denial)
    open_items(first.remitted_claim.remittance)
    return WorkItem.objects.get(denial=first)


def kinds(item: WorkItem) -> list[str]:
    return list(item.activities.order_by("pk").values_list("kind", flat=True))


@pytest.mark.usefixtures("authorization_rule")
def test_a_denial_becomes_an_item_that_says_where_it_is_and_why() -> None:
    item = opened(last_safe_on=DEADLINE - timedelta(days=4))

    assert (item.queue.key, item.rule_version, item.status, item.round) == ("prior_auth", 4, "new", 1)
    assert item.routed_because == 'Rule "Work of Authorization" (version 4): owner team is authorization.'
    assert (item.reason, item.category, item.deadline) == ("CO-197 N54", "authorization", DEADLINE)
    assert (item.denied_amount, item.amount_at_risk) == (Decimal("1450.00"), Decimal("1450.00"))
    assert item.last_safe_on == DEADLINE - timedelta(days=4)
    assert item.rank_key < item.last_safe_on.toordinal()


@pytest.mark.usefixtures("authorization_rule")
def test_opening_and_routing_leave_two_activities_without_patient_data() -> None:
    item = opened()
    first, second = item.activities.order_by("pk")

    assert (first.kind, first.status_from, first.status_to) == ("opened", "", "new")
    assert first.text == " ".join(item.denial.because)
    assert first.facts["denied_amount"] == "1450.00"
    assert (second.kind, second.text) == ("routed", item.routed_because)
    assert item.claim.patient_last not in f"{first.text}{first.facts}{second.text}{second.facts}"


def test_what_no_rule_takes_waits_unrouted() -> None:
    item = opened()

    assert (item.queue.key, item.rule) == ("unrouted", None)


@pytest.mark.parametrize("outcome", ["pending", "forwarded", "reversal", "duplicate_closed"])
def test_what_is_only_watched_gives_nobody_work(outcome: str) -> None:
    zero: dict[str, Any] = {"denied_amount": 0, "amount_at_risk": 0}
    watched = DenialFactory.create(outcome=outcome, is_denial=False, exceptions=["unknown_code"], **zero)

    open_items(watched.remitted_claim.remittance)

    assert not WorkItem.objects.exists()


def test_a_suspected_denial_is_work() -> None:
    item = opened(outcome="suspected_denial", is_denial=False, denied_amount=0, primary_group="", primary_code="")

    assert item.amount_at_risk == Decimal("1450.00")


def test_opening_again_changes_nothing() -> None:
    item = opened()
    second = deny(item.claim)
    open_items(second.remitted_claim.remittance)
    before = (list(WorkItem.objects.values()), list(Activity.objects.values_list("pk", flat=True)))

    open_items(item.denial.remitted_claim.remittance)
    open_items(second.remitted_claim.remittance)

    assert (list(WorkItem.objects.values()), list(Activity.objects.values_list("pk", flat=True))) == before


def test_a_superseded_denial_is_not_opened_again_after_its_item_was_resolved(cast: Cast) -> None:
    item = opened()
    first = item.denial
    open_items(deny(item.claim).remitted_claim.remittance)
    work.resolve([item.pk], cast.mara, resolution="adjustment").or_refuse()

    open_items(first.remitted_claim.remittance)

    assert WorkItem.objects.count() == 1


def test_a_claim_denied_again_goes_on_in_the_same_item_as_its_next_round() -> None:
    item = opened()
    later = deny(
        item.claim, denied_amount=900, amount_at_risk=900, deadline=date(2027, 2, 1), primary_code="50", remarks=[]
    )

    open_items(later.remitted_claim.remittance)

    again = WorkItem.objects.get()
    assert (again.pk, again.round, again.denial, again.version) == (item.pk, 2, later, 2)
    assert (again.reason, again.denied_amount, again.deadline) == ("CO-50", Decimal(900), date(2027, 2, 1))
    assert again.rank_key > item.rank_key
    assert kinds(again) == ["opened", "routed", "denied_again"]


def test_an_item_says_which_kinds_of_imaging_the_denial_is_about_that_it_stands_at() -> None:
    def about(denial: Denial, *procedures: str) -> Denial:
        for number, code in enumerate(procedures, start=7):
            denial.remitted_claim.lines.create(number=number, procedure=code, segment_from=1, segment_to=1)
        return denial

    scanned = deny(ClaimFactory.create(), on=DENIED_ON, trace="")
    open_items(about(scanned, "71260", "70551", "72148", "99213").remitted_claim.remittance)
    item = WorkItem.objects.get()
    assert item.modalities == ["ct", "mri"]
    later = deny(item.claim, denied_amount=900, amount_at_risk=900)
    open_items(about(later, "76700").remitted_claim.remittance)
    item.refresh_from_db()
    assert (item.denial, item.modalities) == (later, ["ultrasound"])
    assert opened().modalities == []


def test_an_item_says_who_rendered_what_the_denial_is_about_that_it_stands_at() -> None:
    first = deny(ClaimFactory.create(), on=DENIED_ON, trace="", fault_provider="1999999984")
    open_items(first.remitted_claim.remittance)
    item = WorkItem.objects.get()
    assert item.provider == "1999999984"
    open_items(deny(item.claim, fault_provider="1999999992").remitted_claim.remittance)
    item.refresh_from_db()
    assert (item.round, item.provider) == (2, "1999999992")


def test_a_waiting_item_that_is_denied_again_returns_to_its_owner(cast: Cast) -> None:
    item = opened(ClaimFactory.create(facility=cast.here))
    work.take([item.pk], cast.sam).or_refuse()
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=LATER).or_refuse()

    open_items(deny(item.claim).remitted_claim.remittance)

    item.refresh_from_db()
    assert (item.status, item.assignee, item.follow_up_on) == ("taken", cast.sam, None)
    latest = item.activities.get(kind="denied_again")
    assert (latest.status_from, latest.status_to) == ("waiting", "taken")


@pytest.mark.parametrize("changed", [{"is_active": False}, {"role": "read_only"}])
def test_a_waiting_item_whose_owner_left_returns_to_its_queue(cast: Cast, changed: dict[str, Any]) -> None:
    item = opened(ClaimFactory.create(facility=cast.here))
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=LATER).or_refuse()
    User.objects.filter(pk=cast.sam.pk).update(**changed)

    open_items(deny(item.claim).remitted_claim.remittance)

    item.refresh_from_db()
    assert (item.status, item.assignee) == ("new", None)


@pytest.mark.parametrize(("is_taken", "queue"), [(False, "clinical_appeals"), (True, "prior_auth")])
@pytest.mark.usefixtures("authorization_rule")
def test_only_an_item_nobody_owns_is_routed_again(cast: Cast, is_taken: bool, queue: str) -> None:
    RoutingRuleFactory.create(
        conditions={"owner_team": ["clinical_appeals"]}, queue=QueueFactory.create(key="clinical_appeals")
    )
    item = opened(ClaimFactory.create(facility=cast.here))
    if is_taken:
        work.take([item.pk], cast.sam).or_refuse()

    open_items(deny(item.claim, owner_team="clinical_appeals").remitted_claim.remittance)

    item.refresh_from_db()
    assert item.queue.key == queue
    assert ("routed" in kinds(item)[2:]) is not is_taken


def test_a_postponement_does_not_outlast_the_new_deadline(cast: Cast) -> None:
    item = opened(ClaimFactory.create(facility=cast.here))
    work.postpone([item.pk], cast.sam, until=DEADLINE, because="Asked for records", today=DENIED_ON).or_refuse()

    open_items(deny(item.claim, deadline=DEADLINE - timedelta(days=1)).remitted_claim.remittance)

    item.refresh_from_db()
    assert (item.status, item.postponed_until, item.assignee) == ("taken", None, cast.sam)


def test_a_claim_denied_after_its_item_was_resolved_gets_a_new_item(cast: Cast) -> None:
    item = opened()
    work.resolve([item.pk], cast.mara, resolution="adjustment").or_refuse()

    open_items(deny(item.claim).remitted_claim.remittance)

    assert WorkItem.objects.open().get().round == 2
    assert WorkItem.objects.count() == 2


def test_two_denied_parts_of_one_claim_add_up_in_one_item() -> None:
    claim = ClaimFactory.create()
    part = deny(claim, charge=600, denied_amount=600, amount_at_risk=600, payer_control_number="PART1")
    other: dict[str, Any] = {
        "charge": 850,
        "denied_amount": 300,
        "amount_at_risk": 250,
        "payer_control_number": "PART2",
    }
    deny(claim, beside=part.remitted_claim, deadline=date(2026, 12, 1), **other)

    open_items(part.remitted_claim.remittance)

    item = WorkItem.objects.get()
    assert (item.denial, item.round) == (part, 1)
    assert (item.denied_amount, item.amount_at_risk) == (Decimal(900), Decimal(850))
    assert item.deadline == date(2026, 12, 1)


def test_an_older_result_that_arrives_late_leaves_the_newer_one_in_place() -> None:
    item = opened()
    late = deny(item.claim, on=DENIED_ON - timedelta(days=30), denied_amount=5, amount_at_risk=5)

    open_items(late.remitted_claim.remittance)

    item.refresh_from_db()
    assert (item.denied_amount, item.round) == (Decimal("1450.00"), 1)
    assert "came in late" in item.activities.get(kind="denied_again").text


def test_a_rule_that_cannot_be_read_does_not_stop_a_remittance() -> None:
    RoutingRuleFactory.create(conditions={"patient_name": ["X"]})

    assert opened().queue.key == "unrouted"


def test_the_number_of_queries_does_not_grow_with_the_denials() -> None:
    def queries(count: int) -> int:
        remittance = RemittanceFactory.create()
        for position in range(1, count + 1):
            claim = ClaimFactory.create(payer=remittance.payer, facility=remittance.facility)
            DenialFactory.create(
                remitted_claim__claim=claim, remitted_claim__remittance=remittance, remitted_claim__position=position
            )
        with CaptureQueriesContext(
            connection,
        ) as captured:
            open_items(remittance)
        return len(captured)

    queries(1)

    assert queries(2) == queries(20)


def test_settling_a_remittance_that_only_opened_work_changes_nothing() -> None:
    item = opened()

    settle(item.denial.remitted_claim.remittance)

    item.refresh_from_db()
    assert (item.status, kinds(item)) == ("new", ["opened", "routed"])


def test_a_claim_without_denial_opens_nothing() -> None:
    open_items(remit(ClaimFactory.create(), paid=100).remittance)

    assert not WorkItem.objects.exists()
