"""The code dictionary: search it, read what a code is, draft what we do about it, map an unknown one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import EVERYBODY, MANAGERS, person, roles
from accounts.asked import way_back
from accounts.governance.offers import Offer
from accounts.governance.pages import answer, governed_context, kept
from accounts.last_done import say_kept
from accounts.once import once
from accounts.row_history import history_of, state_of
from accounts.stale_forms import is_overtaken, say_both
from denials import code_mapping, code_search, code_sheet, dictionary
from denials.code_areas import CODES, code_address
from denials.domain.code_kinds import wrong_list
from denials.handling_form import HandlingForm, MapForm
from denials.models import Code, CodeSystem


@require_safe
@roles(*EVERYBODY)
def codes(request: HttpRequest) -> HttpResponse:
    asked = code_search.Asked.of(request.GET)
    context = {
        "found": code_search.find(asked),
        "tabs": code_search.tabs(asked),
        "narrows": code_search.narrows(asked),
        "asked": asked,
        "hint": wrong_list(asked.system, asked.text.upper(), dictionary.current()) if asked.is_one_code else "",
    }
    return render(request, "denials/codes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*EVERYBODY)
@once
def code(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """Everybody reads; managers draft what we do about the code, and somebody else approves it."""
    found = code_search.one(system.upper(), code)
    if found is None:
        return _unknown(request, system.upper(), code.upper())
    handling = code_search.handling_of(found)
    context = code_sheet.of_code(found, person(request))
    if handling is None or not person(request).may_manage:
        if request.method == "POST":
            raise PermissionDenied
        return render(request, "denials/code.html", context | _past(handling))
    is_late = request.method == "POST" and is_overtaken(request, handling)
    offer = Offer(request, CODES, handling)
    if is_late:
        say_both(offer.form, state_of(handling))
    if offer.is_sent and offer.is_valid:
        return kept(request, offer)
    shown = {"area": CODES, "shown_state": state_of(handling), **governed_context(CODES, handling)}
    return answer(request, "denials/code.html", context | _past(handling) | shown, offer)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*MANAGERS)
@once
def code_map(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """A code that nobody has described yet: its title, its category, and the rest follows. `?next=` leads back."""
    record = code_mapping.unmapped(system.upper(), code.upper())
    if record is None:
        if code_search.one(system.upper(), code) is None:
            raise Http404
        messages.info(request, "This code is mapped already. What stands below can be changed.")
        return redirect("code", system=system, code=code.upper())
    back = way_back(request)
    if request.method == "POST":
        form = MapForm(request.POST, record=record)
        if form.is_valid():
            given = form.cleaned_data
            today = timezone.localdate()
            code_mapping.map_code(record, person(request), given["title"], form.handling(), given["why"], today=today)
            say_kept(request, f"{record.code} is mapped. What it held up is read again; somebody else confirms.")
            return redirect(back or code_address(record.system, record.code))
        return _map_page(request, record, form, back, status=422)
    return _map_page(request, record, MapForm(initial=_chosen(request), record=record), back)


def _map_page(request: HttpRequest, record: Code, form: MapForm, back: str, status: int = 200) -> HttpResponse:
    name = "denials/code_map.html#follows" if request.headers.get("HX-Request") else "denials/code_map.html"
    return render(request, name, {"code": record, "form": form, "back": back}, status=status)


def _chosen(request: HttpRequest) -> dict[str, Any]:
    """What was filled in before another category was chosen."""
    return {name: request.GET[name] for name in ("title", "category", "why") if request.GET.get(name)}


def _unknown(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """A page for what could be a code, or for one that stands in the other list; else there is nothing here."""
    record = code_mapping.unmapped(system, code)
    fault = "" if record or system not in (CodeSystem.CARC, CodeSystem.RARC) else _fault(system, code)
    if record is None and not fault:
        raise Http404
    context = {
        "code": record,
        "system": system,
        "name": code,
        "fault": fault,
        "other": code_search.other_list(system, code),
    }
    return render(request, "denials/code_unknown.html", context, status=200 if record else 404)


def _fault(system: str, code: str) -> str:
    return wrong_list(system, code, dictionary.current()) if code.isalnum() and len(code) <= 5 else ""


def _past(handling: Any) -> dict[str, Any]:
    return {"history": history_of(handling, HandlingForm.words()) if handling else []}
