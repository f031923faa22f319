"""Denials that somebody must work and that became no item: a check over everything, and its repair."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from accounts.models import User
from denials.models import Claim, Denial, Remittance
from worklists.capped import CAP, CappedCount, CappedSum, in_words
from worklists.denial_facts import day_of, to_work
from worklists.models import Activity, WorkItem
from worklists.opening import open_denials
from worklists.permission import must_manage

MOST = 500
ROUTED = (Remittance.State.ROUTED, Remittance.State.SETTLED)


@dataclass(frozen=True, slots=True)
class Unworked:
    """Counted and summed up to `CAP` rows."""

    number: int
    amount: Decimal

    @property
    def shown(self) -> str:
        return in_words(self.number)

    @property
    def is_capped(self) -> bool:
        return self.number > CAP


def unworked(user: User) -> QuerySet[Denial]:
    """Denials of remittances that were routed, without an item now or ever. What became a later round has one."""
    became = Activity.objects.annotate(about=KeyTextTransform("denial", "facts")).filter(
        item__claim=OuterRef("claim"),
        kind__in=[Activity.Kind.OPENED, Activity.Kind.DENIED_AGAIN],
        about=Cast(OuterRef("pk"), TextField()),
    )
    rows = to_work(Denial.objects.visible_to(user)).filter(remitted_claim__remittance__state__in=ROUTED)
    has_item = WorkItem.objects.filter(denial=OuterRef("pk"))
    return rows.filter(~Exists(has_item)).filter(~Exists(became))


def counted(user: User) -> Unworked:
    rows = unworked(user)
    columns = {"number": CappedCount(rows), "amount": CappedSum(rows, "amount_at_risk")}
    [found] = User.objects.filter(pk=user.pk).values_list(*columns.values())
    return Unworked(*found)


@transaction.atomic
def open_them(user: User) -> int:
    """Makes them work, at most `MOST` at once. Returns how many; run again it takes the next ones."""
    must_manage(user)
    ids = list(unworked(user).order_by("pk").values_list("pk", flat=True)[:MOST])
    claims = Denial.objects.filter(pk__in=ids).values("claim")
    # As every opening does, so that a remittance that comes in now waits its turn.
    list(Claim.objects.select_for_update(no_key=True).filter(pk__in=claims).order_by("pk").values_list("pk"))
    rows = unworked(user).filter(pk__in=ids).select_related("payer", "facility", "remitted_claim__remittance__file")
    found = list(rows.order_by("pk"))
    for denial in found:
        open_denials([denial], day_of(denial.remitted_claim.remittance))
    return len(found)
