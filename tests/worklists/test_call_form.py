"""The page of a call in hand: what it refuses stays in it, and no promise is lost."""

from __future__ import annotations

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from denials.domain.days import add_business_days, next_business_day, previous_business_day
from denials.models import Payer
from tests.cast import Cast
from tests.factories import PayerFactory
from tests.worklists.pages import item_at, panel_of, signed_in
from worklists import work
from worklists.calls import calling, outcomes
from worklists.calls.calling import Said, Told
from worklists.domain.ticklers import comes_back, moved_words
from worklists.models import CallClaim, CallOutcome, Contact, PayerCall, WorkItem
from worklists.wording import day

pytestmark = pytest.mark.django_db
SAFE, LATE = 10, 20
"""Days from today: up to the last safe one, and past it."""


class Page:
    """A window with the call: it sends what stands in its fields, and takes over what comes back."""

    def __init__(self, client: Client, call: PayerCall) -> None:
        self.client, self.call = client, call
        self.claims = list(call.claims.order_by("position"))
        self.fields: dict[str, Any] = {}
        self.status, self.text = 0, ""
        self._read(client.get(reverse("call", args=[call.pk])))

    def says(self, position: int, outcome: int | None = None, **fields: Any) -> None:
        pk = self.claims[position - 1].pk
        if outcome is not None:
            self.fields[f"outcome-{pk}"] = CallOutcome.objects.get(position=outcome).pk
        for name, value in fields.items():
            self.fields[f"{name}-{pk}"] = value

    def row(self, position: int) -> str:
        return self.text.split("<tr")[position + 1]

    def presses(self, then: str) -> int:
        address = reverse("call_act", args=[self.call.pk])
        self._read(self.client.post(address, {**self.fields, "then": then}, follow=True))
        return self.status

    def keeps(self) -> dict[str, Any]:
        answer = self.client.post(reverse("call_keep", args=[self.call.pk]), self.fields)
        self.status, self.text = answer.status_code, unescape(answer.content.decode())
        if answer.status_code != 200:
            return {}
        self.fields["draft_version"] = answer.json()["version"]
        told: dict[str, Any] = answer.json()
        return told

    def _read(self, answer: Any) -> None:
        self.status, self.text = answer.status_code, unescape(answer.content.decode())
        if found := re.search(r'name="draft_version" value="(\d*)"', self.text):
            self.fields["draft_version"] = found[1]


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def items(cast: Cast) -> list[WorkItem]:
    """Two claims of one payer with a last safe day, in the order in which a call asks about them."""
    outcomes.load()
    payer: Payer = PayerFactory.create(name="Phone Health Plan", claims_per_call=2)
    made = []
    for days in (SAFE, SAFE + 1):
        values: dict[str, Any] = {"claim__payer": payer, "denial__deadline": in_days(40), "last_safe_on": in_days(days)}
        made.append(item_at(cast.here, **values))
        WorkItem.objects.filter(pk=made[-1].pk).update(rank_key=float(days))
    return made


def begun(cast: Cast, items: list[WorkItem]) -> Page:
    client = signed_in(cast.sam)
    client.post(reverse("call_sheet"), {"payer": items[0].payer_id, "product": "", "biller": cast.here.pk})
    return Page(client, PayerCall.objects.get())


def test_a_call_that_was_refused_goes_on_in_the_same_window(cast: Cast, items: list[WorkItem]) -> None:
    page = begun(cast, items)
    page.says(1, 3)
    assert page.presses("finish") == 422
    assert "say who you spoke to" in page.text
    assert '<span class="optional">or a reference</span>' in page.text
    page.fields["spoke_to"] = "Pat"
    assert page.keeps()["kept"].startswith("Kept at")
    assert page.presses("finish") == 200
    assert "The call is finished: 1 claim has its note." in page.text


