"""The same file from several processes at the same moment is one file, recorded once."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

from denials.models import Payer, RemittanceFile
from tests.denials.recorded import kept_of, said_in
from tests.faults.real_processes import running
from tests.remittance_text import Payment, file_of

PROCESSES = 4


def all_at_once(action: str, argument: str) -> list[str]:
    """What each of the processes says, all let go at the same moment."""
    with ExitStack() as stack:
        programs = [
            stack.enter_context(running("-m", "tests.faults.program", action, argument)) for _ in range(PROCESSES)
        ]
        for program in programs:
            assert program.stdout is not None
            assert program.stdout.readline() == "ready\n"
        for program in programs:
            assert program.stdin is not None
            program.stdin.write("\n")
            program.stdin.flush()
        return [program.communicate(timeout=120)[0].strip() for program in programs]


def test_several_people_who_upload_one_file_at_once_have_one_file(
    transactional_db: None, tmp_path: Path, private_files: Path
) -> None:
    path = tmp_path / "same.835"
    path.write_bytes(file_of(Payment()))

    answers = all_at_once("receive", str(path))

    assert sorted(answers) == ["False"] * (PROCESSES - 1) + ["True"]
    assert RemittanceFile.objects.count() == 1
    kept = [found for found in private_files.rglob("*") if found.is_file()]
    assert [found.read_bytes() for found in kept] == [path.read_bytes()]


def test_several_workers_that_record_one_file_at_once_record_it_once(
    sizeable: tuple[RemittanceFile, bytes],
) -> None:
    file, content = sizeable

    assert all_at_once("record", str(file.pk)) == ["recorded"] * PROCESSES

    assert kept_of(file) == said_in(content)
    assert Payer.objects.count() == 1
    findings = list(file.findings.values_list("transaction", "code"))
    assert len(findings) == len(set(findings))
