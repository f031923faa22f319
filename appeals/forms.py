"""What people fill in about letters. The verbs check again and have the last word."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils import timezone

from accounts.access import WORKERS
from accounts.forms import TextLines
from accounts.models import User
from appeals.documents import final
from appeals.domain.places import FROM_THE_RECORD, WORDS
from appeals.drafting import Letter, ranked
from appeals.enclosed import reworded_in
from appeals.models import Appeal, LetterTemplate
from appeals.outcomes import DECISIONS, Answer
from appeals.submission import NOT_PROVED, Sending, day_to_ask, is_proved, usual_follow_up
from worklists.domain import ticklers
from worklists.evidence.verified import enclosures_of
from worklists.models import Settlement
from worklists.tickler_fields import limit_day
from worklists.wording import day

FILL = "fill-"
LONG_PLACES = ("clinical_reason", "difference", "acceptance_proof", "practice_address", "payer_appeal_address")
TYPED = 20_000


def day_field(label: str, **options: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **options)


def signers(appeal: Appeal) -> list[tuple[int, str]]:
    """People who may sign for the letter's facility."""
    people = User.objects.filter(is_active=True, role__in=WORKERS).prefetch_related("facilities")
    return [
        (each.pk, f"{each}, {each.title}" if each.title else str(each))
        for each in people
        if each.all_facilities or any(place.pk == appeal.facility_id for place in each.facilities.all())
    ]


class AppealForm(forms.Form):
    """A form about one letter knows which version of it the person saw."""

    template_name = "components/form.html"
    asks_on = ""
    """The field for the day on which to ask the payer, where there is one."""
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: QueryDict | None = None,
        files: Any = None,
        *,
        appeal: Appeal,
        today: date,
        begun_at: datetime | None = None,
    ) -> None:
        """`begun_at`: when whoever is asked wrote into the letter without saving it; none where the page shows it."""
        super().__init__(data, files, initial={"version": appeal.version}, auto_id=f"{self.__class__.__name__}-%s")
        self.appeal = appeal
        self.begun_at = begun_at
        self.today = today
        if self.asks_on:
            limit_day(self.fields[self.asks_on], today, appeal.item.can_wait_until(today))

    @property
    def moved_words(self) -> str:
        """That the day to ask is no business day, and which one is. Only of a valid form."""
        wanted = self.cleaned_data.get(self.asks_on)
        return ticklers.moved_words(wanted, day_to_ask(self.appeal, wanted, self.today)) if wanted else ""


