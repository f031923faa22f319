"""Finding claims by what people have at hand. The words never stand in an address: the session keeps them."""

from __future__ import annotations

import secrets

from django.db.models import Q
from django.http import HttpRequest

from denials.models import Claim, RemittedClaim

KEPT = "searches"
KEEP = 10
SHORTEST = 2


def keep(request: HttpRequest, words: str) -> str:
    """A token that stands for these words in this session."""
    token = secrets.token_urlsafe(9)
    searches: dict[str, str] = request.session.get(KEPT, {})
    latest = list(searches.items())[1 - KEEP :]
    request.session[KEPT] = dict([*latest, (token, words)])
    return token


def recall(request: HttpRequest, token: str) -> str:
    """The words behind a token; empty when it is not of this session, or too old."""
    words: str = request.session.get(KEPT, {}).get(token, "")
    return words


def matching(words: str) -> Q:
    """Items of the claims that the words name: claim or payer claim number, patient, member id or trace.

    Numbers match from their beginning, a patient by last name or "last, first", the rest exactly.
    """
    words = " ".join(words.split())
    if len(words) < SHORTEST:
        return Q(pk__in=[])
    last, _, first = (part.strip() for part in words.partition(","))
    claims = Claim.objects.filter(
        Q(number__startswith=words)
        | Q(payer_control_number__startswith=words)
        | Q(member_id=words)
        | Q(patient_last__istartswith=last, patient_first__istartswith=first)
    )
    traced = RemittedClaim.objects.filter(remittance__trace=words)
    return Q(claim__in=claims.values("pk").union(traced.values("claim")))
