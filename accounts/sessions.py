"""Sessions in the database, as Django keeps them, read by a plain statement: each request begins with it."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends.db import SessionStore as Rows
from django.db import connection
from django.utils import timezone


class SessionStore(Rows):
    def load(self) -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(READ, [self.session_key, timezone.now()])
            row = cursor.fetchone()
        if row is None:
            self._session_key = None  # so that nobody chooses the key of a session to come
            return {}
        found: dict[str, Any] = self.decode(row[0])
        return found


READ = "SELECT session_data FROM django_session WHERE session_key = %s AND expire_date > %s"
