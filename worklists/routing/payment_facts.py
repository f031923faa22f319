"""What claim payments say that their denials do not hold: for rules that ask who, which procedure and what else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from denials.models import Adjustment, Denial, RemittedClaim, RemittedLine

EVERYTHING = frozenset({"rendering_npi", "procedures", "modifiers", "codes"})


@dataclass(frozen=True, slots=True)
class Said:
    """Of one denial, as `worklists.domain.routing_facts.Facts` has it; what nobody asks for stays empty."""

    rendering_npi: str = ""
    procedures: tuple[str, ...] = ()
    modifiers: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()


def said_about(denials: Sequence[Denial], asks: Collection[str]) -> dict[int, Said]:
    """By denial id, read in one query for each kind of row that holds something of `asks`; none where nothing is."""
    payments = [denial.remitted_claim_id for denial in denials]
    providers: dict[int, str] = {}
    if "rendering_npi" in asks:
        providers = dict(RemittedClaim.objects.filter(pk__in=payments).values_list("pk", "rendering_npi"))
    codes = _codes(payments) if "codes" in asks else {}
    lines = _lines(payments) if {"procedures", "modifiers"}.intersection(asks) else {}
    return {
        denial.pk: Said(
            providers.get(denial.remitted_claim_id, ""),
            *_of_denied(denial, lines.get(denial.remitted_claim_id, ())),
            tuple(codes.get(denial.remitted_claim_id, ())),
        )
        for denial in denials
    }


def _codes(payments: Collection[int]) -> dict[int, dict[str, None]]:
    """Each reason plain and with its group, in the order of the file."""
    found: dict[int, dict[str, None]] = defaultdict(dict)
    rows = Adjustment.objects.filter(remitted_claim__in=payments).order_by("remitted_claim_id", "ordinal")
    for payment, group, code in rows.values_list("remitted_claim_id", "group", "code"):
        found[payment] |= {code: None, f"{group}-{code}": None}
    return found


Line = tuple[int, str, list[str]]


def _lines(payments: Collection[int]) -> dict[int, list[Line]]:
    found: dict[int, list[Line]] = defaultdict(list)
    rows = RemittedLine.objects.filter(remitted_claim__in=payments).order_by("remitted_claim_id", "number")
    for payment, *line in rows.values_list("remitted_claim_id", "number", "procedure", "modifiers"):
        found[payment].append(tuple(line))  # type: ignore[arg-type]
    return found


def _of_denied(denial: Denial, lines: Iterable[Line]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Procedures and modifiers of the denied lines; of all lines where the claim was denied as a whole."""
    denied = [line for line in lines if not denial.denied_lines or line[0] in denial.denied_lines]
    procedures = dict.fromkeys(procedure for _, procedure, _ in denied if procedure)
    return tuple(procedures), tuple(dict.fromkeys(each for _, _, modifiers in denied for each in modifiers))
