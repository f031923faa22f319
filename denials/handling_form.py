"""What we do about a code, as managers write it, and the short form by which an unknown code is mapped."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django import forms

from accounts.forms import TextLines
from accounts.models import Team
from denials.domain.code_flags import FLAGS
from denials.domain.entries import DenialRule
from denials.domain.escalation_path import ARROW, in_words, steps_of
from denials.models import Category, Code, CodeHandling, CodeSystem

RULES = {
    DenialRule.ALWAYS.value: "A denial whenever an amount is adjusted",
    DenialRule.REMARK.value: "A denial whose category the remark decides",
    DenialRule.ZERO_PAID.value: "A denial when nothing was paid",
    DenialRule.REDUCE.value: "A reduction; a denial when nothing was paid",
    DenialRule.DUPLICATE.value: "A denial unless the first claim was paid",
    DenialRule.PEND.value: "Not decided yet: watched",
    DenialRule.PATIENT.value: "Never: the patient's share",
    DenialRule.CONTRACT.value: "Never: a contractual write-down",
    DenialRule.INFO.value: "Never: for information",
    DenialRule.RETIRED.value: "Retired code",
}


class StepsField(forms.CharField):
    """An escalation path, a step a line; kept as the dictionary has it: a form sent as shown changes nothing."""

    def __init__(self, **options: Any) -> None:
        shown = {"help_text": "Who is asked first, then who next: one a line.", "widget": TextLines(attrs={"rows": 3})}
        super().__init__(**{"label": "Escalation path", "required": False, "max_length": 300, **shown, **options})

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(steps_of(value)) if isinstance(value, str) else value

    def to_python(self, value: Any) -> str:
        return ARROW.join(steps_of(super().to_python(value) or ""))


class HandlingForm(forms.ModelForm[CodeHandling]):
    """What we do about a code. The official record is not in it: nobody edits that."""

    evidence = forms.CharField(
        required=False, widget=TextLines(attrs={"rows": 4}), help_text="What is needed, one a line."
    )

    escalation_path = StepsField()

    class Meta:
        model = CodeHandling
        fields = (
            "category", "denial_type", "denial_rule", "owner_team", "usual_resolution", "next_action", "call_asks",
            "evidence", "preventable", "appealable", "root_cause", "upstream_owner", "escalation_path", *FLAGS,
        )  # fmt: skip
        labels = {"denial_rule": "When it is a denial", "upstream_owner": "Where it can be prevented"}
        widgets = {"next_action": TextLines(attrs={"rows": 3}), "call_asks": TextLines(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["evidence"] = "\n".join(self.instance.evidence)
        categories = [("", "None"), *Category.objects.values_list("key", "title")]
        teams = [("", "None"), *Team.objects.values_list("key", "name")]
        rules = [("", "As the category says"), *RULES.items()]
        for name, choices in (("category", categories), ("owner_team", teams), ("denial_rule", rules)):
            self.fields[name] = _choice(self.fields[name], getattr(self.instance, name), choices)

    def clean_evidence(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["evidence"].splitlines() if line.strip()]

    @staticmethod
    def words() -> dict[str, Callable[[str], str]]:
        """How people read the fields that hold keys, for the history."""
        named = {
            "category": dict(Category.objects.values_list("key", "title")),
            "owner_team": dict(Team.objects.values_list("key", "name")),
            "denial_rule": RULES,
        }
        words: dict[str, Callable[[str], str]] = {name: partial(_named, names) for name, names in named.items()}
        return words | {"escalation_path": in_words}

    def save(self, commit: bool = True) -> CodeHandling:
        """Never of a form sent as it was shown: the next load could not bring that code up to date any more."""
        self.instance.is_edited = True
        self.instance.version += 1
        return super().save(commit)


def _named(names: Mapping[str, str], key: str) -> str:
    return names.get(key, key)


class MapForm(forms.Form):
    """An unknown code in our words. What is left empty follows the category."""

    title = forms.CharField(
        max_length=300, label="What it means, in your own words", help_text="Not the official text: that is licensed."
    )
    category = forms.ChoiceField(label="Category")
    owner_team = forms.ChoiceField(required=False)
    denial_type = forms.ChoiceField(required=False)
    usual_resolution = forms.ChoiceField(required=False)
    next_action = forms.CharField(required=False, max_length=2000, widget=TextLines(attrs={"rows": 3}))
    denial_rule = forms.ChoiceField(label="When it is a denial", choices=list(RULES.items()))
    why = forms.CharField(
        max_length=2000, label="How you know", help_text="The payer's page, letter or call. Somebody confirms it later."
    )

    FOLLOWS = ("owner_team", "denial_type", "usual_resolution", "next_action")

    def __init__(self, *args: Any, record: Code, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record
        self.usual = {row.key: row for row in Category.objects.all()}
        chosen = self.usual.get(str(self["category"].value() or ""))
        self._offer("category", [("", "Choose"), *((key, row.title) for key, row in self.usual.items())])
        self._offer("owner_team", [("", _usual(chosen, "owner_team")), *Team.objects.values_list("key", "name")])
        self._offer("denial_type", [("", _usual(chosen, "denial_type")), *CodeHandling.DenialType.choices])
        self._offer("usual_resolution", [("", _usual(chosen, "usual_resolution")), *CodeHandling.Resolution.choices])
        self.fields["next_action"].help_text = _usual(chosen, "next_action")
        self.initial.setdefault(
            "denial_rule", (DenialRule.REMARK if record.requires_remark else DenialRule.ALWAYS).value
        )
        self.initial.setdefault("title", record.title)
        if record.system == CodeSystem.RARC:
            del self.fields["denial_rule"]

    @property
    def first(self) -> list[forms.BoundField]:
        return [self["title"], self["category"], self["why"]]

    @property
    def follows(self) -> list[forms.BoundField]:
        return [self[name] for name in (*self.FOLLOWS, "denial_rule") if name in self.fields]

    def clean_title(self) -> str:
        title: str = " ".join(self.cleaned_data["title"].split())
        official = " ".join(self.record.licensed_text.split()).casefold()
        if official and len(title) > 20 and title.casefold() in official:
            raise forms.ValidationError("This is the official text, which stays in its own field. Use your own words.")
        return title

    def handling(self) -> dict[str, Any]:
        """The handling that it describes, with the category's defaults where nothing was filled in."""
        given = self.cleaned_data
        usual = self.usual[given["category"]]
        follows = {name: given[name] or getattr(usual, name) for name in self.FOLLOWS}
        return {"category": usual.key, "denial_rule": given.get("denial_rule", ""), **follows}

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name].choices = choices  # type: ignore[attr-defined]


def _usual(category: Category | None, name: str) -> str:
    """The empty choice of a field that follows the category."""
    if category is None:
        return "As the category says"
    value = getattr(category, name)
    if name == "owner_team":
        return f"As the category says: {Team.objects.filter(key=value).values_list('name', flat=True).first() or value}"
    if name == "next_action":
        return f"Empty: {value}"
    return f"As the category says: {getattr(category, f'get_{name}_display')()}"


def _choice(field: forms.Field, current: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    """A choice among what is known, and what stands there now, so that opening a form never changes a value."""
    if current and current not in dict(choices):
        choices = [*choices, (current, current)]
    return forms.ChoiceField(choices=choices, required=False, label=field.label, help_text=field.help_text)
