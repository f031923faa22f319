"""The rules as SQL answer as the rules as Python do, about the same rows."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Facility
from denials.models import Payer
from tests.cast import Cast
from tests.factories import (
    ClaimFactory,
    DenialFactory,
    FacilityFactory,
    PayerFactory,
    RemittedClaimFactory,
    WorkItemFactory,
)
from tests.routing_samples import (
    CATEGORIES,
    EVIDENCE,
    GROUPS,
    KINDS,
    LINES,
    MODIFIERS,
    NPIS,
    PAYERS,
    PROCEDURES,
    PRODUCTS,
    PROVIDERS,
    REASONS,
    REMARKS,
    SINGLE,
    TEAMS,
    rulebooks,
    some,
)  # fmt: skip
from worklists.domain.conditions import matches
from worklists.domain.routing import Rule, route
from worklists.models import WorkItem
from worklists.routing import in_sql
from worklists.routing.router import facts_of

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)

lines = st.lists(
    st.fixed_dictionaries({"procedure": st.sampled_from(["", *PROCEDURES]), "modifiers": some(MODIFIERS)}), max_size=3
)
adjustments = st.lists(st.tuples(st.sampled_from(GROUPS), st.sampled_from(REASONS)), max_size=3)
rows = st.fixed_dictionaries(
    {
        "owner_team": st.sampled_from(TEAMS),
        "category": st.sampled_from(CATEGORIES),
        "primary_group": st.sampled_from(GROUPS),
        "primary_code": st.sampled_from(REASONS),
        "remarks": some(REMARKS).map(list),
        "exceptions": some(["unknown_code", "retired_code"]).map(list),
        "evidence": some(EVIDENCE).map(list),
        "payer_kind": st.sampled_from(KINDS),
        "product": st.sampled_from(PRODUCTS),
        "amount_at_risk": st.decimals(min_value="0", max_value="9999", places=2),
        "deadline": st.none() | st.integers(-40, 60).map(lambda days: TODAY + timedelta(days=days)),
        "decided_on": st.none() | st.integers(0, 60).map(lambda days: TODAY - timedelta(days=days)),
        "denied_lines": st.lists(st.integers(1, 3), max_size=2, unique=True),
    }
)
said = st.tuples(
    rows, lines, adjustments, st.sampled_from(PAYERS), st.sampled_from(NPIS), st.sampled_from(LINES),
    st.sampled_from(PROVIDERS), st.integers(1, 4),
)  # fmt: skip


def written(drawn: tuple[Any, ...]) -> WorkItem:
    """One item with everything that its payment says."""
    row, said_lines, said_codes, payer_key, npi, service_line, provider, round = drawn
    payer = Payer.objects.filter(key=payer_key).first() or PayerFactory.create(key=payer_key)
    facility = Facility.objects.filter(npi=npi).first() or FacilityFactory.create(npi=npi, service_line=service_line)
    claim = ClaimFactory.create(payer=payer, facility=facility)
    paid = RemittedClaimFactory.create(claim=claim, rendering_npi=provider)
    for number, line in enumerate(said_lines, start=1):
        paid.lines.create(number=number, segment_from=1, segment_to=2, **{**line, "modifiers": list(line["modifiers"])})
    for ordinal, (group, code) in enumerate(said_codes, start=1):
        paid.adjustments.create(ordinal=ordinal, group=group, code=code, segment=1)
    denial = DenialFactory.create(remitted_claim=paid, **row)
    item: WorkItem = WorkItemFactory.create(denial=denial, round=round, routed_on=TODAY, rank_key=0.0)
    return item


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(said, min_size=1, max_size=3), rulebooks)
def test_the_database_takes_each_item_by_the_same_rule(drawn: list[tuple[Any, ...]], rules: list[Rule]) -> None:
    with transaction.atomic():
        items = [written(each) for each in drawn]
        facts = {item.pk: facts_of(item.denial, on=TODAY, round=item.round) for item in items}
        expected = {pk: route(about, rules).rule for pk, about in facts.items()}

        assert dict(in_sql.picks(rules, WorkItem.objects.all(), TODAY)) == expected
        assert dict(in_sql.picks(rules, WorkItem.objects.all())) == expected
        transaction.set_rollback(True)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(st.lists(said, min_size=1, max_size=3), st.fixed_dictionaries(SINGLE))
def test_the_database_meets_each_condition_alike(drawn: list[tuple[Any, ...]], wanted: dict[str, Any]) -> None:
    rules = [Rule(n, name, 1, {name: values}, "queue") for n, (name, values) in enumerate(wanted.items(), start=1)]
    with transaction.atomic():
        items = [written(each) for each in drawn]
        facts = [facts_of(item.denial, on=TODAY, round=item.round) for item in items]
        taken = {rule.id: sum(matches(about, rule.conditions) for about in facts) for rule in rules}

        assert in_sql.alone(rules, WorkItem.objects.all(), TODAY) == taken
        transaction.set_rollback(True)


def test_items_are_counted_by_the_rule_that_takes_them_at_its_place() -> None:
    for code in ("50", "197", "197", "97"):
        WorkItemFactory.create(denial__primary_code=code)
    first, second, last = (
        Rule(n, "", 1, wanted, "queue")
        for n, wanted in enumerate([{"carc": ["50"]}, {"carc": ["50", "197"]}, {"carc": ["1"]}], start=1)
    )

    assert in_sql.tally([first, second, last], WorkItem.objects.all(), TODAY) == {1: 1, 2: 2, None: 1}
    assert in_sql.alone([second, last], WorkItem.objects.all(), TODAY) == {2: 3, 3: 0}
    assert in_sql.tally([], WorkItem.objects.all(), TODAY) == {None: 4}
    assert in_sql.alone([], WorkItem.objects.all(), TODAY) == {}


def test_only_the_items_asked_about_are_counted(cast: Cast) -> None:
    WorkItemFactory.create()
    there = ClaimFactory.create(facility=cast.there)
    WorkItemFactory.create(denial__remitted_claim__claim=there)
    everything = Rule(1, "", 1, {}, "queue")

    assert in_sql.tally([everything], WorkItem.objects.visible_to(cast.otto), TODAY) == {1: 1}


def test_who_sees_no_facility_is_told_of_nothing(cast: Cast) -> None:
    WorkItemFactory.create()
    cast.otto.facilities.clear()
    everything = Rule(1, "", 1, {}, "queue")

    assert in_sql.tally([everything], WorkItem.objects.visible_to(cast.otto), TODAY) == {}


@given(text=st.sampled_from(["'; DROP TABLE x; --", "%(a)s", "it's", "a%b_"]))
@settings(deadline=None)
def test_values_of_rules_are_never_part_of_the_statement(text: str) -> None:
    rule = Rule(1, text, 1, {"carc": [text], "payer_key": [text], "evidence": [text], "together": [text]}, text)

    assert text not in in_sql.first_match([rule]).text
    assert list(in_sql.picks([rule], WorkItem.objects.all(), TODAY)) == []
