"""Readings of codes: which there are, one of them, a new one. Managers draft them, and somebody else approves."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import EVERYBODY, MANAGERS, person, roles
from accounts.governance.offers import Offer
from accounts.governance.pages import answer, ask_to_retire, governed_context, kept
from accounts.once import once
from accounts.row_history import history_of, state_of
from accounts.stale_forms import is_overtaken, say_both
from denials import code_search, code_sheet
from denials.code_areas import READINGS, seed_of
from denials.handling_form import HandlingForm
from denials.models import CodeReading, CodeSystem


@require_safe
@roles(*EVERYBODY)
def readings(request: HttpRequest) -> HttpResponse:
    """Every reading, those in use first."""
    shown = code_sheet.every_reading()
    return render(request, "denials/readings.html", {"readings": shown})


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*EVERYBODY)
@once
def reading(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody reads it; managers draft a change of it."""
    row = get_object_or_404(CodeReading, pk=pk)
    code = code_search.one(row.system, row.code)
    context = {"code": code, "reading": row, "shown": code_sheet.shown([row])[0], **_past(row)}
    if not person(request).may_manage:
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "denials/reading.html", context)
    is_late = request.method == "POST" and is_overtaken(request, row)
    offer = Offer(request, READINGS, row)
    if is_late:
        say_both(offer.form, state_of(row))
    if offer.is_sent and offer.is_valid:
        return kept(request, offer)
    return answer(request, "denials/reading.html", context | governed_context(READINGS, row), offer)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*MANAGERS)
@once
def reading_new(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """A reading of this code."""
    found = code_search.one(system.upper(), code)
    if found is None or found.system not in (CodeSystem.CARC, CodeSystem.RARC):
        raise Http404
    offer = Offer(request, READINGS, None, seed_of(found.system, found.code))
    if offer.is_sent and offer.is_valid:
        return kept(request, offer)
    context: dict[str, Any] = {"code": found, "area": READINGS, "beside": code_sheet.readings_of(found)}
    return answer(request, "denials/reading_new.html", context, offer)


@require_POST
@roles(*MANAGERS)
@once
def reading_retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks to take a reading out of use, or to bring it back; a suggestion comes into use by it."""
    row = get_object_or_404(CodeReading, pk=pk)
    return redirect("change", ask_to_retire(request, READINGS, row).pk)


def _past(row: CodeReading) -> dict[str, Any]:
    words = HandlingForm.words()
    return {"history": history_of(row, words), "shown_state": state_of(row)}
