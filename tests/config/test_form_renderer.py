"""Plain fields are written as Django's own templates write them."""

from __future__ import annotations

from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.test.html import parse_html

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
