"""The review calendar on screen, and the rules by which an area is governed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import ADMINS, MANAGERS, person, roles
from accounts.asked import remark
from accounts.governance import areas, reviews
from accounts.governance.areas import Area
from accounts.last_done import say_kept
from accounts.models import ReviewArea, Role, User
from accounts.once import once
from accounts.row_history import history_of, state_of
from accounts.stale_forms import is_overtaken, say_both, status_of


class ReviewAreaForm(forms.ModelForm[ReviewArea]):
    class Meta:
        model = ReviewArea
        fields = ("owner", "next_review_on", "interval_months", "author_may_approve")
        labels = {"owner": "Who keeps it"}
        widgets = {"next_review_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keepers: Any = self.fields["owner"]
        keepers.queryset = User.objects.filter(is_active=True, role__in=(Role.MANAGER, Role.ADMIN))
        keepers.empty_label = "Nobody yet"


@require_safe
@roles(*MANAGERS)
def review_calendar(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = [
        {"area": area, "row": row, "is_late": row.next_review_on is None or row.next_review_on < today}
        for area, row in reviews.calendar()
    ]
    return render(request, "governance/reviews.html", {"rows": rows, "late": sum(row["is_late"] for row in rows)})


@require_POST
@roles(*MANAGERS)
@once
def review_done(request: HttpRequest, key: str) -> HttpResponse:
    area = _area(key)
    note = remark(request.POST.get("note", ""))
    row = reviews.looked_over(area, person(request), note, today=timezone.localdate())
    say_kept(request, f"{area.title}: reviewed. The next time is {row.next_review_on:%b %-d, %Y}.")
    return redirect("reviews")


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*ADMINS)
@once
def review_area(request: HttpRequest, key: str) -> HttpResponse:
    """Who keeps an area, when it is reviewed, and whether one person is enough."""
    area = _area(key)
    row = reviews.place_of(area)
    form = ReviewAreaForm(instance=row)
    if request.method == "POST":
        row = reviews.held(area)
        is_late = is_overtaken(request, row)
        form = ReviewAreaForm(request.POST, instance=row)
        if is_late:
            say_both(form, state_of(row))
        if form.is_valid():
            form.save()
            say_kept(request, "Saved.")
            return redirect("reviews")
    context = {
        "area": area,
        "form": form,
        "history": history_of(row) if row.pk else [],
        "shown_state": state_of(row) if row.pk else "",
    }
    return render(request, "governance/review_area.html", context, status=status_of(form))


def _area(key: str) -> Area:
    found = next((area for area in areas.every_area() if area.key == key), None)
    if found is None:
        raise Http404
    return found
