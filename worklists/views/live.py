"""What pages ask for that have nothing else to refresh: the numbers of the rail, and who else is in the same item."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from accounts.access import EVERYBODY, SIGNED_IN, get_visible_or_404, person, roles
from worklists import presence
from worklists.live import live, work_now
from worklists.models import WorkItem


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*SIGNED_IN)
@live()
def rail(request: HttpRequest) -> HttpResponse:
    """POST: whether a form of this page would arrive as from this person (static/js/kept.js)."""
    if request.method == "POST":
        return HttpResponse(status=204)
    return render(request, "worklists/live.html")


def work_and_people_now(request: HttpRequest) -> str:
    """Changes with the work, and with who else is in the item."""
    return "-".join([work_now(request), *map(str, _meet(request))])


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*EVERYBODY)
@live(work_and_people_now)
def item_here(request: HttpRequest, pk: int) -> HttpResponse:
    """The rail, and who else is in this item; asking says that this person is. POST: this page of it was closed."""
    if request.method == "POST":
        item: WorkItem = get_visible_or_404(WorkItem.objects.all(), person(request), pk=pk)
        presence.close(item.pk, person(request), request.GET.get("page", ""))
        return HttpResponse(status=204)
    return render(request, "worklists/live.html", {"here": presence.named(_meet(request)), "shows_here": True})


def _meet(request: HttpRequest) -> list[int]:
    """Somebody else's facility has no items here."""
    match = request.resolver_match
    item: WorkItem = get_visible_or_404(WorkItem.objects.all(), person(request), pk=match.kwargs["pk"] if match else 0)
    return presence.meet(item.pk, person(request), request.GET.get("page", ""))
