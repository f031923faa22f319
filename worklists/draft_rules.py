"""The list of rules as a set of drafts would make it, beside the list as it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from accounts.governance.bundles import members_of
from accounts.governance.differences import Piece, word_diff
from accounts.governance.trying import applied
from accounts.models import Change, ChangeSet
from worklists import rule_sets
from worklists.domain.routing import Rule, describe
from worklists.models import Queue, RoutingRule

AREA = "rules"


def would_be(bundle: ChangeSet) -> list[Rule]:
    """The rules as they were in force right after this set. A new one has its change's id below zero, as it has no row.

    Raises Refused or Conflict where the set could not take effect.
    """
    known = set(RoutingRule.objects.values_list("pk", flat=True))
    made = [change.pk for change in members_of(bundle) if change.kind == Change.Kind.ADD]

    def look() -> list[Rule]:
        fresh = RoutingRule.objects.exclude(pk__in=known).order_by("pk").values_list("pk", flat=True)
        drafts = dict(zip(fresh, made, strict=True))
        return [replace(rule, id=-drafts[rule.id]) if rule.id in drafts else rule for rule in rule_sets.current_rules()]

    return applied(bundle, look)


def fingerprint(bundle: ChangeSet) -> str:
    """What the drafts of a set say, in short: it differs when one of them was rewritten, left out or taken in."""
    said = [
        [change.pk, change.kind, change.object_id, change.seed, [[e["name"], e["after"]] for e in change.edits]]
        for change in members_of(bundle)
    ]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Line:
    """One rule of the two lists: its place in each (None: not there), and what differs."""

    rule: Rule
    place_now: int | None
    place_then: int | None
    name: list[Piece]
    words: list[Piece]
    queue: list[Piece]
    is_moved: bool = False

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != "same" for piece in (*self.name, *self.words, *self.queue))

    @property
    def is_same(self) -> bool:
        return not (self.is_moved or self.is_changed or self.place_now is None or self.place_then is None)


def beside(now: Sequence[Rule], then: Sequence[Rule]) -> list[Line]:
    """Both lists as one, in the order of the new one; what leaves stands where it stood."""
    names = dict(Queue.objects.values_list("key", "name"))
    places_now = {rule.id: place for place, rule in enumerate(now, start=1)}
    places_then = {rule.id: place for place, rule in enumerate(then, start=1)}
    before = {rule.id: rule for rule in now}
    stay = _in_order([rule.id for rule in now if rule.id in places_then], [r.id for r in then if r.id in places_now])
    lines = [
        _line(
            before.get(rule.id), rule, places_now.get(rule.id), place, names, rule.id in before and rule.id not in stay
        )
        for place, rule in enumerate(then, start=1)
    ]
    for rule in now:
        if rule.id not in places_then:
            after = [
                n for n, line in enumerate(lines) if (line.place_now or 0) < places_now[rule.id] and line.place_now
            ]
            lines.insert(after[-1] + 1 if after else 0, _line(rule, None, places_now[rule.id], None, names, False))
    return lines


def _line(
    before: Rule | None, after: Rule | None, now: int | None, then: int | None, names: dict[str, str], is_moved: bool
) -> Line:
    rule = after or before
    assert rule is not None

    def differ(read: object) -> list[Piece]:
        if before is None or after is None:
            return [Piece("same", read(rule))]  # type: ignore[operator]
        return word_diff(read(before), read(after))  # type: ignore[operator]

    return Line(
        rule=rule,
        place_now=now,
        place_then=then,
        name=differ(lambda each: each.name),
        words=differ(lambda each: describe(each.conditions)),
        queue=differ(lambda each: names.get(each.queue_key, each.queue_key)),
        is_moved=is_moved,
    )


def _in_order(now: Sequence[int], then: Sequence[int]) -> set[int]:
    """Those that keep their order among each other: the fewest others moved."""
    same = SequenceMatcher(None, now, then, autojunk=False).get_matching_blocks()
    return {rule for block in same for rule in now[block.a : block.a + block.size]}
