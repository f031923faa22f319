"""Where a page keeps what was begun in its forms, and gets it back (static/js/begun.js)."""

from __future__ import annotations

import json
import uuid

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.views.decorators.http import require_POST

from accounts import begun
from accounts.access import SIGNED_IN, person, roles
from accounts.asked import whole_number


@require_POST
@roles(*SIGNED_IN)
def begun_forms(request: HttpRequest) -> HttpResponse:
    """With a `name`: keeps the `body` of that form as of `at`. Without: what this window began and did not send."""
    told = request.POST
    try:
        window = uuid.UUID(told.get("window", ""))
        sent = {str(name): uuid.UUID(str(key)) for name, key in json.loads(told.get("sent", "{}")).items()}
    except (ValueError, AttributeError):
        return HttpResponseBadRequest()
    if "name" in told:
        at = whole_number(told.get("at", ""))
        begun.keep(person(request), window, told["name"], told.get("body", ""), at or 0)
        return HttpResponse(status=204)
    found = begun.bring_back(person(request), window, sent)
    forms = {name: {"body": each.body, "at": each.at} for name, each in found.forms.items()}
    return JsonResponse({"forms": forms, "gone": found.gone})
