"""`manage.py explain` as people and scripts call it: what goes where, and how it ends."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import NamedTuple

import pytest
from django.core.management import CommandError, call_command

from config import prepared
from denials import dictionary
from denials.codes import shipped_dictionary
from denials.models import Payer, Remittance, RemittanceFile
from tests.remittance_text import Claim, Payment, file_of

pytestmark = pytest.mark.django_db


class Ended(NamedTuple):
    code: int
    out: str
    err: str


@pytest.fixture(autouse=True)
def shipped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dictionary, "current", shipped_dictionary)
    monkeypatch.setattr(prepared, "is_prepared", lambda: True)


def explained(path: Path, *options: str) -> Ended:
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("explain", str(path), *options, stdout=out, stderr=err)
    except SystemExit as end:
        return Ended(int(end.code or 0), out.getvalue(), err.getvalue())
    return Ended(0, out.getvalue(), err.getvalue())


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return kept(tmp_path, file_of(Payment((Claim("RC-1"), Claim("RC-2", "250.00", "250.00")))))


def kept(folder: Path, content: bytes) -> Path:
    path = folder / "sample.835"
    path.write_bytes(content)
    return path


def test_a_file_without_findings_ends_with_0_and_a_table(file: Path) -> None:
    ended = explained(file)

    assert (ended.code, ended.err) == (0, "")
    head, first, second = ended.out.splitlines()[:3]
    assert head.split()[:5] == ["Claim", "Charged", "Paid", "Outcome", "Denied"]
    assert first.split()[:5] == ["RC-1", "100.00", "60.00", "partial_denial", "40.00"]
    assert second.split()[:5] == ["RC-2", "250.00", "250.00", "not_denial", "0.00"]


def test_nothing_is_written(file: Path) -> None:
    explained(file)

    assert not RemittanceFile.objects.exists()
    assert not Remittance.objects.exists()
    assert not Payer.objects.exists()


def test_a_file_with_findings_ends_with_1_and_keeps_them_off_the_json(tmp_path: Path) -> None:
    ended = explained(kept(tmp_path, file_of(Payment(amount="70.00"))), "--json")

    assert ended.code == 1
    assert [claim["claim_id"] for claim in json.loads(ended.out)] == ["RC-1"]
    assert "does not balance" in ended.err


def test_a_cut_file_says_what_stands_before_the_cut(tmp_path: Path) -> None:
    content = file_of(Payment((Claim("RC-1"), Claim("RC-2"))))
    ended = explained(kept(tmp_path, content[: content.index(b"CLP*RC-2") + 40]), "--json")

    assert ended.code == 1
    assert json.loads(ended.out)[0]["claim_id"] == "RC-1"


@pytest.mark.parametrize("content", [b"", b"just some text"])
def test_what_is_no_remittance_ends_with_2_and_the_reason(tmp_path: Path, content: bytes) -> None:
    ended = explained(kept(tmp_path, content), "--json")

    assert (ended.code, ended.out) == (2, "")
    assert ended.err.strip()


def test_a_missing_file_and_a_folder_end_with_2_and_the_reason(tmp_path: Path) -> None:
    assert explained(tmp_path / "none.835") == Ended(2, "", f"{tmp_path / 'none.835'}: No such file or directory.\n")
    assert explained(tmp_path) == Ended(2, "", f"{tmp_path}: Is a directory.\n")


def test_a_payer_that_nobody_knows_and_a_day_are_taken(file: Path) -> None:
    assert explained(file, "--payer", "nobody", "--product", "PPO", "--as-of", "2026-11-20").code == 0
    with pytest.raises(CommandError, match="as-of"):
        call_command("explain", str(file), "--as-of", "yesterday")


def test_a_duplicate_finds_its_first_claim_in_another_payment_of_the_file(tmp_path: Path) -> None:
    first = Claim("RC-1", "100.00", "100.00", payer_number="P-1")
    again = Claim("RC-2", "100.00", "0.00", payer_number="P-2")
    content = file_of(Payment((first,), trace="A"), Payment((again,), trace="B"))
    ended = explained(kept(tmp_path, content.replace(b"CAS*CO*50*100.00", b"CAS*OA*18*100.00")), "--json")

    found = json.loads(ended.out)[1]
    assert (found["outcome"], found["denied_amount"]) == ("duplicate_closed", "0.00")
    assert found["linked_claim"] == "P-1 paid 2026-11-02"
