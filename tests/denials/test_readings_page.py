"""Readings on screen: written by one person, approved by another, and never more than a way of working."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.governance import approving
from accounts.models import Change
from denials import dictionary
from denials.domain.readings import Setting
from denials.models import CodeReading, Rereading
from tests.cast import Cast
from tests.denials.test_codes_page import TODAY
from tests.factories import PayerFactory
from tests.settings_forms import as_shown
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db
NEW = "/codes/carc/197/readings/new/"


@pytest.fixture(autouse=True)
def loaded(db: None) -> None:
    dictionary.load()
    PayerFactory.create(key="mine", name="Mine Health")


def filled(**changed: Any) -> dict[str, Any]:
    return {
        "title": "Mine wants a call first",
        "payer_key": "mine",
        "next_action": "Call them.",
        "reason": "Their bulletin says so.",
        "confidence": "high",
        "is_active": "on",
        "change-why": "Saves an appeal.",
        "change-active_on": TODAY,
        **changed,
    }


def test_a_reading_is_drafted_by_one_person_and_read_once_another_approved_it(cast: Cast) -> None:
    response = signed_in(cast.mara).post(NEW, filled())

    assert response.status_code == 302
    assert not CodeReading.objects.filter(code="197").exists()
    change = Change.objects.get(area="readings")
    approving.approve(change, cast.ada, today=change.active_on)

    verdict = dictionary.current().verdict("197", [], Setting(payer_key="mine"))
    assert verdict is not None
    assert verdict.won.overrides == {"next_action": "Call them."}
    assert Rereading.objects.get().codes == [["CARC", "197"]]
    shown = signed_in(cast.remy).get("/codes/carc/197/").content.decode()
    assert "Mine wants a call first" in shown
    assert "the payer is Mine Health" in shown
    assert "Written by Mara Fictional, approved by Ada Fictional" in " ".join(shown.split())


REFUSED: dict[str, dict[str, str]] = {
    "changes nothing yet": {"next_action": ""},
    "never changes whether the code denies money": {"denial_rule": "N_INFO"},
    "never changes whether the payer allows an appeal": {"appealable": "yes"},
    "never changes whether the remark is an alert": {"is_alert": "on"},
    "never changes whether the code needs a remark": {"requires_remark": "no"},
    "never changes an amount": {"denied_amount": "1"},
    "16 is a reason code": {"partner_remark": "16"},
    "N54 is a remark code": {"partner_carc": "N54"},
    "the code that is read": {"partner_carc": "197"},
    "Write one code": {"procedure": "70 553"},
    "ends before it begins": {"valid_from": "2026-11-02", "valid_to": "2026-11-01"},
    "This field is required": {"reason": ""},
}


def test_what_a_reading_may_not_be_is_refused_with_the_reason(cast: Cast) -> None:
    ada = signed_in(cast.ada)
    for said, changed in REFUSED.items():
        response = ada.post(NEW, filled(**changed))
        assert response.status_code == 422, said
        assert said in response.content.decode()
    assert not Change.objects.exists()


def test_the_same_scope_cannot_be_told_twice(cast: Cast) -> None:
    CodeReading.objects.create(code="197", payer_key="mine", overrides={"owner_team": "billing"}, reason="Ours")

    response = signed_in(cast.ada).post(NEW, filled())

    assert response.status_code == 422
    assert "for exactly this already" in response.content.decode()


def test_a_suggestion_shows_the_conflict_and_reads_nothing_until_it_is_adopted(cast: Cast) -> None:
    row = CodeReading.objects.get(code="N382")
    shown = signed_in(cast.sam).get("/codes/rarc/N382/").content.decode()
    for said in ("Suggestion, not in use", "Disputed", *row.conflict.values()):
        assert said in shown.replace("&#x27;", "'")
    assert dictionary.current().verdict("16", ["N382"], Setting()) is None

    mara = signed_in(cast.mara)
    page = reverse("reading", args=[row.pk])
    mara.post(page, as_shown(mara.get(page)) | {"is_active": "on", "change-why": "Trial."})
    change = Change.objects.get(area="readings")
    approving.approve(change, cast.ada, today=change.active_on)

    row.refresh_from_db()
    assert (row.state, row.version) == ("active", 2)
    assert dictionary.current().verdict("16", ["N382"], Setting()) is not None


def test_a_reading_is_retired_and_brought_back_by_approval(cast: Cast) -> None:
    row = CodeReading.objects.create(code="197", overrides={"owner_team": "billing"}, title="Ours", reason="Ours")

    signed_in(cast.mara).post(reverse("reading_retire", args=[row.pk]), {"why": "Over."})
    change = Change.objects.get(area="readings")
    approving.approve(change, cast.ada, today=change.active_on)

    row.refresh_from_db()
    assert row.state == "retired"


@pytest.mark.parametrize("person", ["sam", "remy"])
def test_who_does_not_manage_reads_and_cannot_write(cast: Cast, person: str) -> None:
    client = signed_in(getattr(cast, person))
    page = reverse("reading", args=[CodeReading.objects.earliest("pk").pk])

    assert client.get(reverse("readings")).status_code == 200
    assert "<textarea" not in client.get(page).content.decode()
    assert client.post(page, filled()).status_code == 403
    assert client.get(NEW).status_code == 403


def test_the_shipped_rule_stays_when_somebody_changes_the_rest(cast: Cast) -> None:
    row = CodeReading.objects.get(key="carc-24-medicare")
    mara = signed_in(cast.mara)
    page = reverse("reading", args=[row.pk])
    assert "It decides whether money is denied" in mara.get(page).content.decode()

    mara.post(page, as_shown(mara.get(page)) | {"next_action": "Call.", "change-why": "Faster."})
    change = Change.objects.get(area="readings")
    approving.approve(change, cast.ada, today=change.active_on)

    row.refresh_from_db()
    assert (row.overrides["denial_rule"], row.overrides["next_action"]) == ("D_ALWAYS", "Call.")
    dictionary.load()
    row.refresh_from_db()
    assert row.overrides["next_action"] == "Call."


def test_the_database_lets_no_site_make_a_code_deny() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        CodeReading.objects.create(code="45", overrides={"denial_rule": "D_ALWAYS"}, reason="Ours")
