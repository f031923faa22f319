"""What our code dictionary says: what a code means to us, who owns it and what it allows.

The rows come from the shipped lists (`denials/codes`) or from a site's edited tables; both have the same columns.
Nothing here decides about a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from denials.domain.cells import Row
from denials.domain.entries import (
    NEVER_DENIED,
    CarcEntry,
    CategoryEntry,
    DenialRule,
    GroupEntry,
    RarcEntry,
    StatusEntry,
    carc_entry,
    category_entry,
    group_entry,
    rarc_entry,
    status_entry,
)
from denials.domain.readings import CARC, RARC, RULE, Reading, Setting, Verdict, choose, reading_from

ENTRY_FIELDS = {"escalation_path": "escalation"}
"""Columns that an entry calls otherwise."""


@dataclass(slots=True, frozen=True)
class Dictionary:
    """All entries by code. Every lookup answers: an unknown code comes back as an entry with `is_known` false."""

    carcs: Mapping[str, CarcEntry]
    rarcs: Mapping[str, RarcEntry]
    groups: Mapping[str, GroupEntry]
    statuses: Mapping[str, StatusEntry]
    categories: Mapping[str, CategoryEntry]
    readings: Mapping[tuple[str, str], tuple[Reading, ...]] = field(default_factory=dict)
    """By code system and code."""
    remarks_read: bool = False
    """Whether any remark has a reading; off, nobody need look for one."""
    version: str = ""

    @classmethod
    def from_rows(
        cls,
        *,
        carc: Iterable[Row],
        rarc: Iterable[Row],
        groups: Iterable[Row],
        statuses: Iterable[Row],
        categories: Iterable[Row],
        readings: Iterable[Row] = (),
        version: str = "",
    ) -> Self:
        """Build from rows that have the columns of `denials/codes/*.csv`; values may be text, bool, date or list.

        Raises KeyError when a row lacks its code and ValueError for a denial rule that nobody defined.
        """
        entries = {entry.code: entry for entry in map(carc_entry, carc)}
        scoped: dict[tuple[str, str], tuple[Reading, ...]] = {}
        for reading in filter(None, (reading_from(row, order) for order, row in enumerate(readings))):
            place = (reading.system, reading.code)
            scoped[place] = (*scoped.get(place, ()), reading)
        return cls(
            carcs={code: _follow_replacement(entry, entries) for code, entry in entries.items()},
            rarcs={entry.code: entry for entry in map(rarc_entry, rarc)},
            groups={entry.code: entry for entry in map(group_entry, groups)},
            statuses={entry.code: entry for entry in map(status_entry, statuses)},
            categories={entry.category: entry for entry in map(category_entry, categories)},
            readings=scoped,
            remarks_read=any(system == RARC for system, _ in scoped),
            version=version,
        )

    def carc(self, code: str) -> CarcEntry:
        """The entry of a reason code."""
        return self.carcs.get(code) or CarcEntry(code=code, is_known=False)

    def carc_for(self, code: str, setting: Setting) -> CarcEntry:
        """The entry of a reason code with the shipped reading over it that decides here whether it denies.

        Apart from the readings that choose who works it: a site's own, more specific one never undoes a rule.
        """
        entry = self.carc(code)
        verdict = choose((r for r in self.readings.get((CARC, code), ()) if RULE in r.overrides), setting)
        return _overlay(entry, verdict.won) if verdict else entry

    def verdict(self, code: str, remarks: Iterable[str], setting: Setting) -> Verdict | None:
        """The reading that says how a reason with these remarks is worked; None where none fits."""
        fitting = self.readings.get((CARC, code), ())
        if self.remarks_read:
            fitting = (*fitting, *(r for remark in remarks for r in self.readings.get((RARC, remark), ())))
        return choose(fitting, setting) if fitting else None

    def rarc(self, code: str) -> RarcEntry:
        """The entry of a remark code."""
        return self.rarcs.get(code) or RarcEntry(code=code, is_known=False)

    def group(self, code: str) -> GroupEntry:
        """The entry of a group code."""
        return self.groups.get(code) or GroupEntry(code=code, is_known=False)

    def status(self, code: str) -> StatusEntry:
        """The entry of a claim status code; an unknown one leaves the decision to the adjustments."""
        return self.statuses.get(code) or StatusEntry(code=code, is_known=False)

    def category(self, name: str) -> CategoryEntry:
        """The defaults of a category; a category that a site made up gets the general team."""
        return self.categories.get(name) or CategoryEntry(category=name)


def _follow_replacement(entry: CarcEntry, entries: Mapping[str, CarcEntry]) -> CarcEntry:
    """A retired code counts as a denial, unless it never was one and all its successors never are.

    Path not taken: following every successor. A retired denial code whose successor needs a remark, or pends, would
    then lose its category or drop out of work.
    """
    if entry.denial_rule is not DenialRule.RETIRED:
        return entry
    successors = {entries[code].denial_rule for code in entry.replaced_by if code in entries}
    harmless = entry.denial_type == "not_a_denial" and len(successors) == 1 and successors <= NEVER_DENIED
    return replace(entry, is_retired=True, denial_rule=successors.pop() if harmless else DenialRule.ALWAYS)


def _overlay(entry: CarcEntry, reading: Reading) -> CarcEntry:
    changes: dict[str, Any] = {ENTRY_FIELDS.get(name, name): value for name, value in reading.overrides.items()}
    return replace(entry, **changes | {RULE: DenialRule(changes[RULE])})
