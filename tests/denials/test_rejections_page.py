"""Rejections on screen: listed apart, said in words, owned and closed with a reason; nobody sees another's."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import RequestFactory
from django.urls import reverse

from accounts.models import User
from config.navigation import sections_for
from denials.models import Acknowledgment, Rejection
from tests.acknowledgment_text import Answered, accepted_set, claims_answered, rejected_set, sets_answered
from tests.cast import Cast
from tests.denials.test_acknowledging import brought_in, known_payer
from tests.factories import ClaimFactory, QueueFactory
from tests.worklists.pages import page_title, signed_in

pytestmark = pytest.mark.django_db
REJECTED = Answered("RC-2", "A7:562:85", "U", payer_number="", last="SPECIMEN")


@pytest.fixture
def rejected(cast: Cast) -> Rejection:
    brought_in(claims_answered(Answered(), REJECTED), cast.sam)
    return Rejection.objects.get()


def listed(user: User, query: str = "") -> str:
    return str(signed_in(user).get(reverse("rejections") + query).content.decode())


def page_of(user: User, answer: int, status: int = 200) -> str:
    response = signed_in(user).get(reverse("acknowledgment", args=[answer]))
    assert response.status_code == status
    return str(response.content.decode())


def say(user: User, rejection: Rejection, **said: Any) -> Any:
    sent = {"state": "open", "owner": "", "reason": "", **said}
    return signed_in(user).post(reverse("acknowledgment", args=[rejection.acknowledgment_id]), sent)


def test_the_rail_counts_what_nobody_has_seen_to(rejected: Rejection, cast: Cast, rf: RequestFactory) -> None:
    def counted(user: User) -> Any:
        request = rf.get("/")
        request.user = user
        links = [link for section in sections_for(request) for link in section["links"]]
        return next(link["count"] for link in links if link["label"] == "Rejections")

    QueueFactory.create(key="unrouted", name="Unrouted")
    assert counted(cast.sam) == "1"
    rejected.state = Rejection.State.RESENT
    rejected.save()
    assert counted(cast.sam) is None


def test_a_rejection_is_listed_with_its_reason_in_words_and_an_acceptance_is_not(
    rejected: Rejection, cast: Cast
) -> None:
    shown = listed(cast.sue)
    assert "rejected: information is not valid: NPI (billing provider)" in shown
    assert "Claim RC-2" in shown
    assert "Claim RC-1" not in shown


def test_its_page_shows_what_was_said_with_the_segments(rejected: Rejection, cast: Cast) -> None:
    response = signed_in(cast.sam).get(reverse("acknowledgment", args=[rejected.acknowledgment_id]))
    shown = response.content.decode()
    assert "STC*A7:562:85*20260202*U*100.00~" in shown
    assert "SPECIMEN" in shown
    assert "RC-2" not in page_title(response)
    assert "No payer has sent a result for this claim yet" in shown


def test_who_sees_to_it_and_what_was_done_is_kept_with_a_name(rejected: Rejection, cast: Cast) -> None:
    assert say(cast.sam, rejected, state="resent", owner=cast.sue.pk, reason="NPI corrected.").status_code == 302

    rejected.refresh_from_db()
    assert (rejected.state, rejected.owner, rejected.reason) == ("resent", cast.sue, "NPI corrected.")
    assert "by Sam Fictional" in page_of(cast.sam, rejected.acknowledgment_id)
    assert "Claim RC-2" not in listed(cast.sam)
    assert "Claim RC-2" in listed(cast.sam, "?state=resent")


def test_closing_needs_a_reason(rejected: Rejection, cast: Cast) -> None:
    answer = say(cast.sam, rejected, state="closed", reason="  ")
    assert answer.status_code == 422
    assert "Say why it is closed" in answer.content.decode()
    rejected.refresh_from_db()
    assert rejected.state == "open"


def test_only_people_who_may_see_it_can_own_it(rejected: Rejection, cast: Cast) -> None:
    for stranger in (cast.otto, cast.remy):
        assert say(cast.sam, rejected, owner=stranger.pk).status_code == 422
    assert say(cast.sam, rejected, owner=cast.mara.pk).status_code == 302


def test_who_only_reads_may_look_and_not_change(rejected: Rejection, cast: Cast) -> None:
    assert "Where it stands" not in page_of(cast.remy, rejected.acknowledgment_id)
    assert say(cast.remy, rejected, state="resent").status_code == 403


def test_another_facilitys_rejection_does_not_exist(rejected: Rejection, cast: Cast) -> None:
    assert "Claim RC-2" not in listed(cast.otto)
    page_of(cast.otto, rejected.acknowledgment_id, status=404)
    assert say(cast.otto, rejected, state="resent").status_code == 404


def test_a_form_filled_before_somebody_elses_change_overwrites_nothing(rejected: Rejection, cast: Cast) -> None:
    shown = page_of(cast.sam, rejected.acknowledgment_id)
    state = shown.split('name="shown_state" value="')[1].split('"')[0]
    say(cast.sue, rejected, state="resent", reason="Sent again.")
    assert say(cast.sam, rejected, state="closed", reason="Mine.", shown_state=state).status_code == 409
    rejected.refresh_from_db()
    assert rejected.reason == "Sent again."


def test_an_acceptance_has_a_page_without_work(cast: Cast) -> None:
    brought_in(claims_answered(Answered()), cast.sam)
    accepted = Acknowledgment.objects.get(status="accepted")
    assert "Work on this rejection" not in page_of(cast.sam, accepted.pk)
    answer = signed_in(cast.sam).post(reverse("acknowledgment", args=[accepted.pk]), {"state": "closed"})
    assert answer.status_code == 403


def test_a_claim_that_was_accepted_after_its_rejection_says_so(rejected: Rejection, cast: Cast) -> None:
    claim = ClaimFactory.create(payer=known_payer(), facility=cast.here, number="RC-2", service_from=date(2026, 1, 15))
    brought_in(claims_answered(Answered("RC-2", day="20260305"), number=3), cast.sam)
    assert "Accepted since" in listed(cast.sam)
    shown = page_of(cast.sam, rejected.acknowledgment_id)
    assert "Accepted since" in shown
    assert f"{claim.payer} has sent a result" in shown


def test_a_rejected_set_of_a_999_is_listed_for_who_sent_it(cast: Cast) -> None:
    brought_in(sets_answered(accepted_set(), rejected_set("0002"), last_word="P*2*2*1"), cast.sam)
    assert "837 set 0002 of group 17" in listed(cast.sam)
    assert "837 set 0002 of group 17" in listed(cast.mara)
    assert "837 set 0002" not in listed(cast.sue)


def test_nothing_rejected_teaches_what_to_do(cast: Cast) -> None:
    assert "Nothing is rejected" in listed(cast.sam)
    assert "proves timely filing" in listed(cast.sam)


def test_the_list_costs_the_same_whatever_it_holds(cast: Cast, django_assert_max_num_queries: Any) -> None:
    brought_in(claims_answered(*(REJECTED._replace(number=f"RC-{n}") for n in range(12))), cast.sam)
    client = signed_in(cast.mara)
    with django_assert_max_num_queries(16):
        client.get(reverse("rejections"))


def test_the_page_of_its_file_lists_answers_rejections_first(cast: Cast) -> None:
    file = brought_in(claims_answered(Answered(), REJECTED), cast.sam)
    shown = signed_in(cast.sam).get(reverse("remittance_file", args=[file.pk])).content.decode()
    assert shown.index("Claim RC-2") < shown.index("Claim RC-1")
    assert "1 rejected" in signed_in(cast.sam).get(reverse("intake")).content.decode()
