"""Imaging: how often each interface fails, sheets of events, and what is noted on one item."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import EVERYBODY, WORKERS, get_visible_or_404, note_access, person, roles
from accounts.asked import whole_number
from accounts.once import once
from accounts.refusal import Refused
from worklists import timing
from worklists.evidence import panel
from worklists.imaging import marking, sheets, status
from worklists.imaging.forms import MarkForm, SheetForm
from worklists.models import ImagingSheet
from worklists.views import places
from worklists.views.item import read_item, show_panel

MOST_FAULTS = 100
USUAL = 90


@require_safe
@roles(*EVERYBODY)
def imaging(request: HttpRequest) -> HttpResponse:
    """The rate of failure by interface, with the number of events it rests on."""
    user = person(request)
    asked = whole_number(request.GET.get("days", ""))
    days = asked if asked in status.PERIODS else USUAL
    note_access(request, "imaging")
    context = {
        "interfaces": status.failure_rates(user, days),
        "failures": status.latest_failures(user, days),
        "days": days,
        "periods": status.PERIODS,
    }
    return render(request, "worklists/imaging.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def imaging_sheets(request: HttpRequest) -> HttpResponse:
    user = person(request)
    form = SheetForm(request.POST or None, request.FILES or None, user=user)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["sheet"]
        try:
            received = sheets.receive(sent.file, sent.name, user, form.cleaned_data["facility"])
        except Refused as refusal:
            form.add_error("sheet", refusal.sentence)
        else:
            if not received.is_new:
                messages.info(request, "This sheet was brought in before, byte for byte. Nothing was added or changed.")
            return redirect("imaging_sheet", received.sheet.pk)
    context = {"form": form, "rows": status.sheets(user)}
    return render(request, "worklists/imaging_sheets.html", context, status=422 if request.method == "POST" else 200)


@require_safe
@roles(*WORKERS)
def imaging_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Every row checked, and what recording would do."""
    found = _sheet(request, pk)
    context: dict[str, object] = {"sheet": found}
    if found.recorded_at is None:
        checked = sheets.check(found)
        context |= {"checked": checked, "faulty": checked.faulty[:MOST_FAULTS]}
        context["more"] = len(checked.faulty) - MOST_FAULTS
    return render(request, "worklists/imaging_sheet.html", context)


@require_POST
@roles(*WORKERS)
@once
def imaging_sheet_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    recorded = sheets.confirm(_sheet(request, pk), person(request))
    messages.success(request, f"{recorded.counts['recorded']} events recorded.")
    return redirect("imaging_sheet", recorded.pk)


@require_safe
@roles(*WORKERS)
def imaging_sheet_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that are not recorded, with the reasons, as CSV."""
    found = _sheet(request, pk)
    content = sheets.report_of(found, sheets.check(found))
    response = HttpResponse(content.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="imaging-{found.pk}-not-recorded.csv"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_POST
@roles(*WORKERS)
@once
def item_imaging(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes down what happened to the study of one item."""
    item = read_item(request, pk)
    form = MarkForm(request.POST, auto_id="imaging-%s")
    if not form.is_valid():
        return show_panel(request, item, panel.KEY, status=422, mark_form=form)
    try:
        marking.mark(item.pk, person(request), form.told())
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return show_panel(request, item, panel.KEY, status=refused.status, mark_form=form)
    timing.note(request, item.pk, "evidence")
    messages.success(request, "Noted.")
    return places.to_panel(request, item.pk, panel.KEY)


def _sheet(request: HttpRequest, pk: int) -> ImagingSheet:
    found: ImagingSheet = get_visible_or_404(sheets.with_their_facts(), person(request), pk=pk)
    note_access(request, "imaging_sheet", found.pk)
    return found
