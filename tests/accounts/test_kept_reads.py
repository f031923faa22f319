"""Statements that are made once answer for every thing and person as one that is made for them alone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import F, QuerySet

from accounts import kept_reads
from accounts.kept_reads import Values
from accounts.models import Team, User
from accounts.pipelined import Pipelined
from tests.cast import Cast
from tests.worklists.pages import item_at
from worklists import work
from worklists.models import Activity, WorkItem

pytestmark = pytest.mark.django_db


def written(rows: list[Any]) -> list[Any]:
    return [row.__dict__ | {"_state": row._state.fields_cache} if hasattr(row, "_state") else row for row in rows]


def answered(name: str, values: Values, make: Callable[[Values], kept_reads.Reads]) -> dict[str, list[Any]]:
    question = kept_reads.together(name, values, make)
    with Pipelined(question.statement) as sent:
        return question.read(sent.answer())


def test_one_statement_answers_for_every_value(cast: Cast) -> None:
    items = [item_at(cast.here), item_at(cast.here)]
    for item in items:
        work.note([item.pk], cast.sam, text="100 % said")
    made: list[Values] = []

    def make(given: Values) -> QuerySet[Any]:
        made.append(given)
        rows = Activity.objects.filter(item=given["item"], actor=given["actor"]).exclude(text="50 %")
        return rows.select_related("actor", "item__claim").annotate(again=F("text"))

    for item in items:
        for actor in (cast.sam.pk, None):
            values = {"item": item.pk, "actor": actor}
            told = kept_reads.rows("test of one", values, make)
            assert written(told) == written(list(make(values)))
            assert all(row.actor_id == actor and row.again == row.text for row in told)
    kept = [given for given in made if given["item"] not in (items[0].pk, items[1].pk)]
    assert [given["actor"] is None for given in kept] == [False, True]


def test_several_are_read_at_once_by_name(cast: Cast, django_assert_num_queries: Any) -> None:
    item = item_at(cast.here)

    def make(given: Values) -> dict[str, QuerySet[Any]]:
        return {
            "items": WorkItem.objects.filter(pk=given["item"]).select_related("payer"),
            "teams": Team.objects.filter(name=given["named"]).values_list("key", "name"),
            "names": User.objects.filter(pk=given["user"]).values_list("username", flat=True),
            "columns": User.objects.filter(pk=given["user"]).values("username", "pk"),
            "none": User.objects.none(),
        }

    name = Team.objects.first().name  # type: ignore[union-attr]
    for values in ({"item": item.pk, "user": cast.sam.pk, "named": name}, {"item": 0, "user": 0, "named": "%s'"}):
        with django_assert_num_queries(1):
            told = answered("test of several", values, make)
        assert {key: written(rows) for key, rows in told.items()} == {
            key: written(list(rows)) for key, rows in make(values).items()
        }


def test_what_can_find_nothing_is_not_asked_for(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert kept_reads.rows("test of none", {"user": 1}, lambda given: User.objects.none()) == []
