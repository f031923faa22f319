"""The form of a letter template."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from appeals.domain.letters import check_template, tidy
from appeals.models import LetterTemplate
from denials.models import Category, Payer

CODE = re.compile(r"[A-Z]{0,3}[0-9]{1,4}")


class TemplateForm(forms.Form):
    """Fields of a template as people write them: codes in one line, enclosures one a line."""

    name = forms.CharField(max_length=120)
    codes = forms.CharField(
        label="For codes", required=False, help_text="Reason or remark codes, such as 197 N54. Empty fits any."
    )
    category = forms.ChoiceField(label="For the category", required=False)
    payer = forms.ModelChoiceField(Payer.objects.all(), label="For the payer", required=False, empty_label="Any payer")
    subject = forms.CharField(max_length=200)
    body = forms.CharField(label="Letter", strip=False, widget=forms.Textarea(attrs={"rows": 28}))
    enclosures = forms.CharField(required=False, help_text="One a line.", widget=forms.Textarea(attrs={"rows": 3}))
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, template: LetterTemplate | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(each.key, each.title) for each in Category.objects.order_by("title")]
        self.fields["category"].choices = [("", "Any category"), *kinds]  # type: ignore[attr-defined]
        if template is not None:
            plain = ("name", "category", "payer", "subject", "body", "version")
            self.initial.update({name: getattr(template, name) for name in plain})
            self.initial.update(codes=" ".join(template.codes), enclosures="\n".join(template.enclosures))

    def clean_codes(self) -> list[str]:
        codes = self.cleaned_data["codes"].upper().replace(",", " ").split()
        if wrong := [code for code in codes if not CODE.fullmatch(code)]:
            raise ValidationError(f"{wrong[0][:20]} is no reason or remark code. Write codes such as 197 or N54.")
        return list(dict.fromkeys(codes))

    def clean_subject(self) -> str:
        return _checked(self.cleaned_data["subject"])

    def clean_body(self) -> str:
        return _checked(self.cleaned_data["body"])

    def clean_enclosures(self) -> list[str]:
        names = [name.strip() for name in _checked(self.cleaned_data["enclosures"]).splitlines()]
        if any(len(name) > 200 for name in names):
            raise ValidationError("Shorten each enclosure to 200 characters.")
        return [name for name in names if name]

    def values(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if name not in ("version", "key")}


class NewTemplateForm(TemplateForm):
    key = forms.SlugField(max_length=60, help_text="Its name in addresses, such as medical_necessity_mri.")
    field_order = ["name", "key"]

    def clean_key(self) -> str:
        key: str = self.cleaned_data["key"]
        if key == "new":
            raise ValidationError("Choose another key.")
        return key


def _checked(text: str) -> str:
    if wrong := check_template(text):
        raise ValidationError(wrong)
    return tidy(text)
