"""One action on many items: those ticked, or all that match the filter as the server reads it again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from accounts.access import WORKERS, person, roles
from accounts.asked import whole_number
from accounts.models import User
from accounts.once import once
from accounts.refusal import Refused
from worklists import choices, lists, searching, work
from worklists.changes import Done
from worklists.filters import WorkItemFilter
from worklists.forms import BULK, bulk_actions, bulk_form
from worklists.lists import WorkList
from worklists.models import WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.views import answers, links

MOST = 5000
DONE_WORDS = {"hand_over": "Handed over", "postpone": "Postponed", "note": "Note added"}


@require_POST
@roles(*WORKERS)
@once
def bulk(request: HttpRequest) -> HttpResponse:
    user, today = person(request), timezone.localdate()
    action, _, is_filled_in = request.POST.get("action", "").partition(":")
    if action not in bulk_actions(user):
        raise PermissionDenied
    worklist = lists.list_named(request.POST.get("list", ""), user, today)
    query = QueryDict(request.POST.get("query", ""))
    offered = choices.for_filters(user)
    items = _chosen(request, worklist, query, offered)
    form = bulk_form(action, offered, today, request.POST if is_filled_in else None)
    if not (is_filled_in and form.is_valid()):
        return _ask(request, worklist, query, action, form, items)
    answer = VERBS[action](items, user, form)
    answers.tell(request, DONE_WORDS[action], answer)
    return redirect(links.address(worklist, query))


def _chosen(request: HttpRequest, worklist: WorkList, query: QueryDict, offered: choices.Choices) -> WorkItemQuerySet:
    """The rows meant. Ticked ones outside this person's facilities simply are not there."""
    user, today = person(request), timezone.localdate()
    visible: WorkItemQuerySet = WorkItem.objects.visible_to(user)
    if not request.POST.get("everything"):
        ids = [pk for text in request.POST.getlist("pick") if (pk := whole_number(text)) is not None]
        if not ids:
            raise Refused("Nothing was changed: no item is ticked. Go back and tick the items you mean.")
        return visible.filter(pk__in=ids)
    chosen = WorkItemFilter(query, worklist, user, today, offered, searching.recall(request, query.get("search", "")))
    if not chosen.is_understood:
        raise Refused("Nothing was changed: the filter is not understood any more. Set it again, then repeat.")
    if chosen.matching.order_by()[: MOST + 1].count() > MOST:
        raise Refused(f"Nothing was changed: more than {MOST:,} items match. Narrow the filter, then repeat.")
    return chosen.matching


def _ask(
    request: HttpRequest,
    worklist: WorkList,
    query: QueryDict,
    action: str,
    form: forms.Form,
    items: WorkItemQuerySet,
) -> HttpResponse:
    """The same question as a page of its own: without JavaScript, and when something in the form is wrong."""
    context: dict[str, Any] = {
        "worklist": worklist,
        "back_url": links.address(worklist, query),
        "query": query.urlencode(),
        "action": action,
        "label": BULK[action][0],
        "form": form,
        "picked": request.POST.getlist("pick"),
        "everything": request.POST.get("everything", ""),
        "count": items.order_by()[: MOST + 1].count(),
    }
    return render(request, "worklists/bulk.html", context, status=422 if form.is_bound else 200)


def _hand_over(items: WorkItemQuerySet, user: User, form: forms.Form) -> Done:
    to, reason = form.cleaned_data["to"], form.cleaned_data["reason"]
    if isinstance(to, User):
        return work.hand_over(items, user, to=to, reason=reason)
    return work.move(items, user, queue=to, reason=reason)


def _postpone(items: WorkItemQuerySet, user: User, form: forms.Form) -> Done:
    return work.postpone(items, user, today=timezone.localdate(), **form.cleaned_data)


def _note(items: WorkItemQuerySet, user: User, form: forms.Form) -> Done:
    return work.note(items, user, text=form.cleaned_data["text"])


VERBS: dict[str, Callable[[WorkItemQuerySet, User, forms.Form], Done]] = {
    "hand_over": _hand_over,
    "postpone": _postpone,
    "note": _note,
}
