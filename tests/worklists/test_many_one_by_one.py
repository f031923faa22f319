"""Steps of playbooks and evidence of many items: offered by what they need, done to each by its own state, undone."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from denials import playbooks
from denials.domain.days import add_business_days
from tests.cast import Cast
from tests.worklists.evidence import needing, slugs, states
from tests.worklists.pages import item_at, signed_in
from worklists import acts, playbook_steps, work
from worklists.evidence import gathering, requesting
from worklists.models import BulkAct, PlaybookStepDone, RecordRequest, WorkItem
from worklists.views import selection

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
NOTES, NUMBER = "order and notes", "authorization or reference number"
REQUEST = {"to": "him", "due_on": add_business_days(TODAY, 5).isoformat()}


def send(cast: Cast, action: str, ids: list[int], how: str = "now", **form: Any) -> Any:
    fields = {f"{action}-{name}": value for name, value in form.items()}
    sent = {"list": "all_items", "action": f"{action}:{how}" if how else action, "pick": ids, **fields}
    return signed_in(cast.sam).post("/items/many/", sent)


def offered(cast: Cast, action: str, ids: list[int]) -> list[str]:
    """What the page of an action offers to tick, in words."""
    text = send(cast, action, ids, how="").content.decode().partition("<main")[2].partition("</main")[0]
    return [
        " ".join(each.split())
        for each in re.findall(r'<label[^>]*><input type="(?:checkbox|radio)"[^>]*>([^<]+)<', text)
    ]


def undo(cast: Cast) -> list[str]:
    return [each.sentence for each in acts.undo(BulkAct.objects.latest("pk"), cast.sam).refused]


def both(cast: Cast) -> list[WorkItem]:
    return [needing(cast.here), needing(cast.here, "remit", NOTES)]


def test_pieces_are_offered_by_how_many_need_them_and_asked_for_on_each_that_does(cast: Cast) -> None:
    items = both(cast)
    ids = [item.pk for item in items]
    assert offered(cast, "request", ids) == ["Order and notes (all 2)", "Authorization or reference number (1 of 2)"]
    assert send(cast, "request", ids, piece=slugs(items[0]), **REQUEST).status_code == 302
    assert states(items[0]) == {NOTES: "requested", NUMBER: "requested"}
    assert states(items[1]) == {NOTES: "requested"}
    assert {row.item_id: row.pieces.count() for row in RecordRequest.objects.all()} == {ids[0]: 2, ids[1]: 1}
    assert offered(cast, "request", ids) == []
    assert "Go back, and look at the evidence" in send(cast, "request", ids, how="").content.decode()


def test_one_that_cannot_is_named_and_the_others_are_done(cast: Cast) -> None:
    one, other = both(cast)
    third = needing(cast.here, "plan of care")
    gathering.receive_elsewhere(other.pk, cast.sam, slugs(other, NOTES), held_at="Record system")
    picked = slugs(one, NOTES)
    preview = send(
        cast, "give_up", [one.pk, other.pk, third.pk], "preview", piece=picked, because="Gone"
    ).content.decode()
    assert "Preview: 1 of 3 would be changed" in preview
    assert "Order and notes is received already." in preview
    assert "This item needs none of the pieces ticked." in preview
    assert "Records not available for 1 item" in preview
    assert states(one)[NOTES] == "needed"
    send(cast, "give_up", [one.pk, other.pk, third.pk], piece=picked, because="Gone")
    assert (states(one)[NOTES], states(other)[NOTES]) == ("not_available", "received")


@pytest.mark.parametrize("begin", ["needed", "requested", "not_available"])
@pytest.mark.parametrize(
    ("action", "form"),
    [("request", REQUEST), ("receive", {"held_at": "Record system"}), ("give_up", {"because": "Burnt"})],
)
def test_undo_puts_each_piece_and_request_back_as_it_stood(
    cast: Cast, begin: str, action: str, form: dict[str, str]
) -> None:
    items = both(cast)
    ids = [item.pk for item in items]
    picked = slugs(items[1], NOTES)
    earlier = {"requested": ("request", REQUEST), "not_available": ("give_up", {"because": "Lost"})}
    if begin in earlier:
        name, words = earlier[begin]
        send(cast, name, ids, piece=picked, **words)

    def as_it_stands() -> list[Any]:
        pieces = [
            (item.pk, row.name, row.state, row.because, row.held_at)
            for item in items
            for row in item.evidence.exclude(state="needed")
        ]
        open_ones = list(RecordRequest.objects.filter(state="open").values("pk", "item", "because", "ended_on"))
        return [pieces, open_ones, list(WorkItem.objects.values_list("pk", "evidence_state").order_by("pk"))]

    before = as_it_stands()
    acts_before = BulkAct.objects.count()
    send(cast, action, ids, piece=picked, **form)
    if BulkAct.objects.count() == acts_before:
        assert (begin, action) in {("requested", "request"), ("not_available", "give_up")}, "It stands there already."
        return
    assert as_it_stands() != before
    assert undo(cast) == []
    assert as_it_stands() == before


def test_undo_leaves_what_somebody_went_on_with(cast: Cast) -> None:
    items = both(cast)
    send(cast, "receive", [item.pk for item in items], piece=slugs(items[0], NOTES), held_at="Record system")
    gathering.take_step(items[0].pk, cast.sue, "verify", slugs(items[0], NOTES))
    gathering.add(items[1].pk, cast.sue, "plan of care")
    assert undo(cast) == ["Sue Fictional went on with this evidence since."]
    assert (states(items[0])[NOTES], states(items[1])[NOTES]) == ("verified", "needed")


def test_what_was_done_before_may_be_undone_after_the_evidence_was(cast: Cast) -> None:
    ids = [item.pk for item in both(cast)]
    acts.remember(BulkAct.Kind.TAKEN, ids, cast.sam, lambda pks: work.take(pks, cast.sam))
    send(cast, "give_up", ids, piece=slugs(WorkItem.objects.get(pk=ids[1])), because="Burnt")
    assert undo(cast) == []
    assert acts.undo(BulkAct.objects.earliest("pk"), cast.sam).refused == []
    assert not WorkItem.objects.exclude(assignee=None).exists()


def test_a_step_is_ticked_on_each_with_that_playbook_and_taken_off_together(cast: Cast) -> None:
    playbooks.load()
    items = [item_at(cast.here), item_at(cast.here), needing(cast.here)]
    ids = [item.pk for item in items]
    guide = playbook_steps.on_item(items[0])
    assert guide is not None
    first, second = guide.steps[:2]
    playbook_steps.tick(ids[0], cast.sue, step=first.key, is_done=True)
    words = offered(cast, "tick", ids[:2])
    assert words[:2] == [f"{first.text} (1 of 2)", f"{second.text} (all 2)"]
    name = f"{guide.playbook.key}:{first.key}"
    preview = send(cast, "tick", ids, "preview", step=name).content.decode()
    assert "Preview: 1 of 3 would be changed" in preview
    assert "This step is ticked already." in preview
    assert "This item has another playbook." in preview
    send(cast, "tick", ids, step=name)
    assert set(PlaybookStepDone.objects.values_list("item", "by")) == {(ids[0], cast.sue.pk), (ids[1], cast.sam.pk)}
    assert undo(cast) == []
    assert set(PlaybookStepDone.objects.values_list("item", "by")) == {(ids[0], cast.sue.pk)}


def test_what_a_colleague_changed_since_the_list_was_shown_stays(cast: Cast) -> None:
    item = needing(cast.here)
    shown_at = (timezone.now() - timedelta(seconds=1)).isoformat()
    gathering.receive_elsewhere(item.pk, cast.sue, slugs(item, NOTES), held_at="Record system")
    client = signed_in(cast.sam)
    form = {"list": "all_items", "shown_at": shown_at, "pick": item.pk, "action": "give_up:now"}
    client.post("/items/many/", form | {"give_up-piece": slugs(item, NUMBER), "give_up-because": "Burnt"})
    assert states(item)[NUMBER] == "needed"
    assert "Sue Fictional changed it after the list was shown" in client.get("/items/").content.decode()


def test_more_than_a_page_can_take_one_by_one_are_refused(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selection, "MOST_ONE_BY_ONE", 1)
    answer = send(cast, "request", [item.pk for item in both(cast)], how="")
    assert answer.status_code == 422
    assert "at most 1 items at once" in answer.content.decode()


def test_items_with_the_same_fault_are_offered_it_too(cast: Cast) -> None:
    item = item_at(cast.here)
    item_at(cast.here, denial__payer=item.payer)
    page = signed_in(cast.sam).get(f"/items/{item.pk}/alike/").content.decode()
    assert 'value="request"' in page
    assert 'value="draft"' in page


def test_of_items_with_little_in_common_as_much_is_offered_as_people_can_read(cast: Cast) -> None:
    playbooks.load()
    ids = [
        needing(cast.here, "plan of care", *(f"paper {mark}{mark}" for mark in letters)).pk
        for letters in ("abcdefgh", "ijklmnop")
    ]
    pieces = offered(cast, "request", ids)
    assert "Not shown: 5 more that as few" in send(cast, "request", ids, how="").content.decode()
    assert (len(pieces), pieces[0]) == (12, "Plan of care (all 2)")
    rows = [
        item_at(cast.here, denial__primary_code=code, denial__category="", denial__remarks=[]).pk
        for code in ("197", "29", "18", "16", "97")
    ]
    titles = {words.partition(":")[0] for words in offered(cast, "tick", [*rows, rows[0]])}
    assert len(titles) == 3


def test_acts_on_the_same_piece_are_undone_one_after_the_other(cast: Cast) -> None:
    items = both(cast)
    ids, picked = [item.pk for item in items], slugs(items[1], NOTES)
    send(cast, "give_up", ids, piece=picked, because="Lost")
    send(cast, "request", ids, piece=picked, **REQUEST)
    assert undo(cast) == []
    assert acts.undo(BulkAct.objects.earliest("pk"), cast.sam).refused == []
    assert [states(item)[NOTES] for item in items] == ["needed", "needed"]


def test_an_undo_opens_no_request_again_that_it_had_nothing_to_do_with(cast: Cast) -> None:
    item = needing(cast.here)
    send(cast, "request", [item.pk], piece=slugs(item, NOTES), **REQUEST)
    send(cast, "request", [item.pk], piece=slugs(item, NUMBER), **REQUEST)
    gathering.receive_elsewhere(item.pk, cast.sue, slugs(item, NOTES), held_at="Record system")
    assert undo(cast) == []
    assert list(RecordRequest.objects.order_by("pk").values_list("state", flat=True)) == ["received", "ended"]
    assert states(item) == {NOTES: "received", NUMBER: "needed"}


def test_an_undo_opens_no_request_again_that_a_colleague_withdrew(cast: Cast) -> None:
    item = needing(cast.here)
    send(cast, "request", [item.pk], piece=slugs(item), **REQUEST)
    send(cast, "receive", [item.pk], piece=slugs(item, NOTES), held_at="Record system")
    requesting.withdraw(RecordRequest.objects.get(), cast.sue, because="They closed.", today=TODAY)
    assert undo(cast) == ["Sue Fictional withdrew what was asked for since."]
    assert (RecordRequest.objects.get().state, states(item)[NOTES]) == ("ended", "received")
