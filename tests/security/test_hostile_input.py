"""Words that were written to do harm: shown as words, answered with a sentence, never with a fault of ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.models import Facility, Team
from appeals.models import LetterTemplate
from denials.models import RemittanceFile
from tests.security.addresses import address_of, our_patterns
from tests.security.payer_says import Paid, Said, file_of
from tests.security.site import Site, bring_in
from tests.worklists.pages import signed_in
from worklists import work
from worklists.models import Queue, RoutingRule, WorkItem

SCRIPTS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)><svg/onload=alert(1)>',
    "{{ 7 }}'-alert(1)-'<b>",
)
HOSTILE = (
    *("0", "-1", "9223372036854775808", "9" * 5000, "٣", "²", "1e309", "NaN", "-0.00", "x" * 5000),
    *("\x00", "a\x00b", "\U0001f4a3", "\u202etxt", "%", "_", "\\", "[]", "{}", "0000-00-00", "9999-12-31"),
    *("';--", "' OR 1=1 --", "id;DROP TABLE", "-rank_key", "status__in", "../../etc/passwd", "none", "true", ","),
)
WORST = ("9" * 5000, "a\x00b")
"""What broke something once: tried everywhere. The others take turns."""
PARAMETERS = {
    "home": ("after", "before", "sort", "search", "tab", "owner", "value", "payer", "category"),
    "all_items": ("due", "code", "at_least", "status", "facility", "queue", "owner", "search", "after"),
    "queue": ("sort", "after", "before", "tab"),
    "waiting": ("sort", "after", "before"),
    "watch": ("kind", "after"),
    "appeals": ("part", "payer", "outcome", "whose", "after"),
    "intake": ("before",),
    "codes": ("q", "system", "after"),
    "item_source": ("fact",),
    "payment_source": ("fact",),
    "playbooks_read": ("q",),
    "appeal": ("read",),
}
IN_ADDRESSES = ("/items/{}/", "/queues/{}/", "/appeals/{}/", "/remittances/{}/", "/codes/carc/{}/", "/codes/{}/197/")
FIELD = re.compile(r'<(?:input|select|textarea)[^>]*? name="([^"]+)"')


def poisoned(site: Site, script: str) -> RemittanceFile:
    """`script` wherever words come in: the payer's file, its name, notes, templates and what administrators name."""
    said = Said(script, script, script, script, script, medical_record=script, policy=script)
    names: dict[str, Any] = {"payer": script, "payer_id": "66666", "payee": script, "npi": "1999999999"}
    file = bring_in(file_of(Paid((said,), trace=script, **names)), f"{script}.835", site.cast.mara)
    item = WorkItem.objects.get(denial__remitted_claim__remittance__file=file)
    work.take([item.pk], site.cast.mara).or_refuse()
    work.note([item.pk], site.cast.mara, text=script).or_refuse()
    LetterTemplate.objects.update(body=script, name=script, subject=script, enclosures=[script])
    Queue.objects.update(name=script, purpose=script)
    RoutingRule.objects.update(name=script)
    Facility.objects.update(name=script[:120], address=script)
    Team.objects.update(name=script)
    return file


def pages_about(site: Site, file: RemittanceFile) -> Iterator[str]:
    item = WorkItem.objects.get(denial__remitted_claim__remittance__file=file)
    yield from (reverse("remittance_file", args=[file.pk]), reverse("item", args=[item.pk]))
    yield reverse("item_source", args=[item.pk, item.denial.remitted_claim_id])
    yield from (reverse("item_action", args=[item.pk, action]) for action in ("note", "hand_over", "resolve"))
    yield from (address_of(name, site) for name in our_patterns())


@pytest.mark.parametrize("script", SCRIPTS)
def test_words_that_are_scripts_are_shown_as_words(site: Site, script: str) -> None:
    file = poisoned(site, script)
    client = signed_in(site.cast.ada)
    shown = 0
    for address in pages_about(site, file):
        response = client.get(address)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            page = response.content.decode()
            assert script not in page, address
            shown += escape(script) in page
    assert shown > 15


def faults_of(client: Client, addresses: Iterator[str]) -> list[str]:
    """The addresses that were answered with an error of ours."""
    client.raise_request_exception = False
    faults = []
    for address in addresses:
        with transaction.atomic():
            if client.get(address).status_code >= 500:
                faults.append(address[:200])
            transaction.set_rollback(True)
    return faults


