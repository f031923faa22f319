"""Two people in one item: no form that comes too late overwrites, and each says what the other one did.

A form says what its sender saw: a version, what stood there (`seen`), or the pieces as they stood. Forms that cannot
collide stand in `CANNOT_COLLIDE`, with what the database holds against it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pgtrigger
import pytest
import time_machine
from django.db import connection
from django.db.models import Model, UniqueConstraint
from django.urls import resolve, reverse
from django.utils import timezone

from accounts.models import Facility
from appeals import drafting
from appeals.models import Appeal
from denials.models import EligibilityCheck
from tests.appeals.letters import as_written
from tests.security.addresses import a_missed_clock, a_record_request
from tests.security.item_forms import SENT
from tests.security.site import TODAY, Site
from tests.security.test_items_keep_their_list import FORMS, own_addresses, pages_about
from tests.worklists.pages import signed_in
from worklists import playbook_steps
from worklists.behavioral import answering
from worklists.domain.behavioral import Given
from worklists.evidence import gathering, requesting
from worklists.evidence.checklist import checklist_of
from worklists.models import Activity, EvidencePiece, ImagingEvent, PinnedNote
from worklists.watch import escalating, missed

SEES = re.compile(r'name="(?:[\w-]+-)?(?:version|seen|draft_version)"|name="piece" value="[0-9a-f]{12}\.[0-9a-f]+"')
ADDS_ONLY: dict[str, type[Model]] = {"item_note": Activity, "item_fact": EligibilityCheck, "item_imaging": ImagingEvent}
"""PostgreSQL refuses to change or delete what they write; nothing that was written makes it wrong."""
ONE_OF_A_KIND: dict[str, type[Model]] = {"item_piece_add": EvidencePiece, "item_pin": PinnedNote, "appeal_new": Appeal}
"""What two people ask for at once is the same: a constraint lets it be there once."""
ENDS_ONCE = ("question_withdraw", "item_fact_withdraw", "evidence_withdraw")
"""The second one is told who ended it, and why."""
OWN = ("item_draft",)
"""Nobody else's: a draft of one person, in one window, with its version."""
MANY = ("item_alike",)
"""Like a list: each item is refused or done as it stands."""
CANNOT_COLLIDE = {*ADDS_ONLY, *ONE_OF_A_KIND, *ENDS_ONCE, *OWN, *MANY}


@pytest.fixture(autouse=True)
def _later(site: Site) -> Iterator[None]:
    """After all that the site did."""
    with time_machine.travel(datetime(TODAY.year, TODAY.month, TODAY.day, 18, tzinfo=UTC), tick=True):
        yield


def test_every_form_about_an_item_says_what_its_sender_saw(site: Site) -> None:
    client, own, looked_at = signed_in(site.mo), own_addresses(site), set()
    for each in SENT.values():
        each(site)
    escalating.escalate([site.here.item.pk], site.mo, today=timezone.localdate(), reason="Urgent").or_refuse()
    for address in pages_about(site):
        page = client.get(address)
        if page.status_code != 200 or "text/html" not in page.headers["Content-Type"]:
            continue
        for opening, inside in FORMS.findall(page.content.decode()):
            action = re.search(r'action="([^"?]*)', opening)
            goes_to = action[1] if action else address
            if own.match(goes_to):
                name = str(resolve(goes_to).url_name)
                looked_at.add(name)
                assert name in CANNOT_COLLIDE or SEES.search(inside), f"{goes_to} on {address}"
    assert looked_at >= {"item_action", "item_step", "item_upload", "item_evidence_step", "appeal_edit"}


def test_what_cannot_collide_is_held_by_the_database() -> None:
    for name, model in ADDS_ONLY.items():
        held = [each for each in model._meta.triggers if isinstance(each, (pgtrigger.Protect, pgtrigger.ReadOnly))]  # type: ignore[attr-defined]
        operations = "".join(str(each.operation) for each in held)
        assert "UPDATE" in operations, name
        assert "DELETE" in operations, name
    for name, model in ONE_OF_A_KIND.items():
        assert any(isinstance(each, UniqueConstraint) for each in model._meta.constraints) or any(
            field.unique for field in model._meta.fields if not field.primary_key
        ), name


def fields_of(page: Any, address: str, holds: str = "") -> dict[str, Any]:
    """What a browser sends from the form of a page that goes to `address`, without what is ticked or chosen."""
    for opening, inside in FORMS.findall(page.content.decode()):
        action = re.search(r'action="([^"]*)"', opening)
        if (action[1] if action else page.request["PATH_INFO"]) == address and holds in inside:
            found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inside)
            pieces = re.findall(r'name="piece" value="([^"]+)"', inside)
            return {**dict(found), **({"piece": pieces[0]} if pieces else {})}
    raise AssertionError(f"no form to {address}")


def panel(site: Site, key: str = "evidence") -> str:
    return reverse("item_panel", args=[site.here.item.pk, key])


def first(site: Site) -> str:
    return checklist_of(site.here.item).to_gather[0].slug


def ticked(site: Site) -> None:
    playbook_steps.tick(site.here.item.pk, site.cast.sam, step=SENT["item_step"](site)[1]["step"], is_done=True)


def ticked_again(site: Site) -> None:
    step = SENT["item_step"](site)[1]["step"]
    for is_done in (False, True):
        playbook_steps.tick(site.here.item.pk, site.mo, step=step, is_done=is_done)


def moved(site: Site) -> None:
    gathering.receive_elsewhere(site.here.item.pk, site.mo, [first(site)], held_at="Folder of mo")


