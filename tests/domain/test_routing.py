"""Every denial goes to exactly one queue: that of the first rule that matches, or the unrouted one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.routing_samples import conditions, facts, rulebooks
from worklists.domain.conditions import CONDITIONS
from worklists.domain.routing import Facts, Rule, RuleBook, check_conditions, describe, route

ANSWERS = Facts(
    owner_team="coding",
    category="bundling",
    carc="97",
    group="CO",
    remarks=("M15", "N54"),
    payer_key="anthem",
    amount_at_risk=Decimal("1250.00"),
)


def rule(queue: str = "coding", version: int = 3, **conditions: Any) -> Rule:
    return Rule(7, "Bundled lines", version, conditions, queue)


@given(rulebooks, st.lists(facts, max_size=6))
def test_the_rule_book_answers_as_the_plain_list_does(rules: list[Rule], items: list[Facts]) -> None:
    book = RuleBook(rules)

    assert [book.route(item) for item in items] == [route(item, rules) for item in items]


@given(rulebooks, facts)
def test_no_rule_before_the_chosen_one_would_match_alone(rules: list[Rule], item: Facts) -> None:
    chosen = route(item, rules).rule
    before = rules[: rules.index(chosen)] if chosen else rules

    assert all(route(item, [earlier]).rule is None for earlier in before)


@given(conditions)
def test_every_condition_that_can_be_evaluated_is_accepted_and_described(wanted: dict[str, Any]) -> None:
    assert check_conditions(wanted) == []
    assert describe(wanted)


def test_what_no_rule_takes_is_unrouted_and_says_so() -> None:
    routed = route(ANSWERS, [rule(owner_team=["billing"])])

    assert (routed.queue_key, routed.rule) == ("unrouted", None)
    assert "No routing rule matches" in routed.because


def test_the_answer_names_the_rule_its_version_and_what_matched() -> None:
    taken = rule(carc=["96", "97"], remarks=["M15"], amount_at_risk={"min": "1000"})

    assert route(ANSWERS, [taken]).because == (
        'Rule "Bundled lines" (version 3): reason code is 97, remark code is M15, '
        "amount at risk $1,250.00 is at least $1,000.00."
    )


def test_a_rule_without_conditions_takes_every_item() -> None:
    assert route(Facts(), [rule()]).queue_key == "coding"
    assert describe({}) == "every item"


@pytest.mark.parametrize(
    ("bounds", "takes"),
    [
        ({"min": "1250"}, True),
        ({"min": "1250.01"}, False),
        ({"max": "1250.00"}, True),
        ({"max": "1249.99"}, False),
        ({"min": "1000", "max": "2000"}, True),
    ],
)
def test_bounds_of_the_amount_include_their_ends(bounds: dict[str, str], takes: bool) -> None:
    assert (route(ANSWERS, [rule(amount_at_risk=bounds)]).rule is not None) is takes


def test_one_of_several_remarks_is_enough() -> None:
    assert route(ANSWERS, [rule(remarks=["N54", "N999"])]).rule


def test_conditions_in_plain_words() -> None:
    wanted = {"owner_team": ["coding", "billing"], "amount_at_risk": {"min": "5000", "max": "9000.5"}}

    assert describe(wanted) == (
        "owner team is coding or billing, and amount at risk is at least $5,000.00 and at most $9,000.50"
    )


@pytest.mark.parametrize(
    ("wanted", "says"),
    [
        ("aetna", "Conditions are a list"),
        ({"patient_name": ["X"]}, 'no condition "patient_name"'),
        ({"days_left": ["3"]}, "days to the last day needs a min, a max or both, in whole days"),
        ({"days_left": {"max": "3.5"}}, "in whole days"),
        ({"age_days": {"min": "9", "max": "1"}}, "a min above its max"),
        ({"round": {"min": "0"}}, "a whole number from 1 on"),
        ({"procedure": ["70498-70450"]}, "from a lower to a higher code"),
        ({"modality": ["telepathy"]}, "no modality telepathy"),
        ({"carc": []}, "reason code needs one or more values"),
        ({"carc": "97"}, "reason code needs one or more values"),
        ({"carc": [97]}, "reason code needs one or more values"),
        ({"carc": [" "]}, "reason code needs one or more values"),
        ({"amount_at_risk": {}}, "needs a min, a max or both"),
        ({"amount_at_risk": ["5000"]}, "needs a min, a max or both"),
        ({"amount_at_risk": {"over": "1"}}, "needs a min, a max or both"),
        ({"amount_at_risk": {"min": "much"}}, "such as 5000"),
        ({"amount_at_risk": {"min": "NaN"}}, "such as 5000"),
        ({"amount_at_risk": {"min": 5000.1}}, "such as 5000"),
        ({"amount_at_risk": {"min": "-1"}}, "such as 5000"),
        ({"amount_at_risk": {"min": "9", "max": "1"}}, "a min above its max"),
    ],
)
def test_conditions_that_cannot_be_used_are_refused_in_words(wanted: object, says: str) -> None:
    [sentence] = check_conditions(wanted)

    assert says in sentence


def test_every_fact_can_be_asked_and_every_condition_asks_a_fact_under_a_name_for_people() -> None:
    facts = {*Facts.__dataclass_fields__, "urgency"}

    assert {each.fact for each in CONDITIONS.values()} == facts
    assert all(each.words for each in CONDITIONS.values())


URGENT = Facts(
    payer_key="aetna", product="Medicare Advantage", amount_at_risk=Decimal("7000"), days_left=9, age_days=30, round=2,
    codes=("197", "CO-197", "50", "CO-50", "N54"), remarks=("N54",), evidence=("operative or visit notes", "remit"),
    procedures=("70553", "A9585"), modifiers=("26",), rendering_npi="1000000012", service_line="radiology",
)  # fmt: skip


@pytest.mark.parametrize(
    ("wanted", "takes", "words"),
    [
        ({"urgency": ["high"]}, True, "urgency is high (8 to 14 days)"),
        ({"urgency": ["critical", "none"]}, False, "urgency is critical (up to 7 days) or without a last day"),
        ({"days_left": {"max": "14"}}, True, "the last day is within 14 days or past"),
        ({"days_left": {"min": "0", "max": "1"}}, False, "the last day is within 1 day"),
        ({"days_left": {"min": "10"}}, False, "the last day is at least 10 days away"),
        ({"days_left": {"max": "-1"}}, False, "the last day is past by at least 1 day"),
        ({"days_left": {"min": "3", "max": "9"}}, True, "the last day is 3 to 9 days away"),
        ({"age_days": {"min": "30"}}, True, "it was denied at least 30 days ago"),
        ({"round": {"min": "2"}}, True, "it was denied at least 2 times"),
        ({"round": {"max": "1"}}, False, "it was denied at most 1 time"),
        ({"together": ["CO-197", "50", "N54"]}, True, "the claim carries CO-197 and 50 and N54 together"),
        ({"together": ["PR-197"]}, False, "the claim carries PR-197 together"),
        ({"evidence": ["remit"]}, True, "evidence asked for is remit"),
        ({"product": ["Medicare Advantage"]}, True, "product is Medicare Advantage"),
        ({"procedure": ["7055*"]}, True, "procedure is 7055*"),
        ({"procedure": ["70540-70552"]}, False, "procedure is 70540-70552"),
        ({"modality": ["ct", "mri"]}, True, "modality is CT or MRI"),
        ({"modality": ["x_ray"]}, False, "modality is X-ray"),
        ({"modifier": ["26", "TC"]}, True, "modifier is 26 or TC"),
        ({"rendering_npi": ["1000000012"]}, True, "rendering provider NPI is 1000000012"),
    ],
)
def test_each_kind_of_condition_takes_what_it_says(wanted: dict[str, Any], takes: bool, words: str) -> None:
    assert check_conditions(wanted) == []
    assert describe(wanted) == words
    routed = route(URGENT, [rule(**wanted)])

    assert (routed.rule is not None) is takes
    assert routed.because.startswith('Rule "Bundled lines" (version 3): ') is takes


def test_names_that_people_know_stand_in_for_keys() -> None:
    assert describe({"payer_key": ["aetna", "x"]}, {"payer_key": {"aetna": "Aetna Health"}}) == (
        "payer is Aetna Health or x"
    )


def test_an_item_without_a_last_day_is_in_no_number_of_days() -> None:
    assert route(Facts(), [rule(days_left={"max": "500"})]).rule is None
    assert route(Facts(), [rule(days_left={"min": "-500"})]).rule is None
    assert route(Facts(), [rule(urgency=["none"])]).rule


def test_the_answer_says_the_days_that_were_counted() -> None:
    taken = rule(days_left={"max": "14"}, modality=["mri"], together=["197", "50"])

    assert route(URGENT, [taken]).because == (
        'Rule "Bundled lines" (version 3): days to the last day 9, modality is MRI, it carries 197 and 50.'
    )


def test_a_book_knows_which_facts_its_rules_ask_for() -> None:
    book = RuleBook([rule(modality=["mri"], together=["50"]), rule(amount_at_risk={"min": "5"})])

    assert book.asks == {"procedures", "codes", "amount_at_risk"}
