"""The screens on which admins keep rows: who may, what is saved, what the history says of it."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.forms import ModelForm
from django.urls import reverse

from accounts.models import Facility, Role, Team, User
from tests.cast import Cast
from tests.factories import FacilityFactory, PayerFactory, QueueFactory, RoutingRuleFactory, TeamFactory
from tests.governed import approve_all
from tests.settings_forms import as_shown, history, save
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db

GOVERNED = ("rules",)
LISTS = ("people", "teams", "facilities", "payers", "queues_admin", *GOVERNED)


@pytest.mark.parametrize("name", [name for name in LISTS if name not in GOVERNED])
def test_only_admins_open_the_settings(cast: Cast, name: str) -> None:
    for person in (cast.sam, cast.mara, cast.remy):
        for address in (reverse(name), reverse(f"{name}_new")):
            assert signed_in(person).get(address).status_code == 403
            assert signed_in(person).post(address, {}).status_code in (403, 405)
    assert signed_in(cast.ada).get(reverse(name)).status_code == 200


@pytest.mark.parametrize("name", GOVERNED)
def test_managers_open_what_is_governed_too_for_somebody_else_approves(cast: Cast, name: str) -> None:
    for person, status in ((cast.sam, 403), (cast.remy, 403), (cast.mara, 200), (cast.ada, 200)):
        for address in (reverse(name), reverse(f"{name}_new")):
            assert signed_in(person).get(address).status_code == status


def kept_rows(cast: Cast) -> dict[str, Any]:
    facility = FacilityFactory.create(address="1 Made-up Road\nAnytown TX", is_confirmed=False)
    queue = QueueFactory.create(name="Authorization", purpose="Approvals")
    queue.teams.add(TeamFactory.create())
    payer = PayerFactory.create(appeals_address="Appeals\nPO Box 1")
    payer.identifiers.create(kind="name", value="FICTIONAL HEALTH")
    payer.identifiers.create(kind="payer_id", value="60001")
    rule = RoutingRuleFactory.create(
        conditions={"owner_team": ["coding", "billing"], "amount_at_risk": {"min": "5000"}, "remarks": ["N54"]}
    )
    return {
        "people": cast.sam, "teams": cast.sam.teams.get(), "facilities": facility, "payers": payer,
        "queues_admin": queue, "rules": rule,
    }  # fmt: skip


@pytest.mark.parametrize("name", LISTS)
def test_a_form_sent_as_it_was_shown_changes_nothing_and_leaves_no_history(cast: Cast, name: str) -> None:
    row = kept_rows(cast)[name]
    gone = User.objects.create(username="gone", is_active=False)
    gone.teams.add(TeamFactory.create())
    admin = signed_in(cast.ada)
    before = history(admin, name, row.pk)

    response = save(admin, name, row.pk)

    assert (response.status_code, history(admin, name, row.pk)) == (302, before)
    assert gone.teams.exists()


@pytest.mark.parametrize("name", LISTS)
def test_the_history_says_who_changed_what_from_what_to_what(cast: Cast, name: str) -> None:
    row = kept_rows(cast)[name]
    admin = signed_in(cast.ada)
    field = "last_name" if name == "people" else "name"

    save(admin, name, row.pk, **{field: "Renamed"})
    approve_all(cast.mara)

    newest = history(admin, name, row.pk)[0]
    assert "by Ada Fictional" in newest
    assert "→ Renamed" in newest


def test_a_person_who_joins_a_team_and_a_facility_leaves_a_history_on_both_sides(cast: Cast) -> None:
    coding = TeamFactory.create(key="coding", name="Coding")
    admin = signed_in(cast.ada)
    teams = [str(team.pk) for team in cast.sam.teams.all()]

    save(admin, "people", cast.sam.pk, teams=[*teams, str(coding.pk)], facilities=[str(cast.there.pk)])

    person, team = history(admin, "people", cast.sam.pk)[0], history(admin, "teams", coding.pk)[0]
    assert "Teams: Authorization → Authorization, Coding" in person
    assert "Facilities: Here Clinic → There Clinic" in person
    assert "People in it: nothing → Sam Fictional by Ada Fictional" not in team
    assert "People in it: nothing → Sam Fictional" in team


def test_a_team_form_puts_people_in_and_takes_them_out(cast: Cast) -> None:
    team = cast.sam.teams.get()
    admin = signed_in(cast.ada)

    save(admin, "teams", team.pk, people=[str(cast.sue.pk)])

    assert list(team.people.all()) == [cast.sue]
    assert "→ Sue Fictional" in history(admin, "teams", team.pk)[0]


def test_a_form_that_somebody_else_overtook_says_both_and_may_be_sent_again(cast: Cast) -> None:
    admin = signed_in(cast.ada)
    address = reverse("facilities_edit", args=[cast.here.pk])
    shown = as_shown(admin.get(address))
    save(admin, "facilities", cast.here.pk, phone="555-0199")

    response = admin.post(address, shown | {"name": "Mine"})

    assert response.status_code == 409
    cast.here.refresh_from_db()
    assert (cast.here.name, cast.here.phone) == ("Here Clinic", "555-0199")
    page = response.content.decode()
    assert page.count("Somebody changed this while you had it open.") == 1
    assert ["<li>Now: Here Clinic</li>" in page, "<li>Now: 555-0199</li>" in page] == [True, True]
    again = as_shown(response)
    assert again["name"] == ["Mine"]

    assert admin.post(address, again).status_code == 302
    cast.here.refresh_from_db()
    assert cast.here.name == "Mine"


def test_a_form_that_a_change_of_its_lists_made_stale_is_refused(cast: Cast) -> None:
    admin = signed_in(cast.ada)
    shown = as_shown(admin.get(reverse("people_edit", args=[cast.sam.pk])))
    cast.sam.facilities.add(cast.there)

    response = admin.post(reverse("people_edit", args=[cast.sam.pk]), shown | {"title": "Lead"})

    assert response.status_code == 409
    assert "<li>Now: Here Clinic, There Clinic</li>" in response.content.decode()


def test_a_form_with_a_mistake_keeps_what_was_typed_and_may_be_sent_again(cast: Cast) -> None:
    admin = signed_in(cast.ada)

    response = save(admin, "facilities", cast.here.pk, npi=cast.there.npi, phone="555-0177")

    assert response.status_code == 422
    assert "<h1>Here Clinic</h1>" in response.content.decode()
    again = admin.post(reverse("facilities_edit", args=[cast.here.pk]), as_shown(response) | {"npi": cast.here.npi})
    assert again.status_code == 302
    assert Facility.objects.get(pk=cast.here.pk).phone == "555-0177"


def new_person(**said: object) -> dict[str, object]:
    return {
        "username": "nora", "first_name": "Nora", "last_name": "Newly", "role": "specialist", "is_active": "on",
        "new_password": "quite-a-long-one-1", **said,
    }  # fmt: skip


def test_a_new_person_may_sign_in_and_sees_what_the_form_said(cast: Cast) -> None:
    response = signed_in(cast.ada).post(reverse("people_new"), new_person(facilities=[str(cast.here.pk)]))

    nora = User.objects.get(username="nora")
    assert response.status_code == 302
    assert nora.check_password("quite-a-long-one-1")
    assert nora.may_see(cast.here.pk)
    assert not nora.may_see(cast.there.pk)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"new_password": ""}, "needs a password"),
        ({"new_password": "short-1"}, "too short"),
        ({"new_password": "password1234"}, "too common"),
        ({"first_name": "Wilhelmina", "new_password": "wilhelmina-12"}, "too similar to the first name"),
        ({"username": "SAM"}, "sign-in name already"),
        ({"email": "SUE@practice.example"}, "address already"),
    ],
)
def test_a_person_is_not_made_with(cast: Cast, said: dict[str, str], sentence: str) -> None:
    User.objects.filter(pk=cast.sue.pk).update(email="sue@practice.example")

    response = signed_in(cast.ada).post(reverse("people_new"), new_person(**said))

    assert response.status_code == 422
    assert sentence in unescape(response.content.decode())
    assert not User.objects.filter(last_name="Newly").exists()


def test_a_new_password_stands_in_the_history_without_itself(cast: Cast) -> None:
    admin = signed_in(cast.ada)

    save(admin, "people", cast.sam.pk, new_password="quite-a-long-one-1")

    assert "Password set by Ada Fictional" in history(admin, "people", cast.sam.pk)[0]
    assert User.objects.get(pk=cast.sam.pk).check_password("quite-a-long-one-1")


@pytest.mark.parametrize("said", [{"role": "manager"}, {"is_active": None}])
def test_the_last_administrator_cannot_be_taken_away(cast: Cast, said: dict[str, Any]) -> None:
    User.objects.create(username="former", role=Role.ADMIN, is_active=False)

    response = save(signed_in(cast.ada), "people", cast.ada.pk, **said)

    assert "last active administrator" in response.content.decode()
    cast.ada.refresh_from_db()
    assert (cast.ada.role, cast.ada.is_active) == (Role.ADMIN, True)


def test_who_is_no_administrator_any_more_keeps_no_right_to_repair(cast: Cast) -> None:
    other = User.objects.create(username="other", role=Role.ADMIN, is_superuser=True, all_facilities=True)

    save(signed_in(cast.ada), "people", other.pk, role="specialist")

    other.refresh_from_db()
    assert (other.is_superuser, other.is_staff) == (False, False)


def test_a_list_is_searched_by_each_word(cast: Cast) -> None:
    Team.objects.create(key="coding", name="Coding")
    admin = signed_in(cast.ada)

    found = admin.get(reverse("people"), {"q": "fictional su"}).content.decode()

    assert re.findall(r"data-open>([^<]+)<", found) == ["Sue Fictional"]
    assert "Nothing matches" in admin.get(reverse("teams"), {"q": "nobody"}).content.decode()


def test_a_list_says_that_it_is_cut(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.settings_pages.MOST_LISTED", 3)

    shown = signed_in(cast.ada).get(reverse("people")).content.decode()

    assert (shown.count("data-open>"), "more than these" in shown) == (3, True)


def test_the_first_administrator_of_a_site_is_one() -> None:
    first = User.objects.create_superuser("first", "first@practice.example", "quite-a-long-one-1")

    assert (first.role, first.all_facilities, first.may_administer) == (Role.ADMIN, True, True)


def test_teams_stand_by_name(cast: Cast) -> None:
    for name in ("Zulu", "Alpha", "Mike"):
        Team.objects.create(key=name.lower(), name=name)
    rows = signed_in(cast.ada).get(reverse("teams")).context["rows"]
    names = [listed.row.name for listed in rows]
    assert names == sorted(names)


@pytest.mark.parametrize(
    ("name", "field", "said"),
    [
        ("teams", "key", "Another team has this key already: choose another key, or change that team."),
        ("facilities", "npi", "Another facility has this NPI already"),
        ("queues_admin", "key", "Another queue has this key already"),
        ("payers", "key", "Another payer has this key already"),
        ("people", "username", "Somebody has this sign-in name already."),
    ],
)
def test_a_value_that_another_row_has_is_said_in_words(cast: Cast, name: str, field: str, said: str) -> None:
    row = kept_rows(cast)[name]
    client, address = signed_in(cast.ada), reverse(f"{name}_new")
    answer = client.post(address, as_shown(client.get(address)) | {field: getattr(row, field)})
    assert said in unescape(answer.content.decode())
    assert "already exists" not in answer.content.decode()


def test_no_form_speaks_of_rows_as_the_database_does() -> None:
    assert [f for f in forms_of_ours() if not said_in_words(f)] == []


def forms_of_ours(above: Any = ModelForm) -> list[Any]:
    below = [form for each in above.__subclasses__() for form in (each, *forms_of_ours(each))]
    return [form for form in below if form.__module__.split(".")[0] in ("accounts", "appeals", "denials", "worklists")]


def said_in_words(form: Any) -> bool:
    """Its unique fields have a sentence of their own; the name of a person is asked about in a `clean_`."""
    unique = {field.name for field in form._meta.model._meta.fields if field.unique and not field.primary_key}
    asked = [field for name, field in form.base_fields.items() if name in unique and not hasattr(form, f"clean_{name}")]
    return all(field.error_messages.get("unique", "").startswith("Another ") for field in asked)
