"""Finding claims by what people have at hand. The words never stand in an address: the session keeps them."""

from __future__ import annotations

import secrets
from functools import reduce
from operator import or_

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

    Numbers match from their beginning, also typed in small letters; a patient by last name or by both names, in any
    order; the rest exactly.
    """
    words = " ".join(words.replace("\x00", " ").split())  # PostgreSQL takes no NUL
    if len(words) < SHORTEST:
        return Q(pk__in=[])
    as_typed = {words, words.upper()}
    numbers = [Q(number__startswith=each) | Q(payer_control_number__startswith=each) for each in as_typed]
    claims = Claim.objects.filter(reduce(or_, numbers) | Q(member_id__in=as_typed) | _of_patient(words))
    traced = RemittedClaim.objects.filter(remittance__trace__in=as_typed)
    return Q(claim__in=claims.values("pk").union(traced.values("claim")))


def _of_patient(words: str) -> Q:
    """`Fictional`, `Fictional, Ada`, `Fictional Ada` and `Ada Fictional`; last names may hold spaces."""
    last, comma, first = (part.strip() for part in words.partition(","))
    named = Q(patient_last__istartswith=last, patient_first__istartswith=first)
    if comma or " " not in words:
        return named
    begin, _, end = words.partition(" ")
    start, _, surname = words.rpartition(" ")
    named |= Q(patient_last__istartswith=begin, patient_first__istartswith=end)
    return named | Q(patient_last__istartswith=surname, patient_first__istartswith=start)
