"""A form sent twice, by a double click, a retry or a lost answer, changes things once."""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from typing import Any, ParamSpec, cast

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseRedirectBase
from django.shortcuts import redirect
from psycopg.errors import UniqueViolation

from accounts.access import View, person
from accounts.models import FormSubmission, User
from accounts.refusal import Conflict

KEPT = timedelta(days=30)
P = ParamSpec("P")
FIELD = "form_key"
BESIDE = ("csrfmiddlewaretoken", "opened_at", "spent")
"""Fields that say nothing about what is asked for; they differ when the same form is sent again."""


def new_form_key() -> str:
    return str(uuid.uuid4())


@dataclass(frozen=True, slots=True)
class Sent:
    """A form as it arrived."""

    user: User
    key: uuid.UUID
    fingerprint: str


Quick = Callable[[HttpRequest, Sent], str]
"""Does what is asked and writes down where it led, both in one statement. Answers that address, or "" when it has
changed nothing and the view is to be asked.
"""


def once(view: View[P]) -> View[P]:
    """Runs a POST in one transaction and remembers its redirect under the form's hidden `form_key`.

    The same key again gets the same redirect; the same key with other content is refused. A form without a key
    (an API client, an old page) runs as usual. Only redirects are remembered: a form shown again with errors
    has changed nothing and may be sent again.
    """
    return _guarded(view, None)


def once_quickly(quick: Quick) -> Callable[[View[P]], View[P]]:
    """As `once`, for what people press all day: `quick` is tried first."""
    return lambda view: _guarded(view, quick)


def _guarded(view: View[P], quick: Quick | None) -> View[P]:
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key = _key(request)
        if quick and key and (location := _tried(quick, request, key)):
            return HttpResponseRedirect(location)
        with transaction.atomic():
            if key is None:
                return view(request, *args, **kwargs)
            if answered := _answered(request, key):
                return redirect(answered)
            response = view(request, *args, **kwargs)
            claimed: tuple[int, uuid.UUID] = (person(request).pk, key)
            with connection.cursor() as cursor:
                if isinstance(response, HttpResponseRedirectBase):
                    cursor.execute(KEEP, (response.url, *claimed))
                else:
                    cursor.execute(LET_GO, claimed)
            return response

    return cast(View[P], guarded)


def _tried(quick: Quick, request: HttpRequest, key: uuid.UUID) -> str:
    """Of two with one key the database keeps one; the other has changed nothing, and is answered as the first was."""
    in_one_piece = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with in_one_piece:
            return quick(request, Sent(person(request), key, _fingerprint(request)))
    except IntegrityError as twin:
        if not isinstance(twin.__cause__, UniqueViolation) or twin.__cause__.diag.constraint_name != SENT_ONCE:
            raise
        return ""


def _key(request: HttpRequest) -> uuid.UUID | None:
    try:
        return uuid.UUID(request.POST.get(FIELD, ""))
    except ValueError:
        return None


def _answered(request: HttpRequest, key: uuid.UUID) -> str:
    """Where this form led when it was sent before, "" the first time. Who comes first holds the key until the end of
    the transaction; the others wait here for the answer.
    """
    user, fingerprint = person(request), _fingerprint(request)
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [user.pk, key, fingerprint, request.path])
        if cursor.fetchone():
            return ""
    earlier = FormSubmission.objects.get(user=user, key=key)
    if earlier.fingerprint != fingerprint:
        raise Conflict(
            "This page was sent before with other content, which was kept. Nothing was changed now: open the page"
            " again, and send what differs."
        )
    return earlier.location


SENT_ONCE = "form_submitted_once"
CLAIM = """
INSERT INTO accounts_formsubmission (user_id, key, fingerprint, location, submitted_at) VALUES (%s, %s, %s, %s, now())
ON CONFLICT (user_id, key) DO NOTHING RETURNING id
"""
KEEP = "UPDATE accounts_formsubmission SET location = %s WHERE user_id = %s AND key = %s"
LET_GO = "DELETE FROM accounts_formsubmission WHERE user_id = %s AND key = %s"
"""Plain statements, for they stand on the way of each change that anybody makes."""


def _fingerprint(request: HttpRequest) -> str:
    """Of what was sent and where to; of files their bytes, for two of one name and size may differ."""
    sent = [(name, values) for name, values in sorted(request.POST.lists()) if name not in BESIDE]
    files = [
        (name, [(file.name, _digest(file)) for file in uploads]) for name, uploads in sorted(request.FILES.lists())
    ]
    return hashlib.sha256(repr((request.get_full_path(), sent, files)).encode()).hexdigest()


def _digest(file: UploadedFile[Any]) -> str:
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return digest.hexdigest()


def forget_old() -> int:
    """Deletes what nobody sends again: forms older than `KEPT`. Returns how many."""
    return FormSubmission.objects.filter(submitted_at__lt=Now() - KEPT).delete()[0]
