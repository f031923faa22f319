"""The chain of a claim that is denied again and again: on its item, and to its end when the payer pays."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from accounts.one_statement import read_in_one
from denials.models import Clock
from tests.cast import Cast
from tests.security.payer_says import Said
from tests.worklists.exceptions import come_in, prepare
from tests.worklists.pages import panel_of
from worklists import acts, chain, work
from worklists.models import BulkAct, Resolution, WorkItem

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def site(cast: Cast) -> None:
    prepare()


def denied(days_ago: int, trace: str, reason: tuple[str, str] = ("CO", "197")) -> date:
    day = TODAY - timedelta(days=days_ago)
    come_in(Said("RC-1", reason=reason), trace=trace, day=day)
    return day


def sent(cast: Cast) -> None:
    item = WorkItem.objects.get()
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=TODAY, route=Resolution.APPEALED).or_refuse()


def read(item: WorkItem) -> tuple[list[chain.Round], Clock | None]:
    return chain.from_rows(item, *read_in_one(*chain.rows_for(item)))


def test_each_round_says_when_why_how_much_and_what_was_done(cast: Cast) -> None:
    first = denied(60, "T1")
    sent(cast)
    second = denied(5, "T2", ("CO", "50"))
    item = WorkItem.objects.get()

    rounds, following = read(item)
    assert following is not None

    assert [(each.number, each.decided_on, each.reason, each.amount) for each in rounds] == [
        (1, first, "CO-197 N54", Decimal("1450.00")),
        (2, second, "CO-50 N54", Decimal("1450.00")),
    ]
    assert [len(each.deeds) for each in rounds] == [1, 0]
    assert rounds[0].deeds[0].startswith("Sent on ")
    page = re.sub(r"\s+", " ", panel_of(item, cast.sam, "results"))
    assert "Denied 2 times" in page
    assert "Next: " in page


def test_a_closing_that_was_taken_back_is_no_deed(cast: Cast) -> None:
    denied(60, "T1")
    sent(cast)
    denied(5, "T2", ("CO", "50"))
    item = WorkItem.objects.get()
    act, _ = acts.remember(
        BulkAct.Kind.RESOLVED, [item.pk], cast.sam, lambda ids: work.resolve(ids, cast.sam, resolution="no_action")
    )
    assert act is not None
    assert [len(each.deeds) for each in read(WorkItem.objects.get())[0]] == [1, 1]
    acts.undo(act, cast.sam)
    assert [len(each.deeds) for each in read(WorkItem.objects.get())[0]] == [1, 0]


def test_a_claim_denied_once_has_no_chain(cast: Cast) -> None:
    denied(5, "T1")
    item = WorkItem.objects.get()
    assert read(item) == ([], None)
    assert "Denied 1 times" not in panel_of(item, cast.sam, "results")


def test_a_correction_that_pays_closes_the_item_as_overturned_with_what_came_back(cast: Cast) -> None:
    denied(60, "T1")
    sent(cast)
    denied(30, "T2")
    sent(cast)
    come_in(Said("RC-1", charge="1450.00", paid="1450.00"), trace="T3")
    item = WorkItem.objects.get()
    assert (item.is_open, item.settlement, item.recovered_amount, item.round) == (
        False, "overturned", Decimal("1450.00"), 2,
    )  # fmt: skip
    assert read(item)[1] is None
