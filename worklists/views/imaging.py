"""Imaging: how often each interface fails, and what is noted on one item."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from accounts.access import EVERYBODY, WORKERS, note_access, person, roles
from accounts.asked import whole_number
from accounts.once import once
from accounts.refusal import Refused
from worklists import timing
from worklists.domain.imaging import LABELS, Mark
from worklists.evidence import panel
from worklists.imaging import marking, status
from worklists.imaging.forms import MarkForm
from worklists.views import answers, list_position
from worklists.views.item import read_item, show_panel

USUAL = 90


@require_safe
@roles(*EVERYBODY)
def imaging(request: HttpRequest) -> HttpResponse:
    """The rate of failure by interface, with the number of events it rests on."""
    user = person(request)
    asked = whole_number(request.GET.get("days", ""))
    days = asked if asked in status.PERIODS else USUAL
    note_access(request, "imaging")
    interface, mark = request.GET.get("interface"), request.GET.get("step", "")
    rates = status.failure_rates(user, days)
    context = {
        "interface": interface,
        "step": LABELS[Mark(mark)] if mark in list(Mark) else "",
        "interfaces": rates,
        "failed": status.failed_of(rates, interface or "", mark),
        "failures": status.latest_failures(user, days, interface, mark),
        "days": days,
        "periods": status.PERIODS,
    }
    return render(request, "worklists/imaging.html", context)


@require_POST
@roles(*WORKERS)
@once
def item_imaging(request: HttpRequest, pk: int) -> HttpResponse:
    """Writes down what happened to the study of one item."""
    item = read_item(request, pk)
    form = MarkForm(request.POST, auto_id="imaging-%s")
    if not form.is_valid():
        return show_panel(request, item, panel.KEY, status=422, mark_form=form)
    told = form.told()
    try:
        marking.mark(item.pk, person(request), told)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return show_panel(request, item, panel.KEY, status=refused.status, mark_form=form)
    timing.note(request, item.pk, "evidence")
    said = f"Noted: {LABELS[Mark(told.mark)]}, {'done' if told.is_ok else 'failed'}."
    answers.say_added(request, said, item.pk)
    return list_position.in_panel(request, item.pk, panel.KEY)
