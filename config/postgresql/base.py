"""Django's PostgreSQL, whose connections are looked at, rather than asked, before a request gets one.

A server that stops, or a connection that is ended there, says goodbye: then something waits to be read. Only then, and
where nobody used the connection for a while (a firewall may have forgotten it without a word), the server is asked.
"""

from __future__ import annotations

import select
import time
from typing import Any
from weakref import WeakKeyDictionary

from django.db.backends.postgresql import base
from psycopg import Connection, Error
from psycopg_pool import ConnectionPool

TRUSTED_SECONDS = 30.0
_used: WeakKeyDictionary[Connection[Any], float] = WeakKeyDictionary()
"""When each connection was handed out last."""


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        while True:
            found = super().get_new_connection(conn_params)
            if not self.pool or is_alive(found):
                return found
            found.close()
            self.pool.putconn(found)  # which puts a new one into its place


def is_alive(connection: Connection[Any]) -> bool:
    now = time.monotonic()
    last, _used[connection] = _used.get(connection, now), now
    if connection.closed:
        return False
    if now - last < TRUSTED_SECONDS and not _something_waits(connection):
        return True
    try:
        ConnectionPool.check_connection(connection)
    except Error:
        return False
    return True


def _something_waits(connection: Connection[Any]) -> bool:
    waiting = select.poll()
    waiting.register(connection.fileno(), select.POLLIN)
    return bool(waiting.poll(0))
