"""What was concluded and done about a claim, for its timeline: the activities of every item it ever had."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone

from worklists.claim_record import ClaimRecord
from worklists.domain.timeline import Entry, Source, Step
from worklists.models import Activity, Resolution, Settlement, WorkItem
from worklists.wording import day

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
            yield _entry(row, item, record)


def _is_told_elsewhere(row: Activity) -> bool:
    return row.kind in TOLD_BY_LETTERS and "appeal" in row.facts and not row.is_withdrawal


def _entry(row: Activity, item: WorkItem, record: ClaimRecord) -> Entry:
    at = timezone.localtime(row.at)
    other = f" (item {row.item_id})" if row.item_id != item.pk else ""
    by_person = row.actor is not None
    return Entry(
        day=at.date(),
        step=_step(row),
        what=f"{_what(row)}{other}",
        source=Source(str(row.actor)) if by_person else _source(row, item, record.rules),
        by="person" if by_person else "rule",
        at=at.time(),
        detail=_detail(row, record) if by_person else row.text,
        note=row.text if by_person else "",
        is_aside=row.kind in ASIDE,
    )


def _what(row: Activity) -> str:
    route = row.facts.get("route")
    if row.kind == Activity.Kind.SENT and route in Resolution.values:
        return f"Sent: {Resolution(route).label.lower()}"
    return row.headline


def _detail(row: Activity, record: ClaimRecord) -> str:
    """What a person chose beside what they wrote: until when, to whom, what came of it."""
    facts = row.facts
    if row.kind == Activity.Kind.POSTPONED:
        return f"Until {day(date.fromisoformat(facts['until']))}" if "until" in facts else ""
    if row.kind in (Activity.Kind.HANDED_OVER, Activity.Kind.MOVED):
        to = record.people.get(facts.get("to")) or record.queues.get(facts.get("to_queue"))
        return f"To {to}" if to else ""
    if row.kind == Activity.Kind.RESOLVED:
        return _outcome(facts)
    return row.contact_words


def _outcome(facts: dict[str, Any]) -> str:
    route, came, amount = facts.get("resolution"), facts.get("settlement"), facts.get("recovered_amount")
    words = [
        Resolution(route).label if route in Resolution.values else "",
        Settlement(came).label.lower() if came in Settlement.values else "",
        f"${Decimal(amount):,.2f} recovered" if amount else "",
    ]
    return ", ".join(filter(None, words))


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
