"""Says what each claim of 835 files is, and writes nothing."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.utils import timezone

from config.explained_json import as_json, dollars
from config.explaining import Explained, Read, explain
from config.prepared import PreparedCommand
from denials.domain.facts import Severity
from worklists.pressing import pressing_now

READ, READ_WITH_FINDINGS, REFUSED = 0, 1, 2
HEADS = (
    "Claim", "Charged", "Paid", "Outcome", "Denied", "Reason", "Category", "Queue", "Last day", "Days left", "Next",
)  # fmt: skip
WIDTHS = "{:<20} {:>12} {:>12} {:<17} {:>12} {:<10} {:<22} {:<24} {:>10} {:>9} {}"
STATUSES = ("contracted", "non_contracted")


class Command(PreparedCommand):
    help = (
        "Reads 835 files and says what each claim is, without writing anything."
        " Exit code 0 read, 1 findings, 2 refused."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", type=Path, nargs="+", metavar="file")
        parser.add_argument("--json", action="store_true", help="one JSON list, one object per claim in file order")
        parser.add_argument("--payer", default="", metavar="KEY", help="whose remittance it is, such as medicare_ffs")
        parser.add_argument("--product", default="", metavar="NAME", help="product line, such as 'Part B'")
        parser.add_argument("--jurisdiction", default="", metavar="ST", help="state whose time limits count")
        parser.add_argument(
            "--provider-status", default="", choices=STATUSES, help="whether we have a contract with the payer"
        )
        parser.add_argument("--as-of", type=date.fromisoformat, metavar="YYYY-MM-DD", help="the day to count from")
        parser.add_argument(
            "--among-open", action="store_true", help="rank among the open work of this site too, not these files alone"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        as_of = options["as_of"] or timezone.localdate()
        read = Read(options["payer"], options["product"], options["jurisdiction"], options["provider_status"], as_of)
        explained = Explained()
        for path in options["files"]:
            found = self._explain(path, read)
            explained.claims += found.claims
            explained.findings += found.findings
        if options["json"]:
            others = pressing_now() if options["among_open"] else []
            self.stdout.write(json.dumps(as_json(explained, as_of, others), indent=2))
        else:
            self._table(explained, as_of)
        for finding in explained.findings:
            self.stderr.write(f"{finding.severity}: {finding.message}")
        if explained.findings:
            sys.exit(READ_WITH_FINDINGS)

    def _explain(self, path: Path, read: Read) -> Explained:
        try:
            with path.open("rb") as source:
                explained = explain(source, read)
        except OSError as error:
            self._refuse(f"{path}: {error.strerror}.")
        refusal = next((f for f in explained.findings if f.severity is Severity.REJECT), None)
        if refusal is not None and not explained.claims:
            self._refuse(f"{path}: {refusal.message}")
        return explained

    def _refuse(self, sentence: str) -> None:
        self.stderr.write(sentence)
        sys.exit(REFUSED)

    def _table(self, explained: Explained, as_of: date) -> None:
        self.stdout.write(WIDTHS.format(*HEADS))
        for each in explained.claims:
            claim, conclusion = each.claim, each.conclusion
            last_day = each.dated.deadline if each.dated else None
            self.stdout.write(
                WIDTHS.format(
                    claim.claim_number[:20],
                    dollars(claim.charge) or "unknown",
                    dollars(claim.paid) or "unknown",
                    conclusion.outcome,
                    dollars(conclusion.denied_amount) or "",
                    conclusion.primary_reason or "",
                    conclusion.category,
                    each.queue,
                    last_day.date.isoformat() if last_day else "",
                    (last_day.date - as_of).days if last_day else "",
                    conclusion.next_action[:60],
                )
            )
