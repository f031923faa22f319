"""Escalation: rules raise an item once for each last day, people raise it by hand, managers take it down again."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.refusal import Refused
from tests.cast import Cast
from tests.factories import DEADLINE, QueueFactory, TeamFactory
from tests.worklists.pages import item_at, panel_of, shown_items, signed_in
from worklists import work
from worklists.models import Activity, Escalation, EscalationRule, WorkItem
from worklists.watch import escalating, escalations

TODAY = date(2026, 12, 10)


def rule(**values: Any) -> EscalationRule:
    return EscalationRule.objects.create(**{"name": "Near and large", "at_least": 1000, "days_left": 5, **values})


def large(cast: Cast, **values: Any) -> WorkItem:
    about: dict[str, Any] = {"amount_at_risk": Decimal("1450.00"), "last_safe_on": date(2026, 12, 13), **values}
    return item_at(cast.here, **about)


def test_a_rule_raises_what_meets_every_condition_and_nothing_else(cast: Cast) -> None:
    rule()
    raised = large(cast)
    large(cast, amount_at_risk=Decimal("999.99"))
    large(cast, last_safe_on=date(2026, 12, 16))
    large(cast, deadline=date(2026, 12, 9), last_safe_on=date(2026, 12, 7))
    large(cast, status="waiting", follow_up_on=DEADLINE)

    assert escalating.evaluate(TODAY) == 1

    found = Escalation.objects.get()
    assert (found.item, found.state, found.rule_version) == (raised, "open", 1)
    assert found.because == (
        "Rule “Near and large” (version 1): at least $1,000.00 at risk, last safe day within 5 days."
    )
    assert WorkItem.objects.get(escalated_on__isnull=False) == raised


@pytest.mark.parametrize(
    ("condition", "meets", "does_not"),
    [
        ({"codes": "50 197"}, {}, {"denial__primary_code": "16"}),
        ({"category": "authorization"}, {}, {"category": "coding"}),
        ({"rounds": 3}, {"round": 3}, {"round": 2}),
    ],
)
def test_each_condition_is_asked(cast: Cast, condition: Any, meets: Any, does_not: Any) -> None:
    rule(at_least=None, days_left=None, **condition)
    raised = large(cast, **meets)
    large(cast, **does_not)
    escalating.evaluate(TODAY)
    assert list(Escalation.objects.values_list("item", flat=True)) == [raised.pk]


def test_untouched_means_by_people(cast: Cast) -> None:
    rule(at_least=None, days_left=None, untouched_days=5)
    item, touched = large(cast), large(cast)
    WorkItem.objects.update(created_at="2020-01-01T12:00:00Z")
    Activity.objects.create(item=item, kind="reread")
    Activity.objects.create(item=touched, kind="note", actor=cast.sam)
    escalating.evaluate(Activity.objects.latest("pk").at.date() + timedelta(days=1))
    assert list(Escalation.objects.values_list("item", flat=True)) == [item.pk]


def test_it_is_raised_once_for_each_last_day(cast: Cast) -> None:
    rule()
    item = large(cast)
    assert [escalating.evaluate(TODAY) for _ in range(2)] == [1, 0]
    escalating.deescalate([item.pk], cast.mara, reason="Under way")
    assert escalating.evaluate(TODAY) == 0
    WorkItem.objects.filter(pk=item.pk).update(deadline=DEADLINE + timedelta(days=1))
    assert escalating.evaluate(TODAY) == 1
    assert item.activities.filter(kind=Activity.Kind.ESCALATED).count() == 2


def test_it_says_the_step_of_the_codes_path(cast: Cast) -> None:
    rule(step=2)
    path = "auth lead -> physician advisor (peer to peer) -> payer provider relations"
    large(cast, denial__escalation_path=path)
    escalating.evaluate(TODAY)
    assert Escalation.objects.get().step_words == "physician advisor (peer to peer)"
    assert escalating.step_of("posting lead", 3) == "posting lead"
    assert escalating.step_of("", 1) == ""


def test_it_ends_when_the_item_was_sent_or_resolved(cast: Cast) -> None:
    rule()
    sent, done = large(cast), large(cast)
    escalating.evaluate(TODAY)
    work.wait_for_payer([sent.pk], cast.sam, follow_up_on=DEADLINE)
    work.resolve([done.pk], cast.sam, resolution="no_action")
    escalating.evaluate(TODAY)
    said = dict(Escalation.objects.values_list("item", "why"))
    assert said == {sent.pk: "The payer has it now.", done.pk: "The item was resolved."}
    assert not WorkItem.objects.filter(escalated_on__isnull=False).exists()


def test_it_comes_to_the_managers_of_the_queue_or_to_whom_the_rule_names(cast: Cast) -> None:
    ours, theirs = (QueueFactory.create(key=key, name=key) for key in ("prior_auth", "coding"))
    ours.teams.set(cast.mara.teams.all())
    team = TeamFactory.create(key="coding", name="Coding")
    theirs.teams.set([team])
    mine, nobodys = large(cast, queue=ours), large(cast, queue=theirs)
    rule()
    escalating.evaluate(TODAY)
    assert set(escalations.unseen_by(cast.mara)) == {mine, nobodys}  # no manager is in the team of the other queue
    cast.ada.teams.set([team])
    assert set(escalations.unseen_by(cast.mara)) == {mine}
    assert set(escalations.unseen_by(cast.ada)) == {nobodys}

    EscalationRule.objects.all().update(is_active=False)
    rule(name="To Sue", to="person", person=cast.sue)
    escalating.evaluate(TODAY)
    assert set(escalations.unseen_by(cast.sue)) == {mine, nobodys}


def test_a_manager_acknowledges_hands_on_and_ends(cast: Cast) -> None:
    item = large(cast)
    escalating.escalate([item.pk], cast.sam, reason="The payer refuses to talk to me", today=TODAY)
    assert set(escalations.unseen_by(cast.mara)) == {item}
    assert escalating.acknowledge([item.pk], cast.sam).refused[0].sentence.startswith("Only managers")

    escalating.acknowledge([item.pk], cast.mara)
    assert set(escalations.unseen_by(cast.mara)) == set()
    escalating.hand_on([item.pk], cast.mara, to=cast.sue, reason="You know them")
    assert set(escalations.unseen_by(cast.sue)) == {item}
    escalating.acknowledge([item.pk], cast.sue)
    with pytest.raises(Refused, match="say why"):
        escalating.deescalate([item.pk], cast.sue, reason=" ")
    escalating.deescalate([item.pk], cast.sue, reason="They called back")

    row = Escalation.objects.get()
    assert (row.state, row.ended_by, row.why) == ("ended", cast.sue, "They called back")
    assert WorkItem.objects.get(pk=item.pk).escalated_on is None
    assert escalating.deescalate([item.pk], cast.mara, reason="x").refused[0].sentence == "This item is not escalated."


def test_they_stand_in_a_list_of_their_own_and_are_acknowledged_there_together(cast: Cast) -> None:
    items = [large(cast) for _ in range(3)]
    escalating.escalate([each.pk for each in items[:2]], cast.sam, reason="Look", today=TODAY)
    client = signed_in(cast.mara)
    page = client.get(reverse("escalated"))
    assert sorted(shown_items(page)) == [items[0].pk, items[1].pk]
    assert "Acknowledge" in page.content.decode()
    assert shown_items(client.get("/items/?escalated=no")) == [items[2].pk]

    sent = {"list": "escalated", "action": "acknowledge:now", "pick": [items[0].pk, items[1].pk]}
    assert client.post(reverse("bulk"), sent).status_code == 302
    assert set(Escalation.objects.values_list("state", flat=True)) == {"ack"}


def test_the_item_shows_it_first_and_folds_it_out_of_the_timeline(cast: Cast) -> None:
    item = large(cast)
    address = reverse("item_action", args=[item.pk, "escalate"])
    assert signed_in(cast.sam).post(address, {"to": "", "reason": "Nobody answers"}).status_code == 302
    page = signed_in(cast.mara).get(reverse("item", args=[item.pk])).content.decode()
    assert page.index("Nobody answers") < page.index("Next action")
    assert "Escalations (1)" in panel_of(item, cast.mara, "timeline")
    assert reverse("item_action", args=[item.pk, "deescalate"]) in page
    assert (
        reverse("item_action", args=[item.pk, "deescalate"])
        not in signed_in(cast.sue).get(reverse("item", args=[item.pk])).content.decode()
    )
    for action, form in (("acknowledge", {}), ("hand_on", {"to": cast.sue.pk, "reason": "Yours"})):
        assert signed_in(cast.mara).post(reverse("item_action", args=[item.pk, action]), form).status_code == 302
    ended = signed_in(cast.sue).post(reverse("item_action", args=[item.pk, "deescalate"]), {"reason": "Done"})
    assert ended.status_code == 302
    assert Escalation.objects.get().state == "ended"


def test_what_is_resolved_is_not_shown_as_escalated_even_before_the_rules_ran_again(cast: Cast) -> None:
    item = large(cast, assignee=cast.sam, status="taken", taken_at=timezone.now())
    escalating.escalate([item.pk], cast.sam, reason="Contract dispute", today=TODAY)
    client = signed_in(cast.sam)
    assert 'id="escalated-title"' in client.get(reverse("item", args=[item.pk])).content.decode()
    client.post(reverse("item_action", args=[item.pk, "resolve"]), {"resolution": "correction", "preventable": "no"})
    page = client.get(reverse("item", args=[item.pk])).content.decode()
    assert "Resolved" in page
    assert "Escalated</" not in page


def test_what_a_person_raises_while_it_waits_for_the_payer_stays_raised(cast: Cast) -> None:
    rule()
    item = large(cast)
    escalating.evaluate(TODAY)
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=DEADLINE)
    escalating.escalate([item.pk], cast.sam, reason="No answer for weeks", today=TODAY)
    escalating.evaluate(TODAY)
    assert list(Escalation.objects.exclude(state="ended").values_list("because", flat=True)) == ["No answer for weeks"]
    assert WorkItem.objects.get().escalated_on == TODAY
