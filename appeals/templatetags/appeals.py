"""Appeals on the pages of other apps."""

from __future__ import annotations

from django import template

from accounts.models import User
from appeals.models import Appeal
from appeals.on_item import OnItem, appeals_on, letter_at_payer
from worklists.models import WorkItem

register = template.Library()


@register.simple_tag
def appeals_about(item: WorkItem, user: User, appeals: list[Appeal]) -> OnItem:
    """What to show about these appeals of an item."""
    return appeals_on(item, user, appeals)


@register.simple_tag
def letter_waiting(appeals: list[Appeal]) -> Appeal | None:
    """The letter whose answer the item waits for: the answer is recorded there."""
    return letter_at_payer(appeals)
