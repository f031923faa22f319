"""Which playbook a denial gets: the most specific binding, said why, and never by an alert alone."""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denials.codes import FOLDER, shipped_dictionary
from denials.domain.playbooks import WORDS, Asked, Binding, check, choose, described, fits, specificity, uncovered

SHIPPED: list[dict[str, Any]] = json.loads((FOLDER / "playbooks.json").read_text())["playbooks"]
BINDINGS = [Binding(row["key"], wanted) for row in SHIPPED for wanted in row["bindings"]]


def chosen(**asked: Any) -> str:
    choice = choose(Asked(**asked), BINDINGS)
    return choice.won.playbook if choice.won else ""


@pytest.mark.parametrize(
    ("asked", "playbook"),
    [
        ({"carc": "197", "category": "authorization"}, "CO197"),
        ({"carc": "197", "category": "authorization", "remarks": ("N381",)}, "CO197"),
        ({"carc": "45", "remarks": ("N381",)}, "N381"),
        ({"carc": "39", "category": "authorization"}, "CO50"),
        ({"carc": "16", "category": "registration", "remarks": ("N382", "MA130")}, "ELIG"),
        ({"carc": "16", "category": "coding", "remarks": ("M51",)}, "CODING"),
        ({"carc": "16", "category": "documentation", "remarks": ("N40",)}, "N40"),
        ({"carc": "16", "category": "documentation", "remarks": ("M127",)}, ""),
        ({"carc": "16", "category": "coordination_of_benefits", "remarks": ("MA04",)}, "CO22"),
        ({"carc": "252", "category": "documentation", "remarks": ("M31",)}, "N40"),
        ({"carc": "50", "category": "medical_necessity", "remarks": ("N115",)}, "CO50"),
        ({"carc": "96", "category": "noncovered_benefit", "remarks": ("N130",)}, "CO96"),
        ({"carc": "96", "category": "medical_necessity", "remarks": ("N115",)}, "CO50"),
        ({"carc": "236", "category": "bundling"}, "CO97"),
        ({"carc": "29", "category": "timely_filing"}, "CO29"),
        ({"carc": "18", "category": "duplicate"}, "CO18"),
        ({"carc": "119", "category": "benefit_limit"}, "CO119"),
        ({"carc": "22", "category": "coordination_of_benefits"}, "CO22"),
        ({"carc": "A1", "category": "eligibility", "status": "4"}, "ELIG"),
        ({"carc": "27", "category": "eligibility"}, "ELIG"),
        ({}, ""),
    ],
)
def test_denials_come_to_the_playbook_that_an_expert_would_open(asked: dict[str, Any], playbook: str) -> None:
    assert chosen(**asked) == playbook


BEHAVIORAL = {"service_line": "behavioral_health"}


@pytest.mark.parametrize(
    ("asked", "playbook"),
    [
        ({"carc": "50", "category": "medical_necessity"}, "N382_BH"),
        ({"carc": "151", "category": "medical_necessity"}, "N382_BH"),
        ({"carc": "16", "category": "documentation", "remarks": ("N443",)}, "N382_BH"),
        ({"carc": "252", "category": "documentation", "remarks": ("M127",)}, "N382_BH"),
        ({"carc": "197", "category": "authorization"}, "CO197"),
        ({"carc": "16", "category": "registration", "remarks": ("N382",)}, "ELIG"),
    ],
)
def test_behavioral_health_is_told_by_code_document_and_service_line_never_by_n382(
    asked: dict[str, Any], playbook: str
) -> None:
    assert chosen(**asked, **BEHAVIORAL) == playbook


def test_a_reading_of_n382_that_was_approved_moves_the_playbook_with_the_category() -> None:
    read = {"carc": "16", "category": "documentation", "remarks": ("N382",)}
    assert chosen(**read, **BEHAVIORAL) == "N382_BH"


def test_no_behavioral_binding_asks_for_n382() -> None:
    for binding in BINDINGS:
        if binding.playbook == "N382_BH":
            assert "N382" not in binding.wanted.get("rarc", ())


