"""The order of the routing rules: the first that matches takes an item, so moving one changes where work goes."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Max

from worklists.models import RoutingRule

_ONE_AT_A_TIME = 8350002
"""Key of the advisory lock under which rules get and change their places."""


@transaction.atomic
def move(rule: RoutingRule, step: int) -> bool:
    """Swaps a rule with the one before (-1) or after (+1) it. False when there is none."""
    _lock()
    rules = list(RoutingRule.objects.order_by("position", "pk"))
    here = next((place for place, other in enumerate(rules) if other.pk == rule.pk), None)
    if here is None or not 0 <= here + step < len(rules):
        return False
    one, other = rules[here], rules[here + step]
    one.position, other.position = other.position, one.position
    for row in (one, other):
        row.save(update_fields=["position"])
    return True


def next_position() -> int:
    """The place after the last rule, nobody else's until the transaction ends."""
    _lock()
    last: int | None = RoutingRule.objects.aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
