"""Two names of one payer with all that hangs on them, and every row of the site as it stands."""

from __future__ import annotations

from typing import Any

import pghistory.models
from django.apps import apps
from django.db.models import Model

from accounts.models import User
from config import pipeline
from denials.models import Job, MovedRows, Payer, PayerMerge, Remittance, Rereading
from tests.denials.recorded import recorded
from tests.remittance_text import Claim, Payment, file_of

OWN_RECORD = (PayerMerge, MovedRows, Rereading, Job)
"""What a merge writes about itself."""


def taken_in(*payments: Payment, interchange: int = 1) -> list[Remittance]:
    """These payments through every stage, as they come in life."""
    file = recorded(file_of(*payments, interchange=interchange))
    ids = list(file.remittances.order_by("pk").values_list("pk", flat=True))
    pipeline.finish(ids, lambda stage, done, total: None)
    return list(file.remittances.order_by("pk"))


def paid_by(name: str, number: str, *claims: Claim, trace: str, day: str = "20261102") -> Payment:
    return Payment(claims=claims, trace=trace, payer=name, payer_id=number, day=day)


def payer_named(name: str) -> Payer:
    return Payer.objects.get(identifiers__kind="name", identifiers__value=name)


def everything() -> dict[str, dict[Any, dict[str, Any]]]:
    """Every row of every table of ours, without the history of rows and what a merge writes about itself."""
    return {model._meta.label: _rows(model) for model in apps.get_models() if _counts(model)}


def _counts(model: type[Model]) -> bool:
    ours = model._meta.app_label in ("accounts", "denials", "worklists", "appeals")
    return ours and not issubclass(model, pghistory.models.Event) and model not in (*OWN_RECORD, User)


def _rows(model: type[Model]) -> dict[Any, dict[str, Any]]:
    names = [field.attname for field in model._meta.concrete_fields]
    return {row["pk"]: row for row in model._base_manager.values("pk", *names)}
