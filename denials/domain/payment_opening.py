"""The opening segments of a payment (ST to the first LX or CLP): who pays whom, how much, when."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from denials.domain.elements import DAY, MONEY
from denials.domain.envelope import Envelope
from denials.domain.facts import RemittanceHeader
from denials.domain.finding_log import FindingLog

_PAD = ("",) * 17
_PAYER_NUMBER, _TAX_NUMBER = "2U", "TJ"
_PAYER_REFERENCES = (_PAYER_NUMBER, "NF", "EO", "HI")


@dataclass(slots=True)
class _Party:
    """Payer or payee: an N1 and the N3, N4 and REF that follow it."""

    name: str = ""
    id_qualifier: str = ""
    identifier: str = ""
    street: list[str] = field(default_factory=list)
    place: list[str] = field(default_factory=list)
    references: dict[str, str] = field(default_factory=dict)


class PaymentOpening:
    """Collects one segment after the other; `header` says what they amount to."""

    def __init__(self, number: int, control_number: str, segment: int, log: FindingLog) -> None:
        self.number = number
        self.control_number = control_number
        self.segment = segment
        self._log = log
        self._bpr: list[str] = list(_PAD)
        self._bpr_segment: int | None = None
        self._trn: list[str] = list(_PAD)
        self._produced: date | None = None
        self._parties = {"PR": _Party(), "PE": _Party()}
        self._party = _Party()

    def bpr(self, elements: list[str], index: int) -> None:
        """Take the payment: amount, direction, method, date."""
        if self._bpr_segment is not None:
            self._log.note(
                "out_of_place", f"Segment {index} is a second BPR in its transaction; it is not used.", index
            )
            return
        self._bpr, self._bpr_segment = [element.strip() for element in [*elements, *_PAD]], index

    def trn(self, elements: list[str], index: int) -> None:
        """Take the trace number and its originator."""
        self._trn = [element.strip() for element in [*elements, *_PAD]]

    def dtm(self, elements: list[str], index: int) -> None:
        """Take the production date (405)."""
        if elements[1:2] == ["405"]:
            elements += _PAD
            self._produced = DAY[elements[2]]
            if self._produced is None:
                self._log.bad_value("DTM02", "date", index)

    def n1(self, elements: list[str], index: int) -> None:
        """Begin a party."""
        elements += _PAD
        self._party = _Party(elements[2].strip(), elements[3].strip(), elements[4].strip())
        if elements[1].strip() in self._parties:
            self._parties[elements[1].strip()] = self._party

    def n3(self, elements: list[str], index: int) -> None:
        """Take the street of the party."""
        self._party.street = [part.strip() for part in elements[1:3] if part.strip()]

    def n4(self, elements: list[str], index: int) -> None:
        """Take city, state and ZIP code of the party."""
        elements += _PAD
        city, place = elements[1].strip(), " ".join(part.strip() for part in elements[2:4] if part.strip())
        self._party.place = [part for part in (city, place) if part]

    def ref(self, elements: list[str], index: int) -> None:
        """Take a reference of the party."""
        elements += _PAD
        if elements[1].strip() in (*_PAYER_REFERENCES, _TAX_NUMBER):
            self._party.references.setdefault(elements[1].strip(), elements[2].strip())

    def header(self, envelope: Envelope) -> RemittanceHeader:
        """Say what the segments so far amount to, and note what is missing or not readable."""
        payer, payee = self._parties["PR"], self._parties["PE"]
        originator = self._trn[3]
        tax_id = payee.identifier if payee.id_qualifier == "FI" else ""
        return RemittanceHeader(
            transaction=self.number,
            control_number=self.control_number,
            amount=self._amount(),
            credit_debit=self._bpr[3],
            method=self._bpr[4],
            payment_date=self._payment_date(),
            trace=self._trn[2],
            originator=originator,
            production_date=self._produced,
            payer_name=payer.name,
            payer_id=payer.identifier or payer.references.get(_PAYER_NUMBER, "") or originator,
            payer_address=", ".join(payer.street + payer.place),
            payee_name=payee.name,
            payee_npi=payee.identifier if payee.id_qualifier == "XX" else "",
            payee_tax_id=payee.references.get(_TAX_NUMBER, "") or tax_id,
            sender=envelope.sender,
            receiver=envelope.receiver,
            interchange=envelope.interchange,
            group=envelope.group,
            version=envelope.version,
            segment_from=self.segment,
            payer_number=payer.identifier,
            payer_references=tuple(
                (qualifier, value)
                for qualifier, value in payer.references.items()
                if qualifier in _PAYER_REFERENCES and value
            ),
            sender_qualifier=envelope.sender_qualifier,
            application_sender=envelope.application_sender,
        )

    def _amount(self) -> Decimal | None:
        amount = MONEY[self._bpr[2]]
        if self._bpr_segment is None:
            self._log.note("no_payment", f"Transaction {self.number} has no payment segment (BPR).", self.segment)
        elif amount is None:
            self._log.bad_value("BPR02", "amount", self._bpr_segment)
        return amount

    def _payment_date(self) -> date | None:
        day = DAY[self._bpr[16]]
        if self._bpr_segment is not None and day is None:
            self._log.bad_value("BPR16", "date", self._bpr_segment)
        return day
