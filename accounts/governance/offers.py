"""One form of a governed row as a page has it: the row's own fields, and why, where from and from when on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from accounts.access import person
from accounts.asked import whole_number
from accounts.forms import TextLines
from accounts.governance import proposing
from accounts.governance.areas import Area
from accounts.governance.edits import afters, edits_of, read, sending
from accounts.governance.proposing import Reasons, form_for
from accounts.governance.states import State
from accounts.models import Change
from accounts.refusal import Refused

PREFIX = "change"


class ReasonsForm(forms.Form):
    """What goes with a change to whoever approves it."""

    why = forms.CharField(
        label="Why", max_length=2000, widget=TextLines(attrs={"rows": 2}), help_text="For whoever approves it."
    )
    evidence = forms.CharField(
        label="Source",
        required=False,
        max_length=2000,
        help_text="Where it can be read up: a link, a bulletin, a letter. No patient data.",
    )
    active_on = forms.DateField(
        label="In force from", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )

    prefix = PREFIX

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        self.initial.setdefault("active_on", timezone.localdate())

    def clean_active_on(self) -> Any:
        day = self.cleaned_data["active_on"]
        if day < timezone.localdate():
            raise forms.ValidationError("What was decided before today stays as it is: choose today or a later day.")
        return day

    def reasons(self) -> Reasons:
        return Reasons(**self.cleaned_data)


class Offer:
    """The two forms of one request. With `?change=` an own draft is opened again, and rewritten by sending."""

    def __init__(
        self, request: HttpRequest, area: Area, row: Any = None, seed: Mapping[str, Any] | None = None
    ) -> None:
        self.request, self.area, self.row, self.seed = request, area, row, dict(seed or {})
        self.is_sent = request.method == "POST"
        self.draft = self._draft()
        self.form, self.reasons_form = self._forms()

    def _draft(self) -> Change | None:
        wanted = whole_number((self.request.POST if self.is_sent else self.request.GET).get("change", ""))
        if wanted is None:
            return None
        drafts = Change.objects.filter(area=self.area.key, author=person(self.request), state=State.DRAFT)
        found = drafts.filter(pk=wanted, object_id=self.row and self.row.pk).first()
        if found is None and self.is_sent:
            raise Refused("This draft was sent or withdrawn meanwhile. Nothing of yours was saved: look at the change.")
        return found

    def _forms(self) -> tuple[forms.BaseForm, ReasonsForm]:
        if self.is_sent:
            reasons = ReasonsForm(self.request.POST)
            return form_for(self.area, self.row, self.request.POST, self.seed), reasons
        blank = form_for(self.area, self.row, seed=self.seed)
        if self.draft is None:
            blank.initial.update(self._asked_for(blank))
            return blank, ReasonsForm()
        said = {"why": self.draft.why, "evidence": self.draft.evidence, "active_on": self.draft.active_on}
        data = sending(blank, afters(read(self.draft.edits)))
        return form_for(self.area, self.row, data, self.seed), ReasonsForm(initial=said)

    def _asked_for(self, blank: forms.BaseForm) -> dict[str, Any]:
        """What a link fills in for the reader, as in `?codes=197`: shown, and not said until they send it."""
        named = {name: self.request.GET.getlist(name) for name in blank.fields if name in self.request.GET}
        several = (forms.MultipleChoiceField, forms.ModelMultipleChoiceField)
        return {
            name: values if isinstance(blank.fields[name], several) else values[0][:2000]
            for name, values in named.items()
        }

    @property
    def is_valid(self) -> bool:
        return all([self.form.is_valid(), self.reasons_form.is_valid() or self.changes_nothing])

    @property
    def changes_nothing(self) -> bool:
        """Nobody has to say why nothing was changed."""
        return self.row is not None and self.form.is_valid() and not edits_of(self.form)

    def keep(self) -> tuple[Change, str] | None:
        """Keeps what was filled in, and sends it if its author asked for that. Returns the change and what to say.

        None when nothing differs from what stands there.
        """
        if self.changes_nothing:
            return None
        user = person(self.request)
        change = proposing.draft(
            self.area, user, self.form, self.reasons_form.reasons(), seed=self.seed, instead_of=self.draft
        )
        if self.request.POST.get("then") == "draft":
            return change, "Kept as a draft. Nothing is in force until you send it and somebody approves it."
        change = proposing.send(change, user, today=timezone.localdate())
        if change.state == State.ACTIVE:
            return change, "In force at once, because nothing stood there before. Somebody else confirms it."
        return change, "Sent for approval. Nothing changes until somebody else has approved it."
