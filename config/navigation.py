"""The rail: where a person may go, with what waits there (`rail_counts`) beside it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any

from django.http import HttpRequest
from django.urls import reverse as looked_up
from django.utils import timezone

from accounts import kept_reads
from accounts.access import person
from accounts.models import User
from accounts.statements import whose
from config.rail_counts import Waiting, counts, waiting
from worklists import cached_numbers, capped
from worklists.cached_numbers import Part, Rows
from worklists.capped import in_words
from worklists.clarifications import open_for as open_questions
from worklists.models.queues import UNROUTED

RAIL = "rail"
BELL, DAY = "bell", "day"
"""What of the rail stands at the top of small screens too."""
RECORDS = (
    ("appeals", "Appeals"),
    ("record_requests", "Record requests"),
    ("evidence_archive", "Archive"),
    ("imaging", "Imaging"),
    ("intake", "Remittances"),
    ("rejections", "Rejections"),
    ("codes", "Code dictionary"),
    ("playbooks_read", "Playbooks"),
)
LISTS_OF_ALL = ("/queues/", "/items/")
"""Other pages' addresses begin with these, yet hang under something else."""
RULES_OF_WORK = (
    ("rules", "Routing rules"),
    ("specialists", "Payer specialists"),
    ("order_weights", "Order of work"),
    ("readings", "Readings of codes"),
    ("payer_rules", "Time limits"),
    ("letter_templates", "Letter templates"),
    ("playbooks", "Playbooks"),
    ("escalation_rules", "Escalation rules"),
    ("figures", "Figures"),
    ("smart_phrases", "Phrases"),
    ("call_outcomes", "Outcomes of calls"),
    ("reviews", "Review calendar"),
    ("coverage", "Coverage"),
    ("drift", "Drift"),
)
SETTINGS = (
    ("queues_admin", "Queues"),
    ("payers", "Payers"),
    ("sending_times", "Sending times"),
    ("reminder_days", "Reminders"),
    ("watch_numbers", "Watch numbers"),
    ("facilities", "Facilities"),
    ("people", "People"),
    ("teams", "Teams"),
)


class Sections(list[dict[str, Any]]):
    """The rail as one page shows it. Kept, so nobody changes it.

    `on_top` are the links for the top of small screens, where the rail is not seen, by their sign.
    """

    def __init__(self, sections: Iterable[dict[str, Any]]) -> None:
        super().__init__(sections)
        self.kept_by = json.dumps(self)
        self.on_top = {link["sign"]: link for section in self for link in section["links"] if "sign" in link}


class Rail:
    """The rail of one person while its numbers hold: worded once, and marked once for each page that it leads to."""

    def __init__(self, user: User, rows: Rows) -> None:
        self.sections = _sections(user, waiting(user, rows))
        self.marked: dict[tuple[str, ...], Sections] = {}

    def at(self, path: str) -> Sections:
        """With the page itself marked as current, or the one it hangs under."""
        current = tuple(_current(section["links"], path) for section in self.sections)
        if current not in self.marked:
            self.marked[current] = Sections(map(_marked, self.sections, current))
        return self.marked[current]


def sections_for(request: HttpRequest) -> Sections:
    """`[{title, links: [{url, label, count, is_hot, is_current, key}], is_folded, is_open}]`, without what this person
    may not open. What is seldom asked is folded, unless one is there: all of it fits one screen.
    """
    user = person(request)
    if user.may_only_answer:
        link = _link(reverse("questions"), "Questions for us", open_questions(user).count())
        return Sections([_marked(_section("Work", [link]), _current([link], request.path))])
    found: Rail = cached_numbers.read_beside(request)[RAIL]
    return found.at(request.path)


def _sections(user: User, waits: Waiting) -> list[dict[str, Any]]:
    sections = [
        _section("Manage", _managing(waits) if user.may_manage else []),
        _section("Work", _work(user, waits)),
        _section("Queues", [_queue(row) for row in waits.queues], is_folded=user.may_manage),
        _section("Records", _records(waits), is_folded=user.may_manage),
        _section("Rules of work", _pages(RULES_OF_WORK) if user.may_manage else [], is_folded=True),
        _section("Settings", _pages(SETTINGS) if user.may_administer else [], is_folded=True),
    ]
    return [section for section in sections if section["links"]]


def _section(title: str, links: list[dict[str, Any]], *, is_folded: bool = False) -> dict[str, Any]:
    return {"title": title, "links": links, "is_folded": is_folded}


