"""One action on many items: those ticked, or all that match the filter as the server reads it again."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import WORKERS, person, roles
from accounts.once import once
from worklists import choices, sweeping
from worklists.bulk_actions import bulk_form
from worklists.forms import PostponeForm
from worklists.item_actions import ITEM_ACTIONS, ItemAction
from worklists.models.items import WorkItemQuerySet
from worklists.sweeping import Preview
from worklists.tickler_fields import DayToComeBack
from worklists.views import answers, selection
from worklists.views.selection import Selection

NOW, PREVIEW = "now", "preview"


@require_POST
@roles(*WORKERS)
@once
def bulk(request: HttpRequest) -> HttpResponse:
    """`action` names it, followed by `:preview` or `:now` where its form is filled in."""
    name, _, step = request.POST.get("action", "").partition(":")
    action = ITEM_ACTIONS.get(name)
    if action is None or action.for_one_only:
        raise PermissionDenied
    user = person(request)
    meant = selection.read(request, request.POST)
    items = selection.items_of(request, meant, choices.for_filters(user) if meant.everything else choices.Offered())
    data = request.POST if step else None
    many = selection.ids_of_few(items) if action.asks else ()
    form = bulk_form(action, choices.for_hand_over(), timezone.localdate(), data, many=many)
    if not (step and form.is_valid()):
        return _ask(request, meant, action, form, items)
    if step == PREVIEW:
        tried = sweeping.preview(action, form, items, user, meant.seen)
        return _ask(request, meant, action, form, items, preview=tried)
    act, answer = sweeping.do(action, form, items, user, meant.seen)
    answers.tell(request, action.done, answer, act, more=_of_the_day(form) or action.after)
    return redirect(meant.back_url)


def _of_the_day(form: forms.Form) -> str:
    return form.moved_words_of_many if isinstance(form, DayToComeBack) else ""


def _ask(
    request: HttpRequest,
    meant: Selection,
    action: ItemAction,
    form: forms.Form,
    items: WorkItemQuerySet,
    preview: Preview | None = None,
) -> HttpResponse:
    """The same question as a page of its own: without JavaScript, for a preview, and when something is wrong."""
    if isinstance(form, PostponeForm) and (earliest := items.earliest_safe_day(timezone.localdate())):
        form.tell_earliest(earliest)
    context: dict[str, Any] = {
        "meant": meant,
        "action": action.name,
        "label": action.label,
        "lasts": action.lasts,
        "one_by_one": action.asks is not None,
        "form": form,
        "count": selection.count_of(items),
        "preview": preview,
        "of_the_day": _of_the_day(form) if preview else "",
        "refused": answers.reasons(request, preview.answer.refused) if preview else [],
        "closed": answers.parts_closed(request, preview.answer) if preview else None,
    }
    return render(request, "worklists/bulk.html", context, status=422 if form.is_bound and not preview else 200)
