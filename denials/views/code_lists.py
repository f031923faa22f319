"""Bringing in a list of codes: upload, look at what it changes, apply it or throw it away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import ADMINS, person, roles
from accounts.last_done import say_kept
from accounts.once import once
from accounts.refusal import Refused
from denials import code_lists as verbs
from denials.code_list_form import CodeListForm, ColumnsForm
from denials.models import CodeList

SHOWN = 30


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*ADMINS)
@once
def code_lists(request: HttpRequest) -> HttpResponse:
    """The lists that were brought in, and the form for the next one."""
    if request.method != "POST":
        return _lists(request, CodeListForm())
    form = CodeListForm(request.POST, request.FILES)
    if not form.is_valid():
        return _lists(request, form, status=422)
    given, file = form.cleaned_data, form.cleaned_data["file"]
    about = {name: given[name] for name in ("system", "kind", "list_version", "listed_on", "licence")}
    try:
        row = verbs.upload(person(request), file.name, file.read(verbs.MOST_READ), **about)
    except Refused as refused:
        form.add_error("file", refused.sentence)
        return _lists(request, form, status=refused.status)
    return redirect("code_list", row.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*ADMINS)
@once
def code_list(request: HttpRequest, pk: int) -> HttpResponse:
    """What the list would change. POST says which column holds what."""
    row = get_object_or_404(verbs.with_their_people(), pk=pk)
    form = ColumnsForm(request.POST if request.method == "POST" else None, row=row)
    if form.is_bound and form.is_valid():
        verbs.map_columns(row, form.mapping())
        return redirect("code_list", pk)
    is_open = row.state == CodeList.State.UPLOADED
    preview = verbs.preview(row, person(request)) if is_open else None
    context = {"list": row, "form": form, "is_open": is_open, "preview": preview}
    return render(request, "denials/code_list.html", context, status=422 if form.errors else 200)


@require_POST
@roles(*ADMINS)
@once
def code_list_apply(request: HttpRequest, pk: int) -> HttpResponse:
    row = verbs.apply(get_object_or_404(CodeList, pk=pk), person(request))
    say_kept(request, "The list is applied. Open items with its codes are read again.")
    return redirect("code_list", row.pk)


@require_POST
@roles(*ADMINS)
@once
def code_list_discard(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.discard(get_object_or_404(CodeList, pk=pk))
    say_kept(request, "Thrown away. No code was changed.")
    return redirect("code_lists")


def _lists(request: HttpRequest, form: CodeListForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "lists": verbs.latest(SHOWN)}
    return render(request, "denials/code_lists.html", context, status=status)
