"""Who has an item open at this moment: kept in Redis for a little longer than a page waits to ask again, nowhere else.

Keys and values are ids: of the item, of the person, and of the page, so that one who closes a page is still here in
another one. Where Redis is away nobody is told anything, and every page works as it does alone.
"""

from __future__ import annotations

import secrets
import time
from threading import local
from typing import Any

import redis
from django.conf import settings

from accounts.models import User

LASTS_SECONDS = 2 * settings.LIVE_SECONDS + 15
REST_SECONDS = 30
"""So long nothing is asked of a Redis that did not answer."""
PAGE = 12
"""Characters that name a page."""
MOST_PAGES = 30
"""Pages of one item that are looked at, the newest first."""
MEET = """
redis.call("ZADD", KEYS[1], ARGV[1], ARGV[2])
redis.call("ZREMRANGEBYSCORE", KEYS[1], 0, ARGV[3])
redis.call("EXPIRE", KEYS[1], ARGV[4])
local others, known = {}, {[ARGV[6]] = true}
for _, page in ipairs(redis.call("ZREVRANGE", KEYS[1], 0, ARGV[5])) do
    local person = string.match(page, "^%d+")
    if not known[person] then
        known[person] = true
        table.insert(others, person)
    end
end
return others
"""
"""One answer of few words: reading what comes back takes longer than Redis does."""
_silent_until = 0.0
_of_thread = local()


class Meeting:
    """Says that `user` is here on this page, and is answered who else is. Redis is asked when the block begins, and
    works while Python does.

        with Meeting(item.pk, user, page) as meeting:
            ...
            names = named(meeting.others())
    """

    def __init__(self, item: int, user: User, page: str = "") -> None:
        now = time.time()
        written = (_member(user, page), now - LASTS_SECONDS, LASTS_SECONDS, MOST_PAGES - 1, user.pk)
        self.command = ("EVAL", MEET, 1, _key(item), now, *written)

    def __enter__(self) -> Meeting:
        self.line, self.is_answered = _send(*self.command), False
        return self

    def others(self) -> list[int]:
        """The ids of who else has the item open."""
        self.is_answered = True
        return sorted(map(int, _answer(self.line, *self.command) or []))

    def __exit__(self, *_: object) -> None:
        """An answer that nobody has read would be taken for that of the next question."""
        if not self.is_answered:
            self.others()


def meet(item: int, user: User, page: str = "") -> list[int]:
    """Says that `user` is here on this page, and answers the ids of who else is."""
    with Meeting(item, user, page) as meeting:
        return meeting.others()


def new_page() -> str:
    return secrets.token_hex(PAGE // 2)


def named(people: list[int]) -> list[str]:
    return [str(person) for person in User.objects.filter(pk__in=people, is_active=True)] if people else []


def leave(item: int, user: User) -> None:
    """`user` has finished with the item, on every page of it."""
    for person, page in map(_told, _ask("ZRANGE", _key(item), 0, -1) or []):
        if person == user.pk:
            close(item, user, page)


def close(item: int, user: User, page: str) -> None:
    """`user` has closed one page of the item."""
    _ask("ZREM", _key(item), _member(user, page))


def _member(user: User, page: str) -> str:
    return f"{user.pk}:{page[:PAGE]}"


def _told(member: bytes) -> tuple[int, str]:
    person, _, page = member.decode().partition(":")
    return int(person), page


def _ask(*command: object) -> Any:
    """The answer; None where Redis is away."""
    return _answer(_send(*command), *command)


def _send(*command: object) -> Any:
    """The line on which the answer will come; None where Redis is away."""
    if time.monotonic() < _silent_until:
        return None
    for _ in range(2):
        line = _line()
        try:
            line.send_command(*command)
            return line
        except (redis.RedisError, OSError):
            line.disconnect()
    return _rest()


def _answer(line: Any, *command: object) -> Any:
    """What comes back on this line; asked once more where it was cut unnoticed."""
    for again in (True, False):
        if line is None:
            return None
        try:
            return line.read_response()
        except (redis.RedisError, OSError):
            line.disconnect()
            line = _send(*command) if again else None
    return _rest()


def _rest() -> None:
    global _silent_until
    _silent_until = time.monotonic() + REST_SECONDS


def _key(item: int) -> str:
    return f"overturn:here:{item}"


def _line() -> Any:
    """Each thread keeps one open: to take one from a pool costs more than the question."""
    if not hasattr(_of_thread, "line"):
        address = settings.REDIS_URL.replace("redis+socket://", "unix://").replace("virtual_host=", "db=")
        pool = redis.ConnectionPool.from_url(address, socket_timeout=0.3, socket_connect_timeout=0.3)
        _of_thread.line = pool.make_connection()
    return _of_thread.line
