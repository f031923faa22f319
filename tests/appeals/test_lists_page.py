from datetime import timedelta

import pytest
from django.test import Client

from appeals import drafting, lists, outcomes
from appeals.models import Appeal
from appeals.outcomes import Answer
from tests.appeals.letters import TODAY, item_at, sent
from tests.cast import Cast


@pytest.fixture
def client(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.sam)
    return client


def test_each_letter_stands_in_the_part_of_its_state(client: Client, cast: Cast) -> None:
    draft = drafting.draft(item_at(cast.here), cast.sam, today=TODAY)
    waiting = sent(item_at(cast.here), cast.sam)
    decided = outcomes.record(sent(item_at(cast.here), cast.sam), cast.sam, Answer("upheld", TODAY), today=TODAY)
    hidden = sent(item_at(cast.there), cast.otto)

    for part, appeal in (("drafts", draft), ("waiting", waiting), ("decided", decided)):
        page = client.get("/appeals/", {"part": part}).content.decode()
        assert f'href="/appeals/{appeal.pk}/"' in page
        assert page.count("data-open>") == 1
        assert f"/appeals/{hidden.pk}/" not in page


def test_filters_narrow_the_list_and_nonsense_shows_nothing(client: Client, cast: Cast) -> None:
    mine = sent(item_at(cast.here), cast.sam)
    other = sent(item_at(cast.here), cast.sue)

    assert client.get("/appeals/").content.count(b"data-open>") == 2
    page = client.get("/appeals/", {"whose": "mine"}).content.decode()
    assert (f"/appeals/{mine.pk}/" in page, f"/appeals/{other.pk}/" in page) == (True, False)
    assert client.get("/appeals/", {"payer": other.item.payer_id}).content.count(b"data-open>") == 1
    assert b"Nothing matches" in client.get("/appeals/", {"payer": "x"}).content


@pytest.mark.parametrize("part", ["waiting", "drafts"])
def test_pages_go_by_key_and_show_every_letter_once(
    client: Client, cast: Cast, part: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE_SIZE", 2)
    make = sent if part == "waiting" else lambda item, user: drafting.draft(item, user, today=TODAY)
    made = [make(item_at(cast.here), cast.sam) for _ in range(5)]
    Appeal.objects.filter(pk=made[0].pk).update(follow_up_on=TODAY + timedelta(days=90), deadline=None)
    rows = lists.rows_of(cast.sam, lists.PARTS[part], lists.Chosen())

    seen: list[int] = []
    after = None
    while page := lists.page_of(rows, lists.PARTS[part], after)[:2]:
        seen += [appeal.pk for appeal in page]
        after = seen[-1]

    assert sorted(seen) == sorted(appeal.pk for appeal in made)
    assert seen[-1] == made[0].pk


def test_the_list_asks_the_same_few_questions_however_long_it_is(
    client: Client, cast: Cast, django_assert_max_num_queries: object
) -> None:
    for _ in range(4):
        sent(item_at(cast.here), cast.sam)

    with django_assert_max_num_queries(20):  # type: ignore[operator]
        client.get("/appeals/")
