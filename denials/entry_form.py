"""The form in which a denial from paper, a letter, a call or a portal is typed; its amounts must balance."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone

from accounts.models import Facility, User
from accounts.refusal import Refused
from denials import dictionary, entering, scans
from denials.domain import entered
from denials.domain.code_kinds import wrong_list
from denials.domain.facts import ReportedAdjustment, ReportedClaim, ReportedLine
from denials.domain.readings import CARC
from denials.domain.typed import amount_in, day_in
from denials.entering import EnteredPayment, Original
from denials.models import EnteredFrom, Payer

LINES = 2
MOST_LINES = 40
REASONS_OF_LINE, REASONS_OF_CLAIM = 3, 2
MOST_CLAIM_REMARKS = 5
BY_HAND = (EnteredFrom.PAPER, EnteredFrom.LETTER, EnteredFrom.PHONE, EnteredFrom.PORTAL)
STATUSES = (("1", "Primary"), ("2", "Secondary"), ("3", "Tertiary"))
ZERO = Decimal("0.00")


class AmountField(forms.CharField):
    """Dollars as people type them: $ and thousands commas may stand there."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": 20, **options})
        self.widget.attrs |= {"inputmode": "decimal", "autocomplete": "off", "data-amount-field": ""}

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            amount = amount_in(text)
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from fault
        if amount < 0:
            raise forms.ValidationError("An amount below zero is not entered here: a reversal is the payer's to send.")
        return amount


class DayField(forms.CharField):
    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=12, widget=forms.DateInput(attrs={"type": "date"}), **options)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return day_in(text)
        except ValueError as fault:
            raise forms.ValidationError(str(fault)) from fault


class WithReasons(forms.Form):
    """A form with some groups, reason codes and amounts, and with remarks."""

    reasons = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number in range(1, self.reasons + 1):
            groups = [("", "–"), *((each, each) for each in entered.GROUPS)]
            self.fields[f"group{number}"] = forms.ChoiceField(choices=groups, required=False, label="Group")
            code = forms.TextInput(attrs={"size": 6, "autocomplete": "off"})
            self.fields[f"code{number}"] = forms.CharField(max_length=12, required=False, label="Reason", widget=code)
            self.fields[f"amount{number}"] = AmountField(required=False, label="Amount")

    @property
    def reason_rows(self) -> list[list[Any]]:
        """The fields of each reason, for the page."""
        return [[self[f"{name}{number}"] for name in ("group", "code", "amount")] for number in self._numbers]

    @property
    def _numbers(self) -> range:
        return range(1, self.reasons + 1)

    def adjustments(self) -> list[ReportedAdjustment]:
        found = []
        for number in self._numbers:
            group, code, amount = (self.cleaned_data.get(f"{name}{number}") for name in ("group", "code", "amount"))
            if group and code and amount is not None:
                found.append(entered.adjustment(group, code, amount))
        return found

    def _clean_reasons(self, cleaned: dict[str, Any]) -> None:
        for number in self._numbers:
            names = [f"{name}{number}" for name in ("group", "code", "amount")]
            if any(name in self.errors for name in names) or not any(cleaned.get(name) for name in names):
                continue
            within, code = entered.reason_in(cleaned.get(names[1], ""))
            cleaned[names[0]], cleaned[names[1]] = cleaned.get(names[0]) or within, code
            for name, word in zip(names, ("group", "reason code", "amount"), strict=True):
                if not cleaned.get(name) and cleaned.get(name) != ZERO:
                    self.add_error(name, f"The {word} is missing.")
            if code and (fault := wrong_list(CARC, code, dictionary.current()) or entered.why_no_reason(code)):
                self.add_error(names[1], fault)

    def _clean_remarks(self, cleaned: dict[str, Any]) -> None:
        cleaned["remarks"] = codes = entered.codes_in(cleaned.get("remarks") or "")
        for fault in filter(None, map(entered.why_no_remark, codes)):
            self.add_error("remarks", fault)