def rejected_and_moved(site: Site) -> None:
    gathering.take_step(site.here.item.pk, site.mo, "reject", [first(site)], because="The wrong year")
    moved(site)


def behavioral(site: Site) -> None:
    Facility.objects.filter(pk=site.here.item.facility_id).update(service_line="behavioral_health")


def answered(site: Site) -> None:
    answering.answer(site.here.item.pk, site.mo, "goals", Given(answer="no", where="page 7 of mo"))


def escalated(site: Site) -> None:
    today = timezone.localdate()
    escalating.escalate([site.here.item.pk], site.mo, today=today, reason="Urgent", to=site.cast.sam).or_refuse()


def acknowledged(site: Site) -> None:
    escalating.acknowledge([site.here.item.pk], site.mo).or_refuse()


def edited(site: Site) -> None:
    letter = Appeal.objects.get(pk=site.here.drafted.pk)
    drafting.edit(letter, site.mo, as_written(letter, subject="As somebody else wrote it"))


def reminded(site: Site) -> None:
    later = timezone.localdate() + timedelta(days=9)
    requesting.remind(a_record_request(site.here), site.mo, today=timezone.localdate(), how="Fax", due_on=later)


def explained(site: Site) -> None:
    missed.explain(a_missed_clock(site.here), site.mo, why="other", explanation="As mo saw it")


@dataclass(frozen=True, slots=True)
class Late:
    """A form opened by Sam on `page`, and what Mo does before Sam sends it; `said` tells of that."""

    page: Callable[[Site], str]
    meanwhile: Callable[[Site], object]
    said: str
    begin: Callable[[Site], object] = lambda site: None
    args: tuple[str, ...] = ()
    sent: dict[str, str] = field(default_factory=dict)
    again: int = 302
    """What comes of it when Sam sends the form once more, as it came back."""


def of_item(site: Site) -> str:
    return f"/items/{site.here.item.pk}/"


def of_letter(site: Site) -> str:
    return f"/appeals/{site.here.drafted.pk}/"


def own_page(name: str) -> Callable[[Site], str]:
    return lambda site: SENT[name](site)[0]


LATE = {
    "item_step": Late(of_item, ticked_again, "mo Fictional", ticked, sent={"done": "no"}),
    "item_verify": Late(panel, rejected_and_moved, "Folder of mo"),
    "item_upload": Late(panel, moved, "Folder of mo"),
    "item_use": Late(panel, rejected_and_moved, "Folder of mo"),
    "item_evidence_step": Late(own_page("item_evidence_step"), moved, "Folder of mo", again=422),
    "item_answer": Late(panel, answered, "page 7 of mo", behavioral),
    "item_action": Late(of_item, acknowledged, "mo Fictional", escalated, args=("acknowledge",)),
    "appeal_edit": Late(of_letter, edited, "As somebody else wrote it"),
    "appeal_action": Late(own_page("appeal_action"), edited, "mo Fictional"),
    "record_request_act": Late(own_page("record_request_act"), reminded, "with 1 reminder"),
    "missed_clock": Late(own_page("missed_clock"), explained, "As mo saw it"),
}


def test_every_form_that_can_collide_is_tried_too_late() -> None:
    assert set(LATE) | CANNOT_COLLIDE == set(SENT)
    assert not set(LATE) & CANNOT_COLLIDE


CONTENTS = "SELECT md5(coalesce(string_agg(whole::text, ' ' ORDER BY whole::text), '')) FROM \"{table}\" AS whole"
WRITTEN = (
    *("worklists_evidencepiece", "worklists_playbookstepdone", "worklists_behavioralanswer", "worklists_escalation"),
    *("appeals_appeal", "worklists_recordrequest", "worklists_missedclock", "worklists_activity"),
)


def contents() -> list[str]:
    with connection.cursor() as cursor:
        found = []
        for table in WRITTEN:
            cursor.execute(CONTENTS.format(table=table))
            found.append(cursor.fetchone()[0])
    return found


@pytest.mark.parametrize("name", LATE)
def test_a_form_that_comes_too_late_overwrites_nothing_and_shows_both(site: Site, name: str) -> None:
    client, late = signed_in(site.cast.sam), LATE[name]
    address, sent = SENT[name](site)
    late.begin(site)
    if late.args:
        address, sent = reverse(name, args=[site.here.item.pk, *late.args]), {}
    shown = client.get(late.page(site))
    seen = fields_of(shown, address.partition("?")[0], sent.get("question", ""))
    late.meanwhile(site)
    before = contents()
    answer = client.post(address, {**sent, **seen, **late.sent})
    text = unescape(answer.content.decode())
    assert answer.status_code == 409, text
    assert contents() == before
    assert late.said in text
    for typed in ("because", "how", "explanation", "body"):
        if typed in sent:
            assert sent[typed] in text
    again = fields_of(answer, address.partition("?")[0], sent.get("question", ""))
    if (file := sent.get("file")) is not None:
        file.seek(0)
    assert client.post(address, {**sent, **again, **late.sent}).status_code == late.again


@pytest.mark.parametrize("name", ENDS_ONCE)
def test_what_ended_meanwhile_ends_once_and_the_second_is_told(site: Site, name: str) -> None:
    address, sent = SENT[name](site)
    assert signed_in(site.mo).post(address, sent).status_code == 302
    before = contents()
    typed = next(iter(sent))
    answer = signed_in(site.cast.sam).post(address, {**sent, typed: "Typed by Sam"})
    text = unescape(answer.content.decode())
    assert answer.status_code in (409, 422)
    assert contents() == before
    assert "Typed by Sam" in text
    assert name == "question_withdraw" or sent[typed] in text
