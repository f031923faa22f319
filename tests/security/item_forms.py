"""What a person sends from the pages of an item and of its letter, for each address that takes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from accounts.models import User
from denials.models import EligibilityCheck
from tests.security.addresses import a_document, a_fact, a_missed_clock, a_question, a_record_request
from tests.security.site import PNG, Site
from worklists import acts, playbook_steps
from worklists.acts import Asked
from worklists.evidence import gathering
from worklists.evidence.checklist import checklist_of
from worklists.models import Activity, BulkAct, WorkItem
from worklists.watch import escalating

Sent = tuple[str, dict[str, Any]]
OWN = re.compile(r"^(items|appeals)/<int:pk>/")
"""Addresses of one item or one letter."""
NOT_A_FORM = "item_here"
"""A page says by it that it was closed."""
FROM_AN_ITEM = ("question_withdraw", "evidence_withdraw", "record_request_act", "missed_clock")
"""Others that the page of an item leads to, and that lead back to it."""


def names_about_an_item() -> list[str]:
    patterns = (each for each in get_resolver().url_patterns for each in getattr(each, "url_patterns", [each]))
    own = [each.name for each in patterns if isinstance(each, URLPattern) and OWN.match(str(each.pattern))]
    return [name for name in (*map(str, own), *FROM_AN_ITEM) if name != NOT_A_FORM]


def _of(name: str, site: Site, /, *args: Any, **sent: Any) -> Sent:
    return reverse(name, args=[site.here.item.pk, *args]), sent


def _slug(item: WorkItem, user: User, *, is_received: bool = False) -> str:
    """The first piece that is to be gathered; `is_received`: brought to where it can be verified."""
    slug = checklist_of(item).to_gather[0].slug
    if is_received:
        gathering.receive_elsewhere(item.pk, user, [slug], held_at="In the record system")
    return slug


def _upload(site: Site) -> Sent:
    file = SimpleUploadedFile("scan.png", PNG)
    return _of("item_upload", site, file=file, kind="order", piece=_slug(site.here.item, site.mo))


def _use(site: Site) -> Sent:
    document, slug = a_document(site.here), checklist_of(site.here.item).to_gather[-1].slug
    return _of("item_use", site, document=document.pk, piece=slug)


def _step(site: Site) -> Sent:
    guide = playbook_steps.on_item(site.here.item)
    assert guide is not None
    return _of("item_step", site, step=guide.steps[0].key, done="yes")


def _fact(site: Site) -> Sent:
    given = {"checked_on": "2026-11-19", "method": "phone", "result": "active"}
    return _of("item_fact", site, "eligibility", **given)


def _withdrawn_fact(site: Site) -> Sent:
    fact: EligibilityCheck = a_fact(site.here)
    return _of("item_fact_withdraw", site, "eligibility", fact.pk, because="Another member")


def _pin(site: Site) -> Sent:
    note = Activity.objects.filter(item=site.here.item, kind="note").latest("pk")
    return _of("item_pin", site, note=note.pk, pinned="yes")


def _alike(site: Site) -> Sent:
    item = site.here.item
    act, _ = acts.remember(
        BulkAct.Kind.ESCALATED,
        [item.pk],
        site.mo,
        lambda ids: escalating.escalate(ids, site.mo, today=timezone.localdate(), reason="Urgent"),
        asked=Asked("escalate", {"reason": ["Urgent"]}),
    )
    assert act is not None
    return _of("item_alike", site, act=act.pk, pick=[site.here.free_item.pk])


def _letter(site: Site, name: str, /, *args: Any, **sent: Any) -> Sent:
    return reverse(name, args=[site.here.drafted.pk, *args]), sent


def _edited(site: Site) -> Sent:
    letter = site.here.drafted
    sent = {"subject": letter.subject, "letter_date": letter.letter_date, "signer": letter.signer_id}
    return _letter(site, "appeal_edit", **sent, body=f"{letter.body}\n\nOne more sentence.")


def _from_item(site: Site, name: str, pk: int, /, *args: Any, **sent: Any) -> Sent:
    return f"{reverse(name, args=[pk, *args])}?item={site.here.item.pk}", sent


SENT: dict[str, Callable[[Site], Sent]] = {
    "item_alike": _alike,
    "item_note": lambda site: _of("item_note", site, text="Called them", channel="internal"),
    "item_draft": lambda site: _of("item_draft", site, discard="1"),
    "item_pin": _pin,
    "item_step": _step,
    "item_upload": _upload,
    "item_use": _use,
    "item_piece_add": lambda site: _of("item_piece_add", site, name="Photograph of the card"),
    "item_verify": lambda site: _of("item_verify", site, piece=_slug(site.here.item, site.mo, is_received=True)),
    "item_evidence_step": lambda site: _of(
        "item_evidence_step", site, "give_up", piece=_slug(site.here.item, site.mo), because="It does not exist"
    ),
    "item_answer": lambda site: _of("item_answer", site, question="goals", answer="yes", where="3"),
    "item_imaging": lambda site: _of("item_imaging", site, mark="report_signed", at="2026-11-19T10:00"),
    "item_fact": _fact,
    "item_fact_withdraw": _withdrawn_fact,
    "item_action": lambda site: _of("item_action", site, "release"),
    "appeal_new": lambda site: _of("appeal_new", site),
    "appeal_edit": _edited,
    "appeal_action": lambda site: _letter(site, "appeal_action", "withdraw", because="Sent by portal"),
    "question_withdraw": lambda site: (
        reverse("question_withdraw", args=[a_question(site.here).pk]),
        {"reason": "Found it"},
    ),
    "evidence_withdraw": lambda site: _from_item(
        site, "evidence_withdraw", a_document(site.here).pk, because="Another patient"
    ),
    "record_request_act": lambda site: _from_item(
        site, "record_request_act", a_record_request(site.here).pk, "remind", how="By phone"
    ),
    "missed_clock": lambda site: _from_item(
        site, "missed_clock", a_missed_clock(site.here).pk, why="other", explanation="The portal was down"
    ),
}
"""By name of the address: where it goes for the first facility, and a form that is accepted there."""
