"""Playbooks: read by everybody, written by managers through draft and approval, never reset by a load."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.governance import approving
from accounts.models import Change
from accounts.refusal import Refused
from denials import dictionary, playbooks
from denials.models import Playbook
from tests.cast import Cast
from tests.settings_forms import as_shown, history, save, send
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LONGER = {"step_7_text": "Ask again", "step_7_team": "prior_auth", "step_7_day": "25", "step_7_place": "2"}


@pytest.fixture(autouse=True)
def _shipped(db: None) -> None:
    playbooks.load()


def authorization() -> Playbook:
    return Playbook.objects.get(key="CO197")


def approved(cast: Cast, answer: Any) -> None:
    """What Mara sent is approved by Ada."""
    assert answer.status_code == 302, as_text(answer)
    approving.approve(Change.objects.latest("pk"), cast.ada, today=TODAY)


def as_text(answer: Any) -> str:
    return unescape(answer.content.decode())


def change(client: Client, row: Playbook, **changed: str) -> Any:
    return save(client, "playbooks", row.pk, **{"change-why": "We learned it.", **changed})


def test_loading_again_changes_nothing() -> None:
    before = list(Playbook.objects.values())
    assert playbooks.load() == 13
    assert list(Playbook.objects.values()) == before
    assert len(before) == 13


def test_a_load_brings_up_to_date_what_nobody_edited_and_leaves_what_somebody_did() -> None:
    Playbook.objects.filter(key="CO197").update(title="Ours", is_edited=True)
    Playbook.objects.filter(key="CO29").update(title="Outdated")
    playbooks.load()
    assert authorization().title == "Ours"
    filing = Playbook.objects.get(key="CO29")
    assert (filing.title, filing.version) == ("Timely filing", 2)


@pytest.mark.parametrize("name", ["sam", "mara", "ada", "remy"])
def test_everybody_reads_playbooks(cast: Cast, name: str) -> None:
    client = signed_in(getattr(cast, name))
    listed = as_text(client.get(reverse("playbooks_read")))
    assert "Prior authorization" in listed
    page = as_text(client.get(reverse("playbook", args=["CO197"])))
    for words in ("Search and compare", "Authorization · by business day 1", "Reason code 197, 198", "Tell "):
        assert words in page, words
    assert (reverse("playbooks_edit", args=[authorization().pk]) in page) == (name in ("mara", "ada"))


def test_a_playbook_is_found_by_code_and_by_word(cast: Cast) -> None:
    client = signed_in(cast.sam)
    assert [row.key for row in playbooks.matching("N382")] == ["N382_BH", "ELIG"]
    assert [row.key for row in playbooks.matching("radiology images")] == ["N40"]
    assert "Nothing matches" in as_text(client.get(reverse("playbooks_read"), {"q": "zzz"}))


def test_a_form_sent_as_it_was_shown_changes_nothing(cast: Cast) -> None:
    client = signed_in(cast.mara)
    for row in Playbook.objects.all():
        assert save(client, "playbooks", row.pk).status_code == 302
    assert not Change.objects.exists()
    assert not Playbook.objects.filter(is_edited=True).exists()


def test_a_changed_step_waits_for_a_second_person_and_is_told_in_the_history(cast: Cast) -> None:
    client = signed_in(cast.mara)
    answer = change(client, authorization(), step_1_text="Ask the portal first")
    assert authorization().steps[0]["text"] == "Search and compare"
    approved(cast, answer)
    row = authorization()
    assert (row.steps[0]["text"], row.steps[0]["key"], row.version, row.is_edited) == (
        "Ask the portal first", "s1", 2, True,
    )  # fmt: skip
    assert "portal first (Authorization, day 1)" in history(client, "playbooks", row.pk)[0]


def test_who_drafted_it_cannot_approve_it(cast: Cast) -> None:
    change(signed_in(cast.mara), authorization(), step_1_text="Ask the portal first")
    with pytest.raises(Refused):
        approving.approve(Change.objects.get(), cast.mara, today=TODAY)


def test_a_step_is_added_in_its_place_and_the_others_keep_their_keys(cast: Cast) -> None:
    before = [step["key"] for step in authorization().steps]
    approved(cast, change(signed_in(cast.mara), authorization(), **LONGER))
    steps = authorization().steps
    assert steps[2] == {"key": "s7", "text": "Ask again", "team": "prior_auth", "day": 25}
    assert [step["key"] for step in steps if step["key"] != "s7"] == before


def test_a_step_that_was_emptied_is_taken_out(cast: Cast) -> None:
    emptied = {"step_6_text": "", "step_6_team": "", "step_6_day": "", "step_6_place": ""}
    approved(cast, change(signed_in(cast.mara), authorization(), **emptied))
    assert [step["key"] for step in authorization().steps] == ["s1", "s2", "s3", "s4", "s5"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"step_7_text": "Ask again"}, "Say which team does it."),
        ({"step_7_day": "3"}, "Say what to do, or leave the whole row empty."),
        ({"use_1_carc": "197 N54"}, "N54 is a remark code"),
        ({"use_4_rarc": "197"}, "197 is a reason code"),
        ({"use_4_carc": "9999"}, "The code dictionary has no 9999 of this kind."),
    ],
)
def test_what_is_wrong_is_said_where_it_stands_and_nothing_is_lost(
    cast: Cast, wrong: dict[str, str], words: str
) -> None:
    dictionary.load()
    answer = change(signed_in(cast.mara), authorization(), title="Kept as typed", **wrong)
    assert answer.status_code == 422
    assert words in as_text(answer)
    assert as_shown(answer)["title"] == ["Kept as typed"]
    assert not Change.objects.exists()


def test_a_new_playbook_is_bound_by_codes_and_category(cast: Cast) -> None:
    dictionary.load()
    answer = send(
        signed_in(cast.mara),
        reverse("playbooks_new"),
        **{
            "title": "Records asked for", "key": "records", "step_1_text": "Send them", "step_1_team": "him_records",
            "step_1_day": "2", "use_1_carc": "252, 226", "use_1_rarc": "m127", "use_1_category": ["documentation"],
            "change-why": "Nothing covered it.",
        },
    )  # fmt: skip
    approved(cast, answer)
    row = Playbook.objects.get(key="records")
    assert row.bindings == [{"carc": ["252", "226"], "category": ["documentation"], "rarc": ["M127"]}]
    assert row.steps == [{"key": "s1", "team": "him_records", "day": 2, "text": "Send them"}]
    assert playbooks.uncovered([("RARC", "M127"), ("CARC", "P1")]) == [("CARC", "P1")]


def test_a_playbook_out_of_use_is_chosen_no_more_and_can_come_back(cast: Cast) -> None:
    client = signed_in(cast.mara)
    row = authorization()
    approved(cast, client.post(reverse("playbooks_retire", args=[row.pk]), {"why": "We no longer do this."}))
    assert ("CARC", "197") in playbooks.uncovered([("CARC", "197")])
    assert "Not in use" in as_text(client.get(reverse("playbook", args=["CO197"])))
    approved(cast, client.post(reverse("playbooks_retire", args=[row.pk]), {"why": "We do again."}))
    assert playbooks.uncovered([("CARC", "197")]) == []


def test_all_bindings_can_be_edited_without_losing_one(cast: Cast) -> None:
    dictionary.load()
    row = Playbook.objects.get(key="ELIG")
    before = row.bindings
    approved(cast, change(signed_in(cast.mara), row, title="Eligibility"))
    assert Playbook.objects.get(key="ELIG").bindings == before
