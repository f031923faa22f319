"""The list of rules as a set of drafts would make it, beside the list as it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher

from accounts.governance.bundles import members_of
from accounts.governance.differences import Piece, word_diff
from accounts.governance.trying import applied
from accounts.models import Change, ChangeSet
from worklists.domain.routing import Rule
from worklists.domain.routing_words import rule_in_words
from worklists.models import Queue, RoutingRule
from worklists.routing import rule_fields, rule_sets

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
    sentence: list[Piece]
    is_moved: bool = False

    @property
    def is_changed(self) -> bool:
        return any(piece.kind != "same" for piece in (*self.name, *self.sentence))

    @property
    def is_same(self) -> bool:
        return not (self.is_moved or self.is_changed or self.place_now is None or self.place_then is None)


def beside(now: Sequence[Rule], then: Sequence[Rule]) -> list[Line]:
    """Both lists as one, in the order of the new one; what leaves stands where it stood."""
    before = {rule.id: (place, rule) for place, rule in enumerate(now, start=1)}
    after = {rule.id: (place, rule) for place, rule in enumerate(then, start=1)}
    stay = _in_order([rule.id for rule in now if rule.id in after], [rule.id for rule in then if rule.id in before])
    in_words = _teller()
    lines = [_line(before.get(rule.id), after[rule.id], in_words, rule.id in stay) for rule in then]
    for place, rule in enumerate(now, start=1):
        if rule.id not in after:
            above = [n for n, line in enumerate(lines, start=1) if line.place_now and line.place_now < place]
            lines.insert(above[-1] if above else 0, _line(before[rule.id], None, in_words, True))
    return lines


Placed = tuple[int, Rule] | None


def _line(before: Placed, after: Placed, in_words: Callable[[Rule], str], stays: bool) -> Line:
    either = after or before
    assert either is not None
    was, becomes = (before or either)[1], (after or either)[1]
    return Line(
        rule=becomes,
        place_now=before[0] if before else None,
        place_then=after[0] if after else None,
        name=word_diff(was.name, becomes.name),
        sentence=word_diff(in_words(was), in_words(becomes)),
        is_moved=bool(before and after and not stays),
    )


def _teller() -> Callable[[Rule], str]:
    names, queues = rule_fields.names(), dict(Queue.objects.values_list("key", "name"))
    return lambda rule: rule_in_words(rule.conditions, queues.get(rule.queue_key, rule.queue_key), names)


def _in_order(now: Sequence[int], then: Sequence[int]) -> set[int]:
    """Those that keep their order among each other; the others were moved."""
    same = SequenceMatcher(None, now, then, autojunk=False).get_matching_blocks()
    return {rule for block in same for rule in now[block.a : block.a + block.size]}
