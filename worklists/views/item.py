"""One item on one screen, and the raw segments behind what it says."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.access import EVERYBODY, get_visible_or_404, note_access, person, roles
from denials.models import RemittedClaim
from worklists import choices, sheet
from worklists.limits import limit_of
from worklists.models import WorkItem
from worklists.offers import offers_for, primary_of
from worklists.segments import segments_of
from worklists.views.actions import dialogs
from worklists.views.links import whole_number


@require_safe
@roles(*EVERYBODY)
def item(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    found: WorkItem = get_visible_or_404(sheet.items_with_their_facts(WorkItem.objects.all()), user, pk=pk)
    note_access(request, "work_item", found.pk)
    offers = offers_for(found, user)
    primary = primary_of(found, offers)
    first = primary or next(iter(offers), None)
    context: dict[str, Any] = {
        "item": found,
        "claim": found.claim,
        "denial": found.denial,
        "remitted": found.denial.remitted_claim,
        "remittance": found.denial.remitted_claim.remittance,
        "lines": sheet.lines_of(found),
        "limit": limit_of(found.denial),
        "earlier": sheet.earlier_results(found),
        "history": sheet.history_of(found),
        "primary": primary,
        "first": first,
        "offers": [offer for offer in offers if offer is not first],
        "dialogs": dialogs(found, user, offers, choices.for_hand_over() if offers else {}),
    }
    return render(request, "worklists/item.html", context)


@require_safe
@roles(*EVERYBODY)
def item_source(request: HttpRequest, pk: int, remitted_pk: int) -> HttpResponse:
    """The segments of one result of the item's claim, as they stand in the payer's file."""
    found: WorkItem = get_visible_or_404(WorkItem.objects.select_related("claim"), person(request), pk=pk)
    remitted: RemittedClaim = get_visible_or_404(
        RemittedClaim.objects.select_related("remittance__file"), person(request), pk=remitted_pk, claim=found.claim_id
    )
    note_access(request, "remitted_claim", remitted.pk)
    segments = segments_of(remitted, only=whole_number(request.GET.get("segment", "")))
    name = "worklists/source.html#segments" if request.headers.get("HX-Request") else "worklists/source.html"
    return render(request, name, {"item": found, "remitted": remitted, "segments": segments})
