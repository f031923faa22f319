"""When the meaning of a code changes: open work with it is read again. Before: which items and rules have the code."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection

from django.db.models import Count
from django.urls import reverse

from accounts.models import User
from denials import code_changes, code_uses
from denials.code_uses import CodeName, Use, Uses
from denials.models import CodeSystem
from worklists import rereading
from worklists.models import RoutingRule, WorkItem

CONDITIONS = {"carc": CodeSystem.CARC, "remarks": CodeSystem.RARC}


def listen() -> None:
    code_changes.on_change(_read_again)
    code_uses.register("items", open_items_with)
    code_uses.register("rules", rules_asking_for)


def open_items_with(codes: Collection[CodeName], user: User) -> Uses:
    """How many open items carry each code, of those that this person may see."""
    rows = WorkItem.objects.visible_to(user).open()
    counted: Counter[CodeName] = Counter()
    reasons = [code for system, code in codes if system == CodeSystem.CARC]
    said = rows.filter(denial__remitted_claim__adjustments__code__in=reasons)
    by_code = said.values_list("denial__remitted_claim__adjustments__code").annotate(items=Count("pk", distinct=True))
    counted.update({(CodeSystem.CARC.value, code): items for code, items in by_code.order_by()})
    remarks = {code for system, code in codes if system == CodeSystem.RARC}
    for found in rows.filter(denial__remarks__overlap=list(remarks)).values_list("denial__remarks", flat=True):
        counted.update((CodeSystem.RARC.value, code) for code in remarks.intersection(found))
    return {name: [Use(f"{items:,} open item{'s' * (items != 1)}")] for name, items in counted.items()}


def rules_asking_for(codes: Collection[CodeName], user: User) -> Uses:
    """The routing rules in use whose conditions name a code."""
    wanted, found = set(codes), defaultdict(list)
    for rule in RoutingRule.objects.filter(is_active=True):
        address = reverse("rules_edit", args=[rule.pk]) if user.may_manage else ""
        for condition, system in CONDITIONS.items():
            for code in rule.conditions.get(condition, []):
                if (system, code) in wanted:
                    found[system.value, code].append(Use(f"Routing rule: {rule.name}", address))
    return found


def _read_again(because: str, user: User | None, codes: Collection[CodeName]) -> None:
    rereading.ask(because=because, user=user, codes=codes)
