"""What people do with views of a list: keep, rename, share, start in, delete and bring back."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.http import Http404, QueryDict
from django.utils import timezone

from accounts.asked import whole_number
from accounts.models import Role, User
from accounts.refusal import Conflict, Refused
from worklists import columns
from worklists.filters import EVERY_FILTER
from worklists.models import FirstView, SavedView

BRING_BACK_FOR = timedelta(minutes=10)
NOT_KEPT = ("search", "view", "act")
"""What somebody searched for is about one patient and lives in their session alone; what was once done, few may see."""
SHARERS = (Role.SPECIALIST, Role.MANAGER, Role.ADMIN)
LONGEST = 2000


def query_of(sent: QueryDict) -> str:
    """What of an address makes a view: filters, tab, order and columns, in an order that does not depend on typing."""
    names = sorted((set(EVERY_FILTER) | {"queue"}) - set(NOT_KEPT))
    kept = QueryDict(mutable=True)
    for name in names:
        value = sent.get(name, "").strip()
        if name == "columns":
            value = columns.in_address(columns.chosen(value))
        if value:
            kept[name] = value
    return kept.urlencode()[:LONGEST]


def may_change(view: SavedView, user: User) -> bool:
    """Its owner; of a shared one also managers."""
    return view.owner_id == user.pk or (view.is_shared and user.may_manage)


def may_share(user: User) -> bool:
    """Who works items; who only reads keeps views to themselves."""
    return user.role in SHARERS


def is_first(view: SavedView, user: User) -> bool:
    """Whether this view opens first for this person."""
    return bool(view.pk) and FirstView.objects.filter(user=user, view=view).exists()


def one(user: User, pk: int) -> SavedView:
    """A view that this person may see. Raises Http404 for any other."""
    seen = SavedView.objects.visible_to(user).select_related("owner", "changed_by")
    view: SavedView | None = seen.filter(pk=pk).first()
    if view is None:
        raise Http404
    return view


def deleted(user: User, pk: int) -> SavedView | None:
    """A view that this person might change, had nobody deleted it."""
    gone: SavedView | None = SavedView.objects.filter(pk=pk, deleted_at__isnull=False).first()
    return gone if gone and may_change(gone, user) else None


@transaction.atomic
def save(view: SavedView, user: User, *, is_first: bool, seen_at: str = "") -> SavedView:
    """Writes a view with its name, whom it is for and what it shows; `is_first`: this person starts in it.

    Refused where somebody changed it since `seen_at`.
    """
    _check(view, user)
    if view.pk:
        _must_be_as_seen(view, seen_at, "look at what it is now, then save again.")
    view.changed_by, view.changed_at = user, timezone.now()
    if view.default_of:
        others = SavedView.objects.standing().filter(default_of=view.default_of).exclude(pk=view.pk)
        others.update(default_of="", changed_by=user, changed_at=view.changed_at)
    view.save()
    start_in(view if is_first else None, user, instead_of=view)
    return view


@transaction.atomic
def show(view: SavedView, user: User, *, list_key: str, query: str, seen_at: str) -> None:
    """From now on the view shows what this address shows. Refused where somebody changed it since `seen_at`."""
    row = _must_be_as_seen(view, seen_at, "open it again, or save what you see as a new view.")
    row.list_key, row.query = list_key, query
    _check(row, user)
    row.changed_by, row.changed_at = user, timezone.now()
    row.save(update_fields=["list_key", "query", "changed_by", "changed_at"])


def state_of(view: SavedView) -> str:
    """A word that differs after each change of the view."""
    return f"{view.changed_at.timestamp():.6f}"


def start_in(view: SavedView | None, user: User, *, instead_of: SavedView | None = None) -> None:
    """The view in which this person starts. None: no longer in `instead_of`, if it was that one."""
    if view is not None:
        FirstView.objects.update_or_create(user=user, defaults={"view": view})
    else:
        FirstView.objects.filter(user=user, view=instead_of).delete()


def first_of(user: User) -> SavedView | None:
    """The view in which this person starts: their own choice, else that of their role."""
    is_own = Exists(FirstView.objects.filter(user=user, view=OuterRef("pk")))
    seen = SavedView.objects.visible_to(user).annotate(is_own=is_own)
    first: SavedView | None = seen.filter(Q(is_own=True) | Q(default_of=user.role)).order_by("-is_own").first()
    return first


def shown_in(sent: QueryDict, user: User) -> SavedView | None:
    """The view that an address names, if this person may see it."""
    pk = whole_number(sent.get("view", ""))
    if pk is None:
        return None
    return SavedView.objects.visible_to(user).select_related("owner", "changed_by").filter(pk=pk).first()


def is_changed(view: SavedView, list_key: str, sent: QueryDict) -> bool:
    """Whether the list is looked at otherwise than the view says."""
    return (view.list_key, view.query) != (list_key, query_of(sent))


def delete(view: SavedView, user: User) -> None:
    """Takes it away from everybody; who did it may bring it back for ten minutes."""
    _check(view, user)
    now = timezone.now()
    SavedView.objects.filter(pk=view.pk).update(deleted_at=now, changed_by=user, changed_at=now)


@transaction.atomic
def bring_back(pk: int, user: User) -> SavedView:
    """What this person deleted moments ago. Raises Http404 for anything else."""
    deleted = SavedView.objects.select_for_update().filter(changed_by=user, deleted_at__isnull=False)
    gone: SavedView | None = deleted.filter(pk=pk).first()
    if gone is None or gone.deleted_at is None:
        raise Http404
    if gone.deleted_at < timezone.now() - BRING_BACK_FOR:
        raise Refused("Nothing was changed: this view was deleted more than ten minutes ago. Make it again.")
    if SavedView.objects.standing().filter(default_of=gone.default_of).exclude(default_of="").exists():
        gone.default_of = ""
    gone.deleted_at, gone.changed_at = None, timezone.now()
    gone.save(update_fields=["deleted_at", "changed_at", "default_of"])
    return gone


def _must_be_as_seen(view: SavedView, seen_at: str, what_to_do: str) -> SavedView:
    """The row as it stands, locked. Raises Conflict where it is another one than what was seen."""
    standing = SavedView.objects.standing().select_for_update(of=("self",)).select_related("changed_by")
    row: SavedView = standing.get(pk=view.pk)
    if seen_at and seen_at != state_of(row):
        raise Conflict(
            f"{row.changed_by} changed this view while you looked at it: it is called “{row}” and is"
            f" {'shared' if row.is_shared else 'private'} now. Nothing was overwritten: {what_to_do}"
        )
    return row


def _check(view: SavedView, user: User) -> None:
    if view.pk and not may_change(view, user):
        raise Refused(f"Nothing was changed: this view is {view.made_by}'s. Save what you see as a view of your own.")
    if view.is_shared and not may_share(user):
        raise Refused("Nothing was saved: who only reads may keep views, not share them.")
    if view.default_of and not user.may_manage:
        raise Refused("Nothing was saved: managers choose the view in which a role starts.")
