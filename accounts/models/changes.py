"""Changes of the rules of work, from draft to in force, and when each area of them is looked over again."""

from __future__ import annotations

import pgtrigger
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils import timezone

from accounts.governance import states
from accounts.governance.states import State
from accounts.history import any_changes, tracked
from accounts.models.people import User

CONTENT = ("area", "kind", "edits", "seed", "why", "evidence", "active_on", "bundle")
"""What somebody approves: it stays as it was once a change was sent."""


class StateOfChange(models.TextChoices):
    DRAFT = State.DRAFT.value, "Draft"
    WAITING = State.WAITING.value, "Waiting for approval"
    APPROVED = State.APPROVED.value, "Approved"
    ACTIVE = State.ACTIVE.value, "In force"
    REJECTED = State.REJECTED.value, "Rejected"
    WITHDRAWN = State.WITHDRAWN.value, "Withdrawn"
    REPLACED = State.REPLACED.value, "Replaced"
    ROLLED_BACK = State.ROLLED_BACK.value, "Rolled back"


@tracked()
class ChangeSet(models.Model):
    """Changes of one area that go together: sent, approved, put in force and rolled back as one, all of them or none.

    Its changes take each step with it. Only what somebody does later to one of the rows can part them again.
    """

    State = StateOfChange

    area = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    why = models.TextField(blank=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    active_on = models.DateField(default=timezone.localdate)
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_alone = models.BooleanField(default=False)
    drafted_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now_add=True, help_text="When its state changed last.")
    applied_at = models.DateTimeField(null=True)
    undoes = models.OneToOneField("self", null=True, on_delete=models.PROTECT, related_name="undone_by")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "author"], condition=models.Q(state="draft"), name="one_draft_set_per_author_and_area"
            ),
            models.CheckConstraint(
                condition=models.Q(approver__isnull=True)
                | ~models.Q(approver=models.F("author"))
                | models.Q(approved_alone=True),
                name="somebody_else_approves_a_set",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "active"])
                | models.Q(approver__isnull=False)
                | models.Q(undoes__isnull=False),
                name="set_in_force_was_approved",
            ),
        ]
        indexes = [models.Index(fields=["state", "active_on"], name="change_sets_by_state")]
        triggers = [
            pgtrigger.FSM(
                name="legal_changes_of_a_set",
                field="state",
                transitions=[(source.value, target.value) for source, target in states.allowed_jumps()],
            ),
            pgtrigger.Protect(
                name="what_was_sent_as_one_stays",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft") & any_changes(("area", "why", "active_on", "author")),
            ),
            pgtrigger.Protect(name="no_set_is_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open(self) -> bool:
        return self.state in states.OPEN

    @property
    def as_seen(self) -> str:
        """Another one after each step that could let its content become another."""
        return self.moved_at.isoformat()


@tracked()
class Change(models.Model):
    """One change of one row of a governed area. It holds what a form sends, never patients' data."""

    class Kind(models.TextChoices):
        ADD = "add", "New"
        EDIT = "edit", "Change"
        RETIRE = "retire", "Retire"
        BRING_BACK = "bring_back", "Bring back"
        ROLL_BACK = "roll_back", "Roll back"

    State = StateOfChange

    area = models.CharField(max_length=40)
    content_type = models.ForeignKey(ContentType, on_delete=models.PROTECT, related_name="+")
    object_id = models.BigIntegerField(null=True, help_text="The row; none while a new one is not in force.")
    about = models.CharField(max_length=200, help_text="How the row was called when this was drafted.")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    edits = models.JSONField(help_text="For each field what a form sends, before and after, and the same in words.")
    seed = models.JSONField(default=dict, blank=True, help_text="What a new row has that its form does not ask.")
    settled = models.JSONField(default=dict, blank=True, help_text="What came of it: a form before and after.")
    why = models.TextField()
    evidence = models.TextField(blank=True, help_text="Where it can be read up: a page, a letter, a bulletin.")
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    active_on = models.DateField(default=timezone.localdate)
    fills_gap = models.BooleanField(default=False, help_text="May take effect before somebody else looked at it.")
    author = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    approver = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    approved_alone = models.BooleanField(default=False)
    drafted_at = models.DateTimeField(auto_now_add=True)
    moved_at = models.DateTimeField(auto_now_add=True, help_text="When its state changed last.")
    applied_at = models.DateTimeField(null=True)
    replaced_by = models.ForeignKey("self", null=True, on_delete=models.PROTECT, related_name="replaces")
    bundle = models.ForeignKey(ChangeSet, null=True, on_delete=models.PROTECT, related_name="changes")

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(approver__isnull=True)
                | ~models.Q(approver=models.F("author"))
                | models.Q(approved_alone=True),
                name="somebody_else_approves",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["approved", "active", "replaced"])
                | models.Q(approver__isnull=False)
                | models.Q(fills_gap=True)
                | models.Q(kind="roll_back"),
                name="in_force_was_approved",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["active", "replaced", "rolled_back"])
                | models.Q(applied_at__isnull=False, object_id__isnull=False),
                name="in_force_names_its_row",
            ),
        ]
        indexes = [
            models.Index(fields=["content_type", "object_id", "-id"], name="changes_of_a_row"),
            models.Index(fields=["state", "active_on"], name="changes_by_state"),
        ]
        triggers = [
            pgtrigger.FSM(
                name="legal_changes_of_a_change",
                field="state",
                transitions=[(source.value, target.value) for source, target in states.allowed_jumps()],
            ),
            pgtrigger.Protect(
                name="what_was_sent_stays",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(old__state="draft") & any_changes(CONTENT),
            ),
            pgtrigger.Protect(name="no_change_is_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.about}"

    @property
    def is_open(self) -> bool:
        return self.state in states.OPEN

    @property
    def as_seen(self) -> str:
        """Another one after each step that could let its content become another."""
        return self.moved_at.isoformat()

    @property
    def is_unconfirmed(self) -> bool:
        """In force, and nobody but its author has looked at it."""
        return self.state == State.ACTIVE and self.approver_id is None and self.kind != self.Kind.ROLL_BACK


class ChangeStep(models.Model):
    """What somebody did to a change or a set of them, when and why. Append-only; without a person, its day had come."""

    change = models.ForeignKey(Change, null=True, on_delete=models.PROTECT, related_name="steps")
    bundle = models.ForeignKey(ChangeSet, null=True, on_delete=models.PROTECT, related_name="steps")
    what = models.CharField(max_length=12)
    person = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(change__isnull=False) ^ models.Q(bundle__isnull=False),
                name="step_of_one_or_of_a_set",
            )
        ]
        triggers = [pgtrigger.Protect(name="steps_are_append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    @property
    def said(self) -> str:
        return states.STEPS[self.what].said


@tracked()
class ReviewArea(models.Model):
    """Who keeps one area of the rules, and when it is looked over again."""

    key = models.CharField(max_length=40, unique=True)
    owner = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    interval_months = models.PositiveSmallIntegerField("months between reviews", default=3)
    next_review_on = models.DateField("next review", null=True, blank=True)
    author_may_approve = models.BooleanField(
        "the author may approve alone",
        default=False,
        help_text="For a practice without a second person. Each such change says that nobody else saw it.",
    )
    last_reviewed_on = models.DateField(null=True, blank=True)
    last_reviewed_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.TextField("what the last review found", blank=True)

    class Meta:
        ordering = ["next_review_on", "key"]
        constraints = [
            models.CheckConstraint(condition=models.Q(interval_months__range=(1, 24)), name="reviewed_within_two_years")
        ]

    def __str__(self) -> str:
        return self.key
