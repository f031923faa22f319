"""Letters about many items at once: each a draft of its own, taken back while nobody worked on it."""

from __future__ import annotations

from typing import Any

from appeals import drafting
from appeals.models import Appeal, LetterTemplate
from tests.appeals.letters import TODAY, as_written, item_at
from tests.cast import Cast
from tests.worklists.pages import signed_in
from worklists import acts
from worklists.models import BulkAct, WorkItem


def send(cast: Cast, items: list[WorkItem], step: str = "now", **form: Any) -> Any:
    sent: dict[str, Any] = {"list": "all_items", "action": f"draft:{step}", "pick": [item.pk for item in items]}
    sent |= {f"draft-{name}": value for name, value in form.items()}
    return signed_in(cast.sam).post("/items/many/", sent, follow=True)


def test_each_gets_its_own_draft_and_what_may_have_none_is_named(cast: Cast) -> None:
    items = [item_at(cast.here) for _ in range(3)] + [item_at(cast.here, appeal_allowed=False)]
    drafting.draft(items[0], cast.sue, today=TODAY)
    preview = send(cast, items, "preview").content.decode()
    assert "Preview: 2 of 4 would be changed" in preview
    assert "A letter about this item is in hand already." in preview
    assert "The payer&#x27;s codes give no right of appeal here." in preview
    assert "Draft a letter for 2 items" in preview
    assert Appeal.objects.count() == 1
    told = send(cast, items).content.decode()
    assert "Letters drafted: 2 items. Each is a draft: read it on its item, and send it from there." in told
    drafts = Appeal.objects.filter(drafted_by=cast.sam)
    assert {row.item_id for row in drafts} == {items[1].pk, items[2].pk}
    assert {row.template.key for row in drafts if row.template} == {"authorization"}
    assert {row.status for row in drafts} == {"draft"}
    assert WorkItem.objects.filter(assignee=cast.sam).count() == 2


def test_one_template_may_be_chosen_for_all(cast: Cast) -> None:
    item = item_at(cast.here)
    template = LetterTemplate.objects.exclude(key="authorization").first()
    assert template is not None
    send(cast, [item], template=template.pk)
    assert Appeal.objects.get().template == template


def test_undo_withdraws_the_drafts_that_nobody_worked_on(cast: Cast) -> None:
    items = [item_at(cast.here) for _ in range(2)]
    send(cast, items)
    edited, fresh = Appeal.objects.order_by("pk")
    drafting.edit(edited, cast.sam, as_written(edited, body="Typed"))
    [refused] = acts.undo(BulkAct.objects.get(), cast.sam).refused
    assert (refused.item_id, refused.sentence[:37]) == (edited.item_id, "Somebody worked on its letter since: ")
    edited.refresh_from_db()
    fresh.refresh_from_db()
    assert (edited.status, fresh.status) == ("draft", "withdrawn")
    fresh.item.refresh_from_db()
    assert (fresh.item.assignee, fresh.item.status) == (None, "new")
    assert drafting.draft(fresh.item, cast.sue, today=fresh.letter_date).status == "draft"
