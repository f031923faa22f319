"""Screens about people, teams and facilities."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.urls import path

from accounts.begun_forms import begun_forms
from accounts.forms import FacilityForm, PersonForm, TeamForm
from accounts.governance import urls as governance
from accounts.models import Facility, Team, User, UserFacility, UserTeam
from accounts.own_keys import own_keys
from accounts.row_history import Part
from accounts.settings_pages import Column, SettingsPage


def _people() -> QuerySet[User]:
    return User.objects.prefetch_related("teams", "facilities").order_by("-is_active", "last_name", "first_name")


def _teams() -> QuerySet[Team]:
    return Team.objects.annotate(active=Count("people", filter=Q(people__is_active=True))).order_by("name")


def _where(person: User) -> str:
    if person.all_facilities:
        return "all facilities"
    return ", ".join(str(place) for place in person.facilities.all()) or "none yet"


PAGES = (
    SettingsPage(
        name="people",
        address="settings/people/",
        title="People",
        singular="Person",
        purpose="Who may sign in, what they may do, and which facilities they may see. Accounts are never shared.",
        form=PersonForm,
        beside="worklists/_at_work.html",
        rows=_people,
        searched=("username", "first_name", "last_name"),
        parts=(
            Part("Teams", UserTeam, owner="user_id", member="team"),
            Part("Facilities", UserFacility, owner="user_id", member="facility"),
        ),
        columns=(
            Column("Name", str),
            Column("Sign-in name", lambda person: person.username),
            Column("Role", lambda person: person.get_role_display()),
            Column("Teams", lambda person: ", ".join(str(team) for team in person.teams.all()) or "none"),
            Column("Facilities", _where),
            Column("State", lambda person: "active" if person.is_active else "switched off"),
        ),
    ),
    SettingsPage(
        name="teams",
        address="settings/teams/",
        title="Teams",
        singular="Team",
        purpose="Who owns one kind of work. The code dictionary names a team for each code.",
        form=TeamForm,
        rows=_teams,
        searched=("name", "key"),
        parts=(Part("People in it", UserTeam, owner="team_id", member="user"),),
        columns=(
            Column("Team", str),
            Column("Key", lambda team: team.key),
            Column("People", lambda team: team.active, is_number=True),
        ),
    ),
    SettingsPage(
        name="facilities",
        address="settings/facilities/",
        title="Facilities",
        singular="Facility",
        purpose="Places that bill under one NPI. One that a remittance names first waits here to be confirmed.",
        form=FacilityForm,
        rows=lambda: Facility.objects.order_by("is_confirmed", "name"),
        searched=("name", "npi", "tax_id", "service_line"),
        columns=(
            Column("Facility", str),
            Column("NPI", lambda place: place.npi),
            Column("Tax ID", lambda place: place.tax_id),
            Column("Service line", lambda place: place.service_line.replace("_", " ")),
            Column("State", lambda place: "confirmed" if place.is_confirmed else "to confirm"),
        ),
    ),
)

urlpatterns = [
    path("keys/", own_keys, name="own_keys"),
    path("begun/", begun_forms, name="begun"),
    *(pattern for page in PAGES for pattern in page.urls()),
    *governance.urlpatterns,
]
