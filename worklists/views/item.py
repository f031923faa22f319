"""One item on one screen, what else is known about it, and the payer's own words behind what it says."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import EVERYBODY, get_visible_or_404, note_access, person, roles
from accounts.asked import whole_number
from accounts.kept_reads import Question
from accounts.models import User
from accounts.pipelined import Pipelined
from accounts.refusal import Conflict
from accounts.whole_template import begun
from denials.models import RemittedClaim
from denials.sources import results, source_of_claim
from denials.views.sources import entered_source
from worklists import cached_numbers, first_paint, item_reads, item_sheet, panels, presence
from worklists.item_reads import Asked
from worklists.models import WorkItem
from worklists.offers import Offers, offers_for, primary_of
from worklists.parts.bar import state_of
from worklists.views import list_position
from worklists.views.actions import dialogs


@require_safe
@roles(*EVERYBODY)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    user, page, today = person(request), presence.new_page(), timezone.localdate()
    question = _question(request, pk)
    with Pipelined(question.statement, cached_numbers.how_far(request)) as sent:
        asked = _found(question, sent)
        snapshot, notes = list_position.opened(request, pk)
        beside = item_reads.beside(asked.found_by(), user, snapshot)
        sent.also(beside.statement, *notes)
        with presence.Meeting(pk, user, page) as meeting:
            found = _item_of(asked)
            cached_numbers.begin(request, sent.answer())
            with begun(request, "worklists/item.html") as shown:
                known = first_paint.facts(found) | _acts(found, user, today) | {"page": page}
                here = presence.named(meeting.others())
                read = beside.read(sent.answer())
                return shown(known | first_paint.beside(found, user, read, here, today))


def _acts(item: WorkItem, user: User, today: date) -> dict[str, Any]:
    """What this person may do with the item. Its form of a note is always on the page, so it is not offered."""
    offers = [offer for offer in offers_for(item, user) if offer.action != "note"]
    primary = primary_of(item, offers)
    first = primary or next(iter(offers), None)
    return {
        "primary": primary,
        "first": first,
        "offers": Offers(offer for offer in offers if offer is not first),
        "dialogs": dialogs(item, offers, today),
    }


@require_safe
@roles(*EVERYBODY)
def item_panel(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    """One panel: for the page of the item where htmx asks, else as a page of its own."""
    return show_panel(request, read_item(request, pk), key)


def show_panel(
    request: HttpRequest, found: WorkItem, key: str, *, status: int = 200, **filled: forms.Form | str
) -> HttpResponse:
    """`filled` are forms of the panel that come back with faults, or the sentence `refused`."""
    panel = panels.keyed(key)
    if panel is None:
        raise Http404
    state = state_of(found, timezone.localdate())
    context = first_paint.facts(found, key) | {"state": state, "panel": panel}
    context |= panel.read(found, person(request)) | filled
    context["is_on_item"] = urlsplit(request.headers.get("HX-Current-URL", "")).path == reverse("item", args=[found.pk])
    part = "#panels" if request.headers.get("HX-Request") else ""
    response = render(request, f"worklists/panel.html{part}", context, status=status)
    if part:
        response.headers["HX-Push-Url"] = "false"  # the page stays the item's: htmx heeds this, and no attribute
    if status == Conflict.status:
        response.headers["HX-Reswap"] = "outerHTML"  # a conflict elsewhere is a message only; here it is the panel
    return response


def read_item(request: HttpRequest, pk: int) -> WorkItem:
    """The item with its facts, noted as looked at."""
    question = _question(request, pk)
    with Pipelined(question.statement) as sent:
        found = _item_of(_found(question, sent))
    note_access(request, "work_item", found.pk)
    return found


def _question(request: HttpRequest, pk: int) -> Question[Asked | None]:
    known = whole_number(str(pk))  # PostgreSQL refuses numbers that no id can be
    question = None if known is None else item_reads.question(person(request), known)
    if question is None:
        raise Http404
    return question


def _found(question: Question[Asked | None], sent: Pipelined) -> Asked:
    asked = question.read(sent.answer())
    if asked is None:
        raise Http404
    return asked


def _item_of(asked: Asked) -> WorkItem:
    found = asked.item()
    first_paint.share(found)
    return found


@require_safe
@roles(*EVERYBODY)
def item_source(request: HttpRequest, pk: int, remitted_pk: int) -> HttpResponse:
    """Where what one result of the item's claim says stands in the payer's file; `fact` names what is marked."""
    found: WorkItem = get_visible_or_404(item_sheet.items_with_their_claim(), person(request), pk=pk)
    remitted: RemittedClaim = get_visible_or_404(results(), person(request), pk=remitted_pk, claim=found.claim_id)
    note_access(request, "remitted_claim", remitted.pk)
    back_url = list_position.address(request, "item", found.pk)
    if remitted.remittance.entered_from:
        return entered_source(request, remitted.remittance, back_url, "Back to the item")
    asked = request.GET.get("fact", "")
    context = {
        "origin": source_of_claim(remitted, asked),
        "asked": asked,
        "source_url": reverse("item_source", args=[found.pk, remitted.pk]),
        "own_words": "The claim",
        "back_url": back_url,
        "back_words": "Back to the item",
    }
    name = "denials/source.html#said" if request.headers.get("HX-Request") else "denials/source.html"
    return render(request, name, context)
