"""Every address of the product, from the URL resolver itself, so that a new page cannot be forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from accounts.models import Change, ChangeSet, Facility, Team, User
from appeals.models import LetterTemplate
from denials import code_lists
from denials.models import (
    Code,
    CodeList,
    CodeReading,
    EligibilityCheck,
    Payer,
    PayerContact,
    PayerMerge,
    PayerProduct,
    PayerRule,
    Playbook,
    SendingTime,
)
from denials.scans import Scan
from tests.security.site import PNG, Owned, Site
from worklists.evidence import documents
from worklists.evidence.checklist import checklist_of
from worklists.evidence.documents import About
from worklists.models import (
    Absence,
    BulkAct,
    CallClaim,
    CallOutcome,
    Clarification,
    EscalationRule,
    EvidenceDocument,
    Figure,
    Loss,
    MissedClock,
    Notification,
    OrderWeights,
    PayerCall,
    PayerSpecialist,
    Queue,
    RecordRequest,
    ReminderDay,
    RoutingRule,
    RuleSetReplay,
    SavedView,
    SmartPhrase,
    WatchNumber,
    WorkItem,
    WorkTime,
)
from worklists.routing import rule_sets


def a_product() -> PayerProduct:
    payer = Payer.objects.order_by("pk")[0]
    return PayerProduct.objects.get_or_create(payer=payer, name="Commercial")[0]


def a_contact() -> PayerContact:
    payer = Payer.objects.order_by("pk")[0]
    return PayerContact.objects.get_or_create(payer=payer, kind="phone", is_current=True)[0]


def a_merge() -> PayerMerge:
    stays = Payer.objects.order_by("pk")[0]
    gone, _ = Payer.objects.get_or_create(key="gone", defaults={"name": "Gone", "merged_into": stays})
    return PayerMerge.objects.get_or_create(merged=gone, stays=stays)[0]


def a_limit() -> PayerRule:
    return PayerRule.objects.order_by("pk")[0]


def a_change_of_a_limit() -> Change:
    rule, kind = a_limit(), ContentType.objects.get_for_model(PayerRule)
    author = User.objects.get(username="mara")
    values = {"about": rule.rule_id, "kind": Change.Kind.EDIT, "edits": [], "why": "test", "author": author}
    return Change.objects.get_or_create(
        area="payer_rules", content_type=kind, object_id=rule.pk, state=Change.State.DRAFT, defaults=values
    )[0]


def a_notification() -> Notification:
    told = {"person": User.objects.get(username="remy"), "cause": "digest:test"}
    return Notification.objects.get_or_create(**told, defaults={"kind": "digest", "facts": {"late": 1}})[0]


def some_minutes() -> WorkTime:
    spent = {"item": WorkItem.objects.order_by("pk")[0], "person": User.objects.get(username="mo"), "act": "note"}
    return WorkTime.objects.get_or_create(**spent, defaults={"seconds": 60, "is_measured": True})[0]


def a_set_of_changes() -> ChangeSet:
    values = {"name": "Autumn", "why": "test"}
    return ChangeSet.objects.get_or_create(area="rules", author=User.objects.get(username="mara"), defaults=values)[0]


def an_absence() -> Absence:
    """Of a specialist, in a year."""
    sam = User.objects.get(username="sam")
    days = {"first_day": date(2090, 1, 2), "last_day": date(2090, 1, 3), "goes_to": "team"}
    return Absence.objects.get_or_create(person=sam, is_cancelled=False, defaults={"entered_by": sam, **days})[0]


def a_specialist() -> PayerSpecialist:
    payer, person = Payer.objects.order_by("pk")[0], User.objects.get(username="sam")
    return PayerSpecialist.objects.get_or_create(payer=payer, person=person)[0]


def an_act() -> BulkAct:
    """Of a specialist, moments ago."""
    sam = User.objects.get(username="sam")
    return BulkAct.objects.get_or_create(kind="hand_over", actor=sam, reason="test", undone_at=None)[0]


def a_view() -> SavedView:
    """Shared, of a specialist."""
    sam = User.objects.get(username="sam")
    values = {"owner": sam, "changed_by": sam, "list_key": "all_items"}
    return SavedView.objects.get_or_create(name="Shared", is_shared=True, deleted_at=None, defaults=values)[0]


def a_deleted_view() -> SavedView:
    sam = User.objects.get(username="sam")
    values = {"owner": sam, "list_key": "all_items", "deleted_at": timezone.now()}
    return SavedView.objects.get_or_create(name="Gone", changed_by=sam, defaults=values)[0]


def a_replay() -> RuleSetReplay:
    bundle = a_set_of_changes()
    rules = rule_sets.in_force()
    values = {"rule_set": rules.rule_set, "rules": rule_sets.kept(rules.rules), "asked_by": bundle.author}
    return RuleSetReplay.objects.get_or_create(bundle=bundle, defaults=values)[0]


def a_call(owned: Owned) -> PayerCall:
    """In the hands of a specialist of this facility."""
    item = owned.item
    sam = User.objects.filter(role="specialist", facilities=item.facility).order_by("pk")[0]
    values = {"caller": sam, "payer": item.payer}
    call, is_new = PayerCall.objects.get_or_create(biller=item.facility, state="in_hand", defaults=values)
    if is_new:
        CallClaim.objects.create(call=call, item=item, position=1, asks="What is missing?")
    return call


def a_phrase() -> SmartPhrase:
    """Of a specialist."""
    sam = User.objects.get(username="sam")
    return SmartPhrase.objects.get_or_create(owner=sam, key="own", defaults={"name": "Own", "text": "x"})[0]


def a_missed_clock(owned: Owned) -> MissedClock:
    item = owned.item
    holder = User.objects.get(username="sam")
    values = {"facility": item.facility, "holder": holder, "queue": item.queue, "amount_at_risk": 1}
    return MissedClock.objects.get_or_create(item=item, kind="appeal", last_day="2026-11-02", defaults=values)[0]


def a_question(owned: Owned) -> Clarification:
    """To everybody's team, about what only this facility has; answered with a document."""
    item, team = owned.item, Team.objects.get(key="prior_auth")
    asker = User.objects.get(username="sam")
    values: dict[str, Any] = {"facility": item.facility, "asked_by": asker, "due_on": "2026-11-24"}
    text = owned.marks.word("NOTE")
    found, is_new = Clarification.objects.get_or_create(item=item, team=team, text=text, defaults=values)
    if is_new:
        found.file.save(f"questions/{found.pk}/x.png", ContentFile(b"\x89PNG\r\n\x1a\n"))
    return found


