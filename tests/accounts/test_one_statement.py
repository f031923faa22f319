"""Several small reads in one round trip give what each would have given by itself."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.db.models import F, Model, Value
from django.db.models.signals import post_init, pre_init
from django.utils import timezone

from accounts.models import Team, User
from accounts.one_statement import read_in_one
from denials.models import Clock, RemittedClaim
from tests.cast import Cast
from tests.factories import ClockFactory
from tests.worklists.pages import item_at
from worklists import work
from worklists.models import Activity

pytestmark = pytest.mark.django_db


def test_rows_of_many_kinds_come_as_they_would_alone(cast: Cast, django_assert_num_queries: Any) -> None:
    item = item_at(cast.here)
    ClockFactory.create(denial=item.denial, others=[["X-L9", "Another reading", "2027-02-01"], 1.5])
    work.note([item.pk], cast.sam, text='Said "yes"; 100 % of it, ümläut')
    reads = [
        Clock.objects.filter(denial=item.denial_id),
        Activity.objects.filter(item=item).select_related("actor").order_by("-at"),
        RemittedClaim.objects.filter(pk=item.denial.remitted_claim_id).annotate(
            left=F("charge") - Value(Decimal("0.01"))
        ),
        Team.objects.values_list("key", "name"),
        User.objects.filter(last_login__gt=timezone.now() + timedelta(days=1)),
        User.objects.none(),
    ]
    alone = [list(rows) for rows in reads]

    with django_assert_num_queries(1):
        told = read_in_one(*reads)
        assert [each.actor and str(each.actor) for each in told[1]] == ["Sam Fictional"]

    for one, other in zip(told, alone, strict=True):
        assert one == other
        assert [
            getattr(row, "__dict__", row) | {"_state": None} if hasattr(row, "__dict__") else row for row in one
        ] == [getattr(row, "__dict__", row) | {"_state": None} if hasattr(row, "__dict__") else row for row in other]


def test_nobody_listens_to_new_rows_and_no_model_makes_them_in_its_own_way() -> None:
    assert not pre_init.receivers
    assert not post_init.receivers
    for model in apps.get_models():
        assert model.__init__ is Model.__init__, model
        assert model.from_db.__func__ is Model.from_db.__func__, model  # type: ignore[attr-defined]


def test_nothing_is_asked_for_nothing(django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        assert read_in_one(User.objects.none()) == [[]]
