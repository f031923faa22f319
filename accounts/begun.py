"""Forms that were begun and not sent, kept on the server for the window in which somebody wrote (static/js/begun.js).

Patients' data does not belong into a browser's storage. Each window has its own, so that none replaces what another one
holds; nobody but who wrote it is told of it.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q
from django.db.models.functions import Now

from accounts.models import BegunForm, FormSubmission, User
from accounts.refusal import Refused

KEPT_FOR = timedelta(days=30)
"""As long as drafts of notes."""
LONGEST = 200_000
LONGEST_NAME = 300
MOST = 100


@dataclass(frozen=True, slots=True)
class Begun:
    """What a window gets back: what is to be filled in, by the names of the forms, and which of them were sent."""

    forms: dict[str, BegunForm]
    gone: list[str]


def keep(user: User, window: uuid.UUID, name: str, body: str, at: int) -> None:
    """Keeps what stands in a form now. An empty `body` ends it; what was on its way longer changes nothing."""
    if len(body) > LONGEST or not 0 < len(name) <= LONGEST_NAME:
        raise Refused("This is too long to be kept before it is sent. It stands in this page only: shorten or send it.")
    mine = BegunForm.objects.filter(user=user, window=window)
    now = {"body": body, "at": at, "kept_at": Now()}
    if mine.filter(name=name, at__lt=at).update(**now) or mine.filter(name=name).exists():
        return
    if mine.exclude(body="").count() >= MOST:
        raise Refused("Too many forms were begun in this window. This one stands in this page only: send it or others.")
    BegunForm.objects.bulk_create([BegunForm(user=user, window=window, name=name, **now)], ignore_conflicts=True)


def bring_back(user: User, window: uuid.UUID, sent: Mapping[str, uuid.UUID]) -> Begun:
    """What this person began in this window. Of forms that went off, named in `sent` with their keys,
    those that arrived are gone; what was written after the answer is begun anew.
    """
    mine = BegunForm.objects.filter(user=user, window=window)
    gone = []
    for name, key in sent.items():
        arrived = FormSubmission.objects.filter(user=user, key=key, submitted_at__gte=OuterRef("kept_at"))
        if mine.filter(Exists(arrived), name=name).update(body="", at=F("at") + 1):
            gone.append(name)
    return Begun({each.name: each for each in mine.exclude(body="")}, gone)


def last_kept(user: User, name: str) -> datetime | None:
    """When this person last wrote into the form of this name, in any window, without sending it."""
    unsent = BegunForm.objects.filter(user=user, name=name).exclude(body="")
    found: datetime | None = unsent.aggregate(last=Max("kept_at"))["last"]
    return found


def forget_old() -> int:
    """Deletes what nobody went on with for `KEPT_FOR`, and what ended a day ago. Returns how many."""
    is_old = Q(kept_at__lt=Now() - KEPT_FOR) | Q(body="", kept_at__lt=Now() - timedelta(days=1))
    return BegunForm.objects.filter(is_old).delete()[0]
