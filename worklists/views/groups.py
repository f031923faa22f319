"""A list in groups of what is alike."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import EVERYBODY, person, roles
from worklists import choices, grouping, searching
from worklists.filter_menus import CHIPS, NAMED
from worklists.filter_vocabulary import TABS
from worklists.filters import WorkItemFilter, active_beside
from worklists.grouping import Way
from worklists.views import links
from worklists.views.asked_list import asked_list


@require_safe
@roles(*EVERYBODY)
def groups(request: HttpRequest) -> HttpResponse:
    """Each group leads to the same list narrowed to it. No patient stands here, so no access is noted."""
    user, asked = person(request), asked_list(request)
    worklist, query = asked["worklist"], asked["query"]
    found = searching.recall_found(request, query.get("search", ""))
    offered = choices.for_filters(user)
    chosen = WorkItemFilter(query, worklist, user, timezone.localdate(), offered, found)
    ways = grouping.ways_of(chosen)
    by = request.GET.get("by", "")
    by = by if by in ways else next(iter(ways), "")
    made = grouping.groups_of(chosen, ways[by]) if by and chosen.is_understood else []
    context = {
        **asked,
        "filter": chosen,
        "narrowed": _narrowed(chosen),
        "tabs": _tabs(worklist.key, asked["list_query"], ways, by),
        "groups": [
            (each, links.address(worklist, query, **each.chosen) if each.has_list else "")
            for each in made[: grouping.MOST]
        ],
        "most": grouping.MOST if len(made) > grouping.MOST else None,
    }
    return render(request, "worklists/groups.html", context)


def _narrowed(chosen: WorkItemFilter) -> list[str]:
    """What the list is narrowed by, in words. Those that were searched for may name a patient, and are not repeated."""
    fields = [chip for chip in active_beside(chosen, (*CHIPS, *NAMED)) if chip["name"] != "sort"]
    tab, searched = chosen.chosen("tab"), ["what a search found"] if chosen.chosen("search") else []
    return [*([TABS[tab]] if tab else []), *searched, *(f"{chip['label']} {chip['value']}" for chip in fields)]


def _tabs(list_key: str, query: str, ways: dict[str, Way], by: str) -> list[dict[str, Any]]:
    def address(key: str) -> str:
        return f"{reverse('groups')}?{urlencode({'list': list_key, 'query': query, 'by': key})}"

    return [{"url": address(key), "label": way.label, "is_current": key == by} for key, way in ways.items()]
