"""The pages of exceptions: who sees what, what is offered first, and what each form does."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Facility, Team, User
from denials.domain.exception_kinds import Kind
from denials.models import ExceptionCase
from tests.cast import Cast
from tests.security.payer_says import Said
from tests.worklists.exceptions import THERE, case, come_in, held, prepare, suspected, unknown_code
from tests.worklists.pages import page_title, signed_in
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


@pytest.fixture(autouse=True)
def site(cast: Cast) -> None:
    prepare()
    Team.objects.get(key="denials_general").people.add(cast.sam, cast.remy)


def shown(user: User, query: str = "") -> list[int]:
    page = signed_in(user).get(f"/exceptions/{query}").content.decode()
    return [int(pk) for pk in re.findall(r'href="/exceptions/(\d+)/" data-open', page)]


def words(user: User, path: str) -> str:
    response = signed_in(user).get(path)
    assert response.status_code == 200, path
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def older(found: ExceptionCase, days: int) -> ExceptionCase:
    ExceptionCase.objects.filter(pk=found.pk).update(opened_on=TODAY - timedelta(days=days))
    found.refresh_from_db()
    return found


def test_the_oldest_stand_first_with_what_they_hold_up(cast: Cast) -> None:
    young = unknown_code("RC-1", "RC-2")
    old = older(suspected("RC-3", trace="T2"), 30)
    assert shown(cast.mara) == [old.pk, young.pk]
    page = words(cast.mara, "/exceptions/")
    assert "2 open · $4,350 held up" in page
    assert "$2,900.00" in page
    assert "working days" in page


def test_each_filter_narrows_the_list(cast: Cast) -> None:
    code = unknown_code("RC-1")
    hidden = older(suspected("RC-2", trace="T2", **THERE), 30)
    ExceptionCase.objects.filter(pk=code.pk).update(owner=cast.mara)
    there = Facility.objects.get(npi=THERE["npi"])
    assert shown(cast.mara, "?kind=unknown_code") == [code.pk]
    assert shown(cast.mara, "?owner=me") == [code.pk]
    assert shown(cast.mara, "?owner=nobody") == [hidden.pk]
    assert shown(cast.mara, f"?owner=team:{Team.objects.get(key='denials_general').pk}") == [hidden.pk, code.pk]
    assert shown(cast.mara, f"?facility={there.pk}") == [hidden.pk]
    assert shown(cast.mara, "?age=10") == [hidden.pk]
    assert shown(cast.mara, f"?payer={hidden.payer_id}") == [hidden.pk, code.pk]
    confirmed = ExceptionCase.objects.filter(kind=Kind.UNKNOWN_PAYER)
    assert shown(cast.mara, "?state=fixed") == list(confirmed.values_list("pk", flat=True))
    assert shown(cast.mara, "?kind=nonsense") == []


def test_people_see_their_teams_exceptions_of_their_facilities_only(cast: Cast) -> None:
    ours = unknown_code("RC-1")
    theirs = unknown_code("RC-2", trace="T2", code="998", **THERE)
    posting = case(Kind.UNKNOWN_CODE, code="998")
    assert posting == theirs
    assert shown(cast.sam) == [ours.pk]
    assert shown(cast.sue) == []
    assert shown(cast.mara) == [ours.pk, theirs.pk]
    for user, expected in ((cast.sam, 404), (cast.sue, 404), (cast.mara, 200)):
        assert signed_in(user).get(f"/exceptions/{theirs.pk}/").status_code == expected
    assert signed_in(cast.sue).get(f"/exceptions/{ours.pk}/").status_code == 404


def test_counts_and_dollars_leave_other_facilities_out(cast: Cast) -> None:
    found = unknown_code("RC-1")
    come_in(Said("RC-2", charge="7.00", reason=("CO", "999")), trace="T2", **THERE)
    assert "Claims 1" in words(cast.sam, f"/exceptions/{found.pk}/")
    assert "RC-2" not in words(cast.sam, f"/exceptions/{found.pk}/")
    assert "1 open · $1,450 held up" in words(cast.sam, "/exceptions/")
    assert "Claims 2" in words(cast.mara, f"/exceptions/{found.pk}/")


def test_the_rail_counts_them_for_those_who_have_some(cast: Cast) -> None:
    unknown_code("RC-1")
    assert "Exceptions 1" in words(cast.sam, "/my-day/")
    assert "Exceptions" not in words(cast.sue, "/my-day/")
    assert "Exceptions 1" in words(cast.mara, "/my-day/")


def test_an_empty_list_says_what_would_stand_there(cast: Cast) -> None:
    assert "Everything could be read" in words(cast.mara, "/exceptions/")
    unknown_code("RC-1")
    assert "No exception fits these filters" in words(cast.mara, "/exceptions/?kind=cut_file")


def test_a_case_shows_its_fix_first_its_evidence_and_no_patient_in_the_title(cast: Cast) -> None:
    found = unknown_code("RC-1")
    response = signed_in(cast.ada).get(f"/exceptions/{found.pk}/")
    page = response.content.decode()
    assert page.index("Map this code") < page.index("RC-1")
    assert f"/exceptions/{found.pk}/source/{held(found)[0]}/" in page
    assert page_title(response).startswith(f"Exception {found.pk}")
    assert "Map this code: a manager or administrator does this." in words(cast.sam, f"/exceptions/{found.pk}/")


@pytest.mark.parametrize("code", ["N381", "A/B", "?", "ÄÖ"])
def test_what_can_be_no_code_is_asked_of_the_payer(cast: Cast, code: str) -> None:
    found = unknown_code("RC-1")
    ExceptionCase.objects.filter(pk=found.pk).update(code=code)
    page = words(cast.mara, f"/exceptions/{found.pk}/")
    assert "The standard has no such code" in page
    assert "Map this code" not in page
    assert "Ask the payer" in page


def test_the_evidence_marks_the_code_in_the_file(cast: Cast) -> None:
    found = unknown_code("RC-1")
    page = signed_in(cast.sam).get(f"/exceptions/{found.pk}/source/{held(found)[0]}/").content.decode()
    assert "999</mark>" in page


def test_a_read_only_person_reads_and_changes_nothing(cast: Cast) -> None:
    found = unknown_code("RC-1")
    page = signed_in(cast.remy).get(f"/exceptions/{found.pk}/").content.decode()
    assert '<form method="post" action="/exceptions/' not in page
    for action in ("accept", "assign", "take", "ask", "confirm", "dismiss", "choose", "recheck"):
        assert signed_in(cast.remy).post(f"/exceptions/{found.pk}/{action}/").status_code == 403, action


def test_a_reason_that_is_missing_is_asked_for_again(cast: Cast) -> None:
    found = unknown_code("RC-1")
    response = signed_in(cast.sam).post(f"/exceptions/{found.pk}/accept/", {"accept-reason": ""})
    assert response.status_code == 422
    assert "This field is required" in response.content.decode()
    assert signed_in(cast.sam).post(f"/exceptions/{found.pk}/nonsense/").status_code == 404


def act(user: User, found: ExceptionCase, action: str, **sent: Any) -> str:
    response = signed_in(user).post(f"/exceptions/{found.pk}/{action}/", sent, follow=True)
    assert response.status_code == 200
    found.refresh_from_db()
    return str([str(message) for message in response.context["messages"]])


def test_each_form_does_what_it_says(cast: Cast) -> None:
    found = suspected("RC-1", "RC-2", "RC-3")
    assert "yours now" in act(cast.sam, found, "take")
    team = Team.objects.get(key="contracting")
    assert "Handed over to Contracting" in act(cast.mara, found, "assign", **{"assign-team": team.pk})
    assert (found.owner_team, found.owner) == (team, None)
    again_on = (TODAY + timedelta(days=3)).isoformat()
    told = act(cast.mara, found, "ask", **{"ask-text": "Why?", "ask-again_on": again_on})
    assert "Written down here and on 3 items" in told
    first, second, _ = held(found)
    assert "1 claim confirmed" in act(cast.mara, found, "confirm", pick=[first], **{"decide-reason": "Said so"})
    assert "1 claim closed" in act(cast.mara, found, "dismiss", pick=[second], **{"decide-reason": "Contract"})
    assert "still holds something up" in act(cast.mara, found, "recheck")
    assert "Left as it is" in act(cast.mara, found, "accept", **{"accept-reason": "Enough"})
    assert found.state == "accepted"
    page = words(cast.mara, f"/exceptions/{found.pk}/")
    assert "What became of it" in page
    assert "Closed: adjusted off 1" in page
    assert "In General denials, free to take 2" in page


def test_many_are_handed_over_or_left_as_they_are_at_once(cast: Cast) -> None:
    one, two = unknown_code("RC-1"), suspected("RC-2", trace="T2")
    client, pick = signed_in(cast.mara), [one.pk, two.pk]
    asked = client.post("/exceptions/many/", {"action": "assign", "pick": pick})
    assert (asked.status_code, "2 exceptions" in asked.content.decode()) == (200, True)
    client.post("/exceptions/many/", {"action": "assign:now", "pick": pick, "person": cast.sue.pk})
    assert set(ExceptionCase.objects.filter(pk__in=pick).values_list("owner", flat=True)) == {cast.sue.pk}
    assert client.post("/exceptions/many/", {"action": "accept:now", "pick": pick}).status_code == 422
    client.post("/exceptions/many/", {"action": "accept:now", "pick": pick, "reason": "Known"})
    assert set(ExceptionCase.objects.filter(pk__in=pick).values_list("state", flat=True)) == {"accepted"}
    assert client.post("/exceptions/many/", {"action": "accept"}).status_code == 422


def test_a_takeback_shows_where_the_money_went_and_its_last_day(cast: Cast) -> None:
    come_in(Said("RC-1", paid="1450.00"), day=TODAY - timedelta(days=40))
    beside = Said("RC-P", paid="1450.00", payer_number="P9", member="W9")
    come_in(Said("RC-1", paid="1450.00", status="22"), beside, trace="T2", day=TODAY - timedelta(days=20))
    found = case(Kind.TAKEBACK)
    page = words(cast.mara, f"/exceptions/{found.pk}/")
    assert "Last day to dispute it" in page
    assert "Ask the payer" in page


def test_a_list_costs_the_same_however_much_is_held_up(cast: Cast, django_assert_max_num_queries: Any) -> None:
    unknown_code(*(f"RC-{number}" for number in range(10)))
    assert WorkItem.objects.count() == 10
    client = signed_in(cast.mara)
    with django_assert_max_num_queries(24):
        client.get("/exceptions/")
