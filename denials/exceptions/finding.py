"""Which things each kind of exception holds up now, asked of what was recorded and concluded, set-based.

One definition serves both ways: what is found and not known yet opens a case; what is held and not found any more is
let go. Held and set-aside payments are asked only about themselves: nothing was concluded from them.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection

from denials import dictionary, recoveries
from denials.course import unclear_in
from denials.domain.dictionary import Dictionary
from denials.domain.exception_kinds import TAKEBACK_DAYS, Kind
from denials.exceptions.questions import QUESTIONS
from denials.models import Code, CodeSystem, RemittedClaim
from denials.recoveries import ONLY_READ


class Found(NamedTuple):
    """One thing that one cause of one kind holds up."""

    kind: str
    cause: str
    thing: str
    system: str
    code: str
    payer: int
    usual_days: int | None
    """Within how many days this payer usually decides."""
    facility: int
    remittance: int
    remitted_claim: int | None
    provider_adjustment: int | None
    claims: int
    amount: Decimal


def find(remittances: Collection[int], today: date, kinds: Collection[str] = tuple(Kind)) -> list[Found]:
    """Everything that exceptions of these kinds hold up in these remittances, as things stand."""
    if not remittances:
        return []
    values = _values(sorted(remittances), today)
    found: list[Found] = []
    with connection.cursor() as cursor:
        for answered, question in QUESTIONS.values():
            if any(kind in kinds for kind in answered):
                cursor.execute(question, values)
                found += [row for row in map(Found._make, cursor.fetchall()) if row.kind in kinds]
    if Kind.AMBIGUOUS_PART in kinds:
        found += [_of_unclear_part(row) for row in unclear_in(remittances)]
    return found


def _of_unclear_part(row: RemittedClaim) -> Found:
    return Found(
        kind=Kind.AMBIGUOUS_PART,
        cause=str(row.pk),
        thing=f"claim:{row.pk}",
        system="",
        code="",
        payer=row.remittance.payer_id,
        usual_days=None,
        facility=row.facility_id,
        remittance=row.remittance_id,
        remitted_claim=row.pk,
        provider_adjustment=None,
        claims=1,
        amount=row.paid or row.charge or Decimal(0),
    )


def _values(remittances: Sequence[int], today: date) -> dict[str, Any]:
    entries: Dictionary = dictionary.current()
    retired = [entry for entry in entries.carcs.values() if entry.is_retired]
    return {
        "remittances": list(remittances),
        "only_read": list(ONLY_READ),
        "today": today,
        "takeback_days": TAKEBACK_DAYS,
        "recoveries": list(recoveries.CODES),
        "carcs": list(entries.carcs),
        "rarcs": list(entries.rarcs),
        "groups": list(entries.groups),
        "statuses": list(entries.statuses),
        "plbs": list(Code.objects.filter(system=CodeSystem.PLB).values_list("code", flat=True)),
        "retired": [entry.code for entry in retired],
        "retired_on": [entry.retired_on for entry in retired],
        "hiding": [entry.code for entry in entries.carcs.values() if "suspect_whole_charge" in entry.effects],
    }
