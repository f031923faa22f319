"""The items that a form about many means: those ticked, or all that match the filter as the server reads it again."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, QueryDict
from django.utils import timezone

from accounts.access import person
from accounts.asked import moment, way_back, whole_number
from accounts.models import User
from accounts.refusal import Refused
from worklists import capped, lists, searching
from worklists.assignment import effort
from worklists.choices import Offered
from worklists.filters import WorkItemFilter
from worklists.lists import WorkList
from worklists.models.items import WorkItemQuerySet
from worklists.since import Seen
from worklists.views import links

MOST = 20_000
MOST_ONE_BY_ONE = 200
"""So that a page which takes them one after the other answers within seconds."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What a form says about which items it means. A page shows it again in hidden fields (`_selection.html`)."""

    worklist: WorkList
    query: QueryDict
    picked: tuple[str, ...]
    everything: str
    owner: User | None = None
    came_from: str = ""
    """The page that named them, where that is no list."""
    shown_at: str = ""
    """When that page was read."""
    known: tuple[str, ...] = ()
    """Changes by others since then, in spite of which the items are meant: ids of activities."""

    @property
    def back_url(self) -> str:
        return self.came_from or links.address(self.worklist, self.query)

    @property
    def words(self) -> str:
        """What they are taken from."""
        return str(self.owner or self.worklist.title)

    @property
    def fields(self) -> list[tuple[str, str]]:
        """Names and values of the hidden fields."""
        fixed = [("list", self.worklist.key), ("query", self.query.urlencode()), ("everything", self.everything)]
        back = [("next", self.came_from)] if self.came_from else []
        known = [("shown_at", self.shown_at), *(("known", pk) for pk in self.known)]
        return [*fixed, *back, *known, *(("pick", pk) for pk in self.picked if not self.everything)]

    @property
    def seen(self) -> Seen:
        read = (pk for text in self.known if (pk := whole_number(text)) is not None)
        return Seen(moment(self.shown_at), frozenset(read))


def read(request: HttpRequest, sent: QueryDict) -> Selection:
    user, today = person(request), timezone.localdate()
    worklist = lists.list_named(sent.get("list", ""), user, today)
    query, everything = QueryDict(sent.get("query", "")), sent.get("everything", "")
    owner = whole_number(query.get("owner", "")) if everything else None
    whose = effort.whose(owner)
    shown_at, known = sent.get("shown_at", ""), tuple(sent.getlist("known"))
    return Selection(
        worklist, query, tuple(sent.getlist("pick")), everything, whose, way_back(request), shown_at, known
    )


def of_owner(request: HttpRequest, owner: User) -> Selection:
    """Everything open that one person has."""
    worklist = lists.all_items(person(request), timezone.localdate())
    return Selection(worklist, QueryDict(f"owner={owner.pk}"), (), "1", owner)


def items_of(request: HttpRequest, selection: Selection, offered: Offered) -> WorkItemQuerySet:
    """The rows meant. Ticked ones outside this person's facilities simply are not there."""
    user, today = person(request), timezone.localdate()
    if not selection.everything:
        ids = [pk for text in selection.picked if (pk := whole_number(text)) is not None]
        if not ids:
            raise Refused("Nothing was changed: no item is ticked. Go back and tick the items you mean.")
        return lists.ticked(user, ids)
    found = searching.recall_found(request, selection.query.get("search", ""))
    chosen = WorkItemFilter(selection.query, selection.worklist, user, today, offered, found)
    if not chosen.is_understood:
        raise Refused("Nothing was changed: the filter is not understood any more. Set it again, then repeat.")
    if count_of(chosen.matching) > MOST:
        raise Refused(f"Nothing was changed: more than {MOST:,} items match. Narrow the filter, then repeat.")
    return chosen.matching


def ids_of_few(items: WorkItemQuerySet) -> list[int]:
    """The ids of items that are taken one after the other. Raises Refused where they are too many for one page."""
    ids = capped.ids_up_to(items, MOST_ONE_BY_ONE + 1)
    if len(ids) > MOST_ONE_BY_ONE:
        raise Refused(
            f"Nothing was changed: this is done to at most {MOST_ONE_BY_ONE} items at once. Go back and tick fewer."
        )
    return ids


def count_of(items: WorkItemQuerySet) -> int:
    """No more than `MOST` and one."""
    return capped.count_up_to(items, MOST + 1)
