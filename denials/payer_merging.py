"""One payer, two names: all that belongs to the one goes to the other, in one transaction, and is written down.

The name and the id that a remittance gave stay as they were recorded. The payer that was merged stays as a row that
leads to what it is now, and `payer_unmerging` takes the merge back exactly.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from django.db import connection, transaction
from django.db.models import Max

from accounts.models import User
from accounts.refusal import Conflict, Refused
from denials import payer_links
from denials.models import MovedRows, Payer, PayerMerge
from denials.payer_links import Table
from denials.payer_matching import PAYERS
from denials.payer_plan import plan

AT_A_TIME = 5000


@transaction.atomic
def merge(gone: Payer, stays: Payer, user: User, *, because: str = "") -> PayerMerge:
    """`gone` is found to be `stays`. Refused where one of them is merged already, or both are one."""
    gone, stays = held(gone, stays)
    _must_be_two(gone, stays)
    intended = plan(gone, stays)
    made = PayerMerge.objects.create(
        merged=gone,
        stays=stays,
        because=because.strip()[:300],
        newest=newest(),
        merged_by=user,
    )
    changes = [*(change for step in intended.steps for change in step.changes), *intended.changes]
    for change in changes:
        change.make()
    made.values = [list(change) for change in changes]
    made.save(update_fields=["values"])
    for step in intended.steps:
        _move(made, step.table, list(step.rows.select_for_update().order_by("pk").values_list("pk", flat=True)))
    gone.merged_into = stays
    gone.save(update_fields=["merged_into"])
    payer_links.tell([stays], user, f"{gone} was found to be {stays}.")
    return made


def held(*payers: Payer) -> list[Payer]:
    """These payers, locked, with nobody recording a payment of theirs meanwhile. Always in the same order."""
    with connection.cursor() as cursor:
        for pk in sorted(payer.pk for payer in payers):
            cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [PAYERS, pk % 2**31])
    ids = [payer.pk for payer in payers]
    locked = {row.pk: row for row in Payer.objects.select_for_update().filter(pk__in=ids).order_by("pk")}
    return [locked[pk] for pk in ids]


def newest() -> dict[str, int]:
    """The highest id in each table: what is above it came later."""
    return {
        table.key: table.model._base_manager.aggregate(newest=Max("pk"))["newest"] or 0
        for table in payer_links.tables()
    }


def chunks(ids: Sequence[int]) -> Iterator[list[int]]:
    remaining = iter(ids)
    while chunk := list(islice(remaining, AT_A_TIME)):
        yield chunk


def _must_be_two(gone: Payer, stays: Payer) -> None:
    if gone.pk == stays.pk:
        raise Refused("Nothing was merged: choose another payer than this one.")
    for payer in (gone, stays):
        if payer.merged_into_id is not None:
            raise Conflict(f"{payer} was merged already. Nothing was changed: reload the page and look again.")


def _move(made: PayerMerge, table: Table, ids: Sequence[int]) -> None:
    for chunk in chunks(ids):
        MovedRows.objects.create(merge=made, table=table.key, ids=chunk)
        payer_links.move(table, chunk, made.merged, made.stays)
