"""Reassign one, many or a whole queue: a preview, an honest answer, and nothing by accident."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from tests.cast import Cast
from tests.factories import QueueFactory
from tests.worklists.pages import item_at, signed_in
from worklists import work
from worklists.assignment import reassigning
from worklists.assignment.sharing import How
from worklists.models import Absence, Activity, BulkAct, Queue, WorkItem, WorkProfile

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
URL = "/items/reassign/"


def give(cast: Cast, how: How, *receivers: User, by: User | None = None) -> reassigning.Reassigned:
    items = WorkItem.objects.visible_to(by or cast.mara)
    return reassigning.reassign(
        items, by or cast.mara, how=how, receivers=receivers, reason="Balance", today=timezone.localdate()
    )


def counts() -> dict[str, int]:
    found: dict[str, int] = {}
    for item in WorkItem.objects.select_related("assignee"):
        name = item.assignee.username if item.assignee else "nobody"
        found[name] = found.get(name, 0) + 1
    return found


def test_an_even_split_gives_everybody_as_many(cast: Cast) -> None:
    for _ in range(5):
        item_at(cast.here)
    result = give(cast, How.EVENLY, cast.sam, cast.sue)
    assert sorted(counts().values()) == [2, 3]
    assert result.act is not None
    assert (result.act.done, result.act.reason, result.act.actor) == (5, "Balance", cast.mara)
    told = Activity.objects.filter(kind="hand_over")
    assert {(each.text, each.actor) for each in told} == {("Balance", cast.mara)}
    assert {each.facts["to"] for each in told} == {cast.sam.pk, cast.sue.pk}


def test_a_split_by_capacity_levels_days_of_work(cast: Cast) -> None:
    WorkProfile.objects.create(user=cast.sam, minutes_a_day=60)
    WorkProfile.objects.create(user=cast.sue, minutes_a_day=120)
    held = [item_at(cast.here, assignee=cast.sue, expected_minutes=30) for _ in range(2)]
    free = [item_at(cast.here, expected_minutes=30).pk for _ in range(4)]
    items = WorkItem.objects.filter(pk__in=free)
    result = reassigning.reassign(
        items, cast.mara, how=How.CAPACITY, receivers=[cast.sam, cast.sue], reason="Level", today=TODAY
    )
    assert {
        str(share.who): (len(share.items), str(share.days_before), str(share.days_after))
        for share in result.plan.shares
    } == {"Sam Fictional": (2, "0.0", "1.0"), "Sue Fictional": (2, "0.5", "1.0")}
    assert counts() == {"sam": 2, "sue": 4}
    assert len(held) == 2


def test_a_split_respects_facilities_and_skills_and_says_who_could_not(cast: Cast) -> None:
    coding: Queue = QueueFactory.create(key="coding", name="Coding", skills=["Oncology coding"])
    WorkProfile.objects.create(user=cast.sue, skills=["oncology coding"])
    here, there, oncology = item_at(cast.here), item_at(cast.there), item_at(cast.here, queue=coding)
    result = give(cast, How.EVENLY, cast.sam, cast.sue)
    given = {share.who: share.items for share in result.plan.shares}
    assert given == {cast.sam: [here.pk], cast.sue: [oncology.pk]}
    assert {share.who: (share.able, share.asked) for share in result.plan.shares} == {
        cast.sam: (1, 3),
        cast.sue: (2, 3),
    }
    [refused] = result.plan.refused
    assert (refused.item_id, refused.sentence) == (there.pk, "None of those chosen works for this item's facility.")
    lonely = give(cast, How.EVENLY, cast.otto, cast.sam)
    assert "Nobody of those chosen has the skills that Coding asks for: Oncology coding." in {
        refusal.sentence for refusal in lonely.plan.refused
    }


def test_one_person_gets_it_with_a_warning_about_skills_and_a_limit(cast: Cast) -> None:
    coding = QueueFactory.create(key="coding", name="Coding", skills=["Oncology coding"])
    WorkProfile.objects.create(user=cast.sam, most_taken=1)
    items = [item_at(cast.here, queue=coding).pk for _ in range(2)]
    work.take(items, cast.mara)
    result = give(cast, How.ONE, cast.sam)
    [share] = result.plan.shares
    assert share.items == items
    assert share.warnings == (
        "2 in work at once, more than the 1 of the work profile.",
        "2 ask for skills that the work profile does not name.",
    )


def test_who_is_away_is_given_work_only_with_a_warning(cast: Cast) -> None:
    today = timezone.localdate()
    Absence.objects.create(person=cast.sam, first_day=today, last_day=date(2030, 1, 4), entered_by=cast.sam)
    item_at(cast.here)
    result = give(cast, How.ONE, cast.sam)
    assert result.plan.shares[0].warnings == ("Away until 4 Jan 2030.",)


def test_back_to_the_queue_frees_what_is_owned_and_keeps_what_waits_waiting(cast: Cast) -> None:
    taken, handed, sent, free = (item_at(cast.here) for _ in range(4))
    work.take([taken.pk, sent.pk], cast.sam)
    work.hand_over([handed.pk], cast.mara, to=cast.sam, reason="Yours")
    work.wait_for_payer([sent.pk], cast.sam, follow_up_on=TODAY)
    result = give(cast, How.QUEUE)
    assert [refusal.sentence for refusal in result.plan.refused] == ["Nobody has this item."]
    stand = dict(WorkItem.objects.values_list("pk", "status"))
    assert counts() == {"nobody": 4}
    assert stand == {taken.pk: "new", handed.pk: "new", sent.pk: "waiting", free.pk: "new"}
    assert Activity.objects.filter(kind="release", text="Balance").count() == 3


def test_resolved_items_and_somebodys_own_are_not_moved(cast: Cast) -> None:
    closed, own = item_at(cast.here), item_at(cast.here, assignee=cast.sue)
    work.resolve([closed.pk], cast.mara, resolution="no_action")
    other = item_at(cast.here)
    result = give(cast, How.ONE, cast.sue)
    assert {refusal.item_id: refusal.sentence for refusal in result.plan.refused} == {
        closed.pk: "Hand over: not possible while the item is resolved.",
        own.pk: "Sue Fictional has this item already.",
    }
    assert result.plan.shares[0].items == [other.pk]


def test_a_specialist_gives_away_free_items_and_their_own_only(cast: Cast) -> None:
    own, free, sues = item_at(cast.here, assignee=cast.sam), item_at(cast.here), item_at(cast.here, assignee=cast.sue)
    result = give(cast, How.ONE, cast.sue, by=cast.sam)
    assert sorted(result.plan.shares[0].items) == [own.pk, free.pk]
    assert [refusal.item_id for refusal in result.plan.refused] == [sues.pk]


@pytest.mark.parametrize(
    ("how", "names", "words"),
    [
        (How.ONE, ["sam", "sue"], "exactly one"),
        (How.EVENLY, [], "choose who"),
        (How.EVENLY, ["remy"], "Remy Fictional may not work"),
    ],
)
def test_receivers_must_fit_the_way_of_sharing(cast: Cast, how: How, names: list[str], words: str) -> None:
    item_at(cast.here)
    with pytest.raises(Refused, match=words):
        give(cast, how, *(getattr(cast, name) for name in names))
    assert counts() == {"nobody": 1}


def test_nothing_to_give_is_refused(cast: Cast) -> None:
    item_at(cast.there)
    with pytest.raises(Refused, match="none of these items"):
        give(cast, How.ONE, cast.sam)


def test_ten_times_the_items_ask_the_database_no_more_often(cast: Cast, django_assert_max_num_queries: Any) -> None:
    for _ in range(3):
        item_at(cast.here)
    with django_assert_max_num_queries(40):
        give(cast, How.EVENLY, cast.sam, cast.sue)
    WorkItem.objects.update(assignee=None)
    for _ in range(30):
        item_at(cast.here)
    with django_assert_max_num_queries(40):
        give(cast, How.EVENLY, cast.sam, cast.sue)


def filled(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {"list": "all_items", "everything": "1", "query": "owner=nobody", "how": "evenly",
            "who": [cast.sam.pk, cast.sue.pk], "reason": "Balance", "step": "preview", **changed}  # fmt: skip


def seen_in(page: str) -> str:
    return page.partition('name="seen" value="')[2].partition('"')[0]


def preview(client: Client, sent: dict[str, Any]) -> str:
    answer = client.post(URL, sent)
    assert answer.status_code == 200
    return answer.content.decode()


def test_without_javascript_from_the_list_over_the_preview_to_undo(cast: Cast) -> None:
    today = timezone.localdate()
    for _ in range(4):
        item_at(cast.here, deadline=today + timedelta(days=2))
    refused = item_at(cast.there)
    client = signed_in(cast.mara)
    first = client.post(URL, {"list": "all_items", "everything": "1", "query": "owner=nobody", "pick": [refused.pk]})
    assert "5 items of All items" in first.content.decode()
    shown = preview(client, filled(cast))
    assert "4 of 5 items would move" in shown
    assert "1 would stay as it is" in shown
    assert "None of those chosen works for this item" in shown
    assert shown.count("facilities and skills allow 4 of these 5") == 2
    assert f'href="/items/{refused.pk}/"' in shown
    assert not BulkAct.objects.exists()
    answer = client.post(URL, filled(cast, step="confirm", seen=seen_in(shown)))
    act = BulkAct.objects.get()
    assert answer.headers["Location"] == f"/acts/{act.pk}/"
    assert counts() == {"sam": 2, "sue": 2, "nobody": 1}
    told = client.get(f"/acts/{act.pk}/").content.decode()
    assert "Reassigned: 4 items" in told
    assert "None of those chosen works for this item" in told
    client.post(f"/acts/{act.pk}/undo/")
    assert counts() == {"nobody": 5}


def test_a_plan_that_changed_since_the_preview_is_shown_again(cast: Cast) -> None:
    item_at(cast.here)
    client = signed_in(cast.mara)
    shown = preview(client, filled(cast))
    item_at(cast.here)
    answer = client.post(URL, filled(cast, step="confirm", seen=seen_in(shown)))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Something changed since you looked" in page
    assert counts() == {"nobody": 2}
    assert client.post(URL, filled(cast, step="confirm", seen=seen_in(page))).status_code == 302
    assert counts() == {"sam": 1, "sue": 1}


def test_what_a_colleague_changed_since_the_list_was_shown_stays_unless_it_is_ticked(cast: Cast) -> None:
    theirs, *_ = [item_at(cast.here) for _ in range(3)]
    client = signed_in(cast.mara)
    meant = {"shown_at": timezone.now().isoformat()}
    work.take([theirs.pk], cast.sue)
    asked = client.post(URL, {"list": "all_items", "everything": "1", "query": "", **meant}).content.decode()
    assert f'name="shown_at" value="{meant["shown_at"]}"' in asked

    one = {"how": "one", "who": cast.sam.pk, "query": "", **meant}
    shown = preview(client, filled(cast, **one))
    assert "2 of 3 items would move" in shown
    assert "1 changed by somebody else since the list was shown" in shown
    assert f"Change {theirs.claim.number} all the same" in shown
    known = re.findall(r'type="checkbox" name="known" value="(\d+)"', shown)
    again = preview(client, filled(cast, **one, known=known))
    assert "3 of 3 items would move" in again
    assert f'type="hidden" name="known" value="{known[0]}"' in again

    client.post(URL, filled(cast, **one, step="confirm", seen=seen_in(shown)))
    assert counts() == {"sue": 1, "sam": 2}
    told = client.get(f"/acts/{BulkAct.objects.get().pk}/").content.decode()
    assert "Sue Fictional changed it after the list was shown (taken): look at it, then repeat." in told


def test_a_colleague_who_is_faster_than_the_last_step_is_heeded_too(cast: Cast) -> None:
    theirs, _ = item_at(cast.here), item_at(cast.here)
    client = signed_in(cast.mara)
    one = {"how": "one", "who": cast.sam.pk, "query": "", "shown_at": timezone.now().isoformat()}
    shown = preview(client, filled(cast, **one))
    work.take([theirs.pk], cast.sue)
    answer = client.post(URL, filled(cast, **one, step="confirm", seen=seen_in(shown)))
    assert answer.status_code == 409
    assert "1 changed by somebody else since the list was shown" in answer.content.decode()
    assert counts() == {"sue": 1, "nobody": 1}
    sent = filled(cast, **one, step="confirm", known=[Activity.objects.latest("pk").pk], seen=seen_in(shown))
    assert client.post(URL, sent).status_code == 302
    assert counts() == {"sam": 2}


def test_a_form_with_something_missing_is_shown_again(cast: Cast) -> None:
    item_at(cast.here)
    client = signed_in(cast.mara)
    for changed, words in (
        ({"reason": ""}, "This field is required."),
        ({"how": "one"}, "Choose exactly one person"),
        ({"who": []}, "Choose who gets the items."),
    ):
        answer = client.post(URL, filled(cast, **changed))
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words


def test_changing_it_keeps_what_was_filled_in(cast: Cast) -> None:
    item_at(cast.here)
    page = signed_in(cast.mara).post(URL, filled(cast, step="back")).content.decode()
    assert 'value="Balance"' in page
    assert f'value="{cast.sue.pk}" checked' in page


def test_a_whole_persons_queue_is_shared_over_their_team(cast: Cast) -> None:
    own = [item_at(cast.here, assignee=cast.sam).pk for _ in range(2)]
    item_at(cast.here, assignee=cast.sue)
    cast.mara.teams.set(cast.sam.teams.all())
    client = signed_in(cast.mara)
    assert client.get(URL).headers["Location"] == "/people/"
    assert f'href="{URL}?owner={cast.sam.pk}"' in client.get("/people/").content.decode()
    page = client.get(f"{URL}?owner={cast.sam.pk}").content.decode()
    assert "2 items of Sam Fictional" in page
    assert f'value="{cast.sue.pk}" checked' in page
    assert f'value="{cast.sam.pk}" checked' not in page
    assert f'value="{cast.mara.pk}" checked' not in page
    sent = filled(cast, query=f"owner={cast.sam.pk}", who=[cast.sue.pk], how="one")
    client.post(URL, {**sent, "step": "confirm", "seen": seen_in(preview(client, sent))})
    assert set(WorkItem.objects.filter(assignee=cast.sue).values_list("pk", flat=True)) >= set(own)


def test_somebody_who_left_is_relieved_of_everything(cast: Cast) -> None:
    item_at(cast.here, assignee=cast.sam)
    cast.sam.is_active = False
    cast.sam.save()
    page = signed_in(cast.mara).get(f"{URL}?owner={cast.sam.pk}").content.decode()
    assert "1 item of Sam Fictional" in page


def test_items_of_another_facility_are_not_there_for_a_manager_of_one(cast: Cast) -> None:
    cast.mara.all_facilities = False
    cast.mara.save()
    cast.mara.facilities.add(cast.here)
    theirs = item_at(cast.there)
    page = signed_in(cast.mara).post(URL, {"list": "all_items", "pick": [theirs.pk]}).content.decode()
    assert "Nothing to reassign" in page
