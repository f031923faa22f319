"""A reading as managers write it: for whose decisions it is, and what it changes about the handling of its code."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.forms import TextLines
from accounts.models import Facility, Team
from denials import dictionary
from denials.domain.code_kinds import wrong_list
from denials.domain.readings import CARC, NEVER, OPERATIONAL, RARC
from denials.domain.scoping import check_procedure
from denials.handling_form import StepsField
from denials.models import Category, CodeHandling, CodeReading, Payer, PayerProduct
from denials.models.readings import SCOPE_FIELDS

OFTEN = ("payer_key", "facility_npi", "partner_remark", "group")
CHANGES = (*(name for name in OPERATIONAL if name != "evidence"), "evidence")
LABELS = {
    "escalation_path": "Escalation path",
    "upstream_owner": "Where it can be prevented",
    "denial_type": "Denial type",
}
GROUPS = [("", "Any"), *((group, group) for group in ("CO", "PR", "OA", "PI"))]
AS_USUAL = ("", "As usual")


class ReadingForm(forms.ModelForm[CodeReading]):
    """A reading of one code. Which code it reads stands with the page, and stays for good."""

    class Meta:
        model = CodeReading
        fields = (
            "title", *SCOPE_FIELDS, "valid_from", "valid_to", "reason", "source", "confidence", "is_active",
        )  # fmt: skip
        widgets = {
            "reason": TextLines(attrs={"rows": 2}),
            "source": TextLines(attrs={"rows": 2}),
            "valid_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "valid_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }
        help_texts = {
            "title": "What staff read. Letters always give the code's own title.",
            "procedure": "One code (70553), a range (70450-70498) or a beginning (7055*). Empty: any.",
            "revenue": "For claims with revenue codes: 0450, or 045* for all of one kind.",
            "partner_remark": "A combination beats a single code.",
            "valid_from": "By the day the payer decided. Empty: from the beginning.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._offer_scopes()
        self._offer_changes()

    @property
    def often(self) -> list[forms.BoundField]:
        return [self[name] for name in OFTEN if name != f"partner_{self._own}"]

    @property
    def rarely(self) -> list[forms.BoundField]:
        return [self[name] for name in (*SCOPE_FIELDS, "valid_from", "valid_to") if name not in OFTEN]

    @property
    def rarely_used(self) -> bool:
        return any(field.value() for field in self.rarely)

    @property
    def changes(self) -> list[forms.BoundField]:
        return [self[name] for name in CHANGES]

    @property
    def told(self) -> list[forms.BoundField]:
        return [self[name] for name in ("reason", "source", "confidence", "is_active")]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, what in NEVER.items():
            if self.data.get(name):
                self.add_error(None, f"A reading never changes {what}. It changes who works a denial, and how.")
        self._check_scope(cleaned)
        overrides = {name: cleaned[name] for name in CHANGES if cleaned.get(name)}
        if not overrides and "denial_rule" not in self.instance.overrides:
            self.add_error(None, "It changes nothing yet: fill in at least one field of what it changes.")
        self.instance.overrides = {**self._kept(), **overrides}
        if not self.errors and self._is_told_already(cleaned):
            self.add_error(
                None, f"There is a reading of {self.instance.code} for exactly this already: change that one."
            )
        return cleaned

    def clean_evidence(self) -> list[str]:
        return [line.strip() for line in self.cleaned_data["evidence"].splitlines() if line.strip()]

    def save(self, commit: bool = True) -> CodeReading:
        if not self.instance._state.adding:
            self.instance.version += 1
        if self.instance.is_active:
            self.instance.is_suggestion = False
        return super().save(commit)

    @property
    def _own(self) -> str:
        return "carc" if self.instance.system == CARC else "remark"

    def _offer_scopes(self) -> None:
        payers = Payer.objects.filter(merged_into=None).values_list("key", "name")
        kinds = [(value, words) for value, words in Payer.Kind.choices if value != Payer.Kind.UNKNOWN]
        products = {
            *PayerProduct.objects.values_list("name", flat=True),
            *Payer.objects.values_list("product", flat=True),
        }
        lines = Facility.objects.exclude(service_line="").values_list("service_line", flat=True)
        self._choose("payer_key", [("", "Any"), *payers])
        self._choose("payer_kind", [("", "Any"), *kinds])
        self._choose("product", [("", "Any"), *((each, each) for each in sorted(filter(None, products)))])
        self._choose("facility_npi", [("", "Any"), *Facility.objects.values_list("npi", "name")])
        self._choose("specialty", [("", "Any"), *((each, each) for each in sorted(set(lines)))])
        self._choose("group", GROUPS)

    def _offer_changes(self) -> None:
        now = self.instance.overrides
        offered = {
            "category": Category.objects.values_list("key", "title"),
            "owner_team": Team.objects.values_list("key", "name"),
            "denial_type": [each for each in CodeHandling.DenialType.choices if each[0] != "not_a_denial"],
            "usual_resolution": CodeHandling.Resolution.choices,
            "preventable": CodeHandling.Verdict.choices,
        }
        for name in CHANGES:
            label = LABELS.get(name, name.replace("_", " ").capitalize())
            if name in offered:
                choices = [AS_USUAL, *offered[name]]
                self.fields[name] = _choice(label, now.get(name, ""), choices)
            elif name in ("evidence", "next_action"):
                self.fields[name] = forms.CharField(
                    label=label, required=False, max_length=2000, widget=TextLines(attrs={"rows": 3})
                )
            elif name == "escalation_path":
                self.fields[name] = StepsField(label=label)
            else:
                self.fields[name] = forms.CharField(label=label, required=False, max_length=300)
            self.initial[name] = now.get(name, "")
        evidence = now.get("evidence", [])
        self.initial["evidence"] = "\n".join(evidence if isinstance(evidence, list) else evidence.split(";"))
        self.fields["evidence"].help_text = "One a line. Empty: as usual."

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        self.fields[name] = _choice(str(self.fields[name].label), getattr(self.instance, name), choices)

    def _check_scope(self, cleaned: dict[str, Any]) -> None:
        known = dictionary.current()
        for name, system in (("partner_carc", CARC), ("partner_remark", RARC)):
            code = cleaned[name] = cleaned.get(name, "").strip().upper()
            if fault := wrong_list(system, code, known) if code else "":
                self.add_error(name, fault)
            elif code and code == self.instance.code:
                self.add_error(name, "This is the code that is read. Beside it stands another one.")
        for name in ("procedure", "revenue"):
            cleaned[name] = cleaned.get(name, "").strip().upper()
            if fault := check_procedure(cleaned[name]):
                self.add_error(name, fault)
        cleaned["modifier"] = cleaned.get("modifier", "").strip().upper()
        first, last = cleaned.get("valid_from"), cleaned.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", "It ends before it begins.")

    def _is_told_already(self, cleaned: dict[str, Any]) -> bool:
        scope = {name: cleaned.get(name, "") for name in SCOPE_FIELDS}
        same = CodeReading.objects.filter(system=self.instance.system, code=self.instance.code, **scope)
        return same.filter(valid_from=cleaned.get("valid_from")).exclude(pk=self.instance.pk).exists()

    def _kept(self) -> dict[str, Any]:
        """What the form does not show: whether a shipped reading makes the code a denial."""
        return {name: value for name, value in self.instance.overrides.items() if name not in OPERATIONAL}


def _choice(label: str, current: str, choices: list[tuple[str, str]]) -> forms.ChoiceField:
    """What stands there now stays offered, so that opening a form never changes a value."""
    if current and current not in dict(choices):
        choices = [*choices, (current, current)]
    return forms.ChoiceField(label=label, choices=choices, required=False)
