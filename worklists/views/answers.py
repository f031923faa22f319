"""What a bulk action did, kept until the list is shown once: what was done, what was refused and why."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib import messages
from django.http import HttpRequest

from worklists.changes import Done
from worklists.models import Queue

KEPT = "bulk_answer"
SHOWN = 50


@dataclass(frozen=True, slots=True)
class Told:
    """The answer to the last bulk action; empty when there was none since the list was last shown."""

    done: int = 0
    refused: int = 0
    sentences: list[tuple[int, str]] = field(default_factory=list)
    refused_ids: frozenset[int] = frozenset()

    @property
    def more(self) -> int:
        """How many refusals are counted but not listed."""
        return self.refused - len(self.sentences)


def tell(request: HttpRequest, what: str, answer: Done) -> None:
    """Keeps the answer for the page that follows. The session holds ids and sentences, no patient data."""
    count = len(answer.done)
    messages.success(request, f"{what}: {count:,} {'item' if count == 1 else 'items'}.")
    if answer.refused:
        listed = [(refusal.item_id, refusal.sentence) for refusal in answer.refused[:SHOWN]]
        request.session[KEPT] = {"done": count, "refused": len(answer.refused), "sentences": listed}


def told(request: HttpRequest) -> Told:
    """The kept answer, once."""
    kept = request.session.pop(KEPT, None)
    if kept is None:
        return Told()
    sentences = [(int(pk), str(sentence)) for pk, sentence in kept["sentences"]]
    return Told(kept["done"], kept["refused"], sentences, frozenset(pk for pk, _ in sentences))


def say_nothing_left(request: HttpRequest, queue: Queue | None) -> None:
    where = f"in {queue}" if queue else "in your queues"
    messages.info(request, f"Nothing is left to take {where}. What others have, waits or is postponed is not offered.")
