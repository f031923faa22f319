"""The list that an item was opened from, on its way through addresses and forms. Only ids and filters stand in them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.access import access_note, person
from accounts.asked import whole_number
from accounts.models import User
from accounts.statements import Statement
from worklists import cached_numbers, choices, list_position, searching, work
from worklists.views import answers


def opened(request: HttpRequest, item: int) -> tuple[int | None, list[Statement]]:
    """The snapshot of the item's list, and what is left to be written: the note that the item is looked at.

    A link of a list takes a new snapshot, and its statement writes the note as well.
    """
    noted = access_note(request, "work_item", item)
    if "list" not in request.GET:
        return whole_number(request.GET.get("in", "")), [noted]
    found = searching.recall_found(request, request.GET.get("search", ""))
    offered = cached_numbers.read_beside(request, {"choices": choices.filters_part(person(request))})["choices"]
    return list_position.take(person(request), timezone.localdate(), request.GET, found, item, offered, noted), []


def to_item(request: HttpRequest, item: int, part: str = "") -> HttpResponse:
    """Back to the page of an item, still in its list."""
    return redirect(f"{address(request, 'item', item)}{part}")


def to_undone(request: HttpRequest, item: int, actor: User, part: str = "") -> HttpResponse:
    """To an item on which an act of `actor` was taken back: in its place in the list that it was worked from."""
    list_position.put_back(item, actor, timezone.localdate())
    place = list_position.holding(item, person(request), whole_number(request.POST.get("in", "")))
    address = reverse("item", args=[item])
    return redirect(f"{address}{part}" if place is None else f"{address}?in={place}{part}")


def work_again(request: HttpRequest, item: int) -> None:
    """What this person had done is to be done again: it is back in the lists that they are walking through."""
    list_position.put_back(item, person(request), timezone.localdate())


def to_panel(request: HttpRequest, item: int, key: str) -> HttpResponse:
    """Back to one panel of an item, still in its list: the panel alone where a page changes only that part."""
    if request.headers.get("HX-Request"):
        return stay(request, "item_panel", item, key)
    return redirect(at_panel(request, item, key))


def in_panel(request: HttpRequest, item: int, key: str) -> HttpResponse:
    """For forms that stand in a panel: the panel again, for those without JavaScript as the page that it was."""
    return stay(request, "item_panel", item, key)


def at_panel(request: HttpRequest, item: int, key: str) -> str:
    """The page of the item; its script opens the panel that the address ends with."""
    return f"{address(request, 'item', item)}#tab-{key}"


def stay(request: HttpRequest, name: str, *args: Any) -> HttpResponse:
    """To a page about an item or its letter, still in the item's list."""
    return redirect(address(request, name, *args))


def opened_from(request: HttpRequest, panel: str, elsewhere: str) -> str:
    """The address of the item that this page was opened from, at its panel; where it names none, of a list."""
    item = whole_number(request.GET.get("item", ""))
    if item is None:
        return reverse(elsewhere)
    return at_panel(request, item, panel) if panel else address(request, "item", item)


def address(request: HttpRequest, name: str, *args: Any, **query: Any) -> str:
    """An address about an item, in the list that the request names; `query` are further fields of it."""
    place = whole_number(request.POST.get("in", "") or request.GET.get("in", ""))
    asked = {**query, "in": place} if place else query
    return f"{reverse(name, args=args)}?{urlencode(asked)}" if asked else reverse(name, args=args)


def go_on(request: HttpRequest, item: int) -> HttpResponse:
    """To the next item: of the list that this one was opened from, else the most pressing one, which is taken."""
    user, today = person(request), timezone.localdate()
    place = list_position.read(item, user, today, whole_number(request.POST.get("in", "")))
    if place is not None:
        list_position.finish(place, item)
        if place.free is not None:
            return redirect(f"{reverse('item', args=[place.free])}{place.query}")
        answers.say(request, f"That was the last one of {place.title} that you may work now.")
        return redirect(place.back)
    following = work.next_ids(user, today=today)
    if not following:
        answers.say_nothing_left(request, None)
        return redirect("my_queues")
    return redirect("item", following[0])
