"""A rule is called shadowed only where the rule before it surely takes all that it could take."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given

from tests.routing_samples import conditions, facts
from worklists.domain.conditions import matches
from worklists.domain.implication import implies
from worklists.domain.routing import Facts


@given(conditions, conditions, facts)
def test_what_is_proved_holds_for_every_item(narrow: dict[str, Any], wide: dict[str, Any], item: Facts) -> None:
    if implies(narrow, wide) and matches(item, narrow):
        assert matches(item, wide)


@given(conditions)
def test_a_rule_implies_itself_and_the_rule_that_takes_everything(wanted: dict[str, Any]) -> None:
    assert implies(wanted, wanted)
    assert implies(wanted, {})


@pytest.mark.parametrize(
    ("narrow", "wide", "proved"),
    [
        ({"payer_key": ["aetna"], "carc": ["50"]}, {"payer_key": ["aetna", "cigna"]}, True),
        ({"payer_key": ["aetna", "cigna"]}, {"payer_key": ["aetna"]}, False),
        ({"carc": ["50"]}, {"payer_key": ["aetna"]}, False),
        ({}, {"carc": ["50"]}, False),
        ({"remarks": ["N54"]}, {"remarks": ["N54", "N1"]}, True),
        ({"together": ["50", "197"]}, {"together": ["50"]}, True),
        ({"together": ["50"]}, {"together": ["50", "197"]}, False),
        ({"amount_at_risk": {"min": "100", "max": "200"}}, {"amount_at_risk": {"min": "100"}}, True),
        ({"amount_at_risk": {"min": "99.99"}}, {"amount_at_risk": {"min": "100"}}, False),
        ({"urgency": ["critical"]}, {"days_left": {"max": "7"}}, True),
        ({"urgency": ["critical", "none"]}, {"days_left": {"max": "7"}}, False),
        ({"urgency": ["none"]}, {"urgency": ["none", "low"]}, True),
        ({"urgency": ["none"]}, {"urgency": ["low"]}, False),
        ({"days_left": {"min": "0", "max": "14"}}, {"urgency": ["critical", "high"]}, True),
        ({"days_left": {"max": "14"}}, {"urgency": ["critical", "high"]}, False),
        ({"age_days": {"min": "9"}}, {"days_left": {"min": "9"}}, False),
        ({"procedure": ["70553"]}, {"procedure": ["7055*"]}, True),
        ({"procedure": ["70551-70553"]}, {"procedure": ["7055*"]}, True),
        ({"procedure": ["70551-70553"]}, {"procedure": ["70540-70559"]}, True),
        ({"procedure": ["7055*"]}, {"procedure": ["70540-70559"]}, False),
        ({"procedure": ["7055*"]}, {"procedure": ["705*"]}, True),
        ({"procedure": ["70553"]}, {"modality": ["mri"]}, True),
        ({"modality": ["mri"]}, {"modality": ["mri", "ct"]}, True),
        ({"modality": ["mri"]}, {"procedure": ["7*"]}, False),
    ],
)
def test_what_can_be_proved(narrow: dict[str, Any], wide: dict[str, Any], proved: bool) -> None:
    assert implies(narrow, wide) is proved
