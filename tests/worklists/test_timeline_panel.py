"""The timeline of an item: from the service to now, each entry with its source, newest or oldest first."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from appeals import drafting, letter_templates, outcomes, submission
from appeals.models import Appeal
from denials import told
from denials.domain.told_rows import ELIGIBILITY
from denials.models import Remittance
from denials.told import Whose
from tests.acknowledgment_text import Answered, claims_answered
from tests.appeals.letters import ready
from tests.cast import Cast
from tests.denials.test_acknowledging import brought_in
from tests.factories import QueueFactory, RemittanceFactory, RemittedClaimFactory, RoutingRuleFactory
from tests.worklists.pages import item_at, signed_in
from worklists import work
from worklists.claim_record import ClaimRecord
from worklists.models import Activity, Resolution, WorkItem
from worklists.timeline import timeline_of
from worklists.wording import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    made = item_at(cast.here, claim__number="RC-777", denial__denied_lines=[1])
    Activity.objects.create(item=made, kind=Activity.Kind.OPENED, text="CO-197 on line 1 is a denial.")
    return made


def told_about(item: WorkItem, user: Any) -> list[Any]:
    return [each.entry for each in timeline_of(ClaimRecord(item, user))[0]]


def panel(item: WorkItem, user: Any, query: str = "") -> str:
    response = signed_in(user).get(reverse("item_panel", args=[item.pk, "timeline"]) + query)
    assert response.status_code == 200
    return re.sub(r"\s+", " ", response.content.decode())


def test_a_claim_is_told_from_its_service_to_now_each_entry_with_its_source(cast: Cast, item: WorkItem) -> None:
    whose = Whose(item.claim.facility, item.claim.number)
    told.add(ELIGIBILITY, whose, {"checked_on": date(2026, 10, 1), "method": "phone", "result": "active"}, cast.sue)
    answered = Answered("RC-777", "A2:20:PR", day="20261008", service="20261005", payer_number="")
    brought_in(claims_answered(answered, received="20261007"), cast.sam, "oct.277")
    work.take([item.pk], cast.sam)
    work.note([item.pk], cast.sam, text="Called, reference 5512")

    entries = told_about(item, cast.sam)
    names = [entry.what for entry in reversed(entries)]

    assert names == [
        "Eligibility checked: active",
        f"Service at {item.facility}",
        "Accepted by FICTIONAL HEALTH",
        "Denied $1,450.00",
        "Denial recognised",
        "Taken",
        "Noted",
    ]
    by_name = {entry.what: entry for entry in entries}
    remitted = item.denial.remitted_claim
    assert by_name["Denied $1,450.00"].source.address.startswith(reverse("item_source", args=[item.pk, remitted.pk]))
    assert by_name["Accepted by FICTIONAL HEALTH"].source.address.startswith("/acknowledgments/")
    assert by_name["Noted"].source.words == "Sam Fictional"
    assert by_name["Noted"].note == "Called, reference 5512"
    assert all(entry.source.words for entry in entries)


def test_the_page_shows_newest_first_and_oldest_first_by_choice(cast: Cast, item: WorkItem) -> None:
    work.note([item.pk], cast.sam, text="Called, reference 5512")
    newest, oldest = panel(item, cast.sam), panel(item, cast.sam, "?order=oldest")
    assert newest.index("Called, reference 5512") < newest.index("Service at")
    assert oldest.index("Service at") < oldest.index("Called, reference 5512")
    assert "19 business days later" in newest


def test_a_routing_names_its_rule_and_version(cast: Cast, item: WorkItem) -> None:
    rule = RoutingRuleFactory.create(name="Authorization by team")
    facts = {"rule": rule.pk, "rule_version": 4}
    Activity.objects.create(item=item, kind=Activity.Kind.ROUTED, text="CO-197", facts=facts)
    [routed] = [entry for entry in told_about(item, cast.sam) if entry.what == "Routed"]
    assert routed.source.words == "routing rule Authorization by team, version 4"
    assert routed.by == "rule"


def test_a_later_payment_a_reversal_and_an_arrival_are_told(cast: Cast, item: WorkItem) -> None:
    later = RemittanceFactory.create(
        payer=item.payer, facility=item.facility, payment_date=date(2026, 11, 16), state=Remittance.State.HELD
    )
    common = {"claim": item.claim, "remittance": later}
    RemittedClaimFactory.create(status="22", charge=-1450, paid=0, position=1, **common)
    RemittedClaimFactory.create(paid=900, position=2, frequency="7", received_on=date(2026, 11, 10), **common)
    said = {entry.what: entry for entry in told_about(item, cast.sam)}
    assert {"Result taken back, $0.00", "Paid $900.00", "Claim received by the payer"} <= said.keys()
    assert "replacement of an earlier claim" in said["Claim received by the payer"].detail
    assert "held for a decision" in said["Paid $900.00"].detail


def test_a_letter_is_told_once_on_the_days_that_count(cast: Cast, item: WorkItem) -> None:
    today = timezone.localdate()
    letter = a_letter_was_sent(cast, item)
    [sent] = [entry for entry in told_about(item, cast.sam) if "sent" in entry.what.lower()]
    assert sent.day == today
    assert sent.source.address == reverse("appeal", args=[letter.pk])
    assert "proof Fax 0042" in sent.detail


def a_letter_was_sent(cast: Cast, item: WorkItem) -> Appeal:
    cast.sam.title, cast.sam.phone = "Denial specialist", "555-0100"
    cast.sam.save()
    letter_templates.load()
    today = timezone.localdate()
    sending = submission.Sending(channel="fax", sent_on=today, proof="Fax 0042", past_deadline_confirmed=True)
    return submission.mark_sent(ready(item, cast.sam), cast.sam, sending, today=today)


def test_a_letter_that_was_withdrawn_after_sending_is_told_with_the_reason(cast: Cast, item: WorkItem) -> None:
    drafting.withdraw(a_letter_was_sent(cast, item), cast.sam, because="It came back unopened")

    [withdrawn] = [entry for entry in told_about(item, cast.sam) if "unopened" in entry.note]

    assert (withdrawn.what, withdrawn.note) == ("Back in work", "Letter withdrawn. It came back unopened")


def test_an_answer_to_a_letter_is_told_with_what_was_written_down(cast: Cast, item: WorkItem) -> None:
    today = timezone.localdate()
    answer = outcomes.Answer("upheld", today, note="Their nurse wants the plan of care")
    outcomes.record(a_letter_was_sent(cast, item), cast.sam, answer, today=today)

    [decided] = [entry for entry in told_about(item, cast.sam) if "upheld" in entry.what]

    assert (decided.what, decided.note) == ("First-level appeal: upheld", "Their nurse wants the plan of care")


def test_what_changed_hands_is_told_with_where_it_went_and_until_when(cast: Cast, item: WorkItem) -> None:
    today = timezone.localdate()
    because: dict[str, Any] = {"because": "They call back", "late_because": "They said so"}
    work.postpone([item.pk], cast.sam, until=today + timedelta(days=7), today=today, **because).or_refuse()
    item.refresh_from_db()
    assert item.postponed_until
    back_on = day(item.postponed_until)
    work.hand_over([item.pk], cast.sam, to=cast.sue, reason="She knows it").or_refuse()
    work.move(
        [item.pk], cast.mara, queue=QueueFactory.create(key="coding", name="Coding"), reason="Belongs there"
    ).or_refuse()
    won: dict[str, Any] = {"settlement": "partial", "recovered_amount": Decimal("150.00")}
    work.resolve([item.pk], cast.mara, resolution=Resolution.APPEALED, **won).or_refuse()

    told = {entry.what: entry.detail for entry in told_about(item, cast.sam)}

    assert told["Handed over"] == f"To {cast.sue}"
    assert told["Moved"] == "To Coding"
    assert told["Resolved"] == "Appealed, partly overturned, $150.00 recovered"
    assert told["Postponed"] == f"Until {back_on}"


def test_a_corrected_claim_that_went_out_is_a_submission(cast: Cast, item: WorkItem) -> None:
    until = timezone.localdate() + timedelta(days=20)
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=until, route=Resolution.CORRECTED)
    page = signed_in(cast.sam).get(reverse("item_panel", args=[item.pk, "context"])).content.decode()
    assert "Sent: corrected claim" in page[page.index('id="context-submissions"') :]


def test_an_earlier_item_of_the_claim_is_part_of_its_story(cast: Cast, item: WorkItem) -> None:
    work.resolve([item.pk], cast.sam, resolution=Resolution.ADJUSTED, text="Adjusted the first time")
    denial = item.denial
    denial.pk = None
    denial.remitted_claim = RemittedClaimFactory.create(claim=item.claim)
    denial.save()
    later = WorkItem.objects.create(
        claim=item.claim, denial=denial, facility=item.facility, payer=item.payer, queue=item.queue,
        reason=item.reason, denied_amount=1, amount_at_risk=1, rank_key=1.0,
    )  # fmt: skip
    assert f"Resolved (item {item.pk})" in [entry.what for entry in told_about(later, cast.sam)]


def test_escalations_stand_apart(cast: Cast, item: WorkItem) -> None:
    Activity.objects.create(item=item, kind=Activity.Kind.ESCALATED, actor=cast.sam, text="Look at this")
    main, aside = timeline_of(ClaimRecord(item, cast.sam))
    assert [each.entry.what for each in aside] == ["Escalated"]
    assert "Escalated" not in [each.entry.what for each in main]
