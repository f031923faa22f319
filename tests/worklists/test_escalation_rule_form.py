"""What an escalation rule asks for is chosen from what there is: a word that nothing has would never match."""

from __future__ import annotations

from typing import Any

import pytest

from denials import dictionary
from denials.models import Category
from worklists.models import EscalationRule
from worklists.watch.watch_settings import EscalationRuleForm

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _codes() -> None:
    dictionary.load()


def sent(**values: Any) -> EscalationRuleForm:
    usual = {"name": "Large", "position": 10, "to": "managers", "step": 1, "is_active": "on"}
    return EscalationRuleForm({**usual, **values})


def test_a_category_is_one_of_the_dictionary() -> None:
    category = Category.objects.order_by("key")[0].key
    assert sent(category=category).is_valid()
    assert "category" in sent(category="codng").errors


def test_a_code_that_no_denial_can_have_is_refused_with_the_reason() -> None:
    form = sent(codes="50, 197")
    assert form.is_valid()
    assert form.cleaned_data["codes"] == "50 197"
    faults = sent(codes="50 N54 99999").errors["codes"]
    assert len(faults) == 2
    assert "N54 is a remark code" in faults[0]
    assert faults[1] == "The code dictionary has no 99999 of this kind."


def test_what_stands_in_a_rule_already_stays_choosable() -> None:
    rule = EscalationRule.objects.create(name="Old", category="gone", codes="ZZ9")
    form = EscalationRuleForm(
        {"name": "Old", "position": 10, "to": "managers", "step": 1, "category": "gone", "codes": "ZZ9"}, instance=rule
    )
    assert form.is_valid(), form.errors
