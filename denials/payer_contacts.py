"""Where to write to a payer, whom to call, and how sure that is: the product line's contact, else the payer's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from accounts.models import User
from accounts.refusal import Refused
from denials.domain.products import PlanFacts
from denials.domain.verified import verified
from denials.models import Payer, PayerContact, PayerProduct
from denials.payer_products import PayerLines, product_for

Kind = PayerContact.Kind


@dataclass(frozen=True, slots=True)
class Contact:
    """One contact as people read it."""

    id: int
    kind: str
    label: str
    value: str
    note: str
    of: str
    """The product line that it is for; empty for the whole payer."""
    verified: str
    is_doubtful: bool
    """Nobody checked it for long: worth a call before a letter goes there."""

    @property
    def is_address(self) -> bool:
        """Whether a browser can open it."""
        return self.kind == Kind.PORTAL and self.value.lower().startswith(("https://", "http://"))


def contacts_for(payer: Payer, claim: PlanFacts, today: date) -> dict[str, Contact]:
    """By kind what counts for this claim: its product line's contact where there is one, else the payer's."""
    return _fitting(current_of(payer), product_for(payer, claim).product_id, today)


def contacts_among(
    rows: Iterable[PayerContact], products: Sequence[PayerProduct], payer: Payer, claim: PlanFacts, today: date
) -> dict[str, Contact]:
    """The same from what was read before: `current_of(payer)` and `payer_products.lines_of(payer)`."""
    return _fitting(rows, PayerLines({payer.pk: products}).line_of(payer, claim).product_id, today)


def current_of(payer: Payer) -> QuerySet[PayerContact]:
    return PayerContact.objects.filter(payer=payer, is_current=True).select_related("product")


def in_place_of(row: PayerContact) -> PayerContact | None:
    """The row while it counts, else what counts instead."""
    return row if row.is_current else current_of(row.payer).filter(kind=row.kind, product=row.product_id).first()


def _fitting(rows: Iterable[PayerContact], product: int | None, today: date) -> dict[str, Contact]:
    rows = list(rows)
    own = {row.kind: row for row in rows if row.product_id is None}
    of_product = {row.kind: row for row in rows if product is not None and row.product_id == product}
    return {kind: shown(row, today) for kind, row in (own | of_product).items()}


def contacts_of(payer: Payer, today: date) -> list[Contact]:
    """Every current contact of the payer and its product lines, the payer's own first."""
    order = list(Kind)
    return [
        shown(row, today)
        for row in sorted(
            current_of(payer), key=lambda row: (row.product.name if row.product else "", order.index(Kind(row.kind)))
        )
    ]


def shown(row: PayerContact, today: date) -> Contact:
    """The row in words, with how long ago it was checked."""
    age = verified(row.verified_on, today)
    return Contact(
        id=row.pk,
        kind=row.kind,
        label=row.get_kind_display(),
        value=row.value,
        note=row.note,
        of=row.product.name if row.product else "",
        verified=age.words,
        is_doubtful=age.is_doubtful,
    )


@transaction.atomic
def keep(
    payer: Payer,
    kind: str,
    value: str,
    *,
    product: PayerProduct | None = None,
    note: str = "",
    verified_on: date | None = None,
    verified_by: User | None = None,
) -> PayerContact:
    """Writes a contact down. The one that was current for the same line and kind stays as history."""
    Payer.objects.select_for_update().get(pk=payer.pk)
    if product is not None and product.payer_id != payer.pk:
        raise Refused("Nothing was saved: this product line belongs to another payer.")
    PayerContact.objects.filter(payer=payer, product=product, kind=kind, is_current=True).update(is_current=False)
    return PayerContact.objects.create(
        payer=payer,
        product=product,
        kind=kind,
        value=value,
        note=note,
        verified_on=verified_on,
        verified_by=verified_by if verified_on else None,
    )


@transaction.atomic
def replace(old: PayerContact | None, payer: Payer, given: Mapping[str, Any], user: User) -> PayerContact:
    """What a form gave takes the place of `old`, also where it is of another kind or for another line now."""
    if old is not None:
        retire(old)
    return keep(
        payer,
        given["kind"],
        given["value"].strip(),
        product=given["product"],
        note=given["note"],
        verified_on=given["verified_on"],
        verified_by=user,
    )


def verify(contact: PayerContact, user: User, today: date) -> None:
    """Somebody checked that it still holds."""
    contact.verified_on, contact.verified_by = today, user
    contact.save(update_fields=["verified_on", "verified_by"])


def retire(contact: PayerContact) -> None:
    """It holds no more and nothing takes its place. The row stays as history."""
    contact.is_current = False
    contact.save(update_fields=["is_current"])
