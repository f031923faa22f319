"""When two payers turn out to be one: routing rules name the one that stays, and open work is read again."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.models import User
from denials import payer_links
from denials.models import Payer
from denials.payer_links import Change, Keyed, Renamed
from worklists import rereading
from worklists.models import RoutingRule, WorkItem
from worklists.routing import routed_facts


def register() -> None:
    """Called once, when the app is ready."""
    payer_links.register(
        keyed=Keyed("routing rules", _rename_in_rules),
        leaving=routed_facts.of_payer,
        after=_read_again,
        counts={"open items": _open_items},
    )


def _rename_in_rules(old: str, new: str) -> Renamed:
    """A rule that asks for the one payer asks for the other; one that asks for both keeps one of them."""
    changes = []
    for rule in RoutingRule.objects.filter(conditions__payer_key__contains=[old]):
        keys = dict.fromkeys(new if key == old else key for key in rule.conditions["payer_key"])
        conditions = rule.conditions | {"payer_key": list(keys)}
        changes.append(Change("worklists.RoutingRule", rule.pk, "conditions", rule.conditions, conditions))
    return Renamed(changes)


def _read_again(payers: Sequence[int], user: User | None, because: str) -> None:
    """Time limits, readings and product lines are others now: open denials are concluded and dated again."""
    rereading.ask(because=because, user=user, payers=payers)


def _open_items(payer: Payer) -> int:
    return WorkItem.objects.open().filter(payer=payer).count()
