"""Lists are asked for by statements that are kept. Whatever an address, a person or a setting changes in one has to be
in its key: `tests/proved.py` makes every statement that is asked for again anew, and compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import django_filters
import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from denials.models import Payer
from tests.cast import Cast
from tests.factories import PayerFactory, QueueFactory, RoutingRuleFactory
from tests.worklists.pages import item_at, shown_items, signed_in
from worklists import choices, columns, lists
from worklists.choices import Choices
from worklists.filters import EVERY_FILTER, WorkItemFilter
from worklists.models import Queue, WatchNumber, WorkItem
from worklists.watch import watch_settings

pytestmark = pytest.mark.django_db
LISTS = ("my_queues", "all_items", "waiting", "asking", "escalated", "put_back")
WORDS = {
    "code": ["197", "CO-197"],
    "reason": ["CO-197 N54", "denied"],
    "provider": ["1999999984", "1999999992"],
    "columns": [",".join(columns.ALL), "claim"],
    "view": ["1", "2"],
}


@pytest.fixture
def items(cast: Cast) -> list[WorkItem]:
    for key in ("prior_auth", "coding"):
        QueueFactory.create(key=key, name=key).teams.set(cast.sam.teams.all())
    PayerFactory.create(name="Second Plan")
    RoutingRuleFactory.create()
    return [item_at(cast.here, last=last, queue=Queue.objects.get(key="coding")) for last in ("Specimen", "Madeup")]


TWICE = ("status", "payer", "code", "columns", "age_from", "denied_on", "sort", "tab")
"""Of each kind of field one is asked for by a second value."""


def some_of(name: str, offered: Choices) -> list[str]:
    """Values that this field understands."""
    field = EVERY_FILTER[name]
    if isinstance(field, django_filters.NumberFilter):
        return ["3", "9"]
    if isinstance(field, django_filters.DateFilter):
        return ["2026-11-02", "2026-11-03"]
    if isinstance(field, django_filters.ChoiceFilter):
        kind = {"closed_by": "owner"}.get(name, name)
        return [str(key) for key, _ in field.extra.get("choices") or offered[kind]][:2]
    return WORDS[name]


def addresses(user: User) -> Iterator[str]:
    offered = choices.for_filters(user)
    worklist = lists.all_items(user, timezone.localdate())
    for name in EVERY_FILTER:
        for value in some_of(name, offered)[: 2 if name in TWICE else 1] if name != "search" else ():
            asked = QueryDict(f"{name}={value}")
            assert WorkItemFilter(asked, worklist, user, timezone.localdate(), offered).is_understood, asked
            yield f"/items/?{name}={value}"


def test_every_field_of_an_address_is_in_the_key(cast: Cast, items: list[WorkItem]) -> None:
    sam = signed_in(cast.sam)
    asked = [*map(reverse, LISTS), "/queues/coding/", "/queues/prior_auth/"]
    asked += [*addresses(cast.sam), "/items/?status=new", "/items/?payer=nonsense&status=new"]
    for url in asked:
        assert sam.get(url).status_code == 200, url


def test_what_a_search_found_is_in_the_key(cast: Cast, items: list[WorkItem]) -> None:
    found = [
        shown_items(signed_in(cast.sam).post("/search/", {"q": words}, follow=True))
        for words in ("Specimen", "Madeup", "Nobody", "Specimen")
    ]
    first, second = ([item.pk] for item in items)
    assert found == [first, second, [], first]


def test_a_person_who_changed_is_another_reader(cast: Cast, items: list[WorkItem]) -> None:
    def shown() -> list[int]:
        return sorted(shown_items(signed_in(User.objects.get(pk=cast.sam.pk)).get("/items/")))

    elsewhere = item_at(cast.there).pk
    ours = sorted(item.pk for item in items)
    assert shown() == ours
    User.objects.filter(pk=cast.sam.pk).update(all_facilities=True)
    assert shown() == [*ours, elsewhere]
    User.objects.filter(pk=cast.sam.pk).update(all_facilities=False, role="manager")
    assert shown() == ours
    cast.sam.facilities.set([cast.there])
    assert shown() == [elsewhere]


def test_who_sees_few_facilities_is_shown_them_by_their_ids(cast: Cast, items: list[WorkItem]) -> None:
    """Looked up in the statement itself, PostgreSQL takes them for many rows or for few without knowing."""
    with CaptureQueriesContext(connection) as asked:
        signed_in(cast.sam).get("/items/")
    [numbers] = [query["sql"] for query in asked if "WITH pool" in query["sql"]]
    assert f'"facility_id" IN ({cast.here.pk})' in numbers.split("WITH pool")[1]


def test_a_payer_that_was_merged_is_asked_for_by_the_one_it_became(cast: Cast, items: list[WorkItem]) -> None:
    sam, item = signed_in(cast.sam), items[0]
    gone, stays = item.payer, Payer.objects.get(name="Second Plan")
    assert item.pk in shown_items(sam.get(f"/items/?payer={gone.pk}"))
    Payer.objects.filter(pk=gone.pk).update(merged_into=stays)
    WorkItem.objects.filter(pk=item.pk).update(payer=stays)
    assert shown_items(sam.get(f"/items/?payer={gone.pk}")) == [item.pk]


def test_what_rests_on_settings_follows_them(cast: Cast, items: list[WorkItem]) -> None:
    WorkItem.objects.update(created_at=timezone.now() - timedelta(days=10))
    watch_settings.load()
    sam, found = signed_in(cast.sam), []
    for days in (5, 20):
        WatchNumber.objects.filter(key="untouched_days").update(number=days)
        found.append(len(shown_items(sam.get("/items/?watch=untouched"))))
    assert found == [2, 0]
