"""Work items: one claim, one denial episode, one owner's queue. What people did with them stands in `activities`."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import BrinIndex, GinIndex
from django.db import models
from django.db.models.functions import Coalesce, Least
from django.db.models.lookups import Exact

from accounts.models import Facility, FacilityScoped, User
from denials.models import Claim, Denial, Payer, RemittedClaim
from denials.models.remittances import money
from worklists.domain import ticklers, transitions
from worklists.domain.evidence import Gathered
from worklists.models.queues import Queue, RoutingRule
from worklists.models.rule_sets import RuleSet


class Resolution(models.TextChoices):
    CORRECTED = "correction", "Corrected claim"
    RESUBMITTED = "resubmission", "Resubmitted"
    APPEALED = "appeal", "Appealed"
    ADJUSTED = "adjustment", "Adjusted off"
    BILLED_TO_PATIENT = "patient_bill", "Billed to the patient"
    ESCALATED = "escalation", "Escalated to the payer"
    REPROCESSED = "payer_reprocessed", "Payer reprocessed"
    DUPLICATE = "duplicate", "Duplicate, nothing owed"
    NO_ACTION = "no_action", "No action possible"


CLAIM_AGAIN = (Resolution.CORRECTED, Resolution.RESUBMITTED)


class Settlement(models.TextChoices):
    """What came of it in money."""

    OVERTURNED = "overturned", "Overturned"
    PARTLY_OVERTURNED = "partial", "Partly overturned"
    UPHELD = "upheld", "Upheld"
    NOT_CONTESTED = "not_contested", "Not contested"


class Codes(models.Func):
    """The single codes in the reason of an item: `CO`, `197`, `N54`."""

    template = "string_to_array(replace(%(expressions)s, '-', ' '), ' ')"
    output_field = ArrayField(models.TextField())


class WorkItemQuerySet(FacilityScoped):
    def filter(self, *conditions: Any, **lookups: Any) -> Self:
        """As usual, but a flag that has to be set is asked for once: PostgreSQL takes what is said twice for twice as
        rare, and looks for it in the wrong index.
        """
        rows: Self = super().filter(*conditions, **lookups)
        where = rows.query.where
        if where.connector == where.default and not where.negated:
            said = where.children
            where.children = [each for place, each in enumerate(said) if not (_is_flag(each) and each in said[:place])]
        return rows

    def open(self) -> Self:
        return self.filter(is_open=True)

    def earliest_safe_day(self, today: date) -> date | None:
        """The first day until which one of those that can be postponed can wait."""
        limited = self.filter(status__in=transitions.WORKABLE).exclude(deadline__lt=today)
        day: date | None = limited.aggregate(day=models.Min(Least("last_safe_on", "deadline")))["day"]
        return day

    def awake(self, today: date) -> Self:
        """Without the items that are postponed beyond today."""
        return self.filter(models.Q(postponed_until__isnull=True) | models.Q(postponed_until__lte=today))


def _is_flag(condition: Any) -> bool:
    return isinstance(condition, Exact) and condition.rhs is True


AWAKE_FROM = Coalesce("postponed_until", models.Value(date.min))
"""The day from which "Next" may give an item out, for indexes: those asleep are passed over without their rows."""
DEADLINE_RUNS = models.Q(is_open=True) & ~models.Q(status="waiting")
"""As `transitions.DEADLINE_RUNS`. Told so that PostgreSQL guesses well: nearly all of what is open. To be in one of the
open states would count as a second rare thing beside being open.
"""
NARROWED = ("payer", "facility", "queue", "assignee", "category", "amount_at_risk")
"""What lists are narrowed by most. Some indexes of open work carry it, so that a search for what is rare passes over
what does not fit without the rows themselves.
"""
FILTERED = [
    *NARROWED,
    *("status", "is_open", "deadline", "last_safe_on", "denied_on"),
    *("postponed_until", "round", "escalated_on", "evidence_state", "created_at"),
]
CODES = ("reason", "modalities")
"""Not carried by indexes in whose order lists are walked: PostgreSQL would walk those for what is rare as well."""
AWAY = ("postponed", "waiting", "asking")
"""States in which an open item waits for a day or for somebody."""
FREE = models.Q(is_open=True, assignee__isnull=True, status__in=("new", "postponed"))


class WorkItem(models.Model):
    """One piece of work: a claim's denial episode, with its lines inside, in exactly one queue.

    `rank_key` is a day number: the last safe day, moved earlier by what a minute of work is expected to bring. Its
    order never depends on today (worklists/domain/priority.py), so the passing of days rewrites nothing.
    """

    class Status(models.TextChoices):
        NEW = transitions.Status.NEW.value, "Open"
        TAKEN = transitions.Status.TAKEN.value, "In work"
        POSTPONED = transitions.Status.POSTPONED.value, "Postponed"
        WAITING = transitions.Status.WAITING.value, "Waiting for payer"
        ASKING = transitions.Status.ASKING.value, "Waiting for colleague"
        RESOLVED = transitions.Status.RESOLVED.value, "Resolved"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="work_items")
    denial = models.OneToOneField(Denial, on_delete=models.PROTECT, related_name="work_item")
    round = models.PositiveSmallIntegerField(default=1, help_text="Counts the denials of this claim in this episode.")
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    payer = models.ForeignKey(Payer, on_delete=models.PROTECT, related_name="+", db_index=False)
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, related_name="items", db_index=False)
    rule = models.ForeignKey(RoutingRule, null=True, on_delete=models.SET_NULL, related_name="+", db_index=False)
    rule_version = models.PositiveIntegerField(null=True)
    rule_set = models.ForeignKey(
        RuleSet,
        null=True,
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
        help_text="The numbered list of rules that was asked; none where a person moved it here.",
    )
    routed_on = models.DateField(null=True, help_text="The day on which facts that depend on a day were counted.")
    routed_facts = models.JSONField(
        null=True, help_text="What the rules were asked about, where the denial says otherwise since."
    )
    routed_because = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.NEW)
    is_open = models.GeneratedField(
        expression=~models.Q(status=transitions.Status.RESOLVED.value),  # type: ignore[arg-type]
        output_field=models.BooleanField(),
        db_persist=True,
    )
    assignee = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="work_items", db_index=False)
    taken_at = models.DateTimeField(null=True)
    postponed_until = models.DateField(null=True)
    postponed_because = models.CharField(max_length=300, blank=True)
    follow_up_on = models.DateField(null=True)
    category = models.CharField(max_length=40, blank=True)
    modalities = ArrayField(
        models.CharField(max_length=20),
        default=list,
        db_default=[],
        help_text="Kinds of imaging among the lines of its denial's claim (worklists/domain/modalities.py).",
    )
    reason = models.CharField(max_length=400, help_text="Group, CARC and remarks: CO-197 N54.")
    provider = models.CharField(
        max_length=120, blank=True, help_text="Who rendered it, as its denial has it (denials/domain/same_fault.py)."
    )
    denied_amount = money()
    amount_at_risk = money()
    deadline = models.DateField(null=True)
    escalated_on = models.DateField(null=True, help_text="Since when somebody above has to look at it.")
    last_safe_on = models.DateField(null=True, help_text="The last day to act so that it arrives by the deadline.")
    chance = models.FloatField(default=0.5, db_default=0.5, help_text="That something is paid, 0 to 1.")
    expected_amount = money(default=0, db_default=0, help_text="Dollars that come when something is paid.")
    expected_minutes = models.FloatField(default=15, db_default=15)
    is_thin = models.BooleanField(default=False, db_default=False, help_text="Few outcomes like it are decided.")
    rank_key = models.FloatField()
    denied_on = models.DateField(null=True)
    resolution = models.CharField(max_length=20, choices=Resolution.choices, blank=True)
    settlement = models.CharField(max_length=14, choices=Settlement.choices, blank=True)
    root_cause = models.CharField(max_length=300, blank=True)
    recovered_amount = money(null=True)
    preventable = models.BooleanField(null=True)
    evidence_state = models.CharField(
        max_length=10,
        choices=[(each.value, each.name) for each in Gathered if each],
        blank=True,
        default="",
        db_default="",
        help_text="How far what its denial and its playbook ask for is gathered.",
    )
    settled_by = models.ForeignKey(RemittedClaim, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    resolved_at = models.DateTimeField(null=True)
    resolved_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=1)

    objects = WorkItemQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(status="resolved") | models.Q(resolution__gt="", resolved_at__isnull=False),
                name="resolved_item_says_how",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="postponed") | models.Q(postponed_until__isnull=False),
                name="postponed_item_has_date",
            ),
            models.CheckConstraint(
                condition=~models.Q(status="taken") | models.Q(assignee__isnull=False), name="taken_item_has_owner"
            ),
            models.CheckConstraint(
                condition=~models.Q(status="new") | models.Q(assignee__isnull=True) | models.Q(taken_at__isnull=True),
                name="new_item_is_not_taken",
            ),
            models.CheckConstraint(condition=models.Q(recovered_amount__gte=0), name="recovered_not_negative"),
            models.UniqueConstraint(
                fields=["claim"], condition=~models.Q(status="resolved"), name="one_open_item_per_claim"
            ),
        ]
        indexes = [
            models.Index(
                fields=["rank_key", "id"],
                condition=models.Q(is_open=True, escalated_on__isnull=False),
                name="open_and_escalated",
            ),
            models.Index(
                fields=["queue", "rank_key", "id"],
                include=["payer", "facility", "amount_at_risk", "deadline", "postponed_until", "assignee", "status"],
                condition=models.Q(is_open=True),
                name="open_by_queue",
            ),
            models.Index(
                fields=["rank_key", "id"], include=FILTERED, condition=models.Q(is_open=True), name="open_by_rank"
            ),
            models.Index(fields=["assignee", "rank_key", "id"], condition=models.Q(is_open=True), name="open_by_owner"),
            models.Index(
                fields=["payer", "queue", "rank_key", "id"],
                include=[
                    *("status", "is_open", "deadline", "last_safe_on", "denied_on", "postponed_until", "round"),
                    *(name for name in NARROWED if name not in ("payer", "queue")),
                ],
                condition=models.Q(is_open=True),
                name="open_by_payer",
            ),
            models.Index(
                fields=["queue", "category", "rank_key", "id"],
                condition=models.Q(is_open=True),
                name="open_by_category",
            ),
            models.Index(fields=["reason", "rank_key", "id"], condition=models.Q(is_open=True), name="open_by_reason"),
            models.Index(
                fields=["provider", "rank_key", "id"], condition=models.Q(is_open=True), name="open_by_provider"
            ),
            models.Index(
                fields=["deadline", "id"],
                include=["status", "is_open", "last_safe_on", "rank_key", *NARROWED],
                condition=models.Q(is_open=True),
                name="open_by_day",
            ),
            # The numbers over lists are told by it alone (pooled.py).
            models.Index(
                fields=["deadline", "id"],
                include=[*(name for name in FILTERED if name not in ("deadline", "last_safe_on")), *CODES],
                condition=models.Q(is_open=True),
                name="open_counted",
            ),
            models.Index(fields=["follow_up_on", "id"], condition=models.Q(is_open=True), name="open_by_follow_up"),
            models.Index(
                fields=["amount_at_risk", "id"],
                include=[
                    *("status", "is_open", "deadline", "last_safe_on", "denied_on", "rank_key", "round"),
                    *(name for name in NARROWED if name != "amount_at_risk"),
                ],
                condition=models.Q(is_open=True),
                name="open_by_size",
            ),
            # The lane is chosen in the indexes: what it does not hold is passed over without its rows.
            models.Index(
                *("queue", "rank_key", "id", "last_safe_on", "deadline", AWAKE_FROM),
                condition=FREE,
                name="free_by_rank",
            ),
            models.Index(
                *("queue", "last_safe_on", "deadline", AWAKE_FROM, "rank_key", "id"),
                condition=FREE,
                name="free_by_safe_day",
            ),
            models.Index(
                "assignee",
                AWAKE_FROM,
                condition=models.Q(is_open=True, assignee__isnull=False, status__in=("new", "postponed")),
                name="handed_over",
            ),
            models.Index(
                fields=["last_safe_on", "queue", "rank_key", "id"],
                include=[
                    "deadline",
                    "postponed_until",
                    "status",
                    "denied_on",
                    "created_at",
                    *(name for name in NARROWED if name != "queue"),
                    *CODES,
                ],
                condition=models.Q(is_open=True),
                name="open_by_safe_day",
            ),
            # As the one by rank, so that its small share costs least to read by any guess.
            models.Index(
                *("queue", "rank_key", "id", AWAKE_FROM), condition=FREE & models.Q(is_thin=True), name="free_and_thin"
            ),
            models.Index(
                fields=["evidence_state", "rank_key", "id"],
                condition=models.Q(is_open=True, evidence_state__gt=""),
                name="open_by_evidence",
            ),
            models.Index(fields=["rank_key", "id"], condition=models.Q(round__gt=1), name="denied_again"),
            models.Index(
                fields=["status", "follow_up_on", "id"],
                include=[
                    *("is_open", "deadline", "last_safe_on", "postponed_until", "denied_on", "rank_key", "round"),
                    *NARROWED,
                    *CODES,
                ],
                condition=models.Q(is_open=True, status__in=AWAY),
                name="open_and_away",
            ),
            GinIndex(Codes("reason"), "modalities", condition=models.Q(is_open=True), name="open_by_code"),
            models.Index(fields=["created_at"], name="arrived_by_day"),
            BrinIndex(fields=["denied_on"], autosummarize=True, name="denied_by_day"),
            models.Index(
                fields=["denied_on", "id"],
                include=["status", "is_open", "deadline", "last_safe_on", "rank_key", "round", *NARROWED],
                condition=models.Q(is_open=True),
                name="open_by_denial_day",
            ),
            models.Index(fields=["resolved_at"], condition=models.Q(status="resolved"), name="resolved_by_day"),
            # Without open work, which nobody has resolved: a change of it writes nothing here.
            models.Index(fields=["resolved_by"], condition=models.Q(resolved_by__isnull=False), name="resolved_by_who"),
            models.Index(fields=["settled_by"], condition=models.Q(settled_by__isnull=False), name="settled_by_what"),
            models.Index(
                fields=["payer", "reason", "-resolved_at"],
                condition=models.Q(status="resolved"),
                name="resolved_by_payer_and_codes",
            ),
            models.Index(
                models.Func(models.F("reason"), models.Value(" "), models.Value(1), function="SPLIT_PART"),
                models.F("resolved_at").desc(),
                condition=models.Q(status="resolved"),
                name="resolved_by_code",
            ),
            models.Index(
                fields=["category", "-resolved_at"],
                condition=models.Q(status="resolved"),
                name="resolved_by_category",
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="legal_status_changes",
                field="status",
                transitions=[(source.value, target.value) for source, target in transitions.allowed_jumps()],
            )
        ]

    def __str__(self) -> str:
        return f"Work item {self.pk}"

    @property
    def safe_until(self) -> date | None:
        """The last day on which work on it is still in time; the deadline itself where nothing earlier is known."""
        return min(filter(None, (self.last_safe_on, self.deadline)), default=None)

    @property
    def is_escalated(self) -> bool:
        """Raised, and still to be worked: what is resolved stays marked until the rules run again."""
        return self.escalated_on is not None and self.status != self.Status.RESOLVED

    def endangered_by(self, day: date, today: date) -> bool:
        """Whether waiting until `day` may cost it a deadline. What missed its deadline has none left to lose."""
        last = self.can_wait_until(today)
        return last is not None and day > last

    def can_wait_until(self, today: date) -> date | None:
        """The last safe day while the deadline can still be met; None where nothing limits the wait."""
        return ticklers.can_wait_until(self.deadline, self.last_safe_on, today)
