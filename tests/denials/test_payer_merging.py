"""One payer under two names: all of the one goes to the other, nothing is lost, and it can be taken back exactly."""

from __future__ import annotations

import pytest

from accounts.refusal import Conflict, Refused
from denials import payer_contacts, payer_matching, payer_merging, payer_plan, payer_unmerging
from denials.models import (
    Claim,
    CodeReading,
    Denial,
    Payer,
    PayerMerge,
    PayerRule,
    Remittance,
    RemittedClaim,
    Rereading,
)
from tests.cast import Cast
from tests.denials.merging import everything, paid_by, payer_named, taken_in
from tests.factories import PayerFactory, RoutingRuleFactory
from tests.remittance_text import Claim as Said
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db
ONE, OTHER = "FICTIONAL HEALTH", "FICTIONAL HLTH OF TX"


def two_names() -> tuple[Payer, Payer]:
    """The one that goes, and the one that stays; each denied a claim of its own."""
    taken_in(paid_by(ONE, "60001", Said("RC-1", paid="0", payer_number="P1"), trace="T1"), interchange=1)
    taken_in(paid_by(OTHER, "60002", Said("RC-2", paid="0", payer_number="P2"), trace="T2"), interchange=2)
    return payer_named(ONE), payer_named(OTHER)


def test_everything_of_the_one_goes_to_the_other_and_what_the_files_said_stays(cast: Cast) -> None:
    gone, stays = two_names()

    payer_merging.merge(gone, stays, cast.ada, because="Same tax ID")

    for model in (Remittance, Claim, Denial, WorkItem):
        assert set(model.objects.values_list("payer", flat=True)) == {stays.pk}, model
    assert set(Remittance.objects.values_list("payer_name", "payer_identifier")) == {(ONE, "60001"), (OTHER, "60002")}
    gone.refresh_from_db()
    assert gone.merged_into == stays
    assert gone not in Payer.objects.standing()


def test_the_next_file_under_the_old_name_is_read_as_the_payer_that_stays(cast: Cast) -> None:
    gone, stays = two_names()
    payer_merging.merge(gone, stays, cast.ada)

    [remittance] = taken_in(paid_by(ONE, "60001", Said("RC-3"), trace="T3"), interchange=3)

    assert remittance.payer == stays
    assert remittance.payer_name == ONE


def test_a_denial_under_one_name_is_answered_by_a_payment_under_the_other_once_they_are_one(cast: Cast) -> None:
    gone, stays = two_names()
    payer_merging.merge(gone, stays, cast.ada)

    taken_in(
        paid_by(OTHER, "60002", Said("RC-1", paid="100.00", payer_number="P1"), trace="T4", day="20261110"),
        interchange=4,
    )

    item = WorkItem.objects.get(claim__number="RC-1")
    assert (item.is_open, item.settlement) == (False, "overturned")


def test_its_open_denials_are_asked_to_be_read_again_after_a_merge_and_after_it_is_taken_back(cast: Cast) -> None:
    gone, stays = two_names()

    made = payer_merging.merge(gone, stays, cast.ada)
    payer_unmerging.unmerge(made, cast.ada)

    asked = list(Rereading.objects.order_by("pk").values_list("payers", "asked_by"))
    assert asked == [([stays.pk], cast.ada.pk), ([gone.pk, stays.pk], cast.ada.pk)]


def test_routing_rules_and_readings_that_name_the_one_name_the_other(cast: Cast) -> None:
    gone, stays = two_names()
    rule = RoutingRuleFactory.create(conditions={"payer_key": [gone.key, "aetna"]})
    both = RoutingRuleFactory.create(conditions={"payer_key": [gone.key, stays.key]})
    reading = CodeReading.objects.create(code="197", payer_key=gone.key, reason="As their manual says")
    CodeReading.objects.create(code="50", payer_key=stays.key, reason="Theirs")
    stuck = CodeReading.objects.create(code="50", payer_key=gone.key, reason="The other's")

    payer_merging.merge(gone, stays, cast.ada)

    for row in (rule, both, reading, stuck):
        row.refresh_from_db()
    assert rule.conditions == {"payer_key": [stays.key, "aetna"]}
    assert both.conditions == {"payer_key": [stays.key]}
    assert (reading.payer_key, stuck.payer_key) == (stays.key, gone.key)


def test_the_payer_that_stays_takes_over_time_limits_only_where_it_has_none(cast: Cast) -> None:
    gone, stays = two_names()
    PayerRule.objects.create(rule_id="G-1", payer_key=gone.key, rule_type="appeal", level_no=1, window_value="30")

    payer_merging.merge(gone, stays, cast.ada)

    stays.refresh_from_db()
    assert stays.rules_key == gone.key


