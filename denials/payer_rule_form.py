"""A limit of time as managers write it: words for what the rule's keys mean, and nothing that cannot be counted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import OuterRef, QuerySet, Subquery

from accounts.forms import TextLines, taken
from denials.domain.clock_facts import ClockKind
from denials.domain.clock_words import KIND_WORDS, STARTS, UNITS, WINDOWS_WITHOUT_NUMBER, in_plain_words
from denials.domain.windows import DEFAULT_PAYER
from denials.models import Payer, PayerRule, SendingTime
from denials.payer_forms import ProductWord

KINDS = {kind.value: KIND_WORDS[kind] for kind in ClockKind if kind is not ClockKind.PAYER_RESPONSE}
UNIT_WORDS = {unit: more for unit, (_, more) in UNITS.items()} | WINDOWS_WITHOUT_NUMBER
START_WORDS = {"remittance_date": "the payment date of the remittance", **STARTS}
ROLLS = {
    "": "stays where it is",
    "next_business_day": "moves to the next business day",
    "previous_business_day": "moves to the business day before",
}
FILED = {"received": "the payer has it", "postmarked": "it is postmarked"}
STATUSES = {
    "any": "with or without a contract",
    "contracted": "with a contract",
    "non_contracted": "without a contract",
}
CONFIDENCES = {"high": "high", "medium": "medium", "low": "low: it may shorten a day, never lengthen one"}
LEVELLED = {ClockKind.APPEAL, ClockKind.EXTERNAL_REVIEW, ClockKind.PAYMENT_DISPUTE, ClockKind.FOLLOW_UP}


class PayerRuleForm(forms.ModelForm[PayerRule]):
    class Meta:
        model = PayerRule
        fields = (
            "rule_id", "payer_key", "rule_type", "level_no", "level_name", "window_value", "window_unit",
            "counts_from", "receipt_presumption_days", "non_business_day_rule", "filed_when", "product",
            "jurisdiction", "provider_status", "payer_decision_time", "amount_in_controversy", "requirements",
            "staff_note", "notes", "source", "source_date", "confidence", "effective_from", "effective_to",
        )  # fmt: skip
        error_messages = {"rule_id": taken("time limit", "id")}
        labels = {
            "rule_id": "Id", "payer_key": "Payer", "rule_type": "What it limits", "level_no": "Level",
            "level_name": "Name", "window_value": "How many", "window_unit": "Of what", "counts_from": "Counted from",
            "receipt_presumption_days": "Days presumed for receipt", "non_business_day_rule": "On a weekend or holiday",
            "filed_when": "In time when", "provider_status": "For us", "payer_decision_time": "Payer answers within",
            "amount_in_controversy": "Least amount in dispute ($)", "requirements": "What has to go along",
            "staff_note": "Note beside the date", "notes": "Notes about the rule", "source_date": "Verified",
            "effective_from": "For decisions from", "effective_to": "For decisions until",
        }  # fmt: skip
        help_texts = {
            "rule_id": "Short and lasting, such as AET-L1.",
            "level_no": "Of appeals, disputes and follow-ups.",
            "product": "As the payer's product line names it; empty for any.",
            "jurisdiction": "A state such as TX; empty or US for any.",
            "source": "Regulation, page of the payer, or clause of the contract.",
            "source_date": "When somebody last read the source.",
        }
        field_classes = {"product": ProductWord}
        widgets = {
            "requirements": TextLines(attrs={"rows": 2}),
            "notes": TextLines(attrs={"rows": 3}),
            "source": TextLines(attrs={"rows": 2}),
            "effective_from": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "effective_to": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rule_id"].disabled = self.instance.pk is not None
        for name, words in _words().items():
            field = self.fields[name]
            current = getattr(self.instance, name) or ""
            named = dict(words) | ({current: in_plain_words(current)} if current and current not in words else {})
            choices = list(named.items()) if "" in named or not field.required else [("", "Choose"), *named.items()]
            if not field.required and "" not in named:
                choices = [("", "not said"), *choices]
            self.fields[name] = forms.ChoiceField(
                choices=choices, required=field.required, label=field.label, help_text=field.help_text
            )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        value, unit = cleaned.get("window_value", ""), cleaned.get("window_unit", "")
        if unit in UNITS and not (value.isdecimal() and 0 < int(value) <= 3660):
            self.add_error("window_value", "Enter a whole number from 1 to 3,660.")
        if cleaned.get("rule_type") in LEVELLED and not cleaned.get("level_no"):
            self.add_error("level_no", "Say which level: 1 for the first.")
        first, last = cleaned.get("effective_from"), cleaned.get("effective_to")
        if first and last and last < first:
            self.add_error("effective_to", "This lies before the first day.")
        return cleaned

    def save(self, commit: bool = True) -> PayerRule:
        """A rule that a person changed is not overwritten by the shipped list any more."""
        self.instance.is_edited = True
        return super().save(commit)


class SendingTimeForm(forms.ModelForm[SendingTime]):
    class Meta:
        model = SendingTime
        fields = ("payer", "channel", "preparation_days", "mailing_days")
        error_messages = {
            NON_FIELD_ERRORS: {"unique_together": "This payer has a row for this channel already: change that one."}
        }
        labels = {"preparation_days": "Business days to prepare", "mailing_days": "Business days on the way"}
        help_texts = {"payer": "Empty for every payer without a row of its own."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        payer: Any = self.fields["payer"]
        payer.queryset, payer.empty_label = Payer.objects.standing().order_by("name"), "Every payer"
        for name in ("preparation_days", "mailing_days"):
            self.fields[name].validators.append(_at_most_sixty)


def _at_most_sixty(days: int) -> None:
    if days > 60:
        raise forms.ValidationError("Enter at most 60 business days.")


EVERY_OTHER = "Every payer without a rule of its own"


def with_payer(rows: QuerySet[PayerRule]) -> QuerySet[PayerRule]:
    """`rows` with what `payer_of` reads."""
    named = Payer.objects.standing().filter(key=OuterRef("payer_key")).order_by("-name").values("name")
    return rows.annotate(payer_name=Subquery(named[:1]))


def payer_of(rule: Any) -> str:
    """As `payer_words` names the payer, of one rule."""
    return EVERY_OTHER if rule.payer_key == DEFAULT_PAYER else rule.payer_name or in_plain_words(rule.payer_key)


def payer_words() -> dict[str, str]:
    """By the key that rules use: the payer's name, or the key itself where no payer is set up under it."""
    named = dict(Payer.objects.standing().order_by("name").values_list("key", "name"))
    keys = PayerRule.objects.order_by("payer_key").values_list("payer_key", flat=True).distinct()
    rest = {key: in_plain_words(key) for key in keys if key not in named and key != DEFAULT_PAYER}
    return {DEFAULT_PAYER: EVERY_OTHER, **named, **rest}


def _words() -> Mapping[str, Mapping[str, str]]:
    return {
        "payer_key": payer_words(),
        "rule_type": KINDS,
        "window_unit": UNIT_WORDS,
        "counts_from": START_WORDS,
        "non_business_day_rule": ROLLS,
        "filed_when": FILED,
        "provider_status": STATUSES,
        "confidence": CONFIDENCES,
    }
