"""The worked scenarios through `manage.py explain --json`, their history and context given through the database."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from datetime import date
from typing import Any

import pytest
from django.core.management import call_command
from django.db import transaction

from config import prepared
from config.explained_json import as_json
from config.explaining import Explained, Read, explain
from denials import dictionary, time_limits
from denials.codes import shipped_dictionary
from denials.domain.days import federal_holidays
from tests.scenarios import AS_OF, HOLIDAYS, SCENARIOS, options_of, path_of, remember
from worklists.defaults import load_defaults

MONEY = {"denied_amount", "amount_at_risk", "tracked_amount", "recovered"}
RANKS = ("priority_overall", "priority_in_queue")
"""Places among all scenarios of the pack, of which some are not shown: their order is tested."""


@pytest.fixture(autouse=True)
def loaded(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The dictionary as shipped: tests/denials/test_dictionary.py proves that loading it changes nothing."""
    monkeypatch.setattr(dictionary, "current", shipped_dictionary)
    monkeypatch.setattr(prepared, "is_prepared", lambda: True)
    load_defaults()
    time_limits.load()


def explained(*arguments: str) -> list[dict[str, Any]]:
    out = io.StringIO()
    call_command("explain", *arguments, "--json", stdout=out, stderr=io.StringIO())
    found: list[dict[str, Any]] = json.loads(out.getvalue())
    return found


def alike(found: Any, expected: Any, name: str = "") -> Any:
    """What was found, narrowed to what is expected: money as a number, of an object the keys that are asked for."""
    if isinstance(expected, dict):
        return {key: alike(found.get(key), value, key) for key, value in expected.items()}
    return float(found) if name in MONEY and found is not None else found


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario["id"])
def test_a_worked_scenario_comes_out_as_expected_in_every_key(scenario: dict[str, Any]) -> None:
    remember(scenario)

    claim = explained(str(path_of(scenario)), *options_of(scenario))[-1]

    expected = {key: value for key, value in scenario["expected"].items() if key not in RANKS}
    assert alike(claim, expected) == expected


def test_the_work_is_ranked_as_the_scenarios_rank_it() -> None:
    together, queues = Explained(), defaultdict(list)
    for scenario in SCENARIOS:
        with transaction.atomic(), path_of(scenario).open("rb") as source:
            remember(scenario)
            together.claims.append(explain(source, Read(scenario["payer"], scenario["product"])).claims[-1])
            transaction.set_rollback(True)
    found = {claim["claim_id"]: claim for claim in as_json(together, date.fromisoformat(AS_OF))}
    ranked = {each["id"]: each["expected"] for each in SCENARIOS if "priority_overall" in each["expected"]}

    assert {name for name, claim in found.items() if "priority_overall" in claim} == set(ranked)
    for name, expected in ranked.items():
        queues[expected["queue"]].append(name)
    assert in_order(found, ranked, ranked, "priority_overall")
    assert all(in_order(found, ranked, names, "priority_in_queue") for names in queues.values())


def in_order(found: dict[str, Any], expected: dict[str, Any], names: Any, key: str) -> bool:
    return sorted(names, key=lambda name: found[name][key]) == sorted(names, key=lambda name: expected[name][key])


def test_the_federal_holidays_are_those_of_the_scenarios() -> None:
    first, last = min(HOLIDAYS), max(HOLIDAYS)
    observed = federal_holidays(first.year) | federal_holidays(last.year)
    assert {day for day in observed if first <= day <= last} == set(HOLIDAYS)
