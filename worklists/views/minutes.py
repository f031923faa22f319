"""One's own minutes: shown to nobody else, and put right by oneself."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import WORKERS, person, roles
from accounts.last_done import say_kept
from accounts.once import once
from worklists import minutes


class MinutesForm(forms.Form):
    template_name = "components/form.html"
    minutes = forms.IntegerField(
        label="Minutes", min_value=0, max_value=minutes.LONGEST, help_text="As long as it really took you."
    )


@require_safe
@roles(*WORKERS)
def my_minutes(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    spent = minutes.of(person(request), today)
    context = {"spent": spent, "today_minutes": minutes.total(spent, today), "days": minutes.DAYS}
    return render(request, "worklists/my_minutes.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def minutes_correct(request: HttpRequest, pk: int) -> HttpResponse:
    row = minutes.one(person(request), pk)
    now = row.seconds if row.corrected_seconds is None else row.corrected_seconds
    form = MinutesForm(request.POST if request.method == "POST" else None, initial={"minutes": minutes.in_minutes(now)})
    if not form.is_valid():
        context = {"form": form, "spent": row, "counted": minutes.in_minutes(row.seconds)}
        return render(request, "worklists/minutes_correct.html", context, status=422 if form.is_bound else 200)
    said, counted = form.cleaned_data["minutes"], minutes.in_minutes(row.seconds)
    minutes.correct(row, person(request), said)
    say_kept(request, f"{said} min now count on item {row.item_id}; {counted} min were counted.")
    return redirect("my_minutes")
