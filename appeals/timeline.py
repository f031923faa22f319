"""What letters tell the timeline of an item: sent and answered on the days that count, with proof."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from appeals.from_record import level_words
from appeals.models import Appeal
from worklists import claim_record, timeline
from worklists.claim_record import ClaimRecord
from worklists.domain.timeline import Entry, Source, Step
from worklists.models import Settlement, WorkItem

LETTERS = "letters"


def listen() -> None:
    claim_record.also(LETTERS, _letters)
    timeline.register(entries)


def _letters(item: WorkItem, user: User) -> QuerySet[Appeal]:
    rows: QuerySet[Appeal] = Appeal.objects.visible_to(user).filter(item__claim=item.claim_id)
    return rows.select_related("sent_by").order_by("pk")


def entries(record: ClaimRecord) -> Iterator[Entry]:
    for row in record.more[LETTERS]:
        if row.sent_on:
            yield _sent(row)
        if row.decided_on:
            yield _decided(row)


def _sent(row: Appeal) -> Entry:
    by = f", by {row.sent_by}" if row.sent_by else ""
    detail = ", ".join(filter(None, [f"{row.get_channel_display()}{by}", row.proof and f"proof {row.proof}"]))
    assert row.sent_on is not None, "only sent letters are told"
    return Entry(row.sent_on, Step.MAILED, f"{level_words(row.level)} sent", _source(row), by="person", detail=detail)


def _decided(row: Appeal) -> Entry:
    outcome = Settlement(row.outcome).label.lower()
    detail = f"${row.recovered_amount:,.2f} recovered" if row.recovered_amount else ""
    assert row.decided_on is not None, "only decided letters are told"
    what = f"{level_words(row.level)}: {outcome}"
    return Entry(row.decided_on, Step.DECIDED, what, _source(row), by="payer", detail=detail, note=row.answer_note)


def _source(row: Appeal) -> Source:
    return Source(f"letter {row.pk}", reverse("appeal", args=[row.pk]))
