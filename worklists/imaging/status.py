"""How imaging stands: the way of one claim's study, and the rates of failure by interface."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from accounts.models import User
from denials.models import Claim, RemittedLine
from denials.payer_plan import APART, key_before
from worklists.domain.imaging import Place, Rate, rates, way_of
from worklists.domain.modalities import modality_of
from worklists.models import ImagingEvent, WorkItem

SERVICE_LINE = "radiology"
PERIODS = (30, 90, 365)
LATEST, MOST = 20, 500
"""Failures shown of all interfaces, and of the one that somebody opened."""


@dataclass(frozen=True, slots=True)
class Failure:
    """One event that failed, with the item of its claim where there is one."""

    event: ImagingEvent
    item_pk: int | None


def applies_to(item: WorkItem, lines: Iterable[RemittedLine]) -> bool:
    """Whether the item is about imaging: by its facility, or by one of the procedures billed."""
    return item.facility.service_line == SERVICE_LINE or any(modality_of(line.procedure) for line in lines)


def events_of(item: WorkItem) -> QuerySet[ImagingEvent]:
    """What happened to the study behind the item's claim. Expects the claim to be loaded."""
    return ImagingEvent.objects.filter(facility=item.facility_id, claim_key=key_before(item.claim.matching_key))


def way_on(item: WorkItem, lines: Iterable[RemittedLine], events: Iterable[ImagingEvent]) -> list[Place]:
    """Each step with its latest event; nothing for what is no imaging."""
    return way_of(events) if applies_to(item, lines) else []


def failure_rates(user: User, days: int) -> list[tuple[Rate, list[Rate]]]:
    """By interface how often it failed in the last days, with the number of events, the most failures first."""
    rows = _within(user, days).order_by().values_list("interface", "mark")
    return rates(list(rows.annotate(number=Count("pk"), failed=Count("pk", filter=Q(is_ok=False)))))


def failed_of(counted: Iterable[tuple[Rate, list[Rate]]], interface: str, mark: str) -> int:
    """How often this interface failed, or this step of it; more than `latest_failures` shows, where there are many."""
    return sum(
        part.failed
        for _, parts in counted
        for part in parts
        if part.interface == interface and (not mark or part.mark == mark)
    )


def latest_failures(user: User, days: int, interface: str | None = None, mark: str = "") -> list[Failure]:
    """The newest; all of them of one interface, or of one step of it."""
    failed = _within(user, days).filter(is_ok=False).select_related("facility").order_by("-at", "-pk")
    if interface is not None:
        failed = failed.filter(interface=interface)
        failed = failed.filter(mark=mark) if mark else failed
    events = list(failed[: LATEST if interface is None else MOST])
    keys = {event.claim_key for event in events}
    of_claims = Q(claim__matching_key__in=keys) | Q(claim__matching_key__startswith=APART)
    rows = WorkItem.objects.visible_to(user).filter(of_claims).order_by("is_open", "pk")
    found = rows.values_list("pk", "facility", "claim__matching_key")
    items = {(place, key_before(key)): pk for pk, place, key in found}
    return [Failure(event, items.get((event.facility_id, event.claim_key))) for event in events]


def known_claims(facility_id: int, keys: Iterable[str]) -> set[str]:
    """Of these numbers, those of claims on record at this facility."""
    rows = Claim.objects.filter(facility=facility_id, matching_key__in=set(keys))
    return set(rows.values_list("matching_key", flat=True))


def _within(user: User, days: int) -> QuerySet[ImagingEvent]:
    rows: QuerySet[ImagingEvent] = ImagingEvent.objects.visible_to(user)
    return rows.filter(at__gte=timezone.now() - timedelta(days=days))
