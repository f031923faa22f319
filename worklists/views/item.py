"""One item on one screen, and the payer's own words behind what it says."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import EVERYBODY, get_visible_or_404, note_access, person, roles
from denials.acknowledgments import filing_of
from denials.models import RemittedClaim
from denials.payer_contacts import contacts_for
from denials.sources import source_of_claim
from denials.views.sources import entered_source
from worklists import chain, choices, clarifications, escalations, playbook_steps, sheet
from worklists.conclusions import conclusions_about
from worklists.item_clocks import clocks_on
from worklists.item_order import order_of
from worklists.missed import missed_on
from worklists.models import Activity, WorkItem
from worklists.offers import offers_for, primary_of
from worklists.views.actions import dialogs

ASIDE = (Activity.Kind.ESCALATED, Activity.Kind.ACKNOWLEDGED, Activity.Kind.DEESCALATED)
"""Kept folded, so that escalations do not bury what people wrote."""


@require_safe
@roles(*EVERYBODY)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    found: WorkItem = get_visible_or_404(sheet.items_with_their_facts(WorkItem.objects.all()), user, pk=pk)
    note_access(request, "work_item", found.pk)
    offers = offers_for(found, user)
    primary = primary_of(found, offers)
    first = primary or next(iter(offers), None)
    history = sheet.history_of(found)
    context: dict[str, Any] = {
        "item": found,
        "claim": found.claim,
        "denial": found.denial,
        "remitted": found.denial.remitted_claim,
        "remittance": found.denial.remitted_claim.remittance,
        "source_url": reverse("item_source", args=[found.pk, found.denial.remitted_claim_id]),
        "lines": sheet.lines_of(found),
        "guide": playbook_steps.on_item(found),
        "conclusions": conclusions_about(found, user),
        "clocks": clocks_on(found),
        "order": order_of(found, timezone.localdate()),
        "missed": missed_on(found),
        "filing": filing_of(found.claim, user),
        "contacts": contacts_for(found.payer, found.denial.remitted_claim, timezone.localdate()),
        "earlier": sheet.earlier_results(found),
        "history": [each for each in history if each.kind not in ASIDE],
        "aside": [each for each in history if each.kind in ASIDE],
        "escalated": (escalated := escalations.on_item(found)),
        "escalation_path": escalations.path_of(found.denial.escalation_path) if escalated else [],
        "may_handle": bool(escalated) and escalations.may_handle(user, escalated),
        "questions": clarifications.on_item(found, history),
        "rounds": (rounds := chain.rounds_of(found, history)),
        "next_level": chain.next_level(found) if rounds else None,
        "primary": primary,
        "first": first,
        "offers": [offer for offer in offers if offer is not first],
        "dialogs": dialogs(found, user, offers, choices.for_hand_over() if offers else {}),
    }
    return render(request, "worklists/item.html", context)


@require_safe
@roles(*EVERYBODY)
def item_source(request: HttpRequest, pk: int, remitted_pk: int) -> HttpResponse:
    """Where what one result of the item's claim says stands in the payer's file; `fact` names what is marked."""
    found: WorkItem = get_visible_or_404(WorkItem.objects.select_related("claim"), person(request), pk=pk)
    rows = RemittedClaim.objects.select_related("remittance__file__uploaded_by")
    remitted: RemittedClaim = get_visible_or_404(rows, person(request), pk=remitted_pk, claim=found.claim_id)
    note_access(request, "remitted_claim", remitted.pk)
    if remitted.remittance.entered_from:
        return entered_source(request, remitted.remittance, reverse("item", args=[found.pk]), "Back to the item")
    asked = request.GET.get("fact", "")
    context = {
        "origin": source_of_claim(remitted, asked),
        "asked": asked,
        "source_url": reverse("item_source", args=[found.pk, remitted.pk]),
        "own_words": "The claim",
        "back_url": reverse("item", args=[found.pk]),
        "back_words": "Back to the item",
    }
    name = "denials/source.html#said" if request.headers.get("HX-Request") else "denials/source.html"
    return render(request, name, context)
