"""The records of one item's claim, each read once however many parts of a page ask for it."""

from __future__ import annotations

from functools import cached_property

from accounts.models import User
from denials import told
from denials.acknowledgments import Filing, filing_of
from denials.models import ProviderAdjustment, RemittedClaim
from denials.told import AboutClaim
from worklists.denial_facts import day_of
from worklists.models import WorkItem


class ClaimRecord:
    """What is on record about the claim of an item, as `user` may see it. Expects `items_with_their_facts`."""

    def __init__(self, item: WorkItem, user: User) -> None:
        self.item = item
        self.user = user

    @cached_property
    def results(self) -> list[RemittedClaim]:
        """Every result of the claim, oldest first."""
        rows = self.item.claim.remitted.select_related("remittance__file", "denial", "confirms")
        return sorted(rows, key=lambda row: (day_of(row.remittance), row.remittance_id, row.position))

    @cached_property
    def filing(self) -> Filing:
        """What receivers answered before any payment."""
        return filing_of(self.item.claim, self.user)

    @cached_property
    def facts(self) -> AboutClaim:
        """What people wrote down or brought in as sheets."""
        return told.about(self.item.claim)

    @cached_property
    def outside(self) -> list[ProviderAdjustment]:
        """Money outside of claim payments (PLB) whose reference names this claim."""
        claim = self.item.claim
        numbers = {claim.number, claim.payer_control_number, *(row.payer_control_number for row in self.results)}
        named = {number for number in numbers if number.strip("0 ")}
        if not named:
            return []
        rows = ProviderAdjustment.objects.filter(
            reference__in=named, remittance__payer=claim.payer_id, remittance__facility=claim.facility_id
        )
        return list(rows.select_related("remittance__file"))
