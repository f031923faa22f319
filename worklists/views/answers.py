"""What a bulk action did, kept until the list is shown once: what was done, what was refused and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse

from accounts import keys
from accounts.access import person
from accounts.last_done import LAST, left_nothing
from worklists.act_lists import NAMED_ON_PAGE, PartsClosed, Reason, by_claim, closed_with_parts
from worklists.acts import can_be_undone, in_short, last_undoable, undoable, was_done_to
from worklists.assignment.allowance import to_pull
from worklists.changes import Done, Refusal
from worklists.models import BulkAct, Queue

KEPT = "bulk_answer"
PAST_IT = (
    "Nothing was undone: the last thing you did left nothing that {key} could take back. Here is what you did before."
)
TICKED = 1000


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to the last bulk action; empty when there was none since the list was last shown."""

    done: int = 0
    refused: int = 0
    reasons: list[Reason] = field(default_factory=list)
    refused_ids: frozenset[int] = frozenset()
    closed: PartsClosed = field(default_factory=PartsClosed)


def tell(request: HttpRequest, what: str, answer: Done, act: BulkAct | None = None, more: str = "") -> None:
    """Keeps the answer for the page that follows. The session holds ids and sentences, no patient data."""
    count = len(answer.done)
    say_with_undo(request, f"{what}: {count:,} {'item' if count == 1 else 'items'}. {more}".strip(), act)
    if not answer.refused and not answer.parts:
        return
    reasons = [(sentence, number, ids[:NAMED_ON_PAGE]) for sentence, number, ids in in_short(answer.refused)]
    ticked = [refusal.item_id for refusal in answer.refused[:TICKED]]
    request.session[KEPT] = {"done": count, "refused": len(answer.refused), "reasons": reasons, "ticked": ticked}
    request.session[KEPT]["parts"] = [len(answer.parts), sorted(answer.parts)[:NAMED_ON_PAGE]]


def reasons(request: HttpRequest, refused: list[Refusal]) -> list[Reason]:
    """Refusals by sentence, for a page that shows them at once."""
    return by_claim(in_short(refused), person(request))


def parts_closed(request: HttpRequest, answer: Done) -> PartsClosed:
    """For a page that shows them at once."""
    return closed_with_parts(len(answer.parts), sorted(answer.parts)[:NAMED_ON_PAGE], person(request))


def say_with_undo(
    request: HttpRequest, sentence: str, act: BulkAct | None, *, more_url: str = "", more: str = ""
) -> None:
    """A message with a button that undoes `act`, and a way to `more` like it; the toast reads both from the tags."""
    undo_url = reverse("act_undo", args=[act.pk]) if act is not None and can_be_undone(act) else ""
    tags = {"undo": undo_url, "more": more_url, "words": more}
    request.session[LAST] = act.pk if act is not None and undo_url else 0
    messages.success(request, sentence, extra_tags=urlencode({name: value for name, value in tags.items() if value}))


def say_added(request: HttpRequest, sentence: str, item: int) -> None:
    """A message that something was added to an item, which stays. What was done to this item before, Z still takes
    back, and the message says so; it never reaches for something done to another one.
    """
    found, _ = last_act(request)
    if found is None or not was_done_to(found, item):
        left_nothing(request)
    else:
        sentence = f"{sentence} It stays: {_key(request)} still takes back “{found.get_kind_display()}”."
    messages.success(request, sentence)


def say_undone_at(request: HttpRequest, sentence: str, undo_url: str) -> None:
    """A message about something beside the acts on items, with a button that undoes it at an address of its own."""
    messages.success(request, sentence, extra_tags=urlencode({"undo": undo_url}))


def last_act(request: HttpRequest) -> tuple[BulkAct | None, str]:
    """What Z undoes: the last thing done in this session, never what lies further back; else why there is nothing."""
    user = person(request)
    last = request.session.get(LAST)
    if last is None:
        return last_undoable(user), "Nothing was changed: you did nothing in the last ten minutes that can be undone."
    return undoable(user, last), PAST_IT.format(key=_key(request))


def _key(request: HttpRequest) -> str:
    """The key by which this person undoes."""
    return keys.own(person(request).keys)["z"].upper()


def undone(request: HttpRequest) -> None:
    """From here on Z goes back one act further."""
    request.session.pop(LAST, None)


def say(request: HttpRequest, sentence: str) -> None:
    messages.info(request, sentence)


def told(request: HttpRequest) -> Told:
    """The kept answer, once."""
    kept = request.session.pop(KEPT, None)
    if kept is None:
        return Told()
    reasons = by_claim(kept["reasons"], person(request))
    count, ids = kept["parts"]
    closed = closed_with_parts(count, ids, person(request))
    return Told(kept["done"], kept["refused"], reasons, frozenset(kept["ticked"]), closed)


def say_nothing_left(request: HttpRequest, queue: Queue | None) -> None:
    allowed = to_pull(person(request), queue)
    where = f"in {queue}" if queue else "in your queues"
    rest = f"Nothing is left to take {where}. What others have, waits or is postponed is not offered."
    messages.info(request, " ".join([rest, *allowed.because] if allowed.queues else allowed.because or [rest]))


def say_taken(request: HttpRequest, queue: Queue | None, taken: int, wanted: int) -> None:
    """How many items somebody got at once, and why they were fewer than asked for."""
    said = f"{taken:,} {'item is' if taken == 1 else 'items are'} yours, in the order in which to work them."
    if taken < wanted:
        allowed = to_pull(person(request), queue)
        said = " ".join([said, *(allowed.because or ["No more were free."])])
    messages.success(request, said)
