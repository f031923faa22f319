"""Facts about claims and members that no remittance tells: written down once, withdrawn with a reason, read by claim.

A fact belongs to one facility and is read for claims of that facility only.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from accounts.models import Facility, User
from accounts.refusal import Conflict, Refused
from denials.domain.told_rows import AUTHORIZATIONS, CODING, EDITS, ELIGIBILITY
from denials.models import Authorization, Claim, ClaimNote, EligibilityCheck, Sheet
from denials.models.told import Told

MODELS: dict[str, type[Told]] = {
    ELIGIBILITY: EligibilityCheck,
    AUTHORIZATIONS: Authorization,
    CODING: ClaimNote,
    EDITS: ClaimNote,
}
CALLED = {
    ELIGIBILITY: "Eligibility check",
    AUTHORIZATIONS: "Authorization",
    CODING: "Coding note",
    EDITS: "Claim edit",
}
NOTE_KINDS = {CODING: ClaimNote.Kind.CODING.value, EDITS: ClaimNote.Kind.EDIT.value}
ALREADY = "Nothing was added: this very fact is on record already."
LONGEST_REASON = 300
MOST = 200
"""Facts of one kind about one claim that are read."""
Fact = TypeVar("Fact", bound=Told)


@dataclass(frozen=True, slots=True)
class Whose:
    """What a fact was written down for: a claim of ours, a member, or both."""

    facility: Facility
    claim_number: str = ""
    member_id: str = ""


@dataclass(slots=True)
class AboutClaim:
    """Every fact about one claim, newest first, also those that were withdrawn."""

    checks: Sequence[EligibilityCheck] = ()
    authorizations: Sequence[Authorization] = ()
    notes: Sequence[ClaimNote] = field(default_factory=list)


def rows_about(claim: Claim) -> tuple[QuerySet[EligibilityCheck], QuerySet[Authorization], QuerySet[ClaimNote]]:
    """What `AboutClaim` is made of. Cover and authorizations hold for all claims of a member, notes for the claim."""
    return (
        _about(EligibilityCheck, claim, _of_claim(claim) | _of_member(claim)),
        _about(Authorization, claim, _of_claim(claim) | _of_member(claim)),
        _about(ClaimNote, claim, _of_claim(claim) | (_of_member(claim) & Q(claim_number=""))),
    )


def unsaved(kind: str, whose: Whose, values: Mapping[str, Any], user: User) -> Told:
    """One fact with its digest, not yet written."""
    if kind in NOTE_KINDS:
        values = {**values, "kind": NOTE_KINDS[kind]}
    said = [whose.claim_number, whose.member_id, sorted(values.items())]
    digest = hashlib.sha256(json.dumps(said, cls=DjangoJSONEncoder).encode()).hexdigest()
    return MODELS[kind](
        facility=whose.facility,
        claim_number=whose.claim_number,
        member_id=whose.member_id,
        digest=digest,
        told_by=user,
        **values,
    )


def add(kind: str, whose: Whose, values: Mapping[str, Any], user: User) -> Told:
    """Writes one fact down. Raises Refused for what is on record already."""
    fact = unsaved(kind, whose, values, user)
    if _standing(type(fact), [fact]).exists():
        raise Refused(ALREADY)
    try:
        with transaction.atomic():
            fact.save()
    except IntegrityError as twice:
        raise Refused(ALREADY) from twice
    return fact


def known_digests(facts: Sequence[Told]) -> set[tuple[int, str]]:
    """Which of these facts are on record already, by facility and digest."""
    found: set[tuple[int, str]] = set()
    for model in {type(fact) for fact in facts}:
        same = [fact for fact in facts if type(fact) is model]
        found.update(_standing(model, same).values_list("facility_id", "digest"))
    return found


def write_all(facts: Sequence[Told], sheet: Sheet, rows: Sequence[int]) -> None:
    """Writes the facts of a sheet; one that somebody else wrote meanwhile stands once."""
    for fact, row in zip(facts, rows, strict=True):
        fact.sheet, fact.sheet_row = sheet, row
    for model in {type(fact) for fact in facts}:
        same = [fact for fact in facts if type(fact) is model]
        model.objects.bulk_create(same, ignore_conflicts=True, batch_size=1000)


def withdraw(fact: Told, user: User, because: str) -> Told:
    """Says that a fact was wrong: it stays on record, and counts no longer."""
    because = because.strip()
    if not because:
        raise Refused("Nothing was changed: say what is wrong about it.")
    if len(because) > LONGEST_REASON:
        raise Refused(f"Nothing was changed: shorten the reason to {LONGEST_REASON} characters.")
    model = type(fact)
    with transaction.atomic():
        row: Told = model.objects.select_related("withdrawn_by").select_for_update(of=("self",)).get(pk=fact.pk)
        if row.is_withdrawn:
            raise Conflict(
                f"{row.withdrawn_by} withdrew this already: {row.withdrawn_because}. Nothing was changed, and what you"
                " wrote was not kept."
            )
        row.withdrawn_by, row.withdrawn_at, row.withdrawn_because = user, timezone.now(), because
        row.save(update_fields=["withdrawn_by", "withdrawn_at", "withdrawn_because"])
    return row


def one_about(claim: Claim, kind: str, pk: int, *, also_withdrawn: bool = False) -> Told | None:
    """A standing fact of this kind about the claim or its member; None for any other."""
    rows = MODELS[kind].objects.filter(_of_claim(claim) | _of_member(claim), facility=claim.facility_id)
    if kind in NOTE_KINDS:
        rows = rows.filter(kind=NOTE_KINDS[kind])
    if not also_withdrawn:
        rows = rows.filter(withdrawn_at__isnull=True)
    found: Told | None = rows.filter(pk=pk).first()
    return found


def _about(model: type[Fact], claim: Claim, whose: Q) -> QuerySet[Fact]:
    rows: QuerySet[Fact] = model.objects.filter(whose, facility=claim.facility_id)
    return rows.select_related("told_by", "withdrawn_by", "sheet")[:MOST]


def _of_claim(claim: Claim) -> Q:
    return Q(claim_number=claim.number) if claim.number.strip("0 ") else Q(pk__in=[])


def _of_member(claim: Claim) -> Q:
    return Q(member_id=claim.member_id) if claim.member_id else Q(pk__in=[])


def _standing(model: type[Told], facts: Sequence[Told]) -> Any:
    digests, facilities = {fact.digest for fact in facts}, {fact.facility_id for fact in facts}
    return model.objects.filter(digest__in=digests, facility__in=facilities, withdrawn_at__isnull=True)
