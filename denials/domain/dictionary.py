"""What our code dictionary says: what a code means to us, who owns it and what it allows.

The rows come from the shipped lists (`denials/codes`) or from a site's edited tables; both have the same columns.
Nothing here decides about a claim.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from denials.domain.entries import (
    NEVER_DENIED,
    CarcEntry,
    CategoryEntry,
    DenialRule,
    GroupEntry,
    RarcEntry,
    Reading,
    Row,
    StatusEntry,
    active_reading,
    carc_entry,
    category_entry,
    group_entry,
    rarc_entry,
    status_entry,
)


@dataclass(slots=True, frozen=True)
class Dictionary:
    """All entries by code. Every lookup answers: an unknown code comes back as an entry with `is_known` false."""

    carcs: Mapping[str, CarcEntry]
    rarcs: Mapping[str, RarcEntry]
    groups: Mapping[str, GroupEntry]
    statuses: Mapping[str, StatusEntry]
    categories: Mapping[str, CategoryEntry]
    readings: Mapping[str, tuple[Reading, ...]] = field(default_factory=dict)
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
        scoped: dict[str, tuple[Reading, ...]] = {}
        for reading in filter(None, map(active_reading, readings)):
            scoped[reading.carc] = (*scoped.get(reading.carc, ()), reading)
        return cls(
            carcs={code: _follow_replacement(entry, entries) for code, entry in entries.items()},
            rarcs={entry.code: entry for entry in map(rarc_entry, rarc)},
            groups={entry.code: entry for entry in map(group_entry, groups)},
            statuses={entry.code: entry for entry in map(status_entry, statuses)},
            categories={entry.category: entry for entry in map(category_entry, categories)},
            readings=scoped,
            version=version,
        )

    def carc(self, code: str, *, group: str = "", payer_kind: str = "", payer_key: str = "") -> CarcEntry:
        """The entry of a reason code as read for this group and payer."""
        entry = self.carcs.get(code) or CarcEntry(code=code, is_known=False)
        fitting = [r for r in self.readings.get(code, ()) if r.applies(group, payer_kind, payer_key)]
        return _overlay(entry, max(fitting, key=lambda r: r.weight)) if fitting else entry

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
    changes: dict[str, Any] = dict(reading.overrides)
    if "denial_rule" in changes:
        changes["denial_rule"] = DenialRule(changes["denial_rule"])
    return replace(entry, **changes, reading=reading.reason)
