"""Whether all of a file arrived, once: the file read again beside the rows, and the work beside the denials."""

from __future__ import annotations

from collections import Counter

from denials.models import Denial, Remittance, RemittanceFile
from tests.denials.recorded import kept_of, said_in
from worklists.models import Activity, WorkItem


def assert_all_arrived_once(file: RemittanceFile, content: bytes) -> None:
    file.refresh_from_db()
    assert file.state == RemittanceFile.State.RECORDED
    assert kept_of(file) == said_in(content)
    assert set(file.remittances.values_list("state", flat=True)) == {Remittance.State.SETTLED}
    denied = Denial.objects.filter(remitted_claim__remittance__file=file, is_denial=True)
    assert denied.count() == file.preview["denied_claims"]
    _assert_one_item_each(list(denied.values_list("claim", flat=True)))


def _assert_one_item_each(claims: list[int]) -> None:
    items = WorkItem.objects.filter(claim__in=claims)
    assert Counter(items.values_list("claim", flat=True)) == Counter(claims)
    told: dict[int, list[str]] = {item: [] for item in items.values_list("pk", flat=True)}
    for item, kind in Activity.objects.filter(item__in=told).values_list("item", "kind"):
        told[item].append(kind)
    histories = {tuple(sorted(kinds)) for kinds in told.values()}
    assert len(histories) == 1, "each item came about in the same way"
    assert all(count == 1 for count in Counter(*histories).values())
