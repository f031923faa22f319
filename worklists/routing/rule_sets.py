"""The numbered lists of rules: which one is in force, and a new number whenever anything about it changes."""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any, NamedTuple

from django.db import connection, transaction

from accounts.models import Change
from worklists.domain.routing import Rule, check_conditions
from worklists.models import RoutingRule, RuleSet

log = logging.getLogger(__name__)
_ONE_AT_A_TIME = 8350003
"""Key of the advisory lock under which a list gets its number."""
SINCE_START = "The rules that stood here when lists of rules were first numbered."
OTHERWISE = "Something else than a change of a rule: a queue switched on or off, or payers brought together."


class InForce(NamedTuple):
    """The rules to ask, in order, and the numbered list that holds exactly these."""

    rule_set: RuleSet
    rules: list[Rule]


def current_rules() -> list[Rule]:
    """The active rules in order. One that cannot be read is passed over, so that it cannot stop every remittance."""
    rules = []
    for row in RoutingRule.objects.filter(is_active=True, queue__is_active=True).select_related("queue"):
        if check_conditions(row.conditions):
            log.error("Routing rule %s has conditions that cannot be read and was passed over.", row.pk)
        else:
            rules.append(Rule(row.pk, row.name, row.version, row.conditions, row.queue.key, row.prefers_specialist))
    return rules


def in_force() -> InForce:
    """What routing asks now. However the rules came to be what they are, the list gets its number before it is used."""
    return _matching() or _numbered(OTHERWISE, [])


def note(because: str, changes: Iterable[Change]) -> RuleSet:
    """Numbers the list that changes have just made, in their transaction; nothing new where it is the same list."""
    found = _matching()
    return found.rule_set if found else _numbered(because, [change.pk for change in changes]).rule_set


def digest_of(rules: Sequence[Rule]) -> str:
    return hashlib.sha256(json.dumps(kept(rules), sort_keys=True).encode()).hexdigest()


def kept(rules: Iterable[Rule]) -> list[dict[str, Any]]:
    return [asdict(rule) for rule in rules]


def rules_of(rule_set: RuleSet) -> list[Rule]:
    """The rules of a numbered list, to be asked as they were then."""
    return [rule_from(rule) for rule in rule_set.rules]


def rule_from(row: Mapping[str, Any]) -> Rule:
    return Rule(**row)


def newest(most: int) -> list[RuleSet]:
    return list(RuleSet.objects.all()[:most])


def is_in_force(rule_set: RuleSet) -> bool:
    """Whether this is the list that routing asks now. Reads only."""
    found = _matching()
    return found is not None and found.rule_set.pk == rule_set.pk


def _matching() -> InForce | None:
    """The last numbered list, if the rules are still the ones that it holds.

    The list is read before the rules: a change that commits between the two makes a difference that the lock settles.
    """
    last = RuleSet.objects.defer("rules").first()
    rules = current_rules()
    return InForce(last, rules) if last is not None and last.digest == digest_of(rules) else None


@transaction.atomic
def _numbered(because: str, changes: list[int]) -> InForce:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_ONE_AT_A_TIME])
    if found := _matching():
        return found
    last, rules = RuleSet.objects.defer("rules").first(), current_rules()
    made = RuleSet.objects.create(
        number=last.number + 1 if last else 1,
        rules=kept(rules),
        digest=digest_of(rules),
        because=(because if last or changes else SINCE_START)[:300],
        changes=changes,
    )
    return InForce(made, rules)
