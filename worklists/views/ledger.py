"""The ledger of what was lost: totals, the list behind each number, the second look, and the export."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import MANAGERS, get_visible_or_404, note_access, person, roles
from accounts.asked import whole_number
from accounts.forms import TextLines
from accounts.last_done import say_kept
from accounts.once import once
from accounts.refusal import Refused
from worklists.models import Loss
from worklists.watch import ledger as verbs
from worklists.watch import ledger_pages
from worklists.watch.ledger_pages import Chosen


class LookForm(forms.Form):
    decision = forms.ChoiceField(
        label="Decision",
        choices=[("accept", "Accept: nothing more is to be done"), ("reopen", "Reopen: work it again")],
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label="Why", max_length=300, widget=TextLines(attrs={"rows": 3}))


@require_safe
@roles(*MANAGERS)
def ledger(request: HttpRequest) -> HttpResponse:
    user, chosen = person(request), _chosen(request)
    rows = chosen.of(user)
    found = ledger_pages.page_of(rows, whole_number(request.GET.get("after", "")))
    note_access(request, "ledger")
    shown = found[: ledger_pages.PAGE_SIZE]
    query = request.GET.copy()
    query.pop("after", None)
    context = {
        "totals": ledger_pages.totals(user, timezone.localdate()),
        "listed": ledger_pages.counted(rows),
        "records": shown,
        "older": shown[-1].pk if len(found) > len(shown) else None,
        "chosen": chosen,
        "kinds": Loss.Kind.choices,
        "looks": Loss.Look.choices,
        "query": query.urlencode(),
    }
    return render(request, "worklists/ledger.html", context)


@require_safe
@roles(*MANAGERS)
def ledger_export(request: HttpRequest) -> HttpResponse:
    note_access(request, "ledger_export")
    lines = ledger_pages.as_csv(_chosen(request).of(person(request)))
    response = HttpResponse("".join(lines).encode("utf-8-sig"), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="ledger.csv"'
    response["Cache-Control"] = "no-store"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*MANAGERS)
@once
def loss(request: HttpRequest, pk: int) -> HttpResponse:
    found: Loss = get_visible_or_404(ledger_pages.with_their_facts(), person(request), pk=pk)
    form = LookForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_bound and form.is_valid():
        verb = verbs.reopen if form.cleaned_data["decision"] == "reopen" else verbs.accept
        try:
            looked = verb(found, person(request), reason=form.cleaned_data["reason"])
            say_kept(request, f"{looked.get_look_display()}, with your name and reason.")
            return redirect("ledger")
        except Refused as refused:
            form.add_error(None, refused.sentence)
            status = refused.status
    note_access(request, "work_item", found.item_id)
    return render(request, "worklists/loss.html", {"loss": found, "form": form}, status=status)


def _chosen(request: HttpRequest) -> Chosen:
    asked = {name: request.GET.get(name, "")[:10] for name in ("kind", "month", "look")}
    return Chosen(**asked)
