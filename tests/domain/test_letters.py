import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from appeals.domain import layout
from appeals.domain.choosing import choose
from appeals.domain.letters import advice, check_template, merge, pieces, tidy, unfilled
from appeals.domain.places import PLACES, WORDS

ROOT = Path(__file__).resolve().parents[2]
SHIPPED = sorted((ROOT / "appeals" / "letters").glob("*.txt"))


def test_values_go_into_their_places_and_open_places_are_named_in_order() -> None:
    merged = merge("To {{ payer_name }}, claim {{claim_number}}, {{ approval_number }}.", {"payer_name": "Plan"})

    assert merged == "To Plan, claim {{claim_number}}, {{ approval_number }}."
    assert unfilled(merged) == ("claim_number", "approval_number")


@given(st.text(), st.text())
def test_a_value_is_never_read_as_a_template(name: str, rest: str) -> None:
    value = name + "{{ signer_name }}" + rest

    merged = merge("{{ patient_name }}", {"patient_name": value, "signer_name": "Somebody"})

    assert "Somebody" not in merged.replace(value, "")
    assert unfilled(merged) == ()


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
    assert set(unfilled(text)) >= set(unfilled(merge(text, {})))


@given(st.text(alphabet="{} a"))
def test_braces_in_a_value_never_open_a_place(value: str) -> None:
    assert unfilled(merge("{{ patient_name }}.", {"patient_name": f"x{value}x"})) == ()


def test_a_place_with_a_misspelled_name_is_open_too() -> None:
    assert unfilled("{{ clinical reason }} {{}} {{ claim_number }}") == (
        "clinical reason",
        "without a name",
        "claim_number",
    )
    assert merge("{{ clinical  reason }}", {"clinical reason": "Pain"}) == "Pain"


@given(st.text(), st.text())
def test_pieces_are_the_text_cut_at_its_open_places(before: str, after: str) -> None:
    text = f"{before}{{{{ claim_number }}}}{after}"

    assert "".join(piece.text for piece in pieces(text)) == text
    assert {piece.place for piece in pieces(text) if piece.place} == set(unfilled(text))


def test_text_is_tidied_for_printing() -> None:
    assert tidy("one\r\ntwo\rthree\u2028four \x00\x07\u202eevil\u2066  \n\n") == "one\ntwo\nthree\nfour evil"


@given(st.text())
def test_tidying_twice_is_tidying_once(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_template_is_accepted_and_merges_without_a_rest(path: Path) -> None:
    text = path.read_text(encoding="utf-8")

    assert check_template(text) == []
    assert unfilled(merge(text, dict.fromkeys(PLACES, "said"))) == ()


def test_a_letter_is_laid_out_by_its_first_lines() -> None:
    text = (
        "Here Clinic\n1 Street\n\n\nRe: Appeal\nPatient: {{ patient_name }}\n\nTo whom: it may concern.\n\nSam Sample"
    )

    head, reference, plain, signature = layout.blocks(text, sender="Here Clinic", signer="Sam Sample")

    assert [block.kind for block in (head, reference, plain, signature)] == [
        layout.LETTERHEAD, layout.REFERENCES, layout.PARAGRAPH, layout.SIGNATURE,
    ]  # fmt: skip
    assert [fact.label for fact in reference.facts] == ["Re", "Patient"]
    assert reference.facts[1].pieces[0].place == "patient_name"


@given(st.text())
def test_no_text_breaks_the_layout(text: str) -> None:
    shown = "".join(p.text for block in layout.blocks(text, sender="", signer="") for line in block.lines for p in line)

    assert "".join(shown.split()) == "".join(text.split())


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


def test_what_advice_leaves_open_is_said_in_words_that_are_as_open_within_a_letter() -> None:
    known = advice("{{ member_id }} {{eligibility_trace}} {{ house_rule }}", {"member_id": "W1"})
    assert [piece.text for piece in known] == [
        "W1 ", "[missing: trace number of the eligibility response]", " ", "[missing: house rule]",
    ]  # fmt: skip
    text = "".join(piece.text for piece in known)
    assert unfilled(text) == ("eligibility_trace", "house_rule")
    assert merge(text, {"eligibility_trace": "T-7", "house_rule": "x"}) == "W1 T-7 x"


def test_every_place_that_a_shipped_playbook_names_has_words() -> None:
    shipped = json.loads((ROOT / "denials/codes/playbooks.json").read_text())["playbooks"]
    named = {name for playbook in shipped for line in playbook["letter"] for name in unfilled(line)}
    assert named
    assert named <= WORDS.keys() | {"group_code", "carc_code"}
