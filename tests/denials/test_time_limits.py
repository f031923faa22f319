import pytest

from denials import codes, time_limits
from denials.domain.clock_rules import ClockRule
from denials.models import PayerRule

pytestmark = pytest.mark.django_db


def test_the_loaded_rules_say_what_the_shipped_list_says() -> None:
    count = time_limits.load()

    loaded = {rule.rule_id: rule for rule in time_limits.current().rules}

    assert count == len(loaded)
    assert loaded == {row["rule_id"]: ClockRule.from_row(row) for row in codes.rows("payer_rules")}


def test_loading_again_keeps_an_edited_rule_and_mends_the_others() -> None:
    time_limits.load()
    PayerRule.objects.filter(rule_id="AET-L1").update(window_value="90", is_edited=True)
    PayerRule.objects.filter(rule_id="CIG-L1").update(window_value="1")

    time_limits.load()

    kept = dict(PayerRule.objects.filter(rule_id__in=["AET-L1", "CIG-L1"]).values_list("rule_id", "window_value"))
    assert kept == {"AET-L1": "90", "CIG-L1": "180"}