def a_loss(owned: Owned) -> Loss:
    item = owned.item
    values = {"facility": item.facility, "queue": item.queue, "amount": 1, "because": "test"}
    return Loss.objects.get_or_create(item=item, kind="unowned", lost_on="2026-11-02", defaults=values)[0]


def a_document(owned: Owned) -> EvidenceDocument:
    """Kept with the item's claim, under a name that only this facility has."""
    item = owned.item
    found: EvidenceDocument | None = EvidenceDocument.objects.filter(claim=item.claim_id).first()
    if found is not None:
        return found
    about = About("order", name=owned.marks.word("NOTE"))
    slugs = [line.slug for line in checklist_of(item).to_gather[:1]]
    return documents.keep(item.pk, User.objects.get(username="mara"), Scan(PNG, "png"), "x.png", about, slugs).document


def a_record_request(owned: Owned) -> RecordRequest:
    item, sam = owned.item, User.objects.get(username="sam")
    values = {"facility": item.facility, "to": "him", "text": owned.marks.word("NOTE"), "due_on": "2026-11-24"}
    values |= {"asked_by": sam, "asked_on": "2026-11-20"}
    return RecordRequest.objects.get_or_create(item=item, defaults=values)[0]


def a_fact(owned: Owned) -> EligibilityCheck:
    """About the item's member."""
    claim, sam = owned.item.claim, User.objects.get(username="sam")
    values: dict[str, Any] = {"checked_on": date(2026, 11, 2), "method": "phone", "result": "active", "told_by": sam}
    whose = {"facility": claim.facility, "claim_number": claim.number, "member_id": claim.member_id}
    return EligibilityCheck.objects.get_or_create(digest="test", **whose, defaults=values)[0]


