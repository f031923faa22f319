"""Finding items by what people have at hand. The words never stand in an address: the session keeps them, with what was
found, so that turning the page searches nothing again.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Upper
from django.http import HttpRequest

from accounts.models import User
from denials import patient_names
from denials.models import Claim, RemittedClaim
from worklists.domain.slips import one_slip_from, one_slip_from_name
from worklists.models import Contact, WorkItem

KEPT, FOUND = "searches", "found"
KEEP = 10
KEEP_FOUND = 5
SHORTEST = 2
SHORTEST_REFERENCE = 4
MOST = 200
"""Items that one search finds; more are not looked through but narrowed."""
LOOKED_AT = 2000
MEANT = 3
ITEM = re.compile(r"(?:(?:work )?item |(?:(?:work )?item )?#)([0-9]{1,18})", re.IGNORECASE)
"""How pages, notices and messages name an item. A number alone is one of a claim or of a member."""


@dataclass(frozen=True, slots=True)
class Found:
    """What one search found: items by id, open ones first."""

    words: str = ""
    items: list[int] = field(default_factory=list)
    is_likely: bool = False
    """Nothing is called exactly so: these are what may be meant."""
    meant: list[str] = field(default_factory=list)
    """Names and numbers that the words may be meant for."""

    @property
    def is_cut(self) -> bool:
        return len(self.items) == MOST


NOTHING = Found()
References = Callable[[str, User], "QuerySet[Any, Any]"]
_ALSO: list[References] = []


def also(rows: References) -> None:
    """Called by an app in its `ready()`: ids of items that a number of its own, typed by `user`, begins to name."""
    _ALSO.append(rows)


def keep(request: HttpRequest, words: str) -> str:
    """A token that stands for these words in this session."""
    token = secrets.token_urlsafe(9)
    searches: dict[str, str] = request.session.get(KEPT, {})
    latest = list(searches.items())[1 - KEEP :]
    request.session[KEPT] = dict([*latest, (token, words)])
    return token


def recall(request: HttpRequest, token: str) -> str:
    """The words behind a token; empty when it is not of this session, or too old."""
    words: str = request.session.get(KEPT, {}).get(token, "")
    return words


def keep_found(request: HttpRequest, found: Found) -> str:
    """A token that stands for what was found, in this session."""
    token = secrets.token_urlsafe(9)
    latest = list(request.session.get(FOUND, {}).items())[1 - KEEP_FOUND :]
    request.session[FOUND] = dict([*latest, (token, asdict(found))])
    return token


def recall_found(request: HttpRequest, token: str) -> Found:
    """What the search behind a token found; nothing when it is not of this session, or too old."""
    kept = request.session.get(FOUND, {}).get(token) if token else None
    return Found(**kept) if kept else NOTHING


def search(words: str, user: User) -> Found:
    """The items of `user` that these words name: exactly where there are any, else the likely ones.

    Numbers match from their beginning, also typed in small letters, and those of each part of a claim that its payer
    split; a patient by last name or by both names, in any order; a trace, a member id and a medical record number
    whole; references of calls, and numbers that an app above knows (`also`), from their beginning; an item as pages
    name it, "item 428". What is likely is one slip away or, as a name, written alike.
    """
    words = " ".join(words.replace("\x00", " ").split())  # PostgreSQL takes no NUL
    if len(words) < SHORTEST:
        return Found(words)
    if (item := ITEM.fullmatch(words)) and WorkItem.objects.visible_to(user).filter(pk=item[1]).exists():
        return Found(words, [int(item[1])])
    if items := _with_references(_items(_called(words, user), user), words, user):
        return Found(words, items, meant=_names_meant(words, user) if len(items) < MEANT else [])
    if numbers := one_slip_from(words):
        items = _items(_numbered(numbers, user), user)
        return Found(words, items, is_likely=True, meant=_numbers_of(items, numbers))
    meant = _names_meant(words, user)
    if not meant:
        return Found(words)
    claims = [claim for way in meant for claim in _called(way, user)]
    return Found(words, _items(claims, user), is_likely=True, meant=meant)


def _items(claims: list[int], user: User) -> list[int]:
    """The items of these claims, open ones first."""
    rows = WorkItem.objects.visible_to(user).filter(claim__in=claims).order_by("-is_open", "-pk")
    return list(rows.values_list("pk", flat=True)[:MOST])


def _with_references(items: list[int], words: str, user: User) -> list[int]:
    """`items`, and those that a contact or a letter names so."""
    if len(words) < SHORTEST_REFERENCE or not any(sign.isdigit() for sign in words):
        return items
    named = {pk for rows in (_contacted, *_ALSO) for pk in rows(words, user)[:MOST]} - set(items)
    rows = WorkItem.objects.visible_to(user).filter(pk__in=named).order_by("-is_open", "-pk")
    return [*items, *rows.values_list("pk", flat=True)][:MOST] if named else items


def _contacted(words: str, user: User) -> QuerySet[Any, Any]:
    rows = Contact.objects.visible_to(user).annotate(sought=Upper("reference")).exclude(reference="").order_by()
    found: QuerySet[Any, Any] = rows.filter(sought__startswith=words.upper()).values_list("item", flat=True)
    return found


def _called(words: str, user: User) -> list[int]:
    as_typed = {words, words.upper()}
    by_payer = reduce(or_, (Q(payer_control_number__startswith=each) for each in as_typed))
    named = reduce(or_, (Q(number__startswith=each) for each in as_typed), by_payer)
    return _claims(named | Q(member_id__in=as_typed) | _of_patient(words), by_payer, as_typed, user)


def _numbered(numbers: set[str], user: User) -> list[int]:
    by_payer = Q(payer_control_number__in=numbers)
    return _claims(by_payer | Q(number__in=numbers) | Q(member_id__in=numbers), by_payer, numbers, user)


def _claims(named: Q, by_payer: Q, whole: set[str], user: User) -> list[int]:
    """Read apart from their items and up to a limit: a name that thousands share costs no more than a rare one.

    The number of each part of a claim that its payer split stands in the results alone (`by_payer`).
    """
    claims = Claim.objects.visible_to(user).filter(named).values_list("pk", flat=True)
    if found := list(claims[:LOOKED_AT].union(_parts(by_payer, user))[:LOOKED_AT]):
        return found
    remitted = RemittedClaim.objects.visible_to(user)
    for way in (Q(remittance__trace__in=whole), Q(medical_record__in=whole)):
        if told := list(remitted.filter(way).values_list("claim", flat=True)[:LOOKED_AT]):
            return told
    return []


def _parts(by_payer: Q, user: User) -> QuerySet[Any, Any]:
    """The claims of results under such a number."""
    found: QuerySet[Any, Any] = RemittedClaim.objects.visible_to(user).filter(by_payer).values_list("claim", flat=True)
    return found[:LOOKED_AT]


def _numbers_of(items: list[int], numbers: set[str]) -> list[str]:
    """Which of the numbers these items have."""
    columns = (
        "claim__number",
        "claim__payer_control_number",
        "claim__member_id",
        "claim__remitted__payer_control_number",
    )
    rows = WorkItem.objects.filter(pk__in=items[:MEANT]).values_list(*columns)
    return list(dict.fromkeys(number for row in rows for number in row if number in numbers))[:MEANT]


def _names_meant(words: str, user: User) -> list[str]:
    """The words with each name put as it is known, the likeliest first; nothing where a word is like no name."""
    typed = [word for word in words.replace(",", " ").upper().split() if patient_names.WORD.fullmatch(word)]
    if len(typed) != len(words.replace(",", " ").split()) or len(typed) > MEANT:
        return []
    like = [patient_names.like(word, one_slip_from_name(word), user) for word in typed]
    if not all(like):
        return []
    firsts = [names[0] for names in like]
    ways = [firsts, *([*firsts[:at], name, *firsts[at + 1 :]] for at, names in enumerate(like) for name in names[1:])]
    found = dict.fromkeys(" ".join(way).title() for way in ways if way != typed)
    return list(found)[:MEANT]


def _of_patient(words: str) -> Q:
    """`Fictional`, `Fictional, Ada`, `Fictional Ada` and `Ada Fictional`; last names may hold spaces."""
    last, comma, first = (part.strip() for part in words.partition(","))
    named = Q(patient_last__istartswith=last, patient_first__istartswith=first)
    if comma or " " not in words:
        return named
    begin, _, end = words.partition(" ")
    start, _, surname = words.rpartition(" ")
    named |= Q(patient_last__istartswith=begin, patient_first__istartswith=end)
    return named | Q(patient_last__istartswith=surname, patient_first__istartswith=start)
