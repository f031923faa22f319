"""What of an item's evidence may be enclosed: verified pieces that a document shows. And what may be no more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from worklists.domain.evidence import State
from worklists.evidence.checklist import Checklist, Line, checklist_of, uses_of
from worklists.models import Activity, EvidenceDocument, WorkItem
from worklists.wording import day


@dataclass(frozen=True, slots=True)
class Fallen:
    """A name in a letter whose document does not count any more."""

    name: str
    was: str
    """ "withdrawn" or "refused"."""
    because: str
    """Who did that, when and why."""
    instead: str

    @property
    def sentence(self) -> str:
        return f"“{self.name}” was {self.because} {self.instead}"


def enclosures_of(item: WorkItem) -> list[str]:
    """As a letter lists them: "Final signed report, October 5, 2026 (3 pages)". Expects what `checklist_of` does."""
    listed = checklist_of(item, uses=uses_of(item))
    return [_named(line, document) for line in _verified(listed) for document in line.documents]


def fallen(item: WorkItem, names: Sequence[str]) -> list[Fallen]:
    """Which of these names are of documents that were refused or withdrawn. Expects what `checklist_of` does.

    A piece forgets a document that was refused, so the history says which ones it had.
    """
    steps = Activity.objects.filter(item=item, kind=Activity.Kind.EVIDENCE).select_related("actor").order_by("pk")
    told = list(steps.filter(facts__has_key="pieces")) if names else []
    had = {(each["piece"], row.facts.get("document")) for row in told for each in row.facts["pieces"]}
    documents = EvidenceDocument.objects.filter(pk__in={pk for _, pk in had if pk}).select_related("withdrawn_by")
    known = {each.pk: each for each in documents}
    if not known:
        return []
    listed = checklist_of(item, uses=uses_of(item))
    here = [_named(line, document) for line in listed.lines for document in line.documents]
    gone = [
        (line, known[pk])
        for line in listed.lines
        for piece, pk in sorted(had, key=str)
        if line.piece is not None and piece == line.piece.pk and pk in known and known[pk] not in line.documents
    ]
    found = []
    for name in dict.fromkeys(names):
        still = max((len(each) for each in here if _says(name, each)), default=0)
        meant = [pair for pair in gone if _says(name, _named(*pair)) and len(_named(*pair)) > still]
        if meant:
            found.append(_fallen(name, *meant[-1], told))
    return found


def _fallen(name: str, line: Line, document: EvidenceDocument, told: Iterable[Activity]) -> Fallen:
    if document.withdrawn_at is not None:
        by, at, why = document.withdrawn_by, document.withdrawn_at, document.withdrawn_because
        return Fallen(name, "withdrawn", f"withdrawn by {by} on {day(at.date())}: {_ended(why)}", _instead(line))
    piece = line.piece
    last = next((row for row in reversed(list(told)) if piece and _is_refused(row, piece.pk)), None)
    who = f" by {last.actor} on {day(last.at.date())}" if last else ""
    why = f": {_ended(piece.because)}" if piece and piece.state == State.NEEDED and piece.because else "."
    return Fallen(name, "refused", f"refused as not the right one{who}{why}", _instead(line))


def _is_refused(row: Activity, piece: int) -> bool:
    came = (State.RECEIVED, State.VERIFIED)
    return any(
        each["piece"] == piece and each["from"] in came and each["to"] == State.NEEDED for each in row.facts["pieces"]
    )


def _instead(line: Line) -> str:
    if not line.documents:
        return "Nothing else is on hand for it."
    names = ", ".join(f"“{_named(line, document)}”" for document in line.documents)
    return f"Verified since: {names}." if line.state == State.VERIFIED else f"{names} came since and is not verified."


def _ended(words: str) -> str:
    return words if words.endswith((".", "!", "?")) else f"{words}."


def _verified(listed: Checklist) -> list[Line]:
    return [line for line in listed.lines if line.state == State.VERIFIED]


def _named(line: Line, document: EvidenceDocument) -> str:
    return f"{line.label}{_of(document)}"


def _says(written: str, name: str) -> bool:
    """Whether a line of a letter is about what has this name; people add to names that tell a day or the pages."""
    is_exact = not name.endswith(")") and not name[-4:].isdigit()
    rest = written.removeprefix(name)
    return rest == "" or (not is_exact and rest != written and not rest[0].isalnum())


def _of(document: EvidenceDocument) -> str:
    on = document.document_on
    dated = f", {on:%B} {on.day}, {on.year}" if on else ""
    pages = f" ({document.pages} page{'s' * (document.pages != 1)})" if document.pages else ""
    return dated + pages
