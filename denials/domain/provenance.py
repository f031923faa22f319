"""Where each fact of a claim payment stands in the payer's file: which segment, which element, which component.

The segments are walked by the same rules by which the reader takes them (`claim_loop.py`), so that what is pointed at
is what was recorded: where a value is said twice, the last one counts. `opening_provenance.py` does the same for what
is said once for a whole payment.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from denials.domain.claim_loop import UNDECLARED_SEPARATOR
from denials.domain.elements import DAY, period
from denials.domain.x12_places import PlacedSegment

Named = tuple[int, str, str]
"""An element, the key of its fact and what it is in our own words."""
_CLP: Sequence[Named] = (
    (1, "claim-number", "our claim number"),
    (2, "status", "claim status"),
    (3, "charge", "charged"),
    (4, "paid", "paid"),
    (5, "patient-share", "patient's share"),
    (6, "filing-code", "kind of plan"),
    (7, "payer-number", "payer's claim number"),
    (8, "facility-code", "place of service"),
    (9, "frequency", "claim frequency"),
)
_SVC: Sequence[Named] = (
    (2, "charge", "charged"),
    (3, "paid", "paid"),
    (4, "revenue", "revenue code"),
    (5, "units-paid", "units paid"),
    (7, "units-billed", "units billed"),
)
_PEOPLE: dict[str, Sequence[Named]] = {
    "QC": ((3, "patient-last", "patient's last name"), (4, "patient-first", "patient's first name")),
    "IL": ((3, "subscriber-last", "subscriber's last name"), (4, "subscriber-first", "subscriber's first name")),
    "82": ((3, "rendering-name", "provider who treated"),),
    "TT": ((3, "crossover-name", "payer it was forwarded to"),),
    "PR": ((3, "corrected-payer", "payer to bill instead"),),
}
_REVENUE = "NU"
_RECEIVED = "050"
_FROM, _TO, _SERVICE = ("150", "232"), ("151", "233"), "472"
_OF_CLAIM = ("232", "233")
_FIRST_DAY, _LAST_DAY = ("service-from", "first day of service"), ("service-to", "last day of service")
_REMARKS = {"MIA": (5, 20, 21, 22, 23), "MOA": (3, 4, 5, 6, 7)}


@dataclass(frozen=True, slots=True)
class Said:
    """One fact as the payer said it. `key` is stable and fit for an address; elements count as X12 counts them."""

    key: str
    name: str
    """What it is, in our own words."""
    segment: int
    """Position of the segment in the file, from 0."""
    id: str
    """Of the segment: CLP."""
    element: int
    component: int
    """0 for the whole element."""
    text: str

    @property
    def place(self) -> str:
        """As X12 writes it: `CLP04`, `SVC01-2`."""
        return f"{self.id}{self.element:02d}" + (f"-{self.component}" if self.component else "")


class SaidFacts:
    """Facts by key. One that is said again takes the new place; said again as empty, it is not said."""

    def __init__(self) -> None:
        self.found: dict[str, Said] = {}

    def add(self, key: str, name: str, at: PlacedSegment, element: int, component: int = 0, text: str = "") -> None:
        """Take an element, or the part of it that is `text`."""
        text = text or raw(at, element).strip()
        if text:
            self.found[key] = Said(key, name, at.number, at.id, element, component, text)
        else:
            self.found.pop(key, None)

    def add_all(self, named: Iterable[Named], at: PlacedSegment, prefix: str = "", of: str = "") -> None:
        for element, key, name in named:
            self.add(f"{prefix}{key}", f"{name}{of}", at, element)

    def in_file_order(self) -> dict[str, Said]:
        """By segment, element and component; two facts of one place stay in the order met."""
        return dict(sorted(self.found.items(), key=lambda each: (each[1].segment, each[1].element, each[1].component)))


def raw(segment: PlacedSegment, element: int) -> str:
    """The element as it stands; empty where the segment is shorter."""
    return segment.elements[element] if element < len(segment.elements) else ""


def facts_of_claim(segments: Sequence[PlacedSegment]) -> dict[str, Said]:
    """The facts of one claim payment, from its CLP to its last segment, in file order."""
    walk = _ClaimWalk()
    for segment in segments:
        walk.take(segment)
    return walk.facts()


class _ClaimWalk:
    """Takes a claim's segments in file order, as `ClaimLoop` does."""

    def __init__(self) -> None:
        self._facts = SaidFacts()
        self._line = self._adjustments = 0
        self._counts: dict[str, int] = {}
        self._days: dict[str, date | None] = {}
        self._steps = {
            "CLP": lambda at: self._facts.add_all(_CLP, at),
            "SVC": self._svc,
            "CAS": self._cas,
            "NM1": self._nm1,
            "MIA": self._remarks_of_claim,
            "MOA": self._remarks_of_claim,
            "LQ": self._lq,
            "DTM": self._dtm,
            "REF": self._ref,
            "AMT": self._amt,
        }

    def take(self, at: PlacedSegment) -> None:
        """Take one segment; those that say nothing that is kept are passed over."""
        if step := self._steps.get(at.id):
            step(at)

    def facts(self) -> dict[str, Said]:
        """All facts. A claim that gives no days of its own has those of its lines."""
        self._day_of_lines(_FIRST_DAY, ["service-from"], min)
        self._day_of_lines(_LAST_DAY, ["service-to", "service-from"], max)
        if self._days.get("service-to") is None and "service-from" in self._facts.found:
            self._repeat("service-from", *_LAST_DAY)
        return self._facts.in_file_order()

    @property
    def _prefix(self) -> str:
        return f"line-{self._line}-" if self._line else ""

    @property
    def _of(self) -> str:
        return f", line {self._line}" if self._line else ""

    def _svc(self, at: PlacedSegment) -> None:
        self._line += 1
        self._facts.add_all(_SVC, at, self._prefix, self._of)
        qualifier, procedure, component, modifiers = _procedure(at, 1)
        if qualifier == _REVENUE and procedure and not raw(at, 4):
            self._facts.add(f"{self._prefix}revenue", f"revenue code{self._of}", at, 1, component, procedure)
        elif qualifier != _REVENUE and procedure:
            self._facts.add(f"{self._prefix}procedure", f"procedure{self._of}", at, 1, component, procedure)
        for number, (place, modifier) in enumerate(modifiers, start=1):
            self._facts.add(f"{self._prefix}modifier-{number}", f"modifier{self._of}", at, 1, place, modifier)
        _, submitted, component, _ = _procedure(at, 6)
        if submitted:
            self._facts.add(f"{self._prefix}submitted", f"procedure billed{self._of}", at, 6, component, submitted)

    def _cas(self, at: PlacedSegment) -> None:
        for element in range(2, len(at.elements), 3):
            if not (raw(at, element).strip() or raw(at, element + 1) or raw(at, element + 2)):
                continue
            self._adjustments += 1
            prefix = f"adjustment-{self._adjustments}-"
            self._facts.add(f"{prefix}group", f"adjustment group{self._of}", at, 1)
            self._facts.add(f"{prefix}reason", f"adjustment reason{self._of}", at, element)
            self._facts.add(f"{prefix}amount", f"amount adjusted{self._of}", at, element + 1)
            self._facts.add(f"{prefix}quantity", f"units adjusted{self._of}", at, element + 2)

    def _nm1(self, at: PlacedSegment) -> None:
        who = raw(at, 1)
        self._facts.add_all(_PEOPLE.get(who, ()), at)
        identifier = raw(at, 9).strip()
        if who == "82":
            if raw(at, 8) == "XX" and identifier:
                self._facts.add("rendering-npi", "NPI of who treated", at, 9)
            else:
                self._facts.found.pop("rendering-npi", None)
        elif identifier and (who == "IL" or (who == "QC" and "member-id" not in self._facts.found)):
            self._facts.add("member-id", "member ID", at, 9)

    def _remarks_of_claim(self, at: PlacedSegment) -> None:
        for element in _REMARKS[at.id]:
            if raw(at, element).strip():
                self._facts.add(f"remark-{self._count('remark-')}", "remark", at, element)

    def _lq(self, at: PlacedSegment) -> None:
        kind = raw(at, 1)
        if not raw(at, 2).strip():
            return
        if kind == "RX" and self._line:
            self._facts.add(f"{self._prefix}reject-{self._count('reject-')}", f"pharmacy reject{self._of}", at, 2)
        elif kind == "HE":
            prefix = f"{self._prefix}remark-"
            self._facts.add(f"{prefix}{self._count(prefix)}", f"remark{self._of}", at, 2)

    def _dtm(self, at: PlacedSegment) -> None:
        kind = raw(at, 1)
        first, last = period(at.elements)
        if kind == _RECEIVED:
            self._facts.add("received", "received by the payer", at, _element_of_day(at), 0, first)
            return
        is_range = last != first
        if kind in (_SERVICE, *_FROM):
            self._day(kind, _FIRST_DAY, first, at)
            if is_range or kind == _SERVICE:
                self._day(kind, _LAST_DAY, last, at)
        elif kind in _TO:
            self._day(kind, _LAST_DAY, first, at)

    def _day(self, kind: str, which: tuple[str, str], text: str, at: PlacedSegment) -> None:
        prefix, of = ("", "") if kind in _OF_CLAIM else (self._prefix, self._of)
        key, name = which
        self._facts.add(f"{prefix}{key}", f"{name}{of}", at, _element_of_day(at), 0, text)
        self._days[f"{prefix}{key}"] = DAY[text]

    def _day_of_lines(self, which: tuple[str, str], keys: Sequence[str], choose: object) -> None:
        """Where the claim's day is not given, point at the line that gives the first or the last one."""
        if self._days.get(which[0]) is not None:
            return
        said = []
        for line in range(1, self._line + 1):
            names = (f"line-{line}-{key}" for key in keys)
            if found := next((name for name in names if self._days.get(name) is not None), None):
                said.append((self._days[found], found))
        if said:
            day = choose(day for day, _ in said)  # type: ignore[operator]
            self._repeat(next(key for each, key in said if each == day), *which)
            self._days[which[0]] = day

    def _repeat(self, key: str, as_key: str, name: str) -> None:
        said = self._facts.found[key]
        self._facts.found[as_key] = Said(as_key, name, said.segment, said.id, said.element, said.component, said.text)

    def _ref(self, at: PlacedSegment) -> None:
        kind = raw(at, 1)
        if kind == "6R" and self._line:
            self._facts.add(f"{self._prefix}control-number", f"our line number{self._of}", at, 2)
        elif kind == "0K" and self._line:
            self._facts.add(f"{self._prefix}policy", f"payer's policy{self._of}", at, 2)
        elif kind == "CE":
            self._facts.add("contract", "class of contract", at, 2)
        elif kind == "EA":
            self._facts.add("medical-record", "medical record number", at, 2)

    def _amt(self, at: PlacedSegment) -> None:
        if self._line and raw(at, 1) == "B6":
            self._facts.add(f"{self._prefix}allowed", f"allowed{self._of}", at, 2)

    def _count(self, what: str) -> int:
        """The next number of this kind of fact on the claim or on the line being read."""
        place = what if what.startswith("line-") or what == "remark-" else f"{self._prefix}{what}"
        self._counts[place] = self._counts.get(place, 0) + 1
        return self._counts[place]


def _element_of_day(at: PlacedSegment) -> int:
    """DTM02, or DTM06 where a range stands."""
    return 2 if raw(at, 2).strip() else 6


def _procedure(at: PlacedSegment, element: int) -> tuple[str, str, int, list[tuple[int, str]]]:
    """Qualifier, procedure with its component, and modifiers with theirs, as `ClaimLoop` tells them apart."""
    composite = raw(at, element)
    parts = composite.split(at.component)
    if len(parts) == 1 and (undeclared := UNDECLARED_SEPARATOR.match(composite)):
        parts = composite.split(undeclared[1])
    if len(parts) == 1:
        return "", composite.strip(), 0, []
    modifiers = [(place, part.strip()) for place, part in enumerate(parts[2:6], start=3) if part.strip()]
    return parts[0].strip(), parts[1].strip(), 2, modifiers
