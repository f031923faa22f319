"""What a person may take now: from which queues, how many more, and in words why not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef

from accounts.models import User
from worklists.changes import Check
from worklists.domain import skills
from worklists.models import Queue, WorkItem, WorkProfile
from worklists.models.queues import HandingOut


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
    has_no_team = ~Exists(user.teams.all())
    is_theirs = Exists(Queue.objects.filter(pk=OuterRef("pk"), teams__people=user)) | has_no_team
    queues = list(Queue.objects.annotate(is_theirs=is_theirs).order_by("name"))
    allowed = _allowance(user, queues)
    asked = [
        each.pk for each in queues if (each.is_theirs and each.is_active if queue is None else each.pk == queue.pk)
    ]
    allowed.asked = tuple(asked)
    return allowed


def to_take(user: User) -> Check:
    """Refuses what `user` may not take by their own choice. What was handed to them needs room, and nothing more.

    A manager takes also what others are only given. Counts as it goes: the 26th of 26 rows is refused.
    """
    allowed = _allowance(user, list(Queue.objects.all()))

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


def _allowance(user: User, queues: Sequence[Queue]) -> Allowance:
    profile = WorkProfile.objects.filter(user=user).first() or WorkProfile(user=user)
    is_limited = profile.most_taken is not None or any(queue.most_taken is not None for queue in queues)
    held = _held(user) if is_limited else {}
    return Allowance(
        room=Room(sum(held.values()), profile.most_taken, "items"),
        rooms={each.pk: Room(held.get(each.pk, 0), each.most_taken, f"items of {each}") for each in queues},
        closed={each.pk: sentence for each in queues if (sentence := _closed(each, profile))},
    )


def _held(user: User) -> dict[int, int]:
    """By queue: how many items this person has in work."""
    User.objects.select_for_update(no_key=True).filter(pk=user.pk).values_list("pk").first()
    rows = WorkItem.objects.filter(assignee=user, is_open=True, status=WorkItem.Status.TAKEN).order_by()
    return dict(rows.values_list("queue").annotate(number=Count("pk")))


def _closed(queue: Queue, profile: WorkProfile) -> str:
    if queue.handing_out == HandingOut.PUSH:
        return f"Items of {queue} are handed out by a manager: ask one for them."
    if lacking := skills.missing(queue.skills, profile.skills):
        words = ", ".join(lacking)
        return f"{queue} asks for skills that your profile does not name: {words}. A manager can add them."
    return ""
