"""Views of a list that people keep: the page of them all, one opened, kept, changed, deleted and brought back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import EVERYBODY, person, roles
from accounts.last_done import left_nothing, say_kept
from accounts.models import User
from accounts.once import once
from accounts.refusal import Refused
from accounts.stale_forms import STALE, status_of
from worklists import columns, lists
from worklists import saved_views as verbs
from worklists.models import SavedView
from worklists.saved_view_forms import ColumnsForm, SavedViewForm
from worklists.saved_view_lists import listed_for
from worklists.views import links
from worklists.views.asked_list import asked_list

DELETED = "deleted"
"""What a form sends as the state of its view once it was told that there is none any more."""


@require_safe
@roles(*EVERYBODY)
def saved_views(request: HttpRequest) -> HttpResponse:
    """All views that this person may open; to htmx only the menu of them."""
    context = {"views": listed_for(person(request), timezone.localdate()), **asked_list(request)}
    is_menu = bool(request.headers.get("HX-Request"))
    return render(request, "worklists/_views_menu.html" if is_menu else "worklists/saved_views.html", context)


@require_safe
@roles(*EVERYBODY)
def saved_view(request: HttpRequest, pk: int) -> HttpResponse:
    """Leads to the list as the view shows it."""
    user = person(request)
    view = verbs.one(user, pk)
    worklist = lists.list_named(view.list_key, user, timezone.localdate())
    return redirect(links.of_view(view, worklist))


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*EVERYBODY)
@once
def saved_view_new(request: HttpRequest) -> HttpResponse:
    """What a list shows now, kept under a name."""
    user = person(request)
    shown = asked_list(request)
    view = SavedView(owner=user, list_key=shown["worklist"].key, query=verbs.query_of(shown["query"]))
    return _form(request, view, shown)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*EVERYBODY)
@once
def saved_view_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename, share, start in it."""
    user = person(request)
    if request.method == "POST" and (gone := verbs.deleted(user, pk)):
        return _form_of_deleted(request, user, gone)
    view = verbs.one(user, pk)
    if not verbs.may_change(view, user):
        raise Refused(f"This view is {view.made_by}'s. Open it and save what you see as a view of your own.")
    return _form(request, view, {})


@require_POST
@roles(*EVERYBODY)
@once
def saved_view_show(request: HttpRequest, pk: int) -> HttpResponse:
    """The view shows from now on what the list shows."""
    user, shown = person(request), asked_list(request)
    view, worklist = verbs.one(user, pk), shown["worklist"]
    query = verbs.query_of(shown["query"])
    verbs.show(view, user, list_key=worklist.key, query=query, seen_at=request.POST.get("seen_at", ""))
    say_kept(request, "The view shows this from now on.")
    return redirect("saved_view", pk)


@require_POST
@roles(*EVERYBODY)
@once
def saved_view_first(request: HttpRequest, pk: int) -> HttpResponse:
    """This person starts in it, or no longer does."""
    user = person(request)
    view, is_first = verbs.one(user, pk), request.POST.get("first") == "1"
    verbs.start_in(view if is_first else None, user, instead_of=view)
    say_kept(request, "You start in this view." if is_first else "You start in your queues again.")
    return redirect("saved_views")


@require_POST
@roles(*EVERYBODY)
@once
def saved_view_delete(request: HttpRequest, pk: int) -> HttpResponse:
    view = verbs.one(person(request), pk)
    verbs.delete(view, person(request))
    left_nothing(request)
    messages.success(request, "View deleted.", extra_tags=urlencode({"undo": reverse("saved_view_restore", args=[pk])}))
    return redirect("saved_views")


@require_POST
@roles(*EVERYBODY)
@once
def saved_view_restore(request: HttpRequest, pk: int) -> HttpResponse:
    verbs.bring_back(pk, person(request))
    say_kept(request, "The view is back.")
    return redirect("saved_views")


@require_safe
@roles(*EVERYBODY)
def list_columns(request: HttpRequest) -> HttpResponse:
    """Which columns a list shows, in which order: asked, then the list with them."""
    shown = asked_list(request)
    form = ColumnsForm(
        request.GET if "apply" in request.GET else None, shown=columns.chosen(shown["query"].get("columns", ""))
    )
    if not form.is_valid():
        return render(request, "worklists/list_columns.html", {"form": form, **shown})
    named = columns.in_address(form.chosen)
    return redirect(links.address(shown["worklist"], shown["query"], columns=named))


def _form_of_deleted(request: HttpRequest, user: User, gone: SavedView) -> HttpResponse:
    """Sent once more, what was filled in is a new view of this person's own."""
    view = SavedView(owner=user, list_key=gone.list_key, query=gone.query)
    told = (
        f"{gone.changed_by} deleted this view while you had it open, so nothing was saved."
        " Save again to keep what you filled in as a view of your own."
    )
    return _form(request, view, {}, told="" if request.POST.get("seen_at") == DELETED else told, seen_at=DELETED)


def _form(
    request: HttpRequest, view: SavedView, shown: dict[str, Any], *, told: str = "", seen_at: str = ""
) -> HttpResponse:
    """`told`: why nothing is saved yet."""
    user = person(request)
    is_first = verbs.is_first(view, user)
    seen_at = verbs.state_of(view) if view.pk else seen_at
    form = SavedViewForm(
        request.POST if request.method == "POST" else None, instance=view, user=user, initial={"is_first": is_first}
    )
    if told:
        form.add_error(None, forms.ValidationError(told, code=STALE))
    status = status_of(form)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            kept = verbs.save(form.instance, user, is_first=given["is_first"], seen_at=request.POST.get("seen_at", ""))
        except Refused as refused:  # shown with the form, so that nobody loses what they typed
            form.add_error(None, refused.sentence)
            status = refused.status
        else:
            say_kept(request, "View saved.")
            return redirect("saved_view", kept.pk)
    context = {"form": form, "view": view, "seen_at": seen_at, **shown}
    return render(request, "worklists/saved_view.html", context, status=status)
