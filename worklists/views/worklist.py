"""The lists of work: what a specialist lives in."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from accounts.access import EVERYBODY, SIGNED_IN, WORKERS, access_note, note_access, person, roles
from accounts.asked import whole_number
from accounts.formatting import dollars
from accounts.models import User
from accounts.once import Sent, once_quickly
from accounts.pipelined import Pipelined, mappings_in
from accounts.whole_template import render_whole
from worklists import columns, list_position, list_reads, lists, rows, saved_views, searching, work
from worklists.assignment import absence_lists
from worklists.bulk_actions import Bulk, bulk_actions
from worklists.capped import in_words
from worklists.day import day_of
from worklists.filter_menus import menus
from worklists.filter_vocabulary import ME
from worklists.list_reads import ListRead, Place
from worklists.lists import WorkList
from worklists.live import is_poll, live
from worklists.models import Queue
from worklists.views import answers, links


@require_safe
@roles(*SIGNED_IN)
@live()
def home(request: HttpRequest) -> HttpResponse:
    """Where the day starts: in the view that was chosen for it; else managers see the board, who only answers the
    questions, everybody else their queues.
    """
    if person(request).may_only_answer:
        return redirect("questions")
    if not request.GET and (first := saved_views.first_of(person(request))) is not None:
        return redirect(links.of_view(first, lists.list_named(first.list_key, person(request), timezone.localdate())))
    if person(request).may_manage:
        return redirect("board")
    return _list(request, lists.my_queues(person(request), timezone.localdate()))


@require_safe
@roles(*EVERYBODY)
@live()
def my_queues(request: HttpRequest) -> HttpResponse:
    return _list(request, lists.my_queues(person(request), timezone.localdate()))


@require_safe
@roles(*EVERYBODY)
@live()
def queue(request: HttpRequest, key: str) -> HttpResponse:
    chosen = get_object_or_404(Queue, key=key)
    return _list(request, lists.one_queue(person(request), timezone.localdate(), chosen))


@require_safe
@roles(*EVERYBODY)
@live()
def all_items(request: HttpRequest) -> HttpResponse:
    return _list(request, lists.all_items(person(request), timezone.localdate()))


@require_safe
@roles(*EVERYBODY)
@live()
def waiting(request: HttpRequest) -> HttpResponse:
    return _list(request, lists.waiting(person(request), timezone.localdate()))


@require_safe
@roles(*EVERYBODY)
@live()
def asking(request: HttpRequest) -> HttpResponse:
    return _list(request, lists.asking(person(request), timezone.localdate()))


@require_safe
@roles(*EVERYBODY)
@live()
def escalated(request: HttpRequest) -> HttpResponse:
    return _list(request, lists.escalated(person(request), timezone.localdate()))


@require_safe
@roles(*EVERYBODY)
@live()
def put_back(request: HttpRequest) -> HttpResponse:
    return _list(request, lists.put_back(person(request), timezone.localdate()))


@require_safe
@roles(*EVERYBODY)
@live()
def my_day(request: HttpRequest) -> HttpResponse:
    note_access(request, "my_day")
    user, today = person(request), timezone.localdate()
    day = day_of(user, today)
    context = {"day": day, "asked": in_words(day.asked), "absence": absence_lists.next_of(user, today)}
    return render(request, "worklists/my_day.html", context)


@require_POST
@roles(*EVERYBODY)
def search(request: HttpRequest) -> HttpResponse:
    """Posted, so that no name or number of a patient stands in an address, a log or a browser's history."""
    words = request.POST.get("q", "").strip()
    if not words:
        return redirect("all_items")
    worklist = lists.all_items(person(request), timezone.localdate())
    found = searching.search(words, person(request))
    return redirect(f"{worklist.url}?search={searching.keep_found(request, found)}")


def _at_once(request: HttpRequest, sent: Sent) -> str:
    if (whole_number(request.POST.get("count", "")) or 1) > 1:
        return ""
    queue_key, item = request.POST.get("queue", ""), reverse("item", args=[0])
    return work.next_address(sent.user, sent, today=timezone.localdate(), queue_key=queue_key, address=item)


