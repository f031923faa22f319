"""The routing rules as SQL: which rule takes each of many items, asked of the database at once.

One CASE in the order of the rules over the same facts that `router.facts_of` gives; a test holds both to the same
answers. Values always travel as parameters.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import chain
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection

from denials.domain.urgency import LAST_DAYS, UrgencyBand
from worklists.domain.conditions import CONDITIONS, RANGES, Shape, bounds, patterns_of
from worklists.domain.routing import Rule
from worklists.domain.routing_facts import NO_LAST_DAY
from worklists.models.items import WorkItemQuerySet


class Sql(NamedTuple):
    """A piece of a statement with the parameters that belong in it."""

    text: str
    params: tuple[Any, ...] = ()

    def __add__(self, other: object) -> Sql:
        assert isinstance(other, Sql)
        return Sql(self.text + other.text, self.params + other.params)


DAYS_LEFT = "(d.deadline - asked.day)"
BANDS = " ".join(f"WHEN {DAYS_LEFT} <= {most} THEN '{band.value}'" for band, most in LAST_DAYS.items())
DENIED_LINES = (
    "FROM denials_remittedline l WHERE l.remitted_claim_id = d.remitted_claim_id"
    " AND (d.denied_lines = '{}' OR l.number = ANY(d.denied_lines))"
)
FACTS = {
    "owner_team": "d.owner_team",
    "category": "d.category",
    "denial_type": "d.denial_type",
    "outcome": "d.outcome",
    "resolution": "d.resolution",
    "group": "d.primary_group",
    "carc": "d.primary_code",
    "remarks": "d.remarks::text[]",
    "codes": "(d.remarks::text[] || ARRAY(SELECT unnest(ARRAY[a.code::text, a.\"group\" || '-' || a.code])"
    " FROM denials_adjustment a WHERE a.remitted_claim_id = d.remitted_claim_id))",
    "exceptions": "d.exceptions::text[]",
    "evidence": "d.evidence::text[]",
    "payer_key": "p.key",
    "payer_kind": "d.payer_kind",
    "product": "d.product",
    "facility_npi": "f.npi",
    "service_line": "f.service_line",
    "rendering_npi": "(SELECT rc.rendering_npi FROM denials_remittedclaim rc WHERE rc.id = d.remitted_claim_id)",
    "procedures": f"ARRAY(SELECT l.procedure::text {DENIED_LINES} AND l.procedure <> '')",
    "modifiers": f"ARRAY(SELECT unnest(l.modifiers)::text {DENIED_LINES})",
    "amount_at_risk": "d.amount_at_risk",
    "days_left": DAYS_LEFT,
    "urgency": f"CASE WHEN d.deadline IS NULL THEN '{NO_LAST_DAY}' {BANDS} ELSE '{UrgencyBand.LOW.value}' END",
    "age_days": "(asked.day - d.decided_on)",
    "round": "i.round",
}
"""By fact. Conditions ask procedures line by line (`_procedures`)."""
WHOSE = {"payer_id": "d.payer_id", "facility_id": "d.facility_id"}
"""What decides who is preferred."""
KNOWN = FACTS | WHOSE
FROM = """
FROM worklists_workitem i
JOIN denials_denial d ON d.id = i.denial_id
JOIN denials_payer p ON p.id = d.payer_id
JOIN accounts_facility f ON f.id = d.facility_id
CROSS JOIN LATERAL (SELECT {day} AS day) AS asked
WHERE i.id IN ("""


def picks(rules: Sequence[Rule], items: WorkItemQuerySet, on: date | None = None) -> Iterator[tuple[int, Rule | None]]:
    """Each of these items with the rule that takes it, None for none: as of `on`, or of the day it was routed on."""
    with connection.cursor() as cursor:
        statement = Sql("SELECT i.id, ") + first_match(rules) + _among(items, on)
        cursor.execute(*statement)
        for item, place in cursor:
            yield item, None if place is None else rules[place]


def tally(rules: Sequence[Rule], items: WorkItemQuerySet, on: date) -> dict[int | None, int]:
    """How many of these items each rule takes at its place, by rule id; None for those that no rule takes."""
    with connection.cursor() as cursor:
        statement = Sql("SELECT ") + first_match(rules) + Sql(" AS place, count(*)") + _among(items, on)
        cursor.execute(*(statement + Sql(" GROUP BY place")))
        return {None if place is None else rules[place].id: count for place, count in cursor}


class Standing(NamedTuple):
    """Items of one queue that one rule takes, and the most urgent of them."""

    queue_id: int
    rule: Rule | None
    items: int
    amount: Decimal
    first: list[int]


def standing(rules: Sequence[Rule], items: WorkItemQuerySet, on: date, most: int) -> list[Standing]:
    """These items by the queue that they are in and the rule that takes them, with `most` of each."""
    with connection.cursor() as cursor:
        statement = Sql("SELECT i.queue_id, ") + first_match(rules)
        statement += Sql(" AS place, count(*), sum(i.amount_at_risk), (array_agg(i.id ORDER BY i.rank_key, i.id))[:%s]")
        cursor.execute(*(statement + Sql("", (most,)) + _among(items, on) + Sql(" GROUP BY i.queue_id, place")))
        return [Standing(queue, None if place is None else rules[place], *counted) for queue, place, *counted in cursor]


def alone(rules: Sequence[Rule], items: WorkItemQuerySet, on: date) -> dict[int, int]:
    """How many of these items each rule would take if it were asked first, by rule id."""
    if not rules:
        return {}
    counted = [Sql("count(*) FILTER (WHERE ") + holds(rule.conditions) + Sql(")") for rule in rules]
    with connection.cursor() as cursor:
        cursor.execute(*(Sql("SELECT ") + _joined(", ", counted) + _among(items, on)))
        return dict(zip((rule.id for rule in rules), cursor.fetchone(), strict=True))


class Alike(NamedTuple):
    """Items of which the same is known, and where each of them stands."""

    known: tuple[Any, ...]
    """What was asked for, in the order of its names."""
    items: list[int]
    versions: list[int]
    queues: list[int]
    rules: list[int | None]


def names_asked(asks: Collection[str]) -> list[str]:
    """The facts to look up. Urgency is read off the days that are left."""
    return sorted({"days_left" if name == "urgency" else name for name in asks})


def alike(items: WorkItemQuerySet, names: Sequence[str], on: date) -> Iterator[Alike]:
    """These items by what the facts of these names say of them: many are alike, and are asked about once."""
    known = [KNOWN[name] for name in names]
    stand = [f"array_agg({column})" for column in ("i.id", "i.version", "i.queue_id", "i.rule_id")]
    places = ", ".join(str(len(stand) + place) for place, _ in enumerate(known, start=1))
    with connection.cursor() as cursor:
        together = Sql(f" GROUP BY {places or '()'} HAVING count(*) > 0")
        cursor.execute(*(Sql("SELECT " + ", ".join(stand + known)) + _among(items, on) + together))
        for ids, versions, queues, rules, *facts in cursor:
            yield Alike(tuple(map(_as_fact, facts)), ids, versions, queues, rules)


def _as_fact(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


def first_match(rules: Sequence[Rule]) -> Sql:
    """The place in `rules` of the first one that matches, from 0; NULL for none."""
    if not rules:
        return Sql("NULL::int")
    asked = [Sql("WHEN ") + holds(rule.conditions) + Sql(f" THEN {place}") for place, rule in enumerate(rules)]
    return Sql("CASE ") + _joined(" ", asked) + Sql(" END")


def holds(conditions: Mapping[str, Any]) -> Sql:
    """Whether all conditions are met; NULL counts as no, for a fact that is not known meets none."""
    return _joined(" AND ", [_condition(name, wanted) for name, wanted in conditions.items()] or [Sql("true")])


def _condition(name: str, wanted: Any) -> Sql:
    condition = CONDITIONS[name]
    if condition.shape in (Shape.PROCEDURE, Shape.MODALITY):
        return _procedures(patterns_of(name, wanted))
    fact = FACTS[condition.fact]
    if condition.shape in RANGES:
        return _between(fact, wanted)
    operator = {Shape.SOME: f"{fact} && %s::text[]", Shape.EVERY: f"{fact} @> %s::text[]"}
    return Sql(operator.get(condition.shape, f"{fact} = ANY(%s::text[])"), (list(wanted),))


def _between(fact: str, wanted: Mapping[str, str]) -> Sql:
    low, high = bounds(wanted)
    ends = [Sql(f"{fact} {sign} %s", (end,)) for sign, end in ((">=", low), ("<=", high)) if end is not None]
    return _joined(" AND ", ends)


def _procedures(patterns: Iterable[str]) -> Sql:
    """As `denials.domain.scoping.procedure_fits`: exact codes, beginnings, and ranges of codes of the same length."""
    patterns = list(patterns)
    ranges = [pattern.split("-") for pattern in patterns if "-" in pattern]
    beginnings = [f"{pattern[:-1]}%" for pattern in patterns if pattern.endswith("*")]
    return Sql(
        f"EXISTS (SELECT 1 {DENIED_LINES} AND (l.procedure = ANY(%s::text[]) OR l.procedure LIKE ANY(%s::text[])"
        " OR EXISTS (SELECT 1 FROM unnest(%s::text[], %s::text[]) AS ends (low, high) WHERE"
        ' length(l.procedure) = length(low) AND l.procedure COLLATE "C" BETWEEN low AND high)))',
        (patterns, beginnings, [low for low, _ in ranges], [high for _, high in ranges]),
    )


def _among(items: WorkItemQuerySet, on: date | None) -> Sql:
    day = Sql("%s::date", (on,)) if on else Sql("i.routed_on")
    try:
        text, params = items.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:  # such as for somebody who sees no facility
        text, params = "SELECT NULL::bigint WHERE false", ()
    before, after = FROM.split("{day}")
    return Sql(before) + day + Sql(after) + Sql(text, tuple(params)) + Sql(")")


def _joined(separator: str, pieces: Sequence[Sql]) -> Sql:
    return Sql(separator.join(piece.text for piece in pieces), tuple(chain.from_iterable(p.params for p in pieces)))