def test_the_losers_are_named_with_what_speaks_for_them() -> None:
    choice = choose(Asked(carc="197", category="authorization", remarks=("N381", "N54")), BINDINGS)
    assert choice.won is not None
    assert choice.won.because == "reason code 197"
    assert [(lost.playbook, lost.because) for lost in choice.lost] == [("N381", "remark N381")]


def test_what_decided_is_said_without_what_was_not_met() -> None:
    choice = choose(Asked(carc="16", category="registration", remarks=("N382",)), BINDINGS)
    assert choice.won is not None
    assert choice.won.because == "reason code 16, and category registration, and remark N382"
    assert described({"carc": ["1", "2", "3"]}) == "reason code 1, 2 or 3"


values = {"carc": ["16", "50", "197"], "rarc": ["N1", "N2"], "category": ["coding", "eligibility"], "group": ["CO"]}
wanted = st.fixed_dictionaries(
    {}, optional={fact: st.lists(st.sampled_from(some), min_size=1) for fact, some in values.items()}
)
bindings = st.lists(st.builds(Binding, st.sampled_from("ABC"), wanted), max_size=12)
facts = st.builds(
    Asked,
    carc=st.sampled_from(values["carc"]),
    remarks=st.lists(st.sampled_from(values["rarc"])).map(tuple),
    category=st.sampled_from(values["category"]),
    group=st.sampled_from(["CO", "PR"]),
)


@given(asked=facts, some=bindings, shuffled=st.randoms())
def test_the_winner_fits_is_the_most_specific_and_does_not_depend_on_order(
    asked: Asked, some: list[Binding], shuffled: Any
) -> None:
    choice = choose(asked, some)
    fitting = [each for each in some if fits(asked, each.wanted)]
    named = [] if choice.won is None else [choice.won, *choice.lost]
    assert {each.playbook for each in named} == {each.playbook for each in fitting}
    assert [specificity(each.binding.wanted) for each in named] == sorted(
        (specificity(each.binding.wanted) for each in named), reverse=True
    )
    for each in fitting:
        assert choice.won is not None
        assert specificity(each.wanted) <= specificity(choice.won.binding.wanted)
    shuffled.shuffle(some)
    again = choose(asked, some)
    assert [each.playbook for each in ([again.won, *again.lost] if again.won else [])] == [
        each.playbook for each in named
    ]


def test_a_binding_that_asks_for_nothing_takes_nothing() -> None:
    assert choose(Asked(carc="197"), [Binding("A", {})]) == choose(Asked(), [])
    assert check({}) == ["A binding that asks for nothing would take every denial."]
    assert check({"moon": ["full"]}) == ['There is no fact "moon" to ask for.']


def test_codes_that_no_binding_names_are_uncovered() -> None:
    codes = [("CARC", "197"), ("CARC", "252"), ("RARC", "M127"), ("CARC", "P1"), ("RARC", "197")]
    assert uncovered(codes, BINDINGS) == [("RARC", "M127"), ("CARC", "P1"), ("RARC", "197")]


def test_the_shipped_playbooks_are_whole() -> None:
    assert len(SHIPPED) == 13
    for row in SHIPPED:
        assert all(row[name] for name in ("title", "summary", "causes", "checks", "evidence", "letter", "prevention"))
        steps = row["steps"]
        assert len({step["key"] for step in steps}) == len(steps) >= 4
        assert all(step["text"] and step["team"] and 0 < step["day"] <= 60 for step in steps)
        for binding in row["bindings"]:
            assert not check(binding)
            assert set(binding) <= set(WORDS)


def test_the_shipped_bindings_name_codes_that_exist() -> None:
    dictionary = shipped_dictionary()
    carcs = set(chain.from_iterable(each.wanted.get("carc", ()) for each in BINDINGS))
    rarcs = set(chain.from_iterable(each.wanted.get("rarc", ()) for each in BINDINGS))
    assert [code for code in carcs if not dictionary.carc(code).is_known] == []
    assert [code for code in rarcs if not dictionary.rarc(code).is_known] == []


def test_no_playbook_carries_marketing_or_names_its_articles_to_staff() -> None:
    text = json.dumps([{name: value for name, value in row.items() if name != "source"} for row in SHIPPED])
    assert not re.search(r"article|https?:|@|\d{3}-\d{3}-\d{4}", text)
