"""The code dictionary: search it, read what a code is, edit what we do about it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import EVERYBODY, person, roles
from accounts.once import once
from accounts.row_history import history_of, refuse_if_stale, state_of
from denials import code_search
from denials.forms import HandlingForm
from denials.models import Code, CodeSystem


@require_safe
@roles(*EVERYBODY)
def codes(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:80]
    system = request.GET.get("system", CodeSystem.CARC)
    if system not in CodeSystem.values:
        system = CodeSystem.CARC
    found = code_search.find(system, text, request.GET.get("after", "")[:10])
    counts = code_search.count_by_system(text)
    tabs = [(each.value, each.label, counts[each]) for each in code_search.TABS]
    context = {"found": found, "tabs": tabs, "system": system, "q": text}
    return render(request, "denials/codes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*EVERYBODY)
@once
def code(request: HttpRequest, system: str, code: str) -> HttpResponse:
    """Everybody reads; admins edit what we do about the code."""
    found = get_object_or_404(Code.objects.select_related("handling"), system=system.upper(), code__iexact=code)
    handling = getattr(found, "handling", None)
    may_edit = person(request).may_administer and handling is not None
    if request.method == "POST":
        if handling is None or not may_edit:
            raise PermissionDenied
        refuse_if_stale(request, handling)
        handling.refresh_from_db()
        form = HandlingForm(request.POST, instance=handling)
        if form.is_valid():
            _save(request, form)
            return redirect("code", system=found.system.lower(), code=found.code)
    else:
        form = HandlingForm(instance=handling)
    return _page(request, found, form if may_edit else None)


def _save(request: HttpRequest, form: HandlingForm) -> None:
    if form.has_changed():
        form.save()
        messages.success(request, "Saved. Remittances recorded from now on follow it; open items stay as they are.")
    else:
        messages.info(request, "Nothing was changed.")


def _page(request: HttpRequest, found: Code, form: HandlingForm | None) -> HttpResponse:
    handling = code_search.handling_of(found)
    words = HandlingForm.words()
    context = {
        "code": found,
        "handling": handling,
        "category": words["category"](handling.category) if handling else "",
        "owner_team": words["owner_team"](handling.owner_team) if handling else "",
        "form": form,
        "history": history_of(handling, words) if handling else [],
        "shown_state": state_of(handling) if handling else "",
    }
    return render(request, "denials/code.html", context, status=422 if form and form.errors else 200)