def _managing(waits: Waiting) -> list[dict[str, Any]]:
    """What a manager steers by, and what waits for one."""
    return [
        _link(reverse("board"), "Board", key="g b"),
        _link(reverse("forecast"), "Forecast", key="g f"),
        _link(reverse("watch"), "Watch"),
        _escalated(waits),
        _link(reverse("changes"), "Changes", waits.approvals, is_hot=waits.approvals > 0, key="g c"),
        _exceptions(waits),
        _link(reverse("workers"), "People at work"),
        _link(reverse("missed_clocks"), "Missed clocks"),
        _link(reverse("ledger"), "Ledger of losses"),
    ]


def _work(user: User, waits: Waiting) -> list[dict[str, Any]]:
    queues = reverse("my_queues")
    links = [
        _bell(waits),
        _link(reverse("my_day"), "My day", waits.day, is_hot=waits.day > 0, key="g d") | {"sign": DAY},
        _link(queues, "My queues", waits.mine, key="g q"),
        _link(reverse("waiting"), "Waiting for payers", waits.waiting, key="g w"),
        _link(reverse("asking"), "Waiting for colleagues", waits.asking, key="g k"),
        _link(reverse("all_items"), "All items", key="g i"),
        *([_link(reverse("calls"), "Calls", key="g p")] if user.may_work else []),
        _link(reverse("saved_views"), "Views", key="g v"),
    ]
    if waits.questions:
        links.insert(2, _link(reverse("questions"), "Questions for us", waits.questions, is_hot=True))
    if user.may_manage:
        return links
    if waits.escalated:
        links.insert(2, _escalated(waits))
    if waits.exceptions:
        links.append(_exceptions(waits))
    return links


def _escalated(waits: Waiting) -> dict[str, Any]:
    return _link(reverse("escalated"), "Escalated", waits.escalated, is_hot=waits.unseen > 0, key="g e")


def _exceptions(waits: Waiting) -> dict[str, Any]:
    return _link(reverse("exceptions"), "Exceptions", waits.exceptions, key="g x")


def _records(waits: Waiting) -> list[dict[str, Any]]:
    counts = {"rejections": waits.rejections or None}
    return [_link(reverse(name), label, counts.get(name)) for name, label in RECORDS]


def _bell(waits: Waiting) -> dict[str, Any]:
    link = _link(reverse("notifications"), "Notifications", waits.told, is_hot=waits.told > 0, key="g n")
    return link | {"sign": BELL}


def rail(request: HttpRequest) -> Part:
    """The numbers of the rail, as part of what a page asks for."""
    user, today = person(request), timezone.localdate()
    name = ("rail", today, capped.CAP)
    return Part(
        (name, whose(user)),
        lambda: kept_reads.statement_for(user, name, lambda each: counts(each, today)),
        read=lambda rows: Rail(user, rows),
    )


def _queue(row: dict[str, Any]) -> dict[str, Any]:
    is_hot = bool(row["hot"] or (row["key"] == UNROUTED and row["open"]))
    return _link(reverse("queue", row["key"]), row["name"], row["open"], is_hot=is_hot)


@cache
def reverse(name: str, *args: str) -> str:
    """Looked up once: the rail names some fifty addresses on every page."""
    return looked_up(name, args=args)


def _link(url: str, label: str, count: int | None = None, *, is_hot: bool = False, key: str = "") -> dict[str, Any]:
    counted = None if count is None else in_words(count)
    return {"url": url, "label": label, "count": counted, "is_hot": is_hot, "key": key}


def _pages(pages: tuple[tuple[str, str], ...]) -> list[dict[str, Any]]:
    return [_link(reverse(name), label) for name, label in pages]


def _current(links: list[dict[str, Any]], path: str) -> str:
    """The address of the page itself, or of the one it hangs under; empty where none of these links leads there. The
    day starts in one's queues where nothing else was chosen.
    """
    path = reverse("my_queues") if path == reverse("home") else path
    above = [url for link in links if path.startswith(url := link["url"]) and (url == path or url not in LISTS_OF_ALL)]
    return max(above, key=len, default="")


def _marked(section: dict[str, Any], current: str) -> dict[str, Any]:
    links = [{**link, "is_current": link["url"] == current} for link in section["links"]]
    return {**section, "links": links, "is_open": bool(current)}
