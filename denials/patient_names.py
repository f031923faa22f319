"""Learns the words of patients' names, and knows which of them a mistyped one is like."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from functools import partial

from django.contrib.postgres.search import TrigramSimilarity
from django.db import transaction
from django.db.models import Case, Q, Value, When

from accounts.models import User
from denials.models import PatientName

SHORTEST = 2
LIKE = 4
WORD = re.compile(r"[^\W\d_]+")
"""A name in letters of any alphabet."""


def words_of(names: Iterable[str]) -> set[str]:
    """The words of these names in capitals: `Made-up, Ada` is MADE, UP and ADA."""
    return {word for name in names for word in WORD.findall(name.upper()) if len(word) >= SHORTEST}


def learn_later(facility_id: int, names: Iterable[str]) -> None:
    """Keeps the words of these names once the transaction is over: two imports that bring one name never wait for each
    other.
    """
    words = words_of(names)
    if words:
        transaction.on_commit(partial(learn, facility_id, words), robust=True)


def learn(facility_id: int, words: Iterable[str]) -> None:
    PatientName.objects.bulk_create(
        (PatientName(facility_id=facility_id, word=word) for word in sorted(words)), ignore_conflicts=True
    )


def like(word: str, slips: Collection[str], user: User) -> list[str]:
    """The known words that this one is or may be meant for, the likeliest first, of this person's facilities: itself,
    one of its `slips`, what is written alike.
    """
    known = PatientName.objects.visible_to(user).filter(Q(word__trigram_similar=word) | Q(word__in=slips))
    nearness = Case(When(word=word, then=Value(0)), When(word__in=slips, then=Value(1)), default=Value(2))
    likeness = TrigramSimilarity("word", word)
    found = known.values("word").annotate(nearness=nearness, likeness=likeness).distinct()
    return [each["word"] for each in found.order_by("nearness", "-likeness", "word")[:LIKE]]
