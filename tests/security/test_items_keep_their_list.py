"""Whatever is opened or sent about an item, the list that it was opened from stays: "7 of 42" and the way back."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.security.addresses import OF_A_FACILITY
from tests.security.item_forms import SENT, names_about_an_item
from tests.security.site import Site
from tests.worklists.pages import signed_in
from worklists import panels
from worklists.domain.evidence import STEPS
from worklists.domain.transitions import ACTIONS
from worklists.item_actions import ITEM_ACTIONS
from worklists.models import ListSnapshot

FILES = re.compile(r"/(file|proof|document|letter\.(pdf|docx))/?$")
LINKS = re.compile(r'<(?:a|div|button)[^>]*? (href|hx-get)="(/[^"]*)"')
FORMS = re.compile(r"<form\b([^>]*method=\"post\"[^>]*)>(.*?)</form>", re.S)


def place_of(client: Client, site: Site) -> int:
    page = client.get(f"/items/{site.here.item.pk}/?list=all_items")
    assert page.status_code == 200
    return int(page.context["place_id"])


def own_addresses(site: Site) -> re.Pattern[str]:
    """Those about the item, its questions and its letters."""
    letters = site.here.item.appeals.values_list("pk", flat=True)
    about = [f"items/{site.here.item.pk}", *(f"appeals/{pk}" for pk in (*letters, site.here.drafted.pk))]
    return re.compile(rf"^/({'|'.join(about)}|questions/\d+/withdraw|archive/\d+/withdraw|record-requests/\d+)/")


def pages_about(site: Site) -> list[str]:
    """Every page about the item that can be read, with each of its panels, actions and steps."""
    item = site.here.item.pk
    named = [reverse(name, kwargs=OF_A_FACILITY[name](site.here)) for name in names_about_an_item()]
    told = [reverse("item_panel", args=[item, panel.key]) for panel in panels.every()]
    asked = [reverse("item_action", args=[item, name]) for name in ITEM_ACTIONS if name in ACTIONS]
    steps = [reverse("item_evidence_step", args=[item, name]) for name in (*STEPS, "elsewhere")]
    return [*dict.fromkeys([*named, *told, *asked, *steps])]


def leaving(page: Any, own: re.Pattern[str], place: int) -> list[str]:
    """The links and forms of a page that lead to the same item, and out of its list."""
    text = page.content.decode()
    links = [unescape(address) for _, address in LINKS.findall(text)]
    out = [each for each in links if own.match(each) and not FILES.search(each) and f"in={place}" not in each]
    for opening, inside in FORMS.findall(text):
        action = re.search(r'action="([^"]*)"', opening)
        if (action is None or own.match(action[1])) and f'name="in" value="{place}"' not in inside:
            out.append(f"form {action[1] if action else 'of the page'}")
    return out


def test_every_page_about_an_item_leads_on_within_its_list(site: Site) -> None:
    client, own = signed_in(site.mo), own_addresses(site)
    for each in SENT.values():
        each(site)
    place, read = place_of(client, site), 0
    for address in pages_about(site):
        page = client.get(address, {"in": place, "item": site.here.item.pk})
        if page.status_code != 200 or "text/html" not in page.headers["Content-Type"]:
            assert page.status_code in (200, 404, 405), address
            continue
        read += 1
        assert leaving(page, own, place) == [], address
    assert read > 30


def test_the_table_of_forms_holds_every_address_about_an_item_that_takes_one(site: Site) -> None:
    client = signed_in(site.mo)
    taken = set()
    for name in names_about_an_item():
        with transaction.atomic():
            address = reverse(name, kwargs=OF_A_FACILITY[name](site.here))
            if client.post(address, {"nothing": "said"}).status_code != 405:
                taken.add(name)
            transaction.set_rollback(True)
    assert taken == set(SENT)


@pytest.mark.parametrize("name", SENT)
def test_every_form_about_an_item_ends_in_its_list(site: Site, name: str) -> None:
    client = signed_in(site.mo)
    address, sent = SENT[name](site)
    place = place_of(client, site)
    answer = client.post(address, {**sent, "in": place})
    assert answer.status_code == 302, answer.content.decode()
    assert re.search(rf"[?&]in={place}(&|$|#)", answer.headers["Location"]), answer.headers["Location"]
    assert client.get(answer.headers["Location"]).status_code == 200
    assert ListSnapshot.objects.filter(pk=place, items__contains=[site.here.item.pk]).exists()


def test_an_act_undone_leads_back_to_its_item_in_its_list(site: Site) -> None:
    client = signed_in(site.mo)
    place = place_of(client, site)
    told = client.post(reverse("item_action", args=[site.here.item.pk, "release"]), {"in": place}, follow=True)
    undo = re.search(r'action="(/acts/\d+/undo/)"', told.content.decode())
    assert undo is not None
    answer = client.post(undo[1], {"in": place})
    assert answer.headers["Location"] == f"/items/{site.here.item.pk}/?in={place}"
