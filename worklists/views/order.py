"""The weights of the order of work: the way to their one form, and what typed ones would do."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import MANAGERS, person, roles
from worklists import order_weights
from worklists.models import OrderWeights


@require_safe
@roles(*MANAGERS)
def weights(request: HttpRequest) -> HttpResponse:
    row = get_object_or_404(order_weights.in_use())
    return redirect("order_weights_edit", row.pk)


@require_safe
@roles(*MANAGERS)
def meaning(request: HttpRequest, pk: int) -> HttpResponse:
    """What the weights in the address would do; those of now where none are typed or they make no sense yet."""
    row: OrderWeights = get_object_or_404(OrderWeights, pk=pk)
    asked = order_weights.asked(request.GET, row)
    found = order_weights.meaning_of(asked or row, person(request), timezone.localdate())
    context = {"meaning": found, "is_typed": asked is not None}
    return render(request, "worklists/_order_meaning.html", context)
