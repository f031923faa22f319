"""Forms that were begun and not sent: kept for one person and one window, and gone once they arrived."""

from __future__ import annotations

import json
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts import begun
from accounts.models import BegunForm, FormSubmission
from accounts.refusal import Refused
from tests.cast import Cast
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db
HERE = uuid.uuid4()


def keep(client: Client, name: str = "/items/5/note", body: str = "half", at: int = 1, window: uuid.UUID = HERE) -> int:
    told = {"window": str(window), "name": name, "body": body, "at": at}
    return client.post(reverse("begun"), told).status_code


def back(client: Client, sent: dict[str, str] | None = None, window: uuid.UUID = HERE) -> dict[str, Any]:
    answer = client.post(reverse("begun"), {"window": str(window), "sent": json.dumps(sent or {})})
    found: dict[str, Any] = answer.json()
    return found


def test_each_window_gets_back_what_its_person_wrote_there(cast: Cast) -> None:
    sam, sue = signed_in(cast.sam), signed_in(cast.sue)
    assert keep(sam, body="one") == keep(sam, body="two", window=uuid.uuid4()) == 204
    assert back(sam) == {"forms": {"/items/5/note": {"body": "one", "at": 1}}, "gone": []}
    assert back(sue)["forms"] == {}
    assert back(sam, window=uuid.uuid4())["forms"] == {}


def test_what_comes_late_replaces_nothing_and_what_was_emptied_stays_so(cast: Cast) -> None:
    sam = signed_in(cast.sam)
    keep(sam, body="newer", at=2)
    keep(sam, body="older", at=1)
    assert back(sam)["forms"]["/items/5/note"]["body"] == "newer"
    keep(sam, body="", at=3)
    keep(sam, body="newer", at=2)
    assert back(sam)["forms"] == {}


def test_a_form_that_arrived_is_gone_and_what_was_written_afterwards_is_not(cast: Cast) -> None:
    sam = signed_in(cast.sam)
    name, key = "/items/5/note", uuid.uuid4()
    keep(sam, name)
    assert back(sam, {name: str(key)})["gone"] == [], "It did not arrive."
    FormSubmission.objects.create(user=cast.sue, key=key, location="/")
    assert back(sam, {name: str(key)})["gone"] == [], "That was somebody else's."
    FormSubmission.objects.create(user=cast.sam, key=key, location="/")
    assert back(sam, {name: str(key)}) == {"forms": {}, "gone": [name]}
    keep(sam, name, "again", at=5)
    FormSubmission.objects.update(submitted_at=BegunForm.objects.get().kept_at - timedelta(seconds=1))
    assert back(sam, {name: str(key)})["forms"][name]["body"] == "again"


def test_what_no_page_sends_is_refused(cast: Cast) -> None:
    sam = signed_in(cast.sam)
    assert sam.post(reverse("begun"), {"window": "no"}).status_code == 400
    assert sam.post(reverse("begun"), {"window": str(HERE), "sent": "[]"}).status_code == 400
    assert keep(sam, body="x" * (begun.LONGEST + 1)) == 422
    assert keep(sam, name="x" * 301) == 422
    BegunForm.objects.bulk_create(
        BegunForm(user=cast.sam, window=HERE, name=str(each), body="x", at=1) for each in range(begun.MOST)
    )
    with pytest.raises(Refused, match="Too many forms"):
        begun.keep(cast.sam, HERE, "one more", "x", 1)


def test_what_nobody_went_on_with_is_forgotten(cast: Cast) -> None:
    begun.keep(cast.sam, HERE, "left", "x", 1)
    begun.keep(cast.sam, HERE, "ended", "", 1)
    now = BegunForm.objects.get(name="left").kept_at
    assert begun.forget_old() == 0
    BegunForm.objects.update(kept_at=now - timedelta(days=2))
    assert begun.forget_old() == 1
    BegunForm.objects.update(kept_at=now - timedelta(days=31))
    assert begun.forget_old() == 1
