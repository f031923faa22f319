"""Letters before they are sent: drafted from a template and the record, edited, begun again, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction

from accounts.models import User
from accounts.refusal import Refused
from appeals import rights
from appeals.documents import final
from appeals.domain.choosing import choose
from appeals.domain.letters import MAX_LETTER, merge, tidy
from appeals.from_record import level_words, values_of
from appeals.holding import hold, hold_item, keep, tell
from appeals.levels import level_of
from appeals.models import Appeal, LetterTemplate
from worklists import clock_steps, work
from worklists.models import Activity, WorkItem
from worklists.wording import reason_for

MOST_ENCLOSURES = 40
LONGEST_ENCLOSURE = 200
LONGEST_SUBJECT = 300


@dataclass(frozen=True, slots=True)
class Letter:
    """What a person may change about a draft. `filled` are values for places that are still open, by name."""

    subject: str
    body: str
    enclosures: list[str]
    signer: User
    letter_date: date
    filled: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def draft(item: WorkItem, user: User, template: LetterTemplate | None = None, *, today: date) -> Appeal:
    """A letter about `item`, filled from the record; the one already in hand where there is one.

    Without `template` the one that fits best is taken. A free item becomes the drafter's, so that two people never
    write about the same claim.
    """
    row = hold_item(item.pk, user)
    if found := rights.in_hand(row):
        return found
    if sentence := rights.why_not(row, user):
        raise Refused(f"No letter was drafted. {sentence}")
    if row.assignee_id is None:
        work.take([row.pk], user).or_refuse()
    appeal = Appeal(item=row, facility=row.facility, drafted_by=user, signer=user, letter_date=today)
    _write_from(appeal, template or _best(row))
    appeal.save()
    tell(appeal, Activity.Kind.DRAFTED, user, f"{level_words(appeal.level)}: {appeal.template}.", level=appeal.level)
    return appeal


@transaction.atomic
def edit(appeal: Appeal, user: User, letter: Letter, *, expected_version: int | None = None) -> Appeal:
    """Saves a draft. Places that are still open take what was typed for them, or what the record knows by now."""
    row = hold(appeal, user, "edit", expected_version)
    _must_be_printable(letter)
    _must_sign(letter.signer, row)
    values = {**values_of(row.item, row.level), **letter.filled}
    changed: dict[str, Any] = {
        "subject": merge(tidy(letter.subject), values)[:LONGEST_SUBJECT],
        "body": merge(tidy(letter.body), values),
        "enclosures": _merged(_enclosures(letter.enclosures), values),
        "signer": letter.signer,
        "letter_date": letter.letter_date,
    }
    if all(getattr(row, name) == value for name, value in changed.items()):
        return row
    keep(row, **changed)
    tell(row, Activity.Kind.EDITED, user, "", open_places=len(final(row).open_places))
    return row


@transaction.atomic
def change_template(
    appeal: Appeal, user: User, template: LetterTemplate, *, expected_version: int | None = None
) -> Appeal:
    """Begins the draft again from a template and the latest decision of the payer; what was typed goes."""
    row = hold(appeal, user, "edit", expected_version)
    if sentence := rights.no_right(row.item.denial):
        raise Refused(f"Nothing was changed. {sentence}")
    _write_from(row, template)
    names = ["denial", "level", "deadline", "amount", "template", "template_version", "subject", "body", "enclosures"]
    keep(row, **{name: getattr(row, name) for name in names})
    tell(row, Activity.Kind.DRAFTED, user, f"Begun again: {template}.", level=row.level)
    return row


@transaction.atomic
def withdraw(appeal: Appeal, user: User, *, because: str, expected_version: int | None = None) -> Appeal:
    """Takes a draft, or a letter that was sent, off the table. An item that waited for its answer is worked again."""
    because = reason_for("withdraw the letter", because)
    row = hold(appeal, user, "withdraw", expected_version)
    was_sent = row.status == Appeal.Status.SENT
    keep(row, status=Appeal.Status.WITHDRAWN)
    text = f"Letter withdrawn. {because}"
    if row.item.status == WorkItem.Status.WAITING:
        work.return_from_payer([row.item_id], user, text=text, facts={"appeal": row.pk}).or_refuse()
    else:
        tell(row, Activity.Kind.EDITED, user, text)
    if was_sent:
        clock_steps.letter_withdrawn(row.item, row.denial, row.level, user)
    return row


def ranked(item: WorkItem) -> list[LetterTemplate]:
    """The active templates that fit the item's denial, best first."""
    templates = LetterTemplate.objects.filter(is_active=True)
    codes = [item.denial.primary_code, *item.denial.remarks]
    return choose(templates, codes=codes, category=item.denial.category, payer_id=item.payer_id)


def _best(item: WorkItem) -> LetterTemplate:
    fitting = ranked(item)
    if not fitting:
        raise Refused("No letter was drafted: no template fits. An administrator can add one under Letter templates.")
    return fitting[0]


def _write_from(appeal: Appeal, template: LetterTemplate) -> None:
    item = appeal.item
    appeal.denial, appeal.amount = item.denial, item.denied_amount
    appeal.level, appeal.deadline = level_of(item)
    appeal.template, appeal.template_version = template, template.version
    values = values_of(item, appeal.level)
    appeal.subject = merge(template.subject, values)[:LONGEST_SUBJECT]
    appeal.body = merge(template.body, values)
    appeal.enclosures = _merged(template.enclosures, values)


def _enclosures(names: list[str]) -> list[str]:
    return [name for name in (tidy(name).replace("\n", " ").strip() for name in names) if name]


def _merged(enclosures: Iterable[str], values: Mapping[str, str]) -> list[str]:
    return [merge(name, values)[:LONGEST_ENCLOSURE] for name in enclosures]


def _must_be_printable(letter: Letter) -> None:
    if not tidy(letter.body).strip():
        raise Refused("Nothing was saved: the letter is empty.")
    if len(letter.body) > MAX_LETTER:
        raise Refused(f"Nothing was saved: shorten the letter to {MAX_LETTER:,} characters.")
    if len(letter.enclosures) > MOST_ENCLOSURES:
        raise Refused(f"Nothing was saved: list at most {MOST_ENCLOSURES} enclosures.")
    if any(len(name) > LONGEST_ENCLOSURE for name in letter.enclosures):
        raise Refused(f"Nothing was saved: shorten each enclosure to {LONGEST_ENCLOSURE} characters.")


def may_sign(signer: User, appeal: Appeal) -> bool:
    return signer.is_active and signer.may_work and signer.may_see(appeal.facility_id)


def _must_sign(signer: User, appeal: Appeal) -> None:
    if not may_sign(signer, appeal):
        raise Refused(f"Nothing was saved: {signer} cannot sign for this facility. Choose somebody else.")
