"""Letter templates, for administrators: the list, one template with its history, new ones, on and off."""

from __future__ import annotations

from typing import Any

import pghistory.models
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import ADMINS, person, roles
from accounts.models import User
from accounts.once import once
from accounts.refusal import Refused
from appeals import letter_templates as verbs
from appeals.domain.places import FROM_THE_RECORD, SET_BESIDE, TYPED_BY_A_PERSON
from appeals.models import LetterTemplate
from appeals.template_forms import NewTemplateForm, TemplateForm

PLACE_GROUPS = (
    ("Filled from the record", FROM_THE_RECORD),
    ("Chosen beside the letter", SET_BESIDE),
    ("Typed by a person before it is sent", TYPED_BY_A_PERSON),
)
SHOWN_CHANGES = 30
FIELD_WORDS = {"body": "letter", "is_active": "in use", "payer_id": "payer"}


@require_safe
@roles(*ADMINS)
def letter_templates(request: HttpRequest) -> HttpResponse:
    rows = LetterTemplate.objects.select_related("payer").order_by("-is_active", "name")
    return render(request, "appeals/letter_templates.html", {"rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*ADMINS)
@once
def letter_template(request: HttpRequest, key: str) -> HttpResponse:
    template = get_object_or_404(LetterTemplate, key=key)
    form = TemplateForm(request.POST if request.method == "POST" else None, template=template)
    if not form.is_valid():
        return _page(request, form, template, status=422 if form.is_bound else 200)
    version = form.cleaned_data["version"]
    try:
        verbs.change(template, person(request), form.values(), expected_version=version)
    except Refused as refused:  # shown with the form, so that nobody loses what they wrote
        form.add_error(None, refused.sentence)
        return _page(request, form, template, status=refused.status)
    messages.success(request, "Template saved. Letters drafted before keep their text.")
    return redirect("letter_template", key)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*ADMINS)
@once
def letter_template_new(request: HttpRequest) -> HttpResponse:
    form = NewTemplateForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _page(request, form, None, status=422 if form.is_bound else 200)
    try:
        made = verbs.add(person(request), form.cleaned_data["key"], form.values())
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, form, None, status=refused.status)
    messages.success(request, "Template added.")
    return redirect("letter_template", made.key)


@require_POST
@roles(*ADMINS)
@once
def letter_template_switch(request: HttpRequest, key: str) -> HttpResponse:
    template = get_object_or_404(LetterTemplate, key=key)
    verbs.switch(template, person(request), on=request.POST.get("on") == "1")
    return redirect("letter_template", key)


def _page(request: HttpRequest, form: TemplateForm, template: LetterTemplate | None, *, status: int) -> HttpResponse:
    context: dict[str, Any] = {
        "form": form,
        "template": template,
        "place_groups": PLACE_GROUPS,
        "history": _history(template) if template else [],
    }
    return render(request, "appeals/letter_template.html", context, status=status)


def _words(diff: dict[str, Any]) -> str:
    names = sorted(FIELD_WORDS.get(name, name) for name in diff if name != "version")
    return f"Changed: {', '.join(names)}" if names else "Added"


def _history(template: LetterTemplate) -> list[dict[str, Any]]:
    """Who changed what, newest first, from the history that PostgreSQL keeps."""
    tracked = pghistory.models.Events.objects.tracks(template)  # type: ignore[no-untyped-call]
    events = tracked.order_by("-pgh_created_at")[:SHOWN_CHANGES]
    changes = [(event, event.pgh_context or {}, event.pgh_diff or {}) for event in events]
    people = User.objects.in_bulk([context["user"] for _, context, _ in changes if context.get("user")])
    return [
        {
            "at": event.pgh_created_at,
            "who": people.get(context.get("user")) or "The system",
            "what": _words(diff),
        }
        for event, context, diff in changes
    ]
