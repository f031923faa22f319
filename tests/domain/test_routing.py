"""Every denial goes to exactly one queue: that of the first rule that matches, or the unrouted one."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from worklists.domain.routing import WORDS, Facts, Rule, RuleBook, check_conditions, describe, route

TEAMS, CATEGORIES, PAYERS = ["coding", "billing", "cob_tpl"], ["authorization", "coding"], ["aetna", "cigna", "uhc"]
REMARKS, NPIS = ["N54", "M15", "MA130"], ["1000000001", "1000000002"]
WORDS_OF = {
    "owner_team": TEAMS, "category": CATEGORIES, "payer_key": PAYERS, "remarks": REMARKS, "facility_npi": NPIS,
}  # fmt: skip

facts = st.builds(
    Facts,
    owner_team=st.sampled_from(TEAMS),
    category=st.sampled_from(CATEGORIES),
    payer_key=st.sampled_from(PAYERS),
    remarks=st.lists(st.sampled_from(REMARKS), unique=True).map(tuple),
    facility_npi=st.sampled_from(NPIS),
    amount_at_risk=st.decimals(min_value="0", max_value="9999", places=2),
)
conditions = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.lists(st.sampled_from(values), min_size=1, unique=True) for name, values in WORDS_OF.items()},
        "amount_at_risk": st.integers(min_value=0, max_value=9000).map(lambda low: {"min": str(low)}),
    },
)
rulebooks = st.lists(conditions, max_size=12).map(
    lambda rows: [Rule(n, f"Rule {n}", 1, row, f"queue-{n}") for n, row in enumerate(rows, start=1)]
)
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
        ({"days_left": ["3"]}, 'no condition "days_left"'),
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


def test_every_fact_can_be_a_condition_and_has_a_name_for_people() -> None:
    assert set(WORDS) == set(Facts.__dataclass_fields__)
