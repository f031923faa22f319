"""A local reading changed how a denial is worked: the item says so, and nothing goes to the payer unconfirmed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accounts.refusal import Refused
from appeals import submission
from appeals.from_record import values_of
from appeals.models import Appeal
from denials.models import CodeReading
from tests.appeals.letters import FAXED, TODAY, item_at, ready, signing
from tests.cast import Cast
from tests.worklists.pages import signed_in

WON = {
    "id": 0,
    "version": 2,
    "code": "CARC 197",
    "title": "Nickname of ours",
    "won": True,
    "why": "It names the payer.",
    "changes": {"resolution": ["correction", "appeal"]},
}
LOST = {**WON, "title": "The wider one", "won": False, "why": "Less specific.", "changes": {}}


def test_the_item_names_the_reading_that_won_the_one_that_lost_and_what_changed(cast: Cast) -> None:
    row = CodeReading.objects.create(code="197", overrides={"usual_resolution": "appeal"}, title="x", reason="Ours")
    item = item_at(cast.here, readings=[{**WON, "id": row.pk}, LOST])

    shown = " ".join(signed_in(cast.sam).get(f"/items/{item.pk}/").content.decode().split())

    assert "A local reading changes how this is worked" in shown
    assert f'Read by <a href="/codes/readings/{row.pk}/">Nickname of ours</a>' in shown
    assert "Resolution: Correction, now Appeal." in shown
    assert "Also fitted: The wider one" in shown


def test_a_letter_goes_out_only_when_somebody_confirmed_the_reading(cast: Cast) -> None:
    appeal = ready(item_at(cast.here, readings=[WON]), signing(cast.sam))

    with pytest.raises(Refused, match="local reading changed"):
        submission.mark_sent(appeal, cast.sam, FAXED, today=TODAY)
    sent = submission.mark_sent(appeal, cast.sam, replace(FAXED, reading_confirmed=True), today=TODAY)

    assert sent.status == Appeal.Status.SENT


def test_a_reading_that_only_moves_the_work_asks_nothing(cast: Cast) -> None:
    moved = {**WON, "changes": {"owner_team": ["billing", "coding"]}}
    appeal = ready(item_at(cast.here, readings=[moved]), signing(cast.sam))

    assert submission.mark_sent(appeal, cast.sam, FAXED, today=TODAY).status == Appeal.Status.SENT


def test_a_letter_names_the_code_by_its_own_title(cast: Cast) -> None:
    item = item_at(cast.here, readings=[WON])
    CodeReading.objects.create(code="197", overrides={"owner_team": "billing"}, title="Nickname of ours", reason="Ours")

    values = values_of(item, 1)

    assert values["reason_meaning"] == "No authorization or notification on file"
    assert "Nickname of ours" not in " ".join(values.values())
