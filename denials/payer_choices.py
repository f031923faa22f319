"""Which payers an unknown one may be, and that it is one of its own."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import QueryDict

from accounts.asked import whole_number
from accounts.models import User
from denials import payer_links
from denials.domain.alike import most_alike
from denials.models import Payer
from denials.payer_matching import standing


def others(payer: Payer) -> QuerySet[Payer]:
    """Every payer that it could be, by name."""
    return Payer.objects.standing().exclude(pk=payer.pk).order_by("name")


def proposed(payer: Payer) -> list[Payer]:
    """The likely ones: those that fitted its payments equally, then those with a name like its own."""
    rivals = {now.pk: now for now in map(standing, payer.candidates.select_related("merged_into").order_by("name"))}
    known = {each.pk: each for each in others(payer)}
    alike = most_alike({pk: each.name for pk, each in known.items() if pk not in rivals}, payer.name)
    return [*(each for pk, each in rivals.items() if pk in known), *(known[pk] for pk in alike)]


def confirm(payer: Payer, user: User) -> None:
    """Somebody looked: it is a payer of its own."""
    payer.is_confirmed = True
    payer.save(update_fields=["is_confirmed"])
    payer_links.tell([payer], user, f"{payer} was confirmed as a payer of its own.")


def as_they_are_now(data: QueryDict, name: str = "payer") -> QueryDict:
    """The fields of an address, with the payer that was meant under the one that it was merged into."""
    said = whole_number(data.get(name, ""))
    if said is None:
        return data
    merged = Payer.objects.filter(pk=said).exclude(merged_into=None).select_related("merged_into").first()
    if merged is None:
        return data
    now = data.copy()
    now[name] = str(standing(merged).pk)
    return now
