"""The ledger: what was lost without a decision is found once, and gets a second look."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEvent
from accounts.refusal import Conflict, Refused
from tests.cast import Cast
from tests.factories import DEADLINE
from tests.worklists.pages import item_at, signed_in
from worklists import acts, work
from worklists.models import Activity, BulkAct, Loss, MissedClock, WatchNumber, WorkItem
from worklists.watch import ledger

LATER = datetime(2026, 12, 20, 15, tzinfo=UTC)


def missed(item: WorkItem, **values: Any) -> MissedClock:
    about: dict[str, Any] = {
        "facility": item.facility, "kind": "appeal", "name": "Reconsideration", "last_day": DEADLINE,
        "holder": item.assignee, "queue": item.queue, "amount_at_risk": item.amount_at_risk, **values,
    }  # fmt: skip
    return MissedClock.objects.create(item=item, **about)


def kinds() -> dict[int, str]:
    ledger.find_losses()
    return dict(Loss.objects.values_list("item", "kind"))


def test_a_clock_that_ran_out_is_a_loss_of_the_kind_that_says_how(cast: Cast) -> None:
    untouched, unowned, deferred, in_work = (
        item_at(cast.here, assignee=owner) for owner in (cast.sam, None, cast.sam, cast.sam)
    )
    with time_machine.travel(datetime(2026, 12, 1, 15, tzinfo=UTC)):
        day = date(2026, 12, 1)
        work.postpone(
            [deferred.pk], cast.sam, until=date(2026, 12, 30), because="x", today=day, late_because="Closed till then"
        )
        work.note([in_work.pk], cast.sam, text="Called")
    for item in (untouched, unowned, deferred, in_work):
        missed(item)

    assert kinds() == {
        untouched.pk: "untouched", unowned.pk: "unowned", deferred.pk: "deferred", in_work.pk: "missed",
    }  # fmt: skip
    row = Loss.objects.get(item=untouched)
    assert (row.who, row.lost_on, row.amount, row.look) == (cast.sam, DEADLINE, Decimal("1450.00"), "due")
    assert row.because.startswith("Reconsideration ran out on 15 Dec 2026.")
    assert ledger.find_losses() == 0


def closed(cast: Cast, resolution: str, **values: Any) -> WorkItem:
    item = item_at(cast.here, **values)
    work.resolve([item.pk], cast.sam, resolution=resolution, root_cause="Not worth it")
    return item


def test_giving_up_while_a_way_was_open_is_a_loss(cast: Cast) -> None:
    far = date(2099, 1, 1)
    given_up = closed(cast, "no_action", deadline=far, amount_at_risk=Decimal(900))
    written_off = closed(cast, "adjustment", deadline=far, amount_at_risk=Decimal(900))
    closed(cast, "no_action", deadline=date(2020, 1, 1), amount_at_risk=Decimal(900))
    closed(cast, "appeal", deadline=far, amount_at_risk=Decimal(900))

    assert kinds() == {given_up.pk: "given_up", written_off.pk: "given_up"}
    row = Loss.objects.get(item=given_up)
    assert (row.who, row.lost_on) == (cast.sam, timezone.localdate())
    assert row.because == "No action possible: Not worth it. It could be answered until 1 Jan 2099."


def test_what_a_payment_settled_is_no_loss(cast: Cast) -> None:
    item = item_at(cast.here, deadline=date(2099, 1, 1))
    work.resolve([item.pk], cast.sam, resolution="adjustment", settlement="overturned", recovered_amount=Decimal(5))
    work.resolve([item_at(cast.here, deadline=date(2099, 1, 1)).pk], None, resolution="no_action")
    assert kinds() == {}


def test_of_small_balances_a_sample_gets_a_second_look_the_same_on_every_run(cast: Cast) -> None:
    small = [closed(cast, "adjustment", amount_at_risk=Decimal(30)) for _ in range(3)]
    assert set(kinds().values()) == {"small"}
    for item in small:
        expected = "due" if ledger.in_sample(item.pk, 10) else "not_asked"
        assert Loss.objects.get(item=item).look == expected
    found = [pk for pk in range(10_000) if ledger.in_sample(pk, 10)]
    assert 900 < len(found) < 1100
    assert found == [pk for pk in range(10_000) if ledger.in_sample(pk, 10)]
    assert not any(ledger.in_sample(pk, 0) for pk in range(100))
    assert all(ledger.in_sample(pk, 100) for pk in range(100))


def test_what_counts_as_small_is_the_sites_own(cast: Cast) -> None:
    WatchNumber.objects.create(key="small_balance", position=1, name="Small", meaning="x", unit="dollars", number=20)
    closed(cast, "adjustment", amount_at_risk=Decimal(30), deadline=date(2020, 1, 1))
    assert kinds() == {}


def test_a_second_look_accepts_or_reopens_and_is_somebody_elses(cast: Cast) -> None:
    first, second = (closed(cast, "no_action", deadline=date(2099, 1, 1)) for _ in range(2))
    own = item_at(cast.here, deadline=date(2099, 1, 1))
    work.resolve([own.pk], cast.mara, resolution="no_action")
    kinds()
    with pytest.raises(Refused, match="somebody else's"):
        ledger.accept(Loss.objects.get(item=own), cast.mara, reason="Fine")
    with pytest.raises(Refused, match="only managers"):
        ledger.accept(Loss.objects.get(item=first), cast.sam, reason="Fine")

    ledger.accept(Loss.objects.get(item=first), cast.mara, reason="The plan excludes it")
    ledger.reopen(Loss.objects.get(item=second), cast.mara, reason="Never appealed")

    assert set(Loss.objects.exclude(item=own).values_list("look", "reason", "looked_by")) == {
        ("accepted", "The plan excludes it", cast.mara.pk),
        ("reopened", "Never appealed", cast.mara.pk),
    }
    assert WorkItem.objects.get(pk=second.pk).is_open
    with pytest.raises(Conflict, match="looked at it before you"):
        ledger.accept(Loss.objects.get(item=first), cast.ada, reason="Again")
    assert second.activities.filter(kind=Activity.Kind.REOPENED).exists()


def test_a_closing_that_is_undone_lost_nothing(cast: Cast) -> None:
    kept, undone = (item_at(cast.here, deadline=date(2099, 1, 1)) for _ in range(2))
    for item in (kept, undone):
        acts.remember(
            BulkAct.Kind.RESOLVED, [item.pk], cast.sam, lambda ids: work.resolve(ids, cast.sam, resolution="no_action")
        )
    assert kinds() == {kept.pk: "given_up", undone.pk: "given_up"}
    assert acts.undo(BulkAct.objects.latest("pk"), cast.sam).done == [undone.pk]
    assert kinds() == {kept.pk: "given_up"}


def test_the_page_totals_by_kind_and_month_and_each_number_opens_its_list(cast: Cast) -> None:
    with time_machine.travel(LATER):
        missed(item_at(cast.here, amount_at_risk=Decimal(700)))
        missed(item_at(cast.here, amount_at_risk=Decimal(40)), last_day=date(2026, 11, 3))
        missed(item_at(cast.there, assignee=cast.otto))
        ledger.find_losses()
        client = signed_in(cast.mara)
        page = client.get(reverse("ledger"))
        totals = page.context["totals"]
        row = next(row for row in totals.rows if row.key == "unowned")
        assert [(cell.number, cell.amount) for cell in row.cells[:2]] == [(1, Decimal(700)), (1, Decimal(40))]
        assert (row.cells[-1].number, row.cells[-1].amount) == (2, Decimal(740))
        for row in totals.rows:
            for cell in row.cells:
                opened = client.get(reverse("ledger"), {"kind": row.key, "month": cell.month}).context
                shown, listed = opened["records"], opened["listed"]
                assert (len(shown), sum(each.amount for each in shown)) == (cell.number, cell.amount)
                assert (listed.number, listed.amount) == (cell.number, cell.amount)


def test_what_was_lost_last_comes_first_on_every_page(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("worklists.watch.ledger_pages.PAGE_SIZE", 2)
    days = [date(2026, 11, 3), date(2026, 11, 9), date(2026, 10, 20), date(2026, 11, 9), date(2026, 11, 5)]
    for last_day in days:
        missed(item_at(cast.here), last_day=last_day)
        ledger.find_losses()
    client = signed_in(cast.mara)
    shown: list[date] = []
    after: int | str | None = ""
    while after is not None:
        page = client.get(reverse("ledger"), {"after": after}).context
        shown += [each.lost_on for each in page["records"]]
        after = page["older"]
    assert shown == sorted(days, reverse=True)


def test_the_export_names_no_patient_and_is_noted(cast: Cast) -> None:
    missed(item_at(cast.here, last="Secretive"))
    ledger.find_losses()
    response = signed_in(cast.mara).get(reverse("ledger_export"), {"kind": "unowned"})
    body = response.content.decode()
    assert body.splitlines()[0].startswith("\ufeffLost on,Kind,Item,Amount")
    assert "Nobody had it when it expired" in body
    assert "Secretive" not in body
    assert AccessEvent.objects.filter(user=cast.mara, what="ledger_export").exists()


def test_the_form_keeps_the_second_look(cast: Cast) -> None:
    missed(item_at(cast.here))
    ledger.find_losses()
    row, client = Loss.objects.get(), signed_in(cast.mara)
    address = reverse("loss", args=[row.pk])
    assert client.post(address, {"decision": "accept", "reason": ""}).status_code == 422
    assert client.post(address, {"decision": "accept", "reason": "Known"}).status_code == 302
    assert "Known" in client.get(reverse("ledger")).content.decode()


def test_a_clock_that_was_kept_in_time_after_all_is_no_loss(cast: Cast) -> None:
    row = missed(item_at(cast.here))
    ledger.find_losses()
    MissedClock.objects.filter(pk=row.pk).update(why="not_missed", explained_by=cast.mara, explained_at=timezone.now())
    assert not ledger.losses(cast.mara).exists()


def test_a_small_balance_whose_clock_had_run_out_is_lost_once(cast: Cast) -> None:
    """Else its dollars would stand in the total twice."""
    item = item_at(cast.here, deadline=DEADLINE, amount_at_risk=Decimal(30))
    row = missed(item)
    with time_machine.travel(LATER):
        work.resolve([item.pk], cast.sam, resolution="adjustment", root_cause="Not worth it")
        ledger.find_losses()
        assert [loss.kind for loss in Loss.objects.all()] == ["unowned"]
        row.why, row.explained_by, row.explained_at = MissedClock.Why.NOT_MISSED, cast.mara, timezone.now()
        row.save()
        ledger.find_losses()
    assert [loss.kind for loss in ledger.losses(cast.mara)] == ["small"]
