import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Category",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=80)),
                (
                    "denial_type",
                    models.CharField(
                        choices=[
                            ("technical", "Technical"),
                            ("clinical", "Clinical"),
                            ("administrative", "Administrative"),
                            ("not_a_denial", "Not a denial"),
                        ],
                        max_length=16,
                    ),
                ),
                ("owner_team", models.CharField(max_length=40)),
                (
                    "usual_resolution",
                    models.CharField(
                        choices=[
                            ("correction", "Corrected claim"),
                            ("resubmission", "Resubmission"),
                            ("appeal", "Appeal"),
                            ("adjustment", "Adjustment"),
                            ("patient_bill", "Patient bill"),
                            ("escalation", "Escalation"),
                        ],
                        max_length=14,
                    ),
                ),
                ("next_action", models.TextField(blank=True)),
                (
                    "tie_rank",
                    models.PositiveSmallIntegerField(help_text="Lower wins when two reasons carry the same amount."),
                ),
            ],
            options={
                "verbose_name_plural": "categories",
                "ordering": ["tie_rank", "title"],
            },
        ),
        migrations.CreateModel(
            name="Payer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("medicare_ffs", "Medicare fee-for-service"),
                            ("medicare_advantage", "Medicare Advantage"),
                            ("medicaid_ffs", "Medicaid fee-for-service"),
                            ("medicaid_mco", "Medicaid managed care"),
                            ("commercial", "Commercial"),
                            ("federal", "Other federal program"),
                            ("unknown", "Not known yet"),
                        ],
                        default="unknown",
                        max_length=20,
                    ),
                ),
                (
                    "rules_key",
                    models.CharField(
                        blank=True, help_text="Whose time limits apply, when not this payer's own key.", max_length=60
                    ),
                ),
                (
                    "jurisdiction",
                    models.CharField(blank=True, help_text="State, where time limits differ by state.", max_length=4),
                ),
                (
                    "product",
                    models.CharField(blank=True, help_text="The product line most claims belong to.", max_length=60),
                ),
                ("is_contracted", models.BooleanField(default=True)),
                ("appeals_address", models.TextField(blank=True)),
                ("appeals_fax", models.CharField(blank=True, max_length=40)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("portal", models.URLField(blank=True)),
                ("contact_verified_on", models.DateField(blank=True, null=True)),
                (
                    "response_days",
                    models.PositiveSmallIntegerField(
                        default=30, help_text="Calendar days after which we ask for an answer to an appeal."
                    ),
                ),
                (
                    "is_confirmed",
                    models.BooleanField(
                        default=True, help_text="Off for a payer that a remittance named first: check it, then confirm."
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="PayerRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("rule_id", models.CharField(max_length=30, unique=True)),
                ("payer_key", models.CharField(db_index=True, max_length=60)),
                ("product", models.CharField(blank=True, max_length=80)),
                ("jurisdiction", models.CharField(blank=True, max_length=120)),
                ("provider_status", models.CharField(blank=True, max_length=60)),
                ("rule_type", models.CharField(max_length=30)),
                ("level_no", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("level_name", models.CharField(blank=True, max_length=160)),
                ("window_value", models.CharField(max_length=20)),
                ("window_unit", models.CharField(max_length=30)),
                ("counts_from", models.CharField(max_length=80)),
                ("receipt_presumption_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("filed_when", models.CharField(blank=True, max_length=80)),
                ("non_business_day_rule", models.CharField(blank=True, max_length=120)),
                ("notes", models.TextField(blank=True)),
                ("confidence", models.CharField(blank=True, max_length=10)),
                ("source", models.TextField(blank=True)),
                ("source_date", models.CharField(blank=True, max_length=80)),
                ("effective_from", models.DateField(blank=True, null=True)),
                ("effective_to", models.DateField(blank=True, null=True)),
                ("is_edited", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["payer_key", "rule_type", "level_no"],
            },
        ),
        migrations.CreateModel(
            name="CategoryEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=40)),
                ("title", models.CharField(max_length=80)),
                (
                    "denial_type",
                    models.CharField(
                        choices=[
                            ("technical", "Technical"),
                            ("clinical", "Clinical"),
                            ("administrative", "Administrative"),
                            ("not_a_denial", "Not a denial"),
                        ],
                        max_length=16,
                    ),
                ),
                ("owner_team", models.CharField(max_length=40)),
                (
                    "usual_resolution",
                    models.CharField(
                        choices=[
                            ("correction", "Corrected claim"),
                            ("resubmission", "Resubmission"),
                            ("appeal", "Appeal"),
                            ("adjustment", "Adjustment"),
                            ("patient_bill", "Patient bill"),
                            ("escalation", "Escalation"),
                        ],
                        max_length=14,
                    ),
                ),
                ("next_action", models.TextField(blank=True)),
                (
                    "tie_rank",
                    models.PositiveSmallIntegerField(help_text="Lower wins when two reasons carry the same amount."),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="denials.category",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "matching_key",
                    models.CharField(
                        help_text="CLP01, or the payer's claim number where CLP01 is empty or zero.", max_length=80
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="claim number")),
                ("payer_control_number", models.CharField(blank=True, max_length=60)),
                ("patient_last", models.CharField(blank=True, max_length=80)),
                ("patient_first", models.CharField(blank=True, max_length=60)),
                ("member_id", models.CharField(blank=True, max_length=80)),
                ("service_from", models.DateField(null=True)),
                ("service_to", models.DateField(null=True)),
                ("charge", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.payer",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Code",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "system",
                    models.CharField(
                        choices=[
                            ("CARC", "Claim adjustment reason"),
                            ("RARC", "Remittance advice remark"),
                            ("GROUP", "Claim adjustment group"),
                            ("STATUS", "Claim status (CLP02)"),
                            ("PLB", "Provider level adjustment"),
                        ],
                        max_length=6,
                    ),
                ),
                ("code", models.CharField(max_length=10)),
                ("title", models.CharField(max_length=300)),
                ("meaning", models.TextField(blank=True)),
                ("is_alert", models.BooleanField(default=False)),
                ("requires_remark", models.BooleanField(default=False)),
                ("satisfies_required_remark", models.BooleanField(default=False)),
                ("appeal_effect", models.CharField(blank=True, max_length=60)),
                ("is_active", models.BooleanField(default=True)),
                ("started_on", models.DateField(blank=True, null=True)),
                ("modified_on", models.DateField(blank=True, null=True)),
                ("deactivated_on", models.DateField(blank=True, null=True)),
                ("replaced_by", models.CharField(blank=True, max_length=60)),
                (
                    "list_version",
                    models.CharField(help_text="Which list, of which date, this record follows.", max_length=40),
                ),
                (
                    "details",
                    models.JSONField(default=dict, help_text="The other columns of the shipped list, as shipped."),
                ),
            ],
            options={
                "ordering": ["system", "code"],
                "constraints": [models.UniqueConstraint(fields=("system", "code"), name="one_record_per_code")],
            },
        ),
        migrations.CreateModel(
            name="CodeHandling",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("denial_rule", models.CharField(blank=True, max_length=12)),
                ("category", models.CharField(blank=True, max_length=40)),
                (
                    "denial_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("technical", "Technical"),
                            ("clinical", "Clinical"),
                            ("administrative", "Administrative"),
                            ("not_a_denial", "Not a denial"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "preventable",
                    models.CharField(
                        blank=True, choices=[("yes", "Yes"), ("no", "No"), ("depends", "Depends")], max_length=8
                    ),
                ),
                (
                    "appealable",
                    models.CharField(
                        blank=True, choices=[("yes", "Yes"), ("no", "No"), ("depends", "Depends")], max_length=8
                    ),
                ),
                (
                    "usual_resolution",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("correction", "Corrected claim"),
                            ("resubmission", "Resubmission"),
                            ("appeal", "Appeal"),
                            ("adjustment", "Adjustment"),
                            ("patient_bill", "Patient bill"),
                            ("escalation", "Escalation"),
                        ],
                        max_length=14,
                    ),
                ),
                ("owner_team", models.CharField(blank=True, max_length=40)),
                ("next_action", models.TextField(blank=True)),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("escalation_path", models.CharField(blank=True, max_length=300)),
                ("root_cause", models.CharField(blank=True, max_length=300)),
                ("upstream_owner", models.CharField(blank=True, max_length=60)),
                ("version", models.PositiveIntegerField(default=1)),
                ("is_edited", models.BooleanField(default=False)),
                (
                    "code",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handling", to="denials.code"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "code handling",
            },
        ),
        migrations.CreateModel(
            name="CodeHandlingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("denial_rule", models.CharField(blank=True, max_length=12)),
                ("category", models.CharField(blank=True, max_length=40)),
                (
                    "denial_type",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("technical", "Technical"),
                            ("clinical", "Clinical"),
                            ("administrative", "Administrative"),
                            ("not_a_denial", "Not a denial"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "preventable",
                    models.CharField(
                        blank=True, choices=[("yes", "Yes"), ("no", "No"), ("depends", "Depends")], max_length=8
                    ),
                ),
                (
                    "appealable",
                    models.CharField(
                        blank=True, choices=[("yes", "Yes"), ("no", "No"), ("depends", "Depends")], max_length=8
                    ),
                ),
                (
                    "usual_resolution",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("correction", "Corrected claim"),
                            ("resubmission", "Resubmission"),
                            ("appeal", "Appeal"),
                            ("adjustment", "Adjustment"),
                            ("patient_bill", "Patient bill"),
                            ("escalation", "Escalation"),
                        ],
                        max_length=14,
                    ),
                ),
                ("owner_team", models.CharField(blank=True, max_length=40)),
                ("next_action", models.TextField(blank=True)),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("escalation_path", models.CharField(blank=True, max_length=300)),
                ("root_cause", models.CharField(blank=True, max_length=300)),
                ("upstream_owner", models.CharField(blank=True, max_length=60)),
                ("version", models.PositiveIntegerField(default=1)),
                ("is_edited", models.BooleanField(default=False)),
                (
                    "code",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="denials.code",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="denials.codehandling",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="CodeReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("carc", models.CharField(max_length=10)),
                ("group", models.CharField(blank=True, max_length=2)),
                ("payer_kind", models.CharField(blank=True, max_length=20)),
                ("payer_key", models.CharField(blank=True, max_length=60)),
                ("overrides", models.JSONField(default=dict)),
                ("reason", models.TextField()),
                ("source", models.TextField(blank=True)),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("carc", "group", "payer_kind", "payer_key"), name="one_reading_per_scope"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeReadingEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("carc", models.CharField(max_length=10)),
                ("group", models.CharField(blank=True, max_length=2)),
                ("payer_kind", models.CharField(blank=True, max_length=20)),
                ("payer_key", models.CharField(blank=True, max_length=60)),
                ("overrides", models.JSONField(default=dict)),
                ("reason", models.TextField()),
                ("source", models.TextField(blank=True)),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="denials.codereading",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PayerEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=60)),
                ("name", models.CharField(max_length=160)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("medicare_ffs", "Medicare fee-for-service"),
                            ("medicare_advantage", "Medicare Advantage"),
                            ("medicaid_ffs", "Medicaid fee-for-service"),
                            ("medicaid_mco", "Medicaid managed care"),
                            ("commercial", "Commercial"),
                            ("federal", "Other federal program"),
                            ("unknown", "Not known yet"),
                        ],
                        default="unknown",
                        max_length=20,
                    ),
                ),
                (
                    "rules_key",
                    models.CharField(
                        blank=True, help_text="Whose time limits apply, when not this payer's own key.", max_length=60
                    ),
                ),
                (
                    "jurisdiction",
                    models.CharField(blank=True, help_text="State, where time limits differ by state.", max_length=4),
                ),
                (
                    "product",
                    models.CharField(blank=True, help_text="The product line most claims belong to.", max_length=60),
                ),
                ("is_contracted", models.BooleanField(default=True)),
                ("appeals_address", models.TextField(blank=True)),
                ("appeals_fax", models.CharField(blank=True, max_length=40)),
                ("phone", models.CharField(blank=True, max_length=40)),
                ("portal", models.URLField(blank=True)),
                ("contact_verified_on", models.DateField(blank=True, null=True)),
                (
                    "response_days",
                    models.PositiveSmallIntegerField(
                        default=30, help_text="Calendar days after which we ask for an answer to an appeal."
                    ),
                ),
                (
                    "is_confirmed",
                    models.BooleanField(
                        default=True, help_text="Off for a payer that a remittance named first: check it, then confirm."
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="denials.payer",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PayerIdentifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("payer_id", "Payer ID (N1*PR, REF*2U or TRN03)"), ("name", "Name (N1*PR)")],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=160)),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="identifiers", to="denials.payer"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="PayerIdentifierEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("payer_id", "Payer ID (N1*PR, REF*2U or TRN03)"), ("name", "Name (N1*PR)")],
                        max_length=10,
                    ),
                ),
                ("value", models.CharField(max_length=160)),
                (
                    "payer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="denials.payer",
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="denials.payeridentifier",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="PayerRuleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("rule_id", models.CharField(max_length=30)),
                ("payer_key", models.CharField(max_length=60)),
                ("product", models.CharField(blank=True, max_length=80)),
                ("jurisdiction", models.CharField(blank=True, max_length=120)),
                ("provider_status", models.CharField(blank=True, max_length=60)),
                ("rule_type", models.CharField(max_length=30)),
                ("level_no", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("level_name", models.CharField(blank=True, max_length=160)),
                ("window_value", models.CharField(max_length=20)),
                ("window_unit", models.CharField(max_length=30)),
                ("counts_from", models.CharField(max_length=80)),
                ("receipt_presumption_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("filed_when", models.CharField(blank=True, max_length=80)),
                ("non_business_day_rule", models.CharField(blank=True, max_length=120)),
                ("notes", models.TextField(blank=True)),
                ("confidence", models.CharField(blank=True, max_length=10)),
                ("source", models.TextField(blank=True)),
                ("source_date", models.CharField(blank=True, max_length=80)),
                ("effective_from", models.DateField(blank=True, null=True)),
                ("effective_to", models.DateField(blank=True, null=True)),
                ("is_edited", models.BooleanField(default=False)),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="denials.payerrule",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.CreateModel(
            name="Remittance",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("transaction", models.PositiveIntegerField()),
                ("control_number", models.CharField(max_length=20)),
                ("interchange", models.CharField(blank=True, max_length=20)),
                ("payer_name", models.CharField(help_text="As the file says it.", max_length=160)),
                ("payer_identifier", models.CharField(blank=True, max_length=80)),
                ("payee_npi", models.CharField(blank=True, max_length=80)),
                ("trace", models.CharField(blank=True, max_length=80)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("method", models.CharField(blank=True, max_length=3)),
                ("payment_date", models.DateField(null=True)),
                ("production_date", models.DateField(null=True)),
                ("claims", models.PositiveIntegerField()),
                ("charged", models.DecimalField(decimal_places=2, max_digits=14)),
                ("paid", models.DecimalField(decimal_places=2, max_digits=14)),
                ("difference", models.DecimalField(decimal_places=2, max_digits=14, null=True)),
                ("segment_from", models.PositiveIntegerField()),
                ("segment_to", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Held for a decision"),
                            ("recorded", "Recorded"),
                            ("classified", "Classified"),
                            ("routed", "Routed"),
                            ("settled", "Finished"),
                            ("set_aside", "Set aside"),
                        ],
                        default="recorded",
                        max_length=10,
                    ),
                ),
                ("hold_reason", models.CharField(blank=True, max_length=300)),
                ("decided_at", models.DateTimeField(null=True)),
                ("decision_reason", models.CharField(blank=True, max_length=300)),
                (
                    "decided_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remittances", to="accounts.facility"
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remittances", to="denials.payer"
                    ),
                ),
                (
                    "twin_of",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="twins",
                        to="denials.remittance",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ProviderAdjustment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveIntegerField()),
                ("provider", models.CharField(blank=True, max_length=60)),
                ("fiscal_period_end", models.DateField(null=True)),
                ("code", models.CharField(max_length=4)),
                ("reference", models.CharField(blank=True, max_length=60)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("segment", models.PositiveIntegerField()),
                (
                    "remittance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="provider_adjustments",
                        to="denials.remittance",
                    ),
                ),
            ],
            options={
                "ordering": ["ordinal"],
            },
        ),
        migrations.CreateModel(
            name="RemittanceFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("name", models.CharField(max_length=200)),
                ("size", models.PositiveBigIntegerField()),
                ("content", models.FileField(max_length=200, upload_to="")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("received", "Received"),
                            ("refused", "Refused"),
                            ("recording", "Recording"),
                            ("recorded", "Recorded"),
                        ],
                        default="received",
                        max_length=10,
                    ),
                ),
                ("refusal", models.CharField(blank=True, max_length=300)),
                (
                    "preview",
                    models.JSONField(
                        default=dict, help_text="Counts and sums of what recording would do; no patient data."
                    ),
                ),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                ("recorded_at", models.DateTimeField(null=True)),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.AddField(
            model_name="remittance",
            name="file",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="remittances", to="denials.remittancefile"
            ),
        ),
        migrations.CreateModel(
            name="FileFinding",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("severity", models.CharField(max_length=8)),
                ("code", models.CharField(max_length=40)),
                ("message", models.CharField(max_length=400)),
                ("segment", models.PositiveIntegerField(null=True)),
                ("transaction", models.PositiveIntegerField(default=0)),
                ("claim", models.PositiveIntegerField(default=0)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="findings",
                        to="denials.remittancefile",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="RemittedClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField()),
                ("claim_number", models.CharField(max_length=60)),
                ("status", models.CharField(max_length=10)),
                ("charge", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("paid", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("patient_share", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("filing_code", models.CharField(blank=True, max_length=10)),
                ("payer_control_number", models.CharField(blank=True, max_length=60)),
                ("facility_code", models.CharField(blank=True, max_length=10)),
                ("frequency", models.CharField(blank=True, max_length=5)),
                ("patient_last", models.CharField(blank=True, max_length=80)),
                ("patient_first", models.CharField(blank=True, max_length=60)),
                ("patient_middle", models.CharField(blank=True, max_length=60)),
                ("member_id", models.CharField(blank=True, max_length=80)),
                ("subscriber_last", models.CharField(blank=True, max_length=80)),
                ("subscriber_first", models.CharField(blank=True, max_length=60)),
                ("rendering_npi", models.CharField(blank=True, max_length=80)),
                ("rendering_name", models.CharField(blank=True, max_length=120)),
                ("crossover_name", models.CharField(blank=True, max_length=80)),
                ("corrected_payer_name", models.CharField(blank=True, max_length=80)),
                ("contract", models.CharField(blank=True, max_length=60)),
                ("medical_record", models.CharField(blank=True, max_length=60)),
                ("service_from", models.DateField(null=True)),
                ("service_to", models.DateField(null=True)),
                ("received_on", models.DateField(null=True)),
                (
                    "remarks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                ("segment_from", models.PositiveIntegerField()),
                ("segment_to", models.PositiveIntegerField()),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remitted", to="denials.claim"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "remittance",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remitted_claims",
                        to="denials.remittance",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Denial",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("outcome", models.CharField(max_length=20)),
                ("is_denial", models.BooleanField()),
                ("denied_amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("amount_at_risk", models.DecimalField(decimal_places=2, max_digits=12)),
                ("tracked_amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("category", models.CharField(blank=True, max_length=40)),
                ("denial_type", models.CharField(blank=True, max_length=16)),
                ("primary_group", models.CharField(blank=True, max_length=3)),
                ("primary_code", models.CharField(blank=True, max_length=10)),
                (
                    "remarks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                ("liability", models.CharField(max_length=10)),
                ("owner_team", models.CharField(max_length=40)),
                ("resolution", models.CharField(max_length=14)),
                ("appeal_allowed", models.BooleanField()),
                (
                    "denied_lines",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), default=list, size=None
                    ),
                ),
                ("denied_units", models.DecimalField(decimal_places=4, max_digits=15, null=True)),
                (
                    "pending_lines",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveIntegerField(), default=list, size=None
                    ),
                ),
                ("watch", models.CharField(blank=True, max_length=40)),
                (
                    "exceptions",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                ("next_action", models.TextField(blank=True)),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), default=list, size=None
                    ),
                ),
                ("root_cause", models.CharField(blank=True, max_length=300)),
                ("preventable", models.CharField(blank=True, max_length=8)),
                ("escalation_path", models.CharField(blank=True, max_length=300)),
                (
                    "because",
                    django.contrib.postgres.fields.ArrayField(base_field=models.TextField(), default=list, size=None),
                ),
                ("deadline", models.DateField(null=True)),
                ("deadline_rule", models.CharField(blank=True, max_length=30)),
                ("deadline_is_default", models.BooleanField(default=False)),
                ("deadline_because", models.TextField(blank=True)),
                (
                    "decided_on",
                    models.DateField(help_text="The payment date (BPR16), else the production date.", null=True),
                ),
                ("dictionary_version", models.CharField(max_length=40)),
                ("concluded_at", models.DateTimeField(auto_now_add=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="denials", to="denials.claim"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.payer",
                    ),
                ),
                (
                    "remitted_claim",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="denial", to="denials.remittedclaim"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="RemittedLine",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("qualifier", models.CharField(blank=True, max_length=4)),
                ("procedure", models.CharField(blank=True, max_length=48)),
                (
                    "modifiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=4), default=list, size=None
                    ),
                ),
                ("revenue_code", models.CharField(blank=True, max_length=48)),
                ("charge", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("paid", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("units_paid", models.DecimalField(decimal_places=4, max_digits=15, null=True)),
                ("units_billed", models.DecimalField(decimal_places=4, max_digits=15, null=True)),
                ("submitted_procedure", models.CharField(blank=True, max_length=60)),
                ("service_from", models.DateField(null=True)),
                ("service_to", models.DateField(null=True)),
                ("allowed", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("control_number", models.CharField(blank=True, max_length=60)),
                ("policy", models.CharField(blank=True, max_length=60)),
                (
                    "remarks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                (
                    "reject_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
                    ),
                ),
                ("segment_from", models.PositiveIntegerField()),
                ("segment_to", models.PositiveIntegerField()),
                (
                    "remitted_claim",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="denials.remittedclaim",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Adjustment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "ordinal",
                    models.PositiveIntegerField(
                        help_text="Counts the triplets of the claim payment from 1, in file order."
                    ),
                ),
                ("group", models.CharField(max_length=3)),
                ("code", models.CharField(max_length=10)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("quantity", models.DecimalField(decimal_places=4, max_digits=15, null=True)),
                ("segment", models.PositiveIntegerField()),
                (
                    "remitted_claim",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="denials.remittedclaim",
                    ),
                ),
                (
                    "line",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="adjustments",
                        to="denials.remittedline",
                    ),
                ),
            ],
            options={
                "ordering": ["ordinal"],
            },
        ),
        migrations.CreateModel(
            name="ReversalPair",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("because", models.CharField(max_length=200)),
                (
                    "correction",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="corrects",
                        to="denials.remittedclaim",
                    ),
                ),
                (
                    "reversal",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reverses", to="denials.remittedclaim"
                    ),
                ),
                (
                    "reversed",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reversed_by",
                        to="denials.remittedclaim",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Job",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=30)),
                ("subject", models.BigIntegerField(help_text="Id of the row that the work is about.")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("done", "Done"),
                            ("failed", "Failed"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                ("attempts", models.PositiveSmallIntegerField(default=0)),
                ("lease_until", models.DateTimeField(null=True)),
                ("stage", models.CharField(blank=True, max_length=30)),
                ("done", models.PositiveIntegerField(default=0)),
                ("total", models.PositiveIntegerField(default=0)),
                (
                    "trouble",
                    models.CharField(blank=True, help_text="What went wrong, without patient data.", max_length=300),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=["created_at"],
                        name="job_unfinished",
                    ),
                    models.Index(fields=["kind", "subject"], name="job_by_subject"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state__in", ["waiting", "running"])),
                        fields=("kind", "subject"),
                        name="one_unfinished_job_per_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "running"), _negated=True),
                            ("lease_until__isnull", False),
                            _connector="OR",
                        ),
                        name="running_job_has_lease",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["number"], name="claim_by_number", opclasses=["text_pattern_ops"]),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                fields=["payer_control_number"], name="claim_by_payer_number", opclasses=["text_pattern_ops"]
            ),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(fields=["member_id"], name="claim_by_member", opclasses=["text_pattern_ops"]),
        ),
        migrations.AddIndex(
            model_name="claim",
            index=models.Index(
                django.contrib.postgres.indexes.OpClass(
                    django.db.models.functions.text.Upper("patient_last"), name="text_pattern_ops"
                ),
                name="claim_by_patient",
            ),
        ),
        migrations.AddConstraint(
            model_name="claim",
            constraint=models.UniqueConstraint(
                fields=("payer", "facility", "matching_key", "service_from"),
                name="one_claim_per_payer_number_and_date",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="payeridentifier",
            constraint=models.UniqueConstraint(fields=("kind", "value"), name="one_payer_per_identifier"),
        ),
        migrations.AddConstraint(
            model_name="provideradjustment",
            constraint=models.UniqueConstraint(fields=("remittance", "ordinal"), name="one_row_per_plb_pair"),
        ),
        migrations.AddIndex(
            model_name="remittance",
            index=models.Index(
                condition=models.Q(("state__in", ["recorded", "classified", "routed"])),
                fields=["id"],
                name="remittance_unfinished",
            ),
        ),
        migrations.AddIndex(
            model_name="remittance",
            index=models.Index(fields=["trace"], name="remittance_by_trace"),
        ),
        migrations.AddConstraint(
            model_name="remittance",
            constraint=models.UniqueConstraint(fields=("file", "transaction"), name="one_remittance_per_transaction"),
        ),
        migrations.AddConstraint(
            model_name="remittance",
            constraint=models.UniqueConstraint(
                condition=models.Q(("twin_of__isnull", True), models.Q(("trace", ""), _negated=True)),
                fields=("payer", "trace", "payment_date", "amount"),
                name="one_remittance_per_trace",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="remittedclaim",
            constraint=models.UniqueConstraint(fields=("remittance", "position"), name="one_row_per_clp"),
        ),
        migrations.AddIndex(
            model_name="denial",
            index=models.Index(condition=models.Q(("is_denial", False)), fields=["outcome"], name="denial_watched"),
        ),
        migrations.AddConstraint(
            model_name="denial",
            constraint=models.CheckConstraint(
                condition=models.Q(("amount_at_risk__gte", 0), ("denied_amount__gte", 0)),
                name="denied_amounts_not_negative",
            ),
        ),
        migrations.AddConstraint(
            model_name="denial",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("is_denial", True), ("denied_amount", 0), ("outcome", "suspected_denial"), _connector="OR"
                ),
                name="only_denials_deny_money",
            ),
        ),
        migrations.AddConstraint(
            model_name="remittedline",
            constraint=models.UniqueConstraint(fields=("remitted_claim", "number"), name="one_row_per_svc"),
        ),
        migrations.AddConstraint(
            model_name="adjustment",
            constraint=models.UniqueConstraint(fields=("remitted_claim", "ordinal"), name="one_row_per_triplet"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="category",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_categoryevent" ("denial_type", "id", "key", "next_action", "owner_team", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tie_rank", "title", "usual_resolution") VALUES (NEW."denial_type", NEW."id", NEW."key", NEW."next_action", NEW."owner_team", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tie_rank", NEW."title", NEW."usual_resolution"); RETURN NULL;',
                    hash="1de8a9f17f997670bf0b32f2ed8414a51f0ac2bb",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_5cf19",
                    table="denials_category",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="category",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "denials_categoryevent" ("denial_type", "id", "key", "next_action", "owner_team", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tie_rank", "title", "usual_resolution") VALUES (NEW."denial_type", NEW."id", NEW."key", NEW."next_action", NEW."owner_team", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tie_rank", NEW."title", NEW."usual_resolution"); RETURN NULL;',
                    hash="82fb993608a049c1bd043974af8aeea8894e3878",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c3caa",
                    table="denials_category",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="category",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_categoryevent" ("denial_type", "id", "key", "next_action", "owner_team", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tie_rank", "title", "usual_resolution") VALUES (OLD."denial_type", OLD."id", OLD."key", OLD."next_action", OLD."owner_team", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tie_rank", OLD."title", OLD."usual_resolution"); RETURN NULL;',
                    hash="07dde8979c198d2f9058aed2c1a9a25edbf363f5",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_396db",
                    table="denials_category",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="codereading",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_codereadingevent" ("carc", "group", "id", "is_active", "overrides", "payer_key", "payer_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source", "version") VALUES (NEW."carc", NEW."group", NEW."id", NEW."is_active", NEW."overrides", NEW."payer_key", NEW."payer_kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."source", NEW."version"); RETURN NULL;',
                    hash="6efb502f8204eebc0a63219420a3cee17d8ddfae",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_8bd8c",
                    table="denials_codereading",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="codereading",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "denials_codereadingevent" ("carc", "group", "id", "is_active", "overrides", "payer_key", "payer_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source", "version") VALUES (NEW."carc", NEW."group", NEW."id", NEW."is_active", NEW."overrides", NEW."payer_key", NEW."payer_kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."source", NEW."version"); RETURN NULL;',
                    hash="90f8b831f14e08394b50e75b1dae7648f0aff24b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_c13f7",
                    table="denials_codereading",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="codereading",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_codereadingevent" ("carc", "group", "id", "is_active", "overrides", "payer_key", "payer_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "source", "version") VALUES (OLD."carc", OLD."group", OLD."id", OLD."is_active", OLD."overrides", OLD."payer_key", OLD."payer_kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."source", OLD."version"); RETURN NULL;',
                    hash="693e2c58e23df1283562a780606b318e8eeefbc3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_214b4",
                    table="denials_codereading",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payer",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_payerevent" ("appeals_address", "appeals_fax", "contact_verified_on", "id", "is_confirmed", "is_contracted", "jurisdiction", "key", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "portal", "product", "response_days", "rules_key") VALUES (NEW."appeals_address", NEW."appeals_fax", NEW."contact_verified_on", NEW."id", NEW."is_confirmed", NEW."is_contracted", NEW."jurisdiction", NEW."key", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."portal", NEW."product", NEW."response_days", NEW."rules_key"); RETURN NULL;',
                    hash="113e0585b36eb298487a027865c4326bd6322afd",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_0fa1d",
                    table="denials_payer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payer",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "denials_payerevent" ("appeals_address", "appeals_fax", "contact_verified_on", "id", "is_confirmed", "is_contracted", "jurisdiction", "key", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "portal", "product", "response_days", "rules_key") VALUES (NEW."appeals_address", NEW."appeals_fax", NEW."contact_verified_on", NEW."id", NEW."is_confirmed", NEW."is_contracted", NEW."jurisdiction", NEW."key", NEW."kind", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."portal", NEW."product", NEW."response_days", NEW."rules_key"); RETURN NULL;',
                    hash="203cb4000a244397fba9a5a9c5b069d208844fcd",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3a109",
                    table="denials_payer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payer",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_payerevent" ("appeals_address", "appeals_fax", "contact_verified_on", "id", "is_confirmed", "is_contracted", "jurisdiction", "key", "kind", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "portal", "product", "response_days", "rules_key") VALUES (OLD."appeals_address", OLD."appeals_fax", OLD."contact_verified_on", OLD."id", OLD."is_confirmed", OLD."is_contracted", OLD."jurisdiction", OLD."key", OLD."kind", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."portal", OLD."product", OLD."response_days", OLD."rules_key"); RETURN NULL;',
                    hash="0dc9488d51b4b2ae5e16c6d705f9c9659b243157",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_8a1d6",
                    table="denials_payer",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payerrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_payerruleevent" ("confidence", "counts_from", "effective_from", "effective_to", "filed_when", "id", "is_edited", "jurisdiction", "level_name", "level_no", "non_business_day_rule", "notes", "payer_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "provider_status", "receipt_presumption_days", "rule_id", "rule_type", "source", "source_date", "window_unit", "window_value") VALUES (NEW."confidence", NEW."counts_from", NEW."effective_from", NEW."effective_to", NEW."filed_when", NEW."id", NEW."is_edited", NEW."jurisdiction", NEW."level_name", NEW."level_no", NEW."non_business_day_rule", NEW."notes", NEW."payer_key", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product", NEW."provider_status", NEW."receipt_presumption_days", NEW."rule_id", NEW."rule_type", NEW."source", NEW."source_date", NEW."window_unit", NEW."window_value"); RETURN NULL;',
                    hash="a4b12da3da2b5604f8ffda097c270b281eb9def9",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_88203",
                    table="denials_payerrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payerrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "denials_payerruleevent" ("confidence", "counts_from", "effective_from", "effective_to", "filed_when", "id", "is_edited", "jurisdiction", "level_name", "level_no", "non_business_day_rule", "notes", "payer_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "provider_status", "receipt_presumption_days", "rule_id", "rule_type", "source", "source_date", "window_unit", "window_value") VALUES (NEW."confidence", NEW."counts_from", NEW."effective_from", NEW."effective_to", NEW."filed_when", NEW."id", NEW."is_edited", NEW."jurisdiction", NEW."level_name", NEW."level_no", NEW."non_business_day_rule", NEW."notes", NEW."payer_key", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product", NEW."provider_status", NEW."receipt_presumption_days", NEW."rule_id", NEW."rule_type", NEW."source", NEW."source_date", NEW."window_unit", NEW."window_value"); RETURN NULL;',
                    hash="dbada0c56481ad80832c9708b996bb9cae1bc008",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f8283",
                    table="denials_payerrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payerrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_payerruleevent" ("confidence", "counts_from", "effective_from", "effective_to", "filed_when", "id", "is_edited", "jurisdiction", "level_name", "level_no", "non_business_day_rule", "notes", "payer_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "provider_status", "receipt_presumption_days", "rule_id", "rule_type", "source", "source_date", "window_unit", "window_value") VALUES (OLD."confidence", OLD."counts_from", OLD."effective_from", OLD."effective_to", OLD."filed_when", OLD."id", OLD."is_edited", OLD."jurisdiction", OLD."level_name", OLD."level_no", OLD."non_business_day_rule", OLD."notes", OLD."payer_key", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product", OLD."provider_status", OLD."receipt_presumption_days", OLD."rule_id", OLD."rule_type", OLD."source", OLD."source_date", OLD."window_unit", OLD."window_value"); RETURN NULL;',
                    hash="006b2166ac2fe4faa63c658b65d862d73c2287a1",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_24b6c",
                    table="denials_payerrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="categoryevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="f2cc9be0bc826a51b478bd712a5b8ea28c268985",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_19b7c",
                    table="denials_categoryevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="codehandling",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_codehandlingevent" ("appealable", "category", "code_id", "denial_rule", "denial_type", "escalation_path", "evidence", "id", "is_edited", "next_action", "owner_team", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preventable", "root_cause", "upstream_owner", "usual_resolution", "version") VALUES (NEW."appealable", NEW."category", NEW."code_id", NEW."denial_rule", NEW."denial_type", NEW."escalation_path", NEW."evidence", NEW."id", NEW."is_edited", NEW."next_action", NEW."owner_team", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."preventable", NEW."root_cause", NEW."upstream_owner", NEW."usual_resolution", NEW."version"); RETURN NULL;',
                    hash="43d84dab194e0d741f548f8751b3b5df0537945b",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_1915a",
                    table="denials_codehandling",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="codehandling",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "denials_codehandlingevent" ("appealable", "category", "code_id", "denial_rule", "denial_type", "escalation_path", "evidence", "id", "is_edited", "next_action", "owner_team", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preventable", "root_cause", "upstream_owner", "usual_resolution", "version") VALUES (NEW."appealable", NEW."category", NEW."code_id", NEW."denial_rule", NEW."denial_type", NEW."escalation_path", NEW."evidence", NEW."id", NEW."is_edited", NEW."next_action", NEW."owner_team", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."preventable", NEW."root_cause", NEW."upstream_owner", NEW."usual_resolution", NEW."version"); RETURN NULL;',
                    hash="99a070874999be682a44732c5c97a8132b606907",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_367cb",
                    table="denials_codehandling",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="codehandling",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_codehandlingevent" ("appealable", "category", "code_id", "denial_rule", "denial_type", "escalation_path", "evidence", "id", "is_edited", "next_action", "owner_team", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preventable", "root_cause", "upstream_owner", "usual_resolution", "version") VALUES (OLD."appealable", OLD."category", OLD."code_id", OLD."denial_rule", OLD."denial_type", OLD."escalation_path", OLD."evidence", OLD."id", OLD."is_edited", OLD."next_action", OLD."owner_team", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."preventable", OLD."root_cause", OLD."upstream_owner", OLD."usual_resolution", OLD."version"); RETURN NULL;',
                    hash="df8eb20ccc6ac9ce169b3e7847e211a82697451a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_4562d",
                    table="denials_codehandling",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="codehandlingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a3cd54a2b5952a095065acce445aa676e469d304",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_036cc",
                    table="denials_codehandlingevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="codereadingevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="04404a5061805cdde63cd8bc2656912cdc58987b",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_49a2d",
                    table="denials_codereadingevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payerevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="15009e6ed7920fabef8262a99ef740b8e0e647d0",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ec308",
                    table="denials_payerevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payeridentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_payeridentifierevent" ("id", "kind", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") VALUES (NEW."id", NEW."kind", NEW."payer_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."value"); RETURN NULL;',
                    hash="e104bd13b94789421b5b57b5368a9981d5a51430",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4e6bc",
                    table="denials_payeridentifier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payeridentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "denials_payeridentifierevent" ("id", "kind", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") VALUES (NEW."id", NEW."kind", NEW."payer_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."value"); RETURN NULL;',
                    hash="8fea91b102ec7d4c5727e331f5ff69927ced481b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_14304",
                    table="denials_payeridentifier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payeridentifier",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_payeridentifierevent" ("id", "kind", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "value") VALUES (OLD."id", OLD."kind", OLD."payer_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."value"); RETURN NULL;',
                    hash="c896500431b1ec3cff3d609c869cc78702b0ffc7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cd5bb",
                    table="denials_payeridentifier",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payeridentifierevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="90727b063712f369942f8a7ee1c660b62f100a03",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_43b52",
                    table="denials_payeridentifierevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payerruleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="111a69301a3f9c8e860cc62de282721a3c09b197",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e5c5e",
                    table="denials_payerruleevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="provideradjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="what_the_payer_said_of_a_provider_adjustment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8d54a292aa23c8f34382034bcc69bb5d8a2116ed",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_what_the_payer_said_of_a_provider_adjustment_e75a5",
                    table="denials_provideradjustment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="remittedclaim",
            trigger=pgtrigger.compiler.Trigger(
                name="what_the_payer_said_of_a_claim",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="8fdaa87c873b3bd778bf88e34b2f4ada5eafb82f",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_what_the_payer_said_of_a_claim_0cb27",
                    table="denials_remittedclaim",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="remittedline",
            trigger=pgtrigger.compiler.Trigger(
                name="what_the_payer_said_of_a_line",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="104e2197f53f13b4303b4554d75f139157f80d34",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_what_the_payer_said_of_a_line_d663d",
                    table="denials_remittedline",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="adjustment",
            trigger=pgtrigger.compiler.Trigger(
                name="what_the_payer_said_of_an_adjustment",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="cdff9995cb7f768574c9fbded0085f5e0297c415",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_what_the_payer_said_of_an_adjustment_0232f",
                    table="denials_adjustment",
                    when="BEFORE",
                ),
            ),
        ),
    ]
