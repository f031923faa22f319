"""Facts about a claim that people write down at its item, and withdraw: in the record of facts, and in its timeline."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from denials import told
from denials.models.told import Told
from denials.told import Whose
from worklists.changes import Done, lock, sort_out, write
from worklists.models import Activity
from worklists.permission import must_work

ADDED = {
    "eligibility": "Eligibility check written down.",
    "authorizations": "Authorization written down.",
    "coding_notes": "Coding note written down.",
    "claim_edits": "Claim edit written down.",
}
WITHDRAWN = {
    "eligibility": "Eligibility check withdrawn",
    "authorizations": "Authorization withdrawn",
    "coding_notes": "Coding note withdrawn",
    "claim_edits": "Claim edit withdrawn",
}


@transaction.atomic
def add(item: int, user: User, kind: str, values: Mapping[str, Any]) -> Done:
    """Writes a fact down for the item's claim and its member. Anybody who may work and sees the item may."""
    must_work(user)
    rows, missing = lock([item], user)
    fit, refused = sort_out(rows, "note")
    done: list[int] = []
    for row in fit:
        claim = row.claim
        fact = told.add(kind, Whose(row.facility, claim.number, claim.member_id), values, user)
        done += write([row], "note", Activity.Kind.NOTED, user, text=ADDED[kind], facts={"fact": fact.pk, "kind": kind})
    return Done(done, missing + refused)


@transaction.atomic
def withdraw(item: int, user: User, kind: str, fact: Told, because: str) -> Done:
    """Says that a fact is wrong. It stays to be read, and counts no longer."""
    must_work(user)
    rows, missing = lock([item], user)
    fit, refused = sort_out(rows, "note")
    done: list[int] = []
    for row in fit:
        told.withdraw(fact, user, because)
        text = f"{WITHDRAWN[kind]}: {because.strip()}"
        done += write([row], "note", Activity.Kind.NOTED, user, text=text, facts={"fact": fact.pk, "kind": kind})
    return Done(done, missing + refused)
