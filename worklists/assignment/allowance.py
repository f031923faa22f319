"""What a person may take now: from which queues, how many more, and in words why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Count

from accounts import statements
from accounts.models import User
from worklists.changes import Check
from worklists.domain import skills
from worklists.models import Queue, WorkItem
from worklists.models.queues import HandingOut
from worklists.taking_sql import THEIRS


@dataclass(slots=True)
class Room:
    """How many items somebody holds of those that they may hold at once. `most` None: as many as they like."""

    held: int
    most: int | None
    what: str

    @property
    def left(self) -> int | None:
        return None if self.most is None else max(0, self.most - self.held)

    @property
    def full(self) -> str:
        """Why there is no room for one more, or ""."""
        if self.most is None or self.held < self.most:
            return ""
        return f"You hold {self.held:,} of {self.most:,} {self.what}: finish or put back one first."


@dataclass(slots=True)
class Allowance:
    """What one person may take as things stand."""

    room: Room
    rooms: dict[int, Room]
    """By queue."""
    closed: dict[int, str]
    """By queue whose free items are not theirs to take: why."""
    asked: tuple[int, ...] = ()
    """The queues that "Next" would hand out from if nothing stood against it."""

    @property
    def queues(self) -> list[int]:
        """The queues whose free items they may take."""
        if self.room.full:
            return []
        return [pk for pk in self.asked if not (pk in self.closed or self.rooms[pk].full)]

    @property
    def full_queues(self) -> list[int]:
        """Nothing may be taken from these, not even what was handed to the person."""
        return [pk for pk, room in self.rooms.items() if room.full]

    def at_most(self, count: int) -> int:
        """How many of `count` may be taken at once, so that no limit is passed wherever they come from."""
        rooms = [self.room, *(self.rooms[pk] for pk in self.queues)]
        return min([count, *(room.left for room in rooms if room.left is not None)])

    @property
    def because(self) -> list[str]:
        """Why "Next" hands out nothing, or nothing from some of the queues."""
        if self.room.full:
            return [self.room.full]
        sentences = (self.closed.get(pk) or self.rooms[pk].full for pk in self.asked)
        return [sentence for sentence in sentences if sentence]


def to_pull(user: User, queue: Queue | None = None) -> Allowance:
    """What "Next" may hand out: of `queue`, or else of the queues of the person's teams (of all, without a team).

    Expects a transaction: where a limit holds the person is locked until its end, so that of two requests only one
    gets the last place.
    """
    sources = _sources(user)
    allowed = _allowance(user, sources)
    wanted = (each for each in sources if (each.is_theirs if queue is None else each.pk == queue.pk))
    allowed.asked = tuple(each.pk for each in wanted)
    return allowed


def to_take(user: User) -> Check:
    """Refuses what `user` may not take by their own choice. What was handed to them needs room, and nothing more.

    A manager takes also what others are only given. Counts as it goes: the 26th of 26 rows is refused.
    """
    allowed = _allowance(user, _sources(user))

    def check(row: WorkItem) -> str:
        if row.assignee_id != user.pk and not user.may_manage and row.queue_id in allowed.closed:
            return allowed.closed[row.queue_id]
        rooms = (allowed.room, allowed.rooms[row.queue_id])
        sentence = next(filter(None, (room.full for room in rooms)), "")
        if not sentence:
            for room in rooms:
                room.held += 1
        return sentence

    return check


class Source(NamedTuple):
    """One queue as somebody sees it who wants work, with what their own profile says."""

    pk: int
    name: str
    handing_out: str
    skills: list[str]
    most_taken: int | None
    is_theirs: bool
    own_skills: list[str]
    own_most_taken: int | None


def _sources(user: User) -> list[Source]:
    """Every queue, by name: one small statement, since each press of "Next" asks it."""
    return [Source(*row) for row in statements.rows(SOURCES, {"user": user.pk})]


SOURCES = f"""
SELECT q.id, q.name, q.handing_out, ARRAY(SELECT jsonb_array_elements_text(q.skills)), q.most_taken, {THEIRS},
    ARRAY(SELECT jsonb_array_elements_text(p.skills)), p.most_taken
FROM worklists_queue q LEFT JOIN worklists_workprofile p ON p.user_id = %(user)s
ORDER BY q.name
"""


def _allowance(user: User, sources: Sequence[Source]) -> Allowance:
    most = next((each.own_most_taken for each in sources), None)
    is_limited = most is not None or any(each.most_taken is not None for each in sources)
    held = _held(user) if is_limited else {}
    return Allowance(
        room=Room(sum(held.values()), most, "items"),
        rooms={each.pk: Room(held.get(each.pk, 0), each.most_taken, f"items of {each.name}") for each in sources},
        closed={each.pk: sentence for each in sources if (sentence := _closed(each))},
    )


def _held(user: User) -> dict[int, int]:
    """By queue: how many items this person has in work."""
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk").first()
    rows = WorkItem.objects.filter(assignee=user, is_open=True, status=WorkItem.Status.TAKEN).order_by()
    return dict(rows.values_list("queue").annotate(number=Count("pk")))


def _closed(source: Source) -> str:
    if source.handing_out == HandingOut.PUSH:
        return f"Items of {source.name} are handed out by a manager: ask one for them."
    if lacking := skills.missing(source.skills, source.own_skills):
        words = ", ".join(lacking)
        return f"{source.name} asks for skills that your profile does not name: {words}. A manager can add them."
    return ""
