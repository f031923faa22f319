"""Plain fields are written as Django's own templates write them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.http import QueryDict
from django.test.html import parse_html

from accounts.apps import TOO_LONG
from accounts.forms import Picks, TextLines
from config.form_renderer import QuickForms

CHOICES: Any = [("", "Any"), ("<1>", "One & 'two'"), ('Group "g"', [("a", "A"), ("b", "<b>B</b>")])]


class Sample(forms.Form):
    chosen = forms.ChoiceField(choices=CHOICES, widget=forms.Select(attrs={"form": "f", "required": True}))
    text = forms.CharField(widget=forms.TextInput(attrs={"data-x": '"<', "disabled": False}))
    number = forms.IntegerField(min_value=1, required=False)
    day = forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    kept = forms.CharField(widget=forms.HiddenInput)


@pytest.mark.parametrize(
    "sent",
    [None, {}, {"chosen": "<1>", "text": '"quoted" & <b>', "number": "7", "day": "2026-11-22", "kept": "'x'"}],
)
def test_every_plain_field_is_written_as_django_writes_it(sent: dict[str, str] | None) -> None:
    ours, theirs = Sample(sent, renderer=QuickForms()), Sample(sent, renderer=DjangoTemplates())
    for name in Sample.base_fields:
        assert parse_html(str(ours[name])) == parse_html(str(theirs[name])), name
        assert "<b>" not in str(ours[name])


class Long(forms.Form):
    text = forms.CharField(max_length=5, widget=TextLines(attrs={"rows": 2}))
    line = forms.CharField(max_length=5)


def test_no_browser_cuts_what_is_pasted_and_what_is_too_long_is_shown_again() -> None:
    form = Long({"text": "<b>six", "line": "sixteen"}, renderer=QuickForms())
    for name in Long.base_fields:
        assert "maxlength" not in str(form[name])
        assert 'data-longest="5"' in str(form[name])
    assert form.errors["line"] == [TOO_LONG % {"show_value": 7, "limit_value": 5}]
    asked = str(form["text"]).replace("data-longest", "maxlength")
    assert parse_html(asked) == parse_html(str(Long(form.data, renderer=DjangoTemplates())["text"]))


def test_a_line_break_counts_as_one_character() -> None:
    assert Long({"text": "ab\r\ncd", "line": "x"}).is_valid()


class Picked(forms.Form):
    few = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "<b>B</b>")], widget=Picks, required=False)
    many = forms.MultipleChoiceField(choices=[(str(n), f"Number {n}") for n in range(9)], widget=Picks, required=False)


def boxes(html: str) -> list[str]:
    return re.findall(r'<label><input type="checkbox" name="\w+" value="(\w+)"', html)


def test_a_few_boxes_stand_in_their_order_and_of_many_the_ticked_stand_before_the_others() -> None:
    form = Picked(QueryDict("few=b&many=7&many=2"), renderer=QuickForms())
    few, many = str(form["few"]), str(form["many"])
    assert boxes(few) == ["a", "b"]
    assert "<details>" not in few
    assert "<b>" not in few

    seen, _, folded = many.partition("<details>")
    assert boxes(seen) == ["2", "7"]
    assert seen.count(" checked") == 2
    assert boxes(folded) == ["0", "1", "3", "4", "5", "6", "8"]
    assert "7 others" in folded
    assert " checked" not in folded


def test_boxes_of_which_all_or_none_is_ticked_leave_nothing_empty() -> None:
    everything = str(Picked({"many": [str(n) for n in range(9)]}, renderer=QuickForms())["many"])
    assert len(boxes(everything)) == 9
    assert "<details>" not in everything
    nothing = str(Picked(renderer=QuickForms())["many"])
    assert "Choose from 9" in nothing
    assert len(boxes(nothing)) == 9


class Grouped(forms.Form):
    wanted = forms.MultipleChoiceField(
        choices=[
            ("Records & notes", [(f"r{n}", f"Record {n}") for n in range(7)]),
            ("Forms", [(f"f{n}", f"Form {n}") for n in range(7)]),
            ("k1", "Kept"),
        ],
        widget=Picks,
        required=False,
    )


def test_many_boxes_stand_under_their_headings_and_can_be_narrowed() -> None:
    html = str(Grouped(QueryDict("wanted=f3"), renderer=QuickForms())["wanted"])
    seen, _, folded = html.partition("<details>")
    assert boxes(seen) == ["f3"]
    assert "14 others" in folded
    assert '<input type="search" data-narrows' in folded
    records, _, others = folded.partition("<fieldset><legend>Forms</legend>")
    assert "<fieldset><legend>Records &amp; notes</legend>" in records
    assert boxes(records) == [f"r{n}" for n in range(7)]
    assert boxes(others) == ["f0", "f1", "f2", "f4", "f5", "f6", "k1"]
    assert others.index("</fieldset>") < others.index("Kept")

    assert "data-narrows" not in str(Picked(renderer=QuickForms())["many"])
    everything_of_one = str(Grouped({"wanted": [f"f{n}" for n in range(7)]}, renderer=QuickForms())["wanted"])
    assert "<legend>Forms</legend>" not in everything_of_one
