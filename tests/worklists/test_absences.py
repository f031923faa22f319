"""Somebody is away: what is due moves to whoever is there, the rest stays, and what is left of it comes back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from config import tasks
from tests.cast import Cast
from tests.factories import TeamFactory
from tests.worklists.pages import item_at, signed_in
from worklists import acts, work
from worklists.assignment import absences
from worklists.models import Absence, Activity, BulkAct, WorkItem, WorkProfile

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 30)
FRIDAY = MONDAY + timedelta(days=4)
BACK = MONDAY + timedelta(days=7)


@pytest.fixture(autouse=True)
def on_monday() -> Any:
    with time_machine.travel("2026-11-30 10:00-06:00", tick=False):
        yield


def items_of_sam(cast: Cast) -> dict[str, WorkItem]:
    """What is due while Sam is away, in each of the ways in which work asks for somebody, and what is not."""
    days = {
        "deadline": BACK + timedelta(days=1),
        "safe": None,
        "later": None,
        "sent": None,
        "back": None,
        "sent_on": None,
    }
    found = {
        name: item_at(cast.here, deadline=deadline or MONDAY + timedelta(days=60)) for name, deadline in days.items()
    }
    WorkItem.objects.filter(pk=found["safe"].pk).update(last_safe_on=FRIDAY)
    work.take([item.pk for item in found.values()], cast.sam)
    work.wait_for_payer([found["sent"].pk], cast.sam, follow_up_on=FRIDAY)
    work.wait_for_payer([found["sent_on"].pk], cast.sam, follow_up_on=MONDAY + timedelta(days=30))
    work.postpone([found["back"].pk], cast.sam, until=FRIDAY, because="Records asked for", today=MONDAY)
    return found


def away(cast: Cast, cover: User | None = None, goes_to: str = "", **values: Any) -> Absence:
    kind = goes_to or ("person" if cover else "team")
    days = {"first_day": MONDAY, "last_day": FRIDAY, **values}
    return Absence(person=cast.sam, goes_to=kind, cover=cover, **days)


def owners(found: dict[str, WorkItem]) -> dict[str, str]:
    rows = {row.pk: row for row in WorkItem.objects.select_related("assignee")}
    return {name: rows[item.pk].assignee.username if rows[item.pk].assignee else "" for name, item in found.items()}


def test_what_is_due_moves_to_the_cover_and_the_rest_stays(cast: Cast) -> None:
    found = items_of_sam(cast)
    absence = away(cast, cast.sue)
    made = absences.plan(absence, MONDAY)
    assert (made.count, absences.stays(absence, made)) == (4, 2)
    act = absences.save(absence, cast.sam, MONDAY)
    moved = {"deadline": "sue", "safe": "sue", "sent": "sue", "back": "sue"}
    assert owners(found) == {**moved, "later": "sam", "sent_on": "sam"}
    assert act is not None
    assert (act.kind, act.actor, act.reason) == ("cover", cast.sam, "Sam Fictional is away until 4 Dec 2026.")
    told = Activity.objects.filter(kind="hand_over")
    assert {(each.actor, each.text) for each in told} == {(None, "Sam Fictional is away until 4 Dec 2026.")}


def test_it_happens_once_however_often_it_is_asked_for(cast: Cast) -> None:
    items_of_sam(cast)
    absences.save(away(cast, cast.sue), cast.sam, MONDAY)
    tasks.keep_absences()
    assert BulkAct.objects.count() == 1
    assert Activity.objects.filter(kind="hand_over").count() == 4


def test_one_that_is_to_come_begins_on_its_day(cast: Cast) -> None:
    found = items_of_sam(cast)
    first = MONDAY + timedelta(days=1)
    assert absences.save(away(cast, cast.sue, first_day=first), cast.sam, MONDAY) is None
    tasks.keep_absences()
    assert set(owners(found).values()) == {"sam"}
    absences.keep(first)
    assert owners(found)["safe"] == "sue"


def test_untouched_work_comes_back_and_what_the_cover_touched_stays_with_them(cast: Cast) -> None:
    found = items_of_sam(cast)
    absences.save(away(cast, cast.sue), cast.sam, MONDAY)
    with time_machine.travel("2026-12-01 10:00-06:00", tick=False):
        work.note([found["deadline"].pk], cast.sue, text="Called")
        work.resolve([found["sent"].pk], cast.sue, resolution="no_action")
    absences.keep(FRIDAY)
    assert owners(found)["safe"] == "sue"
    absences.keep(BACK)
    absences.keep(BACK)
    assert owners(found) == {
        "deadline": "sue", "safe": "sam", "sent": "sue", "back": "sam", "later": "sam", "sent_on": "sam",
    }  # fmt: skip
    act = BulkAct.objects.get(kind="come_back")
    assert (act.done, act.reason) == (2, "Sam Fictional is back.")


def test_without_a_cover_the_team_shares_by_capacity_and_who_is_away_too_gets_nothing(cast: Cast) -> None:
    found = items_of_sam(cast)
    WorkProfile.objects.create(user=cast.sue, minutes_a_day=60)
    uma = User.objects.create(username="uma", role="specialist", all_facilities=True)
    uma.teams.set(cast.sam.teams.all())
    Absence.objects.create(person=uma, first_day=FRIDAY, last_day=FRIDAY, entered_by=uma)
    absences.save(away(cast), cast.sam, MONDAY)
    assert set(owners(found).values()) == {"sam", "sue"}


def test_with_nobody_of_the_team_there_it_goes_back_to_the_queues(cast: Cast) -> None:
    found = items_of_sam(cast)
    cast.sam.teams.set([TeamFactory.create(key="alone", name="Alone")])
    absences.save(away(cast), cast.sam, MONDAY)
    assert owners(found)["safe"] == ""
    absences.keep(BACK)
    assert owners(found)["safe"] == "sam"


def test_what_the_cover_may_not_see_goes_back_to_its_queue(cast: Cast) -> None:
    found = items_of_sam(cast)
    absence = away(cast, cast.otto)
    made = absences.plan(absence, MONDAY)
    assert [(share.who, len(share.items)) for share in made.shares] == [(cast.otto, 0), (None, 4)]
    absences.save(absence, cast.sam, MONDAY)
    assert owners(found)["safe"] == ""


def test_to_the_queues_means_free_and_what_somebody_took_stays_theirs(cast: Cast) -> None:
    found = items_of_sam(cast)
    absences.save(away(cast, goes_to="queue"), cast.sam, MONDAY)
    with time_machine.travel("2026-12-01 10:00-06:00", tick=False):
        work.take([found["deadline"].pk], cast.sue)
    assert owners(found)["safe"] == ""
    absences.keep(BACK)
    assert (owners(found)["deadline"], owners(found)["safe"]) == ("sue", "sam")


def test_what_comes_due_meanwhile_moves_too_and_what_was_given_knowingly_stays(cast: Cast) -> None:
    found = items_of_sam(cast)
    absences.save(away(cast, cast.sue), cast.sam, MONDAY)
    with time_machine.travel("2026-12-01 10:00-06:00", tick=False):
        WorkItem.objects.filter(pk=found["later"].pk).update(last_safe_on=FRIDAY)
        given = item_at(cast.here, deadline=FRIDAY)
        with pytest.raises(Refused, match="is away until 4 Dec 2026"):
            work.hand_over([given.pk], cast.mara, to=cast.sam, reason="Yours")
        work.hand_over([given.pk], cast.mara, to=cast.sam, reason="Yours", away_confirmed=True)
        tasks.keep_absences()
    assert owners({**found, "given": given}) | {"sent_on": ""} == {
        "deadline": "sue", "safe": "sue", "sent": "sue", "back": "sue", "later": "sue", "given": "sam", "sent_on": "",
    }  # fmt: skip


def test_undone_within_ten_minutes_it_is_not_moved_again(cast: Cast) -> None:
    found = items_of_sam(cast)
    act = absences.save(away(cast, cast.sue), cast.sam, MONDAY)
    assert act is not None
    assert len(acts.undo(act, cast.sam).done) == 4
    tasks.keep_absences()
    assert set(owners(found).values()) == {"sam"}


def test_who_comes_back_early_gets_the_work_back_at_once(cast: Cast) -> None:
    found = items_of_sam(cast)
    absence = away(cast, cast.sue)
    absences.save(absence, cast.sam, MONDAY)
    act = absences.call_off(absence, cast.mara)
    assert act is not None
    assert set(owners(found).values()) == {"sam"}
    with pytest.raises(Refused, match="over already"):
        absences.call_off(absence, cast.mara)


@pytest.mark.parametrize(
    ("by", "values", "words"),
    [
        ("sue", {}, "a manager enters"),
        ("sam", {"first_day": MONDAY - timedelta(days=9), "last_day": MONDAY - timedelta(days=2)}, "has passed"),
        ("sam", {"last_day": MONDAY - timedelta(days=1)}, "before the first"),
    ],
)
def test_an_absence_that_cannot_be_is_refused(cast: Cast, by: str, values: dict[str, Any], words: str) -> None:
    with pytest.raises(Refused, match=words):
        absences.save(away(cast, **values), getattr(cast, by), MONDAY)
    assert not Absence.objects.exists()


def test_days_entered_before_and_a_cover_who_is_away_are_refused(cast: Cast) -> None:
    absences.save(away(cast), cast.sam, MONDAY)
    with pytest.raises(Refused, match="as away from 30 Nov 2026 to 4 Dec 2026 already"):
        absences.save(away(cast, first_day=FRIDAY), cast.sam, MONDAY)
    theirs = Absence(person=cast.sue, goes_to="person", cover=cast.sam, first_day=FRIDAY, last_day=FRIDAY)
    with pytest.raises(Refused, match="Sam Fictional is away in these days too"):
        absences.save(theirs, cast.sue, MONDAY)


def form(cast: Cast, **changed: Any) -> dict[str, Any]:
    return {"person": cast.sam.pk, "first_day": str(MONDAY), "last_day": str(FRIDAY), "goes_to": "person",
            "cover": cast.sue.pk, "step": "preview", **changed}  # fmt: skip


def test_the_page_shows_what_would_move_before_anything_is_saved(cast: Cast) -> None:
    items_of_sam(cast)
    client = signed_in(cast.sam)
    page = client.post("/absences/new/", form(cast)).content.decode()
    assert "4 items would move to Sue Fictional, 2 stay" in page
    assert not Absence.objects.exists()
    assert client.post("/absences/new/", form(cast, step="save")).headers["Location"] == "/absences/"
    listed = client.get("/absences/").content.decode()
    assert "away now; 4 items moved" in listed
    assert "Absence saved. 4 items moved." in listed
    assert f'action="/acts/{BulkAct.objects.get().pk}/undo/"' in listed
    assert "You are entered as away until" in client.get("/my-day/").content.decode()
    client.post(f"/absences/{Absence.objects.get().pk}/end/")
    assert "The absence is over. 4 items came back." in client.get("/absences/").content.decode()


def test_a_specialist_enters_only_their_own_and_a_manager_anybodys(cast: Cast) -> None:
    signed_in(cast.sue).post("/absences/new/", form(cast, cover=cast.mara.pk, step="save"))
    assert Absence.objects.get().person == cast.sue
    hers = Absence.objects.get()
    assert signed_in(cast.sam).get(f"/absences/{hers.pk}/").status_code == 404
    answer = signed_in(cast.mara).post(f"/absences/{hers.pk}/", form(cast, cover=cast.mara.pk, step="save"))
    assert answer.status_code == 302
    answer = signed_in(cast.mara).post("/absences/new/", form(cast, cover=cast.mara.pk, step="save"))
    assert answer.status_code == 302
    assert Absence.objects.filter(person=cast.sam, entered_by=cast.mara).exists()


def test_what_is_wrong_is_said_with_the_form(cast: Cast) -> None:
    client = signed_in(cast.mara)
    for changed, words in (
        ({"cover": ""}, "Choose who covers, or another way."),
        ({"cover": cast.sam.pk}, "Nobody covers for themselves."),
        ({"last_day": "2026-11-29"}, "The last day lies before the first one."),
        ({"first_day": "2026-10-01", "last_day": "2026-10-02"}, "has passed"),
    ):
        answer = client.post("/absences/new/", form(cast, **changed))
        assert (answer.status_code, words in answer.content.decode()) == (422, True), words


def test_handing_over_to_somebody_away_asks_first(cast: Cast) -> None:
    item = item_at(cast.here)
    Absence.objects.create(person=cast.sam, first_day=MONDAY, last_day=FRIDAY, entered_by=cast.sam)
    client = signed_in(cast.mara)
    assert "Sam Fictional (away today)" in client.get(f"/items/{item.pk}/hand_over/").content.decode()
    sent = {"to": f"person:{cast.sam.pk}", "reason": "Yours"}
    answer = client.post(f"/items/{item.pk}/hand_over/", sent)
    assert answer.status_code == 422
    assert "Sam Fictional is away until 4 Dec 2026" in answer.content.decode()
    assert client.post(f"/items/{item.pk}/hand_over/", {**sent, "away_confirmed": "on"}).status_code == 302
    item.refresh_from_db()
    assert item.assignee == cast.sam
    assert timezone.localdate() == MONDAY
