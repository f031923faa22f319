"""The panels about what Overturn itself knows of an item: what was done, other results, and why it is what it is."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils import timezone

from accounts.models import User
from denials.models import RemittedClaim
from worklists import alike, clarifications, context, other_results, panels, similar, timeline, why
from worklists.claim_record import ClaimRecord
from worklists.models import Clarification, WorkItem
from worklists.panels import Panel


def register() -> None:
    for panel in (
        Panel("timeline", "Timeline", "worklists/panels/_timeline.html", _timeline, place=10),
        Panel("context", "Context", "worklists/panels/_context.html", _context, place=20),
        Panel("similar", "Similar", "worklists/panels/_similar.html", _similar, place=30),
        Panel(
            "results",
            "Other results",
            "worklists/panels/_results.html",
            other_results.read,
            place=40,
            rows=_other_results,
        ),
        Panel(
            "questions",
            "Questions",
            "worklists/panels/_questions.html",
            _questions,
            place=60,
            rows=_all_questions,
            hides_when_empty=True,
        ),
        Panel("alike", "Same fault", "worklists/panels/_alike.html", _same_fault, place=35),
        Panel("why", "Why", "worklists/panels/_why.html", _why, place=90),
    ):
        panels.register(panel)


def _timeline(item: WorkItem, user: User) -> dict[str, Any]:
    told, aside = timeline.timeline_of(ClaimRecord(item, user))
    return {"told": told, "aside": aside}


def _context(item: WorkItem, user: User) -> dict[str, Any]:
    return {"parts": context.context_of(item, user)}


def _similar(item: WorkItem, user: User) -> dict[str, Any]:
    levels, examples = similar.similar_to(item, user)
    return {"levels": levels, "examples": examples}


def _questions(item: WorkItem, user: User) -> dict[str, Any]:
    return {"questions": clarifications.on_item(item)}


def _same_fault(item: WorkItem, user: User) -> dict[str, Any]:
    return {"group": alike.like(item, user, timezone.localdate())}


def _why(item: WorkItem, user: User) -> dict[str, Any]:
    return why.read(item, user, timezone.localdate())


def _other_results(user: User) -> QuerySet[RemittedClaim]:
    return RemittedClaim.objects.filter(claim=OuterRef("claim")).exclude(pk=OuterRef("denial__remitted_claim"))


def _all_questions(user: User) -> QuerySet[Clarification]:
    return Clarification.objects.filter(item=OuterRef("pk"))
