"""The lists of work: what stands in them, how they are narrowed, and that nothing is lost between two pages."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import FormSubmission
from accounts.once import new_form_key
from tests.cast import Cast
from tests.factories import PayerFactory, QueueFactory
from tests.worklists.pages import item_at, link_to, page_title, shown_items, signed_in
from worklists import paging, work
from worklists.denial_facts import reason_of
from worklists.models import Queue, WorkItem, WorkProfile
from worklists.models.items import DEADLINE_RUNS
from worklists.paging import CLOSED, PAGE_SIZE, SORTS

pytestmark = pytest.mark.django_db
SMALL = 7


@pytest.fixture
def queue(cast: Cast) -> Queue:
    """The queue of the team that everybody in the cast belongs to."""
    queue: Queue = QueueFactory.create(key="prior_auth", name="Authorization")
    queue.teams.set(cast.sam.teams.all())
    return queue


def shown(client: Client, url: str) -> list[int]:
    response = client.get(url)
    assert response.status_code == 200
    return shown_items(response)


def test_every_list_opens_for_every_role(cast: Cast, queue: Queue) -> None:
    for user in (cast.sam, cast.mara, cast.ada, cast.remy):
        for url in ("/queues/", "/items/", "/waiting/", "/my-day/", f"/queues/{queue.key}/"):
            assert signed_in(user).get(url).status_code == 200, (user.username, url)


def test_nobody_sees_a_list_without_signing_in(cast: Cast) -> None:
    assert Client().get("/items/").status_code == 302


def test_the_day_of_a_manager_starts_at_the_board_and_that_of_others_in_their_queues(cast: Cast) -> None:
    assert signed_in(cast.mara).get("/").headers["Location"] == "/board/"
    assert "My queues" in signed_in(cast.sam).get("/").content.decode()


def test_my_queues_hold_my_teams_work_and_what_was_handed_to_me(cast: Cast, queue: Queue) -> None:
    ours = item_at(cast.here, queue=queue)
    mine = item_at(cast.here, queue=QueueFactory.create(key="coding", name="Coding"), assignee=cast.sam)
    item_at(cast.here, queue=mine.queue)
    assert set(shown(signed_in(cast.sam), "/")) == {ours.pk, mine.pk}


def test_items_of_another_facility_are_in_no_list_and_in_no_count(cast: Cast, queue: Queue) -> None:
    item_at(cast.there, queue=queue, last="Elsewhere")
    client = signed_in(cast.sam)
    for url in ("/", "/items/", f"/queues/{queue.key}/", "/items/?status=any"):
        page = client.get(url)
        assert shown_items(page) == []
        assert "Elsewhere" not in page.content.decode()
        assert page.context["counts"].shown == 0
        assert set(page.context["counts"].tabs.values()) == {0}


def test_a_list_leaves_out_what_waits_is_postponed_or_resolved(cast: Cast, queue: Queue) -> None:
    today = timezone.localdate()
    here, waits, later, done = (item_at(cast.here, queue=queue) for _ in range(4))
    work.wait_for_payer([waits.pk], cast.sam, follow_up_on=today + timedelta(days=9))
    work.postpone([later.pk], cast.sam, until=today + timedelta(days=1), because="Record asked for", today=today)
    work.resolve([done.pk], cast.sam, resolution="correction")
    client = signed_in(cast.sam)
    assert shown(client, "/") == [here.pk]
    assert shown(client, "/?tab=postponed") == [later.pk]
    assert shown(client, "/waiting/") == [waits.pk]
    assert shown(client, "/items/?status=resolved") == [done.pk]
    assert set(shown(client, "/items/?status=any")) == {here.pk, waits.pk, later.pk, done.pk}


def test_tabs_say_how_many_they_hold(cast: Cast, queue: Queue) -> None:
    today = timezone.localdate()
    item_at(cast.here, queue=queue, deadline=today - timedelta(days=1))
    item_at(cast.here, queue=queue, deadline=today, round=2)
    item_at(cast.here, queue=queue, deadline=today + timedelta(days=40))
    page = signed_in(cast.sam).get("/")
    assert page.context["counts"].tabs == {"": 3, "overdue": 1, "due": 1, "repeat": 1, "postponed": 0}


@pytest.mark.parametrize(
    ("query", "fits"),
    [
        ("category=coding", {"coding"}),
        ("value=over-10000", {"dear"}),
        ("at_least=5000", {"dear"}),
        ("owner=me", {"mine"}),
        ("owner=nobody", {"plain", "coding", "dear", "late"}),
        ("due=overdue", {"late"}),
        ("due=7", {"plain", "coding", "dear", "mine"}),
        ("code=50", {"coding"}),
        ("code=CO-50", {"coding"}),
        ("code=PR-50", set()),
        ("code=n115", {"coding"}),
        ("status=taken", {"mine"}),
    ],
)
def test_each_filter_finds_its_items(cast: Cast, queue: Queue, query: str, fits: set[str]) -> None:
    soon = timezone.localdate() + timedelta(days=5)
    made: dict[str, WorkItem] = {
        "plain": item_at(cast.here, queue=queue, deadline=soon),
        "coding": item_at(
            cast.here, queue=queue, deadline=soon, category="coding",
            denial__primary_code="50", denial__remarks=["N115"], reason="CO-50 N115",
        ),
        "dear": item_at(cast.here, queue=queue, deadline=soon, amount_at_risk=Decimal("12000.00")),
        "late": item_at(cast.here, queue=queue, deadline=soon - timedelta(days=30)),
        "mine": item_at(
            cast.here, queue=queue, deadline=soon, status="taken", assignee=cast.sam, taken_at=timezone.now()
        ),
    }  # fmt: skip

    names = {item.pk: name for name, item in made.items()}
    assert {names[pk] for pk in shown(signed_in(cast.sam), f"/items/?{query}")} == fits


def test_payer_and_facility_and_queue_narrow_the_list(cast: Cast, queue: Queue) -> None:
    other = PayerFactory.create(name="Other Fictional Plan")
    wanted = item_at(cast.here, queue=queue, claim__payer=other)
    elsewhere = item_at(cast.there, queue=QueueFactory.create(key="coding", name="Coding"))
    client = signed_in(cast.mara)
    assert shown(client, f"/items/?payer={other.pk}") == [wanted.pk]
    assert shown(client, f"/items/?facility={cast.there.pk}") == [elsewhere.pk]
    assert shown(client, f"/items/?queue={queue.pk}") == [wanted.pk]
    assert "Other Fictional Plan" in client.get(f"/items/?payer={other.pk}").content.decode()


def test_a_filter_nobody_understands_shows_nothing_and_says_so(cast: Cast, queue: Queue) -> None:
    item_at(cast.here, queue=queue)
    page = signed_in(cast.sam).get("/items/?due=soonish")
    assert shown_items(page) == []
    assert "not understood" in page.content.decode()


@pytest.mark.parametrize(
    "words",
    ["RC-777", "RC-777123", "PCN-55", "W123", "Madeup", "madeup", "Madeup, Z", "TRACE-9"],
)
def test_search_finds_by_what_people_have_at_hand(cast: Cast, queue: Queue, words: str) -> None:
    wanted = item_at(
        cast.here, queue=queue, last="Madeup", claim__patient_first="Zoe", claim__number="RC-777123",
        claim__payer_control_number="PCN-55A", claim__member_id="W123",
    )  # fmt: skip
    type(wanted.denial.remitted_claim.remittance).objects.filter(pk=wanted.denial.remitted_claim.remittance_id).update(
        trace="TRACE-9"
    )
    item_at(cast.here, queue=queue)
    answer = signed_in(cast.sam).post("/search/", {"q": words}, follow=True)
    assert shown_items(answer) == [wanted.pk]


def test_search_finds_resolved_items_too(cast: Cast, queue: Queue) -> None:
    done = item_at(cast.here, queue=queue, last="Madeup")
    work.resolve([done.pk], cast.sam, resolution="correction")
    assert shown_items(signed_in(cast.sam).post("/search/", {"q": "Madeup"}, follow=True)) == [done.pk]


def test_search_does_not_find_what_is_at_another_facility(cast: Cast, queue: Queue) -> None:
    item_at(cast.there, queue=queue, last="Madeup")
    assert shown_items(signed_in(cast.sam).post("/search/", {"q": "Madeup"}, follow=True)) == []


def test_no_patient_data_stands_in_an_address_or_a_title(cast: Cast, queue: Queue) -> None:
    item_at(cast.here, queue=queue, last="Madeup", claim__number="RC-777123")
    client = signed_in(cast.sam)
    answer = client.post("/search/", {"q": "Madeup"})
    assert "Madeup" not in answer.headers["Location"]
    page = client.get(answer.headers["Location"])
    assert "Madeup" in page.content.decode()
    assert "Madeup" not in page_title(page)
    addresses = "".join(part.split('"')[0] for part in page.content.decode().split('="/')[1:])
    assert "Madeup" not in addresses
    assert "RC-777123" not in addresses


def test_a_search_of_another_session_finds_nothing(cast: Cast, queue: Queue) -> None:
    item_at(cast.here, queue=queue, last="Madeup")
    location = signed_in(cast.sam).post("/search/", {"q": "Madeup"}).headers["Location"]
    assert shown(signed_in(cast.sue), location) == []


@pytest.mark.parametrize("asked", [*(f"sort={sort}" for sort in sorted(SORTS.keys() - {CLOSED})), "owner=nobody"])
def test_walking_all_pages_shows_every_item_once_there_and_back(
    cast: Cast, queue: Queue, asked: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ties, rows without a deadline and the end of the lane are where pages by key lose or repeat rows. A list that is
    narrowed looks for the lane in another way.
    """
    monkeypatch.setattr(paging, "PAGE_SIZE", SMALL)
    made = make_many(cast, queue, 2 * SMALL + 3)
    client = signed_in(cast.sam)
    page = client.get(f"/items/?{asked}")
    forward = shown_items(page)
    pages = [shown_items(page)]
    while older := link_to(page, "next"):
        page = client.get(older)
        pages.append(shown_items(page))
        forward += shown_items(page)
    assert sorted(forward) == sorted(made)
    in_lane = made[1::4]
    assert (set(forward[: len(in_lane)]) == set(in_lane)) == (asked in ("sort=rank", "owner=nobody"))
    back = [shown_items(page)]
    while newer := link_to(page, "prev"):
        page = client.get(newer)
        back.append(shown_items(page))
    assert [row for part in reversed(back) for row in part] == forward
    assert len(pages) == 3


