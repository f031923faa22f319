"""What was concluded and done about a claim, for its timeline: the activities of every item it ever had."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils import timezone

from worklists.claim_record import ClaimRecord
from worklists.domain.timeline import Entry, Source, Step
from worklists.models import Activity, Resolution, WorkItem

CONCLUDED = {
    Activity.Kind.OPENED.value,
    Activity.Kind.ROUTED.value,
    Activity.Kind.DENIED_AGAIN.value,
    Activity.Kind.REREAD.value,
}
"""What the pipeline wrote: it comes right after the payer's decision of that day."""
ASIDE = {
    Activity.Kind.ESCALATED.value,
    Activity.Kind.ACKNOWLEDGED.value,
    Activity.Kind.DEESCALATED.value,
}
TOLD_BY_LETTERS = {Activity.Kind.SENT.value, Activity.Kind.RETURNED.value}
"""An appeal tells its sending and its answer itself, with the days that count."""


def entries(record: ClaimRecord) -> Iterator[Entry]:
    item = record.item
    for row in record.activities:
        if not _is_told_elsewhere(row):
            yield _entry(row, item, record.rules)


def _is_told_elsewhere(row: Activity) -> bool:
    return row.kind in TOLD_BY_LETTERS and "appeal" in row.facts


def _entry(row: Activity, item: WorkItem, rules: dict[int, str]) -> Entry:
    at = timezone.localtime(row.at)
    other = f" (item {row.item_id})" if row.item_id != item.pk else ""
    by_person = row.actor is not None
    return Entry(
        day=at.date(),
        step=_step(row),
        what=f"{_what(row)}{other}",
        source=Source(str(row.actor)) if by_person else _source(row, item, rules),
        by="person" if by_person else "rule",
        at=at.time(),
        detail=row.contact_words if by_person else row.text,
        note=row.text if by_person else "",
        is_aside=row.kind in ASIDE,
    )


def _what(row: Activity) -> str:
    route = row.facts.get("route")
    if row.kind == Activity.Kind.SENT and route in Resolution.values:
        return f"Sent: {Resolution(route).label.lower()}"
    return row.headline


def _step(row: Activity) -> Step:
    if row.kind in CONCLUDED:
        return Step.CONCLUDED
    return Step.SENT if row.kind == Activity.Kind.SENT else Step.WORKED


def _source(row: Activity, item: WorkItem, rules: dict[int, str]) -> Source:
    """The rule behind what nobody did by hand."""
    if row.kind == Activity.Kind.ROUTED:
        rule, version = row.facts.get("rule"), row.facts.get("rule_version")
        named = f"routing rule {rules[rule]}" if rule in rules else "routing rules"
        return Source(f"{named}, version {version}" if version else named)
    if row.kind in CONCLUDED:
        return Source(f"code dictionary {item.denial.dictionary_version}")
    if trace := row.facts.get("trace"):
        return Source(f"remittance {trace}")
    return Source("Overturn")
