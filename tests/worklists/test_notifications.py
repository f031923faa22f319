"""What people are told: once for each cause, by who they are and what they may see; read, and led to its item."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.models import User
from accounts.refusal import Refused
from config import tasks
from denials.domain.days import add_business_days
from tests.cast import Cast
from tests.factories import QueueFactory, TeamFactory
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists import asking, notifications, notifying, work
from worklists.live import work_now
from worklists.models import Clarification, EscalationRule, Notification, NotificationChoice, WorkItem
from worklists.watch import escalating

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)
TODAY = timezone.localdate()


def told(user: User) -> list[tuple[str, int | None]]:
    notifying.tell()
    return list(Notification.objects.filter(person=user).order_by("pk").values_list("kind", "item"))


def taken(cast: Cast) -> WorkItem:
    item = item_at(cast.here, deadline=TODAY + timedelta(days=60))
    work.take([item.pk], cast.sam)
    return item


def test_what_comes_back_on_its_day_is_told_to_its_owner_once(cast: Cast) -> None:
    item = taken(cast)
    on = add_business_days(TODAY, 2)
    work.postpone([item.pk], cast.sam, until=on, because="Record asked for", today=TODAY)
    work.wake_postponed(on)
    assert told(cast.sam) == [("returned", item.pk)]
    assert told(cast.sam) == [("returned", item.pk)]
    assert told(cast.sue) == []


def test_an_answer_of_a_colleague_is_told_and_what_one_did_oneself_is_not(cast: Cast) -> None:
    item = taken(cast)
    team = cast.sue.teams.get()
    asking.ask([item.pk], cast.sam, team=team, text="Approved?", due_on=TODAY + timedelta(days=2), today=TODAY)
    assert told(cast.sam) == []
    asking.answer(Clarification.objects.get(), cast.sue, text="Yes")
    assert told(cast.sam) == [("answered", item.pk)]


def test_the_answer_of_a_payer_is_told_where_somebody_else_recorded_it(cast: Cast) -> None:
    item = taken(cast)
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=TODAY)
    work.return_from_payer([item.pk], cast.sam, text="Denied")
    assert told(cast.sam) == []
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=TODAY)
    work.return_from_payer([item.pk], cast.mara, text="Denied")
    assert told(cast.sam) == [("payer", item.pk)]


def test_who_gets_an_item_is_not_told_what_happened_to_it_before(cast: Cast) -> None:
    """Back on its day and answered by the payer, then handed over: that was the news of who had it."""
    woken, answered, free = taken(cast), taken(cast), taken(cast)
    on = add_business_days(TODAY, 2)
    work.postpone([woken.pk, free.pk], cast.sam, until=on, because="Record asked for", today=TODAY)
    WorkItem.objects.filter(pk=free.pk).update(assignee=None)
    work.wake_postponed(on)
    work.wait_for_payer([answered.pk], cast.sam, follow_up_on=TODAY)
    work.return_from_payer([answered.pk], cast.mara, text="Denied")
    assert sorted(told(cast.sam)) == [("payer", answered.pk), ("returned", woken.pk)]
    work.hand_over([woken.pk, answered.pk], cast.mara, to=cast.sue, reason="Cover")
    work.take([free.pk], cast.sue)
    assert told(cast.sue) == []
    work.wait_for_payer([answered.pk], cast.sue, follow_up_on=TODAY)
    work.return_from_payer([answered.pk], cast.mara, text="Denied")
    assert told(cast.sue) == [("payer", answered.pk)]


def test_who_is_mentioned_is_told_and_led_to_the_item(cast: Cast) -> None:
    item = item_at(cast.here)
    work.note([item.pk], cast.sam, text="@mara and @sue please look. @sam")
    assert told(cast.mara) == told(cast.sue) == [("mention", item.pk)]
    assert told(cast.sam) == []
    client = signed_in(cast.sue)
    page = client.get("/notifications/").content.decode()
    assert f"Sam Fictional mentioned you in a note on item {item.pk}." in page
    row = Notification.objects.get(person=cast.sue)
    assert client.post(f"/notifications/{row.pk}/").headers["Location"] == f"/items/{item.pk}/"
    row.refresh_from_db()
    assert row.read_at is not None
    assert signed_in(cast.sam).post(f"/notifications/{row.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("@otto look", "Otto Fictional may not see this item"),
        ("@nobody look", "nobody who may see items is called @nobody"),
        ("@fictional look", "nobody who may see items is called @fictional"),
    ],
)
def test_a_mention_that_would_reach_nobody_is_refused_and_what_was_written_is_kept(
    cast: Cast, text: str, why: str
) -> None:
    item = item_at(cast.here)
    with pytest.raises(Refused, match=why):
        work.note([item.pk], cast.sam, text=text)
    page = signed_in(cast.sam).post(f"/items/{item.pk}/note/", {"text": text})
    assert page.status_code == 422
    assert text in page.content.decode()


def test_a_name_that_two_have_asks_which_one(cast: Cast) -> None:
    item = item_at(cast.here)
    User.objects.filter(pk=cast.sue.pk).update(first_name="Mara", username="s.f")
    User.objects.filter(pk=cast.mara.pk).update(username="m.f")
    with pytest.raises(Refused, match=r"@mara may be @m\.f \(Mara Fictional\) or @s\.f \(Mara Fictional\)"):
        work.note([item.pk], cast.sam, text="@mara look")


def test_an_escalation_by_a_person_is_told_to_whom_it_is_addressed_or_to_the_managers(cast: Cast) -> None:
    first, second = item_at(cast.here), item_at(cast.here)
    escalating.escalate([first.pk], cast.sam, reason="Stuck", to=cast.sue, today=TODAY)
    escalating.escalate([second.pk], cast.sam, reason="Stuck", today=TODAY)
    assert told(cast.sue) == [("escalated", first.pk)]
    assert told(cast.mara) == told(cast.ada) == [("escalated", second.pk)]
    assert told(cast.sam) == []


def test_what_a_rule_raises_in_a_day_is_told_once(cast: Cast) -> None:
    team = TeamFactory.create(key="leads", name="Leads")
    team.people.add(cast.mara)
    EscalationRule.objects.update(is_active=False)
    EscalationRule.objects.create(name="Large", position=1, at_least=1, to="team", team=team)
    for _ in range(3):
        item_at(cast.here, deadline=TODAY + timedelta(days=30))
    escalating.evaluate(TODAY)
    assert told(cast.mara) == [("escalated", None)]
    assert "The rule “Large” escalated items to you." in signed_in(cast.mara).get("/notifications/").content.decode()


def test_what_rules_raised_opens_as_the_items_of_each_rule(cast: Cast) -> None:
    team = TeamFactory.create(key="leads", name="Leads")
    team.people.add(cast.mara)
    EscalationRule.objects.update(is_active=False)
    for name, least in (("Large", 500), ("Any", 1)):
        EscalationRule.objects.create(name=name, position=1, at_least=least, to="team", team=team)
    items = [item_at(cast.here, deadline=TODAY + timedelta(days=30), amount_at_risk=much) for much in (600, 20, 700)]
    escalating.evaluate(TODAY)
    mara, opened = signed_in(cast.mara), {}
    notifying.tell()
    for row in Notification.objects.filter(person=cast.mara, kind="escalated"):
        page = mara.post(f"/notifications/{row.pk}/", follow=True)
        opened[EscalationRule.objects.get(pk=row.facts["rule"]).name] = sorted(shown_items(page))
    assert opened == {"Large": [items[0].pk, items[2].pk], "Any": [item.pk for item in items]}
    assert shown_items(mara.get("/items/?raised_by=999999")) == []


def test_the_digest_counts_what_each_owner_has_due_once_a_morning(cast: Cast) -> None:
    days = {"late": -1, "today": 0, "week": 7, "far": 30}
    for distance in days.values():
        item_at(cast.here, assignee=cast.sam, deadline=MONDAY + timedelta(days=distance))
    sent = item_at(cast.here, assignee=cast.sam, deadline=MONDAY - timedelta(days=9))
    WorkItem.objects.filter(pk=sent.pk).update(status="waiting", follow_up_on=MONDAY)
    item_at(cast.here, assignee=cast.sue, deadline=MONDAY + timedelta(days=30))
    assert (notifying.digest(MONDAY), notifying.digest(MONDAY)) == (3, 0)
    assert Notification.objects.get(person=cast.sam).facts == {"late": 1, "today": 1, "off": 0, "week": 1, "ask": 1}
    page = signed_in(cast.sam).get("/notifications/").content.decode()
    assert "This morning: 1 late, 1 due today, 1 due later within seven days, 1 to ask the payer about." in page


@pytest.mark.parametrize(
    ("today", "due", "found"),
    [
        ("2026-11-20", ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"], (0, 1, 2, 1)),
        ("2026-11-21", ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"], (1, 1, 1, 1)),
        ("2026-11-22", ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"], (2, 1, 0, 1)),
        ("2026-11-23", ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"], (3, 1, 0, 0)),
        ("2026-11-25", ["2026-11-26", "2026-11-27", "2026-12-02", "2026-12-03"], (0, 0, 1, 2)),
        ("2026-12-24", ["2026-12-24", "2026-12-25", "2026-12-27", "2026-12-28"], (0, 1, 2, 1)),
    ],
    ids=["Friday", "Saturday", "Sunday", "Monday", "before Thanksgiving", "before a Christmas on a Friday"],
)
def test_the_digest_tells_apart_what_ends_on_days_off(
    cast: Cast, today: str, due: list[str], found: tuple[int, int, int, int]
) -> None:
    for day in due:
        item_at(cast.here, assignee=cast.sam, deadline=date.fromisoformat(day))
    notifying.digest(date.fromisoformat(today))
    facts = Notification.objects.get(person=cast.sam).facts
    assert tuple(facts[name] for name in ("late", "today", "off", "week")) == found


def test_what_comes_back_on_a_day_off_and_ends_there_is_told_on_the_day_before(cast: Cast) -> None:
    friday, sunday = MONDAY - timedelta(days=3), MONDAY - timedelta(days=1)
    item_at(cast.here, assignee=cast.sam, deadline=sunday, postponed_until=sunday - timedelta(days=1))
    notifying.digest(friday)
    with time_machine.travel("2026-11-20 15:00:00+00:00", tick=False):
        Notification.objects.update(at=timezone.now())
        page = signed_in(cast.sam).get("/notifications/").content.decode()
    assert "This morning: 1 due before the next working day." in page


def test_a_digest_that_is_read_later_says_of_which_morning_it_is(cast: Cast) -> None:
    item_at(cast.here, assignee=cast.sam, deadline=MONDAY).queue.teams.set(cast.mara.teams.all())
    notifying.digest(MONDAY)
    Notification.objects.update(at=datetime(2026, 11, 23, 15, tzinfo=UTC))
    with time_machine.travel("2026-11-24 15:00:00+00:00", tick=False):
        pages = [signed_in(user).get("/notifications/").content.decode() for user in (cast.sam, cast.mara)]
    assert "On the morning of Mon 23 Nov: 1 due today." in pages[0]
    assert "On the morning of Mon 23 Nov: $" in pages[1]


@pytest.mark.parametrize(
    ("now", "is_told"),
    [
        ("2026-11-23 10:59:00+00:00", False),
        ("2026-11-23 11:00:00+00:00", True),
        ("2026-11-21 15:00:00+00:00", False),
        ("2026-11-22 15:00:00+00:00", False),
        ("2026-11-26 15:00:00+00:00", False),
        ("2026-11-27 15:00:00+00:00", True),
    ],
    ids=["before six", "at six", "Saturday", "Sunday", "Thanksgiving", "the day after"],
)
def test_the_digest_comes_in_the_morning_of_a_working_day(cast: Cast, now: str, is_told: bool) -> None:
    item_at(cast.here, assignee=cast.sam, deadline=MONDAY)
    with time_machine.travel(now, tick=False):
        tasks.digest()
    assert Notification.objects.filter(person=cast.sam).exists() == is_told


def test_a_kind_that_somebody_does_not_want_is_not_told(cast: Cast) -> None:
    client = signed_in(cast.sue)
    wanted = [kind for kind in Notification.Kind.values if kind not in ("mention", "digest")]
    assert client.post("/notifications/settings/", {"wanted": wanted}).status_code == 302
    assert NotificationChoice.objects.get(user=cast.sue).unwanted == ["digest", "mention"]
    item = item_at(cast.here, assignee=cast.sue, deadline=MONDAY)
    work.note([item.pk], cast.sam, text="@sue and @mara")
    notifying.digest(MONDAY)
    assert told(cast.sue) == []
    assert told(cast.mara) == [("digest", None), ("mention", item.pk)]


def test_old_work_is_no_news_after_a_long_stop(cast: Cast) -> None:
    item = item_at(cast.here)
    with time_machine.travel(timezone.now() - timedelta(days=4), tick=False):
        work.note([item.pk], cast.sam, text="@sue look")
    assert told(cast.sue) == []


def test_the_bell_counts_what_is_unread_and_of_facilities_that_one_sees(cast: Cast) -> None:
    items = [item_at(cast.here), item_at(cast.here)]
    work.note([item.pk for item in items], cast.sam, text="@sue look")
    notifying.tell()
    client = signed_in(cast.sue)
    assert 'aria-label="Notifications, 2 unread"' in client.get("/items/").content.decode()
    Notification.objects.filter(person=cast.sue, item=items[0]).update(read_at=timezone.now())
    assert notifications.unread(cast.sue).count() == 1
    cast.sue.facilities.set([cast.there])
    assert notifications.of(cast.sue).count() == 0
    client.post("/notifications/read/")
    cast.sue.facilities.set([cast.here])
    assert notifications.unread(cast.sue).count() == 1, "what one may not see is not marked either"


def test_a_page_asks_again_when_somebody_was_told_something(cast: Cast) -> None:
    before = work_now(None)  # type: ignore[arg-type]
    Notification.objects.create(person=cast.sue, kind="digest", cause="digest:x", facts={"late": 1})
    assert work_now(None) != before  # type: ignore[arg-type]


def test_managers_are_told_each_morning_what_their_queues_lose_this_week_and_by_whom(cast: Cast) -> None:
    items = [item_at(cast.here, deadline=MONDAY + timedelta(days=days)) for days in (0, 3, 7, 8, -1)]
    for item in items:
        item.queue.teams.set(cast.mara.teams.all())
    work.take([items[0].pk, items[1].pk], cast.sam)
    away = item_at(cast.there, queue=QueueFactory.create(key="away", name="Away"), deadline=MONDAY)
    away.queue.teams.set([TeamFactory.create(key="away", name="Away")])
    away.queue.teams.get().people.add(cast.ada)
    with time_machine.travel(datetime(2026, 11, 23, 15, tzinfo=UTC)):
        assert notifying.digest(MONDAY) > 0
        assert notifying.digest(MONDAY) == 0
        row = Notification.objects.get(person=cast.mara, cause=f"teams:{MONDAY}")
        assert (row.facts["items"], [part["items"] for part in row.facts["people"]]) == (3, [2, 1])
        client = signed_in(cast.mara)
        page = client.get("/notifications/").content.decode()
        assert "in 3 items of your queues are lost within 7 days unless worked" in page
        found = dict(re.findall(r'href="(/items/[^"]+)">([^:]+): ', page))
        lists = {who: shown_items(client.get(address.replace("&amp;", "&"))) for address, who in found.items()}
        assert lists == {"Sam Fictional": [items[0].pk, items[1].pk], "nobody": [items[2].pk]}
        everything = client.post(f"/notifications/{row.pk}/", follow=True)
        assert sorted(shown_items(everything)) == sorted(item.pk for item in items[:3])
    assert not Notification.objects.filter(person=cast.sam, cause__startswith="teams:").exists()


def test_who_wants_no_digest_gets_none_of_their_teams_either(cast: Cast) -> None:
    item_at(cast.here, deadline=MONDAY).queue.teams.set(cast.mara.teams.all())
    NotificationChoice.objects.create(user=cast.mara, unwanted=["digest"])
    notifying.digest(MONDAY)
    assert not Notification.objects.filter(person=cast.mara).exists()