def test_what_was_sent_hurries_no_more(cast: Cast, queue: Queue) -> None:
    soon = timezone.localdate() + timedelta(days=1)
    in_hurry: dict[str, Any] = {"deadline": soon, "last_safe_on": soon, "rank_key": 3}
    sent = item_at(cast.here, queue=queue, status="waiting", **in_hurry)
    pressing = item_at(cast.here, queue=queue, **in_hurry)
    usual = item_at(cast.here, queue=queue, rank_key=2, deadline=soon + timedelta(days=90), last_safe_on=None)

    assert shown(signed_in(cast.sam), "/items/") == [pressing.pk, usual.pk, sent.pk]


def test_a_flag_is_asked_for_once_however_often_it_is_said() -> None:
    rows = WorkItem.objects.filter(is_open=True, is_thin=True).filter(DEADLINE_RUNS, is_open=True)
    sql = str(rows.values("pk").order_by().query)

    assert (sql.count('"is_open"'), sql.count('"is_thin"'), sql.count("waiting")) == (1, 1, 1)
    assert str(WorkItem.objects.filter(is_open=False).filter(is_open=True).values("pk").query).count('"is_open"') == 2


@pytest.mark.parametrize(
    "asked", ["", "?due=14", "?left_from=0&left_to=14", "?left_to=14", "?tab=due", "?due=30", "?value=under-500"]
)
def test_what_a_list_is_narrowed_by_does_not_change_its_order(cast: Cast, queue: Queue, asked: str) -> None:
    today = timezone.localdate()
    deadline, safe, later = (today + timedelta(days=ahead) for ahead in (10, 2, 9))
    usual: dict[str, Any] = {"queue": queue, "deadline": deadline, "amount_at_risk": 100}
    rest = [item_at(cast.here, rank_key=rank, last_safe_on=later, **usual).pk for rank in (3, 1, 2)]
    lane = [item_at(cast.here, rank_key=rank, last_safe_on=safe, **usual).pk for rank in (6, 4, 5)]

    expected = [lane[1], lane[2], lane[0], rest[1], rest[2], rest[0]]
    assert shown(signed_in(cast.sam), f"/items/{asked}") == expected