def test_time_limits_of_both_are_said_and_those_of_the_payer_that_stays_count(cast: Cast) -> None:
    gone, stays = two_names()
    for number, payer in enumerate((gone, stays)):
        PayerRule.objects.create(rule_id=f"R-{number}", payer_key=payer.key, rule_type="appeal", window_value="30")

    made = payer_plan.plan(gone, stays)

    assert any("Time limits are known for both" in conflict and "appeal" in conflict for conflict in made.conflicts)
    assert not made.changes


def test_a_claim_known_under_both_names_is_kept_apart_with_its_history_and_its_work(cast: Cast) -> None:
    taken_in(paid_by(ONE, "60001", Said("RC-1", paid="0"), trace="T1"), interchange=1)
    taken_in(paid_by(OTHER, "60002", Said("RC-1", paid="40.00"), trace="T2"), interchange=2)
    gone, stays = payer_named(ONE), payer_named(OTHER)
    of_gone, of_stays = Claim.objects.get(payer=gone), Claim.objects.get(payer=stays)
    made = payer_plan.plan(gone, stays)
    assert any("1 claim of the same number and day" in conflict for conflict in made.conflicts)
    assert payer_plan.claims_of_both(gone, stays, cast.ada) == [of_gone]
    assert payer_plan.claims_of_both(gone, stays, cast.otto) == []

    payer_merging.merge(gone, stays, cast.ada)
    [later] = taken_in(paid_by(ONE, "60001", Said("RC-1"), trace="T3", day="20261109"), interchange=3)

    assert set(Claim.objects.filter(payer=stays)) == {of_gone, of_stays}
    assert RemittedClaim.objects.get(remittance=later).claim == of_stays
    assert of_gone.remitted.count() == 1
    assert WorkItem.objects.filter(claim=of_gone).exists()


def test_claims_without_a_day_of_service_collide_too(cast: Cast) -> None:
    gone, stays = PayerFactory.create_batch(2)
    for payer in (gone, stays):
        Claim.objects.create(payer=payer, facility=cast.here, matching_key="RC-1", number="RC-1")

    payer_merging.merge(gone, stays, cast.ada)

    assert Claim.objects.filter(payer=stays).count() == 2


def test_a_payment_recorded_under_both_names_is_marked_as_a_twin(cast: Cast) -> None:
    taken_in(paid_by(ONE, "60001", Said("RC-1"), trace="SAME"), interchange=1)
    taken_in(paid_by(OTHER, "60002", Said("RC-2"), trace="SAME"), interchange=2)
    gone, stays = payer_named(ONE), payer_named(OTHER)

    payer_merging.merge(gone, stays, cast.ada)

    moved = Remittance.objects.get(payer_name=ONE)
    assert moved.twin_of == Remittance.objects.get(payer_name=OTHER)
    assert moved.state == Remittance.State.SETTLED


def test_contacts_and_product_lines_that_both_have_stay_in_use_at_the_payer_that_stays(cast: Cast) -> None:
    gone, stays = PayerFactory.create(appeals_address="Old street"), PayerFactory.create(appeals_address="New street")
    payer_contacts.keep(gone, "phone", "555-0100")
    _, kept = (payer.products.create(name="Commercial") for payer in (gone, stays))

    payer_merging.merge(gone, stays, cast.ada)

    current = stays.contacts.filter(is_current=True)
    assert set(current.values_list("kind", "value")) == {("appeals_address", "New street"), ("phone", "555-0100")}
    assert stays.products.count() == 2
    assert stays.products.get(is_active=True) == kept


def test_a_shared_sender_stays_with_both_and_leads_to_the_payer_that_stays(cast: Cast) -> None:
    gone, stays = PayerFactory.create_batch(2)
    for payer in (gone, stays):
        payer.identifiers.create(kind="originator", value="1999999999")

    payer_merging.merge(gone, stays, cast.ada)
    [remittance] = taken_in(paid_by("NEVER SEEN", "1999999999", Said(), trace="T1"))

    assert remittance.payer == stays


