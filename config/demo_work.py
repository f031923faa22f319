"""A morning's work in the made-up practice, done through the same verbs as everybody's: so that lists look lived in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Q

from accounts.models import Role, Team, User
from accounts.refusal import Refused
from appeals import drafting, submission
from appeals.domain.places import TYPED_BY_A_PERSON
from appeals.drafting import Letter
from appeals.models import Appeal
from config import demo_calls
from config.demo_people import DEMO_PEOPLE
from denials.domain.days import add_business_days
from worklists import asking, work
from worklists.models import Clarification, Resolution, Settlement, WorkItem, WorkTime
from worklists.watch import escalating, ledger, reminding

ITEMS_EACH = 12
MINUTES = (6, 22, 4, 9, 16, 18, 11, 7)
"""How long each of the steps took."""
QUESTIONS = (
    ("patient_access", 2, "Was this plan active on the day of service? The payer says it had ended.", ""),
    ("imaging", 1, "Is the final report of this study in PACS, and was it sent with the claim?", ""),
    (
        "patient_access",
        3,
        "Do we have the new member ID? The card on file seems to be an old one.",
        "Yes: the new card was scanned at the last visit. The ID ends in 77, the group is the same.",
    ),
)
"""To which team, business days to answer, the question, and the answer where there is one."""
Step = Callable[[WorkItem, User, date], object]


def begin(today: date) -> None:
    """Each specialist takes the next items and does something else with each. Once: not when anything was asked."""
    if Clarification.objects.exists():
        return
    specialists = [person.username for person in DEMO_PEOPLE if person.role == Role.SPECIALIST]
    for user in User.objects.filter(username__in=specialists).order_by("pk"):
        for count in range(ITEMS_EACH):
            item = work.next_item(user, today=today)
            if item is not None:
                act, step = STEPS[count % len(STEPS)]
                _do(step, item, user, today)
                seconds = 60 * MINUTES[count % len(STEPS)]
                WorkTime.objects.create(item=item, person=user, act=act, seconds=seconds, is_measured=True)

    _ask_around(today)
    demo_calls.begin(today)
    escalating.evaluate(today)
    reminding.remind(today)
    ledger.find_losses()


def _ask_around(today: date) -> None:
    """Three questions to other departments, one of them answered, and one item raised by hand."""
    specialist = User.objects.get(username="specialist")
    theirs = Q(assignee=specialist, status=WorkItem.Status.TAKEN)
    free = Q(assignee=None, status=WorkItem.Status.NEW, queue__teams__people=specialist)
    far = WorkItem.objects.filter(theirs | free, deadline__gt=today + timedelta(days=14)).order_by("pk")
    items = list(far.values_list("pk", flat=True).distinct()[: len(QUESTIONS) + 1])
    for item, (team, days, text, answer) in zip(items, QUESTIONS, strict=False):
        due_on = add_business_days(today, days)
        asked = Team.objects.get(key=team)
        asking.ask([item], specialist, team=asked, text=text, due_on=due_on, today=today).or_refuse()
        if answer:
            who = User.objects.filter(teams=asked, role=Role.CONTRIBUTOR).order_by("pk")[0]
            asking.answer(Clarification.objects.get(item=item), who, text=answer)
    if len(items) > len(QUESTIONS):
        reason = "The payer sends me from one desk to the next. Somebody with a contact there has to call."
        escalating.escalate(items[-1:], specialist, reason=reason, today=today)


def _do(step: Step, item: WorkItem, user: User, today: date) -> None:
    """A step that the item does not allow leaves it taken, as it would for a person."""
    try:
        step(item, user, today)
    except Refused as refusal:
        work.note([item.pk], user, text=f"Tried, and was told: {refusal.sentence}")


def _note(item: WorkItem, user: User, today: date) -> None:
    text = "Called the payer. The representative confirmed receipt and gave reference SAMPLE-5512."
    work.note([item.pk], user, text=text)


def _postpone(item: WorkItem, user: User, today: date) -> None:
    until = today + timedelta(days=3)
    because = "Waiting for the signed report from the department."
    late = "The report is signed on Monday, and without it the appeal cannot be won."
    work.postpone([item.pk], user, until=until, because=because, today=today, late_because=late)


def _draft(item: WorkItem, user: User, today: date) -> Appeal:
    return drafting.draft(item, user, today=today)


def _send(item: WorkItem, user: User, today: date) -> None:
    appeal = _draft(item, user, today)
    filled = {name: f"[made up: {meaning.lower()}]" for name, meaning in TYPED_BY_A_PERSON.items()}
    letter = Letter(appeal.subject, appeal.body, appeal.enclosures, user, today, filled)
    ready = drafting.edit(appeal, user, letter)
    sending = submission.Sending(
        Appeal.Channel.FAX, today, proof="Fax SAMPLE-0042, 6 pages", past_deadline_confirmed=True
    )
    submission.mark_sent(ready, user, sending, today=today)


def _resolve(item: WorkItem, user: User, today: date) -> None:
    work.resolve(
        [item.pk],
        user,
        resolution=Resolution.ADJUSTED,
        settlement=Settlement.NOT_CONTESTED,
        root_cause=item.denial.root_cause,
        preventable=item.denial.preventable == "yes",
    ).or_refuse()


def _leave_taken(item: WorkItem, user: User, today: date) -> None:
    """Some items are simply in work."""


STEPS: tuple[tuple[str, Step], ...] = (
    ("note", _note), ("send", _send), ("postpone", _postpone), ("take", _leave_taken), ("draft", _draft),
    ("send", _send), ("resolve", _resolve), ("note", _note),
)  # fmt: skip
"""What each is called where minutes are counted, and the step itself."""
