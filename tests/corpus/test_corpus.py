"""Real-shaped files from public repositories: ours agrees with two independent readers, or the reason is written here.

The files are not part of this repository. They are looked for in ../shared/corpus, or where OVERTURN_CORPUS says.
"""

from __future__ import annotations

import os
from io import BytesIO
from pathlib import Path

import oxedi
import pytest

from denials.domain.facts import Finding, RemittanceHeader, ReportedClaim, ReportedLine, Severity
from denials.domain.remittance import read_remittances
from denials.domain.x12 import NotReadable, segments
from tests.corpus.witnesses import (
    Claim,
    NotReadByWitness,
    Segments,
    by_oxedi,
    by_pyx12,
    claims,
    unbalanced_by_oxedi,
    without_end,
)

CORPUS = Path(os.environ.get("OVERTURN_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
FILES = sorted(path for path in CORPUS.glob("*") if path.name != "README.md")
NO_ISA = {"affect__exhaustive_sample.txt", "keiron__blue_cross_nc_sample.txt", "imsweb__x12_no_isa_line.txt"}
LINE_BREAK_IN_ISA = {"tigershark__835-example.txt", "tigershark__835-example-2.txt"}
"""A line break stands between ISA16 and the terminator ~. Both witnesses take the line break for the terminator and
name every segment "~GS", "~ST", "~CLP", so they find no claim. They are given the file without its line breaks, and
with the terminator behind IEA that it lacks, without which pyx12 drops the segment."""
LINES_CHARGE_OTHERWISE = {"lfh__tertiary-payment.835": ("claim_balance", 15)}
"""The elements of its SVC are shifted by one, so the line charges more than the claim. Ours adds up the lines' charges;
oxedi has no such rule."""
REFUSED_BY_PYX12 = {
    "edicli__simple-835.edi",
    "imsweb__x12_bad_first_line.txt",
    "tigershark__837-example.txt",
    "tigershark__837I-Examples.txt",
    "tigershark__837I-Patient-NotSubscriber.txt",
    "tigershark__837I-Patient-NotSubscriber2.txt",
    "tigershark__837I-Patient-Subscriber.txt",
}
"""The fields of the ISA are not padded; pyx12 reads separators at fixed places of a 106-byte ISA only."""

pytestmark = pytest.mark.skipif(not FILES, reason=f"the corpus is not there: {CORPUS} (set OVERTURN_CORPUS)")
each_file = pytest.mark.parametrize(
    "path", [path for path in FILES if path.name not in NO_ISA], ids=lambda path: path.name
)


def ours(path: Path) -> Segments:
    return [without_end(elements) for _, elements in segments(BytesIO(path.read_bytes()))]


def our_claims(path: Path) -> list[Claim]:
    found = []
    for claim in read_remittances(BytesIO(path.read_bytes())):
        if isinstance(claim, ReportedClaim):
            levels = [(0, claim.adjustments), *[(line.number, line.adjustments) for line in claim.lines]]
            remarks = [(0, claim.remarks), *[(line.number, line.remarks) for line in claim.lines]]
            found.append(
                Claim(
                    claim.claim_number,
                    claim.charge,
                    claim.paid,
                    [(service(line), line.charge, line.paid) for line in claim.lines],
                    [(line, each.group, each.code, each.amount) for line, level in levels for each in level],
                    [(line, code) for line, level in remarks for code in level],
                )
            )
    return found


def service(line: ReportedLine) -> list[str]:
    parts = [line.qualifier, line.procedure or line.revenue_code, *line.modifiers]
    return [part for part in parts if part]


def our_unbalanced(path: Path) -> set[tuple[str, int]]:
    found, start = set(), 0
    for event in read_remittances(BytesIO(path.read_bytes())):
        if isinstance(event, RemittanceHeader):
            start = event.segment_from
        elif isinstance(event, Finding) and event.code in ("unbalanced_claim", "repeated_adjustments"):
            found.add(("claim_balance", event.segment or 0))
        elif isinstance(event, Finding) and event.code == "unbalanced_line":
            found.add(("service_balance", event.segment or 0))
        elif isinstance(event, Finding) and event.code == "unbalanced_transaction":
            found.add(("transaction_balance", start))
    return found


def for_witness(path: Path) -> bytes:
    data = path.read_bytes()
    return data.replace(b"\r", b"").replace(b"\n", b"") + b"~" if path.name in LINE_BREAK_IN_ISA else data


def test_the_whole_corpus_is_there() -> None:
    assert len(FILES) == 80
    assert {path.name for path in FILES} >= NO_ISA | LINE_BREAK_IN_ISA | REFUSED_BY_PYX12


@each_file
def test_oxedi_frames_the_same_segments(path: Path) -> None:
    assert ours(path) == by_oxedi(for_witness(path))


@each_file
def test_pyx12_frames_the_same_segments(path: Path) -> None:
    if path.name in REFUSED_BY_PYX12:
        with pytest.raises(NotReadByWitness, match="Version Number is unknown"):
            by_pyx12(for_witness(path))
    else:
        assert ours(path) == by_pyx12(for_witness(path))


@pytest.mark.parametrize("name", sorted(LINE_BREAK_IN_ISA))
def test_both_witnesses_misread_a_line_break_before_the_terminator(name: str) -> None:
    data = (CORPUS / name).read_bytes()
    assert claims(by_oxedi(data)) == claims(by_pyx12(data)) == []


@each_file
def test_oxedi_finds_the_same_claims_amounts_adjustments_and_remarks(path: Path) -> None:
    assert our_claims(path) == claims(by_oxedi(for_witness(path)))


@each_file
def test_pyx12_finds_the_same_claims_amounts_adjustments_and_remarks(path: Path) -> None:
    if path.name not in REFUSED_BY_PYX12:
        assert our_claims(path) == claims(by_pyx12(for_witness(path)))


@each_file
def test_oxedi_counts_the_same_claims_in_its_own_tables(path: Path) -> None:
    assert len(our_claims(path)) == oxedi.parse(for_witness(path)).count_claims()


@each_file
def test_oxedi_finds_the_same_balances_broken(path: Path) -> None:
    only_ours = {LINES_CHARGE_OTHERWISE[path.name]} if path.name in LINES_CHARGE_OTHERWISE else set()
    assert our_unbalanced(path) == unbalanced_by_oxedi(for_witness(path)) | only_ours


@each_file
def test_a_file_without_claim_payments_is_rejected_and_no_other(path: Path) -> None:
    events = list(read_remittances(BytesIO(path.read_bytes())))
    rejected = any(isinstance(event, Finding) and event.severity == Severity.REJECT for event in events)
    assert rejected == (["ST", "835"] not in [segment[:2] for segment in by_oxedi(for_witness(path))])


@pytest.mark.parametrize("name", sorted(NO_ISA))
def test_a_file_without_interchange_header_is_refused(name: str) -> None:
    with pytest.raises(NotReadable, match=r"interchange header \(ISA\) is missing"):
        list(segments(BytesIO((CORPUS / name).read_bytes())))