class LetterForm(AppealForm):
    """The letter itself. Each open place is a field of its own: what is typed there goes into the text."""

    subject = forms.CharField(max_length=300)
    letter_date = day_field("Date of the letter")
    signer = forms.TypedChoiceField(label="Signed by", coerce=int)
    body = forms.CharField(
        label="Letter",
        strip=False,
        help_text="What stands in {{ }} is filled in from the other fields; Read shows the letter as it goes out.",
        widget=forms.Textarea(attrs={"rows": 26}),
    )
    enclosures = forms.CharField(
        required=False, help_text="One a line. The letter numbers them.", widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.open_places = final(self.appeal).open_places
        choices = signers(self.appeal)
        self.fields["signer"].choices = choices  # type: ignore[attr-defined]
        self.initial.update({name: getattr(self.appeal, name) for name in ("subject", "body", "letter_date")})
        self.initial.update(signer=self.appeal.signer_id, enclosures="\n".join(self.appeal.enclosures))
        self.fields["letter_date"].widget.attrs["max"] = self.today.isoformat()
        for place in self.open_places:
            self.fields[FILL + place] = _place_field(place)
        self._offer_evidence()

    def _offer_evidence(self) -> None:
        """What was verified on the item and is not enclosed yet, to be ticked."""
        verified = [name for name in enclosures_of(self.appeal.item) if name not in self.appeal.enclosures]
        if verified:
            choices = [(name, name) for name in verified]
            widget = forms.CheckboxSelectMultiple
            self.fields["enclose"] = forms.MultipleChoiceField(
                label="Verified evidence to enclose", required=False, choices=choices, widget=widget
            )

    @property
    def places(self) -> list[forms.BoundField]:
        return [self[FILL + place] for place in self.open_places]

    def letter(self) -> Letter:
        given = self.cleaned_data
        return Letter(
            subject=given["subject"],
            body=given["body"],
            enclosures=[*given["enclosures"].splitlines(), *given.get("enclose", [])],
            signer=User.objects.get(pk=given["signer"]),
            letter_date=given["letter_date"],
            filled={place: given[FILL + place] for place in self.open_places},
        )


class TemplateForm(AppealForm):
    """Begin again from a template: those that fit come first."""

    template = forms.ModelChoiceField(
        LetterTemplate.objects.filter(is_active=True),
        empty_label=None,
        help_text="The letter is filled from the record again. What you typed into it goes.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fitting = [(each.pk, each.name) for each in ranked(self.appeal.item)]
        known = {key for key, _ in fitting}
        others = [
            (each.pk, each.name) for each in LetterTemplate.objects.filter(is_active=True) if each.pk not in known
        ]
        field = self.fields["template"]
        field.choices = [("These fit, best first", fitting), ("Others", others)]  # type: ignore[attr-defined]
        self.initial["template"] = self.appeal.template_id


NEEDED = {"proof": "needed unless sent by plain mail", "proof_file": "instead of the number"}
"""What stands beside a field that no way of sending but one may leave out."""


class SendForm(AppealForm):
    asks_on = "follow_up_on"
    channel = forms.ChoiceField(label="Sent by", choices=[("", "Choose"), *Appeal.Channel.choices])
    proof = forms.CharField(
        max_length=200,
        required=False,
        help_text="Fax confirmation, tracking or portal number.",
    )
    proof_file = forms.FileField(
        label="Proof as a file", required=False, help_text="PDF, PNG, JPEG or TIFF.", allow_empty_file=True
    )
    sent_on = day_field("Sent on")
    follow_up_on = day_field("Ask for an answer on", required=False)
    past_deadline_confirmed = forms.BooleanField(label="It is late and is sent all the same", required=False)
    reading_confirmed = forms.BooleanField(
        label="A local reading changed how this is worked, and the letter is right by the payer's own codes",
        required=False,
    )
    enclosures_confirmed = forms.BooleanField(
        label="No enclosure means a document that was refused or withdrawn", required=False
    )
    unsaved_confirmed = forms.BooleanField(
        label="It goes without what I began to write and did not save", required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.update(sent_on=self.today, follow_up_on=usual_follow_up(self.appeal, self.today))
        self.fields["sent_on"].widget.attrs["max"] = self.today.isoformat()
        for name, needed in NEEDED.items():
            self.fields[name].needed = needed  # type: ignore[attr-defined]
        if not self.appeal.deadline or self.appeal.deadline >= self.today:
            del self.fields["past_deadline_confirmed"]
        if not self.appeal.denial.is_read_otherwise:
            del self.fields["reading_confirmed"]
        self._ask_about_words()

    def _ask_about_words(self) -> None:
        if reworded := reworded_in(self.appeal):
            self.fields["enclosures_confirmed"].help_text = " ".join(each.sentence for each in reworded)
        else:
            del self.fields["enclosures_confirmed"]
        if self.begun_at:
            at = timezone.localtime(self.begun_at)
            self.fields["unsaved_confirmed"].help_text = (
                f"You wrote into this letter on {day(at.date())} at {at:%H:%M} and did not save it. Save or discard"
                " it where you wrote it: under Write, or in your other window."
            )
        else:
            del self.fields["unsaved_confirmed"]

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not is_proved(self.sending()):
            self.add_error("proof", NOT_PROVED)  # said where it can be entered at once
        return given

    def sending(self) -> Sending:
        return Sending(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


DECIDED = [(each.value, Settlement(each).label) for each in DECISIONS]


class AnswerForm(AppealForm):
    outcome = forms.ChoiceField(label="The denial was", choices=DECIDED, widget=forms.RadioSelect)
    decided_on = day_field("Decided on")
    recovered_amount = forms.DecimalField(
        label="The payer will pay",
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text="Dollars, because of this appeal.",
    )
    note = forms.CharField(
        label="What the answer says", required=False, max_length=5000, widget=TextLines(attrs={"rows": 3})
    )
    close = forms.BooleanField(
        label="Nothing more will be done",
        required=False,
        help_text="Closes the item also when the denial was upheld or partly overturned.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["decided_on"] = self.today
        self.fields["decided_on"].widget.attrs["max"] = self.today.isoformat()

    def answer(self) -> Answer:
        return Answer(**{name: value for name, value in self.cleaned_data.items() if name != "version"})


class AskAgainForm(AppealForm):
    asks_on = "on"
    said = forms.CharField(label="What the payer said", max_length=5000, widget=TextLines(attrs={"rows": 3}))
    on = day_field("Ask again on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        sent_on = self.appeal.sent_on or self.today
        self.initial["on"] = usual_follow_up(self.appeal, sent_on, after=self.today)


class WithdrawForm(AppealForm):
    because = forms.CharField(label="Why", max_length=300, help_text="The history keeps it.")


def _place_field(place: str) -> forms.CharField:
    label = WORDS.get(place, f"{place} (no place that a letter knows)")
    from_record = "The record does not hold it yet." if place in FROM_THE_RECORD else ""
    widget = TextLines(attrs={"rows": 3}) if place in LONG_PLACES else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=TYPED, widget=widget, help_text=from_record)