def test_what_came_in_lately_stands_first_whether_open_or_not(cast: Cast, queue: Queue) -> None:
    closed: dict[str, Any] = {"status": "resolved", "resolution": "appeal", "resolved_at": timezone.now()}
    made = [item_at(cast.here, queue=queue, rank_key=rank).pk for rank in (2, 1, 3)]
    made.append(item_at(cast.here, queue=queue, rank_key=0, **closed).pk)

    assert shown(signed_in(cast.sam), "/items/?arrived=1") == made[::-1]
    assert shown(signed_in(cast.sam), "/items/?arrived=1&sort=rank") == [made[each] for each in (3, 1, 0, 2)]


def make_many(cast: Cast, queue: Queue, count: int) -> list[int]:
    """Items alike in bulk, so that many share each value that lists are sorted by."""
    first = item_at(cast.here, queue=queue)
    claims = [first.claim]
    for number in range(1, count):
        claim = type(first.claim).objects.get(pk=first.claim_id)
        claim.pk, claim.number, claim.matching_key = None, f"RC-M{number}", f"RC-M{number}"
        claims.append(claim)
    type(first.claim).objects.bulk_create(claims[1:])
    remitted = copies(first.denial.remitted_claim, claims, position=True)
    denials = copies(first.denial, claims, remitted_claim=remitted)
    today = timezone.localdate()
    near, soon, later = (today + timedelta(days=ahead) for ahead in (2, 30, 90))
    days: list[Any] = [None, soon, soon, later]
    items = copies(first, claims, denial=denials)
    for number, item in enumerate(items):
        item.deadline = item.follow_up_on = days[number % 4]
        item.last_safe_on = near if number % 4 == 1 else item.deadline
        item.rank_key = float(number % 3)
        item.amount_at_risk = Decimal(number % 5)
        item.save()
    return [item.pk for item in items]


