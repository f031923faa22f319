"""What admins may fill in about payers, their product lines and their contacts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.core.validators import URLValidator, validate_email
from django.db.models import QuerySet

from accounts.forms import TextLines, taken
from denials.domain.clock_rules import one_product
from denials.domain.products import comparable_id
from denials.models import Payer, PayerContact, PayerIdentifier, PayerProduct, PayerRule
from denials.payer_matching import comparable

Kind = PayerIdentifier.Kind
IDENTIFIERS: dict[str, tuple[PayerIdentifier.Kind, str, str]] = {
    "names": (Kind.NAME, "Names on remittances", "As N1*PR says them, one a line."),
    "ids": (Kind.PAYER_ID, "Payer IDs", "As N104 or REF*2U say them, one a line."),
    "references": (Kind.REFERENCE, "Other numbers", "REF qualifier (NF, EO, HI) and number, such as NF 60054."),
    "originators": (Kind.ORIGINATOR, "Originators", "As TRN03 says them. Counts only where a file gives no payer ID."),
    "group_senders": (Kind.GROUP_SENDER, "Senders of the group", "As GS02. Counts only where a file names no payer."),
    "senders": (
        Kind.SENDER, "Senders of the file",
        "Qualifier and ISA06, such as ZZ 60054. Counts only where a file names no payer.",
    ),
}  # fmt: skip
"""Fields of the form by which remittances call a payer, surest first."""
CHECKS: dict[str, Callable[[str], object]] = {
    PayerContact.Kind.PORTAL: URLValidator(["http", "https"]),
    PayerContact.Kind.EMAIL: validate_email,
}
COUNTS = frozenset({"kind", "product", "jurisdiction", "rules_key", "is_contracted", "is_confirmed"})
"""Fields by which a payer's denials are concluded and dated."""
SELDOM = ("references", "originators", "group_senders", "senders")
"""What most payers never need: the form folds it away."""


def lines_field(label: str, text: str) -> forms.CharField:
    return forms.CharField(required=False, widget=TextLines(attrs={"rows": 2}), label=label, help_text=text)


def rule_keys(current: str, empty: str) -> list[tuple[str, str]]:
    """The payers whose time limits are known, and what stands there now, so that opening a form changes nothing."""
    keys = PayerRule.objects.order_by("payer_key").values_list("payer_key", flat=True).distinct()
    known = list(dict.fromkeys([*keys, *([current] if current else [])]))
    return [("", empty), *((key, key) for key in known)]


class ProductWord(forms.CharField):
    """The word for one product. "All" is none: it would be offered wherever products are chosen."""

    def clean(self, value: Any) -> str:
        return one_product(super().clean(value))


class PayerForm(forms.ModelForm[Payer]):
    """A payer with the names and ids that remittances call it by, one a line."""

    class Meta:
        model = Payer
        fields = (
            "name", "key", "kind", "product", "jurisdiction", "rules_key", "is_contracted", "response_days",
            "claims_per_call", "is_confirmed",
        )  # fmt: skip
        error_messages = {"key": taken("payer", "key")}
        labels = {
            "rules_key": "Time limits of",
            "product": "Usual product line",
            "is_contracted": "We have a contract",
            "response_days": "Answers within (days)",
            "claims_per_call": "Claims per call",
            "is_confirmed": "Confirmed",
        }
        help_texts = {
            "key": "In rules and files, such as aetna. It stays for good.",
            "product": "The word by which time limits name it, such as commercial. Empty: any.",
        }
        field_classes = {"product": ProductWord}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rules_key"] = forms.ChoiceField(
            choices=rule_keys(self.instance.rules_key, "This payer's own key, else the usual ones"),
            required=False,
            label="Time limits of",
            help_text=self.fields["rules_key"].help_text,
        )
        known: dict[str, list[str]] = defaultdict(list)
        if self.instance.pk:
            for kind, value in self.instance.identifiers.order_by("value").values_list("kind", "value"):
                known[kind].append(value)
        for name, (kind, label, text) in IDENTIFIERS.items():
            self.fields[name] = lines_field(label, text)
            if self.instance.pk:
                self.initial[name] = "\n".join(known[kind])
        if self.instance.pk:
            self.fields["key"].disabled = True
        names = list(self.fields)
        self.order_fields([*names[:1], "names", "ids", *names[1:]])

    @property
    def changes_what_counts(self) -> bool:
        """Whether open denials must be concluded and dated again."""
        return not COUNTS.isdisjoint(self.changed_data)

    @property
    def often(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in SELDOM]

    @property
    def seldom(self) -> list[forms.BoundField]:
        return [self[name] for name in SELDOM]

    @property
    def opens_seldom(self) -> bool:
        """Whether one of them is filled in or at fault, so that it must be seen."""
        return any(field.value() or field.errors for field in self.seldom)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for name, (kind, _, _) in IDENTIFIERS.items():
            cleaned[name] = sorted(set(filter(None, map(comparable, cleaned.get(name, "").splitlines()))))
            if kind not in PayerIdentifier.SHARED:
                self._refuse_those_of_others(name, kind, cleaned[name])
        return cleaned

    def _refuse_those_of_others(self, name: str, kind: str, values: Sequence[str]) -> None:
        others = PayerIdentifier.objects.filter(kind=kind, value__in=values).exclude(payer=self.instance.pk)
        for other in others.select_related("payer"):
            self.add_error(
                name, f"{other.value} belongs to {other.payer} already. If they are one payer, merge the two."
            )

    def save(self, commit: bool = True) -> Payer:
        payer: Payer = super().save(commit)
        for name, (kind, _, _) in IDENTIFIERS.items():
            wanted = self.cleaned_data[name]
            payer.identifiers.filter(kind=kind).exclude(value__in=wanted).delete()
            for value in wanted:
                payer.identifiers.get_or_create(kind=kind, value=value)
        return payer


