"""The cells of a list of work, written once for each row: why in docs/decisions/rows-in-python.md.

A cell is a whole `<td>`. What comes from a file or a person goes through `escape`; `number`, the claim's, has been.
Codes, days, payers and owners are the same in many rows, so what is written of them is kept (`often`); a patient's name
or number never is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from html import escape
from typing import Any

from django.utils import timezone

from accounts.formatting import as_words, days_left, days_tone, first_sentence, initials, money, short_date
from worklists import code_words
from worklists.domain.ticklers import can_wait_until
from worklists.domain.transitions import WORKABLE
from worklists.models import WorkItem

Values = Mapping[str, Any]
Status = WorkItem.Status
OWNER_NEEDS = ("assignee__first_name", "assignee__last_name", "assignee__username")
WHY_NEEDS = (
    "denial__primary_code", "denial__remarks", "denial__next_action", "reason", "escalated_on", "postponed_until",
    "round",
)  # fmt: skip
STATES = dict(Status.choices)
CODES = 10
"""Codes that a row shows; the page of the item has all of them."""
often = lru_cache(maxsize=2000)


@dataclass(frozen=True, slots=True)
class Reading:
    """How a list is read: on which day, and by which of an item's days it runs."""

    today: date
    before_id: str
    """The address of an item, written for a page, up to the slash before its id."""
    after_id: str
    """What follows the slash after it."""
    by_follow_up: bool = False
    said: dict[tuple[str, ...], str] = field(default_factory=dict)
    """What codes say that came before on this page: not kept for longer, for it asks a dictionary that people change.
    """


Cell = Callable[[Values, Reading], str]


def due(values: Values, reading: Reading) -> str:
    today = reading.today
    if values["status"] == Status.RESOLVED:
        closed = short_date(timezone.localdate(values["resolved_at"]), today)
        return f'<td class="c-due"><span class="left none">closed</span>{_sub(closed)}</td>'
    # What was sent is answered: from then on the day to ask the payer counts, wherever the row stands.
    by_follow_up = reading.by_follow_up or values["status"] == Status.WAITING
    return _left(values["follow_up_on" if by_follow_up else "deadline"], today)


@often
def _left(last: date | None, today: date) -> str:
    left = f'<span class="left {days_tone(last, today)}">{days_left(last, today)}</span>'
    return f'<td class="c-due">{left}{_sub(short_date(last, today)) if last else ""}</td>'


def money_at_risk(values: Values, reading: Reading) -> str:
    back = values["recovered_amount"]
    recovered = f'<span class="sub tone-good">{money(back)} back</span>' if back else ""
    return f'<td class="c-money num"><span class="money">{money(values["amount_at_risk"])}</span>{recovered}</td>'


def name(values: Values, reading: Reading) -> str:
    parts = (values["claim__patient_last"], values["claim__patient_first"])
    patient = escape(", ".join(part for part in parts if part) or "No name in the file")
    pk = values["pk"]
    address = f"{reading.before_id}/{pk}/{reading.after_id}"
    link = f'<a id="item-{pk}" href="{address}" data-open title="{patient}">{patient}</a>'
    return f'<td class="c-name">{link}{_sub(values["number"])}</td>'


def payer(values: Values, reading: Reading) -> str:
    return _payer(values["payer__name"], values["denied_on"], reading.today)


@often
def _payer(name: str, denied_on: date | None, today: date) -> str:
    called = escape(name)
    return f'<td class="c-payer"><span title="{called}">{called}</span>{_sub(_age(denied_on, today))}</td>'


def why(values: Values, reading: Reading) -> str:
    status, postponed_until = values["status"], values["postponed_until"]
    badges = _badges(status, values["escalated_on"], postponed_until, values["round"], reading.today)
    return _why(_said(values, reading), values["reason"], values["denial__next_action"], badges)


def _said(values: Values, reading: Reading) -> str:
    code, remarks = values["denial__primary_code"], values["denial__remarks"]
    key = (code, *remarks)
    if key not in reading.said:
        reading.said[key] = code_words.why(code, remarks)
    return reading.said[key]


@often
def _why(why: str, reason: str, next_action: str, badges: str) -> str:
    said = escape(why)
    codes = "".join(f'<span class="code">{escape(code)}</span>' for code in reason.split()[:CODES])
    comes = escape(first_sentence(next_action))  # the item's page has all of it
    return (
        f'<td class="wrap c-why"><div title="{said} {escape(reason)}"><span>{said}</span> '
        f'<span class="codes">{codes}</span>'
        f'<span class="sub" title="{comes}">{badges}{comes}</span></div></td>'
    )


