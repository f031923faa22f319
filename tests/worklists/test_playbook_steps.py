"""The playbook of an item: chosen when it is looked at, its steps dated, ticked and unticked with a trace."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from accounts.refusal import Conflict, Refused
from denials import playbooks
from denials.models import Playbook
from tests.cast import Cast
from tests.worklists.pages import item_at, signed_in
from worklists import acts, playbook_steps, work
from worklists.models import Activity, BulkAct, PlaybookStepDone, WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _shipped(db: None) -> None:
    playbooks.load()


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    """CO-197 N54, decided on Monday 2 November 2026."""
    return item_at(cast.here)


def page(item: WorkItem, user: Any) -> str:
    text: str = signed_in(user).get(reverse("item", args=[item.pk])).content.decode()
    return text


def send(item: WorkItem, user: Any, **said: str) -> Any:
    return signed_in(user).post(reverse("item_step", args=[item.pk]), said)


def ticked(item: WorkItem) -> set[str]:
    return set(PlaybookStepDone.objects.filter(item=item).values_list("step", flat=True))


def test_each_step_has_a_team_and_a_working_day_after_the_denial(item: WorkItem) -> None:
    guide = playbook_steps.on_item(item)
    assert guide is not None
    assert (guide.playbook.key, guide.because) == ("CO197", "reason code 197")
    assert [(step.who, step.due) for step in guide.steps[:3]] == [
        ("Authorization", date(2026, 11, 3)),
        ("Billing", date(2026, 11, 4)),
        ("Authorization", date(2026, 11, 5)),
    ]
    assert guide.steps[4].due == date(2026, 11, 13)  # eight working days: Veterans Day on the 11th is none
    assert [step.is_next for step in guide.steps] == [True, *[False] * 5]


def test_without_a_day_of_the_denial_the_business_day_is_said(cast: Cast) -> None:
    item = item_at(cast.here, denial__decided_on=None)
    assert "business day 1" in page(item, cast.sam)


def test_the_page_shows_steps_evidence_prevention_and_letter(cast: Cast, item: WorkItem) -> None:
    shown = page(item, cast.sam)
    for words in (
        "Playbook: ", "Prior authorization", "0 of 6 steps done", "Chosen by reason code 197.", "Version 1",
        "Search and compare", "by Tue 3 Nov", "Approval letter or screenshot", "Re-check 2 days before service",
        "Ask for review on medical need, not only on procedure.",
    ):  # fmt: skip
        assert words in shown, words


def test_others_that_speak_of_the_denial_are_named(cast: Cast) -> None:
    item = item_at(cast.here, denial__remarks=["N381"])
    shown = page(item, cast.sam)
    assert "Less specific, but about it too" in shown
    assert reverse("playbook", args=["N381"]) in shown


def test_an_item_without_a_playbook_shows_none(cast: Cast) -> None:
    item = item_at(cast.here, denial__primary_code="P1", denial__category="", denial__remarks=[])
    assert playbook_steps.on_item(item) is None
    assert "steps done" not in page(item, cast.sam)


def test_a_step_is_ticked_by_name_and_can_be_unticked(cast: Cast, item: WorkItem) -> None:
    answer = send(item, cast.sam, step="s1", done="yes")
    assert answer.status_code == 302
    assert answer.url == f"{reverse('item', args=[item.pk])}#playbook"
    shown = page(item, cast.sam)
    assert "1 of 6 steps done" in shown
    assert "done by Sam Fictional" in shown
    send(item, cast.sue, step="s1", done="no")
    assert ticked(item) == set()
    told = Activity.objects.filter(item=item, kind__startswith="step").order_by("pk")
    assert [(each.kind, each.actor, each.text) for each in told] == [
        ("step_done", cast.sam, "Search and compare"),
        ("step_undone", cast.sue, "Search and compare"),
    ]
    assert told[0].facts == {"playbook": "CO197", "version": 1, "step": "s1"}


def test_a_tick_sent_twice_counts_once(cast: Cast, item: WorkItem) -> None:
    for _ in range(2):
        playbook_steps.tick(item.pk, cast.sam, step="s2", is_done=True)
    assert ticked(item) == {"s2"}
    assert Activity.objects.filter(item=item, kind="step_done").count() == 1


def undo_last(user: Any) -> str:
    """Z, from whatever page."""
    text: str = signed_in(user).post(reverse("act_undo_last"), follow=True).content.decode()
    return text


def test_each_further_z_takes_off_a_tick_and_then_takes_back_what_was_done_before(cast: Cast, item: WorkItem) -> None:
    signed_in(cast.sam).post(reverse("item_action", args=[item.pk, "take"]))
    for step in ("s1", "s2"):
        send(item, cast.sam, step=step, done="yes")
    assert f"Undone: “Step ticked”. Item {item.pk} is as before." in undo_last(cast.sam)
    assert ticked(item) == {"s1"}
    at = signed_in(cast.sam).post(reverse("act_undo_last")).headers["Location"]
    assert at == f"/items/{item.pk}/#playbook"
    assert ticked(item) == set()
    assert "Undone: “Taken”." in undo_last(cast.sam)
    assert WorkItem.objects.get(pk=item.pk).status == "new"


def test_a_tick_says_that_it_can_be_undone_and_one_that_was_there_leaves_nothing_to_undo(
    cast: Cast, item: WorkItem
) -> None:
    client, sent = signed_in(cast.sam), {"step": "s1", "done": "yes"}
    told = client.post(reverse("item_step", args=[item.pk]), sent, follow=True).content.decode()
    assert "The step is ticked." in told
    assert f'action="/acts/{BulkAct.objects.get().pk}/undo/"' in told
    send(item, cast.sue, **sent)
    assert BulkAct.objects.get().actor == cast.sam


def test_an_undo_of_one_tick_leaves_the_others_alone_in_whatever_order(cast: Cast, item: WorkItem) -> None:
    for user, step in ((cast.sam, "s1"), (cast.sam, "s2"), (cast.sue, "s3")):
        send(item, user, step=step, done="yes")
    first, second, _ = BulkAct.objects.order_by("pk")
    assert acts.undo(first, cast.sam).done == [item.pk]
    assert ticked(item) == {"s2", "s3"}
    assert acts.undo(second, cast.mara).done == [item.pk]
    assert ticked(item) == {"s3"}


def test_a_tick_that_was_taken_off_comes_back_as_it_was_made(cast: Cast, item: WorkItem) -> None:
    for step in ("s1", "s2"):
        playbook_steps.tick(item.pk, cast.sue, step=step, is_done=True)
    made = PlaybookStepDone.objects.values().get(step="s1")
    for step in ("s1", "s2"):
        send(item, cast.sam, step=step, done="no")
    acts.undo(BulkAct.objects.earliest("pk"), cast.sam)
    assert PlaybookStepDone.objects.values().get() == made


def test_a_tick_stays_where_its_item_was_worked_on_since(cast: Cast, item: WorkItem) -> None:
    send(item, cast.sam, step="s1", done="yes")
    work.take([item.pk], cast.sue)
    assert "Nothing was undone: Sue Fictional changed it since: taken." in undo_last(cast.sam)
    assert ticked(item) == {"s1"}


def test_a_new_round_begins_with_nothing_ticked(cast: Cast, item: WorkItem) -> None:
    playbook_steps.tick(item.pk, cast.sam, step="s1", is_done=True)
    WorkItem.objects.filter(pk=item.pk).update(round=2)
    assert "0 of 6 steps done" in page(item, cast.sam)


def test_a_step_that_the_playbook_no_longer_has_is_a_conflict(cast: Cast, item: WorkItem) -> None:
    with pytest.raises(Conflict, match="has changed since"):
        playbook_steps.tick(item.pk, cast.sam, step="s99", is_done=True)
    Playbook.objects.update(is_active=False)
    with pytest.raises(Conflict):
        playbook_steps.tick(item.pk, cast.sam, step="s1", is_done=True)
    assert ticked(item) == set()


def test_a_resolved_item_keeps_its_steps_as_they_are(cast: Cast, item: WorkItem) -> None:
    work.take([item.pk], cast.sam)
    work.resolve([item.pk], cast.sam, resolution="correction")
    with pytest.raises(Refused, match="resolved"):
        playbook_steps.tick(item.pk, cast.sam, step="s1", is_done=True).or_refuse()
    assert reverse("item_step", args=[item.pk]) not in page(item, cast.sam)


def test_who_only_reads_ticks_nothing_and_another_facility_sees_nothing(cast: Cast, item: WorkItem) -> None:
    assert send(item, cast.remy, step="s1", done="yes").status_code == 403
    assert send(item, cast.otto, step="s1", done="yes").status_code == 404
    assert reverse("item_step", args=[item.pk]) not in page(item, cast.remy)
    assert "Search and compare" in page(item, cast.remy)


def test_a_post_that_says_nothing_is_refused(cast: Cast, item: WorkItem) -> None:
    assert send(item, cast.sam, step="s1").status_code == 422
    assert ticked(item) == set()


def test_a_changed_playbook_shows_at_once_without_touching_any_item(cast: Cast, item: WorkItem) -> None:
    page(item, cast.sam)
    row = Playbook.objects.get(key="CO197")
    row.steps[0]["text"] = "Ask the portal first"
    row.save()
    assert "Ask the portal first" in page(item, cast.sam)


def test_the_behavioral_service_line_gets_its_own_playbook_and_n382_does_not(cast: Cast) -> None:
    cast.here.service_line = "behavioral_health"
    cast.here.save()
    clinical = item_at(cast.here, denial__primary_code="50", denial__category="medical_necessity", denial__remarks=[])
    identity = item_at(cast.here, denial__primary_code="16", denial__category="registration", denial__remarks=["N382"])
    assert "Behavioral health documentation" in page(clinical, cast.sam)
    shown = playbook_steps.on_item(identity)
    assert shown is not None
    assert shown.playbook.key == "ELIG"
