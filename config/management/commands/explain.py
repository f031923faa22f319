"""Says what each claim of an 835 file is, and writes nothing."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from config.explaining import Explained, as_json, dollars, explain
from config.prepared import PreparedCommand
from denials.domain.facts import Severity

READ, READ_WITH_FINDINGS, REFUSED = 0, 1, 2


class Command(PreparedCommand):
    help = (
        "Reads an 835 and says what each claim is, without writing anything. Exit code 0 read, 1 findings, 2 refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--json", action="store_true", help="one JSON list, one object per claim in file order")
        parser.add_argument("--payer", default="", metavar="KEY", help="whose remittance it is, such as medicare_ffs")
        parser.add_argument("--product", default="", metavar="NAME", help="product line, such as 'Part B'")
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day to count from")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            with path.open("rb") as source:
                explained = explain(source, payer_key=options["payer"], product=options["product"])
        except OSError as error:
            self._refuse(f"{path}: {error.strerror}.")
        refusal = next((f for f in explained.findings if f.severity is Severity.REJECT), None)
        if refusal is not None and not explained.claims:
            self._refuse(f"{path}: {refusal.message}")
        as_of = options["as_of"] or timezone.localdate()
        if options["json"]:
            self.stdout.write(json.dumps(as_json(explained, as_of), indent=2))
        else:
            self._table(explained, as_of)
        for finding in explained.findings:
            self.stderr.write(f"{finding.severity}: {finding.message}")
        if explained.findings:
            sys.exit(READ_WITH_FINDINGS)

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(REFUSED)

    def _table(self, explained: Explained, as_of: date) -> None:
        widths = "{:<20} {:>12} {:>12} {:<17} {:>12} {:<10} {:<22} {:<24} {:>10} {:>9} {}"
        self.stdout.write(
            widths.format(
                "Claim",
                "Charged",
                "Paid",
                "Outcome",
                "Denied",
                "Reason",
                "Category",
                "Queue",
                "Last day",
                "Days left",
                "Next",
            )
        )
        for claim, conclusion, queue, last_day in explained.claims:
            self.stdout.write(
                widths.format(
                    claim.claim_number[:20],
                    dollars(claim.charge) or "unknown",
                    dollars(claim.paid) or "unknown",
                    conclusion.outcome,
                    dollars(conclusion.denied_amount) or "",
                    conclusion.primary_reason or "",
                    conclusion.category,
                    queue,
                    last_day.date.isoformat() if last_day else "",
                    (last_day.date - as_of).days if last_day else "",
                    conclusion.next_action[:60],
                )
            )
