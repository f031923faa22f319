"""The page on which a person chooses their own keys. They are kept with the account, on every device."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from accounts import keys
from accounts.access import SIGNED_IN, person, roles
from accounts.last_done import say_kept
from accounts.once import once

PREFIX = "key-"
NAMES = {key: f"{PREFIX}{number}" for number, key in enumerate(keys.KEYS)}
"""By shipped key its field, named by its number, so that a sign stands in no attribute."""
GROUPS = (
    ("On the pages", lambda key: not keys.first_of(key) and not key.isdigit()),
    ("Go to: the key after the first one", lambda key: bool(keys.first_of(key))),
    ("Digits", str.isdigit),
)


class KeysForm(forms.Form):
    """One short field for each key."""

    def __init__(self, *args: Any, kept: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, given in keys.own(kept).items():
            attrs = {"size": 2, "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
            self.fields[NAMES[key]] = forms.CharField(
                label=keys.KEYS[key],
                initial=given,
                required=False,
                max_length=3,
                help_text=f"Shipped: {key.upper()}",
                widget=forms.TextInput(attrs=attrs),
            )

    @property
    def groups(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The fields under the headings of the page."""
        return [(words, [self[NAMES[key]] for key in keys.KEYS if belongs(key)]) for words, belongs in GROUPS]

    @property
    def chosen(self) -> dict[str, str]:
        """By shipped key; an empty field means the shipped one."""
        given = self.cleaned_data
        return {key: given.get(name, "").strip().lower() or keys.pressed(key) for key, name in NAMES.items()}

    def clean(self) -> None:
        for key, sentence in keys.faults(self.chosen).items():
            self.add_error(NAMES[key], sentence)


@require_http_methods(["GET", "HEAD", "POST"])
@roles(*SIGNED_IN)
@once
def own_keys(request: HttpRequest) -> HttpResponse:
    user = person(request)
    if request.POST.get("reset"):
        user.keys = {}
        user.save(update_fields=["keys"])
        say_kept(request, "The keys are as shipped again.")
        return redirect("own_keys")
    form = KeysForm(request.POST if request.method == "POST" else None, kept=user.keys)
    if form.is_bound and form.is_valid():
        user.keys = keys.changed(form.chosen)
        user.save(update_fields=["keys"])
        say_kept(request, "Your keys are kept, for every device on which you sign in.")
        return redirect("own_keys")
    return render(request, "accounts/keys.html", {"form": form}, status=422 if form.is_bound else 200)
