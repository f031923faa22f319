"""Whom tests of worklists need besides the cast."""

from __future__ import annotations

import pytest

from accounts.models import Role, User
from tests.cast import Cast
from tests.factories import TeamFactory


@pytest.fixture
def pat(cast: Cast) -> User:
    """Of patient access, and of nothing else."""
    made = User.objects.create(username="pat", first_name="Pat", last_name="Fictional", role=Role.CONTRIBUTOR)
    made.teams.add(TeamFactory.create(key="patient_access", name="Patient access"))
    made.facilities.add(cast.here)
    return made
