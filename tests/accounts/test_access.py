import pytest
from django.http import Http404
from django.test import Client

from accounts.access import get_visible_or_404
from accounts.models import Facility, Role, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_facilities() -> tuple[Facility, Facility]:
    return (
        Facility.objects.create(name="Here Clinic", npi="1000000001"),
        Facility.objects.create(name="There Clinic", npi="1000000002"),
    )


def test_somebody_elses_row_is_not_found(two_facilities: tuple[Facility, Facility]) -> None:
    here, there = two_facilities
    sam = User.objects.create(username="sam", role=Role.SPECIALIST)
    sam.facilities.add(here)

    assert get_visible_or_404(Facility.objects.all(), sam, pk=here.pk) == here
    with pytest.raises(Http404):
        get_visible_or_404(Facility.objects.all(), sam, pk=there.pk)


def test_an_inactive_person_sees_nothing(two_facilities: tuple[Facility, Facility]) -> None:
    gone = User.objects.create(username="gone", role=Role.ADMIN, all_facilities=True, is_active=False)

    assert not Facility.objects.visible_to(gone).exists()


def test_the_repair_pages_have_no_sign_in_of_their_own_past_the_second_factor() -> None:
    User.objects.create_superuser("first", "first@practice.example", "quite-a-long-one-1")
    client = Client()

    response = client.post("/repairs/login/", {"username": "first", "password": "quite-a-long-one-1"})

    assert response.headers["Location"].startswith("/accounts/login/")
    assert "_auth_user_id" not in client.session
