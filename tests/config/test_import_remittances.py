"""`manage.py import_remittances`: files in, a table and an exit code out."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Facility
from denials import dictionary, payer_matching, time_limits
from denials.domain.facts import Severity
from denials.models import Payer, Remittance, RemittanceFile
from tests.acknowledgment_text import Answered, accepted_set, claims_answered, rejected_set, sets_answered
from tests.cast import Cast
from tests.remittance_text import Claim, Payment, file_of
from worklists import defaults
from worklists.models import WorkItem

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(cast: Cast) -> None:
    """A site that knows the payer and the facility of these files."""
    dictionary.load()
    time_limits.load()
    defaults.load_defaults()


def known_payer() -> None:
    payer = Payer.objects.create(key="fictional", name="Fictional Health")
    payer.identifiers.create(kind="payer_id", value=payer_matching.comparable("60001"))
    assert Facility.objects.filter(npi="1000000001").exists()


def run(*files: Path, **options: str) -> tuple[str, int]:
    out = StringIO()
    try:
        call_command("import_remittances", *map(str, files), stdout=out, **options)
    except SystemExit as end:
        return out.getvalue(), int(str(end.code))
    return out.getvalue(), 0


def written(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_file_goes_through_to_work_items_and_the_table_says_what_it_held(tmp_path: Path, cast: Cast) -> None:
    known_payer()
    path = written(tmp_path, "may.835", file_of(Payment((Claim("RC-1"), Claim("RC-2", "50.00", "50.00")))))

    table, code = run(path, user="mara")

    assert code == 0
    assert table.splitlines()[1].split() == ["may.835", "2", "1", "$40.00", "0", "recorded"]
    assert WorkItem.objects.count() == 1
    assert RemittanceFile.objects.get().uploaded_by == cast.mara


def test_the_same_file_again_changes_nothing_and_says_so(tmp_path: Path) -> None:
    known_payer()
    path = written(tmp_path, "may.835", file_of(Payment()))
    run(path)

    table, code = run(path)

    assert code == 0
    assert "already recorded, nothing changed" in table
    assert (Remittance.objects.count(), WorkItem.objects.count()) == (1, 1)


def test_a_held_payment_asks_for_a_look(tmp_path: Path) -> None:
    known_payer()
    path = written(tmp_path, "odd.835", file_of(Payment(amount="70.00")))

    table, code = run(path)

    assert code == 1
    assert RemittanceFile.objects.get().findings.filter(severity=Severity.HOLD).exists()
    assert table.splitlines()[1].split()[4] == "1"


def test_a_payer_never_seen_asks_for_a_look(tmp_path: Path) -> None:
    table, code = run(written(tmp_path, "new.835", file_of(Payment())))

    assert code == 1
    assert "1 finding to look at" in table


def test_refused_and_missing_files_are_named_and_the_others_are_recorded(tmp_path: Path) -> None:
    known_payer()
    good, bad = written(tmp_path, "good.835", file_of(Payment())), written(tmp_path, "bad.835", b"hello")

    table, code = run(bad, tmp_path / "missing.835", good)

    lines = table.splitlines()
    assert code == 2
    assert "refused: The file is not X12" in lines[1]
    assert "cannot be read: No such file or directory" in lines[2]
    assert lines[3].endswith("recorded")


def test_a_person_nobody_knows_stops_the_command() -> None:
    with pytest.raises(CommandError, match="nobody here called zoe"):
        call_command("import_remittances", "x.835", user="zoe")


def test_acknowledgments_are_recorded_apart_from_denials_and_the_table_says_so(tmp_path: Path) -> None:
    good = written(tmp_path, "feb.277", claims_answered(Answered()))
    bad = written(tmp_path, "feb.999", sets_answered(accepted_set(), rejected_set("0002"), last_word="P*2*2*1"))

    table, code = run(good)
    assert code == 0
    assert table.splitlines()[1].split() == (
        ["feb.277", "1", "acknowledgment", "recorded:", "1", "accepted,", "0", "rejected"]
    )  # fmt: skip
    table, code = run(bad, good)
    assert code == 1
    assert "1 accepted, 1 rejected" in table
    assert "already recorded, nothing changed" in table
    assert not WorkItem.objects.exists()
