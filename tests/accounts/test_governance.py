"""Changes of the rules of work: who may approve, what takes effect when, and how it is undone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.utils import ProgrammingError
from django.utils import timezone

from accounts.governance import activation, approving, areas, proposing, rollback
from accounts.governance.areas import Area
from accounts.governance.proposing import Reasons
from accounts.models import Change, ChangeStep, ReviewArea, Role, User
from accounts.refusal import Conflict, Refused
from accounts.row_history import history_of
from tests.cast import Cast
from tests.factories import QueueFactory, RoutingRuleFactory
from worklists.models import RoutingRule

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
LATER = TODAY + timedelta(days=7)
WHY = Reasons("The payer says so", "bulletin 12", TODAY)


@pytest.fixture
def area(monkeypatch: pytest.MonkeyPatch) -> Area:
    return areas.area_keyed("rules")


@pytest.fixture
def rule(cast: Cast) -> RoutingRule:
    rule: RoutingRule = RoutingRuleFactory.create(name="Old", conditions={"group": ["CO"]})
    return rule


def renamed(area: Area, cast: Cast, rule: RoutingRule, to: str = "New", on: date = TODAY) -> Change:
    """Drafted by Ada and sent."""
    change = proposing.propose(area, cast.ada, rule, {"name": [to]}, Reasons("Because", "", on))
    return proposing.send(change, cast.ada, today=TODAY)


def name_of(rule: RoutingRule) -> str:
    return RoutingRule.objects.get(pk=rule.pk).name


def test_nothing_changes_before_somebody_else_approved_it(area: Area, cast: Cast, rule: RoutingRule) -> None:
    change = renamed(area, cast, rule)
    assert (change.state, name_of(rule)) == ("waiting", "Old")

    change = approving.approve(change, cast.mara, "Fine", today=TODAY)

    assert (change.state, change.approver, name_of(rule)) == ("active", cast.mara, "New")
    assert RoutingRule.objects.get().version == 2
    assert RoutingRule.objects.get().conditions == {"group": ["CO"]}


def test_the_author_cannot_approve(area: Area, cast: Cast, rule: RoutingRule) -> None:
    change = renamed(area, cast, rule)

    with pytest.raises(Refused, match="somebody else has to approve"):
        approving.approve(change, cast.ada, today=TODAY)

    assert name_of(rule) == "Old"


@pytest.mark.parametrize("who", ["sam", "remy"])
def test_who_does_not_manage_neither_drafts_nor_approves(area: Area, cast: Cast, rule: RoutingRule, who: str) -> None:
    person = getattr(cast, who)
    change = renamed(area, cast, rule)

    for verb in (approving.approve,):
        with pytest.raises(Refused, match="Only managers and administrators"):
            verb(change, person, today=TODAY)
    with pytest.raises(Refused, match="Only managers and administrators"):
        approving.reject(change, person, "No")
    with pytest.raises(Refused, match="Only managers and administrators"):
        proposing.propose(area, person, rule, {"name": ["Mine"]}, WHY)


def test_the_database_refuses_an_author_who_approves(area: Area, cast: Cast, rule: RoutingRule) -> None:
    change = renamed(area, cast, rule)

    with pytest.raises(IntegrityError, match="somebody_else_approves"), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(approver=cast.ada)
    with pytest.raises(IntegrityError, match="in_force_was_approved"), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(
            state="active", applied_at=timezone.now(), object_id=rule.pk, moved_at=timezone.now()
        )


@pytest.mark.parametrize("values", [{"why": "Other"}, {"edits": []}, {"active_on": LATER}])
def test_what_was_sent_stays_as_it_was_sent(area: Area, cast: Cast, rule: RoutingRule, values: dict[str, Any]) -> None:
    change = renamed(area, cast, rule)

    with pytest.raises(ProgrammingError, match="Cannot update"), transaction.atomic():
        Change.objects.filter(pk=change.pk).update(**values)


def test_a_change_of_a_row_that_changed_meanwhile_is_refused(area: Area, cast: Cast, rule: RoutingRule) -> None:
    change = renamed(area, cast, rule)
    RoutingRule.objects.filter(pk=rule.pk).update(name="Somebody else's")

    with pytest.raises(Conflict, match="changed after this was drafted"):
        approving.approve(change, cast.mara, today=TODAY)

    assert name_of(rule) == "Somebody else's"
    assert Change.objects.get(pk=change.pk).state == "waiting"


def test_a_change_of_other_fields_does_not_stand_in_the_way(area: Area, cast: Cast, rule: RoutingRule) -> None:
    change = renamed(area, cast, rule)
    other = QueueFactory.create(key="coding", name="Coding")
    RoutingRule.objects.filter(pk=rule.pk).update(queue=other)

    approving.approve(change, cast.mara, today=TODAY)

    now = RoutingRule.objects.get(pk=rule.pk)
    assert (now.name, now.queue) == ("New", other)


def test_a_stale_change_taken_back_stands_against_what_is_there_now(area: Area, cast: Cast, rule: RoutingRule) -> None:
    change = renamed(area, cast, rule)
    RoutingRule.objects.filter(pk=rule.pk).update(name="Somebody else's")

    change = proposing.take_back(change, cast.ada)
    proposing.send(change, cast.ada, today=TODAY)
    approving.approve(change, cast.mara, today=TODAY)

    assert name_of(rule) == "New"
    assert Change.objects.get(pk=change.pk).edits[0]["was"] == "Somebody else's"


def test_what_is_approved_for_a_later_day_takes_effect_on_it_and_once(
    area: Area, cast: Cast, rule: RoutingRule
) -> None:
    change = approving.approve(renamed(area, cast, rule, on=LATER), cast.mara, today=TODAY)
    assert (change.state, activation.activate_due(TODAY), name_of(rule)) == ("approved", 0, "Old")

    assert [activation.activate_due(LATER), activation.activate_due(LATER)] == [1, 0]

    assert (name_of(rule), RoutingRule.objects.get().version) == ("New", 2)


def test_one_that_no_longer_fits_on_its_day_goes_back_and_the_others_go_on(
    area: Area, cast: Cast, rule: RoutingRule
) -> None:
    second = RoutingRuleFactory.create(name="Second")
    broken = approving.approve(renamed(area, cast, rule, on=LATER), cast.mara, today=TODAY)
    approving.approve(renamed(area, cast, second, "Second, new", on=LATER), cast.mara, today=TODAY)
    RoutingRule.objects.filter(pk=rule.pk).update(name="Somebody else's")

    assert activation.activate_due(LATER) == 1

    broken.refresh_from_db()
    assert (broken.state, broken.approver) == ("draft", None)
    assert "changed after this was drafted" in broken.steps.latest("pk").note
    assert (name_of(rule), name_of(second)) == ("Somebody else's", "Second, new")


def test_a_new_row_is_made_when_it_takes_effect(area: Area, cast: Cast) -> None:
    queue = QueueFactory.create()
    change = proposing.propose(
        area, cast.ada, None, {"name": ["Fresh"], "queue": [str(queue.pk)], "group": ["PR"]}, WHY
    )
    proposing.send(change, cast.ada, today=TODAY)
    assert not RoutingRule.objects.exists()

    change = approving.approve(change, cast.mara, today=TODAY)

    made = RoutingRule.objects.get()
    assert (made.name, made.conditions, change.object_id) == ("Fresh", {"group": ["PR"]}, made.pk)


def test_rolling_back_puts_back_what_stood_there_and_needs_nobody_else(
    area: Area, cast: Cast, rule: RoutingRule
) -> None:
    change = approving.approve(renamed(area, cast, rule), cast.mara, today=TODAY)

    undoing = rollback.roll_back(change, cast.ada, "It sent work the wrong way")

    change.refresh_from_db()
    assert name_of(rule) == "Old"
    assert (change.state, change.replaced_by) == ("rolled_back", undoing)
    assert (undoing.state, undoing.author, undoing.why) == ("active", cast.ada, "It sent work the wrong way")


def test_rolling_back_is_refused_when_a_newer_change_touched_the_same_field(
    area: Area, cast: Cast, rule: RoutingRule
) -> None:
    first = approving.approve(renamed(area, cast, rule, "Second name"), cast.mara, today=TODAY)
    second = approving.approve(renamed(area, cast, rule, "Third name"), cast.mara, today=TODAY)

    with pytest.raises(Conflict, match=f"A later change \\({second.pk}\\) touched the same fields"):
        rollback.roll_back(first, cast.ada)
    back = rollback.draft_back(first, cast.ada, today=TODAY)

    assert (name_of(rule), back.state, back.edits[0]["after"]) == ("Third name", "draft", ["Old"])


def test_rolling_back_the_later_one_brings_the_earlier_one_back_in_force(
    area: Area, cast: Cast, rule: RoutingRule
) -> None:
    first = approving.approve(renamed(area, cast, rule, "Second name"), cast.mara, today=TODAY)
    second = approving.approve(renamed(area, cast, rule, "Third name"), cast.mara, today=TODAY)
    first.refresh_from_db()
    assert (first.state, first.replaced_by) == ("replaced", second)

    rollback.roll_back(second, cast.ada)
    first.refresh_from_db()
    assert (first.state, name_of(rule)) == ("active", "Second name")
    rollback.roll_back(first, cast.ada)

    assert name_of(rule) == "Old"


def test_rolling_back_is_refused_when_somebody_changed_the_row_by_other_ways(
    area: Area, cast: Cast, rule: RoutingRule
) -> None:
    change = approving.approve(renamed(area, cast, rule), cast.mara, today=TODAY)
    RoutingRule.objects.filter(pk=rule.pk).update(name="By a load")

    with pytest.raises(Conflict, match="Nothing was overwritten"):
        rollback.roll_back(change, cast.ada)

    assert name_of(rule) == "By a load"


def test_a_new_row_that_is_rolled_back_is_out_of_use(area: Area, cast: Cast) -> None:
    queue = QueueFactory.create()
    change = proposing.propose(area, cast.ada, None, {"name": ["Fresh"], "queue": [str(queue.pk)]}, WHY)
    proposing.send(change, cast.ada, today=TODAY)
    change = approving.approve(change, cast.mara, today=TODAY)

    rollback.roll_back(change, cast.mara)

    assert not RoutingRule.objects.get().is_active


def test_retiring_and_bringing_back_are_changes_too(area: Area, cast: Cast, rule: RoutingRule) -> None:
    assert area.retirement is not None
    for values, kind, is_active in (
        (area.retirement.retire(TODAY), "retire", False),
        (area.retirement.bring_back(TODAY), "bring_back", True),
    ):
        row = RoutingRule.objects.get(pk=rule.pk)
        change = proposing.propose(area, cast.ada, row, values, WHY, kind=kind)
        proposing.send(change, cast.ada, today=TODAY)
        approving.approve(change, cast.mara, today=TODAY)
        assert RoutingRule.objects.get(pk=rule.pk).is_active is is_active


def test_a_rejected_change_leaves_the_row_and_says_why(area: Area, cast: Cast, rule: RoutingRule) -> None:
    change = renamed(area, cast, rule)
    with pytest.raises(Refused, match="Say why"):
        approving.reject(change, cast.mara, " ")

    approving.reject(change, cast.mara, "Too wide")

    change.refresh_from_db()
    assert (change.state, change.steps.latest("pk").note, name_of(rule)) == ("rejected", "Too wide", "Old")
    with pytest.raises(Conflict, match="the change is rejected"):
        approving.approve(change, cast.mara, today=TODAY)


def test_only_the_author_sends_withdraws_and_takes_back(area: Area, cast: Cast, rule: RoutingRule) -> None:
    change = proposing.propose(area, cast.ada, rule, {"name": ["New"]}, WHY)
    verbs: list[Callable[[], Any]] = [
        lambda: proposing.send(change, cast.mara, today=TODAY),
        lambda: proposing.withdraw(change, cast.mara),
        lambda: proposing.take_back(change, cast.mara),
    ]
    for verb in verbs:
        with pytest.raises(Refused, match="Only Ada Fictional"):
            verb()

    assert proposing.withdraw(change, cast.ada).state == "withdrawn"


@pytest.mark.parametrize("values", [{"name": ["Old"]}, {}])
def test_a_change_of_nothing_is_no_change(
    area: Area, cast: Cast, rule: RoutingRule, values: dict[str, list[str]]
) -> None:
    with pytest.raises(Refused, match="Nothing is different"):
        proposing.propose(area, cast.ada, rule, values, WHY)


def test_a_change_without_a_reason_is_refused(area: Area, cast: Cast, rule: RoutingRule) -> None:
    with pytest.raises(Refused, match="Say why"):
        proposing.propose(area, cast.ada, rule, {"name": ["New"]}, Reasons("  "))


def test_a_change_that_the_form_refuses_is_not_drafted(area: Area, cast: Cast, rule: RoutingRule) -> None:
    with pytest.raises(Refused, match="no 999 of this kind"):
        proposing.propose(area, cast.ada, rule, {"carc": ["999"]}, WHY)
    assert not Change.objects.exists()


def test_where_the_area_says_so_the_author_approves_alone_and_it_stays_visible(
    area: Area, cast: Cast, rule: RoutingRule
) -> None:
    ReviewArea.objects.create(key=area.key, author_may_approve=True)

    change = approving.approve(renamed(area, cast, rule), cast.ada, today=TODAY)

    assert (change.approved_alone, change.state, name_of(rule)) == (True, "active", "New")


@pytest.fixture
def gaps(area: Area, monkeypatch: pytest.MonkeyPatch) -> Area:
    """The same rules, as if an empty name were a gap that anybody may fill at once."""
    from dataclasses import replace

    filled = replace(area, fills_gap=areas.was_empty)
    monkeypatch.setitem(areas._AREAS, "rules", filled)
    return filled


def filled_gap(gaps: Area, cast: Cast, rule: RoutingRule) -> Change:
    change = proposing.propose(gaps, cast.ada, rule, {"at_least": ["100"]}, WHY)
    return proposing.send(change, cast.ada, today=TODAY)


def test_filling_a_gap_takes_effect_at_once_and_waits_for_its_second_look(
    gaps: Area, cast: Cast, rule: RoutingRule
) -> None:
    change = filled_gap(gaps, cast, rule)
    assert change.is_unconfirmed
    assert RoutingRule.objects.get().conditions["amount_at_risk"] == {"min": "100"}
    with pytest.raises(Refused, match="somebody else"):
        approving.approve(change, cast.ada, today=TODAY)

    change = approving.approve(change, cast.mara, today=TODAY)

    assert (change.state, change.approver, change.is_unconfirmed) == ("active", cast.mara, False)


def test_rejecting_a_filled_gap_undoes_it_and_it_comes_back_only_through_a_draft(
    gaps: Area, cast: Cast, rule: RoutingRule
) -> None:
    change = filled_gap(gaps, cast, rule)

    undoing = approving.reject(change, cast.mara, "A guess")

    assert "amount_at_risk" not in RoutingRule.objects.get().conditions
    with pytest.raises(Refused, match="Nobody had approved"):
        rollback.roll_back(undoing, cast.ada)


def test_overwriting_what_somebody_decided_is_no_gap(gaps: Area, cast: Cast, rule: RoutingRule) -> None:
    assert renamed(gaps, cast, rule).state == "waiting"


def test_a_gap_that_is_filled_from_a_later_day_on_is_approved_first(gaps: Area, cast: Cast, rule: RoutingRule) -> None:
    change = proposing.propose(gaps, cast.ada, rule, {"at_least": ["100"]}, Reasons("Because", "", LATER))

    assert proposing.send(change, cast.ada, today=TODAY).state == "waiting"


def test_the_history_of_the_row_names_author_approver_and_reason(area: Area, cast: Cast, rule: RoutingRule) -> None:
    change = approving.approve(renamed(area, cast, rule), cast.mara, today=TODAY)

    newest = history_of(RoutingRule.objects.get(pk=rule.pk))[0]

    assert newest.change == change
    assert (newest.who, newest.change.approver, newest.change.why) == ("Ada Fictional", cast.mara, "Because")
    assert [(field.before, field.after) for field in newest.fields] == [("Old", "New")]


def test_each_step_stays_in_the_history_of_the_change(area: Area, cast: Cast, rule: RoutingRule) -> None:
    change = approving.approve(renamed(area, cast, rule), cast.mara, "Fine", today=TODAY)

    steps = [(step.what, str(step.person), step.note) for step in change.steps.all()]

    ada, mara = "Ada Fictional", "Mara Fictional"
    assert steps == [("draft", ada, ""), ("send", ada, ""), ("approve", mara, "Fine"), ("apply", mara, "")]
    with pytest.raises(ProgrammingError, match="Cannot update or delete"), transaction.atomic():
        ChangeStep.objects.filter(change=change).delete()


def test_the_app_that_owns_an_area_is_told_when_it_takes_effect_and_when_it_is_undone(
    area: Area, cast: Cast, rule: RoutingRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setitem(areas._AFTER, "rules", [lambda change, row: told.append((change.kind, row.name))])

    change = approving.approve(renamed(area, cast, rule), cast.mara, today=TODAY)
    rollback.roll_back(change, cast.ada)

    assert told == [("edit", "New"), ("roll_back", "Old")]


def test_a_second_administrator_may_approve_what_a_manager_drafted(area: Area, cast: Cast, rule: RoutingRule) -> None:
    other = User.objects.create(username="other", role=Role.ADMIN, all_facilities=True)
    change = proposing.propose(area, cast.mara, rule, {"name": ["New"]}, WHY)
    proposing.send(change, cast.mara, today=TODAY)

    approving.approve(change, other, today=TODAY)

    assert name_of(rule) == "New"


def test_one_that_the_database_refuses_on_its_day_goes_back_too(
    area: Area, cast: Cast, rule: RoutingRule, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = approving.approve(renamed(area, cast, rule, on=LATER), cast.mara, today=TODAY)

    def refused(change: Change, row: RoutingRule) -> None:
        RoutingRule.objects.create(position=row.position, name="Same place", queue=row.queue)
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")

    monkeypatch.setitem(areas._AFTER, "rules", [refused])

    assert activation.activate_due(LATER) == 0

    broken.refresh_from_db()
    assert (broken.state, name_of(rule)) == ("draft", "Old")
