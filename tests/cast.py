"""The same people in every test: who they are and what they may see."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from accounts.models import Facility, Role, User
from tests.factories import FacilityFactory, TeamFactory


class Cast(NamedTuple):
    """Sam and Sue are specialists at one clinic, Otto at another; Mara manages, Ada administers, Remy reads."""

    here: Facility
    there: Facility
    sam: User
    sue: User
    otto: User
    mara: User
    ada: User
    remy: User


def make_cast() -> Cast:
    here = FacilityFactory.create(name="Here Clinic", npi="1000000001")
    there = FacilityFactory.create(name="There Clinic", npi="1000000002")
    team = TeamFactory.create(key="prior_auth", name="Authorization")
    people = {
        "sam": (Role.SPECIALIST, here),
        "sue": (Role.SPECIALIST, here),
        "otto": (Role.SPECIALIST, there),
        "mara": (Role.MANAGER, None),
        "ada": (Role.ADMIN, None),
        "remy": (Role.READ_ONLY, here),
    }
    made = {}
    for name, (role, facility) in people.items():
        user = User.objects.create(
            username=name,
            first_name=name.capitalize(),
            last_name="Fictional",
            role=role,
            all_facilities=facility is None,
        )
        user.teams.add(team)
        if facility is not None:
            user.facilities.add(facility)
        made[name] = user
    return Cast(here=here, there=there, **made)


@pytest.fixture
def cast(db: None) -> Cast:
    return make_cast()
