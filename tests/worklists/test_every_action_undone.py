"""Whatever is done to one item can be done to many, and undone: the item, its questions and its escalations."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.refusal import Refused
from tests.cast import Cast
from tests.factories import TeamFactory
from tests.worklists.pages import item_at, signed_in
from worklists import acts, asking, work
from worklists.item_actions import ITEM_ACTIONS
from worklists.models import BulkAct, Clarification, Escalation, WorkItem
from worklists.restored import RESTORED
from worklists.watch import escalating

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LATER = (TODAY + timedelta(days=9)).isoformat()
Begin = Callable[[Cast, list[int]], object]


def as_it_stands(pk: int) -> tuple[Any, ...]:
    """The item with what hangs on it; an answer, an end or a reason that was taken back leaves nothing."""
    questions = Clarification.objects.filter(item=pk, state="open").order_by("pk")
    raised = Escalation.objects.filter(item=pk).exclude(state="ended").order_by("pk")
    return (
        WorkItem.objects.values(*RESTORED).get(pk=pk),
        list(questions.values("pk", "team", "ended_at", "why")),
        list(raised.values("pk", "state", "person", "team", "acknowledged_by", "ended_at", "why")),
    )


def taken(cast: Cast, ids: list[int]) -> None:
    work.take(ids, cast.sam)


def sent(cast: Cast, ids: list[int]) -> None:
    taken(cast, ids)
    work.wait_for_payer(ids, cast.sam, follow_up_on=TODAY)


def postponed(cast: Cast, ids: list[int]) -> None:
    taken(cast, ids)
    until = date.fromisoformat(LATER)
    work.postpone(ids, cast.sam, until=until, because="x", today=TODAY, late_because="y")


def asked(cast: Cast, ids: list[int]) -> None:
    taken(cast, ids)
    due_on = TODAY + timedelta(days=2)
    asking.ask(ids, cast.sam, team=cast.sam.teams.get(), text="Was it approved?", due_on=due_on, today=TODAY)


def raised(cast: Cast, ids: list[int]) -> None:
    taken(cast, ids)
    escalating.escalate(ids, cast.sam, reason="Stuck", today=TODAY)


def resolved(cast: Cast, ids: list[int]) -> None:
    taken(cast, ids)
    work.resolve(ids, cast.sam, resolution="adjustment", root_cause="Late", preventable=True)


def asked_and_raised(cast: Cast, ids: list[int]) -> None:
    asked(cast, ids)
    escalating.escalate(ids, cast.sam, reason="Stuck", today=TODAY)


def free(cast: Cast, ids: list[int]) -> None:
    """As it came."""


RESOLVE = {"resolution": "adjustment", "settlement": "not_contested", "preventable": "yes", "root_cause": "Typo"}
CASES: list[tuple[str, Begin, dict[str, Any]]] = [
    ("take", free, {}),
    ("take", postponed, {}),
    ("release", taken, {}),
    ("postpone", free, {"until": LATER, "because": "Payer down", "late_because": "Down until then"}),
    ("hand_over", sent, {"to": "person:{sue}", "reason": "Cover"}),
    *(("resolve", begin, RESOLVE) for begin in (free, taken, postponed, sent, asked_and_raised)),
    ("reopen", resolved, {"reason": "Too early"}),
    ("return", sent, {"text": "They deny it again"}),
    *(("ask", begin, {"team": "{team}", "text": "Approved?", "due_on": "{due}"}) for begin in (free, postponed)),
    ("ask_again", sent, {"on": LATER, "text": "No answer"}),
    ("escalate", taken, {"reason": "Stuck"}),
    ("acknowledge", raised, {}),
    ("hand_on", raised, {"to": "{sue}", "reason": "She knows them"}),
    ("deescalate", raised, {"reason": "Settled"}),
    ("bring_back", postponed, {"reason": "Too long"}),
    ("withdraw", asked, {"reason": "Found it"}),
]


def filled_in(cast: Cast, action: str, form: dict[str, Any]) -> dict[str, str]:
    from denials.domain.days import add_business_days

    words = {"sue": cast.sue.pk, "team": cast.sam.teams.get().pk, "due": add_business_days(TODAY, 2)}
    return {f"{action}-{name}": value.format(**words) for name, value in form.items()}


def do(cast: Cast, action: str, ids: list[int], form: dict[str, Any]) -> Any:
    fields = filled_in(cast, action, form)
    return signed_in(cast.mara).post(
        "/items/many/", {"list": "all_items", "action": f"{action}:now", "pick": ids, **fields}
    )


@pytest.mark.parametrize(("action", "begin", "form"), CASES)
def test_each_action_on_many_is_undone_to_the_last_column(
    cast: Cast, action: str, begin: Begin, form: dict[str, Any]
) -> None:
    ids = [item_at(cast.here, deadline=TODAY + timedelta(days=60)).pk for _ in range(2)]
    begin(cast, ids)
    before = [as_it_stands(pk) for pk in ids]
    assert do(cast, action, ids, form).status_code == 302
    act = BulkAct.objects.get()
    assert (act.action, act.done) == (action, 2)
    assert [as_it_stands(pk) for pk in ids] != before
    assert acts.undo(act, cast.mara).refused == []
    assert [as_it_stands(pk) for pk in ids] == before


def test_only_a_note_cannot_be_undone_and_its_form_says_so_before(cast: Cast) -> None:
    assert {action.name for action in ITEM_ACTIONS.values() if action.lasts} == {"note"}
    item = item_at(cast.here)
    page = signed_in(cast.sam).post("/items/many/", {"list": "all_items", "action": "note", "pick": item.pk})
    assert "This cannot be undone: a note stays for good." in page.content.decode()
    do(cast, "note", [item.pk], {"text": "Called"})
    with pytest.raises(Refused, match="a note stays for good"):
        acts.undo(BulkAct.objects.get(), cast.mara)


def test_a_preview_says_what_would_be_done_and_refused_and_changes_nothing(cast: Cast) -> None:
    TeamFactory.create()
    free_one, mates = item_at(cast.here), item_at(cast.here, assignee=cast.sue)
    form = {"list": "all_items", "action": "resolve:preview", "pick": [free_one.pk, mates.pk]}
    page = signed_in(cast.sam).post("/items/many/", form | filled_in(cast, "resolve", RESOLVE))
    text = page.content.decode()
    assert "Preview: 1 of 2 would be changed" in text
    assert "Sue Fictional has this item: ask them or a manager to hand it over." in text
    assert "Resolve 1 item" in text
    assert not WorkItem.objects.filter(status="resolved").exists()
    assert not BulkAct.objects.exists()


def test_a_preview_of_nothing_offers_only_to_look_again(cast: Cast) -> None:
    form = {"list": "all_items", "action": "resolve:preview", "pick": [item_at(cast.here, assignee=cast.sue).pk]}
    page = signed_in(cast.sam).post("/items/many/", form | filled_in(cast, "resolve", RESOLVE)).content.decode()
    assert "Preview: 0 of 1 would be changed" in page
    assert "resolve:preview" in page
    assert "resolve:now" not in page


def test_a_resolution_is_not_undone_over_a_new_denial_of_the_same_claim(cast: Cast) -> None:
    item = item_at(cast.here)
    do(cast, "resolve", [item.pk], RESOLVE)
    again = item_at(cast.here)
    WorkItem.objects.filter(pk=again.pk).update(claim=item.claim)
    [refused] = acts.undo(BulkAct.objects.get(), cast.mara).refused
    assert refused.sentence == "This claim has an open item already: work that one."


def test_one_item_alone_is_undone_the_same_way(cast: Cast) -> None:
    item = item_at(cast.here)
    before = as_it_stands(item.pk)
    client = signed_in(cast.sam)
    page = client.post(f"/items/{item.pk}/resolve/", {**RESOLVE, "version": item.version}, follow=True)
    act = BulkAct.objects.get()
    assert f'action="/acts/{act.pk}/undo/"' in page.content.decode()
    client.post(f"/acts/{act.pk}/undo/")
    assert as_it_stands(item.pk) == before