class LineForm(WithReasons):
    """One service line; a line with nothing in it is none."""

    reasons = REASONS_OF_LINE
    procedure = forms.CharField(max_length=10, required=False, label="Procedure code")
    modifiers = forms.CharField(max_length=20, required=False, help_text="Such as 26 LT.")
    day = DayField(required=False, label="Day of service")
    charge = AmountField(required=False)
    paid = AmountField(required=False)
    remarks = forms.CharField(max_length=80, required=False, help_text="Such as N54 M127.")

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._clean_reasons(cleaned)
        self._clean_remarks(cleaned)
        cleaned["modifiers"] = entered.codes_in(cleaned.get("modifiers") or "")
        if any(len(each) > 4 or not each.isalnum() for each in cleaned["modifiers"]) or len(cleaned["modifiers"]) > 4:
            self.add_error("modifiers", "At most four modifiers of two characters.")
        if self.is_filled:
            for name, word in (("procedure", "procedure code"), ("charge", "charge")):
                if not cleaned.get(name) and name not in self.errors and cleaned.get(name) != ZERO:
                    self.add_error(name, f"The {word} of this line is missing.")
        return cleaned

    @property
    def is_filled(self) -> bool:
        return any(bool(self.data.get(self.add_prefix(name), "").strip()) for name in self.fields)

    def line(self, number: int) -> ReportedLine:
        said = self.cleaned_data
        return entered.line(
            number,
            said["procedure"].strip().upper(),
            modifiers=said["modifiers"],
            day=said["day"],
            charge=said["charge"],
            paid=said["paid"] or ZERO,
            adjustments=self.adjustments(),
            remarks=said["remarks"],
        )


class EntryForm(WithReasons):
    """The claim and the decision; its lines are forms of their own."""

    reasons = REASONS_OF_CLAIM
    source = forms.ChoiceField(
        choices=[(each.value, each.label) for each in BY_HAND], label="Entered from", initial=EnteredFrom.PAPER
    )
    scan = forms.FileField(
        required=False, label="Scan of it", help_text="PDF, PNG, JPEG or TIFF, up to 20 MB. Kept with the denial."
    )
    facility = forms.ModelChoiceField(Facility.objects.none())
    payer = forms.ModelChoiceField(Payer.objects.none(), required=False)
    new_payer = forms.CharField(
        max_length=160, required=False, label="Payer not in the list", help_text="Added for an admin to confirm."
    )
    payment_date = DayField(label="Date on the payment or notice")
    trace = forms.CharField(
        max_length=50, required=False, label="Check, EFT or letter number", help_text="As it is printed."
    )
    claim_number = forms.CharField(max_length=38, label="Our claim number", help_text="As sent to the payer.")
    payer_control_number = forms.CharField(max_length=50, required=False, label="Payer's claim number")
    status = forms.ChoiceField(choices=STATUSES, label="Processed as")
    patient_last = forms.CharField(max_length=60, label="Patient's last name")
    patient_first = forms.CharField(max_length=35, required=False, label="First name")
    member_id = forms.CharField(max_length=60, required=False, label="Member ID")
    service_from = DayField(label="First day of service")
    service_to = DayField(required=False, label="Last day of service", help_text="If it is another one.")
    charge = AmountField(label="Charge of the claim")
    paid = AmountField(required=False, label="Paid on the claim", help_text="Empty for nothing.")
    remarks = forms.CharField(max_length=80, required=False, label="Remarks on the claim", help_text="Such as MA130.")

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        facilities = Facility.objects.visible_to(user)
        payers = Payer.objects.filter(merged_into=None).exclude(key__startswith="unclear_")
        self.fields["facility"].queryset = facilities  # type: ignore[attr-defined]
        self.fields["payer"].queryset = payers  # type: ignore[attr-defined]
        for each in (self.fields["facility"], self.fields["payer"]):
            each.empty_label = "Choose"  # type: ignore[attr-defined]
        only = list(facilities[:2])
        if len(only) == 1:
            self.initial["facility"] = only[0].pk

    def part(self, *names: str) -> list[Any]:
        return [self[name] for name in names]

    @property
    def of_source(self) -> list[Any]:
        return self.part("source", "payment_date", "trace", "scan")

    @property
    def of_parties(self) -> list[Any]:
        return self.part("facility", "payer", "new_payer")

    @property
    def of_claim(self) -> list[Any]:
        return self.part("claim_number", "payer_control_number", "status", "service_from", "service_to")

    @property
    def of_patient(self) -> list[Any]:
        return self.part("patient_last", "patient_first", "member_id")

    def clean_scan(self) -> Original | None:
        scan = self.cleaned_data["scan"]
        try:
            return entering.original_of(scans.read(scan, "scan"), scan.name) if scan else None
        except Refused as fault:
            raise forms.ValidationError(fault.sentence) from fault

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._clean_reasons(cleaned)
        self._clean_remarks(cleaned)
        if len(cleaned.get("remarks", ())) > MOST_CLAIM_REMARKS:
            self.add_error("remarks", f"A claim has at most {MOST_CLAIM_REMARKS} remarks; put the others on its lines.")
        if bool(cleaned.get("payer")) == bool((cleaned.get("new_payer") or "").strip()) and "payer" not in self.errors:
            self.add_error("payer", "Choose the payer, or type the name of one that is not in the list.")
        self._clean_days(cleaned)
        return cleaned

    def _clean_days(self, cleaned: dict[str, Any]) -> None:
        first, last, decided = (cleaned.get(name) for name in ("service_from", "service_to", "payment_date"))
        if first and last and last < first:
            self.add_error("service_to", "The last day of service lies before the first.")
        if decided and decided > timezone.localdate():
            self.add_error("payment_date", "This day has not come yet.")
        if first and decided and first > decided:
            self.add_error("service_from", "The service lies after the payment or notice.")

    def claim(self, lines: Sequence[ReportedLine]) -> ReportedClaim:
        said = self.cleaned_data
        return ReportedClaim(
            transaction=1,
            position=1,
            claim_number=said["claim_number"].strip(),
            status=said["status"],
            charge=said["charge"],
            paid=said["paid"] or ZERO,
            patient_share=ZERO,
            filing_code="",
            payer_control_number=said["payer_control_number"].strip(),
            facility_code="",
            frequency="",
            segment_from=0,
            patient_last=said["patient_last"].strip(),
            patient_first=said["patient_first"].strip(),
            member_id=said["member_id"].strip(),
            service_from=said["service_from"],
            service_to=said["service_to"] or said["service_from"],
            adjustments=self.adjustments(),
            remarks=said["remarks"],
            lines=list(lines),
        )


