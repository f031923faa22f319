"""What admins fill in about facilities, teams and people."""

from __future__ import annotations

from typing import Any

import pghistory
from allauth.account.models import EmailAddress
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db import transaction
from django.db.models import Q

from accounts import facility_changes
from accounts.models import Facility, Role, Team, User


class TextLines(forms.Textarea):
    """Several lines of text. Browsers send CR LF for a line break; kept is LF, so that a form sent as it was shown
    changes nothing.
    """

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        value = super().value_from_datadict(data, files, name)
        return value.replace("\r\n", "\n") if isinstance(value, str) else value


def taken(row: str, by: str) -> dict[str, str]:
    """What a form says where another row has this value already, such as another `team` this `key`."""
    return {"unique": f"Another {row} has this {by} already: choose another {by}, or change that {row}."}


class Picks(forms.CheckboxSelectMultiple):
    """Boxes to tick: what is ticked stands first, a long rest is folded away and narrowed by typing
    (config/form_renderer.py).

    Instead of a list in which several are chosen with a key held down, which few know and one click undoes.
    """

    template_name = "picks.html"


class FacilityForm(forms.ModelForm[Facility]):
    class Meta:
        model = Facility
        fields = ("name", "npi", "tax_id", "service_line", "address", "phone", "is_confirmed")
        labels = {"is_confirmed": "Confirmed"}
        error_messages = {"npi": taken("facility", "NPI")}
        widgets = {"address": TextLines(attrs={"rows": 3})}

    @transaction.atomic
    def save(self, commit: bool = True) -> Facility:
        if self.instance.pk:
            facility_changes.tell(Facility.objects.get(pk=self.instance.pk), self.instance)
        saved: Facility = super().save(commit)
        return saved


class TeamForm(forms.ModelForm[Team]):
    people = forms.ModelMultipleChoiceField(User.objects.none(), required=False, label="People in it", widget=Picks)

    class Meta:
        model = Team
        fields = ("name", "key")
        error_messages = {"key": taken("team", "key")}
        help_texts = {"key": "What the code dictionary calls the owner team, such as prior_auth. It stays for good."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].queryset = User.objects.filter(is_active=True)  # type: ignore[attr-defined]
        if self.instance.pk:
            # Who is switched off stays in the team: leaving them out here would take them out of it.
            here = User.objects.filter(Q(is_active=True) | Q(pk__in=self.instance.people.values("pk")))
            self.fields["people"].queryset = here  # type: ignore[attr-defined]
            self.initial["people"] = list(self.instance.people.values_list("pk", flat=True))
            self.fields["key"].disabled = True

    def save(self, commit: bool = True) -> Team:
        team: Team = super().save(commit)
        team.people.set(self.cleaned_data["people"])
        return team


class PersonForm(forms.ModelForm[User]):
    """One account. Its password is set here for a start, and changed by its owner."""

    new_password = forms.CharField(
        required=False,
        strip=False,
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
        labels = {"username": "Sign-in name", "is_active": "May sign in", "all_facilities": "All facilities"}
        help_texts = {
            "username": "",
            "role": "A contributor sees the questions to their teams, and nothing else of the work.",
            "is_active": "Switch off instead of deleting: the history keeps the name.",
        }
        widgets = {
            "teams": Picks,
            "facilities": Picks,
        }

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if self._others().filter(username__iexact=username).exists():
            raise forms.ValidationError("Somebody has this sign-in name already.")
        return username

    def clean_email(self) -> str:
        email: str = self.cleaned_data["email"]
        if email and self._others().filter(email__iexact=email).exists():
            raise forms.ValidationError("Somebody has this address already, and people may sign in by it.")
        return email

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        self._check_password(cleaned)
        is_admin = self.instance.pk and self.instance.role == Role.ADMIN and self.instance.is_active
        stays = cleaned.get("role") == Role.ADMIN and cleaned.get("is_active")
        if is_admin and not stays and not self._other_admins():
            raise forms.ValidationError("This is the last active administrator: make another one first.")
        return cleaned

    def save(self, commit: bool = True) -> User:
        password = self.cleaned_data["new_password"]
        if password:
            self.instance.set_password(password)
        if self.instance.role != Role.ADMIN:
            self.instance.is_superuser = False
        person = super().save(commit)
        if "email" in self.changed_data:
            # The old address must not open the account any more, by sign-in or by a reset of the password.
            EmailAddress.objects.filter(user=person).exclude(email__iexact=person.email).delete()
        if password:
            pghistory.create_event(person, label="password")
        return person

    def _check_password(self, cleaned: dict[str, Any]) -> None:
        """Also against the names that are given with it."""
        password = cleaned.get("new_password", "")
        if not password:
            if self.instance._state.adding:
                self.add_error("new_password", "A new account needs a password.")
            return
        named = {name: cleaned.get(name, "") for name in ("username", "first_name", "last_name", "email")}
        try:
            validate_password(password, User(**named))
        except forms.ValidationError as faults:
            self.add_error("new_password", faults)

    def _others(self) -> Any:
        return User.objects.exclude(pk=self.instance.pk)

    def _other_admins(self) -> bool:
        """Locks all of them, so that two admins who step down at the same moment cannot both do it."""
        admins = User.objects.select_for_update().filter(role=Role.ADMIN, is_active=True).order_by("pk")
        return any(admin.pk != self.instance.pk for admin in admins)
