"""How the list of changes is narrowed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from accounts.governance import areas, lists
from accounts.governance.lists import Governed
from accounts.models import Change, Role, User


class ChangeFilter(forms.Form):
    area = forms.ChoiceField(required=False, label="Kind of rule")
    state = forms.ChoiceField(required=False, choices=[("", "any"), *Change.State.choices])
    who = forms.ModelChoiceField(User.objects.none(), required=False, label="Person", empty_label="anybody")

    def __init__(self, data: QueryDict) -> None:
        super().__init__(data)
        offered: Any = self.fields["area"]
        offered.choices = [("", "any"), *((area.key, area.title) for area in areas.every_area())]
        people: Any = self.fields["who"]
        people.queryset = User.objects.filter(role__in=(Role.MANAGER, Role.ADMIN))
        self.is_valid()

    def narrow(self, rows: QuerySet[Governed]) -> QuerySet[Governed]:
        return lists.narrowed(rows, self.cleaned_data)

    @property
    def is_narrowed(self) -> bool:
        return any(self.cleaned_data.values())
