"""Denials entered by hand, and the scans behind them."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import EVERYBODY, WORKERS, get_visible_or_404, note_access, person, roles
from accounts.last_done import say_kept
from accounts.once import once
from denials import entering, files
from denials.entry_form import Filled
from denials.models import EnteredFrom, RemittanceFile

RECORDED = (
    "Entered in your name. When the payer's own remittance says the same later, it is recognised: the denial is worked"
    " once and counted once."
)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def enter_denial(request: HttpRequest) -> HttpResponse:
    """`more` adds a line, `check` says whether the amounts balance; both keep what was typed and record nothing."""
    if request.method != "POST":
        return render(request, "denials/enter.html", {"filled": Filled(person(request))})
    filled = Filled(person(request), request.POST, request.FILES)
    if "more" in request.POST:
        return render(request, "denials/enter.html", {"filled": filled, "keep_quiet": True})
    is_valid = filled.is_valid()
    if not is_valid or "check" in request.POST:
        context = {"filled": filled, "balances": is_valid}
        return render(request, "denials/enter.html", context, status=200 if is_valid else 422)
    return _record(request, filled)


def _record(request: HttpRequest, filled: Filled) -> HttpResponse:
    payment = filled.payment()
    if known := entering.already_recorded(payment, payment.claims[0]):
        return render(request, "denials/enter.html", {"filled": filled, "known": known}, status=422)
    source = EnteredFrom(filled.form.cleaned_data["source"])
    file = entering.enter([payment], source, person(request), filled.form.cleaned_data["scan"])
    say_kept(request, RECORDED)
    return redirect("remittance_file", pk=file.pk)


@require_safe
@roles(*EVERYBODY)
def entry_original(request: HttpRequest, pk: int) -> HttpResponse:
    """The scan behind an entry; a sheet only for who may see all that is in it."""
    user = person(request)
    file: RemittanceFile = get_visible_or_404(files.with_their_entry(), user, pk=pk)
    entry = getattr(file, "entry", None)
    is_hidden = entry is not None and entry.source == EnteredFrom.SHEET and not files.may_see_whole(file, user)
    if entry is None or not entry.original or is_hidden:
        raise Http404
    note_access(request, "entry_original", file.pk)
    with entry.original.open() as kept:
        response = HttpResponse(kept.read(), content_type=entry.media_type)
    ending = str(entry.original).rpartition(".")[2]
    response["Content-Disposition"] = f'attachment; filename="entry-{file.pk}.{ending}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
