"""The archive: every document that is kept, found by what it is, when it is of, and whose claim it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from accounts.models import Facility, FacilityScoped, User
from denials.models import Claim, RemittedClaim
from worklists.models import EvidenceDocument, WorkItem

PAGE = 50
SHORTEST = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked for; an empty field asks for nothing. `words` are a claim, account or payer claim number."""

    kind: str = ""
    facility: int | None = None
    first: date | None = None
    last: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """Documents newest first, and the id to go on from when there are more."""

    rows: Sequence[EvidenceDocument]
    older: int | None


def to_download(user: User) -> FacilityScoped:
    """A withdrawn document is opened by managers only, who may have to explain it."""
    rows = EvidenceDocument.objects.all()
    return rows if user.may_manage else rows.filter(withdrawn_at=None)


def with_claims() -> FacilityScoped:
    return EvidenceDocument.objects.select_related("claim", "uploaded_by")


def facilities_for(user: User) -> FacilityScoped:
    rows: FacilityScoped = Facility.objects.all().visible_to(user)
    return rows


def found(user: User, asked: Asked | None) -> QuerySet[EvidenceDocument]:
    """Documents that are in use; none where nobody could understand what is asked.

    The days are those on the document, or of its arrival where it has none.
    """
    if asked is None:
        return EvidenceDocument.objects.none()
    rows: QuerySet[EvidenceDocument] = EvidenceDocument.objects.visible_to(user).filter(withdrawn_at=None)
    if asked.kind:
        rows = rows.filter(kind=asked.kind)
    if asked.facility:
        rows = rows.filter(facility=asked.facility)
    if asked.first:
        rows = rows.filter(_day("gte", asked.first))
    if asked.last:
        rows = rows.filter(_day("lte", asked.last))
    if words := " ".join(asked.words.replace("\x00", " ").split()):
        rows = rows.filter(claim__in=_claims(user, words))
    return rows


def page_of(rows: QuerySet[EvidenceDocument], before: int | None) -> ArchivePage:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    listed = list(rows.select_related("claim", "facility", "uploaded_by").order_by("-pk")[: PAGE + 1])
    return ArchivePage(listed[:PAGE], listed[PAGE - 1].pk if len(listed) > PAGE else None)


def of_claim(claim_id: int) -> QuerySet[EvidenceDocument]:
    """What may be used for an item of this claim, newest first."""
    rows = EvidenceDocument.objects.filter(claim=claim_id, withdrawn_at=None)
    return rows.select_related("uploaded_by").order_by("-pk")


def items_of(documents: Sequence[EvidenceDocument], user: User) -> dict[int, int]:
    """By claim the item to open: the one in work, else the latest."""
    claims = {document.claim_id for document in documents}
    rows = WorkItem.objects.visible_to(user).filter(claim__in=claims).order_by("is_open", "pk")
    return dict(rows.values_list("claim", "pk"))


def _claims(user: User, words: str) -> QuerySet[Any, Any]:
    """The number of each part of a claim that its payer split stands in the results alone."""
    if len(words) < SHORTEST:
        return Claim.objects.none()
    typed = {words, words.upper()}
    by_payer = reduce(or_, (Q(payer_control_number__startswith=each) for each in typed))
    by_us = reduce(or_, (Q(number__startswith=each) for each in typed))
    rows: QuerySet[Any, Any] = Claim.objects.visible_to(user).filter(by_us | by_payer).values_list("pk", flat=True)
    return rows.union(RemittedClaim.objects.visible_to(user).filter(by_payer).values_list("claim", flat=True))


def _day(lookup: str, day: date) -> Q:
    dated = Q(**{f"document_on__{lookup}": day})
    return dated | Q(**{"document_on": None, f"uploaded_at__date__{lookup}": day})
