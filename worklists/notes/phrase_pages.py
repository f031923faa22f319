"""Where phrases are kept: the practice's by managers, with their history; everybody's own by themselves."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.access import MANAGERS
from accounts.forms import TextLines
from accounts.settings_pages import Column, SettingsPage
from worklists.domain.phrases import blanks
from worklists.models import SmartPhrase
from worklists.notes.phrases import ASKED, KNOWN

HELP = (
    "Blanks stand in braces. The item fills "
    + ", ".join(f"{{{name}}}" for name in KNOWN)
    + ". Every other one is asked for: "
    + ", ".join(f"{{{name}}}" for name in ASKED)
    + " by the fields of the contact, where {date} sets the day on which the item comes back. No patient's data here."
)


class PhraseForm(forms.ModelForm[SmartPhrase]):
    """One phrase. Whose it is, is not asked."""

    template_name = "components/form.html"

    class Meta:
        model = SmartPhrase
        fields = ("key", "name", "channel", "text", "is_active")
        help_texts = {"key": "It is typed with a dot before it: .status", "text": HELP}
        widgets = {"text": TextLines(attrs={"rows": 4})}

    def clean_key(self) -> str:
        return str(self.cleaned_data["key"]).lower()

    def clean(self) -> dict[str, Any]:
        """The owner is not a field of the form, so the constraint is asked here."""
        given: dict[str, Any] = super().clean() or self.cleaned_data
        same = SmartPhrase.objects.filter(owner=self.instance.owner, key=given.get("key", ""))
        if same.exclude(pk=self.instance.pk).exists():
            self.add_error("key", "There is a phrase of this key already: change that one, or choose another key.")
        return given


def asked_words(phrase: SmartPhrase) -> str:
    """What somebody who uses the phrase is asked for."""
    return ", ".join(name for name in blanks(phrase.text) if name not in KNOWN) or "nothing"


PHRASES = SettingsPage(
    name="smart_phrases",
    address="settings/phrases/",
    title="Phrases of the practice",
    singular="Phrase",
    purpose="What many notes say. Typed by its key in any note: .status",
    form=PhraseForm,
    searched=("key", "name", "text"),
    rows=lambda: SmartPhrase.objects.filter(owner=None),
    columns=(
        Column("Key", str),
        Column("For", lambda row: row.name),
        Column("Text", lambda row: row.text),
        Column("Asks for", asked_words),
        Column("State", lambda row: "in use" if row.is_active else "switched off"),
    ),
    opened_by=MANAGERS,
)
