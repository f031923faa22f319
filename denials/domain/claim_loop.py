"""Builds one claim of a remittance (loops 2100 and 2110) from its segments, CLP to the last line."""

from __future__ import annotations

import re
from datetime import date

from denials.domain.balance import weigh_claim
from denials.domain.elements import DAY, MONEY, QUANTITY, period
from denials.domain.facts import ReportedAdjustment, ReportedClaim, ReportedLine
from denials.domain.finding_log import FindingLog

_PAD = ("",) * 12
_MOST_FACTS = 20_000
"""Lines, adjustments and remarks of one claim. The guide allows 999 lines; this bound is against hostile files."""
_REVENUE = "NU"
UNDECLARED_SEPARATOR = re.compile(r"[A-Z][A-Z0-9]([:<>^|\\])")
_CLAIM_FROM, _CLAIM_TO, _RECEIVED = "232", "233", "050"
_SERVICE, _LINE_FROM, _LINE_TO = "472", "150", "151"


class ClaimLoop:
    """The claim being read. `open` begins one, `close` gives it up; every other method takes one segment."""

    def __init__(self, log: FindingLog) -> None:
        self.claim: ReportedClaim | None = None
        self.component = ":"
        self._line: ReportedLine | None = None
        self._facts = 0
        self._log = log

    def open(self, elements: list[str], index: int, transaction: int, position: int) -> None:
        """Begin a claim at its CLP."""
        elements += _PAD
        _, number, status, charge, paid, share, filing, control, facility, frequency, *_ = elements
        self.claim = ReportedClaim(
            transaction,
            position,
            number.strip(),
            status.strip(),
            MONEY[charge],
            MONEY[paid],
            MONEY[share],
            filing.strip(),
            control.strip(),
            facility.strip(),
            frequency.strip(),
            index,
        )
        self._line = None
        self._facts = 0
        if self.claim.charge is None:
            self._log.bad_value("CLP03", "amount", index)
        if self.claim.paid is None:
            self._log.bad_value("CLP04", "amount", index)
        if share and self.claim.patient_share is None:
            self._log.bad_value("CLP05", "amount", index)

    def close(self, last: int) -> ReportedClaim | None:
        """Give up the claim being read, if any: complete, weighed, and ending at segment `last`."""
        claim, self.claim = self.claim, None
        if claim is None:
            return None
        claim.segment_to = last
        if self._line is not None:
            self._line.segment_to = last
            self._line = None
        if claim.service_from is None:
            claim.service_from = min((line.service_from for line in claim.lines if line.service_from), default=None)
        if claim.service_to is None:
            days = (line.service_to or line.service_from for line in claim.lines)
            claim.service_to = max((day for day in days if day), default=claim.service_from)
        weigh_claim(claim, self._log)
        return claim

    def svc(self, elements: list[str], index: int) -> None:
        """Begin a service line."""
        claim = self._of_claim()
        if not self._has_room(index):
            return
        if self._line is not None:
            self._line.segment_to = index - 1
        elements += _PAD
        _, service, charge, paid, revenue, units, submitted, billed, *_ = elements
        qualifier, procedure, modifiers = self._procedure(service, index)
        if qualifier == _REVENUE:
            revenue, procedure = revenue or procedure, ""
        self._line = line = ReportedLine(
            len(claim.lines) + 1,
            qualifier,
            procedure,
            modifiers,
            revenue.strip(),
            MONEY[charge],
            MONEY[paid],
            QUANTITY[units],
            QUANTITY[billed],
            self._procedure(submitted, index)[1] if submitted else "",
            index,
        )
        claim.lines.append(line)
        if line.charge is None:
            self._log.bad_value("SVC02", "amount", index)
        if line.paid is None:
            self._log.bad_value("SVC03", "amount", index)
        if units and line.units_paid is None:
            self._log.bad_value("SVC05", "quantity", index)
        if billed and line.units_billed is None:
            self._log.bad_value("SVC07", "quantity", index)

    def cas(self, elements: list[str], index: int) -> None:
        """Take every reason, amount, quantity triplet, on the line if there is one, else on the claim."""
        adjustments = (self._line or self._of_claim()).adjustments
        elements += _PAD
        group = elements[1].strip()
        for at in range(2, len(elements) - len(_PAD), 3):
            code, amount, quantity = elements[at].strip(), elements[at + 1], elements[at + 2]
            if not (code or amount or quantity):
                continue
            if not self._has_room(index):
                return
            adjustment = ReportedAdjustment(group, code, MONEY[amount], QUANTITY[quantity], index)
            adjustments.append(adjustment)
            if adjustment.amount is None:
                self._log.bad_value(f"CAS{at + 1:02d}", "amount", index)
            if quantity and adjustment.quantity is None:
                self._log.bad_value(f"CAS{at + 2:02d}", "quantity", index)
            if not (group and code):
                self._log.note("bad_adjustment", f"CAS in segment {index} lacks its group or reason code.", index)

    def nm1(self, elements: list[str], index: int) -> None:
        """Take a person or organisation: patient, insured, rendering provider, next payer, corrected payer."""
        claim = self._of_claim()
        elements += _PAD
        _, who, _, last, first, middle, _, _, id_qualifier, identifier, *_ = elements
        if who == "QC":
            claim.patient_last, claim.patient_first, claim.patient_middle = last.strip(), first.strip(), middle.strip()
            claim.member_id = claim.member_id or identifier.strip()
        elif who == "IL":
            claim.subscriber_last, claim.subscriber_first = last.strip(), first.strip()
            claim.member_id = identifier.strip() or claim.member_id
        elif who == "82":
            given = f"{first.strip()} {middle.strip()}".strip()
            claim.rendering_name = ", ".join(part for part in (last.strip(), given) if part)
            claim.rendering_npi = identifier.strip() if id_qualifier == "XX" else ""
        elif who == "TT":
            claim.crossover_name = last.strip()
        elif who == "PR":
            claim.corrected_payer_name = last.strip()

    def mia(self, elements: list[str], index: int) -> None:
        """Take inpatient remarks: MIA05, MIA20 to MIA23."""
        self._remark(elements[5:6] + elements[20:24], index)

    def moa(self, elements: list[str], index: int) -> None:
        """Take outpatient and professional remarks: MOA03 to MOA07."""
        self._remark(elements[3:8], index)

    def lq(self, elements: list[str], index: int) -> None:
        """Take a remark (HE) or a pharmacy reject code (RX)."""
        claim = self._of_claim()
        elements += _PAD
        kind, code = elements[1], elements[2].strip()
        if not (code and self._has_room(index)):
            return
        if kind == "RX" and self._line is not None:
            self._line.reject_codes.append(code)
        elif kind == "HE":
            (self._line or claim).remarks.append(code)
        else:
            self._log.note("unknown_code_list", f"LQ in segment {index} is of a code list that is not kept.", index)

    def dtm(self, elements: list[str], index: int) -> None:
        """Take the dates of the claim, or of the line once there is one."""
        kind = elements[1] if len(elements) > 1 else ""
        first, last = period(elements)
        day = self._day(first, index)
        if kind == _RECEIVED:
            self._of_claim().received_on = day
            return
        target = self._line or self._of_claim()
        if kind in (_CLAIM_FROM, _CLAIM_TO):
            target = self._of_claim()
        if kind == _SERVICE:
            target.service_from = day
            target.service_to = day if last == first else self._day(last, index)
        elif kind in (_LINE_FROM, _CLAIM_FROM):
            target.service_from = day
            if last != first:
                target.service_to = self._day(last, index)
        elif kind in (_LINE_TO, _CLAIM_TO):
            target.service_to = day

    def ref(self, elements: list[str], index: int) -> None:
        """Take the references that are kept: 6R and 0K of the line, CE and EA of the claim."""
        elements += _PAD
        kind, value = elements[1], elements[2].strip()
        line = self._line
        if kind == "6R" and line is not None:
            line.control_number = value
        elif kind == "0K" and line is not None:
            line.policy = value
        elif kind == "CE":
            self._of_claim().contract = value
        elif kind == "EA":
            self._of_claim().medical_record = value

    def amt(self, elements: list[str], index: int) -> None:
        """Take the allowed amount of the line (B6)."""
        if self._line is not None and elements[1:2] == ["B6"]:
            elements += _PAD
            self._line.allowed = MONEY[elements[2]]
            if self._line.allowed is None:
                self._log.bad_value("AMT02", "amount", index)

    def _of_claim(self) -> ReportedClaim:
        assert self.claim is not None, "a segment of a claim is only handed over while a claim is open"
        return self.claim

    def _procedure(self, composite: str, index: int) -> tuple[str, str, tuple[str, ...]]:
        parts = composite.split(self.component)
        if len(parts) == 1:
            undeclared = UNDECLARED_SEPARATOR.match(composite)
            if undeclared is None:
                return "", composite.strip(), ()
            self._log.note(
                "component_separator", f"Segment {index} separates with {undeclared[1]}, unlike the ISA.", index
            )
            parts = composite.split(undeclared[1])
        return parts[0].strip(), parts[1].strip(), tuple(part.strip() for part in parts[2:6] if part.strip())

    def _remark(self, codes: list[str], index: int) -> None:
        self._of_claim().remarks += [code.strip() for code in codes if code.strip() and self._has_room(index)]

    def _has_room(self, index: int) -> bool:
        """Keep memory bounded: past the bound a claim's facts are left out, and a person is told once."""
        self._facts += 1
        if self._facts == _MOST_FACTS + 1:
            text = (
                f"The claim holds more than {_MOST_FACTS} lines, adjustments and remarks; from segment {index} on they"
            )
            self._log.hold("endless_claim", f"{text} are left out.", index)
        return self._facts <= _MOST_FACTS

    def _day(self, text: str, index: int) -> date | None:
        day = DAY[text]
        if day is None:
            self._log.bad_value("DTM02", "date", index)
        return day
