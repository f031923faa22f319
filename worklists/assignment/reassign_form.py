"""What a manager fills in to reassign many items."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from accounts.models import User
from worklists.assignment.effort import workers
from worklists.assignment.sharing import How
from worklists.forms import REASON

HOW = {
    How.ONE: "To one person",
    How.EVENLY: "Split evenly: as many items for each of those chosen",
    How.CAPACITY: "Split by capacity: those chosen end up with as many days of work each",
    How.QUEUE: "Back to their queues, free to take",
}


class ReassignForm(forms.Form):
    how = forms.ChoiceField(
        label="How", choices=[(how.value, words) for how, words in HOW.items()], widget=forms.RadioSelect
    )
    who = forms.ModelMultipleChoiceField(User.objects.none(), label="Who gets them", required=False)
    reason = forms.CharField(label="Why", max_length=REASON, help_text="The receivers and the history see it.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["who"]
        field.queryset = workers()

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        how, number = cleaned.get("how"), len(cleaned.get("who") or [])
        if how == How.ONE and number != 1:
            self.add_error("who", ValidationError("Choose exactly one person, or another way to share the items out."))
        elif how in (How.EVENLY, How.CAPACITY) and not number:
            self.add_error("who", ValidationError("Choose who gets the items."))
        return cleaned

    def given(self) -> dict[str, Any]:
        """The arguments of `reassigning.reassign`."""
        cleaned = self.cleaned_data
        return {"how": How(cleaned["how"]), "receivers": list(cleaned["who"]), "reason": cleaned["reason"]}
