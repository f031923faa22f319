"""The code dictionary: search it, read what a code is, edit what we do about it."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import EVERYBODY, person, roles
from accounts.once import once
from accounts.row_history import history_of
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
    if request.method == "POST" and not may_edit:
        raise PermissionDenied
    form = HandlingForm(request.POST or None, instance=handling) if handling else None
    if form is not None and request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "Saved. Remittances recorded from now on follow it; open items stay as they are.")
        return redirect("code", system=system, code=code)
    context = {
        "code": found,
        "handling": handling,
        "form": form if may_edit else None,
        "history": history_of(handling) if handling else [],
    }
    return render(request, "denials/code.html", context, status=422 if form and form.errors else 200)
