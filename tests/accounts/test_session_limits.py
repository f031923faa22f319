"""Sessions end by themselves, and nobody works before they have a second factor where one is required."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts import sessions
from accounts.models import User
from accounts.sessions import SessionStore
from tests.cast import Cast

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 20, 8, tzinfo=ZoneInfo("America/New_York"))
IDLE_SECONDS = 900
PAGE = "/my-day/"
PASSWORD = "only-for-tests-2026"


@pytest.fixture
def clock(settings: Any) -> Iterator[time_machine.Traveller]:
    settings.SESSION_COOKIE_AGE = IDLE_SECONDS
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


@pytest.fixture
def sam(cast: Cast, clock: time_machine.Traveller) -> Client:
    client = Client()
    client.force_login(cast.sam)
    assert client.get(PAGE).status_code == 200
    return client


def is_signed_in(client: Client) -> bool:
    return client.get(PAGE).status_code == 200


def test_an_idle_session_ends(sam: Client, clock: time_machine.Traveller) -> None:
    clock.shift(timedelta(seconds=IDLE_SECONDS + 1))

    assert not is_signed_in(sam)


def test_a_session_in_use_goes_on(sam: Client, clock: time_machine.Traveller) -> None:
    for _ in range(4):
        clock.shift(timedelta(seconds=IDLE_SECONDS - 1))
        assert is_signed_in(sam)


@pytest.mark.parametrize("address", [PAGE, "/live/", "/items/"])
def test_a_page_that_refreshes_itself_keeps_no_session_awake(
    sam: Client, clock: time_machine.Traveller, address: str
) -> None:
    tag = ""
    for _ in range(2):
        clock.shift(timedelta(seconds=IDLE_SECONDS - 100))
        answer = sam.get(address, headers={"HX-Trigger-Name": "poll", "If-None-Match": tag})
        tag = answer.headers.get("ETag", "")

    assert not is_signed_in(sam)


def test_no_session_lasts_beyond_half_a_day_however_busy(
    cast: Cast, clock: time_machine.Traveller, settings: Any
) -> None:
    settings.SESSION_COOKIE_AGE = 4 * 3600  # fewer pages to ask for than with minutes
    client = Client()
    client.force_login(cast.sam)
    for _ in range(4):
        assert is_signed_in(client)
        clock.shift(timedelta(hours=3))
    clock.shift(timedelta(seconds=1))

    assert not is_signed_in(client)


def test_without_a_second_factor_only_the_set_up_opens(cast: Cast, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    client = Client()
    client.force_login(cast.sam)

    sent = client.get(PAGE)

    assert (sent.status_code, sent.headers["Location"]) == (302, "/accounts/2fa/totp/activate/")
    assert client.get("/items/").status_code == 302
    assert client.get("/accounts/logout/").status_code == 200


def test_with_a_second_factor_every_page_opens(cast: Cast, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    Authenticator.objects.create(user=cast.sam, type=Authenticator.Type.TOTP, data={"secret": "made up"})
    client = Client()
    client.force_login(cast.sam)

    assert client.get(PAGE).status_code == 200


@pytest.mark.parametrize("is_idle", [True, False])
def test_after_signing_in_again_people_stand_where_they_were(
    sam: Client, clock: time_machine.Traveller, is_idle: bool
) -> None:
    """Also when it was a form that met the end of the session: its address cannot be opened by itself."""

    def end() -> None:
        if is_idle:
            clock.shift(timedelta(seconds=IDLE_SECONDS + 1))
        else:
            Session.objects.all().delete()

    own, foreign = "http://testserver/items/7/?in=3#note", "http://elsewhere.test/items/7/"
    sent_from: list[tuple[str | None, str]] = [(own, "/items/7/%3Fin%3D3"), (foreign, "/"), (None, "/")]
    for referer, leads_to in sent_from:
        end()
        headers = {"Referer": referer} if referer else {}
        answer = sam.post("/items/7/step/", {"step": "s1"}, headers=headers)
        assert answer.headers["Location"] == f"/accounts/login/?next={leads_to}"
        sam.force_login(User.objects.get(username="sam"))
        assert is_signed_in(sam)
    end()
    assert sam.get("/items/7/?in=3").headers["Location"] == "/accounts/login/?next=/items/7/%3Fin%3D3"


def test_a_session_past_its_end_is_not_read(sam: Client) -> None:
    Session.objects.update(expire_date=MORNING)
    assert not is_signed_in(sam)


def test_a_way_of_signing_in_that_a_site_gave_up_lets_nobody_in_any_more(sam: Client, settings: Any) -> None:
    settings.AUTHENTICATION_BACKENDS = settings.AUTHENTICATION_BACKENDS[1:]
    assert not is_signed_in(sam)


def test_nobody_chooses_the_key_of_a_session_to_come() -> None:
    chosen = "chosen" * 5
    store = SessionStore(chosen)
    store["a"] = 1
    store.save()
    assert store.session_key != chosen
    assert SessionStore(store.session_key)["a"] == 1


def test_a_request_reads_session_person_and_second_factor_at_once(cast: Cast, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    Authenticator.objects.create(user=cast.sam, type=Authenticator.Type.TOTP, data={"secret": "made up"})
    client = Client()
    client.force_login(cast.sam)
    client.get(PAGE)

    with CaptureQueriesContext(connection) as asked:
        client.get(PAGE)

    about = [sql for sql in (query["sql"] for query in asked) if "django_session" in sql or "FROM mfa_auth" in sql]
    assert len(about) == 1
    assert not [query for query in asked if query["sql"].startswith('SELECT "accounts_user"')]


def test_whoever_leaves_or_gets_another_password_is_signed_out_at_once(cast: Cast) -> None:
    for change in ({"is_active": False}, {"password": "another"}):
        client = Client()
        client.force_login(cast.sam)
        assert is_signed_in(client)
        User.objects.filter(pk=cast.sam.pk).update(**change)
        assert not is_signed_in(client)
        User.objects.filter(pk=cast.sam.pk).update(is_active=True)


def test_a_role_and_a_second_factor_count_from_the_next_request_on(cast: Cast, settings: Any) -> None:
    settings.REQUIRE_SECOND_FACTOR = True
    factor = Authenticator.objects.create(user=cast.sam, type=Authenticator.Type.TOTP, data={"secret": "made up"})
    client = Client()
    client.force_login(cast.sam)
    assert is_signed_in(client)
    assert client.post("/next/").status_code == 302
    User.objects.filter(pk=cast.sam.pk).update(role="read_only")
    assert client.post("/next/").status_code == 403
    factor.delete()
    assert client.get(PAGE).headers["Location"] == "/accounts/2fa/totp/activate/"


def test_what_a_process_remembers_of_a_session_never_says_who_somebody_is(cast: Cast) -> None:
    """Also when it is wrong, or full."""
    client = Client()
    client.force_login(cast.sam)
    key = client.cookies["sessionid"].value
    sessions._WHOSE[key] = cast.mara.pk

    for _ in range(2):
        assert client.get(PAGE).wsgi_request.user == cast.sam
    assert sessions._WHOSE[key] == cast.sam.pk


def test_a_session_signed_with_a_key_that_was_replaced_goes_on(cast: Cast, settings: Any) -> None:
    client = Client()
    client.force_login(cast.sam)
    assert is_signed_in(client)
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], "another" * 10

    assert is_signed_in(client)
    settings.SECRET_KEY_FALLBACKS = []
    assert is_signed_in(client)


def test_pages_look_at_the_person_themselves(sam: Client) -> None:
    """A proxy before them costs each of the hundreds of times that a page does."""
    assert type(sam.get(PAGE).context["user"]) is User


@pytest.mark.parametrize("is_idle", [True, False])
def test_whoever_sent_a_form_too_late_is_told_that_nothing_was_saved(
    sam: Client, cast: Cast, clock: time_machine.Traveller, is_idle: bool
) -> None:
    cast.sam.set_password(PASSWORD)
    cast.sam.save()
    if is_idle:
        clock.shift(timedelta(seconds=IDLE_SECONDS + 1))
    else:
        Session.objects.all().delete()
    answer = sam.post("/next/", {}, headers={"Referer": f"http://testserver{PAGE}"})
    asked = sam.get(answer.headers["Location"]).content.decode()
    assert "You were signed out before your form arrived, so nothing was saved." in asked
    entered = {"login": "sam", "password": PASSWORD, "next": PAGE}
    back = sam.post("/accounts/login/", entered, follow=True)
    assert back.redirect_chain[-1][0] == PAGE
    assert "Nothing was saved of what you sent last: you were signed out by then." in back.content.decode()
    assert "Nothing was saved" not in sam.get(PAGE).content.decode()


def test_what_a_page_sends_by_itself_is_not_told_as_lost(sam: Client) -> None:
    Session.objects.all().delete()
    answer = sam.post("/live/", {}, headers={"Sec-Fetch-Mode": "cors"})
    assert "nothing was saved" not in sam.get(answer.headers["Location"]).content.decode()
