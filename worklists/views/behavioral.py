"""The behavioral health checklist of one item."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from accounts.access import WORKERS, person, roles
from accounts.once import once
from accounts.refusal import Refused
from worklists import timing
from worklists.behavioral import answering
from worklists.behavioral.forms import AnswerForm
from worklists.evidence import panel
from worklists.models import BehavioralAnswer
from worklists.views import answers, list_position, stale
from worklists.views.item import read_item, show_panel


@require_POST
@roles(*WORKERS)
@once
def item_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """Answers one question about the record."""
    item = read_item(request, pk)
    question = request.POST.get("question", "")
    if question not in BehavioralAnswer.Question.values:
        raise Refused("Nothing was saved: no such question. Reload the page.")
    form = AnswerForm(request.POST, question=question)
    if not form.is_valid():
        return show_panel(request, item, panel.KEY, status=422, answer_form=form)
    try:
        answering.answer(item.pk, person(request), question, form.given(), seen=form.cleaned_data["seen"])
    except Refused as refused:
        latest = answering.latest_of(item.pk, question)
        stale.see_again(form, seen=latest.pk if latest else 0)
        form.add_error(None, refused.sentence)
        return show_panel(request, item, panel.KEY, status=refused.status, answer_form=form)
    timing.note(request, item.pk, "evidence")
    answers.say_added(request, "Answer kept.", item.pk)
    return list_position.in_panel(request, item.pk, panel.KEY)