def test_what_was_kept_is_kept_again_without_a_word_when_its_answer_was_lost(cast: Cast, items: list[WorkItem]) -> None:
    page = begun(cast, items)
    page.fields["spoke_to"] = "Pat"
    known = page.fields["draft_version"]
    page.keeps()
    page.fields["draft_version"] = known
    assert page.keeps()["version"] == PayerCall.objects.get().version
    page.fields |= {"draft_version": known, "spoke_to": "Sid"}
    assert page.keeps() == {}
    assert (page.status, PayerCall.objects.get().spoke_to) == (409, "Pat")


def test_two_windows_overwrite_nothing_and_the_later_one_sees_both(cast: Cast, items: list[WorkItem]) -> None:
    first, second = begun(cast, items), Page(signed_in(cast.sam), PayerCall.objects.get())
    first.fields["spoke_to"] = "Pat"
    first.says(1, 1, promised=in_days(3).isoformat(), text="They lost the fax")
    first.keeps()
    second.fields["reference"] = "C-9"
    second.says(1, 3, text="They have the fax")
    assert second.presses("finish") == 409
    for words in (
        "In the other window: “Pat”",
        "Note in the other window: “They lost the fax”",
        "They have the fax",
        "C-9",
    ):
        assert words in second.text
    assert "Outcome in the other window: Sent back for reprocessing" in second.row(1)
    assert "in the other window" not in second.row(2)
    assert "data-keeps" not in second.text, "Typing on would overwrite what the other window kept."
    assert CallClaim.objects.get(position=1).text == "They lost the fax"
    assert second.presses("keep") == 200
    assert CallClaim.objects.get(position=1).text == "They have the fax"
    assert "data-keeps" in second.text


def test_what_was_typed_into_a_call_that_ended_meanwhile_is_shown(cast: Cast, items: list[WorkItem]) -> None:
    page = begun(cast, items)
    page.says(2, 3, text="They want the report")
    calling.drop(page.call, cast.sam)
    assert page.presses("finish") == 422
    assert "this call has ended already" in page.text
    for words in ("They want the report", "Wants something from us", "Note of claim 2"):
        assert words in page.text


@pytest.mark.parametrize(
    ("day", "because", "sentence"),
    [
        (-3, "", "Choose a day after today."),
        (0, "", "Choose a day after today."),
        (800, "They extended it in writing", "is more than two years ahead"),
        (LATE, "", "choose an earlier day, or say why it may pass"),
        (LATE, "They extended it in writing", ""),
        (SAFE, "", ""),
    ],
)
def test_a_day_that_cannot_be_set_is_refused_at_its_claim_before_the_end(
    cast: Cast, items: list[WorkItem], day: int, because: str, sentence: str
) -> None:
    page = begun(cast, items)
    page.fields["spoke_to"] = "Pat"
    page.says(1, 1, promised=in_days(day).isoformat(), text="They said so", late=because)
    assert page.presses("finish") == (422 if sentence else 200)
    claim, item = CallClaim.objects.get(position=1), items[0]
    item.refresh_from_db()
    assert (claim.promised_on, claim.text) == (in_days(day), "They said so"), "Also what is refused is kept."
    if sentence:
        assert "Nothing was finished" in page.text
        assert sentence in page.row(1)
        assert sentence not in page.row(2)
        assert (PayerCall.objects.get().state, Contact.objects.count()) == ("in_hand", 0)
        page.says(1, promised=in_days(5).isoformat())
        assert page.presses("finish") == 200
    else:
        back = comes_back(in_days(day), in_days(SAFE), timezone.localdate())
        assert (item.status, item.postponed_until) == ("postponed", back)


def test_a_claim_with_a_note_of_which_nothing_was_said_is_not_passed_over(cast: Cast, items: list[WorkItem]) -> None:
    page = begun(cast, items)
    page.fields["spoke_to"] = "Pat"
    page.says(1, 3)
    page.says(2, text="They want the report")
    assert page.presses("finish") == 422
    assert "Say what came of this claim" in page.row(2)
    page.says(2, text="")
    assert page.presses("finish") == 200


