"""Definitions of the figures that managers read: shipped once, then kept as the site worded them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django import forms

from accounts.forms import TextLines
from worklists.models import Figure

SHIPPED = Path(__file__).with_suffix(".json")


class FigureForm(forms.ModelForm[Figure]):
    class Meta:
        model = Figure
        fields = ("name", "meaning", "formula", "source", "is_active")
        labels = {"is_active": "Shown on the board", "formula": "How it is counted"}
        widgets = {"meaning": TextLines(attrs={"rows": 3}), "formula": TextLines(attrs={"rows": 3})}


def load() -> int:
    """Adds the shipped definitions that are missing; the others stay as they are. Returns how many are shipped."""
    shipped: list[dict[str, Any]] = json.loads(SHIPPED.read_text())
    rows = [Figure(position=position, **each) for position, each in enumerate(shipped, start=1)]
    Figure.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def shown() -> list[Figure]:
    """The definitions in use, in their order."""
    return list(Figure.objects.filter(is_active=True))
