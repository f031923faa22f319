"""Questions to a team: the list of those who answer, one question with its answer, and its withdrawal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import ANSWERERS, SIGNED_IN, WORKERS, get_visible_or_404, note_access, person, roles
from accounts.last_done import say_kept
from accounts.models import Team
from accounts.once import once
from accounts.refusal import Refused
from denials import scans
from worklists import asking, clarifications
from worklists.asking_forms import PassOnForm, ReplyForm
from worklists.forms import ReasonForm
from worklists.models import Clarification
from worklists.views import list_position

OPEN, ENDED = "open", "ended"


@require_safe
@roles(*ANSWERERS)
def questions(request: HttpRequest) -> HttpResponse:
    """What the teams of this person were asked. It shows who and when, and never the money."""
    user = person(request)
    note_access(request, "questions")
    waiting = list(clarifications.with_what_answering_needs(clarifications.open_for(user)))
    shows_ended = request.GET.get("part") == ENDED
    rows = clarifications.ended_for(user) if shows_ended else waiting
    context = {
        "rows": clarifications.with_reasons(rows),
        "waiting": len(waiting),
        "shows_ended": shows_ended,
        "teams": list(user.teams.all()),
    }
    return render(request, "worklists/questions.html", context)


@require_safe
@roles(*ANSWERERS)
def question(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _question(request, pk), {})


@require_POST
@roles(*ANSWERERS)
@once
def question_action(request: HttpRequest, pk: int, action: str) -> HttpResponse:
    """Answers the question, or passes it on. A form with something wrong comes back with what was written."""
    found = _question(request, pk)
    if action not in ("answer", "pass"):
        raise Http404
    form = _forms(found, {action: request})[action]
    if not form.is_valid():
        return _page(request, found, {action: form}, status=422)
    try:
        said = _answer(request, found, form) if action == "answer" else _pass_on(request, found, form)
    except Refused as refused:
        form.add_error(None, refused.sentence)
        return _page(request, found, {action: form}, status=refused.status)
    say_kept(request, said)
    return redirect("questions")


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*WORKERS)
@once
def question_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found: Clarification = get_visible_or_404(clarifications.withdrawable(), person(request), pk=pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 422
        if form.is_valid():
            try:
                asking.withdraw(found, person(request), reason=form.cleaned_data["reason"])
                say_kept(request, f"The question to {found.team} is withdrawn.")
                return list_position.to_item(request, found.item_id)
            except Refused as refused:
                form.add_error(None, refused.sentence)
                status = refused.status
    return render(request, "worklists/question_withdraw.html", {"question": found, "form": form}, status=status)


@require_safe
@roles(*SIGNED_IN)
def question_file(request: HttpRequest, pk: int) -> HttpResponse:
    """The document that came with an answer: for who sees the item, and for the team that answered."""
    user = person(request)
    found: Clarification = get_visible_or_404(clarifications.readable_by(user), user, pk=pk)
    if not found.file:
        raise Http404
    note_access(request, "question_file", found.pk)
    with found.file.open() as kept:
        content: bytes = kept.read()
    response = HttpResponse(content, content_type=scans.media_type(content))
    ending = str(found.file).rpartition(".")[2]
    response["Content-Disposition"] = f'attachment; filename="answer-{found.pk}.{ending}"'
    response["Cache-Control"] = "no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _question(request: HttpRequest, pk: int) -> Clarification:
    """One that this person may answer or that their team had; any other one is not there."""
    rows = clarifications.with_what_answering_needs(clarifications.for_teams_of(person(request)))
    found: Clarification = get_visible_or_404(rows, person(request), pk=pk)
    return found


def _page(request: HttpRequest, found: Clarification, filled: dict[str, forms.Form], status: int = 200) -> HttpResponse:
    note_access(request, "question", found.pk)
    context: dict[str, Any] = {
        "question": found,
        "claim": found.item.claim,
        "reason": clarifications.reason_of(found),
        "is_open": found.state == Clarification.State.OPEN,
        "forms": _forms(found, {}) | filled,
        "may_see_item": not person(request).may_only_answer,
    }
    return render(request, "worklists/question.html", context, status=status)


def _forms(found: Clarification, sent: dict[str, HttpRequest]) -> dict[str, forms.Form]:
    answered, passed = sent.get("answer"), sent.get("pass")
    teams = clarifications.teams_to_pass_to(found)
    return {
        "answer": ReplyForm(answered.POST, answered.FILES) if answered else ReplyForm(),
        "pass": PassOnForm(passed.POST if passed else None, prefix="pass", teams=teams),
    }


def _answer(request: HttpRequest, found: Clarification, form: forms.Form) -> str:
    values = form.cleaned_data
    asking.answer(found, person(request), text=values["text"], scan=values["file"])
    return f"Answered. {found.asked_by} has it now."


def _pass_on(request: HttpRequest, found: Clarification, form: forms.Form) -> str:
    to: Team = form.cleaned_data["to"]
    asking.pass_on(found, person(request), to=to, reason=form.cleaned_data["reason"])
    return f"Passed on to {to}."
