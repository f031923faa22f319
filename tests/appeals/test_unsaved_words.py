"""A letter does not go out without what its sender began to write into it and did not save, unless that is meant."""

from __future__ import annotations

import uuid
from dataclasses import replace
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import begun
from accounts.models import BegunForm, User
from accounts.refusal import Refused
from appeals import drafting, submission, unsaved
from appeals.models import Appeal
from tests.appeals.letters import FAXED, TODAY, as_written, item_at, ready
from tests.cast import Cast
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db
WINDOW = uuid.uuid4()
ASKED = "It goes without what I began to write and did not save"


@pytest.fixture
def letter(cast: Cast) -> Appeal:
    return ready(item_at(cast.here), cast.sam)


def write(letter: Appeal, user: User, at: int = 1, body: str = "{}") -> None:
    """As a page keeps it in a request of its own; within one transaction the database's clock stands still."""
    begun.keep(user, WINDOW, reverse("appeal_edit", args=[letter.pk]), body, at)
    BegunForm.objects.filter(user=user).update(kept_at=timezone.now())


def send(letter: Appeal, user: User, **said: Any) -> Any:
    row = Appeal.objects.get(pk=letter.pk)
    sent = {"version": row.version, "channel": "fax", "sent_on": TODAY.isoformat(), "proof": "FAX-0042"}
    return signed_in(user).post(reverse("appeal_action", args=[letter.pk, "send"]), {**sent, **said})


def test_a_letter_is_not_sent_without_words_that_were_begun_unless_that_is_meant(cast: Cast, letter: Appeal) -> None:
    write(letter, cast.sam)
    with pytest.raises(Refused, match=r"^The letter was not marked as sent. You began to change it .* They are kept:"):
        submission.mark_sent(letter, cast.sam, FAXED, today=TODAY)
    assert Appeal.objects.get().status == Appeal.Status.DRAFT
    sent = submission.mark_sent(letter, cast.sam, replace(FAXED, unsaved_confirmed=True), today=TODAY)
    assert sent.status == Appeal.Status.SENT
    assert BegunForm.objects.get().body == "{}"


def test_words_that_were_saved_or_discarded_or_are_of_others_keep_nothing_back(cast: Cast, letter: Appeal) -> None:
    write(letter, cast.mara)
    write(letter, cast.sam)
    drafting.edit(letter, cast.mara, as_written(letter, subject="A colleague's"))
    row = Appeal.objects.get()
    with pytest.raises(Refused, match="You began to change it"):
        submission.mark_sent(row, cast.sam, FAXED, today=TODAY)
    row = drafting.edit(row, cast.sam, as_written(row, subject="Mine"))
    assert unsaved.begun_at(row, cast.sam) is None
    write(row, cast.sam, at=2)
    with pytest.raises(Refused, match="You began to change it"):
        submission.mark_sent(row, cast.sam, FAXED, today=TODAY)
    write(row, cast.sam, at=3, body="")
    assert BegunForm.objects.exclude(body="").get().user == cast.mara
    assert submission.mark_sent(row, cast.sam, FAXED, today=TODAY).status == Appeal.Status.SENT


def test_where_the_letter_is_read_sending_it_asks_about_them_at_once(cast: Cast, letter: Appeal) -> None:
    sam, address = signed_in(cast.sam), reverse("appeal", args=[letter.pk])
    assert ASKED not in sam.get(address, {"read": 1}).content.decode()
    write(letter, cast.sam)
    page = sam.get(address, {"read": 1}).content.decode()
    assert ASKED in page
    assert "Save or discard it where you wrote it" in page
    assert ASKED not in sam.get(address).content.decode(), "Where it is written, the page itself says so."

    asked = send(letter, cast.sam)
    assert asked.status_code == 422
    assert ASKED in asked.content.decode()
    assert send(letter, cast.sam, unsaved_confirmed="on").status_code == 302