def furnished() -> tuple[Payer, Payer]:
    """Two names with all that they can have in common, and all that only one has."""
    taken_in(
        paid_by(ONE, "60001", Said("RC-1", paid="0", payer_number="P1"), Said("RC-9", paid="0"), trace="T1"),
        paid_by(ONE, "60001", Said("RC-5"), trace="SAME"),
        interchange=1,
    )
    taken_in(
        paid_by(OTHER, "60002", Said("RC-2", paid="0", payer_number="P2"), Said("RC-9"), trace="T2"),
        paid_by(OTHER, "60002", Said("RC-6"), trace="SAME"),
        interchange=2,
    )
    gone, stays = payer_named(ONE), payer_named(OTHER)
    for payer in (gone, stays):
        payer_contacts.keep(payer, "phone", f"555-01{payer.pk}")
        payer.products.create(name="Commercial")
        payer.identifiers.create(kind="isa_sender", value="ZZ CLEARING")
        CodeReading.objects.create(code="50", payer_key=payer.key, reason="Both")
    payer_contacts.keep(gone, "fax", "555-0199", product=gone.products.get())
    CodeReading.objects.create(code="197", payer_key=gone.key, reason="Only one")
    RoutingRuleFactory.create(conditions={"payer_key": [gone.key, stays.key]})
    PayerRule.objects.create(rule_id="G-1", payer_key=gone.key, rule_type="appeal", level_no=1, window_value="30")
    return gone, stays


def test_taking_a_merge_back_leaves_every_row_as_it_was(cast: Cast) -> None:
    gone, stays = furnished()
    before = everything()

    made = payer_merging.merge(gone, stays, cast.ada)
    assert everything() != before
    payer_unmerging.unmerge(made, cast.ada, because="They are two after all")

    assert everything() == before


def test_merging_and_taking_back_again_and_again_changes_nothing(cast: Cast) -> None:
    """Either way round, after each of the two ways: what an undone merge leaves behind, the next one would meet."""
    one, other = furnished()
    before = everything()

    for gone, stays in ((one, other), (one, other), (other, one), (other, one), (one, other)):
        made = payer_merging.merge(gone, stays, cast.ada)
        payer_unmerging.unmerge(made, cast.ada)
        assert everything() == before


def test_a_chain_of_merges_is_taken_back_from_its_end(cast: Cast) -> None:
    gone, stays = furnished()
    last = PayerFactory.create()
    before = everything()
    first, second = payer_merging.merge(gone, stays, cast.ada), payer_merging.merge(stays, last, cast.ada)
    assert payer_matching.standing(Payer.objects.get(pk=gone.pk)) == last
    with pytest.raises(Conflict, match="was itself merged since"):
        payer_unmerging.unmerge(first, cast.ada)

    payer_unmerging.unmerge(second, cast.ada)
    payer_unmerging.unmerge(first, cast.ada)

    assert everything() == before


def test_what_came_later_stays_but_for_payments_that_name_the_payer_that_comes_back(cast: Cast) -> None:
    gone, stays = two_names()
    made = payer_merging.merge(gone, stays, cast.ada)
    [theirs] = taken_in(paid_by(ONE, "60001", Said("RC-7", paid="0"), trace="T7"), interchange=7)
    [others] = taken_in(paid_by(OTHER, "60002", Said("RC-8", paid="0"), trace="T8"), interchange=8)
    said = payer_unmerging.undoing(made)
    assert (said.followed["payments"], said.followed["claims"], said.stayed) == (1, 1, 1)

    payer_unmerging.unmerge(made, cast.ada)

    for remittance, payer in ((theirs, gone), (others, stays)):
        remittance.refresh_from_db()
        result = RemittedClaim.objects.get(remittance=remittance)
        item = WorkItem.objects.get(denial__remitted_claim=result)
        assert {remittance.payer, result.claim.payer, result.denial.payer, item.payer} == {payer}


def test_what_somebody_changed_since_is_left_as_it_is(cast: Cast) -> None:
    gone, stays = two_names()
    PayerRule.objects.create(rule_id="G-1", payer_key=gone.key, rule_type="appeal", level_no=1, window_value="30")
    made = payer_merging.merge(gone, stays, cast.ada)
    Payer.objects.filter(pk=stays.pk).update(rules_key="aetna")

    payer_unmerging.unmerge(made, cast.ada)

    assert Payer.objects.get(pk=stays.pk).rules_key == "aetna"


def test_a_payer_is_not_merged_into_itself_nor_twice(cast: Cast) -> None:
    gone, stays = two_names()
    with pytest.raises(Refused, match="choose another payer"):
        payer_merging.merge(stays, stays, cast.ada)
    made = payer_merging.merge(gone, stays, cast.ada)

    with pytest.raises(Conflict, match="was merged already"):
        payer_merging.merge(gone, stays, cast.ada)

    payer_unmerging.unmerge(made, cast.ada)
    with pytest.raises(Conflict, match="taken back already"):
        payer_unmerging.unmerge(made, cast.ada)
    assert PayerMerge.objects.count() == 1
