"""Two people in one item: who is here, and a save that comes too late shows both sides."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
import redis
import time_machine
from django.utils import timezone

from accounts.refusal import Conflict
from tests.cast import Cast
from tests.worklists.evidence import kept, needing
from tests.worklists.pages import item_at, signed_in
from worklists import presence, work
from worklists.item_actions import ITEM_ACTIONS
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db
RESOLVE = {"resolution": "adjustment", "preventable": "yes", "root_cause": "Typed by Sam"}


class Line:
    """The line to Redis, which may be cut, or lead to nobody."""

    def __init__(self) -> None:
        self.line = presence._line()
        self.is_away, self.is_cut, self.asked = False, False, 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self.line, name)

    def send_command(self, *command: Any) -> None:
        self.asked += 1
        if self.is_away or self.is_cut:
            self.is_cut = False
            raise redis.ConnectionError
        self.line.send_command(*command)

    def answer(self, *command: Any) -> Any:
        self.line.send_command(*command)
        return self.line.read_response()


@pytest.fixture
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    made = Line()
    made.answer("FLUSHDB")
    monkeypatch.setattr(presence, "_line", lambda: made)
    monkeypatch.setattr(presence, "_silent_until", 0.0)
    return made


def test_the_page_says_who_else_is_here_until_they_act_or_are_gone_for_long(cast: Cast, line: Line) -> None:
    item = item_at(cast.here)
    sue = signed_in(cast.sue)
    assert "is here too" not in sue.get(f"/items/{item.pk}/").content.decode()
    sam = signed_in(cast.sam)
    assert "Sue Fictional is here too" in sam.get(f"/items/{item.pk}/").content.decode()
    poll = sue.get(f"/items/{item.pk}/here/", headers={"HX-Trigger-Name": "poll"})
    assert "Sam Fictional is here too" in poll.content.decode()
    again = {"HX-Trigger-Name": "poll", "If-None-Match": poll.headers["ETag"]}
    assert sue.get(f"/items/{item.pk}/here/", headers=again).status_code == 304
    sam.post(f"/items/{item.pk}/note/", {"text": "Called"})
    assert "is here too" not in sue.get(f"/items/{item.pk}/").content.decode()
    sam.get(f"/items/{item.pk}/")
    with time_machine.travel(timezone.now() + timedelta(seconds=presence.LASTS_SECONDS + 1), tick=False):
        assert presence.meet(item.pk, cast.sue) == []
    assert line.answer("KEYS", "*") == [f"overturn:here:{item.pk}".encode()]


def test_who_closes_a_page_is_gone_at_once_and_stays_where_another_one_is_open(cast: Cast, line: Line) -> None:
    item = item_at(cast.here)
    sam, sue = signed_in(cast.sam), signed_in(cast.sue)
    first, second = (here_of(sam.get(f"/items/{item.pk}/")) for _ in range(2))
    assert first != second
    assert sam.post(first).status_code == 204
    assert "Sam Fictional is here too" in sue.get(f"/items/{item.pk}/").content.decode()
    assert sam.post(second).status_code == 204
    assert "is here too" not in sue.get(f"/items/{item.pk}/").content.decode()
    sam.get(first, headers={"HX-Trigger-Name": "poll"})
    assert "Sam Fictional is here too" in sue.get(f"/items/{item.pk}/").content.decode()
    assert signed_in(cast.otto).post(first).status_code == 404


def here_of(page: Any) -> str:
    """Where a page asks who else is here, and says that it is closed."""
    found = re.search(r'data-live="([^"]+)"', page.content.decode())
    assert found is not None
    return found[1]


def test_a_line_to_redis_that_was_cut_unnoticed_is_made_anew(cast: Cast, line: Line) -> None:
    item = item_at(cast.here)
    presence.meet(item.pk, cast.sue)
    line.is_cut = True
    assert presence.meet(item.pk, cast.sam) == [cast.sue.pk]


def test_an_answer_that_a_failed_page_left_unread_is_not_taken_for_the_next_one(cast: Cast, line: Line) -> None:
    item, other = item_at(cast.here), item_at(cast.here)
    presence.meet(item.pk, cast.sue)
    with pytest.raises(ZeroDivisionError), presence.Meeting(item.pk, cast.sam):
        raise ZeroDivisionError
    assert presence.meet(other.pk, cast.sam) == []
    assert presence.meet(other.pk, cast.sue) == [cast.sam.pk]


def test_without_redis_nobody_is_told_anything_and_it_is_left_alone_for_a_while(cast: Cast, line: Line) -> None:
    line.is_away = True
    item = item_at(cast.here)
    client = signed_in(cast.sam)
    for _ in range(3):
        assert client.get(f"/items/{item.pk}/").status_code == 200
    assert line.asked == 2


def test_an_item_of_another_facility_has_nobody(cast: Cast, line: Line) -> None:
    item = item_at(cast.there)
    poll = signed_in(cast.sam).get(f"/items/{item.pk}/here/", headers={"HX-Trigger-Name": "poll"})
    assert poll.status_code == 404
    assert line.asked == 0


def test_a_late_save_shows_both_sides_and_may_go_on_top(cast: Cast) -> None:
    item = item_at(cast.here)
    seen = item.version
    work.note([item.pk], cast.mara, text="They call back tomorrow")
    client = signed_in(cast.sam)
    page = client.post(f"/items/{item.pk}/resolve/", {**RESOLVE, "version": seen})
    text = page.content.decode()
    assert page.status_code == 409
    assert "They call back tomorrow" in text
    assert "Mara Fictional" in text
    assert 'value="Typed by Sam"' in text
    assert "Resolve on top of it" in text
    item.refresh_from_db()
    assert (item.status, f'name="version" value="{item.version}"' in text) == ("new", True)
    assert client.post(f"/items/{item.pk}/resolve/", {**RESOLVE, "version": item.version}).status_code == 302


def test_what_cannot_be_done_any_more_keeps_the_words_and_offers_no_button(cast: Cast) -> None:
    item = item_at(cast.here)
    seen = item.version
    work.resolve([item.pk], cast.mara, resolution="no_action")
    page = signed_in(cast.sam).post(f"/items/{item.pk}/resolve/", {**RESOLVE, "version": seen})
    text = page.content.decode()
    assert page.status_code == 409
    assert 'value="Typed by Sam"' in text
    assert "cannot be done any more" in text
    assert "on top of it" not in text


def test_every_form_about_one_item_carries_the_version(cast: Cast) -> None:
    for action in ITEM_ACTIONS.values():
        assert action.asks or "version" in action.form.base_fields, action.name


@pytest.mark.parametrize(
    ("action", "form"),
    [
        ("take", {}),
        ("postpone", {"until": str(timezone.localdate() + timedelta(days=400)), "because": "x", "late_because": "x"}),
        ("hand_over", {"to": "person:{sue}", "reason": "x"}),
        ("escalate", {"reason": "x"}),
        ("resolve", RESOLVE),
    ],
)
def test_no_stale_form_overwrites(cast: Cast, action: str, form: dict[str, str]) -> None:
    item = item_at(cast.here)
    WorkItem.objects.filter(pk=item.pk).update(version=item.version + 1)
    sent = {name: value.format(sue=cast.sue.pk) for name, value in form.items()}
    answer = signed_in(cast.mara).post(f"/items/{item.pk}/{action}/", {**sent, "version": item.version})
    assert answer.status_code == 409


def test_evidence_that_somebody_gathers_themselves_makes_their_page_no_older(cast: Cast) -> None:
    for gatherer, answer in ((cast.sam, 302), (cast.sue, 409)):
        item = needing(cast.here)
        seen = item.version
        kept(item, gatherer, "order and notes")
        sent = {"version": seen, "resolution": "adjustment", "preventable": "yes"}
        assert signed_in(cast.sam).post(f"/items/{item.pk}/resolve/", sent).status_code == answer
    item = needing(cast.here)
    work.postpone(
        [item.pk], cast.sam, until=timezone.localdate() + timedelta(days=1), because="Later", today=timezone.localdate()
    )
    kept(item, cast.sam, "order and notes")
    with pytest.raises(Conflict):
        work.resolve([item.pk], cast.sam, resolution="adjustment", expected_version=item.version)