def our_patterns() -> dict[str, Callable[..., Any]]:
    """Each of our URL names with its view. Those of allauth and of the Django admin are theirs to test."""
    return {str(pattern.name): pattern.callback for pattern in _patterns(get_resolver())}


def _patterns(resolver: URLResolver) -> Iterator[URLPattern]:
    for each in resolver.url_patterns:
        if isinstance(each, URLPattern):
            if not each.callback.__module__.startswith("allauth."):
                yield each
        elif each.namespace != "admin":
            yield from _patterns(each)


def a_code_list(site: Site) -> CodeList:
    """A list that says nothing new, waiting to be looked at."""
    about: dict[str, Any] = {"system": "CARC", "kind": "own", "list_version": "same", "licence": ""}
    about["listed_on"] = date(2026, 11, 1)
    same = Code.objects.get(system="CARC", code="197").title
    return CodeList.objects.first() or code_lists.upload(
        site.al, "a.csv", f'code,title\n197,"{same}"\n'.encode(), **about
    )


OF_THE_SITE: dict[str, Callable[[Site], dict[str, Any]]] = {
    "queue": lambda site: {"key": site.here.item.queue.key},
    "code": lambda site: {"system": "carc", "code": "197"},
    "coverage_repair": lambda site: {"code": "197"},
    "code_map": lambda site: {"system": "carc", "code": "ZZ9"},
    "reading": lambda site: {"pk": CodeReading.objects.order_by("pk")[0].pk},
    "reading_retire": lambda site: {"pk": CodeReading.objects.order_by("pk")[0].pk},
    "reading_new": lambda site: {"system": "carc", "code": "197"},
    "code_list": lambda site: {"pk": a_code_list(site).pk},
    "code_list_apply": lambda site: {"pk": a_code_list(site).pk},
    "code_list_discard": lambda site: {"pk": a_code_list(site).pk},
    "letter_templates_edit": lambda site: {"pk": LetterTemplate.objects.order_by("pk")[0].pk},
    "letter_templates_retire": lambda site: {"pk": LetterTemplate.objects.order_by("pk")[0].pk},
    "specialists_edit": lambda site: {"pk": a_specialist().pk},
    "rules_edit": lambda site: {"pk": RoutingRule.objects.order_by("position")[0].pk},
    "team_questions": lambda site: {"pk": Team.objects.order_by("pk")[0].pk},
    "rule_takes": lambda site: {"pk": RoutingRule.objects.order_by("position")[0].pk},
    "rules_retire": lambda site: {"pk": RoutingRule.objects.order_by("position")[0].pk},
    "change": lambda site: {"pk": Change.objects.order_by("pk")[0].pk},
    "change_action": lambda site: {"pk": Change.objects.order_by("pk")[0].pk, "action": "comment"},
    "draft_set": lambda site: {"key": "rules"},
    "change_set": lambda site: {"pk": a_set_of_changes().pk},
    "change_set_action": lambda site: {"pk": a_set_of_changes().pk, "action": "comment"},
    "replay_new": lambda site: {"pk": a_set_of_changes().pk},
    "replay": lambda site: {"pk": a_replay().pk},
    "replay_progress": lambda site: {"pk": a_replay().pk},
    "review_area": lambda site: {"key": "rules"},
    "review_done": lambda site: {"key": "rules"},
    "worker": lambda site: {"pk": User.objects.get(username="remy").pk},
    "absence": lambda site: {"pk": an_absence().pk},
    "absence_end": lambda site: {"pk": an_absence().pk},
    **{
        name: lambda site: {"pk": a_view().pk}
        for name in ("saved_view", "saved_view_edit", "saved_view_show", "saved_view_first", "saved_view_delete")
    },
    "saved_view_restore": lambda site: {"pk": a_deleted_view().pk},
    "act": lambda site: {"pk": an_act().pk},
    "notification_open": lambda site: {"pk": a_notification().pk},
    "minutes_correct": lambda site: {"pk": some_minutes().pk},
    "act_undo": lambda site: {"pk": an_act().pk},
    "queues_admin_edit": lambda site: {"pk": Queue.objects.order_by("pk")[0].pk},
    "order_weights_edit": lambda site: {"pk": OrderWeights.objects.order_by("pk")[0].pk},
    "order_meaning": lambda site: {"pk": OrderWeights.objects.order_by("pk")[0].pk},
    "figures_edit": lambda site: {"pk": Figure.objects.order_by("pk")[0].pk},
    "playbook": lambda site: {"key": Playbook.objects.order_by("pk")[0].key},
    "playbooks_edit": lambda site: {"pk": Playbook.objects.order_by("pk")[0].pk},
    "playbooks_retire": lambda site: {"pk": Playbook.objects.order_by("pk")[0].pk},
    "figures_retire": lambda site: {"pk": Figure.objects.order_by("pk")[0].pk},
    "escalation_rules_edit": lambda site: {"pk": EscalationRule.objects.order_by("pk")[0].pk},
    "escalation_rules_retire": lambda site: {"pk": EscalationRule.objects.order_by("pk")[0].pk},
    "smart_phrases_edit": lambda site: {"pk": SmartPhrase.objects.filter(owner=None).order_by("pk")[0].pk},
    "call_outcomes_edit": lambda site: {"pk": CallOutcome.objects.order_by("pk")[0].pk},
    "my_phrase": lambda site: {"pk": a_phrase().pk},
    "reminder_days_edit": lambda site: {"pk": ReminderDay.objects.order_by("pk")[0].pk},
    "watch_numbers_edit": lambda site: {"pk": WatchNumber.objects.order_by("pk")[0].pk},
    "payers_edit": lambda site: {"pk": Payer.objects.order_by("pk")[0].pk},
    "payer_confirm": lambda site: {"pk": Payer.objects.order_by("pk")[0].pk},
    "payer_merge": lambda site: {"pk": Payer.objects.order_by("pk")[0].pk},
    "payer_unmerge": lambda site: {"pk": a_merge().pk},
    "payer_product_new": lambda site: {"pk": Payer.objects.order_by("pk")[0].pk},
    "payer_product": lambda site: {"pk": a_product().payer_id, "product_pk": a_product().pk},
    "payer_contact_new": lambda site: {"pk": Payer.objects.order_by("pk")[0].pk},
    "payer_contact": lambda site: {"pk": a_contact().payer_id, "contact_pk": a_contact().pk},
    "payer_contact_checked": lambda site: {"pk": a_contact().payer_id, "contact_pk": a_contact().pk},
    "payer_rules_edit": lambda site: {"pk": a_limit().pk},
    "payer_rules_retire": lambda site: {"pk": a_limit().pk},
    "payer_rule_moves": lambda site: {"pk": a_change_of_a_limit().pk},
    "sending_times_edit": lambda site: {"pk": SendingTime.objects.order_by("pk")[0].pk},
    "people_edit": lambda site: {"pk": User.objects.get(username="remy").pk},
    "teams_edit": lambda site: {"pk": Team.objects.order_by("pk")[0].pk},
    "facilities_edit": lambda site: {"pk": Facility.objects.order_by("pk")[0].pk},
}
"""Addresses of what the whole site shares."""

