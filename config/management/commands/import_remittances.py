"""Records 835, 999 and 277CA files in this process: `manage.py import_remittances FILE...`."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

from django.core.management.base import CommandError, CommandParser
from django.db.models import Sum
from tqdm import tqdm

from accounts.models import User
from accounts.refusal import Refused
from config import pipeline
from config.prepared import PreparedCommand
from denials import intake
from denials.acknowledgments import ACCEPTED
from denials.models import Acknowledgment, Denial, Job, Remittance, RemittanceFile, RemittedClaim

DONE, LOOK, REFUSED = range(3)
"""Exit codes: all recorded; recorded with findings or held payments; a file refused."""
COLUMNS = ("file", "claims", "denials", "denied", "held", "result")


class Outcome(NamedTuple):
    """What became of one file."""

    code: int
    row: tuple[str, ...]


class Command(PreparedCommand):
    help = (
        "Records 835 files: keeps each, reads it, and takes it through to routed work items. Acknowledgments (999, 997,"
        " TA1, 277CA) are recorded apart from denials. The same file twice changes nothing. Exit code 0: all recorded;"
        " 1: recorded, with findings to look at, payments held or something rejected; 2: a file refused."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE", type=Path)
        parser.add_argument("--user", metavar="USERNAME", help="who brings the files; nobody in particular if left out")

    def handle(self, *args: Any, **options: Any) -> None:
        user = _user(options["user"])
        outcomes = [self._take(path, user) for path in options["files"]]
        self.stdout.write(table([outcome.row for outcome in outcomes]))
        if code := max(outcome.code for outcome in outcomes):
            sys.exit(code)

    def _take(self, path: Path, user: User | None) -> Outcome:
        try:
            with path.open("rb") as stream:
                file, _ = intake.receive(stream, path.name, user)
            if file.state == RemittanceFile.State.RECORDED:
                return Outcome(DONE, _row(path, file, "already recorded, nothing changed"))
            job = intake.confirm(file, user)
        except OSError as error:
            return Outcome(REFUSED, (path.name, "", "", "", "", f"cannot be read: {error.strerror}"))
        except Refused as refusal:
            return Outcome(REFUSED, (path.name, "", "", "", "", f"refused: {refusal.sentence}"))
        _finish(job, path.name)
        return _outcome(path, file, job)


def _user(username: str | None) -> User | None:
    if username is None:
        return None
    try:
        return User.objects.get(username=username)
    except User.DoesNotExist as missing:
        raise CommandError(f"There is nobody here called {username}.") from missing


def _finish(job: Job, name: str) -> None:
    """Does the job here, or waits for the worker that was faster; a passing error is tried again."""
    with _bar(name) as watch:
        pipeline.run(job.pk, watch)
        job.refresh_from_db()
        while not job.is_finished:
            time.sleep(0.5)
            pipeline.run(job.pk, watch)
            job.refresh_from_db()
            watch(job.stage, job.done, job.total)


@contextmanager
def _bar(name: str) -> Iterator[pipeline.Report]:
    with tqdm(total=1, desc=name, unit="", file=sys.stderr, leave=False, bar_format=_BAR) as bar:

        def watch(stage: str, done: int, total: int) -> None:
            bar.set_description_str(f"{name}: {stage}", refresh=False)
            bar.total = total
            bar.n = min(done, total)
            bar.refresh()

        yield watch


_BAR = "{desc} {percentage:3.0f}%|{bar}| {elapsed}"


def _outcome(path: Path, file: RemittanceFile, job: Job) -> Outcome:
    file.refresh_from_db()
    if file.state == RemittanceFile.State.REFUSED:
        return Outcome(REFUSED, _row(path, file, f"refused: {file.refusal}"))
    if job.state == Job.State.FAILED:
        return Outcome(REFUSED, _row(path, file, f"not finished: {job.trouble}"))
    findings = file.findings.count()
    if file.kind == RemittanceFile.Kind.ACKNOWLEDGMENT:
        return _acknowledged(path, file, findings)
    if findings or _held(file):
        counted = "1 finding" if findings == 1 else f"{findings} findings"
        return Outcome(LOOK, _row(path, file, f"recorded, {counted} to look at"))
    return Outcome(DONE, _row(path, file, "recorded"))


def _acknowledged(path: Path, file: RemittanceFile, findings: int) -> Outcome:
    """Claims answered stand in the table; nothing of it is a denial."""
    answers = Acknowledgment.objects.filter(file=file)
    rejected = answers.filter(status=Acknowledgment.Status.REJECTED).count()
    accepted = answers.filter(status__in=ACCEPTED).count()
    claims = answers.filter(level=Acknowledgment.Level.CLAIM).count()
    said = [f"acknowledgment recorded: {accepted:,} accepted, {rejected:,} rejected"]
    if findings:
        said.append("1 finding to look at" if findings == 1 else f"{findings} findings to look at")
    code = LOOK if rejected or findings else DONE
    return Outcome(code, (path.name, f"{claims:,}", "", "", "", ", ".join(said)))


def _row(path: Path, file: RemittanceFile, result: str) -> tuple[str, ...]:
    claims = RemittedClaim.objects.filter(remittance__file=file).count()
    denials = Denial.objects.filter(remitted_claim__remittance__file=file, is_denial=True)
    denied = denials.aggregate(total=Sum("denied_amount"))["total"] or Decimal(0)
    return (path.name, f"{claims:,}", f"{denials.count():,}", f"${denied:,.2f}", f"{_held(file):,}", result)


def _held(file: RemittanceFile) -> int:
    return file.remittances.filter(state=Remittance.State.HELD).count()


def table(rows: list[tuple[str, ...]]) -> str:
    """Rows under their headings; the numbers stand right."""
    widths = [max(len(row[at]) for row in (COLUMNS, *rows)) for at in range(len(COLUMNS))]
    lines = []
    for row in (COLUMNS, *rows):
        numbers = [row[at].rjust(widths[at]) for at in range(1, 5)]
        lines.append("  ".join([row[0].ljust(widths[0]), *numbers, row[5]]).rstrip())
    return "\n".join(lines)
