"""Makes a synthetic practice: `manage.py make_practice [--size small|demo|large] [--out DIR] [--no-import]`."""

from __future__ import annotations

import json
import time
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from tqdm import tqdm

from config import pipeline, practice
from config.prepared import PreparedCommand
from denials.models import Job
from denials.practice import SIZES, Practice, generate

TRUTH = "truth.json"


class Command(PreparedCommand):
    help = (
        "Writes the 835 files of a made-up practice and their truth to a folder, and brings them in through the real"
        " intake. The same seed and date make the same files, and files that are here already change nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=practice.SEED)
        parser.add_argument(
            "--as-of",
            type=date.fromisoformat,
            metavar="YYYY-MM-DD",
            help="day of the newest payments; today if left out",
        )
        parser.add_argument("--size", choices=SIZES, default="demo")
        parser.add_argument("--out", type=Path, metavar="DIR", default=settings.DATA_DIR / "practice")
        parser.add_argument("--no-import", action="store_true", help="only write the files")

    def handle(self, *args: Any, **options: Any) -> None:
        if not options["no_import"] and settings.ENV == "production":
            raise CommandError(
                "Made-up patients never go into a production database. Nothing was written: --no-import."
            )
        as_of = options["as_of"] or timezone.localdate()
        made = generate(options["seed"], as_of, options["size"])
        try:
            write(made, options["out"])
        except OSError as error:
            raise CommandError(f"The files cannot be written to {options['out']}: {error.strerror}.") from error
        if not options["no_import"]:
            bring_in(made, as_of)
        self.stdout.write(_summary(made, options["out"]))


def write(made: Practice, folder: Path) -> None:
    """Writes the files and the truth; those of a practice written there before go first."""
    folder.mkdir(parents=True, exist_ok=True)
    truth = folder / TRUTH
    if truth.exists():
        for file in json.loads(truth.read_text())["files"]:
            (folder / Path(file["name"]).name).unlink(missing_ok=True)
    for name, content in made.files:
        (folder / name).write_bytes(content)
    truth.write_text(json.dumps(made.truth, indent=1) + "\n")


def bring_in(made: Practice, as_of: date) -> None:
    """Facilities and payers first, as an admin would enter them; then file by file, oldest first."""
    practice.install_master_data(as_of)
    with tqdm(total=len(made.files), desc="Bringing files in", unit="file", leave=False, disable=None) as bar:

        def watch(done: int, total: int) -> None:
            bar.update(done - bar.n)

        practice.bring_in(made, None, _do, watch)


def _do(job: Job) -> None:
    """Does the job here, or waits for the worker that was faster: files must come in by their dates."""
    pipeline.run(job.pk)
    job.refresh_from_db()
    while not job.is_finished:
        time.sleep(0.2)
        pipeline.run(job.pk)
        job.refresh_from_db()
    if job.state == Job.State.FAILED:
        raise CommandError(f"A file was kept, but not recorded: {job.trouble}")


def _summary(made: Practice, folder: Path) -> str:
    totals = made.truth["totals"]
    return (
        f"{totals['files']} files, {totals['claims']:,} claims, {totals['denied_claims']:,} denied at first"
        f" (${totals['denied']}), {totals['open_denials']:,} of them still (${totals['open_denied']}).\n"
        f"The files and {TRUTH} are in {folder}."
    )
