import uuid
from typing import Any

import pytest
from django.test import Client

from appeals import letter_templates
from appeals.models import LetterTemplate
from tests.cast import Cast

FORM: dict[str, Any] = {
    "name": "MRI of the knee",
    "codes": "50, n54",
    "category": "",
    "payer": "",
    "subject": "{{ appeal_level }}",
    "body": "To {{ payer_name }}: {{ clinical_reason }}",
    "enclosures": "Order\n\nReport",
}


@pytest.fixture
def client(cast: Cast) -> Client:
    letter_templates.load()
    client = Client()
    client.force_login(cast.ada)
    return client


def test_the_list_and_a_template_open_for_admins_only(client: Client, cast: Cast) -> None:
    assert b"Authorization on file" in client.get("/settings/letters/").content
    assert client.get("/settings/letters/authorization/").status_code == 200
    for person in (cast.sam, cast.mara, cast.remy):
        client.force_login(person)
        assert client.get("/settings/letters/").status_code == 403
        assert client.post("/settings/letters/authorization/switch/").status_code == 403


def test_a_new_template_is_added_once(client: Client) -> None:
    key = str(uuid.uuid4())
    for _ in range(2):
        answer = client.post("/settings/letters/new/", {**FORM, "key": "knee", "form_key": key})
        assert answer.headers["Location"] == "/settings/letters/knee/"

    made = LetterTemplate.objects.get(key="knee")
    assert (made.codes, made.enclosures) == (["50", "N54"], ["Order", "Report"])


def test_a_taken_key_is_refused_and_what_was_typed_stays(client: Client) -> None:
    answer = client.post("/settings/letters/new/", {**FORM, "key": "general"})

    assert answer.status_code == 422
    assert b"MRI of the knee" in answer.content


def test_editing_counts_the_version_shows_the_history_and_survives_a_load(client: Client) -> None:
    client.post("/settings/letters/general/", {**FORM, "version": 1})

    letter_templates.load()
    template = LetterTemplate.objects.get(key="general")
    assert (template.version, template.name) == (2, "MRI of the knee")
    page = client.get("/settings/letters/general/").content.decode()
    assert "Changed: codes, enclosures, letter, name, subject" in page
    assert "Ada Fictional" in page.split("History")[1]


def test_an_old_page_does_not_overwrite_a_newer_template(client: Client) -> None:
    client.post("/settings/letters/general/", {**FORM, "version": 1})

    answer = client.post("/settings/letters/general/", {**FORM, "name": "Mine", "version": 1})

    assert answer.status_code == 409
    assert LetterTemplate.objects.get(key="general").name == "MRI of the knee"


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
    answer = client.post("/settings/letters/general/", {**FORM, **change, "version": 1})

    assert answer.status_code == 422
    assert LetterTemplate.objects.get(key="general").version == 1


def test_a_template_is_switched_off_and_on(client: Client) -> None:
    for on in (False, True):
        client.post("/settings/letters/general/switch/", {"on": "1" if on else "0"})
        assert LetterTemplate.objects.get(key="general").is_active is on
