"""The views that a new site starts with: where the day of each role begins, and one for each kind of desk."""

from __future__ import annotations

import json
from pathlib import Path

from django.db import transaction

from worklists.models import SavedView

SHIPPED = Path(__file__).with_name("default_views.json")


@transaction.atomic
def load() -> None:
    """The shipped views, only where nobody has kept one: what people made, changed or deleted stays as it is."""
    if not SavedView.objects.exists():
        views = json.loads(SHIPPED.read_text(encoding="utf-8"))
        SavedView.objects.bulk_create(SavedView(is_shared=True, **each) for each in views)
