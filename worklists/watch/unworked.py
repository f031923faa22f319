"""Denials that somebody must work and that became no item: a check over everything, and its repair."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from django.core.cache import cache
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet, TextField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils import timezone

from accounts.models import User
from denials.course import day_of
from denials.models import Claim, Denial, Job, Remittance
from worklists.capped import CAP, count_and_sum, in_words
from worklists.denial_facts import to_work
from worklists.models import Activity, WorkItem
from worklists.opening import open_denials
from worklists.permission import must_manage

MOST = 500
KEPT_SECONDS, SURE_SECONDS = 60, 3600
"""How long an answer is kept where a job has ended since, and where none has: only jobs make denials."""
ROUTED = (Remittance.State.ROUTED, Remittance.State.SETTLED)


@dataclass(frozen=True, slots=True)
class Unworked:
    """Counted and summed up to `CAP` rows."""

    number: int
    amount: Decimal
    at: datetime
    last_job: int
    """The newest job that had ended then."""

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
    """As it was `at`: to be sure, it looks at every denial there is, so it does not look again where nothing came."""
    kept: Unworked | None = cache.get(_kept_as(user))
    if kept is not None and (
        kept.last_job == _last_job() or timezone.now() - kept.at < timedelta(seconds=KEPT_SECONDS)
    ):
        return kept
    last_job = _last_job()
    found = Unworked(*count_and_sum(unworked(user), "amount_at_risk"), at=timezone.now(), last_job=last_job)
    cache.set(_kept_as(user), found, SURE_SECONDS)
    return found


def _last_job() -> int:
    ended = Job.objects.filter(state__in=[Job.State.DONE, Job.State.FAILED])
    return ended.order_by("-pk").values_list("pk", flat=True).first() or 0


def _kept_as(user: User) -> str:
    """The same for everybody who sees the same facilities."""
    places = "all" if user.all_facilities else list(user.facilities.order_by("pk").values_list("pk", flat=True))
    return f"unworked.{sha256(str(places).encode()).hexdigest()}"


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
    cache.delete(_kept_as(user))
    return len(found)
