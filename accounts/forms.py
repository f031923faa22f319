"""What admins fill in about facilities, teams and people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password

from accounts.models import Facility, Role, Team, User


class FacilityForm(forms.ModelForm[Facility]):
    class Meta:
        model = Facility
        fields = ("name", "npi", "tax_id", "service_line", "address", "phone", "is_confirmed")
        widgets = {"address": forms.Textarea(attrs={"rows": 3})}


class TeamForm(forms.ModelForm[Team]):
    people = forms.ModelMultipleChoiceField(
        User.objects.filter(is_active=True), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Team
        fields = ("name", "key")
        help_texts = {"key": "What the code dictionary calls the owner team, such as prior_auth."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            self.fields["people"].initial = self.instance.people.all()
            self.fields["key"].disabled = True

    def save(self, commit: bool = True) -> Team:
        team: Team = super().save(commit)
        team.people.set(self.cleaned_data["people"])
        return team


class PersonForm(forms.ModelForm[User]):
    """One account. A password is set here once, and changed by its owner."""

    new_password = forms.CharField(
        required=False,
        min_length=12,
        label="Password",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least 12 characters. Empty: stays as it is.",
    )

    class Meta:
        model = User
        fields = (
            "username", "first_name", "last_name", "email", "role", "title", "phone", "teams", "all_facilities",
            "facilities", "is_active",
        )  # fmt: skip
        widgets = {
            "teams": forms.CheckboxSelectMultiple,
            "facilities": forms.CheckboxSelectMultiple,
        }

    def clean_new_password(self) -> str:
        password: str = self.cleaned_data["new_password"]
        if password:
            validate_password(password, self.instance)
        elif self.instance.pk is None:
            raise forms.ValidationError("A new account needs a password.")
        return password

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        is_last = self.instance.pk and self.instance.role == Role.ADMIN and not self._other_admins()
        if is_last and (cleaned.get("role") != Role.ADMIN or not cleaned.get("is_active")):
            raise forms.ValidationError("This is the last active administrator: make another one first.")
        return cleaned

    def _other_admins(self) -> bool:
        return User.objects.filter(role=Role.ADMIN, is_active=True).exclude(pk=self.instance.pk).exists()

    def save(self, commit: bool = True) -> User:
        if self.cleaned_data["new_password"]:
            self.instance.set_password(self.cleaned_data["new_password"])
        return super().save(commit)
