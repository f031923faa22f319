"""The coverage report names each code that came in lately and lacks something, and nothing else."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from accounts.models import Change, Team
from accounts.refusal import Refused
from appeals.models import LetterTemplate
from denials import dictionary
from denials.models import CodeHandling, Denial
from insights.coverage import Gap, Lack, gaps
from insights.repairs import repair
from tests.cast import Cast
from tests.factories import DENIED_ON, DenialFactory
from tests.worklists.pages import item_at, shown_items

pytestmark = pytest.mark.django_db
TODAY = DENIED_ON + timedelta(days=10)


@pytest.fixture(autouse=True)
def site(cast: Cast) -> None:
    dictionary.load()
    LetterTemplate.objects.create(key="prior", name="Authorization", codes=["197"], subject="s", body="b")


def deny(code: str = "197", **values: Any) -> None:
    DenialFactory.create(**{"primary_code": code, "decided_on": DENIED_ON, **values})


def found(cast: Cast) -> list[Gap]:
    return gaps(cast.mara, TODAY)


def change(code: str = "197", **values: Any) -> None:
    assert CodeHandling.objects.filter(code__system="CARC", code__code=code).update(**values)


def test_a_code_with_everything_is_not_named(cast: Cast) -> None:
    deny()

    assert found(cast) == []


@pytest.mark.parametrize(
    ("values", "lack"),
    [
        ({"owner_team": "nobody_there"}, Lack.OWNER),
        ({"next_action": ""}, Lack.ACTION),
        ({"root_cause": ""}, Lack.ROOT_CAUSE),
    ],
)
def test_what_the_dictionary_does_not_say_is_a_gap(cast: Cast, values: dict[str, str], lack: Lack) -> None:
    deny()
    change(**values)

    assert [gap.lacks for gap in found(cast)] == [(lack,)]


def test_a_team_without_people_owns_nothing(cast: Cast) -> None:
    deny()
    Team.objects.get(key="prior_auth").people.clear()

    assert [gap.lacks for gap in found(cast)] == [(Lack.OWNER,)]


def test_the_general_letter_covers_no_code_in_particular(cast: Cast) -> None:
    deny(resolution="appeal")
    LetterTemplate.objects.update(codes=[])

    assert [gap.lacks for gap in found(cast)] == [(Lack.TEMPLATE,)]


def test_a_letter_is_missed_only_where_appeals_are_usual(cast: Cast) -> None:
    deny(resolution="correction")
    LetterTemplate.objects.all().delete()

    assert found(cast) == []


def test_an_assumed_deadline_is_a_gap(cast: Cast) -> None:
    deny(deadline_is_default=True)
    deny(amount_at_risk=Decimal("50.00"))

    (gap,) = found(cast)
    assert (gap.lacks, gap.undated, gap.denials, gap.at_risk) == ((Lack.DEADLINE,), 1, 2, Decimal("1500.00"))


def test_a_code_that_no_list_has_comes_first_when_it_holds_most_money(cast: Cast) -> None:
    deny("Z99", amount_at_risk=Decimal("9000.00"))
    deny()
    change(next_action="")

    assert [(gap.code, gap.lacks) for gap in found(cast)] == [("Z99", (Lack.HANDLING,)), ("197", (Lack.ACTION,))]


def test_what_is_empty_is_taken_from_the_category_at_once_and_confirmed_later(cast: Cast, client: Client) -> None:
    deny()
    change(next_action="", root_cause="")
    client.force_login(cast.mara)
    assert [gap.has_offer for gap in found(cast)] == [True]

    client.post("/coverage/197/repair/")

    assert found(cast) == []
    made = Change.objects.get()
    assert (made.state, made.approver, made.author) == ("active", None, cast.mara)


def test_what_the_category_has_not_is_refused_and_nothing_kept(cast: Cast) -> None:
    deny()

    with pytest.raises(Refused, match="Nothing was changed"):
        repair("197", cast.mara, today=TODAY)
    assert not Change.objects.exists()


def test_codes_not_seen_for_90_days_are_left_out(cast: Cast) -> None:
    deny("Z99")

    assert gaps(cast.mara, DENIED_ON + timedelta(days=91)) == []


def test_only_denials_of_ones_own_facilities_are_counted(cast: Cast) -> None:
    deny("Z99")

    assert gaps(cast.sam, TODAY) == []


def test_the_page_filters_by_what_is_missing(cast: Cast, client: Client) -> None:
    deny("Z99")
    deny()
    change(next_action="")
    client.force_login(cast.mara)

    page = client.get("/coverage/", {"lack": "action"}).content.decode()

    assert "no next action" in page
    assert "Z99" not in page


def test_the_items_of_a_code_open_as_many_closed_ones_included(cast: Cast, client: Client) -> None:
    today = timezone.localdate()
    closed: dict[str, Any] = {"status": "resolved", "resolution": "no_action", "resolved_at": timezone.now()}
    older: dict[str, Any] = {"denied_on": today - timedelta(days=91)}
    for values in ({}, closed, older):
        item = item_at(cast.here, **{"reason": "CO-Z99", "denied_on": today, **values})
        Denial.objects.filter(pk=item.denial_id).update(primary_code="Z99", decided_on=item.denied_on)
    deny("Z99", decided_on=today)
    client.force_login(cast.mara)

    page = client.get("/coverage/")

    (gap,) = (each for each in page.context["gaps"] if each.code == "Z99")
    assert (gap.denials, gap.items) == (3, 2)
    (address,) = re.findall(r'href="(/items/\?code=Z99[^"]*)"', page.content.decode())
    assert len(shown_items(client.get(html.unescape(address)))) == 2
