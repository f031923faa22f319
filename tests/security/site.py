"""Two facilities with everything a site may hold of each, marked so that no word of one can be taken for the other's.

All of it came in as it does in life: uploaded, confirmed, recorded, worked and appealed.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.governance import areas, proposing, reviews
from accounts.governance.proposing import Reasons
from accounts.models import Facility, Role, Team, User
from appeals import letter_templates, submission
from appeals.models import Appeal
from appeals.submission import Sending
from config import pipeline
from denials import dictionary, entering, intake, playbooks, sheets, time_limits
from denials.entering import EnteredPayment
from denials.models import Acknowledgment, EnteredFrom, ExceptionCase, Job, Remittance, RemittanceFile, Sheet
from denials.scans import Scan
from tests.acknowledgment_text import Answered, claims_answered
from tests.appeals.letters import ready
from tests.cast import Cast
from tests.entered import claim_of
from tests.security.payer_says import Paid, Said, file_of
from worklists import defaults, figures, order_weights, work
from worklists.calls import outcomes as call_outcomes
from worklists.models import RoutingRule, WorkItem
from worklists.notes import phrases
from worklists.watch import watch_settings

TODAY = date(2026, 11, 20)
CONFIRMATION = "FAX-0042"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63600000000002000148afa471"
    "0000000049454e44ae426082"
)


@dataclass(slots=True, frozen=True)
class Marks:
    """Words that stand in the rows of one facility only."""

    name: str

    def word(self, kind: str) -> str:
        return f"{self.name}{kind}"

    @property
    def all(self) -> tuple[str, ...]:
        kinds = ("LAST", "FIRST", "MEMBER", "CLAIM", "PCN", "TRACE", "RECORD", "POLICY", "NOTE", "FILE", "ANSWER")
        return tuple(self.word(kind) for kind in kinds)

    @property
    def of_patients(self) -> tuple[str, ...]:
        """Those that may stand in no log, address, title, message or name of a stored file."""
        return tuple(self.word(kind) for kind in ("LAST", "FIRST", "MEMBER", "CLAIM", "PCN", "RECORD", "NOTE"))

    def found_in(self, text: str | bytes) -> set[str]:
        raw = text if isinstance(text, bytes) else text.encode()
        low = raw.lower()
        return {word for word in self.all if word.lower().encode() in low}

    def said(self, number: int, **more: Any) -> Said:
        return Said(
            number=f"{self.word('CLAIM')}-{number}",
            last=f"{self.word('LAST')}",
            first=self.word("FIRST"),
            member=f"{self.word('MEMBER')}{number}",
            payer_number=f"{self.word('PCN')}{number}",
            medical_record=self.word("RECORD"),
            policy=self.word("POLICY"),
            **more,
        )


HERE, THERE = Marks("QXH"), Marks("ZVT")


@dataclass(slots=True, frozen=True)
class Owned:
    """What one facility owns: an id for each kind of row that stands in an address."""

    marks: Marks
    file: RemittanceFile
    preview: RemittanceFile
    held: Remittance
    case: ExceptionCase
    """Of a code that only this facility got. Everybody's team owns it."""
    answer: Acknowledgment
    entry: RemittanceFile
    sheet: Sheet
    item: WorkItem
    free_item: WorkItem
    drafted: Appeal
    sent: Appeal


def prepare() -> None:
    """Codes, time limits, queues, rules and letters, as a new site has them."""
    dictionary.load()
    time_limits.load()
    playbooks.load()
    defaults.load_defaults()
    letter_templates.load()
    reviews.install(TODAY)
    figures.load()
    watch_settings.load()
    phrases.load()
    call_outcomes.load()
    order_weights.load()


def bring_in(content: bytes, name: str, user: User | None) -> RemittanceFile:
    """A file from upload to work items, by the product's own way and without a worker."""
    file = intake.receive(io.BytesIO(content), name, user).file
    pipeline.run(intake.confirm(file, user).pk)
    file.refresh_from_db()
    assert file.state == RemittanceFile.State.RECORDED
    return file


def worker_at(name: str, facility: Facility, role: Role) -> User:
    """Somebody of this role who may see one facility only."""
    user = User.objects.create(username=name, first_name=name, last_name="Fictional", role=role, title="Biller")
    user.phone = "555-0100"
    user.save(update_fields=["phone"])
    user.facilities.add(facility)
    return user


