"""Letter templates on screen: drafted by one person, approved by another, and never overwritten by a load."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Change
from appeals import letter_templates
from appeals.models import LetterTemplate
from tests.cast import Cast
from tests.governed import approve_all
from tests.settings_forms import history, save
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db
FORM: dict[str, Any] = {
    "name": "MRI of the knee",
    "codes": "50, n54",
    "category": "",
    "payer": "",
    "subject": "{{ appeal_level }}",
    "body": "To {{ payer_name }}: {{ clinical_reason }}",
    "enclosures": "Order\n\nReport",
    "is_active": "on",
}
WHY = {"change-why": "The payer asks for it", "change-active_on": timezone.localdate().isoformat()}


@pytest.fixture
def client(cast: Cast) -> Client:
    letter_templates.load()
    return signed_in(cast.ada)


def kept(key: str) -> LetterTemplate:
    return LetterTemplate.objects.get(key=key)


def test_the_list_and_a_template_open_for_managers_and_admins(client: Client, cast: Cast) -> None:
    address = reverse("letter_templates_edit", args=[kept("authorization").pk])
    assert b"Authorization on file" in client.get("/settings/letters/").content
    for person, status in ((cast.ada, 200), (cast.mara, 200), (cast.sam, 403), (cast.remy, 403)):
        assert signed_in(person).get("/settings/letters/").status_code == status
        assert signed_in(person).get(address).status_code == status


def test_a_new_template_is_drafted_once_and_made_when_it_is_approved(client: Client, cast: Cast) -> None:
    key = str(uuid.uuid4())
    answers = [client.post("/settings/letters/new/", {**FORM, **WHY, "key": "knee", "form_key": key}) for _ in range(2)]

    assert len({answer.headers["Location"] for answer in answers}) == 1
    assert not LetterTemplate.objects.filter(key="knee").exists()
    approve_all(cast.mara)
    made = kept("knee")
    assert (made.codes, made.enclosures) == (["50", "N54"], ["Order", "Report"])


def test_a_taken_key_is_refused_and_what_was_typed_stays(client: Client) -> None:
    answer = client.post("/settings/letters/new/", {**FORM, **WHY, "key": "general"})

    assert answer.status_code == 422
    assert b"MRI of the knee" in answer.content


def test_a_key_that_somebody_else_took_before_the_approval_is_refused_then(client: Client, cast: Cast) -> None:
    for _ in range(2):
        client.post("/settings/letters/new/", {**FORM, **WHY, "key": "knee"})
    first, second = Change.objects.order_by("pk")

    addresses = [reverse("change_action", args=[change.pk, "approve"]) for change in (first, second)]

    assert [signed_in(cast.mara).post(address).status_code for address in addresses] == [302, 422]
    assert LetterTemplate.objects.filter(key="knee").count() == 1


def test_editing_counts_the_version_shows_the_history_and_survives_a_load(client: Client, cast: Cast) -> None:
    pk = kept("general").pk
    save(client, "letter_templates", pk, **FORM)
    letter_templates.load()
    assert kept("general").version == 1
    approve_all(cast.mara)

    letter_templates.load()

    assert (kept("general").version, kept("general").name) == (2, "MRI of the knee")
    newest = history(client, "letter_templates", pk)[0]
    assert "→ MRI of the knee" in newest
    assert "by Ada Fictional" in newest
    assert "approved by Mara Fictional" in newest


def test_an_old_page_does_not_overwrite_a_newer_template(client: Client, cast: Cast) -> None:
    pk = kept("general").pk
    save(client, "letter_templates", pk, name="First")
    save(client, "letter_templates", pk, name="Second")
    first, second = Change.objects.order_by("pk")

    answers = [
        signed_in(cast.mara).post(reverse("change_action", args=[change.pk, "approve"])) for change in (first, second)
    ]

    assert [answer.status_code for answer in answers] == [302, 409]
    assert kept("general").name == "First"


def test_a_letter_is_compared_word_by_word(client: Client, cast: Cast) -> None:
    template = kept("general")
    save(client, "letter_templates", template.pk, body=template.body + " And call us.")

    shown = signed_in(cast.mara).get(reverse("change", args=[Change.objects.get().pk])).content.decode()

    assert "<ins> And call us.</ins>" in shown
    assert "<del>" not in shown


@pytest.mark.parametrize(
    "change",
    [
        {"body": "{{ item.signer.password }}"},
        {"body": "{% include 'settings.py' %}"},
        {"subject": "{{ nothing_known }}"},
        {"enclosures": "{{ x|safe }}"},
        {"codes": "197 <script>"},
    ],
)
def test_what_a_letter_does_not_know_is_refused_by_name(client: Client, change: dict[str, str]) -> None:
    answer = save(client, "letter_templates", kept("general").pk, **{**FORM, **change})

    assert answer.status_code == 422
    assert not Change.objects.exists()


def test_a_template_is_retired_and_brought_back(client: Client, cast: Cast) -> None:
    pk = kept("general").pk
    for is_active in (False, True):
        client.post(reverse("letter_templates_retire", args=[pk]), {"why": "Merged with another one"})
        approve_all(cast.mara)
        assert kept("general").is_active is is_active


def test_a_link_fills_in_what_a_report_knows(client: Client) -> None:
    shown = client.get("/settings/letters/new/?codes=197").content.decode()

    assert 'name="codes" value="197"' in shown
