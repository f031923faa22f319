"""The one gate: who may open a page, and which rows reach it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from accounts.models import FacilityScoped, Role, User

P = ParamSpec("P")
Row = TypeVar("Row", bound=Model)
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

EVERYBODY = (Role.SPECIALIST, Role.MANAGER, Role.ADMIN, Role.READ_ONLY)
WORKERS = (Role.SPECIALIST, Role.MANAGER, Role.ADMIN)
MANAGERS = (Role.MANAGER, Role.ADMIN)
ADMINS = (Role.ADMIN,)
ANSWERERS = (Role.CONTRIBUTOR, *WORKERS)
"""Who may answer what another team asks."""
SIGNED_IN = (*EVERYBODY, Role.CONTRIBUTOR)
"""Also people of other departments, who see nothing but the questions to their teams."""


def person(request: HttpRequest) -> User:
    """The signed-in person; SignInFirst lets nobody else reach a view."""
    return cast(User, request.user)


def roles(*allowed: Role) -> Callable[[View[P]], View[P]]:
    """Opens a view to these roles; others get 403. The roles stand on the view for the access matrix test."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if person(request).role not in allowed:
                raise PermissionDenied
            return view(request, *args, **kwargs)

        guarded.roles = allowed  # type: ignore[attr-defined]
        return cast(View[P], guarded)

    return decorate


def get_visible_or_404(rows: FacilityScoped, user: User, **lookup: Any) -> Any:
    """One row that `user` may see. Somebody else's row does not exist for them: 404, never 403."""
    try:
        return rows.visible_to(user).get(**lookup)
    except rows.model.DoesNotExist as missing:
        raise Http404 from missing


def note_access(request: HttpRequest, what: str, row: int | None = None) -> None:
    """Writes down that patients' data was shown. A failure here fails the request: no view goes unseen."""
    with connection.cursor() as cursor:
        cursor.execute(*access_note(request, what, row))


def access_note(request: HttpRequest, what: str, row: int | None = None) -> tuple[str, list[Any]]:
    """The same as a statement with its values, for a page that writes something else as well."""
    text = NOTE_ACCESS if connection.in_atomic_block else NOTE_ACCESS_SOON
    return text, [person(request).pk, timezone.now(), what, row, request.META.get("REMOTE_ADDR") or None]


NOTE_ACCESS = """INSERT INTO accounts_accessevent (user_id, at, what, "row", address) SELECT %s, %s, %s, %s, %s"""
"""One statement, on the way of each page that shows a patient."""
NOTE_ACCESS_SOON = f"{NOTE_ACCESS} FROM set_config('synchronous_commit', 'off', true)"
"""The same where only looking is written down: nobody waits for the disk (docs/decisions/notes-of-looking.md)."""
