"""Remittance files: upload, see first what recording would do, confirm, watch, and decide what is held."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import EVERYBODY, MANAGERS, WORKERS, get_visible_or_404, note_access, person, roles
from accounts.asked import whole_number
from accounts.last_done import left_nothing, say_kept
from accounts.once import once
from denials import files
from denials import intake as verbs
from denials.forms import DecisionForm, UploadForm
from denials.keeping import open_kept
from denials.models import Remittance, RemittanceFile


@require_safe
@roles(*EVERYBODY)
def intake(request: HttpRequest) -> HttpResponse:
    return _list(request, UploadForm())


@require_POST
@roles(*WORKERS)
@once
def upload(request: HttpRequest) -> HttpResponse:
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=422)
    sent = form.cleaned_data["file"]
    received = verbs.receive(sent.file, sent.name, person(request))
    if not received.is_new:
        messages.info(request, "This file was received before, byte for byte. Nothing was added or changed.")
    else:
        left_nothing(request)
    if not files.may_open(person(request), received.file):
        return redirect("intake")  # somebody else sent it first, and it pays no facility of this person
    return redirect("remittance_file", pk=received.file.pk)


@require_safe
@roles(*EVERYBODY)
def remittance_file(request: HttpRequest, pk: int) -> HttpResponse:
    file: RemittanceFile = get_visible_or_404(RemittanceFile.objects.all(), person(request), pk=pk)
    note_access(request, "remittance_file", file.pk)
    return render(request, "denials/file.html", _file_context(request, file))


@require_safe
@roles(*EVERYBODY)
def file_progress(request: HttpRequest, pk: int) -> HttpResponse:
    """The part of the page that asks again until the job is finished; then it has the whole page loaded anew.

    That takes two answers: the first ends the asking. Until a large page has come, whoever still asks would be told to
    load it anew each time, and would never see it.
    """
    file: RemittanceFile = get_visible_or_404(RemittanceFile.objects.all(), person(request), pk=pk)
    progress = files.progress_of(file)
    response = render(request, "denials/file.html#progress", {"file": file, "progress": progress})
    if not progress.is_running and "finished" in request.GET:
        response["HX-Refresh"] = "true"
    return response


@require_POST
@roles(*WORKERS)
@once
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    file: RemittanceFile = get_visible_or_404(RemittanceFile.objects.all(), person(request), pk=pk)
    verbs.confirm(file, person(request))
    left_nothing(request)
    return redirect("remittance_file", pk=file.pk)


@require_POST
@roles(*MANAGERS)
@once
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """A manager lets a held payment go on, or sets it aside."""
    remittance: Remittance = get_visible_or_404(Remittance.objects.all(), person(request), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        context = _file_context(request, remittance.file) | {"decision_form": form, "deciding": remittance.pk}
        return render(request, "denials/file.html", context, status=422)
    verb = verbs.release if form.cleaned_data["decision"] == "release" else verbs.set_aside
    verb(remittance, person(request), form.cleaned_data["reason"])
    say_kept(request, "Your decision is kept with your name and reason.")
    return redirect("remittance_file", pk=remittance.file_id)


@require_safe
@roles(*MANAGERS)
def original(request: HttpRequest, pk: int) -> HttpResponse:
    """The bytes as they came, for who may see all that is in them."""
    file: RemittanceFile = get_visible_or_404(
        RemittanceFile.objects.readable_by(person(request)), person(request), pk=pk
    )
    if file.kind == RemittanceFile.Kind.ENTRY:
        raise Http404  # no payer sent it: its scan is what can be had
    note_access(request, "remittance_original", file.pk)
    name = f"remittance-{file.pk}.835" if file.kind == RemittanceFile.Kind.REMITTANCE else f"answers-{file.pk}.edi"
    content = FileResponse(open_kept(str(file.content.name)), as_attachment=True, filename=name)
    return cast(HttpResponse, content)


def _list(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    only_held = request.GET.get("part") == "held"
    page = files.page_of_files(person(request), whole_number(request.GET.get("before", "")), only_held=only_held)
    context = {"page": page, "form": form, "only_held": only_held}
    return render(request, "denials/intake.html", context, status=status)


def _file_context(request: HttpRequest, file: RemittanceFile) -> dict[str, Any]:
    user = person(request)
    return {
        "file": file,
        "preview": files.preview_for(file, user),
        "payments": files.listed_payments(file, user),
        "progress": files.progress_of(file),
        "outcomes": files.outcomes_of(file, user),
        "findings": files.findings_of(file, user),
        "decision_form": DecisionForm(),
        "may_open_original": files.may_see_whole(file, user),
        **files.answers_of(file, user),
        **files.entry_of(file, user),
    }
