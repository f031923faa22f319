"""Drafts of notes: kept while somebody types, seen again after a crash, never overwritten by another window."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.cast import Cast
from tests.worklists.pages import item_at, signed_in
from worklists.models import Activity, NoteDraft, WorkItem
from worklists.notes import drafts

pytestmark = pytest.mark.django_db


@pytest.fixture
def item(cast: Cast) -> WorkItem:
    return item_at(cast.here)


def keep(client: Client, item: WorkItem, **form: Any) -> dict[str, Any]:
    answer = client.post(reverse("item_draft", args=[item.pk]), form)
    assert answer.status_code == 200
    told: dict[str, Any] = answer.json()
    return told


def page_of(client: Client, item: WorkItem) -> str:
    text: str = client.get(reverse("item", args=[item.pk])).content.decode()
    return text


def known(told: dict[str, Any]) -> dict[str, Any]:
    return {"draft": told["draft"], "draft_version": told["version"]}


def test_what_was_typed_is_there_again_with_every_field_also_after_signing_in_again(cast: Cast, item: WorkItem) -> None:
    first = keep(
        signed_in(cast.sam), item, text="Half a sent", channel="call", reference="R-7", csrfmiddlewaretoken="x"
    )
    told = keep(signed_in(cast.sam), item, **known(first), text="Half a sentence", channel="call", reference="R-7")
    draft = NoteDraft.objects.get()
    assert draft.body == {"text": "Half a sentence", "channel": "call", "reference": "R-7"}
    assert told["kept"] == f"Kept at {timezone.localtime(draft.kept_at):%H:%M}"
    page = page_of(signed_in(cast.sam), item)
    assert "Half a sentence</textarea>" in page
    assert 'value="R-7"' in page
    assert Activity.objects.filter(item=item, kind="note").count() == 0


def test_nobody_else_sees_a_draft_and_other_facilities_have_no_such_item(cast: Cast, item: WorkItem) -> None:
    told = keep(signed_in(cast.sam), item, text="Half a sentence")
    assert "Half a sentence" not in page_of(signed_in(cast.sue), item)
    keep(signed_in(cast.sue), item, **known(told), text="Mine")
    assert NoteDraft.objects.get(user=cast.sam).body == {"text": "Half a sentence"}
    assert signed_in(cast.otto).post(reverse("item_draft", args=[item.pk]), {"text": "x"}).status_code == 404
    assert signed_in(cast.remy).post(reverse("item_draft", args=[item.pk]), {"text": "x"}).status_code == 403


def test_two_windows_that_go_on_with_one_draft_part_and_each_is_told(cast: Cast, item: WorkItem) -> None:
    client = signed_in(cast.sam)
    begun = keep(client, item, text="Called")
    one = keep(client, item, **known(begun), text="Called, one")
    two = keep(client, item, **known(begun), text="Called, two")
    assert (one["parted"], two["parted"]) == (False, True)
    assert [other["text"] for other in two["others"]] == ["Called, one"]
    one = keep(client, item, **known(one), text="Called, one more")
    assert [other["text"] for other in one["others"]] == ["Called, two"]
    page = page_of(client, item)
    assert "Called, one more</textarea>" in page
    assert "“Called, two”" in page
    of_other = client.get(reverse("item_note", args=[item.pk]), {"draft": two["draft"]}).content.decode()
    assert "Called, two</textarea>" in of_other


def test_sending_and_discarding_end_a_draft_but_not_what_went_on_elsewhere(cast: Cast, item: WorkItem) -> None:
    client = signed_in(cast.sam)
    address = reverse("item_note", args=[item.pk])
    told = keep(client, item, text="Called")
    client.post(address, {"text": "Called", **known(told)})
    assert NoteDraft.objects.count() == 0
    begun = keep(client, item, text="Called again")
    keep(client, item, **known(begun), text="Called again, and more")
    client.post(address, {"text": "Called again", **known(begun)})
    client.post(reverse("item_draft", args=[item.pk]), {"discard": "1", **known(begun)})
    kept = NoteDraft.objects.get()
    assert kept.body["text"] == "Called again, and more"
    client.post(
        reverse("item_draft", args=[item.pk]), {"discard": "1", "draft": kept.key, "draft_version": kept.version}
    )
    assert NoteDraft.objects.filter(discarded_at=None).count() == 0


def test_a_discarded_draft_can_be_brought_back_for_ten_minutes_by_who_wrote_it(cast: Cast, item: WorkItem) -> None:
    client, address = signed_in(cast.sam), reverse("item_draft", args=[item.pk])
    told = keep(client, item, text="Half a sentence", channel="call")
    page = client.post(address, {"discard": "1", **known(told)}, follow=True).content.decode()
    assert "Half a sentence" not in page
    back = f"{address}?back={told['draft']}"
    assert f'action="{back}"' in page
    assert signed_in(cast.sue).post(back).status_code == 422
    assert "Half a sentence</textarea>" in client.post(back, follow=True).content.decode()
    assert client.post(back).status_code == 422, "It is there already."

    client.post(address, {"discard": "1", **known(told)})
    now = timezone.now()
    assert drafts.forget_old(now) == 0
    NoteDraft.objects.update(discarded_at=now - timedelta(minutes=11))
    assert client.post(back).status_code == 422
    assert drafts.forget_old(now) == 1


def test_a_refused_note_keeps_its_draft(cast: Cast, item: WorkItem) -> None:
    client = signed_in(cast.sam)
    told = keep(client, item, text="Spoke to {rep}")
    answer = client.post(reverse("item_note", args=[item.pk]), {"text": "Spoke to {rep}", **known(told)})
    assert answer.status_code == 422
    assert str(told["draft"]) in answer.content.decode()
    assert NoteDraft.objects.count() == 1


def test_too_much_is_refused_and_nonsense_begins_anew(cast: Cast, item: WorkItem) -> None:
    client = signed_in(cast.sam)
    address = reverse("item_draft", args=[item.pk])
    assert client.post(address, {"text": "x" * (drafts.LONGEST + 1)}).status_code == 422
    keep(client, item, text="a\x00b", draft="nonsense", draft_version="-1")
    assert NoteDraft.objects.get().body == {"text": "ab"}
    for _ in range(drafts.MOST_DRAFTS - 1):
        keep(client, item, text="x")
    assert client.post(address, {"text": "x"}).status_code == 422


def test_nothing_stays_of_a_draft_that_was_emptied(cast: Cast, item: WorkItem) -> None:
    client = signed_in(cast.sam)
    told = keep(client, item, text="Oops", channel="call")
    assert keep(client, item, **known(told), text="", channel="call") == {
        "draft": "", "version": "", "kept": "", "parted": False, "others": [],
    }  # fmt: skip
    assert NoteDraft.objects.count() == 0


def test_old_drafts_are_forgotten(cast: Cast, item: WorkItem) -> None:
    keep(signed_in(cast.sam), item, text="old")
    now = timezone.now()
    assert drafts.forget_old(now + drafts.KEPT_FOR - timedelta(minutes=1)) == 0
    assert drafts.forget_old(now + drafts.KEPT_FOR + timedelta(minutes=1)) == 1
