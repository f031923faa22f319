"""The list that a form or a page beside it is about, and how it is looked at."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from accounts.access import person
from worklists import lists
from worklists.views import links


def asked_list(request: HttpRequest) -> dict[str, Any]:
    """As context of a page. Raises Http404 for a list that is not there for this person."""
    sent = request.POST if request.method == "POST" else request.GET
    worklist = lists.list_named(sent.get("list", ""), person(request), timezone.localdate())
    query = QueryDict(sent.get("query", ""))
    back_url = links.address(worklist, query)
    return {"worklist": worklist, "query": query, "list_query": query.urlencode(), "back_url": back_url}
