"""Values of a recorded payment are found again in the file that was kept, without reading all of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from accounts.models import AccessEvent
from accounts.refusal import Refused
from denials import segment_index
from denials.models import Remittance, RemittanceFile, RemittedClaim
from denials.sources import MOST_SHOWN, Source, source_of_claim, source_of_payment
from tests.cast import Cast
from tests.denials.recorded import recorded
from tests.remittance_text import Claim, Payment, file_of
from tests.worklists.pages import signed_in

pytestmark = pytest.mark.django_db

TWO = file_of(
    Payment(claims=(Claim(number="RC-1"), Claim(number="RC-2", paid="0.00")), tail=("PLB*1*20261231*WO:PCN9*-5*72*5",)),
    Payment(claims=(Claim(number="RC-3", paid="12.34"),), trace="TRACE2"),
)
"""Two payments; the first takes five dollars back and gives them again."""


@pytest.fixture(autouse=True)
def _own_files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def marked(source: Source) -> list[str]:
    segments = [*source.own, *source.opening]
    return [piece.text for segment in segments for piece in segment.pieces if piece.is_said]


def claim(number: str) -> RemittedClaim:
    found: RemittedClaim = RemittedClaim.objects.select_related("remittance__file").get(claim_number=number)
    return found


def index_of(file: RemittanceFile) -> Path:
    return Path(default_storage.path(str(file.content.name)) + segment_index.SUFFIX)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be"])
def test_each_value_of_a_recorded_claim_is_marked_and_stands_at_the_byte_that_is_named(encoding: str) -> None:
    content = TWO.decode().encode(encoding)
    recorded(content)
    wide = "utf-16-le" if encoding == "utf-16" else encoding
    for key, words in (("paid", "12.34"), ("line-1-modifier-1", "25"), ("adjustment-1-amount", "87.66")):
        source = source_of_claim(claim("RC-3"), key)
        assert marked(source) == [words], key
        whole = source.said.text if source.said and not source.said.component else "HC:99213:25"
        assert content[source.byte :].startswith(whole.encode(wide))
        assert source.line == 1 + content[: source.byte].decode(encoding).count("\n")


def test_the_opening_is_that_of_the_claims_own_payment() -> None:
    recorded(TWO)
    assert marked(source_of_claim(claim("RC-1"), "trace")) == ["TRACE1"]
    source = source_of_claim(claim("RC-3"), "trace")
    assert marked(source) == ["TRACE2"]
    assert any(segment.is_said for segment in source.opening)
    assert [segment.pieces[0].text[:3] for segment in source.opening] == ["ST*", "BPR", "TRN", "N1*", "N1*"]


def test_facts_follow_one_another_in_file_order() -> None:
    recorded(TWO)
    source = source_of_claim(claim("RC-2"), "status")
    assert source.before is not None
    assert source.after is not None
    assert (source.before.key, source.after.key) == ("claim-number", "charge")
    assert source_of_claim(claim("RC-2"), "claim-number").before is None


def test_provider_adjustments_of_a_payment_are_found_by_their_number() -> None:
    recorded(TWO)
    first, second = Remittance.objects.order_by("transaction")
    said = {each.ordinal: (each.code, each.amount) for each in first.provider_adjustments.all()}
    assert said.keys() == {1, 2}
    assert marked(source_of_payment(first, "provider-adjustment-1-code")) == ["WO"]
    assert marked(source_of_payment(first, "provider-adjustment-1-reference")) == ["PCN9"]
    assert marked(source_of_payment(first, "provider-adjustment-2-amount")) == ["5"]
    assert source_of_payment(second).own == []


def test_recording_builds_no_index_and_asking_builds_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    file = recorded(TWO)
    assert not index_of(file).exists()
    source_of_claim(claim("RC-1"), "paid")
    assert index_of(file).exists()
    assert "RC-1" not in index_of(file).read_text()
    monkeypatch.setattr(segment_index, "index_of", lambda source: pytest.fail("the index was built again"))
    assert marked(source_of_claim(claim("RC-3"), "paid")) == ["12.34"]


@pytest.mark.parametrize("damage", [b"", b"{}", b'{"form": 0}', b"[1]", b'{"form": 1, "segments": 3}'])
def test_a_damaged_index_is_built_again(damage: bytes) -> None:
    file = recorded(TWO)
    source_of_claim(claim("RC-1"))
    index_of(file).write_bytes(damage)
    assert marked(source_of_claim(claim("RC-3"), "paid")) == ["12.34"]


def test_a_very_long_claim_is_shown_around_what_was_asked_for() -> None:
    payment = Payment(claims=(Claim(),), tail=tuple(f"REF*0K*POLICY{number}" for number in range(1000)))
    recorded(file_of(payment))
    source = source_of_claim(claim("RC-1"), "line-1-policy")
    assert marked(source) == ["POLICY999"]
    assert len(source.own) <= MOST_SHOWN
    assert source.left_out > 0


def test_a_file_that_is_gone_is_refused_in_words() -> None:
    file = recorded(TWO)
    Path(default_storage.path(str(file.content.name))).unlink()
    with pytest.raises(Refused, match="not on this server"):
        source_of_claim(claim("RC-1"))


def test_the_page_of_a_payment_is_for_who_may_see_its_facility(cast: Cast) -> None:
    recorded(TWO)
    first = Remittance.objects.get(transaction=1)
    address = reverse("payment_source", args=[first.pk])
    assert signed_in(cast.otto).get(address).status_code == 404
    answer = signed_in(cast.sam).get(f"{address}?fact=trace")
    assert "<mark>" in answer.content.decode()
    assert "RC-1" not in answer.content.decode()
    assert AccessEvent.objects.filter(user=cast.sam, what="remittance", row=first.pk).count() == 1


def test_the_values_of_a_file_lead_to_their_source(cast: Cast) -> None:
    file = recorded(TWO)
    page = signed_in(cast.sam).get(reverse("remittance_file", args=[file.pk])).content.decode()
    first = Remittance.objects.get(transaction=1)
    for fact in ("trace", "payment-date", "payment-amount", "payer-name"):
        assert f"{reverse('payment_source', args=[first.pk])}?fact={fact}" in page
