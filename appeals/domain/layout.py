"""A letter's text as blocks to print: the letterhead, the references, the signature, and plain paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from appeals.domain.letters import Piece, pieces

REFERENCE = re.compile(r"(Re|Subject): ")
LABEL = re.compile(r"([A-Z][^:{}\n]{0,40}): +(?=\S)")
LETTERHEAD, REFERENCES, SIGNATURE, PARAGRAPH = "letterhead", "reference", "signature", "paragraph"


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of the references: `Patient` and what stands after the colon."""

    label: str
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together. `facts` only for references."""

    kind: str
    lines: list[list[Piece]]
    facts: list[Fact] = field(default_factory=list)


def blocks(text: str, *, sender: str, signer: str) -> list[Block]:
    """The text cut at its empty lines. The block that begins with the name of the sender or signer is known by it."""
    found = [part.strip("\n") for part in re.split(r"\n[ \t]*\n", text) if part.strip()]
    return [_block(part, sender if number == 0 else "", signer) for number, part in enumerate(found)]


def _block(part: str, sender: str, signer: str) -> Block:
    rows = part.split("\n")
    lines = [pieces(row) for row in rows]
    if sender and rows[0].strip() == sender.strip():
        return Block(LETTERHEAD, lines)
    if signer and rows[0].strip() == signer.strip():
        return Block(SIGNATURE, lines)
    if REFERENCE.match(part) and all(LABEL.match(row) for row in rows):
        return Block(REFERENCES, lines, list(_facts(rows)))
    return Block(PARAGRAPH, lines)


def _facts(rows: list[str]) -> Iterator[Fact]:
    for row in rows:
        label, _, said = row.partition(": ")
        yield Fact(label, pieces(said.strip()))
