"""What repairs items from the watch list: back from a day too far, a new day to ask the payer, questions taken back."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import User
from worklists import asking
from worklists.changes import Done, Items, Refusal, lock, must_be_current, sort_out, write
from worklists.domain import ticklers
from worklists.models import Activity, Clarification
from worklists.permission import free_or_own, must_work, works_here
from worklists.wording import day, must_be_ahead, reason_for


@transaction.atomic
def bring_back(items: Items, user: User, *, reason: str) -> Done:
    """Ends postponements now: items are back with their owner, or free again."""
    must_work(user)
    reason = reason_for("bring it back", reason)
    rows, missing = lock(items, user)
    fit, refused = sort_out(rows, "wake", free_or_own(user))
    owned, free = ([row for row in fit if works_here(row.assignee) is wanted] for wanted in (True, False))
    done = write(owned, "wake", Activity.Kind.WOKEN, user, text=reason)
    done += write(free, "wake_unowned", Activity.Kind.WOKEN, user, text=reason, assignee=None)
    return Done(sorted(done), missing + refused)


@transaction.atomic
def ask_again(
    items: Items, user: User, *, on: date, text: str, today: date, expected_version: int | None = None
) -> Done:
    """The payer has not answered: what was heard is kept, and the items ask for attention again on that day."""
    must_work(user)
    text = reason_for("ask again later", text)
    must_be_ahead(on, today)
    asked_for, on = on, ticklers.comes_back(on, None, today)
    rows, missing = lock(items, user)
    must_be_current(rows, user, expected_version)
    fit, refused = sort_out(rows, "ask_again", free_or_own(user))
    said = f"No answer yet, to be asked again on {day(on)}. {text} {ticklers.moved_words(asked_for, on)}".strip()
    facts = {"follow_up_on": on.isoformat()}
    done = write(fit, "ask_again", Activity.Kind.NOTED, user, text=said, facts=facts, follow_up_on=on)
    return Done(done, missing + refused)


@transaction.atomic
def withdraw_questions(items: Items, user: User, *, reason: str) -> Done:
    """Takes back every open question about these items, so that work on them goes on."""
    must_work(user)
    reason = reason_for("withdraw the questions", reason)
    rows, refused = lock(items, user)
    done = []
    for row in rows:
        found = list(row.questions.filter(state=Clarification.State.OPEN).select_related("item", "team"))
        if not found:
            refused.append(Refusal(row.pk, "Nobody was asked about this item."))
        elif not all(asking.may_withdraw(each, user) for each in found):
            refused.append(Refusal(row.pk, "Who asked, who has the item, or a manager may withdraw the question."))
        else:
            for each in found:
                asking.withdraw(each, user, reason=reason)
            done.append(row.pk)
    return Done(done, refused)