def copies(row: Any, claims: list[Any], **others: Any) -> list[Any]:
    made = [row]
    for number, claim in enumerate(claims[1:], start=1):
        copy = type(row).objects.get(pk=row.pk)
        copy.pk, copy.claim = None, claim
        for name, values in others.items():
            setattr(copy, name, number + 1 if values is True else values[number])
        copy.save()
        made.append(copy)
    return made


def test_a_page_costs_the_same_number_of_queries_however_many_rows_it_has(
    cast: Cast, queue: Queue, django_assert_max_num_queries: Any
) -> None:
    """Session, user, choices with the rail, counts, rows, the note of who looked."""
    make_many(cast, queue, PAGE_SIZE + 5)
    client = signed_in(cast.sam)
    client.get("/items/")
    with django_assert_max_num_queries(6):
        assert len(shown_items(client.get("/items/"))) == PAGE_SIZE


def test_next_takes_the_most_pressing_item_and_opens_it(cast: Cast, queue: Queue) -> None:
    item_at(cast.here, queue=queue, rank_key=20.0)
    urgent = item_at(cast.here, queue=queue, rank_key=10.0)
    answer = signed_in(cast.sam).post("/next/", {"form_key": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"})
    assert answer.headers["Location"] == reverse("item", args=[urgent.pk])
    urgent.refresh_from_db()
    assert urgent.assignee == cast.sam


def test_pressing_next_twice_with_the_same_form_takes_one_item(cast: Cast, queue: Queue) -> None:
    item_at(cast.here, queue=queue)
    item_at(cast.here, queue=queue)
    client = signed_in(cast.sam)
    form = {"form_key": "1b4e28ba-2fa1-41d2-883f-0016d3cca427"}
    assert client.post("/next/", form).headers["Location"] == client.post("/next/", form).headers["Location"]
    assert WorkItem.objects.filter(assignee=cast.sam).count() == 1


def test_next_reads_who_asks_and_does_the_rest_in_one(cast: Cast, queue: Queue, django_assert_num_queries: Any) -> None:
    """The second statement goes past Django, as one of the driver; around it a test's transaction keeps a point."""
    taken = item_at(cast.here, queue=queue)
    client = signed_in(cast.sam)
    client.get("/items/")
    with django_assert_num_queries(3):
        answer = client.post("/next/", {"form_key": new_form_key(), "queue": queue.key})

    assert answer.headers["Location"] == f"/items/{taken.pk}/"
    told = FormSubmission.objects.values_list("user", "location")
    assert list(told) == [(cast.sam.pk, f"/items/{taken.pk}/")]


def test_a_form_of_next_that_found_nothing_takes_nothing_when_it_comes_again(cast: Cast, queue: Queue) -> None:
    client, form = signed_in(cast.sam), {"form_key": new_form_key()}
    assert client.post("/next/", form).headers["Location"] == "/queues/"
    item_at(cast.here, queue=queue)
    assert client.post("/next/", form).headers["Location"] == "/queues/"
    assert not WorkItem.objects.filter(assignee=cast.sam).exists()


def test_next_gives_only_items_of_the_persons_facilities(cast: Cast, queue: Queue) -> None:
    item_at(cast.there, queue=queue, rank_key=1.0)
    here = item_at(cast.here, queue=queue, rank_key=9.0)
    client = signed_in(cast.sam)
    assert client.post("/next/", {"form_key": new_form_key()}).headers["Location"] == f"/items/{here.pk}/"
    assert client.post("/next/", {"form_key": new_form_key()}).headers["Location"] == "/queues/"


def test_one_form_of_next_for_another_queue_is_refused(cast: Cast, queue: Queue) -> None:
    for _ in range(2):
        item_at(cast.here, queue=queue)
    client, key = signed_in(cast.sam), new_form_key()
    client.post("/next/", {"form_key": key})
    assert client.post("/next/", {"form_key": key, "queue": queue.key}).status_code == 409
    assert WorkItem.objects.filter(assignee=cast.sam).count() == 1


def test_the_next_ten_of_a_queue_are_taken_at_once_within_the_persons_limit(cast: Cast, queue: Queue) -> None:
    items = [item_at(cast.here, queue=queue, rank_key=float(rank)) for rank in range(5)]
    WorkProfile.objects.create(user=cast.sam, most_taken=3)
    client = signed_in(cast.sam)
    assert 'name="count" value="10"' in client.get(f"/queues/{queue.key}/").content.decode()

    answer = client.post("/next/", {"queue": queue.key, "count": "10"}, follow=True)

    assert shown_items(answer) == [item.pk for item in items[:3]]
    assert "3 items are yours" in answer.content.decode()
    assert "You hold 3 of 3 items" in answer.content.decode()


def test_next_with_nothing_left_says_so(cast: Cast, queue: Queue) -> None:
    answer = signed_in(cast.sam).post("/next/", follow=True)
    assert "Nothing is left to take" in answer.content.decode()


def test_a_read_only_person_gets_no_next_button_and_may_not_press_it(cast: Cast, queue: Queue) -> None:
    item_at(cast.here, queue=queue)
    client = signed_in(cast.remy)
    assert 'action="/next/"' not in client.get("/items/").content.decode()
    assert client.post("/next/").status_code == 403


def test_words_come_first_and_the_remark_speaks_where_the_reason_only_points_to_it(cast: Cast, queue: Queue) -> None:
    item_at(
        cast.here, queue=queue, reason="CO-16 N264 MA13", denial__primary_code="16", denial__remarks=["MA13", "N264"]
    )
    page = signed_in(cast.sam).get("/").content.decode()
    assert "Ordering provider name: missing, partial or wrong" in page
    assert "CO-16" in page


def test_an_empty_list_says_what_would_be_here(cast: Cast, queue: Queue) -> None:
    client = signed_in(cast.sam)
    assert "Nothing to work here" in client.get("/").content.decode()
    assert "Nothing matches" in client.get("/items/?tab=overdue").content.decode()


def test_the_usual_order_is_no_filter_to_take_off(cast: Cast) -> None:
    item_at(cast.here)
    client = signed_in(cast.sam)
    assert client.get("/items/?sort=rank").context["chips"] == []
    assert client.get("/items/?sort=amount").context["chips"] == []  # the chip that chose it says so


def test_the_order_that_a_list_has_anyway_stands_in_its_chip_once(cast: Cast) -> None:
    def orders(address: str) -> list[str]:
        chosen = signed_in(cast.sam).get(address).context["filter"].whole
        return [words for _, words in chosen.form.fields["sort"].choices]

    assert orders("/items/")[0] == "Most pressing first"
    assert orders("/waiting/")[0] == "Follow-up date"
    assert len(set(orders("/waiting/"))) == len(orders("/waiting/")) == len(orders("/items/"))


@pytest.mark.parametrize("address", ["/waiting/", "/waiting/colleagues/"])
def test_a_list_of_what_waits_offers_no_tab_of_what_is_postponed(cast: Cast, address: str) -> None:
    assert "Postponed" not in [tab["label"] for tab in signed_in(cast.sam).get(address).context["tabs"]]
    assert "Postponed" in [tab["label"] for tab in signed_in(cast.sam).get("/items/").context["tabs"]]


def test_an_open_item_that_was_paid_in_part_still_says_its_days(cast: Cast) -> None:
    today = timezone.localdate()
    item_at(
        cast.here, deadline=today + timedelta(days=3), resolved_at=timezone.now(), recovered_amount=Decimal("40.00")
    )
    [row] = signed_in(cast.sam).get("/items/").context["rows"]
    assert "3 days" in row.cells
    assert "closed" not in row.cells


def test_an_item_with_the_payer_is_not_overdue_and_asks_by_its_follow_up(cast: Cast) -> None:
    today = timezone.localdate()
    item = item_at(cast.here, deadline=today - timedelta(days=3))
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=today + timedelta(days=5))
    client = signed_in(cast.sam)
    assert shown_items(client.get("/items/?tab=overdue")) == []
    assert shown_items(client.get("/waiting/?tab=overdue")) == []
    assert shown_items(client.get("/waiting/?tab=due")) == [item.pk]


@pytest.mark.parametrize("words", ["Madeup Zoe", "zoe madeup", "Madeup, Zoe", "rc-777", "MADEUP"])
def test_a_claim_is_found_however_its_name_or_number_is_typed(cast: Cast, words: str) -> None:
    item = item_at(cast.here, last="Madeup", claim__patient_first="Zoe", claim__number="RC-777123")
    item_at(cast.here, last="Other")
    assert shown_items(signed_in(cast.sam).post("/search/", {"q": words}, follow=True)) == [item.pk]


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("197", {"first", "second"}),
        ("co-197", {"first"}),
        ("N54", {"first"}),
        ("PR-N54", set()),
        ("N99", {"second"}),
        ("19", set()),
        ("CO", set()),
    ],
)
def test_a_code_finds_its_items_by_carc_remark_and_group(cast: Cast, asked: str, found: set[str]) -> None:
    items = {"first": item_at(cast.here), "second": item_at(cast.here)}
    long = ["N1", "N2", "N3", "N4", "N5", "N6", "N7", "N8", "N9", "N10", "N11", "N12", "N13", "N14", "N15", "N99"]
    for item, group, remarks in ((items["first"], "CO", ["N54"]), (items["second"], "PR", long)):
        denial = item.denial
        denial.primary_group, denial.primary_code, denial.remarks = group, "197", remarks
        WorkItem.objects.filter(pk=item.pk).update(reason=reason_of(denial))
    rows = signed_in(cast.sam).get("/items/", {"code": asked}).context["rows"]
    assert {row.pk for row in rows} == {items[name].pk for name in found}


def test_what_narrows_a_list_stands_among_its_filters_with_one_way_to_clear_it(cast: Cast, queue: Queue) -> None:
    client = signed_in(cast.sam)

    def filters(address: str) -> str:
        return client.get(address).content.decode().split('<form class="chips"')[1].split("</form>")[0]

    narrowed = filters("/items/?due=overdue")
    assert "Remove the filter Deadline" in narrowed
    assert narrowed.count("Clear all") == 1
    assert "Clear all" in filters("/items/?owner=nobody")
    assert "Clear all" not in filters("/items/?tab=overdue&columns=due,name")
