"""Evidence: the documents of a claim, the pieces that an item needs, and the requests for what is not here yet."""

from __future__ import annotations

import pgtrigger
from django.db import models

from accounts.history import any_changes, tracked
from accounts.models import Facility, FacilityScoped, User
from denials.models import Claim
from worklists.domain import evidence
from worklists.models.items import WorkItem

AS_UPLOADED = ("claim_id", "facility_id", "sha256", "size", "content", "uploaded_by_id", "uploaded_at")


@tracked()
class EvidenceDocument(models.Model):
    """One file about one claim, kept as it was uploaded. It serves every item of the claim, and is never deleted.

    `content` has a random name in private storage: no address leads there but the view that asks who is asking.
    """

    class Kind(models.TextChoices):
        MEDICAL_RECORD = "record", "Medical record"
        ORDER = "order", "Order or referral"
        REPORT = "report", "Imaging report"
        IMAGES = "images", "Images"
        NOTE = "note", "Progress or visit note"
        PLAN = "plan", "Treatment plan"
        ASSESSMENT = "assessment", "Assessment or scale"
        OPERATIVE = "operative", "Operative note"
        AUTHORIZATION = "authorization", "Authorization"
        ELIGIBILITY = "eligibility", "Eligibility proof"
        CALL_LOG = "call_log", "Call log"
        CONTRACT = "contract", "Contract or fee schedule"
        CLAIM = "claim", "Claim or corrected claim"
        PAYER_LETTER = "payer_letter", "Letter of the payer"
        PROOF = "proof", "Proof of sending"
        STATEMENT = "statement", "Physician's letter or opinion"
        OTHER = "other", "Other"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="documents", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(max_length=16, choices=Kind.choices)
    name = models.CharField(max_length=120)
    document_on = models.DateField(null=True, help_text="The day on the document.")
    pages = models.PositiveIntegerField(null=True)
    counted_pages = models.PositiveIntegerField(null=True, help_text="As the file itself says, where it does.")
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    content = models.FileField(max_length=200)
    uploaded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_because = models.CharField(max_length=300, blank=True)

    objects = FacilityScoped.as_manager()

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "sha256"], condition=models.Q(withdrawn_at__isnull=True), name="one_copy_per_claim"
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at__isnull=True)
                | models.Q(withdrawn_by__isnull=False, withdrawn_because__gt=""),
                name="withdrawn_document_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["claim", "-id"], name="documents_of_claim"),
            models.Index(fields=["facility", "kind", "-id"], name="documents_by_kind"),
            models.Index(fields=["sha256"], name="documents_by_bytes"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="document_stays_as_uploaded", operation=pgtrigger.Update, condition=any_changes(AS_UPLOADED)
            ),
            pgtrigger.Protect(name="no_document_is_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"Document {self.pk}"


@tracked()
class EvidencePiece(models.Model):
    """One thing that an item needs. Its row begins when somebody does something about it.

    What the standard asks for and nobody has touched has no row (worklists/evidence/checklist.py). Each change of state
    stands among the item's activities, with who, when and why.
    """

    class State(models.TextChoices):
        NEEDED = evidence.State.NEEDED.value, "Needed"
        REQUESTED = evidence.State.REQUESTED.value, "Requested"
        RECEIVED = evidence.State.RECEIVED.value, "Received"
        VERIFIED = evidence.State.VERIFIED.value, "Verified"
        NOT_AVAILABLE = evidence.State.NOT_AVAILABLE.value, "Not available"

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="evidence", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    name = models.CharField(max_length=200)
    key = models.CharField(max_length=120)
    state = models.CharField(max_length=13, choices=State.choices, default=State.NEEDED)
    documents = models.ManyToManyField(EvidenceDocument, through="EvidenceUse", related_name="pieces")
    held_at = models.CharField(max_length=200, blank=True, help_text="Where it is, when it is no file here.")
    because = models.CharField(max_length=300, blank=True)
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    changed_at = models.DateTimeField(auto_now=True)

    objects = FacilityScoped.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["item", "key"], name="one_piece_of_a_name"),
            models.CheckConstraint(
                condition=~models.Q(state="not_available") | models.Q(because__gt=""), name="not_available_says_why"
            ),
        ]
        triggers = [
            pgtrigger.FSM(
                name="legal_evidence_changes",
                field="state",
                transitions=[(source.value, target.value) for source, target in evidence.allowed_jumps()],
            )
        ]

    def __str__(self) -> str:
        return f"Piece {self.pk}"


class EvidenceUse(models.Model):
    """A document that shows one piece. The same document may show several, also of other items of its claim."""

    piece = models.ForeignKey(EvidencePiece, on_delete=models.PROTECT, related_name="uses", db_index=False)
    document = models.ForeignKey(EvidenceDocument, on_delete=models.PROTECT, related_name="uses")
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["piece", "document"], name="one_use_per_piece")]


@tracked()
class RecordRequest(models.Model):
    """Something asked of somebody outside this desk, with the day by which it is needed."""

    class To(models.TextChoices):
        HIM = "him", "Health information (HIM)"
        PROVIDER = "provider", "Provider"
        FACILITY = "facility", "Other facility"
        IMAGING = "imaging", "Imaging or PACS"
        PATIENT = "patient", "Patient"
        PAYER = "payer", "Payer"

    class State(models.TextChoices):
        OPEN = "open", "Open"
        RECEIVED = "received", "Received"
        ENDED = "ended", "Ended without"

    item = models.ForeignKey(WorkItem, on_delete=models.PROTECT, related_name="record_requests", db_index=False)
    facility = models.ForeignKey(Facility, on_delete=models.PROTECT, related_name="+", db_index=False)
    to = models.CharField(max_length=8, choices=To.choices)
    to_name = models.CharField(max_length=120, blank=True)
    pieces = models.ManyToManyField(EvidencePiece, related_name="requests")
    text = models.CharField(max_length=500, blank=True)
    due_on = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+", db_index=False)
    asked_on = models.DateField()
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_on = models.DateField(null=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    ended_on = models.DateField(null=True)
    ended_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+", db_index=False)
    because = models.CharField(max_length=300, blank=True)

    objects = FacilityScoped.as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="open", ended_on__isnull=True)
                | (~models.Q(state="open") & models.Q(ended_on__isnull=False)),
                name="ended_request_says_when",
            )
        ]
        indexes = [
            models.Index(fields=["item", "id"], name="record_request_by_item"),
            models.Index(fields=["due_on", "id"], condition=models.Q(state="open"), name="record_request_open"),
            models.Index(fields=["ended_on", "id"], condition=~models.Q(state="open"), name="record_request_ended"),
        ]

    def __str__(self) -> str:
        return f"Record request {self.pk}"