def test_no_parameter_of_an_address_leads_to_a_fault(site: Site) -> None:
    pairs = [(name, parameter) for name, parameters in PARAMETERS.items() for parameter in parameters]
    addresses = (
        f"{address_of(name, site)}?{urlencode({parameter: value})}"
        for turn, (name, parameter) in enumerate(pairs)
        for value in [*WORST, *HOSTILE[turn % 4 :: 4]]
    )
    assert faults_of(signed_in(site.mo), addresses) == []


def test_no_part_of_an_address_leads_to_a_fault(site: Site) -> None:
    addresses = (place.format(value) for place in IN_ADDRESSES for value in HOSTILE if "/" not in value)
    assert faults_of(signed_in(site.cast.ada), addresses) == []


def test_a_parameter_given_twice_or_as_a_list_leads_to_no_fault(site: Site) -> None:
    addresses = (
        f"{address_of(name, site)}?{parameter}=1&{parameter}=x&{parameter}[]=2&after=&before="
        for name, parameters in PARAMETERS.items()
        for parameter in parameters
    )
    assert faults_of(signed_in(site.cast.sam), addresses) == []


def fields_of(client: Client, site: Site) -> dict[str, list[str]]:
    """The names of the fields that any form of the product has."""
    pages = [address_of(name, site) for name in our_patterns()]
    item, letter, sent = site.here.item.pk, site.here.drafted.pk, site.here.sent.pk
    pages += [f"/items/{item}/{action}/" for action in ("postpone", "hand_over", "resolve", "reopen", "return")]
    pages += [f"/appeals/{letter}/{action}/" for action in ("send", "template", "withdraw")]
    pages += [f"/appeals/{sent}/{action}/" for action in ("answer", "ask-again")]
    found = {page: FIELD.findall(client.get(page).content.decode(errors="replace")) for page in pages}
    return {page: sorted(set(names) - {"csrfmiddlewaretoken"}) for page, names in found.items() if names}


def faults_of_forms(client: Client, sent: Iterator[tuple[str, dict[str, Any]]]) -> list[str]:
    client.raise_request_exception = False
    faults = []
    for address, form in sent:
        with transaction.atomic():
            if client.post(address, form).status_code >= 500:
                faults.append(f"{address} {form}"[:300])
            transaction.set_rollback(True)
    return faults


def test_no_form_filled_with_nonsense_leads_to_a_fault(site: Site) -> None:
    client = signed_in(site.al)
    filled = (
        (page, dict.fromkeys(names, value))
        for page, names in fields_of(client, site).items()
        for value in ("\x00", "9" * 30, "\U0001f4a3" * 500, "-1", "")
    )
    assert faults_of_forms(client, filled) == []


@pytest.mark.parametrize("value", ["\x00", "9" * 30, "9" * 5000, "-1", "NaN", "x" * 6000])
def test_forms_without_a_page_of_their_own_lead_to_no_fault(site: Site, value: str) -> None:
    note = {"action": "note:now", "note-text": "said", "list": "all_items", "pick": [site.here.free_item.pk]}
    item, letter = f"/items/{site.here.item.pk}", f"/appeals/{site.here.drafted.pk}"
    sent: list[tuple[str, dict[str, Any]]] = [
        ("/search/", {"q": value}),
        ("/next/", {"queue": value}),
        ("/theme/", {"theme": value}),
        ("/items/many/", {**note, "pick": [value]}),
        ("/items/many/", {**note, "list": f"queue:{value}"}),
        ("/items/many/", {**note, "query": f"search={value}&code={value}&after={value}", "everything": "1"}),
        ("/items/many/", {**note, "form_key": value}),
        (f"{item}/note/", {"text": "said", "version": value}),
        (f"{item}/note/", {"text": value, "version": ""}),
        (f"{item}/take/", {"version": value, "then": value}),
        (f"{item}/hand_over/", {"to": f"person:{value}", "reason": "said"}),
        (f"{item}/postpone/", {"until": value, "because": value}),
        (f"{item}/resolve/", {"resolution": "correction", "preventable": "no", "recovered_amount": value}),
        (f"{letter}/edit/", {"subject": "said", "body": value, "signer": value, "version": value}),
        (f"{letter}/send/", {"channel": "fax", "sent_on": value, "proof": value}),
        (address_of("decide_remittance", site), {"decision": "set_aside", "reason": value}),
    ]
    faults = faults_of_forms(signed_in(site.mo), iter(sent))
    assert faults == []


def test_a_search_for_nonsense_shows_an_empty_list(site: Site) -> None:
    client = signed_in(site.mo)
    assert client.get("/items/").context["rows"]
    for words in ("\x00", "a\x00b", "%", "_" * 200, "\\", "',--", "\U0001f4a3"):
        page = client.post("/search/", {"q": words}, follow=True)
        assert page.status_code == 200
        assert page.context["rows"] == [], words
