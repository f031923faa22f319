"""What routing rules do to the work that is open now: what each takes at its place, and which never gets any."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from accounts.models import User
from worklists.domain.conditions import check_conditions
from worklists.domain.implication import implies
from worklists.domain.routing import Rule
from worklists.models import Queue, RoutingRule, WorkItem
from worklists.models.items import WorkItemQuerySet
from worklists.models.queues import UNROUTED
from worklists.routing import in_sql
from worklists.routing.rule_takes import SHOWN, SHOWN_BESIDE, Taken, taken_by

HIT_DAYS = 90
"""A rule that took nothing for so long is marked."""


@dataclass(frozen=True, slots=True)
class Effect:
    """Open items that a rule would take at its place in the list, and if it were asked first."""

    taken: list[Taken]
    first: int

    @property
    def here(self) -> int:
        return sum(each.items for each in self.taken)

    @property
    def taken_before(self) -> int:
        """Items that meet its conditions and go to an earlier rule."""
        return self.first - self.here


@dataclass(frozen=True, slots=True)
class Standing:
    """One rule of the list, and how it does."""

    rule: RoutingRule
    holds: int
    """Open items that it sent to where they are."""
    takes: int
    """Open items that it would take if all were routed today."""
    meets: int
    """Open items that meet its conditions; counted where it takes none."""
    routed: int
    """Items that it routed in the last `HIT_DAYS` days."""
    behind: RoutingRule | None
    """An earlier rule that surely takes everything that this one could take."""

    @property
    def is_overtaken(self) -> bool:
        """Nothing proves it, but today earlier rules take all that it could take."""
        return self.rule.is_active and self.behind is None and self.takes == 0 and self.meets > 0

    @property
    def is_idle(self) -> bool:
        return self.rule.is_active and self.behind is None and not self.is_overtaken and self.takes + self.routed == 0


def effect_of(
    conditions: Mapping[str, Any], rule: RoutingRule, before: RoutingRule | None, user: User, today: date
) -> Effect:
    """Of a rule as somebody fills it in, asked right before another one or last of all. `rule` itself is left out."""
    items = WorkItem.objects.visible_to(user).open()
    tried = Rule(0, "", 0, conditions, "")
    earlier = _readable(
        row for row in _in_order() if row.pk != rule.pk and (before is None or _is_earlier(row, before))
    )
    return Effect(
        taken=taken_by(tried, [*earlier, tried], user, today, SHOWN_BESIDE),
        first=in_sql.alone([tried], items, today)[tried.id],
    )


def taken_now(rule: RoutingRule, user: User, today: date) -> list[Taken]:
    """By a rule of the list at its place; nothing by one that is retired or cannot be read."""
    asked = _readable(_in_order())
    found = next((each for each in asked if each.id == rule.pk), None)
    return taken_by(found, asked, user, today, SHOWN) if found else []


def standings(user: User, today: date) -> list[Standing]:
    """Every rule in the order of asking."""
    rows = list(RoutingRule.objects.select_related("queue"))
    items = WorkItem.objects.visible_to(user)
    rules = {rule.id: rule for rule in _readable(row for row in rows if row.is_active and row.queue.is_active)}
    takes = in_sql.tally(list(rules.values()), items.open(), today)
    idle = [rule for rule in rules.values() if not takes.get(rule.id)]
    meets = in_sql.alone(idle, items.open(), today)
    holds = _by_rule(items.open())
    routed = _by_rule(items.filter(Q(routed_on__gt=today - timedelta(days=HIT_DAYS))))
    behind = _shadowed(rows, rules)
    return [
        Standing(
            rule=row,
            holds=holds.get(row.pk, 0),
            takes=takes.get(row.pk, 0),
            meets=meets.get(row.pk, takes.get(row.pk, 0)),
            routed=routed.get(row.pk, 0),
            behind=behind.get(row.pk),
        )
        for row in rows
    ]


def routed_lately(user: User, today: date) -> int:
    """Items that any rule routed, or none did, in the last `HIT_DAYS` days: how much "never" rests on."""
    return WorkItem.objects.visible_to(user).filter(routed_on__gt=today - timedelta(days=HIT_DAYS)).count()


def _in_order() -> list[RoutingRule]:
    return list(RoutingRule.objects.filter(is_active=True, queue__is_active=True).select_related("queue"))


def _is_earlier(row: RoutingRule, before: RoutingRule) -> bool:
    return (row.position, row.pk) < (before.position, before.pk)


def _readable(rows: Any) -> list[Rule]:
    """As `rule_sets.current_rules` has them: what cannot be read is passed over."""
    return [
        Rule(row.pk, row.name, row.version, row.conditions, row.queue.key)
        for row in rows
        if not check_conditions(row.conditions)
    ]


def _by_rule(items: WorkItemQuerySet) -> dict[int | None, int]:
    return dict(items.order_by().values_list("rule").annotate(items=Count("pk")))


def _shadowed(rows: Sequence[RoutingRule], rules: Mapping[int, Rule]) -> dict[int, RoutingRule]:
    """By rule the first earlier one that its conditions imply."""
    asked = [row for row in rows if row.pk in rules]
    found = {}
    for place, row in enumerate(asked):
        earlier = (other for other in asked[:place] if implies(row.conditions, other.conditions))
        if (first := next(earlier, None)) is not None:
            found[row.pk] = first
    return found


def unrouted(user: User) -> tuple[Queue | None, int]:
    """The queue of what no rule took, and how many open items are in it."""
    queue = Queue.objects.filter(key=UNROUTED).first()
    return queue, WorkItem.objects.visible_to(user).open().filter(queue=queue).count() if queue else 0
