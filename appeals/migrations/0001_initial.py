import django.contrib.postgres.fields
import django.db.models.deletion
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("accounts", "__first__"),
        ("denials", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
        ("worklists", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Appeal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("template_version", models.PositiveIntegerField(null=True)),
                ("level", models.PositiveSmallIntegerField(default=1)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Sent"),
                            ("decided", "Decided"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("subject", models.CharField(max_length=300)),
                ("body", models.TextField()),
                (
                    "enclosures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("letter_date", models.DateField()),
                ("deadline", models.DateField(null=True)),
                ("amount", models.DecimalField(decimal_places=2, help_text="The amount in dispute.", max_digits=12)),
                ("sent_on", models.DateField(null=True)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mail", "Mail"),
                            ("certified_mail", "Certified mail"),
                            ("fax", "Fax"),
                            ("portal", "Payer portal"),
                            ("email", "Secure e-mail"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "proof",
                    models.CharField(
                        blank=True, help_text="Fax confirmation, tracking or portal number.", max_length=200
                    ),
                ),
                ("proof_file", models.FileField(blank=True, max_length=200, upload_to="")),
                (
                    "letter_pdf",
                    models.FileField(blank=True, help_text="The letter exactly as sent.", max_length=200, upload_to=""),
                ),
                ("letter_sha256", models.CharField(blank=True, max_length=64)),
                ("follow_up_on", models.DateField(null=True)),
                ("decided_on", models.DateField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("overturned", "Overturned"),
                            ("partial", "Partly overturned"),
                            ("upheld", "Upheld"),
                            ("not_contested", "Not contested"),
                        ],
                        max_length=14,
                    ),
                ),
                ("recovered_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "decided_by_remittance",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.remittedclaim",
                    ),
                ),
                (
                    "denial",
                    models.ForeignKey(
                        help_text="The decision that it answers; the item moves on when the payer denies the claim again.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.denial",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="appeals", to="worklists.workitem"
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="LetterTemplate",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=60, unique=True)),
                ("name", models.CharField(max_length=120)),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        help_text="CARC or RARC; empty for any.",
                        size=None,
                    ),
                ),
                ("category", models.CharField(blank=True, help_text="Empty for any.", max_length=40)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                (
                    "enclosures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "payer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.payer",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="AppealEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("template_version", models.PositiveIntegerField(null=True)),
                ("level", models.PositiveSmallIntegerField(default=1)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("sent", "Sent"),
                            ("decided", "Decided"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("subject", models.CharField(max_length=300)),
                ("body", models.TextField()),
                (
                    "enclosures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("letter_date", models.DateField()),
                ("deadline", models.DateField(null=True)),
                ("amount", models.DecimalField(decimal_places=2, help_text="The amount in dispute.", max_digits=12)),
                ("sent_on", models.DateField(null=True)),
                (
                    "channel",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("mail", "Mail"),
                            ("certified_mail", "Certified mail"),
                            ("fax", "Fax"),
                            ("portal", "Payer portal"),
                            ("email", "Secure e-mail"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "proof",
                    models.CharField(
                        blank=True, help_text="Fax confirmation, tracking or portal number.", max_length=200
                    ),
                ),
                ("proof_file", models.FileField(blank=True, max_length=200, upload_to="")),
                (
                    "letter_pdf",
                    models.FileField(blank=True, help_text="The letter exactly as sent.", max_length=200, upload_to=""),
                ),
                ("letter_sha256", models.CharField(blank=True, max_length=64)),
                ("follow_up_on", models.DateField(null=True)),
                ("decided_on", models.DateField(null=True)),
                (
                    "outcome",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("overturned", "Overturned"),
                            ("partial", "Partly overturned"),
                            ("upheld", "Upheld"),
                            ("not_contested", "Not contested"),
                        ],
                        max_length=14,
                    ),
                ),
                ("recovered_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "decided_by_remittance",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="denials.remittedclaim",
                    ),
                ),
                (
                    "denial",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="The decision that it answers; the item moves on when the payer denies the claim again.",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="denials.denial",
                    ),
                ),
                (
                    "drafted_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="worklists.workitem",
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
                        to="appeals.appeal",
                    ),
                ),
                (
                    "sent_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "signer",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "template",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="appeals.lettertemplate",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="appeal",
            name="template",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="appeals.lettertemplate"
            ),
        ),
        migrations.CreateModel(
            name="LetterTemplateEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=60)),
                ("name", models.CharField(max_length=120)),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10),
                        blank=True,
                        default=list,
                        help_text="CARC or RARC; empty for any.",
                        size=None,
                    ),
                ),
                ("category", models.CharField(blank=True, help_text="Empty for any.", max_length=40)),
                ("subject", models.CharField(max_length=200)),
                ("body", models.TextField()),
                (
                    "enclosures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200), blank=True, default=list, size=None
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "payer",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
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
                        to="appeals.lettertemplate",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(
                condition=models.Q(("status", "sent")), fields=["follow_up_on", "id"], name="appeal_to_follow_up"
            ),
        ),
        migrations.AddIndex(
            model_name="appeal",
            index=models.Index(
                condition=models.Q(("status", "decided")), fields=["-decided_on", "-id"], name="appeal_decided"
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "sent"), _negated=True),
                    models.Q(("channel__gt", ""), ("follow_up_on__isnull", False), ("sent_on__isnull", False)),
                    _connector="OR",
                ),
                name="sent_appeal_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "decided"), _negated=True),
                    models.Q(("decided_on__isnull", False), ("outcome__gt", "")),
                    _connector="OR",
                ),
                name="decided_appeal_says_what",
            ),
        ),
        migrations.AddConstraint(
            model_name="appeal",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ["draft", "sent"])),
                fields=("item",),
                name="one_appeal_in_hand_per_item",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lettertemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "appeals_lettertemplateevent" ("body", "category", "codes", "enclosures", "id", "is_active", "key", "name", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "version") VALUES (NEW."body", NEW."category", NEW."codes", NEW."enclosures", NEW."id", NEW."is_active", NEW."key", NEW."name", NEW."payer_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."subject", NEW."version"); RETURN NULL;',
                    hash="639128bd925a1383c6c8f540ee5c4979cb66614f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_6b4a7",
                    table="appeals_lettertemplate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lettertemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "appeals_lettertemplateevent" ("body", "category", "codes", "enclosures", "id", "is_active", "key", "name", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "version") VALUES (NEW."body", NEW."category", NEW."codes", NEW."enclosures", NEW."id", NEW."is_active", NEW."key", NEW."name", NEW."payer_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."subject", NEW."version"); RETURN NULL;',
                    hash="951a7612ef05d5ab1aa032db71c0133bf01592f4",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_f6d2f",
                    table="appeals_lettertemplate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lettertemplate",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "appeals_lettertemplateevent" ("body", "category", "codes", "enclosures", "id", "is_active", "key", "name", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "subject", "version") VALUES (OLD."body", OLD."category", OLD."codes", OLD."enclosures", OLD."id", OLD."is_active", OLD."key", OLD."name", OLD."payer_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."subject", OLD."version"); RETURN NULL;',
                    hash="614b9816e74324df499a4b0f56a3b08f8334fd12",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7ea03",
                    table="appeals_lettertemplate",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appealevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="9ae1ac38a5c98dd95dfc16013e3b5e0872b3706c",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a8ccf",
                    table="appeals_appealevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appeal",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_appeal_status_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{draft:sent,draft:withdrawn,sent:decided,sent:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="131980140d9271cb1a64f82494f5687f57b30f2c",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_appeal_status_changes_6065c",
                    table="appeals_appeal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appeal",
            trigger=pgtrigger.compiler.Trigger(
                name="sent_letter_is_frozen",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (OLD."sent_on" IS NOT NULL AND (OLD."subject" IS DISTINCT FROM (NEW."subject") OR OLD."body" IS DISTINCT FROM (NEW."body") OR OLD."enclosures" IS DISTINCT FROM (NEW."enclosures") OR OLD."letter_date" IS DISTINCT FROM (NEW."letter_date") OR OLD."signer_id" IS DISTINCT FROM (NEW."signer_id") OR OLD."sent_on" IS DISTINCT FROM (NEW."sent_on") OR OLD."sent_by_id" IS DISTINCT FROM (NEW."sent_by_id") OR OLD."channel" IS DISTINCT FROM (NEW."channel") OR OLD."proof" IS DISTINCT FROM (NEW."proof") OR OLD."proof_file" IS DISTINCT FROM (NEW."proof_file") OR OLD."letter_pdf" IS DISTINCT FROM (NEW."letter_pdf") OR OLD."letter_sha256" IS DISTINCT FROM (NEW."letter_sha256")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="acca22f7a3991b27f364ee24b7dc97e246bc5087",
                    operation="UPDATE",
                    pgid="pgtrigger_sent_letter_is_frozen_70bb2",
                    table="appeals_appeal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appeal",
            trigger=pgtrigger.compiler.Trigger(
                name="no_appeal_is_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="037ced650a8ed9fa035c54bede2a1c301376f04a",
                    operation="DELETE",
                    pgid="pgtrigger_no_appeal_is_deleted_90831",
                    table="appeals_appeal",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appeal",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "appeals_appealevent" ("amount", "body", "channel", "created_at", "deadline", "decided_by_remittance_id", "decided_on", "denial_id", "drafted_by_id", "enclosures", "facility_id", "follow_up_on", "id", "item_id", "letter_date", "letter_pdf", "letter_sha256", "level", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "proof_file", "recovered_amount", "sent_by_id", "sent_on", "signer_id", "status", "subject", "template_id", "template_version", "updated_at", "version") VALUES (NEW."amount", NEW."body", NEW."channel", NEW."created_at", NEW."deadline", NEW."decided_by_remittance_id", NEW."decided_on", NEW."denial_id", NEW."drafted_by_id", NEW."enclosures", NEW."facility_id", NEW."follow_up_on", NEW."id", NEW."item_id", NEW."letter_date", NEW."letter_pdf", NEW."letter_sha256", NEW."level", NEW."outcome", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."proof", NEW."proof_file", NEW."recovered_amount", NEW."sent_by_id", NEW."sent_on", NEW."signer_id", NEW."status", NEW."subject", NEW."template_id", NEW."template_version", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="20e5e8bee2a1ba145d9f78df0090e8458b18becc",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_c93ea",
                    table="appeals_appeal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appeal",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "appeals_appealevent" ("amount", "body", "channel", "created_at", "deadline", "decided_by_remittance_id", "decided_on", "denial_id", "drafted_by_id", "enclosures", "facility_id", "follow_up_on", "id", "item_id", "letter_date", "letter_pdf", "letter_sha256", "level", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "proof_file", "recovered_amount", "sent_by_id", "sent_on", "signer_id", "status", "subject", "template_id", "template_version", "updated_at", "version") VALUES (NEW."amount", NEW."body", NEW."channel", NEW."created_at", NEW."deadline", NEW."decided_by_remittance_id", NEW."decided_on", NEW."denial_id", NEW."drafted_by_id", NEW."enclosures", NEW."facility_id", NEW."follow_up_on", NEW."id", NEW."item_id", NEW."letter_date", NEW."letter_pdf", NEW."letter_sha256", NEW."level", NEW."outcome", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."proof", NEW."proof_file", NEW."recovered_amount", NEW."sent_by_id", NEW."sent_on", NEW."signer_id", NEW."status", NEW."subject", NEW."template_id", NEW."template_version", NEW."updated_at", NEW."version"); RETURN NULL;',
                    hash="13e0e9c1d17c530179d1c7a2b44dc754718af19e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bd9e6",
                    table="appeals_appeal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appeal",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "appeals_appealevent" ("amount", "body", "channel", "created_at", "deadline", "decided_by_remittance_id", "decided_on", "denial_id", "drafted_by_id", "enclosures", "facility_id", "follow_up_on", "id", "item_id", "letter_date", "letter_pdf", "letter_sha256", "level", "outcome", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "proof", "proof_file", "recovered_amount", "sent_by_id", "sent_on", "signer_id", "status", "subject", "template_id", "template_version", "updated_at", "version") VALUES (OLD."amount", OLD."body", OLD."channel", OLD."created_at", OLD."deadline", OLD."decided_by_remittance_id", OLD."decided_on", OLD."denial_id", OLD."drafted_by_id", OLD."enclosures", OLD."facility_id", OLD."follow_up_on", OLD."id", OLD."item_id", OLD."letter_date", OLD."letter_pdf", OLD."letter_sha256", OLD."level", OLD."outcome", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."proof", OLD."proof_file", OLD."recovered_amount", OLD."sent_by_id", OLD."sent_on", OLD."signer_id", OLD."status", OLD."subject", OLD."template_id", OLD."template_version", OLD."updated_at", OLD."version"); RETURN NULL;',
                    hash="b332851f2c9ef30d6100f9c66bf822da26324b7a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_95ad7",
                    table="appeals_appeal",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lettertemplateevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="4f4cf997a175db3b41c73cb9a65f6003a20b5a41",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_a2461",
                    table="appeals_lettertemplateevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
