"""An unknown code gets a title of ours and a handling: what it held up is read again."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db import transaction

from accounts.governance import proposing
from accounts.governance.proposing import Reasons
from accounts.models import Change, User
from accounts.refusal import Conflict, Refused
from denials.code_areas import CODES
from denials.domain.code_flags import flags_of
from denials.domain.code_kinds import may_be_a_code
from denials.models import Code, CodeHandling, CodeSystem

MAPPED_HERE = "mapped here"


def unmapped(system: str, code: str) -> Code | None:
    """The code as a row to be mapped, unsaved where nobody has it yet; None for what is mapped or can be no code."""
    if system not in (CodeSystem.CARC, CodeSystem.RARC) or not may_be_a_code(system, code):
        return None
    found = Code.objects.filter(system=system, code=code).select_related("handling").first()
    if found is None:
        return Code(system=system, code=code, list_version=MAPPED_HERE)
    handling = getattr(found, "handling", None)
    return found if found.needs_title or handling is None or not handling.category else None


@transaction.atomic
def map_code(record: Code, user: User, title: str, handling: Mapping[str, Any], why: str, *, today: date) -> Change:
    """Gives the code its title and handling. It is in force at once, and somebody else confirms it."""
    kept, _ = Code.objects.select_for_update().get_or_create(
        system=record.system,
        code=record.code,
        defaults={"title": title, "list_version": MAPPED_HERE, **_as_remark(record.system)},
    )
    row, _ = CodeHandling.objects.select_for_update().get_or_create(code=kept)
    if row.category and not kept.needs_title:
        raise Conflict("Somebody else mapped this code meanwhile. Nothing was changed: reload the page and see how.")
    if kept.title != title:
        kept.title = title
        kept.save(update_fields=["title"])
    values = _sent(handling)
    if all(not wanted for wanted in values.values()):
        raise Refused("Choose a category. Nothing was saved.")
    change = proposing.propose(CODES, user, row, values, Reasons(why, active_on=today))
    return proposing.send(change, user, today=today)


def _sent(handling: Mapping[str, Any]) -> dict[str, list[str]]:
    """As the form of a code's handling would send it."""
    flags = flags_of(handling["category"], handling["denial_rule"])
    sent = {name: [value] for name, value in handling.items() if value}
    return sent | {name: ["on"] for name, is_set in flags.items() if is_set}


def _as_remark(system: str) -> dict[str, bool]:
    """A remark that no list has told us about is taken for one that explains, as an unknown one is."""
    return {"satisfies_required_remark": system == CodeSystem.RARC}
