"""The order of the routing rules: the first that matches takes an item, so moving one changes where work goes."""

from __future__ import annotations

from itertools import pairwise

from django.db import connection, transaction
from django.db.models import Max

from worklists.models import RoutingRule

_ONE_AT_A_TIME = 8350002
"""Key of the advisory lock under which rules get and change their places."""


@transaction.atomic
def put_before(rule: RoutingRule, other: RoutingRule | None) -> None:
    """Has a rule asked right before another one, or last of all. Only the rules between the two places move."""
    _lock()
    rules = list(RoutingRule.objects.order_by("position", "pk"))
    places = [each.position for each in rules]
    order = [each for each in rules if each.pk != rule.pk]
    here = next((n for n, each in enumerate(order) if other is not None and each.pk == other.pk), len(order))
    order.insert(here, next(each for each in rules if each.pk == rule.pk))
    for each, position in zip(order, places, strict=True):
        if each.position != position:
            each.position = position
            each.save(update_fields=["position"])


def after(rule: RoutingRule) -> RoutingRule | None:
    """The rule that is asked next; None for the last one, and for one that has no place yet."""
    rules = list(RoutingRule.objects.order_by("position", "pk"))
    following = [other for one, other in pairwise(rules) if one.pk == rule.pk]
    return following[0] if following else None


def next_position() -> int:
    """The place after the last rule, nobody else's until the transaction ends."""
    _lock()
    last: int | None = RoutingRule.objects.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
