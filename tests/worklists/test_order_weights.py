"""The weights of the order: what they mean is worked out, a second person approves them, open work follows."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from config import pipeline
from denials.models import Job
from tests.cast import Cast
from tests.governed import approve_all
from tests.settings_forms import save
from tests.worklists.pages import item_at, signed_in
from worklists import order_weights
from worklists.domain import transitions
from worklists.domain.priority import Weights
from worklists.models import OrderWeights, WorkItem
from worklists.models.items import DEADLINE_RUNS
from worklists.ranking import Ranker

pytestmark = pytest.mark.django_db


@pytest.fixture
def row() -> OrderWeights:
    order_weights.load()
    kept: OrderWeights = OrderWeights.objects.get()
    return kept


def ranked(item: WorkItem) -> WorkItem:
    Ranker.of([item.denial]).rank(item, item.denial)
    item.save()
    return item


def words(page: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())


def test_the_example_is_worked_out_from_the_numbers() -> None:
    found = list(order_weights.sentences(Weights()))
    slower = list(order_weights.sentences(Weights(tau_days=20, reference=48, lane_days=2, thin_share=0)))

    assert found[0] == "Ten times the value counts as due 23 days earlier; half the value 7 days later."
    assert found[1].endswith("brings $48.00 a minute and counts as due 16 days before its last safe day.")
    assert found[3] == "One of 20 items that Next gives out beside the lane is one of which little is known."
    assert slower[0] == "Ten times the value counts as due 46 days earlier; half the value 14 days later."
    assert "0 days before" in slower[1]
    assert slower[2].startswith("What is within 2 days")
    assert slower[3] == "No item is given out just to learn about it."


def test_typing_numbers_shows_what_they_would_move(cast: Cast, row: OrderWeights) -> None:
    today = timezone.localdate()
    for ahead in (3, 9):
        day = today + timedelta(days=ahead)
        ranked(item_at(cast.here, deadline=day, last_safe_on=day))
        sent = ranked(item_at(cast.here, deadline=day, last_safe_on=day))
        WorkItem.objects.filter(pk=sent.pk).update(status=WorkItem.Status.WAITING)
    typed = {name: getattr(row, name) for name in order_weights.OrderWeightsForm().fields}
    client = signed_in(cast.mara)

    as_it_is = words(client.get(f"/settings/order/{row.pk}/meaning/"))
    then = words(client.get(f"/settings/order/{row.pk}/meaning/", typed | {"tau_days": 20, "lane_days": 10}))

    assert "With the numbers in force" in as_it_is
    assert "Open items that move earlier 0 Open items that move later 0 In the deadline lane 1 now 1" in as_it_is
    assert "counts as due 46 days earlier" in then
    assert "Open items that move earlier 4 Open items that move later 0 In the deadline lane 2 now 1" in then


@pytest.mark.django_db(transaction=True)
def test_a_second_person_approves_and_open_work_is_ranked_again(cast: Cast, row: OrderWeights) -> None:
    item = ranked(item_at(cast.here, denial__amount_at_risk=Decimal("5000.00")))
    before = item.rank_key
    client: Client = signed_in(cast.mara)

    answer = save(client, "order_weights", row.pk, tau_days="20")
    assert answer.status_code == 302
    page = words(client.get(answer.headers["Location"]))
    assert "Open items that count as due at least a day earlier 1" in page
    item.refresh_from_db()
    assert item.rank_key == before

    approve_all(cast.ada)
    for job in Job.objects.filter(kind="reorder"):
        pipeline.run(job.pk)

    row.refresh_from_db()
    item.refresh_from_db()
    assert row.tau_days == 20
    assert before - item.rank_key > 10


def test_nonsense_is_told_with_its_field(cast: Cast, row: OrderWeights) -> None:
    answer = save(signed_in(cast.mara), "order_weights", row.pk, tau_days="0")

    assert answer.status_code == 422
    assert "greater than or equal to 1" in answer.content.decode()


@pytest.mark.parametrize("status", sorted(WorkItem.Status.values))
def test_a_deadline_runs_in_the_same_states_for_lists_as_for_a_single_item(cast: Cast, status: str) -> None:
    states: dict[str, Any] = {"assignee": cast.sam, "postponed_until": timezone.localdate(), "resolution": "appeal"}
    item = item_at(cast.here, status=status, resolved_at=timezone.now(), **states)
    assert WorkItem.objects.filter(DEADLINE_RUNS, pk=item.pk).exists() == (status in transitions.DEADLINE_RUNS)
    assert WorkItem.objects.filter(~DEADLINE_RUNS, pk=item.pk).exists() != (status in transitions.DEADLINE_RUNS)
