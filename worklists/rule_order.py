"""The order of the routing rules: the first that matches takes an item, so moving one changes where work goes."""

from __future__ import annotations

from django.db import transaction

from worklists.models import RoutingRule


@transaction.atomic
def move(rule: RoutingRule, step: int) -> bool:
    """Swaps a rule with the one before (-1) or after (+1) it. False when there is none."""
    rules = list(RoutingRule.objects.select_for_update().order_by("position", "pk"))
    here = next(place for place, other in enumerate(rules) if other.pk == rule.pk)
    there = here + step
    if not 0 <= there < len(rules):
        return False
    rules[here].position, rules[there].position = rules[there].position, rules[here].position
    for row in (rules[here], rules[there]):
        row.save(update_fields=["position"])
    return True
