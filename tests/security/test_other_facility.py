"""Nothing of another facility can be read, counted, changed or guessed: for others its rows do not exist."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import User
from denials.models import Remittance, RemittanceFile
from tests.security.addresses import OF_A_FACILITY, address_of, our_patterns
from tests.security.payer_says import Paid, file_of
from tests.security.site import HERE, THERE, Site, bring_in
from tests.worklists.pages import signed_in
from worklists.models import Activity, WorkItem

SHARED = sorted(set(our_patterns()) - set(OF_A_FACILITY) - {"healthz"})
COUNTED = (
    "home",
    "my_queues",
    "queue",
    "all_items",
    "waiting",
    "my_day",
    "board",
    "watch",
    "exceptions",
    "intake",
    "appeals",
    "rules",
)
NARROWED = (
    *("tab=due", "tab=overdue", "tab=repeat", "status=any", "status=waiting", "owner=nobody", "value=500-2000"),
    *("due=none", "code=197", "code=N54", "at_least=1", "sort=amount", "sort=follow_up", "after=1", "before=999999"),
)


def insiders(site: Site) -> list[User]:
    """One person of each role who may see the first facility only."""
    return [site.cast.remy, site.cast.sam, site.mo, site.al]


def foreign_words(response: Any) -> set[str]:
    """Marks of the other facility in the body or a header."""
    body = b"".join(response) if response.streaming else response.content
    return THERE.found_in(body) | THERE.found_in(str(response.headers))


def without_trace(client: Client, method: str, address: str, sent: dict[str, Any]) -> tuple[Any, set[str]]:
    """One request and the foreign words in its answer; nothing of it stays."""
    with transaction.atomic():
        response = getattr(client, method)(address, sent, headers={"HX-Request": "true"} if "_hx" in sent else {})
        found = foreign_words(response)
        transaction.set_rollback(True)
    return response, found


def test_the_marks_can_be_seen_at_all(site: Site) -> None:
    """Otherwise the tests below would look for what no page ever shows."""
    client = signed_in(site.cast.otto)
    page = client.get(address_of("item", site, site.there))
    assert THERE.found_in(page.content) >= {"ZVTLAST", "ZVTFIRST", "ZVTCLAIM", "ZVTMEMBER", "ZVTPCN"}
    assert foreign_words(client.get(address_of("item_panel", site, site.there))) >= {"ZVTNOTE", "ZVTTRACE", "ZVTFILE"}
    assert foreign_words(client.get("/items/")) >= {"ZVTLAST", "ZVTCLAIM"}
    assert foreign_words(signed_in(site.cast.mara).get("/watch/")) >= {"ZVTLAST", "ZVTCLAIM"}


@pytest.mark.parametrize("method", ["get", "post"])
def test_a_row_of_another_facility_is_not_found(site: Site, method: str) -> None:
    for user in insiders(site):
        client = signed_in(user)
        for name in OF_A_FACILITY:
            response, found = without_trace(client, method, address_of(name, site, site.there), {"nothing": "said"})
            usual, _ = without_trace(client, method, address_of(name, site), {"nothing": "said"})
            closed = usual.status_code in (403, 405)
            assert response.status_code == (usual.status_code if closed else 404), (user, name)
            assert not found, (user, name)


def test_a_result_of_another_facility_is_not_found_under_an_own_item(site: Site) -> None:
    theirs = site.there.item.denial.remitted_claim_id
    address = reverse("item_source", args=[site.here.item.pk, theirs])
    assert signed_in(site.cast.sam).get(address).status_code == 404


def test_no_action_reaches_a_row_of_another_facility(site: Site) -> None:
    item, letter, sent = site.there.free_item, site.there.drafted, site.there.sent
    actions = ("take", "release", "note", "postpone", "hand_over", "resolve", "reopen", "return")
    addresses = [reverse("item_action", args=[item.pk, action]) for action in actions]
    addresses += [
        reverse("appeal_action", args=[each.pk, action])
        for each in (letter, sent)
        for action in ("send", "answer", "ask-again", "template", "withdraw")
    ]
    for user in (site.cast.sam, site.mo, site.al):
        client = signed_in(user)
        for address in addresses:
            assert client.get(address).status_code == 404, address
            assert client.post(address, {"text": "mine now", "reason": "mine"}).status_code == 404, address
    assert not Activity.objects.filter(item=item, actor__in=insiders(site)).exists()


def test_no_page_that_all_share_names_what_is_of_another_facility(site: Site) -> None:
    for user in insiders(site):
        client = signed_in(user)
        for name in SHARED:
            _, found = without_trace(client, "get", address_of(name, site), {})
            assert not found, (user, name)


def test_no_filter_sort_or_page_of_a_list_reaches_another_facility(site: Site) -> None:
    theirs = [f"facility={site.cast.there.pk}", f"owner={site.cast.otto.pk}", f"payer={site.there.item.payer_id}"]
    client = signed_in(site.cast.sam)
    for name in ("all_items", "queue", "waiting"):
        for query in (*NARROWED, *theirs):
            for headers in ({}, {"HX-Request": "true"}, {"HX-Trigger-Name": "poll", "HX-Request": "true"}):
                response = client.get(f"{address_of(name, site)}?{query}", headers=headers)
                assert not foreign_words(response), (name, query)


@pytest.mark.parametrize("kind", ["LAST", "MEMBER", "CLAIM", "PCN", "TRACE"])
def test_a_search_finds_nothing_of_another_facility(site: Site, kind: str) -> None:
    """What was typed is shown again, so only rows are looked for. Their own, one slip away, may be meant."""
    own = set(WorkItem.objects.visible_to(site.mo).values_list("pk", flat=True))
    for words in (THERE.word(kind), f"{THERE.word(kind)}1"):
        page = signed_in(site.mo).post("/search/", {"q": words}, follow=True)
        assert {row.pk for row in page.context["rows"]} <= own
        assert page.context["counts"].shown == len(page.context["rows"])
        said = page.content.decode().replace(words, "")
        assert not [word for word in THERE.of_patients if word in said]
    assert signed_in(site.cast.otto).post("/search/", {"q": "ZVTLAST"}, follow=True).context["rows"]


def bulk(user: User, **sent: Any) -> Any:
    return signed_in(user).post(
        "/items/many/", {"list": "all_items", "action": "note:now", "note-text": "said", **sent}
    )


def noted(user: User) -> set[int]:
    return set(Activity.objects.filter(actor=user, text="said").values_list("item", flat=True))


def test_ticked_rows_of_another_facility_are_left_alone(site: Site) -> None:
    bulk(site.mo, pick=[site.here.free_item.pk, site.there.free_item.pk, site.there.item.pk])
    assert noted(site.mo) == {site.here.free_item.pk}


def test_all_that_match_are_those_of_the_own_facilities(site: Site) -> None:
    query = f"status=any&facility={site.cast.there.pk}"
    bulk(site.mo, everything="1", query="status=any")
    assert noted(site.mo) == set(WorkItem.objects.filter(facility=site.cast.here).values_list("pk", flat=True))
    bulk(site.al, everything="1", query=query)
    assert noted(site.al) == set()


def test_a_held_payment_of_another_facility_cannot_be_decided(site: Site) -> None:
    address = address_of("decide_remittance", site, site.there)
    sent = {"decision": "set_aside", "reason": "not ours"}
    assert signed_in(site.mo).post(address, sent).status_code == 404
    assert Remittance.objects.get(pk=site.there.held.pk).state == Remittance.State.HELD


def numbers_on(client: Client, site: Site) -> Iterator[tuple[str, Any]]:
    """What the pages count, sum and list, as the templates get it."""
    for name in COUNTED:
        response = client.get(address_of(name, site), follow=True)
        context = response.context
        shown = {key: context[key] for key in ("counts", "tabs", "board", "kinds", "concerns", "nav") if key in context}
        yield name, repr(shown)


def test_counts_and_sums_stay_when_another_facility_gets_more(site: Site) -> None:
    clients = [signed_in(user) for user in (site.cast.sam, site.mo, site.cast.remy)]
    before = [dict(numbers_on(client, site)) for client in clients]
    assert any("4" in text for text in before[0].values())
    more = Paid(tuple(THERE.said(number) for number in range(20, 26)), trace="ZVTTRACE9", npi=site.cast.there.npi)
    bring_in(file_of(more, interchange=9), "ZVTFILE-9.835", site.cast.otto)
    assert WorkItem.objects.filter(facility=site.cast.there).count() == 12
    assert [dict(numbers_on(client, site)) for client in clients] == before


def test_counts_change_when_the_own_facility_gets_more(site: Site) -> None:
    """Otherwise the test above would compare what never changes."""
    client = signed_in(site.mo)
    before = dict(numbers_on(client, site))
    more = Paid((HERE.said(20),), trace="QXHTRACE9", npi=site.cast.here.npi)
    bring_in(file_of(more, interchange=9), "QXHFILE-9.835", site.cast.sam)
    after = dict(numbers_on(client, site))
    assert {name for name in COUNTED if before[name] != after[name]} >= {"all_items", "board", "queue"}


def test_a_file_that_pays_two_facilities_shows_each_its_own_part(site: Site) -> None:
    ours = Paid((HERE.said(30),), trace="QXHTRACE30", npi=site.cast.here.npi)
    theirs = Paid((THERE.said(30),), trace="ZVTTRACE30", npi=site.cast.there.npi)
    shared: RemittanceFile = bring_in(file_of(ours, theirs, interchange=30), "both.835", site.cast.mara)
    for user in insiders(site):
        client = signed_in(user)
        page = client.get(reverse("remittance_file", args=[shared.pk]))
        assert page.status_code == 200
        assert not foreign_words(page)
        assert client.get(reverse("remittance_original", args=[shared.pk])).status_code in (403, 404)
        item = WorkItem.objects.get(claim__number=f"{HERE.word('CLAIM')}-30")
        source = client.get(reverse("item_source", args=[item.pk, item.denial.remitted_claim_id]))
        assert source.status_code == 200
        assert not foreign_words(source)
