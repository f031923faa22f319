"""Sheets: brought in, columns named, checked row by row, recorded."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import WORKERS, get_visible_or_404, note_access, person, roles
from accounts.last_done import say_kept
from accounts.once import once
from accounts.refusal import Refused
from denials import sheet_lists
from denials import sheets as verbs
from denials.models import Sheet
from denials.sheet_forms import ColumnsForm, SheetForm
from denials.sheet_kinds import KINDS

SAMPLE = 3
MOST_FAULTS = 100


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def sheets(request: HttpRequest) -> HttpResponse:
    form = SheetForm(request.POST or None, request.FILES or None, initial={"kind": request.GET.get("kind", "")})
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data["sheet"]
        try:
            kind = KINDS[form.cleaned_data["kind"]]
            received = verbs.receive(sent.file, sent.name, person(request), None, kind)
        except Refused as refusal:
            form.add_error("sheet", refusal.sentence)
        else:
            if not received.is_new:
                messages.info(request, "This sheet was brought in before, byte for byte. Nothing was added or changed.")
            return redirect("sheet", pk=received.sheet.pk)
    rows = [{"sheet": row, "kind": KINDS[row.kind]} for row in sheet_lists.newest(person(request))]
    status = 422 if request.method == "POST" else 200
    return render(request, "denials/sheets.html", {"form": form, "rows": rows}, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """Which column means what; once that is said, what recording would do."""
    user = person(request)
    found: Sheet = _found(request, pk)
    note_access(request, "sheet", found.pk)
    table = verbs.table_of(found)
    form = ColumnsForm(found, table.columns, user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            verbs.name_columns(found, form.columns(), form.cleaned_data["facility"], user)
        except Refused as refusal:
            form.add_error(None, refusal.sentence)
        else:
            return redirect("sheet", pk=found.pk)
    context: dict[str, Any] = {"sheet": found, "form": form, "table": table, "sample": table.rows[:SAMPLE]}
    context["kind"] = KINDS[found.kind]
    faulty = []
    is_mapped = found.state == Sheet.State.MAPPED
    if found.state == Sheet.State.RECORDED:
        faulty = verbs.left_out(found, user)
    elif not form.errors and (is_mapped or (context["kind"].words and not form.not_found)):
        checked = verbs.check(found, user)
        context["understood"] = verbs.understood(found, table, checked)
        if is_mapped:
            context["checked"], faulty = checked, verbs.faulty_rows(checked)
            context["doubts"], context["more_doubts"] = checked.doubts[:MOST_FAULTS], len(checked.doubts) - MOST_FAULTS
    context["faulty"], context["more"] = faulty[:MOST_FAULTS], len(faulty) - MOST_FAULTS
    return render(request, "denials/sheet.html", context, status=422 if request.method == "POST" else 200)


@require_POST
@roles(*WORKERS)
@once
def sheet_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    recorded = verbs.confirm(_found(request, pk), person(request))
    left = f" Rows left out, named in the report: {recorded.skipped}." if recorded.skipped else ""
    if recorded.file_id is None:
        say_kept(request, f"The sheet is recorded in your name.{left}")
        return redirect("sheet", pk=recorded.pk)
    say_kept(request, f"The sheet is being recorded in your name.{left}")
    return redirect("remittance_file", pk=recorded.file_id)


@require_safe
@roles(*WORKERS)
def sheet_report(request: HttpRequest, pk: int) -> HttpResponse:
    """The rows that are not recorded, with the reasons, as CSV."""
    found: Sheet = _found(request, pk)
    note_access(request, "sheet_report", found.pk)
    content = verbs.report_of(found, verbs.left_out(found, person(request)))
    response = HttpResponse(content.encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="sheet-{found.pk}-not-recorded.csv"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _found(request: HttpRequest, pk: int) -> Any:
    return get_visible_or_404(sheet_lists.with_their_facts(), person(request), pk=pk)
