"""Sessions in the database, as Django keeps them. A request begins with one statement for the session and the person.

The row of a session does not say whose it is, so each process remembers that of the sessions it has met. What it
remembers only saves a way to the database: who somebody is, the session says, and what they may, their own row.
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, get_user
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore as Rows
from django.db import DEFAULT_DB_ALIAS, connection
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from accounts import statements
from accounts.models import User

_WHOSE: dict[Hashable, int] = {}
_FIELDS = User._meta.concrete_fields
_NAMES = [field.attname for field in _FIELDS]
_COLUMNS = ", ".join(f'u."{field.column}"' for field in _FIELDS)
READ = f"""
SELECT s.session_data, EXISTS (SELECT FROM mfa_authenticator WHERE user_id = u.id),
    ARRAY(SELECT facility_id FROM accounts_user_facilities WHERE user_id = u.id ORDER BY facility_id), {_COLUMNS}
FROM django_session s LEFT JOIN accounts_user u ON u.id = %s WHERE s.session_key = %s AND s.expire_date > %s
"""


class SessionStore(Rows):
    person: User | None = None
    """Whose session it is, when that was read with it."""
    has_second_factor = False
    """Of `person`."""

    def load(self) -> dict[str, Any]:
        key = self.session_key or ""
        rows = self._read(key)
        if not rows:
            self._session_key = None  # so that nobody chooses the key of a session to come
            return {}
        found: dict[str, Any] = self.decode(rows[0][0])
        whose = str(found.get(SESSION_KEY, ""))
        if whose.isdecimal() and int(whose) != _WHOSE.get(key):
            _remember(key, int(whose))
            rows = self._read(key)
        for _, has_second_factor, facilities, *values in rows:
            if whose and whose == str(values[0]):
                self.person, self.has_second_factor = _person(values, facilities), has_second_factor
        return found

    def _read(self, key: str) -> list[tuple[Any, ...]]:
        return statements.rows(READ, [_WHOSE.get(key), key, timezone.now()])


def _person(values: list[Any], facilities: list[int]) -> User:
    read = (
        field.from_db_value(value, None, connection) if hasattr(field, "from_db_value") else value
        for field, value in zip(_FIELDS, values, strict=True)
    )
    person = User.from_db(DEFAULT_DB_ALIAS, _NAMES, list(read))
    person.facility_ids = tuple(facilities)
    return person


def _remember(key: str, user: int) -> None:
    statements.make_room(_WHOSE)
    _WHOSE[key] = user


def signed_in(request: HttpRequest) -> AbstractBaseUser | AnonymousUser:
    """Whoever is signed in, as `django.contrib.auth.get_user` finds them; it also answers for all that is not as usual:
    a password that was changed, a key of ours that was, somebody who has left.
    """
    session: Any = request.session
    whose = session.get(SESSION_KEY)
    person: User | None = getattr(session, "person", None)
    if person is not None and str(person.pk) == whose and _is_as_usual(session, person):
        return person
    return get_user(request)


def _is_as_usual(session: Any, person: User) -> bool:
    return (
        person.is_active
        and session.get(BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(HASH_SESSION_KEY, ""), person.get_session_auth_hash())
    )


def has_second_factor(request: HttpRequest, user: User) -> bool:
    session: Any = request.session
    if getattr(session, "person", None) is not None and session.person.pk == user.pk:
        return bool(session.has_second_factor)
    return bool(is_mfa_enabled(user))