def owner(values: Values, reading: Reading) -> str:
    names = (values["assignee__first_name"], values["assignee__last_name"], values["assignee__username"])
    return _owner(*names)


@often
def _owner(first: str | None, last: str | None, username: str | None) -> str:
    if called := " ".join(part for part in (first, last) if part) or username:
        who = escape(called)
        hidden = f'<span aria-hidden="true">{escape(initials(called))}</span><span class="visually-hidden">{who}</span>'
        return f'<td class="c-owner"><span class="avatar" title="{who}">{hidden}</span></td>'
    return '<td class="c-owner"><span class="sub">nobody</span></td>'


def pick(values: Values, today: date, *, is_picked: bool) -> str:
    """The box that ticks the row. It carries the day until which what can be postponed can wait."""
    safe = _safe(values["status"], values["deadline"], values["last_safe_on"], today)
    return (
        f'<td class="c-pick"><input type="checkbox" name="pick" value="{values["pk"]}" data-pick'
        f' data-amount="{values["amount_at_risk"]}"{safe} aria-label="Select {values["number"]}"'
        f"{' checked' if is_picked else ''}></td>"
    )


@often
def _safe(status: str, deadline: date | None, last_safe_on: date | None, today: date) -> str:
    last_safe = can_wait_until(deadline, last_safe_on, today) if status in WORKABLE else None
    return f' data-safe="{last_safe.isoformat()}"' if last_safe else ""


def acts(values: Values) -> str:
    """The button that opens what may be done to this row alone. Without script it is ticked instead."""
    return (
        '<td class="c-act with-script"><button class="button icon small quiet" type="button" popovertarget="row-acts"'
        f' data-row-acts aria-label="Actions for {values["number"]}">⋯</button></td>'
    )


def denied(values: Values, reading: Reading) -> str:
    on = values["denied_on"]
    return _more("Denied", short_date(on, reading.today) if on else "unknown", _age(on, reading.today) if on else "")


def state(values: Values, reading: Reading) -> str:
    return _more("State", STATES[values["status"]])


def category(values: Values, reading: Reading) -> str:
    return _more("Category", escape(as_words(values["category"])))


def expected(values: Values, reading: Reading) -> str:
    worth = values["expected_amount"] * Decimal(str(values["chance"]))
    return _more("Expected", money(worth), f"{values['chance']:.0%} chance", css="c-more num")


def plain(head: str, column: str) -> Cell:
    css = "c-more num" if column == "round" else "c-more"

    def cell(values: Values, reading: Reading) -> str:
        return _more(head, escape(str(values[column] or "")), css=css)

    return cell


def denied_amount(values: Values, reading: Reading) -> str:
    return _more("Denied amount", money(values["denied_amount"]), css="c-more num")


def day(head: str, column: str) -> Cell:
    """A day, or nothing where none is known."""

    def cell(values: Values, reading: Reading) -> str:
        return _more(head, short_date(values[column], reading.today) if values[column] else "")

    return cell


follow_up = day("Ask the payer", "follow_up_on")


def _more(head: str, text: str, sub: str = "", *, css: str = "c-more") -> str:
    """A cell without a place of its own in the cards of a phone: it says its head there."""
    return f'<td class="{css}" data-label="{escape(head)}"><span>{text}</span>{_sub(sub) if sub else ""}</td>'


def _sub(text: str) -> str:
    return f'<span class="sub">{text}</span>'


def _age(denied_on: date | None, today: date) -> str:
    if denied_on is None:
        return "age unknown"
    days = (today - denied_on).days
    return f"{days:,} {'day' if days == 1 else 'days'} old"


@often
def _badges(status: str, escalated_on: date | None, postponed_until: date | None, round_: int, today: date) -> str:
    raised = escalated_on is not None and status != Status.RESOLVED
    badges = '<span class="badge late">Escalated</span> ' if raised else ""
    badge = _badge(status, postponed_until, round_, today)
    return f'{badges}<span class="badge note">{badge}</span> ' if badge else badges


def _badge(status: str, postponed_until: date | None, round_: int, today: date) -> str:
    """What makes this row differ from an ordinary open one, in two words; empty for most."""
    if status == Status.RESOLVED:
        return "Resolved"
    if status == Status.WAITING:
        return "With payer"
    if status == Status.ASKING:
        return "With a colleague"
    if postponed_until and postponed_until > today:
        return f"Back {postponed_until.day} {postponed_until:%b}"
    return "Denied again" if round_ > 1 else ""
