"""What the page tests share: signing in, and reading a page as people see it."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from accounts.models import User
from tests.factories import ClaimFactory, DenialFactory, RemittedClaimFactory, WorkItemFactory
from worklists.models import WorkItem


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def item_at(facility: Any, last: str = "Fictional", **values: Any) -> WorkItem:
    """An open item of one facility, with a patient of this last name; `denial__...` values go to its denial."""
    if "deadline" in values:
        values["denial__deadline"] = values.pop("deadline")  # of which the item has its own
    claim = ClaimFactory.create(facility=facility, patient_last=last, **_of("claim__", values))
    denial = DenialFactory.create(remitted_claim=RemittedClaimFactory.create(claim=claim), **_of("denial__", values))
    item: WorkItem = WorkItemFactory.create(denial=denial, **values)
    return item


def shown_items(response: Any) -> list[int]:
    """The ids of the items that a list shows, in order."""
    return [int(pk) for pk in re.findall(r'href="/items/(\d+)/[^"]*" data-open', response.content.decode())]


def panel_of(item: WorkItem, user: User, key: str) -> str:
    """What one panel of an item says, as htmx puts it into the page."""
    response = signed_in(user).get(reverse("item_panel", args=[item.pk, key]), headers={"HX-Request": "true"})
    assert response.status_code == 200
    text: str = response.content.decode()
    return text


def page_title(response: Any) -> str:
    found = re.search(r"<title>(.*?)</title>", response.content.decode(), re.S)
    assert found is not None
    return found[1]


def link_to(response: Any, rel: str) -> str:
    """The address of the pager's link, empty when there is none."""
    found = re.search(rf'href="([^"]*)" rel="{rel}"', response.content.decode())
    return found[1].replace("&amp;", "&") if found else ""


def _of(prefix: str, values: dict[str, Any]) -> dict[str, Any]:
    names = [name for name in values if name.startswith(prefix)]
    return {name.removeprefix(prefix): values.pop(name) for name in names}
