"""One claim payment with all that is known about it, for the rules that conclude."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from denials.domain.entries import StatusEntry
from denials.domain.facts import ReportedClaim
from denials.domain.history import History, Prior
from denials.domain.money import total
from denials.domain.recognise import Reason, Recognition, Scope, clean


@dataclass(slots=True, frozen=True)
class Case:
    """One claim payment, what its codes say, and what came before it."""

    claim: ReportedClaim
    scope: Scope
    history: History
    status: StatusEntry
    found: Recognition
    prior: Prior | None
    """The result that this one corrects or repeats."""
    is_corrected: bool = False
    """For a reversal: the correction is in the same file."""

    @property
    def remarks(self) -> tuple[str, ...]:
        """Every remark of the claim in file order: MOA and MIA stand before the lines."""
        return clean(self.claim.remarks + [code for line in self.claim.lines for code in line.remarks])

    def remarks_on(self, reasons: Sequence[Reason]) -> tuple[str, ...]:
        """Remarks of the claim and of the lines that the reasons stand on, in file order."""
        concerned = {code for reason in reasons for code in reason.unit.remarks}
        return tuple(code for code in self.remarks if code in concerned)

    def effects_of(self, remarks: Iterable[str]) -> frozenset[str]:
        """What the remarks and the codes of the claim allow or forbid."""
        return self.found.effects.union(*(self.scope.dictionary.rarc(code).effects for code in remarks))


def line_numbers(reasons: Iterable[Reason]) -> tuple[int, ...]:
    """The lines that the reasons stand on, ascending."""
    return tuple(sorted({reason.unit.line.number for reason in reasons if reason.unit.line}))


def amount_in(reasons: Iterable[Reason]) -> Decimal:
    """Sum of the reasons' amounts."""
    return total(reason.amount for reason in reasons)