@require_POST
@roles(*WORKERS)
@once_quickly(_at_once)
def take_next(request: HttpRequest) -> HttpResponse:
    """Takes the most pressing item and opens it, or some and lists them; with nothing left, the list says so."""
    queue = lists.queue_keyed(request.POST.get("queue", ""))
    count = whole_number(request.POST.get("count", "")) or 1
    items = work.next_ids(person(request), today=timezone.localdate(), queue=queue, count=count)
    back = reverse("queue", args=[queue.key]) if queue else reverse("my_queues")
    if not items:
        answers.say_nothing_left(request, queue)
        return redirect(back)
    if count == 1:
        return redirect("item", items[0])
    answers.say_taken(request, queue, len(items), count)
    return redirect(f"{back}?owner={ME}")


def _list(request: HttpRequest, worklist: WorkList) -> HttpResponse:
    user, today, shown_at = person(request), timezone.localdate(), timezone.now()
    found = searching.recall_found(request, request.GET.get("search", ""))
    place = Place(*(whole_number(request.GET.get(name, "")) for name in links.PLACE))
    listed = list_reads.read(request, worklist, found, today, place)
    chosen = listed.chosen
    view = _view_of(request, worklist, user)
    shows = columns.chosen(chosen.chosen("columns"))
    told = answers.Told() if is_poll(request) else answers.told(request)
    shown = (worklist.key, chosen.chosen("status"), chosen.chosen("watch"))
    bulk = Bulk(bulk_actions(user, *shown), listed.offered, today, splits=user.may_manage)
    with Pipelined(rows.statement(listed.ids, shows), access_note(request, "worklist")) as sent:
        context = {
            "worklist": worklist,
            "query": request.GET.urlencode(),
            "shown_at": shown_at.isoformat(),
            "found": found,
            "words": found.words,
            "told": told,
            "bulk": bulk,
            "can_pick": bool(bulk),
            **view,
            **_narrowed(request, worklist, listed),
            "is_sheet": any("c-more" in column.css for column in shows),
            "heads": links.heads(worklist, request.GET, chosen, shows),
        }
        page = rows.page_of(
            listed.ids,
            mappings_in(sent.answer()),
            today,
            is_first=place.is_first,
            is_backwards=place.is_backwards,
            by_follow_up=worklist.by_follow_up,
            picked=told.refused_ids,
            shows=shows,
            opened_by=list_position.opened_by(worklist, request.GET),
        )
        context |= {
            "rows": page.rows,
            "may_pick_all": bool(bulk) and listed.counts.shown > len(page.rows),
            "lines": page.lines(can_pick=bool(bulk)),
            "newer_url": page.newer and links.address(worklist, request.GET, before=page.newer),
            "older_url": page.older and links.address(worklist, request.GET, after=page.older),
        }
        return render_whole(request, "worklists/list.html", context)


def _view_of(request: HttpRequest, worklist: WorkList, user: User) -> dict[str, Any]:
    """The kept view that the address names, and what this person may do with it."""
    view = saved_views.shown_in(request.GET, user)
    return {
        "view": view,
        "view_is_changed": view is not None and saved_views.is_changed(view, worklist.key, request.GET),
        "may_change_view": view is not None and saved_views.may_change(view, user),
        "view_state": saved_views.state_of(view) if view else "",
    }


def _narrowed(request: HttpRequest, worklist: WorkList, listed: ListRead) -> dict[str, Any]:
    """The filters with what is chosen in them, and the numbers of what they leave."""
    narrowed_by = set(request.GET) - {*links.PLACE, "sort", "columns", "view"}
    return {
        "filter": listed.chosen,
        "counts": listed.counts,
        "money": dollars(listed.counts.recovered if listed.chosen.shows_resolved else listed.counts.at_risk),
        "tabs": links.tabs(worklist, request.GET, listed.chosen, listed.counts),
        "chips": links.chips(worklist, request.GET, listed.chosen),
        "clear_url": links.address(worklist, QueryDict()),
        "is_narrowed": bool(narrowed_by),
        "may_clear": bool(narrowed_by - {"tab"}),
        **menus(listed.chosen),
    }
