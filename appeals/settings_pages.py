"""Screens on which people keep letter templates."""

from __future__ import annotations

from django.urls import reverse

from accounts.governance import areas
from accounts.governance.areas import SWITCH, Touched
from accounts.governance.pages import GovernedPage
from accounts.models import Change
from accounts.settings_pages import Column
from appeals import letter_templates
from appeals.models import LetterTemplate
from appeals.template_forms import TemplateForm

LETTERS = GovernedPage(
    name="letter_templates",
    address="settings/letters/",
    title="Letter templates",
    singular="Template",
    purpose="The most specific one is proposed first. Letters that are drafted keep their text.",
    form=TemplateForm,
    form_template="appeals/_template_form.html",
    searched=("name", "key", "subject", "category"),
    rows=lambda: LetterTemplate.objects.select_related("payer").order_by("-is_active", "name"),
    columns=(
        Column("Name", str),
        Column("Codes", lambda row: ", ".join(row.codes) or "any"),
        Column("Category", lambda row: row.category.replace("_", " ") or "any"),
        Column("Payer", lambda row: row.payer or "any"),
        Column("Version", lambda row: row.version, is_number=True),
        Column("State", lambda row: "in use" if row.is_active else "retired"),
    ),
    retirement=SWITCH,
)


def _touched(change: Change, row: LetterTemplate | None) -> list[Touched]:
    drafts = letter_templates.drafts_of(row) if row is not None else 0
    words = "Letters in draft that began from it, and keep their text"
    return [Touched(words, drafts, reverse("appeals"))] if drafts else []


areas.touches("letter_templates", _touched)
