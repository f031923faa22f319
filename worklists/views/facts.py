"""Writing down what no remittance tells about an item's claim, and saying that it was wrong."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from accounts.access import WORKERS, person, roles
from accounts.once import once
from accounts.refusal import Refused
from denials import told
from denials.domain.told_rows import COLUMNS
from worklists import facts
from worklists.context import lines_of, services_of
from worklists.fact_forms import FactForm, WithdrawForm
from worklists.models import WorkItem
from worklists.views import answers, list_position
from worklists.views.item import read_item


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def item_fact(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A form for one fact of this kind, with what the item knows already filled in."""
    if kind not in COLUMNS:
        raise Http404
    user, item = person(request), read_item(request, pk)
    asked = request.POST if request.method == "POST" else None
    form = FactForm(kind, timezone.localdate(), asked, initial=_known(item))
    if form.is_valid():
        try:
            facts.add(item.pk, user, kind, form.cleaned_data).or_refuse()
        except Refused as refused:
            form.add_error(None, refused.sentence)
        else:
            answers.say_added(request, facts.ADDED[kind], item.pk)
            return list_position.to_panel(request, item.pk, "context")
    context = {"item": item, "claim": item.claim, "form": form, "heading": told.CALLED[kind], "kind": kind}
    return render(request, "worklists/fact.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def item_fact_withdraw(request: HttpRequest, pk: int, kind: str, fact_pk: int) -> HttpResponse:
    if kind not in COLUMNS:
        raise Http404
    user, item = person(request), read_item(request, pk)
    fact = told.one_about(item.claim, kind, fact_pk, also_withdrawn=request.method == "POST")
    if fact is None:
        raise Http404
    form = WithdrawForm(request.POST if request.method == "POST" else None)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            facts.withdraw(item.pk, user, kind, fact, form.cleaned_data["because"]).or_refuse()
        except Refused as refused:  # shown with the form, so that nobody loses what they wrote
            form.add_error(None, refused.sentence)
            status = refused.status
        else:
            answers.say_added(request, "Withdrawn. It stays to be read, with your reason.", item.pk)
            return list_position.to_panel(request, item.pk, "context")
    context = {"item": item, "claim": item.claim, "form": form, "fact": fact, "heading": told.CALLED[kind]}
    return render(request, "worklists/fact_withdraw.html", context, status=status)


def _known(item: WorkItem) -> dict[str, object]:
    """Nothing that the claim says is typed again."""
    procedures = dict.fromkeys(service.procedure for service in services_of(item, lines_of(item)) if service.procedure)
    return {"checked_on": timezone.localdate(), "noted_on": timezone.localdate(), "procedures": ", ".join(procedures)}
