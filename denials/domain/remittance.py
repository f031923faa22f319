"""Reads what a payer's remittance (X12 835, 5010 and leniently 4010) says, claim by claim, in constant memory.

The reader is always in one of four states, each with its own table of segments: outside any transaction, in the
opening of one (ST to the first LX or CLP), between claims, in a claim. Whatever the file does, no claim is dropped
without a word: a CLP that stands where none belongs opens a transaction of its own, held for a person.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import BinaryIO

from denials.domain.balance import ZERO, payment_difference
from denials.domain.claim_loop import ClaimLoop
from denials.domain.elements import DAY, MONEY
from denials.domain.envelope import Envelope, same_count
from denials.domain.facts import (
    RemittanceEvent,
    RemittanceHeader,
    RemittanceTotals,
    ReportedProviderAdjustment,
)
from denials.domain.finding_log import FindingLog
from denials.domain.payment_opening import PaymentOpening
from denials.domain.x12 import NotReadable, segments

_Handler = Callable[[list[str], int], None]
_REMITTANCE = "835"
_MOST_PROVIDER_ADJUSTMENTS = 20_000
"""In one transaction; the bound is against hostile files."""
_SEGMENT_ID = re.compile(r"[A-Z][A-Z0-9]{1,2}")
_OPENING = ("BPR", "TRN", "CUR", "NTE", "REF", "DTM", "N1", "N2", "N3", "N4", "PER", "RDM")
_CLAIM = ("CAS", "NM1", "MIA", "MOA", "REF", "DTM", "PER", "AMT", "QTY", "SVC", "LQ", "TS2", "TS3")


def read_remittances(source: BinaryIO) -> Iterator[RemittanceEvent]:
    """Yield, for each transaction, its header, its claims and its totals, with findings in between.

    Never raises on what the file holds. A file that is no remittance ends with one finding of severity reject;
    whatever stands before the place where a file is cut is yielded.
    """
    reader = _Reader()
    events = reader.log.events
    try:
        for index, elements in segments(source):
            reader.take(elements, index)
            if events:
                yield from events
                events.clear()
    except NotReadable as problem:
        reader.give_up(str(problem))
    reader.finish()
    yield from events


@dataclass(slots=True)
class _Open:
    """The transaction being read."""

    opening: PaymentOpening
    is_remittance: bool
    header: RemittanceHeader | None = None
    claims: int = 0
    charged: Decimal = ZERO
    paid: Decimal = ZERO
    paid_is_known: bool = True
    provider_adjustments: list[ReportedProviderAdjustment] = field(default_factory=list)
    is_endless: bool = False


class _Reader:
    def __init__(self) -> None:
        self.log = FindingLog()
        self._envelope = Envelope(self.log)
        self._claim = ClaimLoop(self.log)
        self._open: _Open | None = None
        self._transactions = 0
        self._remittances = 0
        self._last = -1
        self._refused = False
        self._outside, self._between, self._in_claim = self._tables()
        self._table = self._outside

    def _tables(self) -> tuple[dict[str, _Handler], dict[str, _Handler], dict[str, _Handler]]:
        always: dict[str, _Handler] = {
            "ISA": self._isa,
            "IEA": self._iea,
            "GS": self._gs,
            "GE": self._ge,
            "ST": self._st,
            "TA1": _ignore,
            "CLP": self._clp,
            "PLB": self._plb,
            "LX": self._lx,
            "SE": self._se,
            "": self._not_whole,
        }
        misplaced = dict.fromkeys({*_OPENING, *_CLAIM}, self._out_of_place)
        claim: dict[str, _Handler] = {
            "CAS": self._claim.cas,
            "NM1": self._claim.nm1,
            "MIA": self._claim.mia,
            "MOA": self._claim.moa,
            "SVC": self._claim.svc,
            "LQ": self._claim.lq,
            "DTM": self._claim.dtm,
            "REF": self._claim.ref,
            "AMT": self._claim.amt,
            "PER": _ignore,
            "QTY": _ignore,
        }
        return (
            {**misplaced, **always, "BPR": self._bpr_without_st},
            {**misplaced, **always, "TS2": _ignore, "TS3": _ignore},
            {**misplaced, **always, **claim},
        )

    def _opening_table(self, opening: PaymentOpening) -> dict[str, _Handler]:
        return {
            **self._between,
            **dict.fromkeys(_OPENING, _ignore),
            "BPR": opening.bpr,
            "TRN": opening.trn,
            "DTM": opening.dtm,
            "REF": opening.ref,
            "N1": opening.n1,
            "N3": opening.n3,
            "N4": opening.n4,
        }

    def take(self, elements: list[str], index: int) -> None:
        """Take one segment."""
        self._last = index
        self._table.get(elements[0], self._unknown)(elements, index)

    def give_up(self, why: str) -> None:
        """The rest cannot be read: reject the file if it gave nothing, hold what it gave otherwise."""
        if self._remittances == 0 and self._open is None:
            self._refused = True
            self.log.reject("not_readable", why)
        else:
            self.log.hold("rest_not_readable", f"The file cannot be read after segment {self._last}: {why}")

    def finish(self) -> None:
        """The file ends here."""
        if self._refused:
            return
        self._cut_if_open(self._last + 1)
        self._envelope.end(self._last)
        self.log.summarise()
        if self._remittances == 0:
            self.log.reject("no_remittance", "The file is X12, but holds no remittance (835).")

    def _isa(self, elements: list[str], index: int) -> None:
        self._cut_if_open(index)
        self._envelope.isa(elements, index)
        self._claim.component = self._envelope.component

    def _gs(self, elements: list[str], index: int) -> None:
        self._cut_if_open(index)
        self._envelope.gs(elements, index)

    def _ge(self, elements: list[str], index: int) -> None:
        self._cut_if_open(index)
        self._envelope.ge(elements, index)

    def _iea(self, elements: list[str], index: int) -> None:
        self._cut_if_open(index)
        self._envelope.iea(elements, index)

    def _st(self, elements: list[str], index: int) -> None:
        self._cut_if_open(index)
        self._envelope.st()
        elements += ("", "")
        self._begin(elements[2].strip(), index, elements[1].strip() == _REMITTANCE)

    def _begin(self, control_number: str, index: int, is_remittance: bool) -> PaymentOpening:
        self._transactions += 1
        self.log.transaction = self._transactions
        opening = PaymentOpening(self._transactions, control_number, index, self.log)
        self._open = _Open(opening, is_remittance)
        self._table = self._opening_table(opening)
        return opening

    def _begin_without_st(self, index: int) -> PaymentOpening:
        opening = self._begin("", index, is_remittance=True)
        self.log.hold("missing_header", f"Segment {index} belongs to a payment whose ST is missing.", index)
        return opening

    def _bpr_without_st(self, elements: list[str], index: int) -> None:
        self._begin_without_st(index).bpr(elements, index)

    def _settled(self, index: int) -> _Open:
        """Close what came before an LX, CLP, PLB or trailer: give the header or the claim up."""
        if self._open is None:
            self._begin_without_st(index)
        current = self._open
        assert current is not None, "a transaction was begun above"
        if current.header is None:
            at = len(self.log.events)
            current.header = current.opening.header(self._envelope)
            self.log.events.insert(at, current.header)
            self._remittances += 1
        self._close_claim(current, index - 1)
        self._table = self._between
        return current

    def _settled_as_remittance(self, index: int) -> _Open:
        current = self._settled(index)
        if not current.is_remittance:
            current.is_remittance = True
            self.log.hold("wrong_type", "The ST does not call this transaction an 835, but it holds payments.", index)
        return current

    def _close_claim(self, current: _Open, last: int) -> None:
        at = len(self.log.events)
        claim = self._claim.close(last)
        if claim is None:
            return
        self.log.events.insert(at, claim)
        self.log.claim = 0
        current.charged += claim.charge or ZERO
        if claim.paid is None:
            current.paid_is_known = False
        else:
            current.paid += claim.paid

    def _lx(self, elements: list[str], index: int) -> None:
        if self._open is None:
            self._out_of_place(elements, index)
        elif self._open.is_remittance:
            self._settled(index)

    def _clp(self, elements: list[str], index: int) -> None:
        current = self._settled_as_remittance(index)
        current.claims += 1
        self.log.claim = current.claims
        self._claim.open(elements, index, current.opening.number, current.claims)
        self._table = self._in_claim

    def _plb(self, elements: list[str], index: int) -> None:
        current = self._settled_as_remittance(index)
        elements += ("",) * 4
        provider, period_end = elements[1].strip(), DAY[elements[2]]
        if period_end is None:
            self.log.bad_value("PLB02", "date", index)
        for at in range(3, len(elements) - 4, 2):
            composite, amount = elements[at], elements[at + 1]
            if not (composite.strip() or amount.strip()):
                continue
            if len(current.provider_adjustments) == _MOST_PROVIDER_ADJUSTMENTS:
                self._hold_endless(current, index)
                return
            code, _, reference = composite.partition(self._envelope.component)
            adjustment = ReportedProviderAdjustment(
                provider, period_end, code.strip(), reference.strip(), MONEY[amount], index
            )
            current.provider_adjustments.append(adjustment)
            if adjustment.amount is None:
                self.log.bad_value(f"PLB{at + 1:02d}", "amount", index)

    def _hold_endless(self, current: _Open, index: int) -> None:
        if not current.is_endless:
            current.is_endless = True
            text = f"The transaction holds more than {_MOST_PROVIDER_ADJUSTMENTS} provider adjustments; the rest, from"
            self.log.hold("endless_transaction", f"{text} segment {index} on, is left out.", index)

    def _se(self, elements: list[str], index: int) -> None:
        if self._open is None:
            self._out_of_place(elements, index)
            return
        elements += ("", "")
        opening = self._open.opening
        if not self._open.is_remittance:
            self._skip()
            return
        current = self._settled(index)
        counted = index - opening.segment + 1
        if not same_count(elements[1], counted):
            self.log.note("wrong_count", f"SE01 in segment {index} does not say {counted} segments.", index)
        if elements[2].strip() != opening.control_number:
            self.log.note("control_number", f"SE02 in segment {index} does not repeat ST02.", index)
        if not current.claims and not current.provider_adjustments:
            self.log.note(
                "no_claims", f"Transaction {opening.number} holds no claim and no provider adjustment.", index
            )
        self._total(current, index, complete=True)

    def _skip(self) -> None:
        self.log.note("other_transaction", f"Transaction {self._transactions} is not an 835 and was not read.")
        self._leave()

    def _cut_if_open(self, index: int) -> None:
        """An ST, an envelope segment or the end of the file stands where an SE should."""
        if self._open is None:
            return
        if not self._open.is_remittance:
            self._skip()
            return
        current = self._settled(index)
        self.log.hold(
            "cut_transaction",
            f"Transaction {current.opening.number} is cut: it has no trailer (SE) before segment {index}."
            f" {current.claims} claims stand before the cut.",
            index,
        )
        self._total(current, index - 1, complete=False)

    def _total(self, current: _Open, last: int, *, complete: bool) -> None:
        header = current.header
        assert header is not None, "a settled transaction has its header"
        difference = payment_difference(
            header.amount,
            header.credit_debit,
            current.paid if current.paid_is_known else None,
            [adjustment.amount for adjustment in current.provider_adjustments],
        )
        if complete:
            self._hold_if_unbalanced(current, difference, last)
        self.log.summarise()
        self.log.events.append(
            RemittanceTotals(
                current.opening.number,
                current.claims,
                current.charged,
                current.paid,
                current.provider_adjustments,
                difference,
                complete,
                last,
            )
        )
        self._leave()

    def _hold_if_unbalanced(self, current: _Open, difference: Decimal | None, last: int) -> None:
        number = current.opening.number
        if difference is None:
            if current.claims or current.provider_adjustments:
                text = f"Transaction {number} cannot be balanced: an amount that it takes cannot be read."
                self.log.hold("unknown_balance", text, last)
        elif difference:
            self.log.hold(
                "unbalanced_transaction",
                f"Transaction {number} does not balance: the payment differs by {difference} from what its claims and"
                " provider adjustments make.",
                last,
            )

    def _leave(self) -> None:
        self._open = None
        self._table = self._outside
        self.log.transaction = self.log.claim = 0

    def _not_whole(self, elements: list[str], index: int) -> None:
        self.log.note("damaged_segment", f"Segment {index} is not whole: it lacks its id or its end.", index)

    def _out_of_place(self, elements: list[str], index: int) -> None:
        if self._open is None or self._open.is_remittance:
            self.log.note("out_of_place", f"{elements[0]} in segment {index} stands where none belongs.", index)

    def _unknown(self, elements: list[str], index: int) -> None:
        if self._open is not None and not self._open.is_remittance:
            return
        name = elements[0] if _SEGMENT_ID.fullmatch(elements[0]) else "with an unreadable id"
        self.log.note(
            "unknown_segment", f"Segment {index} ({name}) is not part of a remittance; it is not read.", index
        )


def _ignore(elements: list[str], index: int) -> None:
    """A segment that belongs here and says nothing that is kept."""
