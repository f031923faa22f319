"""What an item needs, piece by piece, with where each stands: the standard with what people did about it over it."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db.models import QuerySet

from accounts.models import User
from denials import playbooks
from denials.models import Denial
from worklists.domain import evidence
from worklists.domain.evidence import Gathered, State
from worklists.models import EvidenceDocument, EvidencePiece, EvidenceUse, WorkItem
from worklists.wording import of_many

SLUG = 12
AS_SEEN = "."
ASKING = {evidence.FROM_CODE: "the code", evidence.FROM_PLAYBOOK: "the playbook"}


class Offer(NamedTuple):
    """One step that a page offers, by its name in the table of steps."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """One piece. `piece` is its row, where somebody has done something about it."""

    name: str
    key: str
    sources: tuple[str, ...]
    piece: EvidencePiece | None
    is_on_record: bool = False
    """Overturn holds it itself: nobody has to gather it."""
    documents: Sequence[EvidenceDocument] = field(default=())

    @property
    def slug(self) -> str:
        """Names the piece in an address: what people call it might name a patient."""
        return slug_of(self.key)

    @property
    def stamp(self) -> str:
        """Another one after each change of the piece."""
        return f"{int(self.piece.changed_at.timestamp() * 1_000_000):x}" if self.piece else "0"

    @property
    def as_seen(self) -> str:
        """Names the piece as it stands, in a form: `gathering.chosen` refuses it when somebody has changed it since."""
        return f"{self.slug}{AS_SEEN}{self.stamp}"

    @property
    def label(self) -> str:
        return f"{self.name[:1].upper()}{self.name[1:]}"

    @property
    def state(self) -> str:
        if self.is_on_record:
            return State.VERIFIED
        return self.piece.state if self.piece else State.NEEDED

    @property
    def words(self) -> str:
        return evidence.WORDS[State(self.state)]

    @property
    def source_words(self) -> str:
        asking = [ASKING[each] for each in self.sources if each in ASKING]
        return f"Asked for by {' and '.join(asking)}" if asking else "Added here"

    @property
    def last_step_words(self) -> str:
        """What was last done about it, before the name of who did it: "needed by Sam" would sound like a day."""
        if self.state != State.NEEDED:
            return f"{self.words} by "
        return "needed again, " if self.piece and self.piece.because else ""

    @property
    def held_at(self) -> str:
        """Where it is, while what lies there is what is needed."""
        return self.piece.held_at if self.piece and self.state in (State.RECEIVED, State.VERIFIED) else ""

    @property
    def steps(self) -> list[Offer]:
        """What a person may do to it now, apart from bringing or asking for it."""
        if self.is_on_record:
            return []
        fitting = ((name, step) for name, step in evidence.STEPS.items() if self.state in step.sources)
        return [Offer(name, step.label) for name, step in fitting if not step.by_itself]

    @property
    def can_be_requested(self) -> bool:
        return not self.is_on_record and evidence.is_allowed("request", self.state)


@dataclass(frozen=True, slots=True)
class SharedLine:
    """One piece that several items need, without how it stands for each."""

    slug: str
    name: str
    needed_by: int
    chosen: int

    @property
    def as_seen(self) -> str:
        """Names no state: each item's piece is looked at by itself."""
        return self.slug

    @property
    def label(self) -> str:
        return f"{self.name[:1].upper()}{self.name[1:]}{of_many(self.needed_by, self.chosen)}"


@dataclass(frozen=True, slots=True)
class Checklist:
    lines: Sequence[Line]

    @property
    def to_gather(self) -> list[Line]:
        return [line for line in self.lines if not line.is_on_record]

    @property
    def gathered(self) -> Gathered:
        return evidence.gathered([line.state for line in self.to_gather])

    @property
    def verified(self) -> int:
        return sum(line.state == State.VERIFIED for line in self.lines)

    def named(self, slugs: Iterable[str]) -> list[Line]:
        """The lines that these names stand for, in the order of the list; unknown names are passed over."""
        wanted = set(slugs)
        return [line for line in self.to_gather if line.slug in wanted]


def slug_of(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()[:SLUG]


def pieces_of(item: WorkItem) -> QuerySet[EvidencePiece]:
    """What people did about pieces of evidence of an item."""
    return EvidencePiece.objects.filter(item=item).select_related("changed_by").defer(*User.all_but_names("changed_by"))


def checklist_of(
    item: WorkItem,
    by_playbook: Sequence[str] | None = None,
    *,
    pieces: Sequence[EvidencePiece] | None = None,
    uses: Iterable[EvidenceUse] = (),
) -> Checklist:
    """One query for the state; with the documents where `uses` is `uses_of` the item.

    `by_playbook` is what the item's playbook asks for, where the caller has chosen it; else the denial needs its payer,
    facility and claim payment loaded. `pieces` are those of the item, where the caller has read them.
    """
    if by_playbook is None:
        by_playbook = asked_by_playbook(item.denial)
    rows = list(pieces_of(item) if pieces is None else pieces)
    shown: dict[int, list[EvidenceDocument]] = defaultdict(list)
    for use in uses:
        shown[use.piece_id].append(use.document)
    lines = []
    for need in evidence.needs(item.denial.evidence, by_playbook):
        row = next((each for each in rows if evidence.is_same(each.name, need.name)), None)
        if row is not None:
            rows.remove(row)
        lines.append(_line(need.name, row.key if row else need.key, need.sources, row, shown))
    lines += [_line(row.name, row.key, (evidence.FROM_PERSON,), row, shown) for row in rows]
    return Checklist(lines)


def uses_of(item: WorkItem) -> QuerySet[EvidenceUse]:
    """Which documents show which pieces of an item, without those that were withdrawn."""
    rows = EvidenceUse.objects.filter(piece__item=item, document__withdrawn_at=None)
    return rows.select_related("document__uploaded_by").order_by("pk")


def asked_by_playbook(denial: Denial, stamp: tuple[int, ...] | None = None) -> list[str]:
    """`stamp` is that of the playbooks, for who has read it already."""
    chosen = playbooks.chosen_for(denial, stamp)
    return list(chosen.playbook.evidence) if chosen else []


def _line(
    name: str,
    key: str,
    sources: tuple[str, ...],
    row: EvidencePiece | None,
    shown: dict[int, list[EvidenceDocument]],
) -> Line:
    is_on_record = row is None and evidence.is_on_record(name)
    return Line(name, key, sources, row, is_on_record, shown.get(row.pk, []) if row else [])
