"""A form sent twice changes things once, whatever sent it twice."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from time import sleep

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.test import RequestFactory

from accounts.models import FormSubmission, Team, User
from accounts.once import Sent, forget_old, new_form_key, once, once_quickly
from accounts.refusal import Conflict
from tests.cast import Cast, make_cast


@once
def add_team(request: HttpRequest) -> HttpResponse:
    name = request.POST.get("name", "")
    if not name:
        return HttpResponse("Give it a name.", status=422)
    sleep(float(request.POST.get("slow", "0")))
    return redirect(f"/teams/{Team.objects.create(key=f'team-{Team.objects.count()}', name=name).pk}/?{'q' * 900}")


def send(user: User, **sent: object) -> HttpResponse:
    request = RequestFactory().post("/teams/", sent)
    request.user = user
    return add_team(request)


def added() -> list[str]:
    return list(Team.objects.exclude(key="prior_auth").values_list("name", flat=True))


def test_the_same_form_twice_changes_things_once_and_answers_the_same(cast: Cast) -> None:
    key = new_form_key()

    first, again = send(cast.ada, form_key=key, name="A"), send(cast.ada, form_key=key, name="A")

    assert added() == ["A"]
    assert first["Location"] == again["Location"]


def test_two_forms_with_the_same_content_are_two_changes(cast: Cast) -> None:
    send(cast.ada, form_key=new_form_key(), name="A")
    send(cast.ada, form_key=new_form_key(), name="A")

    assert added() == ["A", "A"]


def test_one_key_with_other_content_is_refused(cast: Cast) -> None:
    key = new_form_key()
    send(cast.ada, form_key=key, name="A")

    with pytest.raises(Conflict, match="other content"):
        send(cast.ada, form_key=key, name="B")

    assert added() == ["A"]


def test_two_files_of_one_name_and_size_are_other_content(cast: Cast) -> None:
    key = new_form_key()
    send(cast.ada, form_key=key, name="A", file=SimpleUploadedFile("a.835", b"one"))

    with pytest.raises(Conflict):
        send(cast.ada, form_key=key, name="A", file=SimpleUploadedFile("a.835", b"two"))


def test_the_same_key_of_somebody_else_is_another_form(cast: Cast) -> None:
    key = new_form_key()
    send(cast.ada, form_key=key, name="A")
    send(cast.mara, form_key=key, name="B")

    assert added() == ["A", "B"]


def test_a_form_with_an_error_may_be_sent_again_under_its_key(cast: Cast) -> None:
    key = new_form_key()

    assert send(cast.ada, form_key=key, name="").status_code == 422
    assert send(cast.ada, form_key=key, name="A").status_code == 302
    assert added() == ["A"]


def test_a_change_that_broke_down_may_be_sent_again_under_its_key(cast: Cast) -> None:
    key = new_form_key()
    with pytest.raises(ValueError, match="could not convert"):
        send(cast.ada, form_key=key, name="A", slow="broken")

    send(cast.ada, form_key=key, name="A")

    assert added() == ["A"]


@pytest.mark.parametrize("key", ["", "no-key"])
def test_a_form_without_a_key_runs_each_time(cast: Cast, key: str) -> None:
    send(cast.ada, form_key=key, name="A")
    send(cast.ada, form_key=key, name="A")

    assert added() == ["A", "A"]


def test_two_clicks_at_the_same_moment_change_things_once(transactional_db: None) -> None:
    ada, key, barrier = make_cast().ada, new_form_key(), Barrier(2)

    def click(_: int) -> str:
        try:
            barrier.wait(timeout=30)
            return send(ada, form_key=key, name="A", slow="0.3")["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = set(pool.map(click, range(2)))

    assert added() == ["A"]
    assert len(answers) == 1


WRITE = """
WITH added AS (INSERT INTO accounts_team (key, name) VALUES (%s, 'Quick') RETURNING id)
INSERT INTO accounts_formsubmission (user_id, key, fingerprint, location, submitted_at)
SELECT %s, %s, %s, '/teams/' || id || '/', now() FROM added, pg_sleep(0.3) RETURNING location
"""


def add_at_once(request: HttpRequest, sent: Sent) -> str:
    if "slow" in request.POST:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(WRITE, [uuid.uuid4().hex[:20], sent.user.pk, sent.key, sent.fingerprint])
        return str(cursor.fetchone()[0])


add_team_quickly = once_quickly(add_at_once)(add_team.__wrapped__)  # type: ignore[attr-defined]


def test_what_is_done_at_once_is_done_once_also_by_two_clicks_at_the_same_moment(transactional_db: None) -> None:
    ada, key, barrier = make_cast().ada, new_form_key(), Barrier(2)

    def click(_: int) -> str:
        request = RequestFactory().post("/teams/", {"form_key": key, "name": "A"})
        request.user = ada
        try:
            barrier.wait(timeout=30)
            return add_team_quickly(request)["Location"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        answers = set(pool.map(click, range(2)))

    assert added() == ["Quick"]
    assert answers == {f"/teams/{Team.objects.get(name='Quick').pk}/"}


def test_what_cannot_be_done_at_once_is_done_as_usual(cast: Cast) -> None:
    sent = {"form_key": new_form_key(), "name": "A", "slow": "0"}
    for _ in range(2):
        request = RequestFactory().post("/teams/", sent)
        request.user = cast.ada
        assert add_team_quickly(request).status_code == 302

    assert added() == ["A"]


def test_forms_that_nobody_sends_again_are_forgotten(cast: Cast) -> None:
    send(cast.ada, form_key=new_form_key(), name="A")
    kept = FormSubmission.objects.get()
    old = FormSubmission.objects.create(user=cast.ada, key=uuid.uuid4(), fingerprint="", location="/")
    with transaction.atomic():
        FormSubmission.objects.filter(pk=old.pk).update(submitted_at=kept.submitted_at - timedelta(days=31))

    assert forget_old() == 1
    assert FormSubmission.objects.get() == kept
