"""The drift report finds what no longer fits, and stays silent about what does."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone

from denials import dictionary
from denials.models import Code, CodeHandling
from insights.domain.rates import Share, has_moved
from insights.drift import report
from tests.cast import Cast
from tests.factories import ClaimFactory, DenialFactory, RemittedClaimFactory, RoutingRuleFactory, WorkItemFactory
from worklists.models import Activity, WorkItem

TODAY = date(2026, 11, 21)


def names(cast: Cast, heading: str, today: date = TODAY) -> list[str]:
    (kind,) = (kind for kind in report(cast.mara, today) if kind.heading == heading)
    return [each.name for each in kind.found]


@pytest.mark.django_db
def test_a_rule_that_sent_nothing_is_named(cast: Cast) -> None:
    used, idle, off = (RoutingRuleFactory.create(name=name) for name in ("used", "idle", "off"))
    off.is_active = False
    off.save()
    item = WorkItemFactory.create()
    Activity.objects.create(item=item, kind="routed", facts={"rule": used.pk})

    assert names(cast, "Rules that take nothing", timezone.localdate()) == ["idle"]
    assert idle.is_active


@pytest.mark.django_db
def test_a_team_that_codes_name_and_nobody_is_in_is_named(cast: Cast) -> None:
    dictionary.load()

    found = names(cast, "Owners who left")

    assert "coding" in found
    assert "Authorization" not in found


@pytest.mark.django_db
def test_a_code_reworded_after_the_shipped_list_is_named(cast: Cast) -> None:
    dictionary.load()
    Code.objects.filter(system="CARC", code="197").update(modified_on=date(2026, 11, 1))
    assert [name for name in names(cast, "Codes reworded since") if "197" in name]

    CodeHandling.objects.filter(code__code="197", code__system="CARC").update(is_edited=True, next_action="Read anew.")

    assert [name for name in names(cast, "Codes reworded since") if "197" in name] == []


@pytest.mark.django_db
def test_a_chance_that_fell_is_named(cast: Cast) -> None:
    for number in range(40):
        lately = number < 20
        won = number % 2 == 0 if not lately else number == 0
        close(won, TODAY - timedelta(days=10 if lately else 200))

    (kind,) = (kind for kind in report(cast.mara, TODAY) if kind.heading == "Chances that moved")

    assert [each.name for each in kind.found] == ["CARC 197"]
    assert kind.found[0].finding == "Won 5% of 20 decided lately, 50% of 20 before."


def close(won: bool, on: date) -> None:
    values: dict[str, Any] = {"status": WorkItem.Status.RESOLVED, "resolution": "appeal"}
    denial = DenialFactory.create(remitted_claim=RemittedClaimFactory.create(claim=ClaimFactory.create()))
    WorkItemFactory.create(
        denial=denial,
        settlement="overturned" if won else "upheld",
        resolved_at=datetime(on.year, on.month, on.day, 12, tzinfo=UTC),
        **values,
    )


@pytest.mark.parametrize(
    ("before", "now", "moved"),
    [
        (Share(10, 20), Share(1, 20), True),
        (Share(10, 20), Share(9, 20), False),
        (Share(1, 2), Share(0, 9), False),
        (Share(0, 20), Share(0, 20), False),
        (Share(20, 20), Share(20, 20), False),
    ],
)
def test_a_share_has_moved_when_chance_does_not_explain_it(before: Share, now: Share, moved: bool) -> None:
    assert has_moved(before, now) is moved
    assert has_moved(now, before) is moved
