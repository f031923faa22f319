"""Batch calls: what stands on the sheet, one call in hand, kept while it goes on, one log at its end, and undo."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from accounts.refusal import Conflict, Refused
from denials import payer_contacts
from denials.domain.days import add_business_days
from denials.models import Payer
from tests.cast import Cast
from tests.factories import DenialFactory, PayerFactory, RemittedClaimFactory, WorkItemFactory
from tests.worklists.pages import item_at, panel_of, signed_in
from worklists import acts, work
from worklists.calls import calling, outcomes, sheets
from worklists.calls.calling import Said, Told
from worklists.calls.form import usual_for
from worklists.calls.sheets import Line
from worklists.models import Absence, Activity, CallOutcome, Contact, PayerCall, WorkItem

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
PROMISED = date(2026, 12, 3)


@pytest.fixture
def payer(cast: Cast) -> Payer:
    """Discusses two claims a call. As shipped, CARC 197 can be asked about by phone, CARC 50 cannot."""
    outcomes.load()
    made = PayerFactory.create(name="Phone Health Plan", claims_per_call=2)
    payer_contacts.keep(made, "phone", "800-555-0188", note="8 to 5 Central. Press 2, then 4.")
    return made


def claim_of(payer: Payer, cast: Cast, days: int = 20, **values: Any) -> WorkItem:
    due = TODAY + timedelta(days=days)
    made = item_at(cast.here, claim__payer=payer, denial__deadline=due, **values)
    WorkItem.objects.filter(pk=made.pk).update(rank_key=float(due.toordinal()))
    return made


def line_of(payer: Payer, cast: Cast) -> Line:
    return Line(payer.pk, None, cast.here.pk)


def outcome(position: int) -> CallOutcome:
    return CallOutcome.objects.get(position=position)


def asked(user: Any, payer: Payer, cast: Cast) -> list[int]:
    sheet = sheets.sheet(user, line_of(payer, cast), TODAY)
    return [claim.item.pk for claim in sheet.claims] if sheet else []


def told(call: PayerCall, *said: Said, spoke_to: str = "Pat", reference: str = "C-9") -> Told:
    claims = dict(zip(call.claims.values_list("pk", flat=True), said, strict=False))
    return Told(spoke_to, reference, "", claims)


def test_the_sheet_holds_what_a_call_can_settle_most_pressing_first_up_to_the_limit(cast: Cast, payer: Payer) -> None:
    later, first, third = claim_of(payer, cast, 30), claim_of(payer, cast, 10), claim_of(payer, cast, 40)
    claim_of(payer, cast, 5, denial__primary_code="50")
    claim_of(PayerFactory.create(), cast, 5)
    work.take([claim_of(payer, cast, 6).pk], cast.sue)
    work.postpone([claim_of(payer, cast, 8).pk], cast.sam, until=TODAY + timedelta(days=3), because="x", today=TODAY)
    sheet = sheets.sheet(cast.sam, line_of(payer, cast), TODAY)
    assert sheet is not None
    assert [claim.item.pk for claim in sheet.claims] == [first.pk, later.pk]
    assert sheet.left == 1
    assert sheet.claims[0].asks.startswith("Is there an approval on file")
    assert sheet.contacts["phone"].note == "8 to 5 Central. Press 2, then 4."
    assert third.pk not in asked(cast.sam, payer, cast)
    assert sheets.sheet(cast.otto, line_of(payer, cast), TODAY) is None


def test_an_answer_that_is_overdue_is_asked_about_whatever_the_code(cast: Cast, payer: Payer) -> None:
    sent = claim_of(payer, cast, 10, denial__primary_code="50")
    work.take([sent.pk], cast.sam)
    work.wait_for_payer([sent.pk], cast.sam, follow_up_on=TODAY)
    assert asked(cast.sam, payer, cast) == [sent.pk]
    WorkItem.objects.filter(pk=sent.pk).update(follow_up_on=TODAY + timedelta(days=1))
    assert asked(cast.sam, payer, cast) == []


def test_one_tax_id_is_one_call_and_each_product_line_another(cast: Cast, payer: Payer) -> None:
    payer.products.create(name="Advantage", filing_codes=["16"], claims_per_call=9)
    claim_of(payer, cast)
    type(cast.here).objects.update(tax_id="000000777")
    item_at(cast.there, claim__payer=payer)
    [pick] = sheets.picks(cast.mara, TODAY)
    assert (pick.line, pick.claims, pick.limit) == (Line(payer.pk, None, cast.here.pk), 2, 2)
    lined = RemittedClaimFactory.create(claim__payer=payer, claim__facility=cast.here, filing_code="16")
    WorkItemFactory.create(denial=DenialFactory.create(remitted_claim=lined))
    picks = {pick.product: pick for pick in sheets.picks(cast.mara, TODAY)}
    assert (picks["Advantage"].claims, picks["Advantage"].limit, picks[""].claims) == (1, 9, 2)


def test_what_is_in_a_call_is_nobody_elses_to_call_about_and_the_item_says_so(cast: Cast, payer: Payer) -> None:
    first, second, third = (claim_of(payer, cast, days) for days in (10, 11, 12))
    call = calling.start(cast.sam, line_of(payer, cast), today=TODAY)
    assert list(call.claims.values_list("item", flat=True)) == [first.pk, second.pk]
    assert asked(cast.sue, payer, cast) == [third.pk]
    page = signed_in(cast.sue).get(reverse("item", args=[first.pk])).content.decode()
    assert "Sam Fictional is calling the payer about it" in page
    with pytest.raises(Refused, match="You have a call in hand"):
        calling.start(cast.sam, line_of(payer, cast), today=TODAY)
    calling.drop(call, cast.sam)
    assert asked(cast.sue, payer, cast) == [first.pk, second.pk]
    assert Activity.objects.filter(kind="note").count() == 0


def test_whoever_has_a_call_in_hand_is_led_back_to_it_from_the_next_sheet(cast: Cast, payer: Payer) -> None:
    for days in (90, 91, 92):
        claim_of(payer, cast, (timezone.localdate() - TODAY).days + days)
    asked_for = {"payer": payer.pk, "biller": cast.here.pk}
    assert "Begin the call" in signed_in(cast.sam).get(reverse("call_sheet"), asked_for).content.decode()
    call = begun(signed_in(cast.sam), payer, cast)
    sheet = signed_in(cast.sam).get(reverse("call_sheet"), asked_for).content.decode()
    assert reverse("call", args=[call.pk]) in sheet
    assert "Begin the call" not in sheet


def test_a_call_that_broke_off_is_resumed_with_all_that_was_entered(cast: Cast, payer: Payer) -> None:
    claim_of(payer, cast, 10)
    call = calling.start(cast.sam, line_of(payer, cast), today=TODAY)
    calling.keep(call, cast.sam, told(call, Said(outcome(1), PROMISED, "They lost the fax")), expected_version=1)
    with pytest.raises(Conflict):
        calling.keep(call, cast.sam, told(call, Said()), expected_version=1)
    with pytest.raises(Refused, match="somebody else's call"):
        calling.keep(call, cast.sue, told(call, Said()), expected_version=2)
    again = signed_in(cast.sam)
    assert f'href="{reverse("call", args=[call.pk])}"' in again.get(reverse("calls")).content.decode()
    page = again.get(reverse("call", args=[call.pk])).content.decode()
    for kept in ('value="Pat"', 'value="C-9"', 'value="2026-12-03"', 'value="They lost the fax"'):
        assert kept in page


def test_finishing_writes_one_log_and_a_contact_on_each_claim_and_sets_the_days(cast: Cast, payer: Payer) -> None:
    promised, stays = claim_of(payer, cast, 20), claim_of(payer, cast, 21)
    call = calling.start(cast.sam, line_of(payer, cast), today=TODAY)
    said = told(call, Said(outcome(1), PROMISED, "Fax was there"), Said(outcome(3)))
    call = calling.keep(call, cast.sam, said, expected_version=1)
    act, done = calling.finish(call, cast.sam, today=TODAY)
    assert done.done == [promised.pk, stays.pk]
    for item in (promised, stays):
        item.refresh_from_db()
    assert (promised.status, promised.postponed_until, promised.assignee) == ("postponed", PROMISED, cast.sam)
    assert (stays.status, stays.assignee) == ("taken", cast.sam)
    assert set(Contact.objects.values_list("item", "reference", "spoke_to", "call")) == {
        (promised.pk, "C-9", "Pat", call.pk), (stays.pk, "C-9", "Pat", call.pk),
    }  # fmt: skip
    assert "Sent back for reprocessing. Fax was there" in panel_of(promised, cast.remy, "notes")
    log = signed_in(cast.remy).get(reverse("call", args=[call.pk])).content.decode()
    assert "Sent back for reprocessing" in log
    assert "Wants something from us" in log

    assert act is not None
    acts.undo(act, cast.sam)
    for item in (promised, stays):
        item.refresh_from_db()
        assert (item.status, item.assignee, item.postponed_until) == ("new", None, None)
    assert Contact.objects.count() == 2


def test_a_day_after_the_last_safe_one_needs_a_reason_and_else_is_told_at_the_claim(cast: Cast, payer: Payer) -> None:
    silent, told_why = claim_of(payer, cast, 3), claim_of(payer, cast, 4)
    call = calling.start(cast.sam, line_of(payer, cast), today=TODAY)
    said = told(call, Said(outcome(1), PROMISED), Said(outcome(1), PROMISED, late_because="They extended it"))
    calling.finish(calling.keep(call, cast.sam, said, expected_version=1), cast.sam, today=TODAY)
    silent.refresh_from_db()
    told_why.refresh_from_db()
    assert (silent.status, told_why.status) == ("new", "postponed")
    assert "The last safe day is" in call.claims.get(item=silent).kept_because
    assert Activity.objects.filter(item=silent, kind="note").count() == 1


@pytest.mark.parametrize(
    ("told_of", "sentence"),
    [({}, "say of at least one claim"), ({"spoke_to": "", "reference": ""}, "say who you spoke to")],
)
def test_an_empty_call_is_not_finished(cast: Cast, payer: Payer, told_of: dict[str, str], sentence: str) -> None:
    claim_of(payer, cast)
    call = calling.start(cast.sam, line_of(payer, cast), today=TODAY)
    said = [Said(outcome(3))] if told_of else []
    call = calling.keep(call, cast.sam, told(call, *said, **told_of), expected_version=1)
    with pytest.raises(Refused, match=sentence):
        calling.finish(call, cast.sam, today=TODAY)
    assert PayerCall.objects.get().state == "in_hand"


def begun(client: Client, payer: Payer, cast: Cast) -> PayerCall:
    client.post(reverse("call_sheet"), {"payer": payer.pk, "product": "", "biller": cast.here.pk})
    return PayerCall.objects.get()


def test_a_call_by_its_pages_without_javascript(cast: Cast, payer: Payer) -> None:
    item = claim_of(payer, cast, (timezone.localdate() - TODAY).days + 90)
    client = signed_in(cast.sam)
    assert "Phone Health Plan" in client.get(reverse("calls")).content.decode()
    sheet = client.get(reverse("call_sheet"), {"payer": payer.pk, "biller": cast.here.pk}).content.decode()
    for words in ("800-555-0188", "Press 2, then 4.", item.claim.member_id, cast.here.npi, "discusses 2 claims"):
        assert words in sheet
    call = begun(client, payer, cast)
    claim, day = call.claims.get(), add_business_days(timezone.localdate(), 5)
    address = reverse("call_act", args=[call.pk])
    form = {"draft_version": 1, "spoke_to": "Pat", f"outcome-{claim.pk}": outcome(2).pk, f"promised-{claim.pk}": "x"}
    assert client.post(address, form | {"then": "finish"}).status_code == 422
    form[f"promised-{claim.pk}"] = day.isoformat()
    client.post(address, form | {"then": "hold", "draft_version": 2})
    call.refresh_from_db()
    assert call.hold_since is not None
    assert client.post(address, form | {"then": "finish", "spoke_to": "Sid"}).status_code == 409
    kept = client.post(reverse("call_keep", args=[call.pk]), form | {"draft_version": 3})
    assert (kept.json()["version"], kept.json()["kept"][:8]) == (4, "Kept at ")
    assert client.post(address, form | {"then": "finish", "draft_version": 4}).status_code == 302
    item.refresh_from_db()
    assert item.postponed_until == day
    call.refresh_from_db()
    assert call.state == "finished"
    log = client.get(reverse("call", args=[call.pk])).content.decode()
    assert f"{timezone.localtime(call.started_at):%a} {timezone.localtime(call.started_at).day} " in log, (
        "On paper nobody knows which day was today."
    )
    assert "today" not in log.partition('aria-label="The call"')[2].partition("</section>")[0]
    assert not PayerCall.objects.filter(hold_since__isnull=False).exists()


def test_contacts_are_found_by_the_beginning_of_their_reference(cast: Cast, payer: Payer) -> None:
    item = claim_of(payer, cast)
    client = signed_in(cast.sam)
    client.post(reverse("item_note", args=[item.pk]), {"channel": "call", "text": "x", "reference": "Ref-4711"})
    found = client.post(reverse("contacts_search"), {"q": "ref-47"}, follow=True)
    assert "Ref-4711" in found.content.decode()
    assert "ref-47" not in found.redirect_chain[0][0]
    none = client.post(reverse("contacts_search"), {"q": "4711"}, follow=True).content.decode()
    assert "No contact has this reference" in none
    elsewhere = signed_in(cast.otto).post(reverse("contacts_search"), {"q": "ref-47"}, follow=True).content.decode()
    assert "Ref-4711" not in elsewhere


@pytest.mark.parametrize(
    ("safe", "deadline", "day", "words"),
    [
        (30, 40, 14, ""),
        (3, 40, 3, "Its last safe day, because Friday 11 December 2026 would be too late."),
        (9, 40, 7, "The business day before its last safe one, because Friday 11 December 2026 would be too late."),
        (2, 40, 14, "Its last safe day is Sunday 22 November 2026: say why it may wait."),
        (-2, 4, 14, "Its last safe day was Wednesday 18 November 2026: say why it may wait."),
        (-9, -2, 14, ""),
    ],
)
def test_a_usual_day_never_lies_past_the_last_safe_one_unsaid(
    cast: Cast, payer: Payer, safe: int, deadline: int, day: int, words: str
) -> None:
    item = claim_of(payer, cast, deadline, last_safe_on=TODAY + timedelta(days=safe))
    usual = usual_for(item, 14, TODAY)
    expected = add_business_days(TODAY, 14) if day == 14 else TODAY + timedelta(days=day)
    assert (usual.day, usual.words) == (expected, words)


def test_the_page_of_a_call_offers_the_last_safe_day_in_words(cast: Cast, payer: Payer) -> None:
    ahead, last_safe = (timezone.localdate() - TODAY).days, add_business_days(timezone.localdate(), 2)
    claim_of(payer, cast, ahead + 40, last_safe_on=last_safe)
    client = signed_in(cast.sam)
    call = begun(client, payer, cast)
    shown = client.get(reverse("call", args=[call.pk])).content.decode()
    assert f'data-day="{last_safe.isoformat()}" data-day-words="Its last safe day, because' in shown


@pytest.mark.parametrize("why", ["switched off", "reads only", "away"])
def test_the_call_of_somebody_who_is_gone_lets_its_claims_go(cast: Cast, payer: Payer, why: str) -> None:
    item = claim_of(payer, cast)
    call = calling.start(cast.sam, line_of(payer, cast), today=TODAY)
    calling.keep(call, cast.sam, told(call, Said(text="Half said")), expected_version=call.version)
    calling.let_go(TODAY)
    assert asked(cast.sue, payer, cast) == []
    if why == "away":
        Absence.objects.create(person=cast.sam, first_day=TODAY, last_day=TODAY, entered_by=cast.mara)
    else:
        values = {"is_active": False} if why == "switched off" else {"role": Role.READ_ONLY}
        User.objects.filter(pk=cast.sam.pk).update(**values)

    calling.let_go(TODAY)

    call.refresh_from_db()
    assert asked(cast.sue, payer, cast) == [item.pk]
    assert (call.state, call.claims.get().text) == (PayerCall.State.DROPPED, "Half said")
