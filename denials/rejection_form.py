"""What people say about a rejection: who sees to it, and what was done."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q

from accounts.models import Role, User
from denials.models import Rejection

WORKING = (Role.SPECIALIST, Role.MANAGER, Role.ADMIN)


class RejectionForm(forms.ModelForm[Rejection]):
    class Meta:
        model = Rejection
        fields = ("state", "owner", "reason")
        labels = {"state": "Where it stands", "reason": "What was done, or why nothing is"}
        help_texts = {"reason": "Needed to close it. Such as: NPI corrected and claim sent again on 3 Nov."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        facility = self.instance.acknowledgment.facility_id
        sees = Q(all_facilities=True) | Q(facilities=facility) if facility else Q(all_facilities=True)
        people = User.objects.filter(sees | Q(pk=self.instance.owner_id), is_active=True, role__in=WORKING).distinct()
        uploader = self.instance.acknowledgment.file.uploaded_by_id
        if not facility and uploader:
            people = people | User.objects.filter(pk=uploader, is_active=True, role__in=WORKING).distinct()
        self.fields["owner"].queryset = people  # type: ignore[attr-defined]
        self.fields["owner"].empty_label = "Nobody yet"  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if cleaned.get("state") == Rejection.State.CLOSED and not cleaned.get("reason", "").strip():
            self.add_error("reason", "Say why it is closed: nobody sees to it any more after that.")
        return cleaned
