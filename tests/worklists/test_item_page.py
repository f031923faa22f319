"""One item on one screen: what it says, to whom, and what may be done from it."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pgtrigger
import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessEvent
from denials.models import Adjustment, RemittedLine
from tests.acknowledgment_text import Answered, claims_answered
from tests.cast import Cast
from tests.denials.test_acknowledging import brought_in
from tests.factories import ClockFactory, RemittedClaimFactory, RoutingRuleFactory
from tests.worklists.pages import item_at, page_title, panel_of, signed_in
from worklists import panels, work
from worklists.models import Resolution, WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    """A denied line with a paid one beside it, taken by nobody."""
    rule = RoutingRuleFactory.create(name="Authorization by team")
    made = item_at(
        cast.here,
        last="Madeup",
        claim__number="RC-777123",
        rule=rule,
        rule_version=4,
        routed_because="The dictionary gives CO-197 to Authorization.",
        denial__denied_lines=[1],
        denial__evidence=["approval letter"],
    )
    ClockFactory.create(denial=made.denial, is_default=True)
    remitted = made.denial.remitted_claim
    denied = RemittedLine.objects.create(
        remitted_claim=remitted, number=1, procedure="C8908", modifiers=["26"], charge=Decimal("1450.00"),
        paid=Decimal("0.00"), remarks=["N54"], segment_from=11, segment_to=13,
    )  # fmt: skip
    RemittedLine.objects.create(
        remitted_claim=remitted, number=2, procedure="A9585", charge=Decimal("300.00"), paid=Decimal("300.00"),
        remarks=["MA01"], segment_from=14, segment_to=15,
    )  # fmt: skip
    RemittedLine.objects.create(
        remitted_claim=remitted, number=3, procedure="99214", charge=Decimal("90.00"), paid=Decimal("90.00"),
        segment_from=16, segment_to=16,
    )  # fmt: skip
    Adjustment.objects.create(
        remitted_claim=remitted, line=denied, ordinal=1, group="CO", code="197", amount=Decimal("1450.00"), segment=12
    )
    return made


def page_of(item: WorkItem, user: Any) -> str:
    response = signed_in(user).get(reverse("item", args=[item.pk]))
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


def test_everything_needed_to_decide_stands_on_one_page(cast: Cast, item: WorkItem) -> None:
    page = page_of(item, cast.sam)
    for words in (
        "Madeup", "RC-777123", item.payer.name, item.denial.remitted_claim.payer_control_number, "$1,450.00",
        "No authorization or notification on file", "CO-197", "Claim differs from what was approved", "N54",
        "Find the approval and send a corrected claim.", "The dictionary gives CO-197 to Authorization.",
        "Authorization by team", "cautious default",
        "Approval letter",
        "C8908 26", "Paid as charged",
    ):  # fmt: skip
        assert words in page, words


def test_the_head_says_whose_which_what_how_old_and_who_has_it(cast: Cast, item: WorkItem) -> None:
    RemittedLine.objects.create(
        remitted_claim=item.denial.remitted_claim, number=4, procedure="99213", charge=Decimal("90.00"),
        paid=Decimal("50.00"), allowed=Decimal("62.50"), segment_from=17, segment_to=17,
    )  # fmt: skip
    type(item.denial).objects.filter(pk=item.denial_id).update(product="Commercial PPO")
    work.take([item.pk], cast.sue)
    page = page_of(item, cast.sam)
    head = re.sub(r"\s+", " ", "".join(re.findall(r'<section class="card who".*?</section>', page, re.S)))
    for label in ("At risk", "Denied", "Charged", "Allowed", "Paid", "Service", "Payer", "Account", "Member ID",
                  "Decided", "Age", "Facility", "Owner", "Queue", "Days left"):  # fmt: skip
        assert f"<dt>{label}</dt>" in head, label
    for said in ("$62.50", "Commercial PPO", "Sue Fictional", "The dictionary gives CO-197 to Authorization.",
                 "since service", "Reconsideration"):  # fmt: skip
        assert said in head, said


def test_what_is_closed_was_at_risk(cast: Cast, item: WorkItem) -> None:
    pages = [reverse("item", args=[item.pk]), reverse("item_panel", args=[item.pk, "notes"])]
    for each in pages:
        assert "was at risk" not in signed_in(cast.sam).get(each).content.decode().lower()
    work.resolve([item.pk], cast.mara, resolution=Resolution.ADJUSTED)
    for each in pages:
        assert "was at risk" in signed_in(cast.sam).get(each).content.decode().lower()


def test_a_timely_filing_denial_shows_the_proof_on_file_or_how_to_get_it(cast: Cast) -> None:
    item = late_item(cast)
    assert "Upload its 277CA on the Remittances page" in page_of(item, cast.sam)
    assert "Upload it on the Remittances page" in panel_of(item, cast.sam, "results")

    brought_in(claims_answered(answer_to(item, "A7:562:85", "20260103")), cast.sam, "jan.277")
    assert "No acceptance by the payer is on record" in page_of(item, cast.sam)
    assert "does not prove that the payer had it" in panel_of(item, cast.sam, "results")

    brought_in(claims_answered(answer_to(item, "A2:20:PR", "20260202"), number=2), cast.sam, "feb.277")
    assert "Proof on file: accepted by the payer on 2 Feb 2026" in page_of(item, cast.sam)
    panel = panel_of(item, cast.sam, "results")
    assert "Accepted by the payer on <b>2 Feb 2026</b>" in panel
    assert "file feb.277" in panel
    assert panel.count("/acknowledgments/") == 2


def test_a_denial_for_another_reason_says_nothing_about_filing(cast: Cast, item: WorkItem) -> None:
    assert "277CA" not in page_of(item, cast.sam)
    assert "Proof of filing" not in panel_of(item, cast.sam, "results")


def late_item(cast: Cast) -> WorkItem:
    return item_at(cast.here, denial__category="timely_filing", denial__primary_code="29")


def answer_to(item: WorkItem, status: str, day: str) -> Answered:
    return Answered(item.claim.number, status, day=day, service="20261005", payer_number="")


def test_a_remark_that_only_informs_is_marked(cast: Cast, item: WorkItem) -> None:
    page = page_of(item, cast.sam)
    assert page.count("alert only") == 1


def test_the_title_holds_no_patient_data(cast: Cast, item: WorkItem) -> None:
    title = page_title(signed_in(cast.sam).get(reverse("item", args=[item.pk])))
    assert f"Work item {item.pk}" in title
    assert "Madeup" not in title
    assert "RC-777123" not in title


def test_an_item_of_another_facility_does_not_exist(cast: Cast, item: WorkItem) -> None:
    client = signed_in(cast.otto)
    assert client.get(reverse("item", args=[item.pk])).status_code == 404
    source = reverse("item_source", args=[item.pk, item.denial.remitted_claim_id])
    assert client.get(source).status_code == 404
    assert client.get(reverse("item_action", args=[item.pk, "note"])).status_code == 404


def test_who_looked_at_an_item_is_written_down(cast: Cast, item: WorkItem) -> None:
    page_of(item, cast.remy)
    assert AccessEvent.objects.filter(user=cast.remy, what="work_item", row=item.pk).count() == 1


def test_the_page_costs_no_more_queries_with_more_lines_and_more_history(
    cast: Cast, item: WorkItem, django_assert_max_num_queries: Any
) -> None:
    remitted = item.denial.remitted_claim
    RemittedLine.objects.bulk_create(
        RemittedLine(remitted_claim=remitted, number=number, segment_from=1, segment_to=2) for number in range(4, 40)
    )
    for number in range(20):
        work.note([item.pk], cast.sam, text=f"Call {number}")
    for _ in range(3):
        RemittedClaimFactory.create(claim=item.claim)
    client = signed_in(cast.sam)
    client.get("/my-day/")  # the first page of a session also writes the session
    with django_assert_max_num_queries(6):
        assert client.get(reverse("item", args=[item.pk])).status_code == 200


def test_each_panel_is_also_a_page_and_its_tab_says_how_much_is_there(cast: Cast, item: WorkItem) -> None:
    RemittedClaimFactory.create(claim=item.claim)
    assert re.search(r'Other results <span class="n">1</span>', page_of(item, cast.sam))
    assert reverse("item_panel", args=[item.pk, "questions"]) not in page_of(item, cast.sam)

    response = signed_in(cast.sam).get(reverse("item_panel", args=[item.pk, "timeline"]))
    page = response.content.decode()
    assert re.search(r'id="tab-timeline"[^>]* aria-current="page"', page)
    assert "Madeup" in page
    assert "Denial recognised" not in page_of(item, cast.sam)
    assert page_title(response) == f"Timeline of work item {item.pk} · Overturn"
    assert AccessEvent.objects.filter(user=cast.sam, what="work_item", row=item.pk).count() == 4


@pytest.mark.parametrize("key", [panel.key for panel in panels.every()])
def test_every_panel_opens_for_everybody_who_sees_the_item_and_for_nobody_else(
    cast: Cast, item: WorkItem, key: str
) -> None:
    assert panel_of(item, cast.remy, key).lstrip().startswith('<section class="panels"')
    assert signed_in(cast.otto).get(reverse("item_panel", args=[item.pk, key])).status_code == 404
    assert signed_in(cast.sam).get(reverse("item_panel", args=[item.pk, "nonsense"])).status_code == 404


def test_earlier_results_of_the_claim_are_listed(cast: Cast, item: WorkItem) -> None:
    other = RemittedClaimFactory.create(claim=item.claim, paid=Decimal("88.25"))
    page = panel_of(item, cast.sam, "results")
    assert "$88.25" in page
    assert f"{reverse('item_source', args=[item.pk, other.pk])}?fact=paid" in page


def test_the_timeline_says_who_did_what(cast: Cast, item: WorkItem) -> None:
    work.note([item.pk], cast.sue, text="Called, reference 5512.")
    page = panel_of(item, cast.sam, "timeline")
    assert "Noted" in page
    assert "Sue Fictional" in page
    assert "Called, reference 5512." in page


def actions_on(item: WorkItem, user: Any) -> set[str]:
    page = page_of(item, user)
    names = ("take", "resolve", "return", "postpone", "note", "hand_over", "release", "reopen")
    return {name for name in names if reverse("item_action", args=[item.pk, name]) in page}


def test_what_may_be_done_follows_the_state_of_the_item(cast: Cast, item: WorkItem) -> None:
    today = timezone.localdate()
    assert actions_on(item, cast.sam) == {"take", "resolve", "postpone", "note", "hand_over"}
    work.take([item.pk], cast.sam)
    assert actions_on(item, cast.sam) == {"release", "resolve", "postpone", "note", "hand_over"}
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=today + timedelta(days=30))
    assert actions_on(item, cast.sam) == {"return", "resolve", "note", "hand_over"}
    work.resolve([item.pk], cast.sam, resolution="correction")
    assert actions_on(item, cast.sam) == {"note", "reopen"}


def test_a_colleague_may_only_add_a_note_and_a_manager_may_do_all(cast: Cast, item: WorkItem) -> None:
    work.take([item.pk], cast.sam)
    assert actions_on(item, cast.sue) == {"note"}
    assert "hand_over" in actions_on(item, cast.mara)


def test_a_read_only_person_is_offered_nothing(cast: Cast, item: WorkItem) -> None:
    assert actions_on(item, cast.remy) == set()


def test_every_value_leads_to_the_element_that_it_was_read_from(
    cast: Cast, item: WorkItem, settings: Any, tmp_path: Any
) -> None:
    give_file(item, settings, tmp_path)
    page = page_of(item, cast.sam)
    url = reverse("item_source", args=[item.pk, item.denial.remitted_claim_id])
    asked = re.findall(rf'href="{url}\?fact=([a-z0-9-]+)"', page)
    assert {
        "charge", "paid", "trace", "payment-date", "payer-number", "member-id", "service-from", "line-1-procedure",
        "line-1-charge", "line-1-paid", "adjustment-1-reason", "adjustment-1-amount", "line-1-remark-1",
    } <= set(asked)  # fmt: skip
    client = signed_in(cast.sam)
    for fact, marked in (("charge", "1750"), ("paid", "300"), ("adjustment-1-amount", "1450"), ("trace", "OTHER")):
        assert marks(client.get(f"{url}?fact={fact}")) == [marked, marked], fact


def test_the_source_says_where_it_stands_and_in_which_payment(
    cast: Cast, item: WorkItem, settings: Any, tmp_path: Any
) -> None:
    give_file(item, settings, tmp_path)
    url = reverse("item_source", args=[item.pk, item.denial.remitted_claim_id])
    answer = signed_in(cast.sam).get(f"{url}?fact=adjustment-1-amount")
    page = " ".join(re.sub(r"<[^>]*>", " ", answer.content.decode()).split())
    remittance = item.denial.remitted_claim.remittance
    for words in ("CAS03 amount adjusted", "segment 6, line 1, byte 209", remittance.trace, remittance.file.name,
                  remittance.payer_name, "2 Nov 2026"):  # fmt: skip
        assert words in page, words
    assert page_title(answer) == "Source in the payer's file · Overturn"
    assert re.findall(r'rel="(prev|next)" href="[^"]*fact=([a-z0-9-]+)"', answer.content.decode()) == [
        ("prev", "adjustment-1-reason"), ("next", "line-1-procedure"),
    ]  # fmt: skip
    assert AccessEvent.objects.filter(user=cast.sam, what="remitted_claim").count() == 1


def test_over_the_page_only_the_marked_segment_is_shown(
    cast: Cast, item: WorkItem, settings: Any, tmp_path: Any
) -> None:
    give_file(item, settings, tmp_path)
    url = reverse("item_source", args=[item.pk, item.denial.remitted_claim_id])
    answer = signed_in(cast.sam).get(f"{url}?fact=paid", headers={"HX-Request": "true"})
    assert marks(answer) == ["300"]
    assert "CAS*CO" not in answer.content.decode()


@pytest.mark.parametrize("fact", ["patient-share", "line-9-paid", "nonsense", "<script>"])
def test_a_fact_that_the_payer_does_not_say_is_said_so(
    cast: Cast, item: WorkItem, settings: Any, tmp_path: Any, fact: str
) -> None:
    give_file(item, settings, tmp_path)
    url = reverse("item_source", args=[item.pk, item.denial.remitted_claim_id])
    answer = signed_in(cast.sam).get(url, {"fact": fact})
    assert "The payer does not say this" in answer.content.decode()
    assert marks(answer) == []


def test_the_source_of_somebody_elses_claim_is_not_shown(
    cast: Cast, item: WorkItem, settings: Any, tmp_path: Any
) -> None:
    give_file(item, settings, tmp_path)
    other = RemittedClaimFactory.create()
    assert signed_in(cast.sam).get(reverse("item_source", args=[item.pk, other.pk])).status_code == 404


def marks(answer: Any) -> list[str]:
    """What is marked on the page: in the segment shown first, and among its neighbours."""
    assert answer.status_code == 200
    found = re.findall(r'<mark><span class="visually-hidden">here: </span>(.*?)</mark>', answer.content.decode())
    return [str(each) for each in found]


def test_a_file_that_is_gone_is_said_so(cast: Cast, item: WorkItem) -> None:
    answer = signed_in(cast.sam).get(reverse("item_source", args=[item.pk, item.denial.remitted_claim_id]))
    assert answer.status_code == 422
    assert "not on this server" in answer.content.decode()


def give_file(item: WorkItem, settings: Any, tmp_path: Any) -> None:
    """A kept file in which the claim stands at segments 4 to 6, in a payment that begins at 2."""
    isa = "ISA*00*          *00*          *ZZ*S              *ZZ*R              *261102*1200*^*00501*000000001*0*P*:~"
    body = "GS*HP*S*R*20261102*1200*1*X*005010X221A1~ST*835*0001~TRN*1*OTHER*1~"
    claim = "CLP*RC-777123*4*1750*300~CAS*CO*197*1450~SVC*HC:A9585*300*300~"
    settings.MEDIA_ROOT = tmp_path
    remitted = item.denial.remitted_claim
    remitted.remittance.file.content.save("kept.835", ContentFile((isa + body + claim + "SE*1*0001~").encode()))
    # What the payer said cannot be changed, not even by a test: the trigger sleeps for one statement.
    with pgtrigger.ignore("denials.RemittedClaim:what_the_payer_said_of_a_claim"):
        type(remitted).objects.filter(pk=remitted.pk).update(segment_from=4, segment_to=6)


def test_what_was_sent_or_resolved_is_never_shown_as_late(cast: Cast, item: WorkItem) -> None:
    WorkItem.objects.filter(pk=item.pk).update(deadline=timezone.localdate() - timedelta(days=9))
    assert "9 days late" in page_of(item, cast.sam)
    work.wait_for_payer([item.pk], cast.sam, follow_up_on=timezone.localdate() + timedelta(days=30))
    assert "9 days late" not in page_of(item, cast.sam)
    work.resolve([item.pk], cast.sam, resolution="correction")
    assert "9 days late" not in page_of(item, cast.sam)


def test_the_rule_that_routed_is_named_once_and_again_among_all_rules(cast: Cast, item: WorkItem) -> None:
    assert named(item, cast) == (1, 1)
    WorkItem.objects.filter(pk=item.pk).update(routed_because='Rule "Authorization by team" (version 4): it fits.')
    assert named(item, cast) == (1, 2)


def named(item: WorkItem, cast: Cast) -> tuple[int, int]:
    """How often the rule is named on the page, and how often where all rules and versions stand."""
    panel = panel_of(item, cast.sam, "why")
    return page_of(item, cast.sam).count("Authorization by team"), panel.count("Authorization by team")


def test_a_facilitys_service_line_is_shown_in_words(cast: Cast, item: WorkItem) -> None:
    cast.here.service_line = "behavioral_health"
    cast.here.save()
    page = page_of(item, cast.sam)
    assert "Behavioral health" in page
    assert "behavioral_health" not in page
