"""Screens on which admins keep one kind of row: a list, and a form with the row's history. One mechanism for all."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import ADMINS, roles
from accounts.once import once
from accounts.row_history import history_of

MOST_LISTED = 500


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: its head, and how a row's cell reads."""

    head: str
    cell: Callable[[Any], object]
    is_number: bool = False


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
    may_add: bool = True
    aside: Callable[[Any], Mapping[str, Any]] = field(default=lambda row: {})
    """More for the form's page: `template` names a partial, the rest is its context."""
    has_list: bool = True
    """Off where an app shows the list in its own way, under the same name."""

    def urls(self) -> list[URLPattern]:
        patterns = [path(f"{self.address}<int:pk>/", self._form_view(), name=f"{self.name}_edit")]
        if self.has_list:
            patterns.append(path(self.address, self._list_view(), name=self.name))
        if self.may_add:
            patterns.append(path(f"{self.address}new/", self._form_view(), name=f"{self.name}_new"))
        return patterns

    def _list_view(self) -> Callable[..., HttpResponse]:
        @require_safe
        @roles(*ADMINS)
        def settings_list(request: HttpRequest) -> HttpResponse:
            rows = [Listed(row, [column.cell(row) for column in self.columns]) for row in self.rows()[:MOST_LISTED]]
            return render(request, "settings/list.html", {"settings_page": self, "rows": rows})

        return settings_list

    def _form_view(self) -> Callable[..., HttpResponse]:
        @require_http_methods(["GET", "HEAD", "POST"])
        @roles(*ADMINS)
        @once
        def settings_form(request: HttpRequest, pk: int | None = None) -> HttpResponse:
            row = get_object_or_404(self.rows(), pk=pk) if pk else None
            form = self.form(request.POST or None, instance=row)
            if request.method == "POST" and form.is_valid():
                saved = form.save()
                messages.success(request, f"{self.singular} saved: {saved}.")
                return redirect(f"{self.name}_edit", pk=saved.pk)
            context = {
                "settings_page": self,
                "row": row,
                "form": form,
                "history": history_of(row) if row else [],
                **(self.aside(row) if row else {}),
            }
            return render(request, "settings/form.html", context, status=422 if form.errors else 200)

        return settings_form


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list with its cells, in the order of the columns."""

    row: Any
    cells: Sequence[object]
