"""The form of a letter template."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.forms import TextLines, taken
from appeals.domain.letters import check_template, tidy
from appeals.domain.places import FROM_THE_RECORD, SET_BESIDE, TYPED_BY_A_PERSON
from appeals.models import LetterTemplate
from denials.models import Category, Payer

CODE = re.compile(r"[A-Z]{0,3}[0-9]{1,4}")
PLACE_GROUPS = (
    ("Filled from the record", FROM_THE_RECORD),
    ("Chosen beside the letter", SET_BESIDE),
    ("Typed by a person before it is sent", TYPED_BY_A_PERSON),
)


class TemplateForm(forms.ModelForm[LetterTemplate]):
    """Fields of a template as people write them: codes in one line, enclosures one a line."""

    codes = forms.CharField(
        label="For codes", required=False, help_text="Reason or remark codes, such as 197 N54. Empty fits any."
    )
    category = forms.ChoiceField(label="For the category", required=False)
    payer = forms.ModelChoiceField(
        Payer.objects.standing(), label="For the payer", required=False, empty_label="Any payer"
    )
    body = forms.CharField(label="Letter", strip=False, widget=TextLines(attrs={"rows": 28}))
    enclosures = forms.CharField(required=False, help_text="One a line.", widget=TextLines(attrs={"rows": 3}))

    class Meta:
        model = LetterTemplate
        fields = ("name", "key", "codes", "category", "payer", "subject", "body", "enclosures", "is_active")
        labels = {"is_active": "In use"}
        error_messages = {"key": taken("template", "key")}
        help_texts = {"key": "For files, such as medical_necessity_mri. It stays for good."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = [(each.key, each.title) for each in Category.objects.order_by("title")]
        here = self.instance.category
        kept = [(here, here)] if here and here not in dict(known) else []
        self.fields["category"].choices = [("", "Any category"), *known, *kept]  # type: ignore[attr-defined]
        self.fields["key"].disabled = self.instance.pk is not None
        self.initial.update(codes=" ".join(self.instance.codes), enclosures="\n".join(self.instance.enclosures))

    @property
    def place_groups(self) -> Any:
        return PLACE_GROUPS

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

    def save(self, commit: bool = True) -> LetterTemplate:
        """Counts as edited from the first version of its own on, so that no load of shipped letters touches it."""
        self.instance.version += 1
        return super().save(commit)


def _checked(text: str) -> str:
    if wrong := check_template(text):
        raise ValidationError(wrong)
    return tidy(text)
