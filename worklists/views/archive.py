"""Documents: the archive, one file of it through the gate, and the requests for what is not here yet."""

from __future__ import annotations

from typing import Any

from csp.utils import build_policy
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import EVERYBODY, WORKERS, get_visible_or_404, note_access, person, roles
from accounts.asked import whole_number
from accounts.last_done import say_kept
from accounts.once import once
from accounts.refusal import Refused
from denials import scans
from worklists import searching
from worklists.evidence import archive, documents, panel, requesting, requests
from worklists.evidence.forms import ArchiveForm, BecauseForm, RemindForm
from worklists.models import EvidenceDocument, RecordRequest
from worklists.views import answers, list_position, stale
from worklists.wording import day

PLACE = ("before", "search")


@require_safe
@roles(*EVERYBODY)
def evidence_archive(request: HttpRequest) -> HttpResponse:
    user = person(request)
    note_access(request, "evidence_archive")
    words = searching.recall(request, request.GET.get("search", ""))
    form = ArchiveForm(request.GET, facilities=archive.facilities_for(user))
    asked = form.asked(words)
    page = archive.page_of(archive.found(user, asked), whole_number(request.GET.get("before", "")))
    items = archive.items_of(page.rows, user)
    context = {
        "form": form,
        "rows": [{"document": row, "item_pk": items.get(row.claim_id)} for row in page.rows],
        "words": words,
        "is_narrowed": asked != archive.Asked(),
        "older_url": _address(request, page.older) if page.older else "",
        "newer_url": _address(request, None) if "before" in request.GET else "",
    }
    return render(request, "worklists/archive.html", context)


@require_POST
@roles(*EVERYBODY)
def evidence_search(request: HttpRequest) -> HttpResponse:
    """Posted, so that no number of a claim stands in an address."""
    words = request.POST.get("q", "").strip()
    home = reverse("evidence_archive")
    return redirect(f"{home}?search={searching.keep(request, words)}" if words else home)


@require_safe
@roles(*EVERYBODY)
def evidence_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One document, to keep: never shown inside a page of ours, whatever it holds. A withdrawn one is for managers."""
    user = person(request)
    found: EvidenceDocument = get_visible_or_404(archive.to_download(user), user, pk=pk)
    note_access(request, "evidence_file", found.pk)
    content = documents.content_of(found)
    ending = str(found.content.name).rpartition(".")[2]
    response = HttpResponse(content, content_type=scans.media_type(content))
    response["Content-Disposition"] = f'attachment; filename="evidence-{found.pk}.{ending}"'
    response["Content-Security-Policy"] = build_policy(update={"sandbox": [True]})
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def evidence_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a wrong document out of use."""
    found: EvidenceDocument = get_visible_or_404(archive.with_claims(), person(request), pk=pk)
    note_access(request, "evidence_document", found.pk)
    back_url = list_position.opened_from(request, panel.KEY, "evidence_archive")
    form = BecauseForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                lost = documents.withdraw(found, person(request), because=form.cleaned_data["because"])
                again = f" {len(lost)} piece{'s' * (len(lost) != 1)} needed again." if lost else ""
                say_kept(request, f"Withdrawn: it is offered nowhere any more.{again}")
                return redirect(back_url)
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
    context = {"document": found, "form": form, "back_url": back_url}
    return render(request, "worklists/document_withdraw.html", context, status=status)


@require_safe
@roles(*EVERYBODY)
def record_requests(request: HttpRequest) -> HttpResponse:
    user, today = person(request), timezone.localdate()
    part = request.GET.get("part", "")
    part = part if part in requests.PARTS else requests.OVERDUE
    to = request.GET.get("to", "")
    to = to if to in RecordRequest.To.values else ""
    note_access(request, "record_requests")
    counts = requests.counts(user, today)
    context = {
        "rows": requests.rows_of(requests.part_of(user, part, today, to), today),
        "part": part,
        "to": to,
        "tabs": [
            {
                "url": f"?part={key}",
                "label": label,
                "count": counts.get(key),
                "is_current": key == part,
            }
            for key, label in requests.PARTS.items()
        ],
        "recipients": RecordRequest.To.choices,
        "most": requests.LISTED,
    }
    return render(request, "worklists/record_requests.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def record_request_act(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Writes down a reminder, or withdraws the request."""
    if action not in ("remind", "withdraw"):
        raise Http404
    found: RecordRequest = get_visible_or_404(requests.with_their_facts(), person(request), pk=pk)
    note_access(request, "record_request", found.pk)
    back_url = list_position.opened_from(request, panel.KEY, "record_requests")
    data = request.POST if request.method == "POST" else None
    form: Any = RemindForm(data, initial={"seen": found.reminders}) if action == "remind" else BecauseForm(data)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                _act(found, action, request, form.cleaned_data)
                return redirect(back_url)
            except Refused as refused:
                stale.see_again(form, seen=found.reminders)
                form.add_error(None, refused.sentence)
                status = refused.status
    row = requests.row_of(found, timezone.localdate())
    context = {"asked": found, "row": row, "form": form, "act": action, "back_url": back_url}
    return render(request, "worklists/record_request.html", context, status=status)


def _act(found: RecordRequest, action: str, request: HttpRequest, given: dict[str, Any]) -> None:
    user, today = person(request), timezone.localdate()
    if action == "remind":
        due = requesting.remind(found, user, today=today, **given).due_on
        still = f"It is still overdue, since {day(due)}" if due < today else f"It is due on {day(due)}"
        last = found.item.can_wait_until(today)
        late = f" That is after {day(last)}, the last safe day of item {found.item_id}." if last and last < due else ""
        answers.say_added(request, f"The reminder is noted. {still}.{late}", found.item_id)
    else:
        requesting.withdraw(found, user, because=given["because"], today=today)
        said = "The request is withdrawn; what it asked for is needed again."
        answers.say_added(request, said, found.item_id)


def _address(request: HttpRequest, before: int | None) -> str:
    query = request.GET.copy()
    query.pop("before", None)
    if before:
        query["before"] = str(before)
    return f"{reverse('evidence_archive')}?{query.urlencode()}"
