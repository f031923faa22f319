"""The evidence of one item: its list, documents brought in and used again, steps of a piece, and what is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import WORKERS, person, roles
from accounts.models import User
from accounts.once import once
from accounts.refusal import Refused
from worklists import timing
from worklists.domain.evidence import STEPS, is_allowed
from worklists.evidence import archive, documents, gathering, panel, requesting
from worklists.evidence.checklist import AS_SEEN, Checklist, checklist_of
from worklists.evidence.forms import AddForm, ElsewhereForm, PiecesForm, RequestForm, StepForm, UploadForm, UseForm
from worklists.models import WorkItem
from worklists.views import answers, list_position
from worklists.views.item import read_item, show_panel

SAME = "This very file was kept with the claim already: it was used again, not kept twice."
SAID = {"request": "The records are asked for.", "elsewhere": "Received, and to be verified."}
"""After steps that ask for no reason."""
ELSEWHERE = "The very same file is kept with another claim too. Make sure that it is about this patient."

RESTRICTED = (
    "It opens without a password, but whoever made it lets nobody print it, so a payer's portal or a fax service may"
    " refuse it. Better bring one that is not restricted, and withdraw this one."
)


@require_POST
@roles(*WORKERS)
@once
def item_upload(request: HttpRequest, pk: int) -> HttpResponse:
    """Keeps a document and has it show pieces."""
    item = read_item(request, pk)
    listed, today = checklist_of(item), timezone.localdate()
    form = UploadForm(request.POST, request.FILES, lines=listed.to_gather, today=today, auto_id="upload-%s")

    def keep(user: User, given: dict[str, Any]) -> None:
        scan, name = given["file"]
        kept = documents.keep(item.pk, user, scan, name, form.about(), given["piece"])
        if not kept.is_new:
            messages.info(request, SAME)
        if kept.is_elsewhere:
            messages.warning(request, ELSEWHERE)
        if kept.is_restricted:
            messages.warning(request, RESTRICTED)

    return _try(request, item, "upload", form, keep, "Kept, and to be verified.")


@require_POST
@roles(*WORKERS)
@once
def item_use(request: HttpRequest, pk: int) -> HttpResponse:
    """Uses a document of the same claim again."""
    item = read_item(request, pk)
    kept = list(archive.of_claim(item.claim_id))
    form = UseForm(request.POST, lines=checklist_of(item).to_gather, kept=kept, auto_id="use-%s")

    def use(user: User, given: dict[str, Any]) -> None:
        documents.use(item.pk, user, given["document"], given["piece"])

    return _try(request, item, "use", form, use, "Used, and to be verified.")


@require_POST
@roles(*WORKERS)
@once
def item_piece_add(request: HttpRequest, pk: int) -> HttpResponse:
    item = read_item(request, pk)
    form = AddForm(request.POST, auto_id="add-%s")

    def add(user: User, given: dict[str, Any]) -> None:
        gathering.add(item.pk, user, given["name"])

    return _try(request, item, "add", form, add, "It is on the list now.")


@require_POST
@roles(*WORKERS)
@once
def item_verify(request: HttpRequest, pk: int) -> HttpResponse:
    """Verifying needs no words: the one step that is a single press."""
    item = read_item(request, pk)
    try:
        gathering.take_step(item.pk, person(request), "verify", request.POST.getlist("piece"))
    except Refused as refused:
        return show_panel(request, item, panel.KEY, status=refused.status, refused=refused.sentence)
    timing.note(request, item.pk, "evidence")
    answers.say_added(request, "Verified.", item.pk)
    return list_position.in_panel(request, item.pk, panel.KEY)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def item_evidence_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """A step that needs words, as a page of its own: why, where it is, or of whom it is asked."""
    if step not in WORDED:
        raise Http404
    item = read_item(request, pk)
    label, make, verb = WORDED[step]
    form = make(request, _fitting(checklist_of(item), step, request.POST.getlist("piece")))
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                verb(item, person(request), form)
                timing.note(request, item.pk, "evidence")
                answers.say_added(request, SAID.get(step, f"{label}. Your reason is kept."), item.pk)
                return list_position.to_panel(request, item.pk, panel.KEY)
            except Refused as refused:
                form.see_again()
                form.add_error(None, refused.sentence)
                status = refused.status
    context = {"item": item, "step_label": label, "asks": step == "request", "form": form}
    return render(request, "worklists/evidence_step.html", context, status=status)


def _try(
    request: HttpRequest,
    item: WorkItem,
    name: str,
    form: forms.Form,
    verb: Callable[[User, dict[str, Any]], None],
    said: str,
) -> HttpResponse:
    if not form.is_valid():
        return show_panel(request, item, panel.KEY, status=422, **{name: form})
    try:
        verb(person(request), form.cleaned_data)
    except Refused as refused:
        if isinstance(form, PiecesForm):
            form.see_again()
        form.add_error(None, refused.sentence)
        return show_panel(request, item, panel.KEY, status=refused.status, **{name: form})
    timing.note(request, item.pk, "evidence")
    answers.say_added(request, said, item.pk)
    return list_position.in_panel(request, item.pk, panel.KEY)


def _fitting(listed: Checklist, step: str, sent: list[str]) -> Checklist:
    """The pieces that the step may be done to as they stand, and those sent: the verb says what became of them."""
    name = "receive" if step == "elsewhere" else step
    asked = {each.partition(AS_SEEN)[0] for each in sent}
    return Checklist([line for line in listed.to_gather if is_allowed(name, line.state) or line.slug in asked])


def _asked(request: HttpRequest, listed: Checklist) -> dict[str, Any]:
    """The pieces of a form, and those that its address ticks."""
    return {"lines": listed.lines, "picked": request.GET.getlist("piece")}


def _because(request: HttpRequest, listed: Checklist) -> PiecesForm:
    return StepForm(request.POST if request.method == "POST" else None, **_asked(request, listed))


def _elsewhere(request: HttpRequest, listed: Checklist) -> PiecesForm:
    return ElsewhereForm(request.POST if request.method == "POST" else None, **_asked(request, listed))


def _request(request: HttpRequest, listed: Checklist) -> PiecesForm:
    data = request.POST if request.method == "POST" else None
    return RequestForm(data, today=timezone.localdate(), **_asked(request, listed))


def _take(step: str) -> Callable[[WorkItem, User, Any], object]:
    def take(item: WorkItem, user: User, form: Any) -> None:
        given = form.cleaned_data
        gathering.take_step(item.pk, user, step, given["piece"], because=given["because"])

    return take


def _receive_elsewhere(item: WorkItem, user: User, form: Any) -> None:
    given = form.cleaned_data
    gathering.receive_elsewhere(item.pk, user, given["piece"], held_at=given["held_at"])


def _ask(item: WorkItem, user: User, form: Any) -> None:
    requesting.ask(item.pk, user, form.cleaned_data["piece"], form.asking(), today=timezone.localdate())


Make = Callable[[HttpRequest, Checklist], PiecesForm]
WORDED: dict[str, tuple[str, Make, Callable[[WorkItem, User, Any], object]]] = {
    "request": ("Ask for records", _request, _ask),
    "elsewhere": ("It is here, but not as a file", _elsewhere, _receive_elsewhere),
    **{name: (STEPS[name].label, _because, _take(name)) for name in STEPS if STEPS[name].needs_why},
}
