"""Which of a payer's product lines a claim belongs to, and what therefore counts for it.

`product_for(payer, claim)` answers for one claim; for many, take `current()` once and ask its `line_of`:

    lines = payer_products.current()
    line = lines.line_of(payer, claim)   # claim: ReportedClaim or RemittedClaim
    deadline(rules, payer_key=line.rules_key, product=line.product, jurisdiction=line.jurisdiction,
             provider_status=line.provider_status, ...)

A payer without product lines gives a line that holds its own values.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from denials.domain.products import PlanFacts, ProductScope, product_of
from denials.models import Payer, PayerProduct
from denials.versions import last_changes

OWN = "This payer has no product lines; its own values count."


@dataclass(slots=True, frozen=True)
class PayerLine:
    """What counts for one claim: the product line's value where it has one, else the payer's."""

    product_id: int | None
    name: str
    """Of the product line; empty where the payer's own values count."""
    kind: str
    rules_key: str
    """Under which key the time limits stand that apply."""
    product: str
    """The word by which time limits name the product; empty fits any."""
    jurisdiction: str
    provider_status: str
    """contracted or non_contracted."""
    response_days: int
    claims_per_call: int | None
    because: str


@dataclass(slots=True, frozen=True)
class PayerLines:
    """The product lines of all payers, read once for many claims."""

    by_payer: Mapping[int, Sequence[PayerProduct]] = field(default_factory=dict)

    def line_of(self, payer: Payer, claim: PlanFacts) -> PayerLine:
        """What counts for this claim of this payer."""
        products = self.by_payer.get(payer.pk)
        if not products:
            return _line(payer, None, OWN)
        chosen = product_of(claim, [_scope(product) for product in products])
        known = {product.pk: product for product in products}
        return _line(payer, known[chosen.product.id] if chosen.product else None, chosen.because)


_latest: tuple[tuple[int, ...], PayerLines] | None = None


def current() -> PayerLines:
    """The active product lines as they stand now, read once per change."""
    global _latest
    version = last_changes(PayerProduct)
    if _latest is None or _latest[0] != version:
        by_payer = defaultdict(list)
        for product in PayerProduct.objects.filter(is_active=True).order_by("pk"):
            by_payer[product.payer_id].append(product)
        _latest = (version, PayerLines(by_payer))
    return _latest[1]


def lines_of(payer: Payer) -> QuerySet[PayerProduct]:
    """The active product lines of one payer, as `PayerLines` wants them."""
    return PayerProduct.objects.filter(payer=payer, is_active=True).order_by("pk")


def product_for(payer: Payer, claim: PlanFacts) -> PayerLine:
    """What counts for one claim. For many claims ask `current()` once: this asks each time whether lines changed."""
    return current().line_of(payer, claim)


def _scope(product: PayerProduct) -> ProductScope:
    return ProductScope(product.pk, product.name, tuple(product.filing_codes), tuple(product.id_prefixes))


def _line(payer: Payer, product: PayerProduct | None, because: str) -> PayerLine:
    is_contracted = payer.is_contracted
    if product is not None and product.is_contracted is not None:
        is_contracted = product.is_contracted
    return PayerLine(
        product_id=product.pk if product else None,
        name=product.name if product else "",
        kind=(product.kind if product else "") or payer.kind,
        rules_key=(product.rules_key if product else "") or payer.rules_key or payer.key,
        product=(product.product if product else "") or payer.product,
        jurisdiction=(product.jurisdiction if product else "") or payer.jurisdiction,
        provider_status="contracted" if is_contracted else "non_contracted",
        response_days=(product.response_days if product else None) or payer.response_days,
        claims_per_call=(product.claims_per_call if product else None) or payer.claims_per_call,
        because=because,
    )