class ProductForm(forms.ModelForm[PayerProduct]):
    """One product line of a payer. What is left empty counts as the payer says."""

    filing_codes = forms.CharField(
        required=False,
        label="Filing indicators",
        help_text="CLP06 of its claims, such as 12, HM. Commas between them.",
    )
    id_prefixes = forms.CharField(
        required=False,
        label="Plan or member ids begin with",
        help_text="REF*CE or the member id, such as XYZ, H1234. Both fields empty: it takes what no other line takes.",
    )

    class Meta:
        model = PayerProduct
        fields = (
            "name", "filing_codes", "id_prefixes", "kind", "rules_key", "product", "jurisdiction", "is_contracted",
            "response_days", "claims_per_call", "is_active",
        )  # fmt: skip
        labels = {
            "kind": "Kind of payer",
            "product": "Product in time limits",
            "is_contracted": "We have a contract",
            "response_days": "Answers within (days)",
            "claims_per_call": "Claims per call",
            "is_active": "In use",
        }
        help_texts = {"product": "The word by which time limits name it, such as Part C. Empty: as the payer."}
        field_classes = {"product": ProductWord}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["filing_codes"] = ", ".join(self.instance.filing_codes)
        self.initial["id_prefixes"] = ", ".join(self.instance.id_prefixes)
        contracted = self.instance.is_contracted
        self.initial["is_contracted"] = "" if contracted is None else str(contracted)
        self.fields["rules_key"] = forms.ChoiceField(
            choices=rule_keys(self.instance.rules_key, "As the payer"), required=False, label="Time limits of"
        )
        self.fields["kind"] = forms.ChoiceField(
            choices=[("", "As the payer"), *Payer.Kind.choices], required=False, label="Kind of payer"
        )
        self.fields["is_contracted"] = forms.TypedChoiceField(
            choices=[("", "As the payer"), ("True", "Yes"), ("False", "No")],
            coerce=lambda value: value == "True",
            empty_value=None,
            required=False,
            label="We have a contract",
        )

    def clean_filing_codes(self) -> list[str]:
        return _listed(self.cleaned_data["filing_codes"], 10)

    def clean_id_prefixes(self) -> list[str]:
        return [comparable_id(each) for each in _listed(self.cleaned_data["id_prefixes"], 40) if comparable_id(each)]


class ContactForm(forms.Form):
    """Where to write or whom to call. Saving it takes the place of what was current for the same line and kind."""

    kind = forms.ChoiceField(label="What it is", choices=PayerContact.Kind.choices)
    product = forms.ModelChoiceField(
        PayerProduct.objects.none(), required=False, label="For", empty_label="The whole payer"
    )
    value = forms.CharField(max_length=500, label="Address, number or page", widget=TextLines(attrs={"rows": 4}))
    note = forms.CharField(max_length=200, required=False, help_text="Such as the hours, or what to press.")
    verified_on = forms.DateField(
        required=False,
        label="Checked on",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="The day on which somebody saw it with the payer. Empty: nobody did yet.",
    )

    def __init__(self, *args: Any, payer: Payer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["product"].queryset = payer.products.all()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        value = cleaned.get("value", "").strip()
        check = CHECKS.get(cleaned.get("kind", ""))
        if value and check:
            try:
                check(value)
            except forms.ValidationError as fault:
                self.add_error("value", fault)
        return cleaned


class WhichPayerForm(forms.Form):
    """Which payer it is."""

    into = forms.ModelChoiceField(Payer.objects.none(), label="It is", empty_label="Choose a payer")

    def __init__(self, *args: Any, others: QuerySet[Payer], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["into"].queryset = others  # type: ignore[attr-defined]


class BecauseForm(forms.Form):
    because = forms.CharField(
        max_length=300, label="How you know", help_text="Such as: same tax ID on the check. It stands in the history."
    )


class TakeBackForm(forms.Form):
    because = forms.CharField(
        max_length=300, label="Why", help_text="Such as: two plans after all. It stands in the history."
    )


def _listed(text: str, longest: int) -> list[str]:
    """What stands between commas or spaces, once each, in upper case."""
    found = list(dict.fromkeys(text.upper().replace(",", " ").split()))
    if too_long := [each for each in found if len(each) > longest]:
        raise forms.ValidationError(f"{too_long[0][:longest]}… is longer than {longest} characters.")
    return found
