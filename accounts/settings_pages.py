"""Screens on which admins keep one kind of row: a list, and a form with the row's history. One mechanism for all."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import ADMINS, person, roles
from accounts.last_done import say_kept
from accounts.models import Role, User
from accounts.once import once
from accounts.row_history import Part, Words, history_of, labels_of, state_of
from accounts.stale_forms import is_overtaken, say_both, status_of

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: its head, and how a row's cell reads."""

    head: str
    cell: Callable[[Any], object]
    is_number: bool = False
    leads_to: Callable[[Any], str] | None = None
    """The address of what a number counts."""


def _as_they_are(rows: models.QuerySet[Any], _reader: User) -> models.QuerySet[Any]:
    return rows


@dataclass(frozen=True, slots=True)
class SettingsPage:
    """One kind of row that admins keep."""

    name: str
    """Of the URL of the list; `<name>_new` and `<name>_edit` are those of the forms."""
    address: str
    title: str
    singular: str
    purpose: str
    form: type[forms.ModelForm[Any]]
    rows: Callable[[], models.QuerySet[Any]]
    columns: Sequence[Column]
    counted: Callable[[models.QuerySet[Any], User], models.QuerySet[Any]] = _as_they_are
    """Adds to the rows of the list what it counts of what one person may see."""
    searched: Sequence[str] = ("name",)
    may_add: bool = True
    words: Words = field(default_factory=dict)
    """How people read the fields of a change that hold keys."""
    parts: Sequence[Part] = ()
    """The lists of a row that the form changes too."""
    form_template: str = "components/form.html"
    has_list: bool = True
    """Off where an app shows the list in its own way, under the same name."""
    opened_by: Sequence[Role] = ADMINS
    beside: str = ""
    """A template beside the form of a row, for what another app keeps about it."""

    def urls(self) -> list[URLPattern]:
        patterns = [path(f"{self.address}<int:pk>/", self._form_view(), name=f"{self.name}_edit")]
        if self.has_list:
            patterns.append(path(self.address, self._list_view(), name=self.name))
        if self.may_add:
            patterns.append(path(f"{self.address}new/", self._form_view(), name=f"{self.name}_new"))
        return patterns

    def _list_view(self) -> Callable[..., HttpResponse]:
        @require_safe
        @roles(*self.opened_by)
        def settings_list(request: HttpRequest) -> HttpResponse:
            text = request.GET.get("q", "").strip()[:80]
            found = list(self.counted(self._matching(text), person(request))[: MOST_LISTED + 1])
            rows = [Listed(row, [Cell.of(row, column) for column in self.columns]) for row in found[:MOST_LISTED]]
            context = {"settings_page": self, "rows": rows, "q": text, "is_cut": len(found) > MOST_LISTED}
            return render(request, "settings/list.html", context | self._above_list())

        return settings_list

    def _above_list(self) -> dict[str, Any]:
        """What the page shows before its rows."""
        return {}

    def _matching(self, text: str) -> models.QuerySet[Any]:
        """Rows in whose `searched` fields each word stands."""
        rows = self.rows()
        for word in text.split()[:8]:
            rows = rows.filter(reduce(or_, (models.Q(**{f"{name}__icontains": word}) for name in self.searched)))
        return rows.distinct() if text else rows

    def _form_view(self) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @roles(*self.opened_by)
        @once
        def settings_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
            row = get_object_or_404(self.rows(), pk=pk) if pk else None
            context = {"heading": str(row) if row else f"New {self.singular.lower()}", **self._past(row)}
            if request.method != "POST":
                return render(request, "settings/form.html", context | {"form": self.form(instance=row)})
            is_late = row is not None and is_overtaken(request, row, self.parts)
            form = self.form(request.POST, instance=row)
            if is_late:
                say_both(form, state_of(form.instance, self.parts))
            if not form.is_valid():
                return render(request, "settings/form.html", context | {"form": form}, status=status_of(form))
            return redirect(f"{self.name}_edit", pk=self._saved(request, form))

        return settings_form

    def _past(self, row: Any) -> dict[str, Any]:
        shown = {"settings_page": self, "row": row, "history": [], "shown_state": ""}
        if row is not None:
            shown["history"] = history_of(row, self.words, self.parts, labels_of(self.form))
            shown["shown_state"] = state_of(row, self.parts)
        return shown

    def _saved(self, request: HttpRequest, form: forms.ModelForm[Any]) -> int:
        """Saves the form unless it was sent as it was shown; then nothing is written. Returns the id of the row."""
        if form.instance.pk and not form.has_changed():
            messages.info(request, "Nothing was changed.")
        else:
            say_kept(request, f"{self.singular} saved: {form.save()}.")
        return int(form.instance.pk)


@dataclass(frozen=True, slots=True)
class Cell:
    """What one row says in one column; `url` opens what it counts, empty where it counts nothing."""

    said: object
    column: Column
    url: str = ""

    @classmethod
    def of(cls, row: Any, column: Column) -> Cell:
        said = column.cell(row)
        return cls(said, column, column.leads_to(row) if column.leads_to and said else "")


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list with its cells, in the order of the columns."""

    row: Any
    cells: Sequence[Cell]
