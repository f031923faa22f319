"""The list that an item was opened from, on its way through addresses and forms. Only ids and filters stand in them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from accounts.access import person
from accounts.asked import whole_number
from worklists import places, searching, work
from worklists.views import answers


def asked_for(request: HttpRequest, item: int) -> int | None:
    """The snapshot that the address names; a link of a list takes a new one."""
    if "list" in request.GET:
        found = searching.recall_found(request, request.GET.get("search", ""))
        return places.take(person(request), timezone.localdate(), request.GET, found, item)
    return whole_number(request.GET.get("in", ""))


def to_item(request: HttpRequest, item: int, part: str = "") -> HttpResponse:
    """Back to the page of an item, still in its list."""
    place = whole_number(request.POST.get("in", ""))
    return redirect(f"{reverse('item', args=[item])}{f'?in={place}' if place else ''}{part}")


def go_on(request: HttpRequest, item: int) -> HttpResponse:
    """To the next item: of the list that this one was opened from, else the most pressing one, which is taken."""
    user, today = person(request), timezone.localdate()
    place = places.read(item, user, today, whole_number(request.POST.get("in", "")))
    if place is not None:
        places.finish(place, item)
        if place.free is not None:
            return redirect(f"{reverse('item', args=[place.free])}{place.query}")
        answers.say(request, f"That was the last one of {place.title} that you may work now.")
        return redirect(place.back)
    following = work.next_item(user, today=today)
    if following is None:
        answers.say_nothing_left(request, None)
        return redirect("my_queues")
    return redirect("item", following.pk)
