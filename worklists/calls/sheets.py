"""What a call to a payer can settle: which calls are worth making, and the sheet of one, most pressing first.

What a code's denial can be asked about stands in the dictionary (`CodeHandling.call_asks`); what was sent and whose day
to ask has come is asked about whatever the code. How many claims a payer discusses in one call is the payer's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q, QuerySet, prefetch_related_objects

from accounts.formatting import money
from accounts.models import Facility, User
from denials import payer_products
from denials.models import CodeHandling, CodeSystem, Denial, Payer
from denials.payer_contacts import Contact, contacts_of
from worklists import code_words, split
from worklists.lists import workable
from worklists.models import CallClaim, Resolution, WorkItem
from worklists.models.items import WorkItemQuerySet

LOOKED_AT = 1000
"""Of the most pressing items: what is further down is not called about today."""
USUAL_LIMIT = 25
"""Claims of one call to a payer whose limit nobody knows."""


@dataclass(frozen=True, slots=True)
class Line:
    """Whom a call goes to: a payer, or one of its product lines, on behalf of one tax ID."""

    payer: int
    product: int | None
    biller: int
    """The first facility of the tax ID: its key in addresses."""


@dataclass(slots=True)
class Pick:
    """One call that is worth making."""

    line: Line
    payer: str
    product: str
    biller: Facility
    limit: int | None
    claims: int = 0
    amount: Decimal = Decimal(0)
    first_due: date | None = None


@dataclass(frozen=True, slots=True)
class SheetClaim:
    """One claim as it is read out on the phone."""

    item: WorkItem
    asks: str
    why: str
    parts: Sequence[Denial]
    """What it holds beside the denial that it stands for, of a claim that the payer split."""

    @property
    def payer_numbers(self) -> str:
        own = self.item.denial.remitted_claim.payer_control_number or self.item.claim.payer_control_number
        return ", ".join(filter(None, [own, *(part.remitted_claim.payer_control_number for part in self.parts)]))

    @property
    def charges(self) -> str:
        """In the order of their numbers."""
        told = [self.item.denial.remitted_claim, *(part.remitted_claim for part in self.parts)]
        return ", ".join(money(remitted.charge) for remitted in told)


@dataclass(frozen=True, slots=True)
class Sheet:
    """The claims of one call, no more than the payer discusses; `left` are those for the next one."""

    pick: Pick
    contacts: dict[str, Contact]
    npis: str
    claims: Sequence[SheetClaim] = field(default_factory=list)
    left: int = 0


def callable_items(user: User, today: date) -> WorkItemQuerySet:
    """What this person may call about now: free and their own, managers all; not what is in a call already."""
    rows: WorkItemQuerySet = WorkItem.objects.visible_to(user)
    if not user.may_manage:
        rows = rows.filter(Q(assignee=None) | Q(assignee=user))
    asked = CodeHandling.objects.filter(code__system=CodeSystem.CARC).exclude(call_asks="").values("code__code")
    by_code = workable(today) & Q(denial__primary_code__in=asked)
    unanswered = Q(is_open=True, status=WorkItem.Status.WAITING, follow_up_on__lte=today)
    in_hand = CallClaim.objects.filter(item=OuterRef("pk"), is_in_hand=True)
    return rows.filter(by_code | unanswered).filter(~Exists(in_hand)).order_by("rank_key", "pk")


def picks(user: User, today: date) -> list[Pick]:
    """The calls worth making, the one with the most pressing claim first."""
    found: dict[Line, Pick] = {}
    lines, billers = payer_products.current(), _billers(user)
    for item in _with_facts(callable_items(user, today))[:LOOKED_AT]:
        _count(found, item, lines, billers)
    return list(found.values())


def sheet(user: User, line: Line, today: date) -> Sheet | None:
    """The sheet of one call; None where nothing is to be asked there."""
    lines, billers = payer_products.current(), _billers(user)
    rows = callable_items(user, today).filter(payer=line.payer, facility__in=_same_tax_id(line.biller, billers))
    found: dict[Line, Pick] = {}
    fitting = [item for item in _with_facts(rows)[:LOOKED_AT] if _count(found, item, lines, billers) == line]
    if not fitting:
        return None
    pick = found[line]
    most = pick.limit or USUAL_LIMIT
    claims = read_out(fitting[:most])
    npis = ", ".join(sorted({item.facility.npi for item in fitting[:most]}))
    contacts = contacts_to(fitting[0].payer, line.product, today)
    return Sheet(pick, contacts, npis, claims, max(0, len(fitting) - most))


def contacts_to(payer: Payer, product: int | None, today: date) -> dict[str, Contact]:
    """By kind the contacts of a payer, those of the product line before the payer's own."""
    name = payer.products.filter(pk=product).values_list("name", flat=True).first() if product else ""
    rows = [contact for contact in contacts_of(payer, today) if contact.of in ("", name)]
    return {contact.kind: contact for contact in sorted(rows, key=lambda contact: contact.of != "")}


def read_out(items: Sequence[WorkItem]) -> list[SheetClaim]:
    """The items with what to ask about each. Expects their claim, denial and its claim payment."""
    asks = _asks_by_code({item.denial.primary_code for item in items})
    parts = split.other_parts(item for item in items if split.holds_more(item))
    prefetch_related_objects([part for each in parts.values() for part in each], "remitted_claim")
    return [
        SheetClaim(
            item,
            _asks(item, asks),
            code_words.why(item.denial.primary_code, item.denial.remarks),
            parts.get(item.pk, ()),
        )
        for item in items
    ]


def _asks(item: WorkItem, asks: dict[str, str]) -> str:
    if item.status == WorkItem.Status.WAITING:
        sent = Resolution(item.resolution).label.lower() if item.resolution in Resolution.values else "what we sent"
        return f"What came of it ({sent})? When will it be decided?"
    return asks.get(item.denial.primary_code, "")


def _asks_by_code(codes: set[str]) -> dict[str, str]:
    rows = CodeHandling.objects.filter(code__system=CodeSystem.CARC, code__code__in=codes)
    return dict(rows.values_list("code__code", "call_asks"))


def _with_facts(rows: WorkItemQuerySet) -> QuerySet[WorkItem]:
    return rows.select_related("claim", "payer", "facility", "denial__remitted_claim")


def _billers(user: User) -> dict[int, Facility]:
    """By facility the one that stands for its tax ID; one without a tax ID stands for itself."""
    first: dict[str, Facility] = {}
    found = {}
    for facility in Facility.objects.visible_to(user).order_by("pk"):
        found[facility.pk] = first.setdefault(facility.tax_id, facility) if facility.tax_id else facility
    return found


def _same_tax_id(biller: int, billers: dict[int, Facility]) -> list[int]:
    return [facility for facility, stands_for in billers.items() if stands_for.pk == biller]


def _count(
    found: dict[Line, Pick], item: WorkItem, lines: payer_products.PayerLines, billers: dict[int, Facility]
) -> Line:
    """Counts the item in the call that it belongs to, and names that."""
    line = lines.line_of(item.payer, item.denial.remitted_claim)
    biller = billers[item.facility_id]
    key = Line(item.payer_id, line.product_id, biller.pk)
    pick = found.setdefault(key, Pick(key, str(item.payer), line.name, biller, line.claims_per_call))
    pick.claims += 1
    pick.amount += item.amount_at_risk
    pick.first_due = min(filter(None, (pick.first_due, item.safe_until)), default=None)
    return key
