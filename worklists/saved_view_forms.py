"""What people fill in to keep a view of a list, and to choose its columns."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import Role, User
from worklists import columns, saved_views
from worklists.columns import Column
from worklists.models import SavedView


class SavedViewForm(forms.ModelForm[SavedView]):
    template_name = "components/form.html"
    is_first = forms.BooleanField(
        label="I start in it", required=False, help_text="What opens first for you, and when you press the name on top."
    )

    class Meta:
        model = SavedView
        fields = ("name", "is_shared", "default_of")
        help_texts = {
            "name": "Others read it too when it is shared: no patient's name.",
            "is_shared": "Each person sees only items of their own facilities in it.",
        }

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not saved_views.may_share(user):
            del self.fields["is_shared"]
        if not user.may_manage:
            del self.fields["default_of"]
        else:
            roles = [choice for choice in Role.choices if choice[0] != Role.CONTRIBUTOR]
            self.fields["default_of"].choices = [("", "Nobody in particular"), *roles]  # type: ignore[attr-defined]


class ColumnsForm(forms.Form):
    """One number for each column: its place from the left, nothing for a column that is not shown."""

    def __init__(self, *args: Any, shown: tuple[Column, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = {column.key: place for place, column in enumerate(shown, start=1)}
        rest = [column for column in columns.ALL.values() if column.key not in places]
        for column in (*shown, *rest):
            self.fields[column.key] = forms.IntegerField(
                label=column.head,
                required=False,
                min_value=1,
                max_value=99,
                initial=places.get(column.key),
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )

    @property
    def chosen(self) -> tuple[Column, ...]:
        """The columns that have a place, in that order; two with one place keep the order of the form."""
        placed = [(place, key) for key in self.fields if (place := self.cleaned_data[key])]
        keys = [key for _, key in sorted(placed, key=lambda each: each[0])]
        return columns.chosen(",".join(keys))