def test_a_day_for_an_item_that_somebody_took_meanwhile_is_named_and_its_promise_kept(
    cast: Cast, items: list[WorkItem]
) -> None:
    page = begun(cast, items)
    page.fields["spoke_to"] = "Pat"
    for position in (1, 2):
        page.says(position, 1, promised=in_days(5).isoformat())
    work.take([items[0].pk], cast.mara)
    assert page.presses("finish") == 200
    assert "2 claims have their note" in page.text
    assert "No day to come back is set for claim 1: Mara Fictional has this item" in page.text
    row = page.row(1)
    assert "No day set" in row
    assert "promised by" in row
    assert "comes back" not in row
    assert "Set a day for it" not in row
    assert "comes back" in page.row(2)
    assert set(Contact.objects.values_list("promised_on", flat=True)) == {in_days(5)}
    assert f"promised by {day(in_days(5))}" in panel_of(items[0], cast.sam, "notes")


def test_a_day_that_became_too_late_keeps_its_promise_too(cast: Cast, items: list[WorkItem]) -> None:
    page = begun(cast, items)
    claims = [Said(CallOutcome.objects.get(position=1), in_days(day)) for day in (LATE, -1)]
    told = Told("Pat", "", "", dict(zip((claim.pk for claim in page.claims), claims, strict=True)))
    call = calling.keep(page.call, cast.sam, told, expected_version=1)
    calling.finish(call, cast.sam, today=timezone.localdate())
    late, past = call.claims.order_by("position")
    assert "The last safe day is" in late.kept_because
    log = Page(page.client, call)
    assert reverse("item_action", args=[late.item_id, "postpone"]) in log.row(1)
    assert past.kept_because == "The promised day was not after the day of the call."
    assert set(Contact.objects.values_list("promised_on", flat=True)) == {in_days(LATE), in_days(-1)}


def test_a_promised_day_that_is_no_business_day_is_said_so_at_its_claim(cast: Cast, items: list[WorkItem]) -> None:
    page = begun(cast, items)
    saturday = next(on for n in range(30, 37) if (on := in_days(n)).weekday() == 5)
    WorkItem.objects.filter(pk=items[1].pk).update(last_safe_on=saturday)
    for position in (1, 2):
        page.says(position, 1, promised=saturday.isoformat())
    assert page.presses("keep") == 200
    assert moved_words(saturday, next_business_day(saturday)) in page.row(1)
    assert moved_words(saturday, previous_business_day(saturday)) in page.row(2)
    for unfit in (saturday - timedelta(days=70), saturday + timedelta(days=7 * 120), "soon"):
        page.says(1, promised=str(unfit))
        page.presses("finish")
        assert "is no business day" not in page.row(1)


def test_a_note_is_never_cut(cast: Cast, items: list[WorkItem]) -> None:
    page = begun(cast, items)
    assert "maxlength" not in page.text.split('id="call"')[1], "A browser cuts what is pasted, and says nothing."
    long = "x" * 2001
    page.says(1, 3, text=long)
    page.says(2, 3, text="Kept")
    page.fields["spoke_to"] = "Pat"
    kept = page.keeps()
    assert kept["is_partly"]
    assert kept["kept"].endswith("not all of it. Note of claim 1: Shorten it from 2001 to 2000 characters.")
    assert [claim.text for claim in CallClaim.objects.order_by("position")] == ["", "Kept"]
    assert page.presses("finish") == 422
    assert "Shorten it from 2001 to 2000 characters." in page.row(1)
    assert long in page.row(1)
    page.says(1, text=long[1:])
    assert page.presses("finish") == 200
    assert long[1:] in panel_of(items[0], cast.sam, "notes")


def test_the_log_says_where_a_claim_comes_back_on_another_day_than_was_promised(
    cast: Cast, items: list[WorkItem]
) -> None:
    page = begun(cast, items)
    sunday = in_days(7 - timezone.localdate().isoweekday() or 7)
    page.fields["spoke_to"] = "Pat"
    page.says(1, 1, promised=sunday.isoformat())
    page.says(2, 1, promised=add_business_days(timezone.localdate(), 2).isoformat())
    assert page.presses("finish") == 200
    assert "no business day: on the one beside it" in page.row(1)
    assert "no business day" not in page.row(2)