class Filled:
    """The whole page as it was sent: the form, its lines, and what is wrong with both together."""

    def __init__(self, user: User, data: Any = None, files: Any = None) -> None:
        self.form = EntryForm(user, data, files)
        count = LINES if data is None else _count(data.get("lines", ""))
        if data is not None and "more" in data:
            count = min(MOST_LINES, count + 1)
        self.lines = [LineForm(data, prefix=f"line{number}") for number in range(1, count + 1)]
        self.count = count
        self.faults: list[str] = []

    def is_valid(self) -> bool:
        """Fields first; then the balance of every line and of the claim."""
        is_each_valid = all([self.form.is_valid(), *(line.is_valid() for line in self.filled_lines)])
        if is_each_valid:
            self.faults = entered.faults_of(self.claim())
        return is_each_valid and not self.faults

    @property
    def filled_lines(self) -> list[LineForm]:
        return [line for line in self.lines if line.is_bound and line.is_filled]

    def claim(self) -> ReportedClaim:
        return self.form.claim([line.line(number) for number, line in enumerate(self.filled_lines, start=1)])

    def payment(self) -> EnteredPayment:
        """With the payer that was chosen or named; one never seen is added here."""
        said = self.form.cleaned_data
        payer = said["payer"] or entering.payer_called(said["new_payer"])
        return EnteredPayment(payer, said["facility"], said["trace"].strip(), said["payment_date"], [self.claim()])


def _count(text: str) -> int:
    return max(1, min(MOST_LINES, int(text))) if text.isdecimal() and len(text) < 4 else LINES
