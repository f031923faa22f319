"""The code dictionary: what a code officially is, and apart from that what we do about it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.history import tracked


class CodeSystem(models.TextChoices):
    CARC = "CARC", "Claim adjustment reason"
    RARC = "RARC", "Remittance advice remark"
    GROUP = "GROUP", "Claim adjustment group"
    STATUS = "STATUS", "Claim status (CLP02)"
    PLB = "PLB", "Provider level adjustment"


@tracked(exclude=["details", "licensed_text"])
class Code(models.Model):
    """The official record of one code, in our own words. Loaded from `denials/codes` or from a list that somebody
    imported; by hand only a title where the list gave none of ours.
    """

    system = models.CharField(max_length=6, choices=CodeSystem.choices)
    code = models.CharField(max_length=10)
    title = models.CharField(max_length=300)
    meaning = models.TextField(blank=True)
    is_alert = models.BooleanField(default=False)
    requires_remark = models.BooleanField(default=False)
    satisfies_required_remark = models.BooleanField(default=False)
    appeal_effect = models.CharField(max_length=60, blank=True)
    is_active = models.BooleanField(default=True)
    started_on = models.DateField(null=True, blank=True)
    modified_on = models.DateField(null=True, blank=True)
    deactivated_on = models.DateField(null=True, blank=True)
    replaced_by = models.CharField(max_length=60, blank=True)
    list_version = models.CharField(max_length=40, help_text="Which list, of which date, this record follows.")
    list_date = models.DateField(null=True, blank=True, help_text="The day that list was published or fetched.")
    details = models.JSONField(default=dict, help_text="The other columns of the shipped list, as shipped.")
    licensed_text = models.TextField(
        blank=True,
        editable=False,
        serialize=False,
        help_text="The official wording, copyright of X12: only where this site holds a licence. Never exported.",
    )
    licence_note = models.CharField(max_length=200, blank=True, editable=False)

    class Meta:
        ordering = ["system", "code"]
        constraints = [models.UniqueConstraint(fields=["system", "code"], name="one_record_per_code")]

    def __str__(self) -> str:
        return f"{self.system} {self.code}"

    @property
    def needs_title(self) -> bool:
        """A list added it, and nobody has put it into our own words yet."""
        return not self.title


class CodeValidity(models.Model):
    """One period in which a code was in use. A code that came back has two."""

    code = models.ForeignKey(Code, on_delete=models.CASCADE, related_name="periods")
    started_on = models.DateField(null=True)
    ended_on = models.DateField(null=True, help_text="The last day; empty while it runs.")
    ended_words = models.CharField(
        max_length=120, blank=True, help_text="When it ended, where no list establishes the day."
    )
    list_version = models.CharField(max_length=40)

    class Meta:
        ordering = ["code", models.F("started_on").asc(nulls_first=True)]
        verbose_name_plural = "code validity"
        constraints = [
            models.UniqueConstraint(fields=["code", "started_on"], nulls_distinct=False, name="one_period_per_start"),
            models.CheckConstraint(
                condition=models.Q(ended_on__gte=models.F("started_on")) | models.Q(ended_on=None)
                | models.Q(started_on=None),
                name="period_ends_after_it_starts",
            ),
            models.UniqueConstraint(
                fields=["code"], condition=models.Q(ended_on=None, ended_words=""), name="one_running_period_per_code"
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.code} from {self.started_on or 'the beginning'}"

    @property
    def is_running(self) -> bool:
        return self.ended_on is None and not self.ended_words


@tracked()
class CodeHandling(models.Model):
    """Our operational record of one code: seeded from the shipped defaults, edited by admins, never reset by a load."""

    class DenialType(models.TextChoices):
        TECHNICAL = "technical", "Technical"
        CLINICAL = "clinical", "Clinical"
        ADMINISTRATIVE = "administrative", "Administrative"
        NOT_A_DENIAL = "not_a_denial", "Not a denial"

    class Verdict(models.TextChoices):
        YES = "yes", "Yes"
        NO = "no", "No"
        DEPENDS = "depends", "Depends"

    class Resolution(models.TextChoices):
        CORRECTION = "correction", "Corrected claim"
        RESUBMISSION = "resubmission", "Resubmission"
        APPEAL = "appeal", "Appeal"
        ADJUSTMENT = "adjustment", "Adjustment"
        PATIENT_BILL = "patient_bill", "Patient bill"
        ESCALATION = "escalation", "Escalation"

    code = models.OneToOneField(Code, on_delete=models.PROTECT, related_name="handling")
    denial_rule = models.CharField(max_length=12, blank=True)
    category = models.CharField(max_length=40, blank=True)
    denial_type = models.CharField(max_length=16, choices=DenialType.choices, blank=True)
    preventable = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    appealable = models.CharField(max_length=8, choices=Verdict.choices, blank=True)
    usual_resolution = models.CharField(max_length=14, choices=Resolution.choices, blank=True)
    owner_team = models.CharField(max_length=40, blank=True)
    next_action = models.TextField(blank=True)
    call_asks = models.CharField(
        "to ask by phone",
        max_length=300,
        blank=True,
        help_text="What a call to the payer can settle. Empty: its denials stand on no call sheet.",
    )
    evidence = ArrayField(models.CharField(max_length=200), default=list, blank=True)
    escalation_path = models.CharField(max_length=300, blank=True)
    root_cause = models.CharField(max_length=300, blank=True)
    upstream_owner = models.CharField(max_length=60, blank=True)
    is_payer_delay = models.BooleanField("the payer delays", default=False)
    is_documentation = models.BooleanField("documents are missing", default=False)
    is_coding = models.BooleanField("about coding", default=False)
    is_authorization = models.BooleanField("about authorization", default=False)
    version = models.PositiveIntegerField(default=1)
    is_edited = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "code handling"

    def __str__(self) -> str:
        return f"Handling of {self.code}"


@tracked()
class Category(models.Model):
    """One reason why money is denied, with the defaults for codes whose category a remark decides."""

    key = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=80)
    denial_type = models.CharField(max_length=16, choices=CodeHandling.DenialType.choices)
    owner_team = models.CharField(max_length=40)
    usual_resolution = models.CharField(max_length=14, choices=CodeHandling.Resolution.choices)
    next_action = models.TextField(blank=True)
    tie_rank = models.PositiveSmallIntegerField(help_text="Lower wins when two reasons carry the same amount.")

    class Meta:
        ordering = ["tie_rank", "title"]
        verbose_name_plural = "categories"

    def __str__(self) -> str:
        return self.title
