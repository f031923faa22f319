"""People at work: what each holds, and the work profile with its history."""

from __future__ import annotations

import pytest
from django.utils import timezone

from tests.cast import Cast
from tests.settings_forms import history_in, send
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists import work
from worklists.models import WorkProfile

pytestmark = pytest.mark.django_db


def test_everybody_who_works_is_listed_with_what_they_hold(cast: Cast) -> None:
    WorkProfile.objects.create(user=cast.sam, minutes_a_day=60, most_taken=25, skills=["Medicare"])
    items = [item_at(cast.here, expected_minutes=30).pk for _ in range(3)]
    work.take(items, cast.sam)
    item_at(cast.here, assignee=cast.sam, status="waiting", follow_up_on=timezone.localdate(), expected_minutes=30)
    page = signed_in(cast.mara).get("/people/").content.decode()
    row = page.partition("Sam Fictional")[2].partition("</tr>")[0]
    assert ">1.6<" in row  # five minutes for what waits
    assert ">25<" in row
    assert "Medicare" in row
    for asked, number in (("&amp;status=taken", 3), ("", 4)):
        assert f'href="/items/?owner={cast.sam.pk}{asked}">{number}<' in row
        address = f"/items/?owner={cast.sam.pk}{asked.replace('&amp;', '&')}"
        assert len(shown_items(signed_in(cast.mara).get(address))) == number
    assert f'href="/items/reassign/?owner={cast.sam.pk}"' in row
    assert "Remy" not in page.partition("<tbody>")[2].partition("</tbody>")[0]


def test_a_manager_sets_limits_and_skills_and_the_page_keeps_who_did(cast: Cast) -> None:
    client = signed_in(cast.mara)
    address = f"/people/{cast.sam.pk}/"
    assert send(client, address, most_taken=["25"], skills=["Medicare,  oncology coding"]).status_code == 302
    send(client, address, minutes_a_day=["300"])
    profile = WorkProfile.objects.get()
    assert (profile.user, profile.most_taken, profile.minutes_a_day) == (cast.sam, 25, 300)
    assert profile.skills == ["Medicare", "oncology coding"]
    [told] = history_in(client.get(address))  # a test is one transaction, and so one entry
    assert "by Mara Fictional Minutes of work a day: 360 → 300" in told


def test_nonsense_is_refused_with_the_form(cast: Cast) -> None:
    client = signed_in(cast.mara)
    for field, value in (("most_taken", "0"), ("minutes_a_day", "2000"), ("skills", "x" * 41)):
        answer = send(client, f"/people/{cast.sam.pk}/", **{field: [value]})
        assert (answer.status_code, WorkProfile.objects.exists()) == (422, False), field
