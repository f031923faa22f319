from dataclasses import dataclass, field

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.domain.letters import PLACES, check_template, choose, merge, unfilled


def test_values_go_into_their_places_and_open_places_are_named_in_order() -> None:
    merged = merge("To {{ payer_name }}, claim {{claim_number}}, {{ approval_number }}.", {"payer_name": "Plan"})

    assert merged.text == "To Plan, claim {{claim_number}}, {{ approval_number }}."
    assert merged.unfilled == ("claim_number", "approval_number")


@given(st.text(), st.text())
def test_a_value_is_never_read_as_a_template(name: str, rest: str) -> None:
    value = name + "{{ signer_name }}" + rest

    merged = merge("{{ patient_name }}", {"patient_name": value, "signer_name": "Somebody"})

    assert "Somebody" not in merged.text.replace(value, "")
    assert merged.unfilled == ()


@pytest.mark.parametrize(
    "text",
    [
        "{{ item.signer.password }}",
        "{{ ''.__class__ }}",
        "{% include 'settings.py' %}",
        "{% load static %}",
        "{{ claim_number|upper }}",
        "{{ unknown_name }}",
        "{# a comment #}",
        "zero \x00 byte",
        "x" * 200_001,
    ],
)
def test_a_template_with_anything_but_known_places_is_refused(text: str) -> None:
    assert check_template(text)


def test_a_template_with_every_known_place_is_accepted() -> None:
    assert check_template(" ".join(f"{{{{ {name} }}}}" for name in PLACES)) == []


@given(st.text())
def test_no_text_breaks_the_merge(text: str) -> None:
    assert set(unfilled(text)) >= set(merge(text, {}).unfilled)


@dataclass
class Template:
    name: str
    codes: list[str] = field(default_factory=list)
    category: str = ""
    payer_id: int | None = None


def test_the_most_specific_template_comes_first_and_those_that_do_not_fit_are_left_out() -> None:
    templates = [
        Template("general"),
        Template("category", category="authorization"),
        Template("remark", codes=["N54"]),
        Template("code", codes=["197"]),
        Template("code of this payer", codes=["197"], payer_id=7),
        Template("code of another payer", codes=["197"], payer_id=8),
        Template("other category", category="coding"),
    ]

    chosen = choose(templates, codes=["197", "N54"], category="authorization", payer_id=7)

    assert [template.name for template in chosen] == ["code of this payer", "code", "remark", "category", "general"]
