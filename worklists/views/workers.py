"""People at work: what each holds, their work profile, and when they are away."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import MANAGERS, WORKERS, person, roles
from accounts.last_done import say_kept
from accounts.models import User
from accounts.once import once
from accounts.refusal import Refused
from accounts.row_history import history_of, labels_of, state_of
from accounts.stale_forms import is_overtaken, say_both, status_of
from worklists.assignment import absence_lists, absences, effort
from worklists.assignment.absent import away_on
from worklists.assignment.profile_form import AbsenceForm, ProfileForm
from worklists.assignment.sharing import Plan
from worklists.models import Absence, BulkAct
from worklists.views import answers


@require_safe
@roles(*MANAGERS)
def workers(request: HttpRequest) -> HttpResponse:
    away = away_on(timezone.localdate())
    people = [(each, away.get(each.user.pk)) for each in effort.capacities(effort.workers())]
    return render(request, "worklists/workers.html", {"people": people})


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*MANAGERS)
@once
def worker(request: HttpRequest, pk: int) -> HttpResponse:
    """One person, also one who has left: their work may still have to go to somebody."""
    whose = get_object_or_404(User, pk=pk)
    profile = effort.profile_of(whose)
    is_late = request.method == "POST" and bool(profile.pk) and is_overtaken(request, profile)
    form = ProfileForm(request.POST if request.method == "POST" else None, instance=profile)
    if is_late:
        say_both(form, state_of(profile))
    if form.is_valid():
        form.save()
        say_kept(request, f"Work profile saved: {whose}.")
        return redirect("worker", whose.pk)
    context = {
        "whose": whose,
        "form": form,
        "capacity": effort.capacities([whose])[0],
        "history": history_of(profile, labels=labels_of(ProfileForm)) if profile.pk else [],
        "shown_state": state_of(profile) if profile.pk else "",
        "absences": absence_lists.of_person(whose),
    }
    return render(request, "worklists/worker.html", context, status=status_of(form))


@require_safe
@roles(*WORKERS)
def absences_page(request: HttpRequest) -> HttpResponse:
    """One's own absences; for managers everybody's."""
    return render(request, "worklists/absences.html", {"absences": absence_lists.seen_by(person(request))})


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def absence(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Days away: filled in, looked at as a preview, saved."""
    user, today = person(request), timezone.localdate()
    found = absence_lists.one(user, pk) if pk else Absence(person=user)
    step = request.POST.get("step", "")
    whose = request.GET.get("person", "")
    form = AbsenceForm(
        request.POST if request.method == "POST" else None,
        instance=found,
        by=user,
        today=today,
        initial={"person": whose} if whose else None,
    )
    if request.method != "POST" or step == "back" or not form.is_valid():
        return _ask(request, form, is_faulty=request.method == "POST" and step != "back")
    try:
        absences.check(form.instance, user, today)
        if step != "save":
            return _preview(request, form, absences.plan(form.instance, today))
        act = absences.save(form.instance, user, today)
    except Refused as refused:  # shown with the form, so that nobody loses what they chose
        form.add_error(None, refused.sentence)
        return _ask(request, form, is_faulty=True)
    answers.say_with_undo(request, _saved(act), act)
    return redirect("absences")


@require_POST
@roles(*WORKERS)
@once
def absence_end(request: HttpRequest, pk: int) -> HttpResponse:
    act = absences.call_off(absence_lists.one(person(request), pk), person(request))
    came = f" {_items(act)} came back." if act else ""
    answers.say_with_undo(request, f"The absence is over.{came}", act)
    return redirect("absences")


def _ask(request: HttpRequest, form: AbsenceForm, *, is_faulty: bool) -> HttpResponse:
    return render(request, "worklists/absence.html", {"form": form}, status=422 if is_faulty else 200)


def _preview(request: HttpRequest, form: AbsenceForm, plan: Plan) -> HttpResponse:
    context = {
        "form": form,
        "absence": form.instance,
        "plan": plan,
        "stays": absences.stays(form.instance, plan),
    }
    return render(request, "worklists/absence_preview.html", context)


def _saved(act: BulkAct | None) -> str:
    return f"Absence saved. {_items(act)} moved." if act else "Absence saved."


def _items(act: BulkAct) -> str:
    return f"{act.done:,} {'item' if act.done == 1 else 'items'}"
