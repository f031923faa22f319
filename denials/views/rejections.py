"""What receivers rejected, apart from denials; and one answer of an acknowledgment with its segments."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import EVERYBODY, get_visible_or_404, note_access, person, roles
from accounts.asked import whole_number
from accounts.last_done import say_kept
from accounts.once import once
from accounts.row_history import history_of, state_of
from accounts.stale_forms import is_overtaken, say_both, status_of
from denials import rejections as queries
from denials.models import Acknowledgment, Rejection
from denials.rejection_form import RejectionForm
from denials.sources import segments_of_answer


@require_safe
@roles(*EVERYBODY)
def rejections(request: HttpRequest) -> HttpResponse:
    user, state = person(request), request.GET.get("state", "")
    if state not in Rejection.State.values:
        state = Rejection.State.OPEN
    page = queries.page_of(user, state, whole_number(request.GET.get("before", "")))
    counts = queries.counts(user)
    tabs = [
        {
            "url": f"{reverse('rejections')}?state={each.value}",
            "label": each.label,
            "count": counts.get(each.value, 0),
            "is_current": each.value == state,
        }
        for each in Rejection.State
    ]
    note_access(request, "rejections")
    return render(request, "denials/rejections.html", {"page": page, "tabs": tabs, "state": state})


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*EVERYBODY)
@once
def acknowledgment(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody reads; who works says who sees to a rejection and what was done."""
    user = person(request)
    if request.method == "POST" and not user.may_work:
        raise PermissionDenied
    answer: Acknowledgment = get_visible_or_404(queries.answers(), user, pk=pk)
    rejection = queries.rejection_of(answer)
    form = RejectionForm(instance=rejection) if rejection and user.may_work else None
    if request.method == "POST":
        if rejection is None or form is None:
            raise PermissionDenied
        is_late = is_overtaken(request, rejection)
        form = RejectionForm(request.POST, instance=rejection)
        if is_late:
            say_both(form, state_of(rejection))
        if form.is_valid():
            form.save()
            say_kept(request, "Saved, with your name.")
            return redirect("acknowledgment", pk=answer.pk)
        rejection.refresh_from_db()
    note_access(request, "acknowledgment", answer.pk)
    context = {
        "answer": answer,
        "rejection": rejection,
        "reasons": queries.reasons_of(answer),
        "segments": segments_of_answer(answer),
        "form": form,
        "history": history_of(rejection) if rejection else [],
        "shown_state": state_of(rejection) if rejection else "",
        **queries.about(answer, user),
    }
    status = status_of(form) if form is not None else 200
    return render(request, "denials/acknowledgment.html", context, status=status)
