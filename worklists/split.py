"""What an item holds of a claim that the payer split: each part that was denied and not paid since."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db.models import BigIntegerField, F, OuterRef, QuerySet, prefetch_related_objects
from django.db.models.fields.json import KT
from django.db.models.functions import Cast

from accounts.formatting import money
from denials.domain.parts import Result
from denials.models import ClockEvent, Denial
from worklists.course import results_of
from worklists.denial_facts import reason_of
from worklists.domain.episodes import still_denied
from worklists.models import Activity, WorkItem
from worklists.wording import day

KINDS = (Activity.Kind.OPENED, Activity.Kind.DENIED_AGAIN)
NOTHING = Decimal(0)


class LastDays(NamedTuple):
    deadline: date | None
    last_safe_on: date | None


def parts_of(items: Iterable[WorkItem], coming: Mapping[int, Denial] | None = None) -> dict[int, list[Denial]]:
    """By item its denials that stand, oldest first; the one that it stands for where none does. `coming` are denials by
    item that nothing was written about yet.
    """
    by_id = {item.pk: item for item in items}
    known: dict[int, list[int]] = {pk: [item.denial_id] for pk, item in by_id.items()}
    rows = Activity.objects.filter(item__in=by_id, kind__in=KINDS, facts__has_key="denial").order_by("pk")
    for pk, denial in rows.values_list("item", "facts__denial"):
        known[pk].append(denial)
    for pk, coming_in in (coming or {}).items():
        known[pk].append(coming_in.pk)
    denials = Denial.objects.select_related("payer", "facility").in_bulk({pk for each in known.values() for pk in each})
    several = [by_id[pk].claim_id for pk, each in known.items() if len(set(each)) > 1]
    course = results_of(several) if several else {}
    return {
        pk: _standing([denials[each] for each in dict.fromkeys(found)], course.get(by_id[pk].claim_id, []))
        or [denials[by_id[pk].denial_id]]
        for pk, found in known.items()
    }


def _standing(known: Sequence[Denial], course: Sequence[Result]) -> list[Denial]:
    by_result = {denial.remitted_claim_id: denial for denial in known}
    return [by_result[result.id] for result in still_denied(course, list(by_result))]


def other_parts(items: Iterable[WorkItem]) -> dict[int, list[Denial]]:
    """The same without the denial that each item stands for."""
    rows = list(items)
    parts = parts_of(rows)
    return {item.pk: [part for part in parts[item.pk] if part.pk != item.denial_id] for item in rows}


def holds_more(item: WorkItem) -> bool:
    """Whether an item holds more than the denial that it stands for, as its own columns say."""
    return bool(item.denied_amount != item.denial.denied_amount)


def several(items: Iterable[WorkItem]) -> dict[int, list[Denial]]:
    """By item its parts, of those that hold more than one."""
    rows = {item.pk: item for item in items}
    more = WorkItem.objects.filter(pk__in=rows).exclude(denied_amount=F("denial__denied_amount"))
    found = parts_of(rows[pk] for pk in more.values_list("pk", flat=True))
    parts = {pk: each for pk, each in found.items() if len(each) > 1}
    prefetch_related_objects([part for each in parts.values() for part in each], "remitted_claim")
    return parts


def called(part: Denial) -> str:
    return f"{_number(part)} ({money(part.denied_amount)})"


def in_words_of(items: Iterable[WorkItem]) -> dict[int, str]:
    """By item its parts with their amounts, of those that hold more than one."""
    parts = several(items)
    sent = sent_again([part for each in parts.values() for part in each])
    return {pk: in_words(each, sent) for pk, each in parts.items()}


def in_words(parts: Iterable[Denial], sent: Mapping[int, date]) -> str:
    """All parts with their amounts; `sent`: for which a claim went out again, and when."""
    return ", ".join(
        f"{_number(part)} ({money(part.denied_amount)}, sent again on {day(sent[part.pk])})"
        if part.pk in sent
        else called(part)
        for part in parts
    )


def sent_again(parts: Iterable[Denial]) -> dict[int, date]:
    """By denial the day on which a corrected or new claim went out for it."""
    events = ClockEvent.objects.filter(denial__in=[part.pk for part in parts], kind=ClockEvent.Kind.CLAIM_SENT)
    return dict(events.values_list("denial", "on"))


def to_answer(parts: Iterable[Denial]) -> list[Denial]:
    """Those of an item for which no claim went out again; all where one went out for each."""
    known = list(parts)
    sent = sent_again(known) if len(known) > 1 else {}
    return [part for part in known if part.pk not in sent] or known


def first_of(parts: Iterable[Denial]) -> LastDays:
    """The last days that somebody has to keep: the payer has the claim of a part that went out again."""
    known = to_answer(parts)
    return LastDays(
        min(filter(None, (part.deadline for part in known)), default=None),
        min(filter(None, (part.last_safe_on for part in known)), default=None),
    )


def first_to_answer(parts: Iterable[Denial]) -> Denial:
    """Which part an item stands for."""
    return min(to_answer(parts), key=lambda part: part.deadline or date.max)


def held_beside(denial: str, claim: str) -> QuerySet[Activity]:
    """For `Exists`: whether an open item was told that the denial of this column is a further part of its claim."""
    rows = Activity.objects.filter(kind=Activity.Kind.DENIED_AGAIN, item__is_open=True, item__claim=OuterRef(claim))
    further = rows.filter(facts__has_key="denial").exclude(facts__has_key="round")
    return further.annotate(told=Cast(KT("facts__denial"), BigIntegerField())).filter(told=OuterRef(denial))


def count_parts(item: WorkItem, parts: Sequence[Denial]) -> None:
    """The item's amounts are those of all its parts together, its last day is the first of them; nothing is saved."""
    item.denied_amount = sum((part.denied_amount for part in parts), NOTHING)
    item.amount_at_risk = sum((part.amount_at_risk for part in parts), NOTHING)
    item.deadline, item.last_safe_on = first_of(parts)


def stand_for(item: WorkItem, denial: Denial, modalities: list[str]) -> None:
    """The item says what this denial says; nothing is saved."""
    item.denial = denial
    item.category, item.reason = denial.category, reason_of(denial)
    item.modalities, item.provider = modalities, denial.fault_provider
    item.denied_on = denial.decided_on


def _number(part: Denial) -> str:
    return part.remitted_claim.payer_control_number or "part without a number"
