"""Work that the system gave up on: the tile counts what its page lists, and the page tries it again."""

from __future__ import annotations

import pytest

from denials.models import Job
from tests.cast import Cast
from tests.factories import RemittanceFactory
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db


def failed(kind: str, subject: int) -> Job:
    return Job.objects.create(
        kind=kind, subject=subject, state="failed", trouble="KeyError at stage route.", attempts=3
    )


def test_the_tile_opens_just_what_failed_and_it_is_tried_again(cast: Cast) -> None:
    remittance = RemittanceFactory.create(facility=cast.here)
    job = failed("record_file", remittance.file_id)
    failed("reorder", 0)
    failed("reread", 5)
    Job.objects.create(kind="reread", subject=5, state="done")
    Job.objects.create(kind="record_file", subject=77, state="done")
    client = signed_in(cast.mara)

    concerns = client.get("/watch/").context["concerns"]
    (tile,) = (each for each in concerns if each.label == "Work that failed")
    page = client.get("/watch/failed/")
    assert (tile.count, tile.page) == (2, "failed_work")
    assert [each.job.kind for each in page.context["rows"]] == ["reorder", "record_file"]
    assert f'href="/remittances/{remittance.file_id}/"' in page.content.decode()
    assert "KeyError at stage route." in page.content.decode()

    assert client.post("/watch/failed/", {"job": job.pk}).headers["Location"] == "/watch/failed/"
    again = Job.objects.get(kind="record_file", state="waiting")
    assert (again.subject, again.asked_by) == (remittance.file_id, cast.mara)
    page = client.get("/watch/failed/")
    assert [each.job.kind for each in page.context["rows"]] == ["reorder"]
    assert "1 given up, 1 being tried again" in page.content.decode()
    assert client.post("/watch/failed/", {"job": job.pk}).status_code == 409

    Job.objects.filter(pk=again.pk).update(state="failed")
    assert [(each.job.kind, each.times) for each in client.get("/watch/failed/").context["rows"]] == [
        ("record_file", 2), ("reorder", 1),
    ]  # fmt: skip


def test_a_file_of_another_facility_is_not_named(cast: Cast) -> None:
    cast.mara.all_facilities = False
    cast.mara.save()
    cast.mara.facilities.add(cast.here)
    failed("record_file", RemittanceFactory.create(facility=cast.there).file_id)
    assert [each.url for each in signed_in(cast.mara).get("/watch/failed/").context["rows"]] == [""]