def own(marks: Marks, facility: Facility, user: User, batch: int) -> Owned:
    """Everything of one facility, in the name of `user`."""
    Facility.objects.filter(pk=facility.pk).update(
        address="1 Example Street, Anytown TX 75001", phone="555-0101", tax_id="000000101"
    )
    claims = tuple(marks.said(number, charge=f"{1000 + number}.00") for number in range(1, 5))
    never_seen = marks.said(6, charge="1006.00", reason=("CO", f"99{batch}"))
    pending = marks.said(8, reason=("OA", "133"), remark="N706")
    one_paid = marks.said(9, paid="1450.00")
    payment = partial(Paid, npi=facility.npi, payee=facility.name.upper())
    first_trace, second_trace = (f"{marks.word('TRACE')}{number}" for number in (1, 2))
    said = file_of(payment((*claims, pending, one_paid, never_seen), trace=first_trace), interchange=batch)
    file = bring_in(said, f"{marks.word('FILE')}.835", user)
    otherwise = file_of(payment((marks.said(5), one_paid), trace=first_trace), interchange=batch)
    twin = bring_in(otherwise, f"{marks.word('FILE')}-again.835", user)
    more = file_of(payment((marks.said(7),), trace=second_trace), interchange=batch)
    preview = intake.receive(io.BytesIO(more), f"{marks.word('FILE')}-2.835", user).file
    first, second, third, fourth = WorkItem.objects.filter(facility=facility).order_by("pk")[:4]
    answers = bring_in(_rejection(marks, facility, batch), f"{marks.word('FILE')}.277", user)
    for item in (first, second, third):
        work.take([item.pk], user).or_refuse()
        work.note([item.pk], user, text=f"{marks.word('NOTE')} called").or_refuse()
    return Owned(
        marks=marks,
        file=file,
        preview=preview,
        held=twin.remittances.get(),
        case=_owned_case(f"99{batch}"),
        entry=_entry(marks, facility, user),
        sheet=_sheet(marks, facility, user),
        answer=answers.acknowledgments.get(status=Acknowledgment.Status.REJECTED),
        item=first,
        free_item=fourth,
        drafted=ready(second, user),
        sent=_sent(third, user),
    )


def _rejection(marks: Marks, facility: Facility, batch: int) -> bytes:
    """A 277CA that rejects one claim of the facility."""
    rejected = Answered(
        f"{marks.word('CLAIM')}-6", "A7:562:85", "U", payer_number=marks.word("PCN"), last=marks.word("LAST")
    )
    return claims_answered(rejected, npi=facility.npi, number=batch)


def _owned_case(code: str) -> ExceptionCase:
    case: ExceptionCase = ExceptionCase.objects.open().get(code=code)
    case.owner_team = Team.objects.get(key="prior_auth")
    case.save(update_fields=["owner_team"])
    return case


def _entry(marks: Marks, facility: Facility, user: User) -> RemittanceFile:
    """A denial that somebody typed from paper, with its scan."""
    denied = claim_of(f"{marks.word('CLAIM')}-10", marks.word("LAST"))
    payment = EnteredPayment(
        entering.payer_called("Fictional Health"), facility, marks.word("TRACE"), date(2026, 11, 2), [denied]
    )
    file = entering.enter([payment], EnteredFrom.PAPER, user, entering.original_of(Scan(PNG, "png"), "eob.png"))
    pipeline.run(Job.objects.get(subject=file.pk, kind=intake.RECORD_FILE).pk)
    return file


def _sheet(marks: Marks, facility: Facility, user: User) -> Sheet:
    """A sheet with one denial, brought in and not yet looked over."""
    heads = "Claim,Payer,Payment date,DOS,Billed,CARC,Patient,Facility"
    row = f"{marks.word('CLAIM')}-11,Fictional Health,2026-11-02,2026-10-05,50,CO-50,{marks.word('LAST')},{facility}"
    return sheets.receive(io.BytesIO(f"{heads}\n{row}".encode()), f"{marks.word('FILE')}.csv", user, None).sheet


def _sent(item: WorkItem, user: User) -> Appeal:
    proof = SimpleUploadedFile("proof.png", PNG)
    sending = Sending(channel="fax", sent_on=TODAY, proof=CONFIRMATION, proof_file=proof)
    return submission.mark_sent(ready(item, user), user, sending, today=TODAY)


@dataclass(slots=True, frozen=True)
class Site:
    """The whole site. `mo` manages and `al` administers with one facility only, the other ones stand in the cast."""

    cast: Cast
    mo: User
    al: User
    here: Owned
    there: Owned


def ask_for_a_change(author: User) -> None:
    """A change of the first rule that waits for somebody else."""
    rule = RoutingRule.objects.order_by("position")[0]
    reasons = Reasons("It is called otherwise now", active_on=TODAY)
    change = proposing.propose(areas.area_keyed("rules"), author, rule, {"name": ["Renamed"]}, reasons)
    proposing.send(change, author, today=TODAY)


def make_site(cast: Cast) -> Site:
    prepare()
    mo = worker_at("mo", cast.here, Role.MANAGER)
    al = worker_at("al", cast.here, Role.ADMIN)
    for user in (cast.sam, cast.otto):
        user.title, user.phone = "Denial specialist", "555-0100"
        user.save(update_fields=["title", "phone"])
    ask_for_a_change(cast.ada)
    here = own(HERE, cast.here, cast.sam, 1)
    there = own(THERE, cast.there, cast.otto, 2)
    return Site(cast=cast, mo=mo, al=al, here=here, there=there)
