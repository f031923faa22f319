"""An unknown code is mapped in one form: title, category, and the rest follows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.models import Change
from denials import dictionary
from denials.models import Code, CodeHandling, CodeReading, Rereading
from tests.cast import Cast
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db
MAP = "/codes/carc/zz9/map/"
FILLED = {
    "title": "Prior notice was late",
    "category": "authorization",
    "denial_rule": "D_ALWAYS",
    "why": "Their letter.",
}


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    dictionary.load()


def test_the_page_of_an_unknown_code_offers_to_map_it(cast: Cast) -> None:
    shown = signed_in(cast.ada).get("/codes/carc/ZZ9/")

    assert shown.status_code == 200
    assert reverse("code_map", args=["carc", "ZZ9"]) in shown.content.decode()
    assert "Map this code" not in signed_in(cast.sam).get("/codes/carc/ZZ9/").content.decode()


def test_mapping_takes_the_defaults_of_the_category_and_is_in_force_at_once(cast: Cast) -> None:
    response = signed_in(cast.ada).post(MAP, FILLED)

    assert response.status_code == 302
    entry = dictionary.current().carc("ZZ9")
    assert (entry.title, entry.is_known) == ("Prior notice was late", True)
    assert (entry.category, entry.owner_team, entry.usual_resolution) == ("authorization", "prior_auth", "appeal")
    assert CodeHandling.objects.get(code__code="ZZ9").is_authorization
    change = Change.objects.get(area="codes")
    assert (change.state, change.is_unconfirmed, change.author) == ("active", True, cast.ada)


def test_what_the_code_held_up_is_read_again(cast: Cast) -> None:
    signed_in(cast.mara).post(MAP, FILLED)

    assert Rereading.objects.get().codes == [["CARC", "ZZ9"]]


def test_what_was_filled_in_beats_the_category(cast: Cast) -> None:
    signed_in(cast.ada).post(MAP, FILLED | {"next_action": "Call.", "usual_resolution": "correction"})

    entry = dictionary.current().carc("ZZ9")
    assert (entry.next_action, entry.usual_resolution, entry.owner_team) == ("Call.", "correction", "prior_auth")


def test_it_leads_back_to_where_somebody_came_from_and_nowhere_else(cast: Cast) -> None:
    ada = signed_in(cast.ada)

    assert ada.post(MAP, FILLED | {"next": "/items/1/"}).headers["Location"] == "/items/1/"
    elsewhere = ada.post("/codes/carc/zz8/map/", FILLED | {"next": "//evil.example/"})
    assert elsewhere.headers["Location"] == "/codes/carc/ZZ8/"


def test_a_mapped_code_is_not_mapped_twice(cast: Cast) -> None:
    ada = signed_in(cast.ada)
    ada.post(MAP, FILLED)

    assert ada.get(MAP).headers["Location"] == "/codes/carc/ZZ9/"
    ada.post(MAP, FILLED | {"title": "Another"})
    assert Code.objects.get(code="ZZ9").title == "Prior notice was late"


def test_official_text_is_no_title(cast: Cast) -> None:
    text = "The claim lacks something that the payer needs to decide about it."
    Code.objects.create(system="CARC", code="ZZ9", title="", licensed_text=text, list_version="x")

    response = signed_in(cast.ada).post(MAP, FILLED | {"title": text})

    assert response.status_code == 422
    assert "own words" in response.content.decode()


@pytest.mark.parametrize(
    "address", ["/codes/carc/N999/map/", "/codes/rarc/197/map/", "/codes/group/zz/map/", "/codes/carc/a b/map/"]
)
def test_what_can_be_no_code_of_the_list_cannot_be_mapped(cast: Cast, address: str) -> None:
    assert signed_in(cast.ada).get(address).status_code == 404


def test_a_remark_typed_as_a_reason_is_named_with_the_reason_that_it_rides_on(cast: Cast) -> None:
    shown = signed_in(cast.ada).get("/codes/carc/N40/")

    assert shown.status_code == 404
    said = shown.content.decode()
    assert "N40 is a remark code" in said
    assert "usually 252" in said
    assert 'href="/codes/rarc/N40/"' in said


def test_choosing_a_category_shows_what_follows(cast: Cast) -> None:
    shown = signed_in(cast.ada).get(MAP, {"category": "coding"}, headers={"HX-Request": "true"})

    assert "As the category says: Technical" in shown.content.decode()
    assert "<html" not in shown.content.decode()


def test_readings_can_be_made_of_a_mapped_code(cast: Cast) -> None:
    signed_in(cast.ada).post(MAP, FILLED)

    assert signed_in(cast.mara).get("/codes/carc/ZZ9/readings/new/").status_code == 200
    assert not CodeReading.objects.filter(code="ZZ9").exists()
