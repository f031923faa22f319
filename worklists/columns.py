"""The columns that a list of work may show, and which of them an address chooses, in its order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from worklists import cells
from worklists.cells import Reading, Values


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `needs` are the values of an item that its cell is written from."""

    key: str
    head: str
    cell: Callable[[Values, Reading], str]
    needs: tuple[str, ...] = ()
    css: str = "c-more"
    sort: str = ""
    """The order of the list that its head offers."""


NAME = "name"
ALL = {
    column.key: column
    for column in (
        Column("due", "Days left", cells.due, ("deadline", "follow_up_on", "resolved_at"), "c-due", "deadline"),
        Column("money", "At risk", cells.money_at_risk, ("recovered_amount",), "c-money num", "amount"),
        Column(NAME, "Patient and claim", cells.name, ("claim__patient_last", "claim__patient_first"), "c-name"),
        Column("payer", "Payer", cells.payer, ("payer__name", "denied_on"), "c-payer"),
        Column("why", "Why, and what next", cells.why, cells.WHY_NEEDS, "wrap c-why"),
        Column("owner", "Owner", cells.owner, cells.OWNER_NEEDS, "c-owner"),
        Column("age", "Denied", cells.denied, ("denied_on",)),
        Column("state", "State", cells.state),
        Column("queue", "Queue", cells.plain("Queue", "queue__name"), ("queue__name",)),
        Column("category", "Category", cells.category, ("category",)),
        Column("facility", "Facility", cells.plain("Facility", "facility__name"), ("facility__name",)),
        Column(
            "service_line",
            "Service line",
            cells.plain("Service line", "facility__service_line"),
            ("facility__service_line",),
        ),
        Column("denied", "Denied amount", cells.denied_amount, ("denied_amount",), "c-more num"),
        Column("expected", "Expected", cells.expected, ("chance", "expected_amount"), "c-more num"),
        Column("safe", "Last safe day", cells.day("Last safe day", "last_safe_on"), ("last_safe_on",)),
        Column(
            "follow_up",
            "Ask the payer",
            cells.day("Ask the payer", "follow_up_on"),
            ("follow_up_on",),
            sort="follow_up",
        ),
        Column("came_in", "Came in", cells.day("Came in", "created_at"), ("created_at",), sort="newest"),
        Column("service", "Service", cells.day("Service", "claim__service_from"), ("claim__service_from",)),
        Column("round", "Denials", cells.plain("Denials", "round"), (), "c-more num"),
        Column(
            "payer_number",
            "Payer's number",
            cells.plain("Payer's number", "claim__payer_control_number"),
            ("claim__payer_control_number",),
        ),
        Column("member", "Member ID", cells.plain("Member ID", "claim__member_id"), ("claim__member_id",)),
    )
}
USUAL = tuple(ALL[key] for key in ("due", "money", NAME, "payer", "why", "owner"))


def chosen(text: str) -> tuple[Column, ...]:
    """The columns that an address names, `due,name,queue`; the usual ones where it names none.

    The name is always among them: it is what opens the item. What nobody knows is left out.
    """
    keys = [key for key in dict.fromkeys(text.split(",")) if key in ALL]
    if not keys:
        return USUAL
    return tuple(ALL[key] for key in (keys if NAME in keys else [NAME, *keys]))


def in_address(columns: tuple[Column, ...]) -> str:
    """As an address names them; nothing for the usual ones."""
    return "" if columns == USUAL else ",".join(column.key for column in columns)
