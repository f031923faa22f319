"""The synthetic practice comes in through the real intake, and our rows say what is true of it."""

from __future__ import annotations

import io
import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Sum

from accounts.models import Facility
from denials import dictionary, time_limits
from denials.models import Denial, FileFinding, Payer, Remittance, RemittanceFile, RemittedClaim
from denials.practice import SIZES
from worklists.defaults import load_defaults
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def few_claims(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bringing files in is the same for few claims and for many."""
    monkeypatch.setitem(SIZES, "small", 100)


def made(folder: Path, *options: str) -> dict[str, Any]:
    out = io.StringIO()
    arguments = ["--size", "small", "--seed", "7", "--as-of", "2026-11-21", "--out", str(folder), *options]
    call_command("make_practice", *arguments, stdout=out)
    truth: dict[str, Any] = json.loads((folder / "truth.json").read_text())
    assert f"{truth['totals']['files']} files" in out.getvalue()
    return truth


def answers(truth: dict[str, Any]) -> dict[tuple[str, int, int], dict[str, Any]]:
    """The answers by file name, transaction and position."""
    return {
        (answer["file"], answer["transaction"], answer["position"]): answer
        for claim in truth["claims"].values()
        for answer in claim["answers"]
    }


def test_what_comes_in_is_what_is_true_and_the_second_time_changes_nothing(tmp_path: Path) -> None:
    dictionary.load()
    time_limits.load()
    load_defaults()
    truth = made(tmp_path)
    _compare_rows(truth)
    _compare_work(truth)
    before = _counts()
    made(tmp_path)
    assert _counts() == before


def _compare_rows(truth: dict[str, Any]) -> None:
    assert not FileFinding.objects.exclude(code="new_payer").exists()
    assert set(Remittance.objects.values_list("state", flat=True)) == {Remittance.State.SETTLED}
    paid = RemittedClaim.objects.aggregate(total=Sum("paid"))["total"]
    assert paid == Decimal(truth["totals"]["paid"])
    told, place = answers(truth), ("remittance__file__name", "remittance__transaction", "position")
    assert set(RemittedClaim.objects.values_list(*place)) == told.keys()
    denials = Denial.objects.select_related("remitted_claim__remittance__file")
    concluded = {
        (
            each.remitted_claim.remittance.file.name,
            each.remitted_claim.remittance.transaction,
            each.remitted_claim.position,
        ): each
        for each in denials
    }
    for key, answer in told.items():
        if answer["outcome"] == "not_denial":
            assert key not in concluded
        else:
            found = concluded[key]
            assert (found.outcome, found.denied_amount) == (answer["outcome"], Decimal(answer["denied_amount"]))


def _compare_work(truth: dict[str, Any]) -> None:
    """Every claim that is denied at the end has its open item, for the dollars that are denied at the end."""
    items = WorkItem.objects.filter(is_open=True, denial__is_denial=True)
    found = {item.claim.number: item.denied_amount for item in items.select_related("claim")}
    told = {
        number: Decimal(claim["final_denied_amount"])
        for number, claim in truth["claims"].items()
        if claim["answers"][-1]["outcome"] in ("full_denial", "partial_denial", "suspected_denial")
    }
    assert found == told


def _counts() -> Counter[str]:
    models = (RemittanceFile, Remittance, RemittedClaim, Denial, WorkItem, Payer, Facility)
    return Counter({model.__name__: model.objects.count() for model in models})


def test_files_can_be_written_without_bringing_them_in(tmp_path: Path) -> None:
    truth = made(tmp_path, "--no-import")
    assert {path.name for path in tmp_path.glob("*.835")} == {file["name"] for file in truth["files"]}
    assert not RemittanceFile.objects.exists()
    assert not Facility.objects.exists()


def test_the_files_of_another_day_make_way(tmp_path: Path) -> None:
    made(tmp_path, "--no-import")
    (tmp_path / "mine.835").write_text("kept")
    truth = made(tmp_path, "--no-import", "--as-of", "2026-10-05")
    names = {file["name"] for file in truth["files"]}
    assert {path.name for path in tmp_path.glob("*.835")} == names | {"mine.835"}


def test_made_up_patients_never_enter_a_production_database(tmp_path: Path, settings: Any) -> None:
    settings.ENV = "production"
    with pytest.raises(CommandError, match="never go into a production database"):
        made(tmp_path)
    assert not any(tmp_path.iterdir())


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file, not a folder")
    with pytest.raises(CommandError, match="cannot be written"):
        made(tmp_path / "taken", "--no-import")
