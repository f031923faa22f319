"""A person's own keys: chosen once, kept with the account, never two things on one key."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.urls import reverse

from accounts import keys, own_keys
from accounts.models import User
from tests.cast import Cast
from tests.worklists.pages import signed_in

ROOT = Path(__file__).resolve().parents[2]
DECLARED = re.compile(r"""data-key="([^"{]+)"|Offer\("\w+", .*?"(.)"|\bkey="([^"]{1,3})\"""")


def test_every_key_that_a_page_declares_can_be_given_another_one() -> None:
    sources = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/offers.py"), ROOT / "worklists" / "item_actions.py",
               ROOT / "config" / "navigation.py"]  # fmt: skip
    declared = {"".join(found) for path in sources for found in DECLARED.findall(path.read_text())}
    assert {"e", "g q", "z", "/"} <= declared
    assert declared - {*keys.KEYS} == set()
    assert {key for key in keys.KEYS if keys.first_of(key)} <= declared


def test_two_keys_may_change_places_and_nothing_else_is_kept() -> None:
    chosen = keys.own({}) | {"e": "d", "d": "e"}
    assert keys.faults(chosen) == {}
    assert keys.changed(chosen) == {"e": "d", "d": "e"}
    assert keys.own({"e": "d"})["e"] == "d"


def test_digits_and_second_keys_are_chosen_like_any_other() -> None:
    chosen = keys.own({}) | {"1": "e", "e": "1", "g q": "l"}
    assert keys.faults(chosen) == {}
    assert keys.changed(chosen) == {"1": "e", "e": "1", "g q": "l"}
    assert keys.own({"g q": "l"})["g q"] == "l"


def test_a_second_key_stands_apart_from_keys_that_work_alone_but_not_from_its_like() -> None:
    assert keys.faults(keys.own({}) | {"g q": "e", "g e": "q"}) == {}
    [sentence] = keys.faults(keys.own({}) | {"g q": "d"}).values()
    assert "“My day” and “My queues”" in sentence


@pytest.mark.parametrize(
    ("given", "says"), [("d", "two things"), ("7", "two things"), ("", "one key"), ("ab", "one key")]
)
def test_what_cannot_be_a_key_is_refused_in_words(given: str, says: str) -> None:
    faults = keys.faults(keys.own({}) | {"e": given})
    assert len(faults) == 1
    assert says in next(iter(faults.values()))


@pytest.mark.django_db
def test_own_keys_are_kept_with_the_account_and_reach_every_page(cast: Cast) -> None:
    client, address = signed_in(cast.sam), reverse("own_keys")
    numbers = own_keys.NAMES
    refused = client.post(address, {numbers["e"]: "D"})
    assert refused.status_code == 422
    assert "D would do two things" in refused.content.decode()
    assert User.objects.get(pk=cast.sam.pk).keys == {}

    assert client.post(address, {numbers["e"]: "D", numbers["d"]: "e", numbers["g q"]: "9"}).status_code == 302
    assert User.objects.get(pk=cast.sam.pk).keys == {"e": "d", "d": "e", "g q": "9"}
    assert "data-own-keys=" in client.get("/my-day/").content.decode()
    assert "data-own-keys=" not in signed_in(cast.sue).get("/my-day/").content.decode()

    client.post(address, {"reset": "1"})
    assert User.objects.get(pk=cast.sam.pk).keys == {}
