"""Which product line of a payer a claim belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol


class PlanFacts(Protocol):
    """What a claim payment says about the plan that pays it: a reported claim, or the row it was recorded in."""

    @property
    def filing_code(self) -> str:
        """CLP06, the claim filing indicator (X12 835, element 1032): MB, 12, HM."""

    @property
    def contract(self) -> str:
        """REF*CE, the class of contract."""

    @property
    def member_id(self) -> str:
        """NM109 of the patient or subscriber; plans often begin it with a prefix of their own."""


@dataclass(slots=True, frozen=True)
class ProductScope:
    """One product line: by which filing indicators, and by which first letters of its ids, claims belong to it."""

    id: int
    name: str
    filing_codes: tuple[str, ...] = ()
    id_prefixes: tuple[str, ...] = ()


@dataclass(slots=True, frozen=True)
class ChosenProduct:
    """The product line, None where no one line fits best, and why."""

    product: ProductScope | None
    because: str


def product_of(claim: PlanFacts, products: Sequence[ProductScope]) -> ChosenProduct:
    """The most specific line that fits: each list of a line that is filled in must hold something of the claim.

    A longer prefix beats a shorter one, a prefix beats a filing indicator, and a line that asks nothing takes what no
    other takes. Lines that fit equally are not guessed between.
    """
    fitting = [(rank, product) for product in products if (rank := _rank(claim, product)) is not None]
    if not fitting:
        return ChosenProduct(None, "No product line of this payer fits the claim; the payer's own values count.")
    best = max(rank for rank, _ in fitting)
    chosen = [product for rank, product in fitting if rank == best]
    if len(chosen) > 1:
        names = " and ".join(sorted(product.name for product in chosen))
        return ChosenProduct(None, f"The product lines {names} fit the claim equally; the payer's own values count.")
    return ChosenProduct(chosen[0], _because(claim, chosen[0]))


def comparable_id(text: str) -> str:
    """Upper case without spaces and dashes, so that H1234-001 and h1234 001 begin alike."""
    return "".join(sign for sign in text.upper() if sign.isalnum())


def _rank(claim: PlanFacts, product: ProductScope) -> tuple[int, bool] | None:
    """Length of the prefix that fits, then whether the filing indicator does; None where the line does not fit."""
    if product.filing_codes and claim.filing_code.strip().upper() not in product.filing_codes:
        return None
    prefix = _prefix(claim, product.id_prefixes)
    if product.id_prefixes and not prefix:
        return None
    return len(prefix), bool(product.filing_codes)


def _prefix(claim: PlanFacts, prefixes: Iterable[str]) -> str:
    """The longest of these with which the class of contract or the member id begins."""
    ids = [comparable_id(claim.contract), comparable_id(claim.member_id)]
    fitting = [prefix for prefix in map(comparable_id, prefixes) if prefix and any(i.startswith(prefix) for i in ids)]
    return max(fitting, key=len, default="")


def _because(claim: PlanFacts, product: ProductScope) -> str:
    """Names what the product line asks for, never the id itself: a member id is the patient's."""
    found = []
    if prefix := _prefix(claim, product.id_prefixes):
        found.append(f"an id that begins with {prefix}")
    if product.filing_codes:
        found.append(f"filing indicator {claim.filing_code.strip().upper()} (CLP06)")
    if not found:
        return f"Product line {product.name}: it takes the claims that no other line takes."
    return f"Product line {product.name} by {' and '.join(found)}."
