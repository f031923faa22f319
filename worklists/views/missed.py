"""Missed clocks: the managers' list, and the form in which somebody says why."""

from __future__ import annotations

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import MANAGERS, WORKERS, get_visible_or_404, note_access, person, roles
from accounts.asked import whole_number
from accounts.forms import TextLines
from accounts.last_done import say_kept
from accounts.once import once
from accounts.refusal import Refused
from worklists.models import MissedClock
from worklists.views import list_position, stale
from worklists.watch import missed


class WhyForm(forms.Form):
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    why = forms.ChoiceField(label="Why it was missed", choices=[("", "Choose"), *MissedClock.Why.choices])
    explanation = forms.CharField(
        label="In words",
        required=False,
        max_length=missed.LONGEST,
        widget=TextLines(attrs={"rows": 4}),
        help_text="What would have helped? This stays with the record, with your name.",
    )


@require_safe
@roles(*MANAGERS)
def missed_clocks(request: HttpRequest) -> HttpResponse:
    user = person(request)
    queue, state = request.GET.get("queue", "")[:40], request.GET.get("state", "")[:10]
    rows = missed.records(user, queue=queue, state=state)
    found = missed.page_of(rows, whole_number(request.GET.get("after", "")))
    note_access(request, "missed_clocks")
    shown = found[: missed.PAGE_SIZE]
    context = {
        "records": shown,
        "older": shown[-1].pk if len(found) > len(shown) else None,
        "total": missed.total_of(rows),
        "queues": missed.queues_with_records(user),
        "chosen_queue": queue,
        "chosen_state": state,
    }
    return render(request, "worklists/missed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def missed_clock(request: HttpRequest, pk: int) -> HttpResponse:
    user = person(request)
    found: MissedClock = get_visible_or_404(missed.with_their_facts(MissedClock.objects.all()), user, pk=pk)
    if not missed.may_explain(found, user):
        raise Http404
    said = {"why": found.why, "explanation": found.explanation, "seen": missed.stamp_of(found)}
    form = WhyForm(request.POST or None, initial=said)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            missed.explain(found, user, **form.cleaned_data)
        except Refused as refused:  # shown with the form, so that nobody loses what they wrote
            stale.see_again(form, seen=missed.stamp_of(found))
            form.add_error(None, refused.sentence)
            status = refused.status
        else:
            say_kept(request, "Kept, with your name.")
            return redirect(list_position.opened_from(request, "", "missed_clocks" if user.may_manage else "my_day"))
    note_access(request, "work_item", found.item_id)
    return render(request, "worklists/missed_why.html", {"missed": found, "form": form}, status=status)
