"""Where what is said once for a whole payment stands in the payer's file."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import EVERYBODY, get_visible_or_404, note_access, person, roles
from denials.models import Remittance
from denials.sources import payments, source_of_payment


@require_safe
@roles(*EVERYBODY)
def payment_source(request: HttpRequest, pk: int) -> HttpResponse:
    """The opening and the provider adjustments of one payment; `fact` names what is marked."""
    found: Remittance = get_visible_or_404(payments(), person(request), pk=pk)
    note_access(request, "remittance", found.pk)
    if found.entered_from:
        return entered_source(request, found, reverse("remittance_file", args=[found.file_id]), "Back to the file")
    asked = request.GET.get("fact", "")
    context = {
        "origin": source_of_payment(found, asked),
        "asked": asked,
        "source_url": reverse("payment_source", args=[found.pk]),
        "own_words": "Provider adjustments",
        "back_url": reverse("remittance_file", args=[found.file_id]),
        "back_words": "Back to the file",
    }
    name = "denials/source.html#said" if request.headers.get("HX-Request") else "denials/source.html"
    return render(request, name, context)


def entered_source(request: HttpRequest, remittance: Remittance, back_url: str, back_words: str) -> HttpResponse:
    """Of what somebody entered: by whom, from what, and the scan, instead of segments that no payer sent."""
    context = {
        "remittance": remittance,
        "entry": remittance.file.entry,
        "back_url": back_url,
        "back_words": back_words,
    }
    name = "denials/entered_source.html#said" if request.headers.get("HX-Request") else "denials/entered_source.html"
    return render(request, name, context)