OF_A_FACILITY: dict[str, Callable[[Owned], dict[str, Any]]] = {
    "item": lambda owned: {"pk": owned.item.pk},
    "item_source": lambda owned: {"pk": owned.item.pk, "remitted_pk": owned.item.denial.remitted_claim_id},
    "item_panel": lambda owned: {"pk": owned.item.pk, "key": "timeline"},
    "item_here": lambda owned: {"pk": owned.item.pk},
    "item_alike": lambda owned: {"pk": owned.item.pk},
    "call": lambda owned: {"pk": a_call(owned).pk},
    "call_keep": lambda owned: {"pk": a_call(owned).pk},
    "call_act": lambda owned: {"pk": a_call(owned).pk},
    "item_note": lambda owned: {"pk": owned.item.pk},
    "item_draft": lambda owned: {"pk": owned.item.pk},
    "item_pin": lambda owned: {"pk": owned.item.pk},
    "item_step": lambda owned: {"pk": owned.item.pk},
    "item_fact": lambda owned: {"pk": owned.item.pk, "kind": "eligibility"},
    "item_fact_withdraw": lambda owned: {
        "pk": owned.item.pk,
        "kind": "eligibility",
        "fact_pk": a_fact(owned).pk,
    },
    "item_action": lambda owned: {"pk": owned.item.pk, "action": "postpone"},
    "missed_clock": lambda owned: {"pk": a_missed_clock(owned).pk},
    "item_upload": lambda owned: {"pk": owned.item.pk},
    "item_use": lambda owned: {"pk": owned.item.pk},
    "item_piece_add": lambda owned: {"pk": owned.item.pk},
    "item_verify": lambda owned: {"pk": owned.item.pk},
    "item_evidence_step": lambda owned: {"pk": owned.item.pk, "step": "give_up"},
    "item_answer": lambda owned: {"pk": owned.item.pk},
    "item_imaging": lambda owned: {"pk": owned.item.pk},
    "evidence_file": lambda owned: {"pk": a_document(owned).pk},
    "evidence_withdraw": lambda owned: {"pk": a_document(owned).pk},
    "record_request_act": lambda owned: {"pk": a_record_request(owned).pk, "action": "remind"},
    "question": lambda owned: {"pk": a_question(owned).pk},
    "question_file": lambda owned: {"pk": a_question(owned).pk},
    "question_withdraw": lambda owned: {"pk": a_question(owned).pk},
    "question_action": lambda owned: {"pk": a_question(owned).pk, "action": "answer"},
    "loss": lambda owned: {"pk": a_loss(owned).pk},
    "appeal_new": lambda owned: {"pk": owned.free_item.pk},
    "appeal": lambda owned: {"pk": owned.drafted.pk},
    "appeal_edit": lambda owned: {"pk": owned.drafted.pk},
    "appeal_pdf": lambda owned: {"pk": owned.sent.pk},
    "appeal_docx": lambda owned: {"pk": owned.sent.pk},
    "appeal_proof": lambda owned: {"pk": owned.sent.pk},
    "appeal_action": lambda owned: {"pk": owned.drafted.pk, "action": "send"},
    "entry_original": lambda owned: {"pk": owned.entry.pk},
    "sheet": lambda owned: {"pk": owned.sheet.pk},
    "sheet_confirm": lambda owned: {"pk": owned.sheet.pk},
    "sheet_report": lambda owned: {"pk": owned.sheet.pk},
    "acknowledgment": lambda owned: {"pk": owned.answer.pk},
    "remittance_file": lambda owned: {"pk": owned.file.pk},
    "file_progress": lambda owned: {"pk": owned.file.pk},
    "confirm_file": lambda owned: {"pk": owned.preview.pk},
    "remittance_original": lambda owned: {"pk": owned.file.pk},
    "decide_remittance": lambda owned: {"pk": owned.held.pk},
    "payment_source": lambda owned: {"pk": owned.item.denial.remitted_claim.remittance_id},
    "exception": lambda owned: {"pk": owned.case.pk},
    "exception_source": lambda owned: {"pk": owned.case.pk, "held_pk": owned.case.held.get().pk},
    "exception_action": lambda owned: {"pk": owned.case.pk, "action": "accept"},
}
"""Addresses of rows that belong to one facility."""


def address_of(name: str, site: Site, owned: Owned | None = None) -> str:
    """The address of a page about what `owned` holds, by default about the first facility's."""
    if name in OF_A_FACILITY:
        return reverse(name, kwargs=OF_A_FACILITY[name](owned or site.here))
    return reverse(name, kwargs=OF_THE_SITE[name](site) if name in OF_THE_SITE else {})
