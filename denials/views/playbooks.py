"""Playbooks to read, for everybody. Managers change them under the settings."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from accounts.access import EVERYBODY, person, roles
from denials import playbooks as verbs
from denials.models import Playbook


@require_safe
@roles(*EVERYBODY)
def playbooks(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").strip()[:80]
    context = {
        "playbooks": verbs.matching(text),
        "q": text,
        "edit_url": reverse("playbooks") if person(request).may_manage else "",
    }
    return render(request, "denials/playbooks.html", context)


@require_safe
@roles(*EVERYBODY)
def playbook(request: HttpRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Playbook, key=key)
    context = {
        "playbook": found,
        "steps": verbs.steps_in_words(found),
        "told": verbs.told(found),
        "bound": verbs.bound_to(found),
        "edit_url": reverse("playbooks_edit", args=[found.pk]) if person(request).may_manage else "",
    }
    return render(request, "denials/playbook.html", context)
