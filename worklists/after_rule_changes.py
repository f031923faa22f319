"""When a routing rule changes: the list of rules gets its next number. Before: how much open work the rule holds."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse

from accounts.governance import areas
from accounts.governance.areas import Touched
from accounts.models import Change
from worklists.models import RoutingRule, WorkItem
from worklists.replays import replaying
from worklists.routing import rule_set_panel, rule_sets


def touched_by_rule(change: Change, rule: RoutingRule | None) -> Iterable[Touched]:
    """What a routing rule holds. Work that has its queue keeps it; the rule decides about what comes in."""
    if rule is None:
        return
    held = WorkItem.objects.open().filter(rule=rule).count()
    if held:
        where = f"{reverse('all_items')}?rule={rule.pk}"
        yield Touched("Open items that this rule sent to their queue; they stay there", held, where)


def number_the_rules(change: Change, rule: RoutingRule) -> None:
    """A change of a rule took effect, or was undone: from now on another list is in force."""
    if change.bundle is None:
        rule_sets.note(f"{change}. {change.why}", [change])
    else:
        rule_sets.note(f"{change.bundle}. {change.bundle.why}", change.bundle.changes.order_by("pk"))


def listen() -> None:
    areas.touches("rules", touched_by_rule)
    areas.after("rules", number_the_rules)
    areas.on_set("rules", rule_set_panel.panel, replaying.grounds)
