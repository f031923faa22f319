"""Changes that go together: approved by one act, in force in one transaction, rolled back whole or not at all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from accounts.governance import activation, approving, areas, gathering, lists, proposing, rollback, sets
from accounts.governance.areas import Area
from accounts.governance.bundles import members_of
from accounts.governance.gathering import About
from accounts.governance.proposing import Reasons
from accounts.governance.trying import applied
from accounts.models import Change, ChangeSet
from accounts.refusal import Conflict, Refused
from tests.cast import Cast
from tests.factories import QueueFactory, RoutingRuleFactory
from tests.worklists.pages import signed_in
from worklists.models import RoutingRule, RuleSet

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=7)


@pytest.fixture
def area(cast: Cast) -> Area:
    for position, name in enumerate(["First", "Second", "Third"], start=1):
        RoutingRuleFactory.create(name=name, position=position)
    return areas.area_keyed("rules")


def names() -> list[str]:
    return list(RoutingRule.objects.filter(is_active=True).order_by("position").values_list("name", flat=True))


def drafted(area: Area, cast: Cast, name: str, /, **values: list[str]) -> Change:
    row = RoutingRule.objects.filter(name=name).first()
    sent = values if row else {"name": [name], "queue": [str(QueueFactory.create().pk)], **values}
    return proposing.propose(area, cast.ada, row, sent, Reasons("It helps"))


def gathered(area: Area, cast: Cast, on: date = TODAY) -> ChangeSet:
    bundle = gathering.gather(area, cast.ada)
    return gathering.call_it(bundle, cast.ada, About("Autumn", "The teams changed", on))


def a_set(area: Area, cast: Cast, on: date = TODAY) -> ChangeSet:
    """Three drafts, sent: the first renamed, the third asked first, and a new one asked last."""
    drafted(area, cast, "First", name=["One"])
    third, first = RoutingRule.objects.get(name="Third"), RoutingRule.objects.get(name="First")
    proposing.propose(area, cast.ada, third, {"before": [str(first.pk)]}, Reasons("Sooner"))
    drafted(area, cast, "Fourth")
    return sets.send(gathered(area, cast, on), cast.ada)


def test_all_of_it_takes_effect_with_one_approval(area: Area, cast: Cast) -> None:
    bundle = a_set(area, cast)
    assert names() == ["First", "Second", "Third"]

    bundle = sets.approve(bundle, cast.mara, "Fine", today=TODAY)

    assert names() == ["Third", "One", "Second", "Fourth"]
    assert (bundle.state, bundle.approver) == ("active", cast.mara)
    assert {(change.state, change.approver) for change in members_of(bundle)} == {("active", cast.mara)}
    assert [step.what for step in bundle.steps.all()] == ["draft", "draft", "send", "approve", "apply"]


def test_the_list_of_rules_gets_one_number_for_all_of_it(area: Area, cast: Cast) -> None:
    bundle = sets.approve(a_set(area, cast), cast.mara, "Tried", today=TODAY)
    sets.roll_back(bundle, cast.mara)

    made = RuleSet.objects.order_by("number")
    assert [len(each.changes) for each in made] == [3, 3]
    assert made[0].changes == [change.pk for change in members_of(bundle)]
    assert [[rule["name"] for rule in each.rules] for each in made] == [
        ["Third", "One", "Second", "Fourth"],
        ["First", "Second", "Third"],
    ]


def test_rolling_back_puts_all_of_it_back_and_can_be_undone(area: Area, cast: Cast) -> None:
    bundle = sets.approve(a_set(area, cast), cast.mara, "Tried", today=TODAY)

    undoing = sets.roll_back(bundle, cast.ada, "It was too much")

    assert names() == ["First", "Second", "Third"]
    bundle.refresh_from_db()
    assert (bundle.state, undoing.state, undoing.undoes, undoing.why) == (
        "rolled_back", "active", bundle, "It was too much",
    )  # fmt: skip
    assert not RoutingRule.objects.get(name="Fourth").is_active
    sets.roll_back(undoing, cast.ada)
    assert names() == ["Third", "One", "Second", "Fourth"]


def test_rolling_back_is_refused_whole_when_one_of_them_changed_since(area: Area, cast: Cast) -> None:
    bundle = sets.approve(a_set(area, cast), cast.mara, "Tried", today=TODAY)
    later = proposing.propose(area, cast.ada, RoutingRule.objects.get(name="One"), {"name": ["Uno"]}, Reasons("Again"))
    approving.approve(proposing.send(later, cast.ada, today=TODAY), cast.mara, today=TODAY)

    with pytest.raises(Conflict, match="none of it: First stands in the way"):
        sets.roll_back(bundle, cast.mara)

    assert names() == ["Third", "Uno", "Second", "Fourth"]
    assert ChangeSet.objects.get().state == "active"


def test_what_is_for_a_later_day_takes_effect_on_it_whole_and_once(area: Area, cast: Cast) -> None:
    bundle = sets.approve(a_set(area, cast, LATER), cast.mara, "Tried", today=TODAY)
    assert (bundle.state, sets.activate_due(TODAY), activation.activate_due(LATER)) == ("approved", 0, 0)

    assert [sets.activate_due(LATER), sets.activate_due(LATER)] == [1, 0]

    assert names() == ["Third", "One", "Second", "Fourth"]


def test_one_that_no_longer_fits_on_its_day_goes_back_whole(area: Area, cast: Cast) -> None:
    bundle = sets.approve(a_set(area, cast, LATER), cast.mara, "Tried", today=TODAY)
    RoutingRule.objects.filter(name="First").update(name="Somebody else's")

    assert sets.activate_due(LATER) == 0

    bundle.refresh_from_db()
    assert (bundle.state, {change.state for change in members_of(bundle)}) == ("draft", {"draft"})
    assert "changed after this was drafted" in bundle.steps.latest("pk").note
    assert names() == ["Somebody else's", "Second", "Third"]


def test_nothing_of_it_takes_effect_when_one_does_not_fit(area: Area, cast: Cast) -> None:
    bundle = a_set(area, cast)
    RoutingRule.objects.filter(name="First").update(name="Somebody else's")

    with pytest.raises(Conflict, match="First was changed after this was drafted"):
        sets.approve(bundle, cast.mara, "Tried", today=TODAY)

    assert names() == ["Somebody else's", "Second", "Third"]
    bundle.refresh_from_db()
    assert bundle.state == "waiting"
    sets.send(sets.take_back(bundle, cast.ada), cast.ada)
    sets.approve(bundle, cast.mara, "Tried", today=TODAY)
    assert names() == ["Third", "One", "Second", "Fourth"]


def test_an_approval_of_a_set_counts_only_for_what_was_read(area: Area, cast: Cast) -> None:
    bundle, manager = a_set(area, cast), signed_in(cast.mara)
    read = bundle.as_seen
    address = reverse("change_set_action", args=[bundle.pk, "approve"])
    assert f'name="seen" value="{read}"' in manager.get(reverse("change_set", args=[bundle.pk])).content.decode()
    sets.send(sets.take_back(bundle, cast.ada), cast.ada)

    late = manager.post(address, {"why": "Tried", "seen": read})
    assert late.status_code == 409
    assert 'value="Tried"' in late.content.decode()

    bundle.refresh_from_db()
    assert (bundle.state, bundle.as_seen != read) == ("waiting", True)
    assert manager.post(address, {"why": "Tried", "seen": bundle.as_seen}).status_code == 302


def test_the_author_does_not_approve_and_neither_does_who_may_not_govern(area: Area, cast: Cast) -> None:
    bundle = a_set(area, cast)

    with pytest.raises(Refused, match="somebody else has to approve"):
        sets.approve(bundle, cast.ada, today=TODAY)
    with pytest.raises(Refused, match="Only managers and administrators"):
        sets.approve(bundle, cast.sam, today=TODAY)
    with pytest.raises(IntegrityError, match="somebody_else_approves_a_set"), transaction.atomic():
        ChangeSet.objects.update(approver=cast.ada)


@pytest.mark.parametrize("verb", [proposing.send, approving.approve, approving.reject, rollback.roll_back])
def test_no_change_of_a_set_goes_its_own_way(area: Area, cast: Cast, verb: Any) -> None:
    change = members_of(a_set(area, cast))[0]
    more = {"today": TODAY} if verb in (proposing.send, approving.approve) else {"why": "No"}

    with pytest.raises(Conflict, match="belongs to the set Autumn"):
        verb(change, cast.mara, **more)


def test_what_was_sent_stays_as_it_was_sent(area: Area, cast: Cast) -> None:
    bundle = a_set(area, cast)

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        ChangeSet.objects.update(why="Other")
    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        bundle.changes.update(bundle=None)
    with pytest.raises(Conflict, match="sent meanwhile"):
        gathering.leave_out(bundle, members_of(bundle)[0], cast.ada)


def test_two_drafts_that_say_something_else_about_one_field_are_not_sent(area: Area, cast: Cast) -> None:
    drafted(area, cast, "First", name=["One"])
    drafted(area, cast, "First", name=["Uno"])

    with pytest.raises(Conflict, match="Two drafts in this set change name of First"):
        sets.send(gathered(area, cast), cast.ada)


def test_a_set_needs_a_reason_and_a_draft(area: Area, cast: Cast) -> None:
    with pytest.raises(Refused, match="no draft of yours"):
        gathering.gather(area, cast.ada)
    draft = drafted(area, cast, "First", name=["One"])
    bundle = gathering.gather(area, cast.ada)
    with pytest.raises(Refused, match="Say why"):
        sets.send(bundle, cast.ada)
    gathering.call_it(bundle, cast.ada, About("Autumn", "Because", TODAY))
    gathering.leave_out(bundle, draft, cast.ada)
    with pytest.raises(Refused, match="empty"):
        sets.send(bundle, cast.ada)
    assert gathering.loose_drafts(area, cast.ada) == [draft]


def test_a_draft_withdrawn_leaves_the_set_and_the_rest_goes_on(area: Area, cast: Cast) -> None:
    first = drafted(area, cast, "First", name=["One"])
    drafted(area, cast, "Second", name=["Two"])
    bundle = gathered(area, cast)

    proposing.withdraw(first, cast.ada)
    sets.approve(sets.send(bundle, cast.ada), cast.mara, "Tried", today=TODAY)

    assert names() == ["First", "Two", "Third"]


def test_rejecting_and_withdrawing_take_all_of_it(area: Area, cast: Cast) -> None:
    bundle = sets.reject(a_set(area, cast), cast.mara, "Too much at once")
    assert {change.state for change in members_of(bundle)} == {bundle.state} == {"rejected"}

    bundle = sets.withdraw(sets.take_back(bundle, cast.ada), cast.ada)
    assert {change.state for change in members_of(bundle)} == {bundle.state} == {"withdrawn"}


def test_what_it_would_make_is_seen_and_nothing_stays_of_it(area: Area, cast: Cast) -> None:
    bundle = a_set(area, cast)

    assert applied(bundle, names) == ["Third", "One", "Second", "Fourth"]
    assert names() == ["First", "Second", "Third"]
    assert not RoutingRule.objects.filter(name="Fourth").exists()


def test_a_set_waits_for_others_as_one_and_its_changes_do_not(area: Area, cast: Cast) -> None:
    bundle = a_set(area, cast)

    assert list(lists.sets_waiting_for(cast.mara)) == [bundle]
    assert not lists.sets_waiting_for(cast.ada).exists()
    assert not lists.sets_waiting_for(cast.sam).exists()
    assert not lists.waiting_for(cast.mara).exists()
