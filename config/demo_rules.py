"""Changes of rules and letters as a practice has them at any moment: two to approve, one to come, one in force."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import models

from accounts.governance import approving, areas, proposing, reviews
from accounts.governance.proposing import Reasons
from accounts.models import Change, ReviewArea, User
from appeals.models import LetterTemplate
from worklists.models import RoutingRule

ASKS_WHO = "Please name the reviewer, and their specialty, in your answer.\n\nSincerely,"


def begin(today: date) -> None:
    """Once: not when a change was drafted before."""
    if Change.objects.exists():
        return
    admin, manager = (User.objects.get(username=name) for name in ("admin", "manager"))
    clinical = LetterTemplate.objects.get(key="medical_necessity")
    why = Reasons("Two payers answered without saying who had read the records.", "Notes of calls, October", today)
    change = _ask("letter_templates", manager, clinical, {"body": [clinical.body.replace("Sincerely,", ASKS_WHO)]}, why)
    approving.approve(change, admin, "Read with the medical director.", today=today)

    general = LetterTemplate.objects.get(key="general")
    why = Reasons("The mail room of one payer sorts by the subject line.", "Provider bulletin 44", today)
    _ask("letter_templates", admin, general, {"subject": [f"{general.subject} (request for review)"]}, why)

    first, second = RoutingRule.objects.filter(is_active=True).order_by("position")[1:3]
    _ask("rules", admin, first, {"at_least": ["250"]}, Reasons("Smaller amounts go to another team.", active_on=today))
    why = Reasons("The team is called otherwise from then on.", active_on=today + timedelta(days=30))
    change = _ask("rules", manager, second, {"name": [f"{second.name} (new team)"]}, why)
    approving.approve(change, admin, today=today)

    reviews.install(today)
    ReviewArea.objects.filter(key="letter_templates").update(next_review_on=today - timedelta(days=9), owner=manager)
    ReviewArea.objects.filter(key="rules").update(owner=admin)


def _ask(area: str, author: User, row: models.Model, values: dict[str, list[str]], why: Reasons) -> Change:
    change = proposing.propose(areas.area_keyed(area), author, row, values, why)
    return proposing.send(change, author, today=why.active_on or change.active_on)
