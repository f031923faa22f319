import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.operations
import django.core.serializers.json
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("denials", "0001_initial"),
        ("denials", "0002_reread"),
        ("denials", "0003_payer_products"),
        ("denials", "0004_entries_and_acknowledgments"),
        ("denials", "0005_clocks"),
        ("denials", "0006_exceptions"),
        ("denials", "0007_playbooks"),
        ("denials", "0008_readings"),
        ("denials", "0009_payer_contacts_copy"),
        ("denials", "0010_payer_contacts"),
        ("denials", "0011_entered_payments"),
        ("denials", "0012_last_safe_day"),
        ("denials", "0013_denial_product"),
        ("denials", "0014_same_fault"),
        ("denials", "0015_told_facts"),
        ("denials", "0016_call_asks"),
        ("denials", "0017_patient_names"),
        ("denials", "0018_sheet_left_out"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0006_own_keys"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        django.contrib.postgres.operations.TrigramExtension(),
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
                "triggers": [
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                ],
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
                ("amount_in_controversy", models.CharField(blank=True, max_length=40)),
                ("payer_decision_time", models.CharField(blank=True, max_length=120)),
                ("requirements", models.TextField(blank=True)),
                (
                    "staff_note",
                    models.CharField(
                        blank=True,
                        help_text="What staff should read beside the date, such as the contract's clause.",
                        max_length=200,
                    ),
                ),
            ],
            options={
                "ordering": ["payer_key", "rule_type", "level_no"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_payerruleevent" ("amount_in_controversy", "confidence", "counts_from", "effective_from", "effective_to", "filed_when", "id", "is_edited", "jurisdiction", "level_name", "level_no", "non_business_day_rule", "notes", "payer_decision_time", "payer_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "provider_status", "receipt_presumption_days", "requirements", "rule_id", "rule_type", "source", "source_date", "staff_note", "window_unit", "window_value") VALUES (NEW."amount_in_controversy", NEW."confidence", NEW."counts_from", NEW."effective_from", NEW."effective_to", NEW."filed_when", NEW."id", NEW."is_edited", NEW."jurisdiction", NEW."level_name", NEW."level_no", NEW."non_business_day_rule", NEW."notes", NEW."payer_decision_time", NEW."payer_key", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product", NEW."provider_status", NEW."receipt_presumption_days", NEW."requirements", NEW."rule_id", NEW."rule_type", NEW."source", NEW."source_date", NEW."staff_note", NEW."window_unit", NEW."window_value"); RETURN NULL;',
                            hash="c62610eca76d6c99e67b7920f5502d6f157ebebe",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_88203",
                            table="denials_payerrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "denials_payerruleevent" ("amount_in_controversy", "confidence", "counts_from", "effective_from", "effective_to", "filed_when", "id", "is_edited", "jurisdiction", "level_name", "level_no", "non_business_day_rule", "notes", "payer_decision_time", "payer_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "provider_status", "receipt_presumption_days", "requirements", "rule_id", "rule_type", "source", "source_date", "staff_note", "window_unit", "window_value") VALUES (NEW."amount_in_controversy", NEW."confidence", NEW."counts_from", NEW."effective_from", NEW."effective_to", NEW."filed_when", NEW."id", NEW."is_edited", NEW."jurisdiction", NEW."level_name", NEW."level_no", NEW."non_business_day_rule", NEW."notes", NEW."payer_decision_time", NEW."payer_key", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product", NEW."provider_status", NEW."receipt_presumption_days", NEW."requirements", NEW."rule_id", NEW."rule_type", NEW."source", NEW."source_date", NEW."staff_note", NEW."window_unit", NEW."window_value"); RETURN NULL;',
                            hash="b9de63eb1b84dcada3244a8b3dc253252baf94f3",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_f8283",
                            table="denials_payerrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_payerruleevent" ("amount_in_controversy", "confidence", "counts_from", "effective_from", "effective_to", "filed_when", "id", "is_edited", "jurisdiction", "level_name", "level_no", "non_business_day_rule", "notes", "payer_decision_time", "payer_key", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "provider_status", "receipt_presumption_days", "requirements", "rule_id", "rule_type", "source", "source_date", "staff_note", "window_unit", "window_value") VALUES (OLD."amount_in_controversy", OLD."confidence", OLD."counts_from", OLD."effective_from", OLD."effective_to", OLD."filed_when", OLD."id", OLD."is_edited", OLD."jurisdiction", OLD."level_name", OLD."level_no", OLD."non_business_day_rule", OLD."notes", OLD."payer_decision_time", OLD."payer_key", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product", OLD."provider_status", OLD."receipt_presumption_days", OLD."requirements", OLD."rule_id", OLD."rule_type", OLD."source", OLD."source_date", OLD."staff_note", OLD."window_unit", OLD."window_value"); RETURN NULL;',
                            hash="bc10fb3e29712b7038ab14923416627b7738c18d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_24b6c",
                            table="denials_payerrule",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Playbook",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40, unique=True)),
                ("title", models.CharField(max_length=120)),
                ("summary", models.TextField(blank=True, help_text="What the payer says, in our own words.")),
                (
                    "not_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "causes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "checks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("steps", models.JSONField(blank=True, default=list)),
                (
                    "letter",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "prevention",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "feedback",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("bindings", models.JSONField(blank=True, default=list)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                ("is_edited", models.BooleanField(default=False)),
            ],
            options={
                "ordering": ["title"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_playbookevent" ("bindings", "causes", "checks", "evidence", "feedback", "id", "is_active", "is_edited", "key", "letter", "not_for", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prevention", "source", "steps", "summary", "title", "version") VALUES (NEW."bindings", NEW."causes", NEW."checks", NEW."evidence", NEW."feedback", NEW."id", NEW."is_active", NEW."is_edited", NEW."key", NEW."letter", NEW."not_for", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prevention", NEW."source", NEW."steps", NEW."summary", NEW."title", NEW."version"); RETURN NULL;',
                            hash="f67121728c0dc3fd3486f70fa76b54113a9cf204",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_58c14",
                            table="denials_playbook",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "denials_playbookevent" ("bindings", "causes", "checks", "evidence", "feedback", "id", "is_active", "is_edited", "key", "letter", "not_for", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prevention", "source", "steps", "summary", "title", "version") VALUES (NEW."bindings", NEW."causes", NEW."checks", NEW."evidence", NEW."feedback", NEW."id", NEW."is_active", NEW."is_edited", NEW."key", NEW."letter", NEW."not_for", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prevention", NEW."source", NEW."steps", NEW."summary", NEW."title", NEW."version"); RETURN NULL;',
                            hash="897885c219a8d3f32022178ea4be9b1960aa1317",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_541ea",
                            table="denials_playbook",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_playbookevent" ("bindings", "causes", "checks", "evidence", "feedback", "id", "is_active", "is_edited", "key", "letter", "not_for", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prevention", "source", "steps", "summary", "title", "version") VALUES (OLD."bindings", OLD."causes", OLD."checks", OLD."evidence", OLD."feedback", OLD."id", OLD."is_active", OLD."is_edited", OLD."key", OLD."letter", OLD."not_for", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prevention", OLD."source", OLD."steps", OLD."summary", OLD."title", OLD."version"); RETURN NULL;',
                            hash="725249fb9caab9b2367121fc46528695d2292e3b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7859c",
                            table="denials_playbook",
                            when="AFTER",
                        ),
                    ),
                ],
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
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="f2cc9be0bc826a51b478bd712a5b8ea28c268985",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_19b7c",
                            table="denials_categoryevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
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
                ("licence_note", models.CharField(blank=True, editable=False, max_length=200)),
                (
                    "licensed_text",
                    models.TextField(
                        blank=True,
                        editable=False,
                        help_text="The official wording, copyright of X12: only where this site holds a licence. Never exported.",
                        serialize=False,
                    ),
                ),
                (
                    "list_date",
                    models.DateField(blank=True, help_text="The day that list was published or fetched.", null=True),
                ),
            ],
            options={
                "ordering": ["system", "code"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_codeevent" ("appeal_effect", "code", "deactivated_on", "id", "is_active", "is_alert", "licence_note", "list_date", "list_version", "meaning", "modified_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by", "requires_remark", "satisfies_required_remark", "started_on", "system", "title") VALUES (NEW."appeal_effect", NEW."code", NEW."deactivated_on", NEW."id", NEW."is_active", NEW."is_alert", NEW."licence_note", NEW."list_date", NEW."list_version", NEW."meaning", NEW."modified_on", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."replaced_by", NEW."requires_remark", NEW."satisfies_required_remark", NEW."started_on", NEW."system", NEW."title"); RETURN NULL;',
                            hash="7a78ddcc010556bf6b224a67ca6d0ab4584b3328",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bb574",
                            table="denials_code",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."appeal_effect" IS DISTINCT FROM (NEW."appeal_effect") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."deactivated_on" IS DISTINCT FROM (NEW."deactivated_on") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_alert" IS DISTINCT FROM (NEW."is_alert") OR OLD."licence_note" IS DISTINCT FROM (NEW."licence_note") OR OLD."list_date" IS DISTINCT FROM (NEW."list_date") OR OLD."list_version" IS DISTINCT FROM (NEW."list_version") OR OLD."meaning" IS DISTINCT FROM (NEW."meaning") OR OLD."modified_on" IS DISTINCT FROM (NEW."modified_on") OR OLD."replaced_by" IS DISTINCT FROM (NEW."replaced_by") OR OLD."requires_remark" IS DISTINCT FROM (NEW."requires_remark") OR OLD."satisfies_required_remark" IS DISTINCT FROM (NEW."satisfies_required_remark") OR OLD."started_on" IS DISTINCT FROM (NEW."started_on") OR OLD."system" IS DISTINCT FROM (NEW."system") OR OLD."title" IS DISTINCT FROM (NEW."title"))',
                            func='INSERT INTO "denials_codeevent" ("appeal_effect", "code", "deactivated_on", "id", "is_active", "is_alert", "licence_note", "list_date", "list_version", "meaning", "modified_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by", "requires_remark", "satisfies_required_remark", "started_on", "system", "title") VALUES (NEW."appeal_effect", NEW."code", NEW."deactivated_on", NEW."id", NEW."is_active", NEW."is_alert", NEW."licence_note", NEW."list_date", NEW."list_version", NEW."meaning", NEW."modified_on", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."replaced_by", NEW."requires_remark", NEW."satisfies_required_remark", NEW."started_on", NEW."system", NEW."title"); RETURN NULL;',
                            hash="0ed25af141b30e30867b0e9b273af8f7094f98ea",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_39093",
                            table="denials_code",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_codeevent" ("appeal_effect", "code", "deactivated_on", "id", "is_active", "is_alert", "licence_note", "list_date", "list_version", "meaning", "modified_on", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by", "requires_remark", "satisfies_required_remark", "started_on", "system", "title") VALUES (OLD."appeal_effect", OLD."code", OLD."deactivated_on", OLD."id", OLD."is_active", OLD."is_alert", OLD."licence_note", OLD."list_date", OLD."list_version", OLD."meaning", OLD."modified_on", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replaced_by", OLD."requires_remark", OLD."satisfies_required_remark", OLD."started_on", OLD."system", OLD."title"); RETURN NULL;',
                            hash="468e2afe86525c4237eb9602625b947691736f44",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_84cea",
                            table="denials_code",
                            when="AFTER",
                        ),
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("system", "code"), name="one_record_per_code")],
            },
        ),
        migrations.CreateModel(
            name="CodeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                    "list_date",
                    models.DateField(blank=True, help_text="The day that list was published or fetched.", null=True),
                ),
                ("licence_note", models.CharField(blank=True, editable=False, max_length=200)),
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
                        to="denials.code",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="2fde6167df14c96eba9ddab9b3b9a75885e82970",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d6b43",
                            table="denials_codeevent",
                            when="BEFORE",
                        ),
                    )
                ],
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
                ("is_authorization", models.BooleanField(default=False, verbose_name="about authorization")),
                ("is_coding", models.BooleanField(default=False, verbose_name="about coding")),
                ("is_documentation", models.BooleanField(default=False, verbose_name="documents are missing")),
                ("is_payer_delay", models.BooleanField(default=False, verbose_name="the payer delays")),
                (
                    "call_asks",
                    models.CharField(
                        blank=True,
                        help_text="What a call to the payer can settle. Empty: its denials stand on no call sheet.",
                        max_length=300,
                        verbose_name="to ask by phone",
                    ),
                ),
                (
                    "code",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="handling", to="denials.code"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "code handling",
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_codehandlingevent" ("appealable", "call_asks", "category", "code_id", "denial_rule", "denial_type", "escalation_path", "evidence", "id", "is_authorization", "is_coding", "is_documentation", "is_edited", "is_payer_delay", "next_action", "owner_team", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preventable", "root_cause", "upstream_owner", "usual_resolution", "version") VALUES (NEW."appealable", NEW."call_asks", NEW."category", NEW."code_id", NEW."denial_rule", NEW."denial_type", NEW."escalation_path", NEW."evidence", NEW."id", NEW."is_authorization", NEW."is_coding", NEW."is_documentation", NEW."is_edited", NEW."is_payer_delay", NEW."next_action", NEW."owner_team", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."preventable", NEW."root_cause", NEW."upstream_owner", NEW."usual_resolution", NEW."version"); RETURN NULL;',
                            hash="bccfe38a234f91f17f0deabdf00738bb55272314",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_1915a",
                            table="denials_codehandling",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "denials_codehandlingevent" ("appealable", "call_asks", "category", "code_id", "denial_rule", "denial_type", "escalation_path", "evidence", "id", "is_authorization", "is_coding", "is_documentation", "is_edited", "is_payer_delay", "next_action", "owner_team", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preventable", "root_cause", "upstream_owner", "usual_resolution", "version") VALUES (NEW."appealable", NEW."call_asks", NEW."category", NEW."code_id", NEW."denial_rule", NEW."denial_type", NEW."escalation_path", NEW."evidence", NEW."id", NEW."is_authorization", NEW."is_coding", NEW."is_documentation", NEW."is_edited", NEW."is_payer_delay", NEW."next_action", NEW."owner_team", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."preventable", NEW."root_cause", NEW."upstream_owner", NEW."usual_resolution", NEW."version"); RETURN NULL;',
                            hash="ee3e758b1fd6b96e5aad342df63f8034c05c5e14",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_367cb",
                            table="denials_codehandling",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_codehandlingevent" ("appealable", "call_asks", "category", "code_id", "denial_rule", "denial_type", "escalation_path", "evidence", "id", "is_authorization", "is_coding", "is_documentation", "is_edited", "is_payer_delay", "next_action", "owner_team", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preventable", "root_cause", "upstream_owner", "usual_resolution", "version") VALUES (OLD."appealable", OLD."call_asks", OLD."category", OLD."code_id", OLD."denial_rule", OLD."denial_type", OLD."escalation_path", OLD."evidence", OLD."id", OLD."is_authorization", OLD."is_coding", OLD."is_documentation", OLD."is_edited", OLD."is_payer_delay", OLD."next_action", OLD."owner_team", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."preventable", OLD."root_cause", OLD."upstream_owner", OLD."usual_resolution", OLD."version"); RETURN NULL;',
                            hash="43832c69dc1fd2b665ce8aa7aca743d8238e2dc9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_4562d",
                            table="denials_codehandling",
                            when="AFTER",
                        ),
                    ),
                ],
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
                ("is_authorization", models.BooleanField(default=False, verbose_name="about authorization")),
                ("is_coding", models.BooleanField(default=False, verbose_name="about coding")),
                ("is_documentation", models.BooleanField(default=False, verbose_name="documents are missing")),
                ("is_payer_delay", models.BooleanField(default=False, verbose_name="the payer delays")),
                (
                    "call_asks",
                    models.CharField(
                        blank=True,
                        help_text="What a call to the payer can settle. Empty: its denials stand on no call sheet.",
                        max_length=300,
                        verbose_name="to ask by phone",
                    ),
                ),
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
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="a3cd54a2b5952a095065acce445aa676e469d304",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_036cc",
                            table="denials_codehandlingevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeReading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("group", models.CharField(blank=True, max_length=2, verbose_name="adjustment group")),
                (
                    "payer_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("medicare_ffs", "Medicare fee-for-service"),
                            ("medicare_advantage", "Medicare Advantage"),
                            ("medicaid_ffs", "Medicaid fee-for-service"),
                            ("medicaid_mco", "Medicaid managed care"),
                            ("commercial", "Commercial"),
                            ("federal", "Other federal program"),
                            ("unknown", "Not known yet"),
                        ],
                        max_length=20,
                        verbose_name="kind of payer",
                    ),
                ),
                ("payer_key", models.CharField(blank=True, max_length=60, verbose_name="payer")),
                ("overrides", models.JSONField(blank=True, default=dict)),
                ("reason", models.TextField(verbose_name="why it is read so")),
                ("source", models.TextField(blank=True)),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=10)),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("high", "High: a contract or the payer's own page says so"),
                            ("medium", "Medium: seen on several remittances"),
                            ("low", "Low: told by somebody, or disputed"),
                        ],
                        default="medium",
                        max_length=8,
                    ),
                ),
                (
                    "conflict",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        editable=False,
                        help_text="For a disputed one: article_says, list_says, effect.",
                    ),
                ),
                ("facility_npi", models.CharField(blank=True, max_length=20, verbose_name="facility")),
                ("is_suggestion", models.BooleanField(default=False, editable=False)),
                ("key", models.SlugField(blank=True, editable=False, max_length=60, null=True, unique=True)),
                ("modifier", models.CharField(blank=True, max_length=2)),
                (
                    "partner_carc",
                    models.CharField(blank=True, max_length=10, verbose_name="with this reason code beside it"),
                ),
                (
                    "partner_remark",
                    models.CharField(blank=True, max_length=10, verbose_name="with this remark beside it"),
                ),
                ("procedure", models.CharField(blank=True, max_length=20)),
                ("product", models.CharField(blank=True, max_length=60)),
                ("revenue", models.CharField(blank=True, max_length=20, verbose_name="service line by revenue code")),
                ("specialty", models.CharField(blank=True, max_length=60)),
                (
                    "system",
                    models.CharField(
                        choices=[("CARC", "Claim adjustment reason"), ("RARC", "Remittance advice remark")],
                        default="CARC",
                        max_length=6,
                        verbose_name="kind of code",
                    ),
                ),
                ("title", models.CharField(default="", max_length=120, verbose_name="our title for staff")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="for decisions from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="for decisions until")),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_codereadingevent" ("code", "confidence", "conflict", "facility_npi", "group", "id", "is_active", "is_suggestion", "key", "modifier", "overrides", "partner_carc", "partner_remark", "payer_key", "payer_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedure", "product", "reason", "revenue", "source", "specialty", "system", "title", "valid_from", "valid_to", "version") VALUES (NEW."code", NEW."confidence", NEW."conflict", NEW."facility_npi", NEW."group", NEW."id", NEW."is_active", NEW."is_suggestion", NEW."key", NEW."modifier", NEW."overrides", NEW."partner_carc", NEW."partner_remark", NEW."payer_key", NEW."payer_kind", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."procedure", NEW."product", NEW."reason", NEW."revenue", NEW."source", NEW."specialty", NEW."system", NEW."title", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;',
                            hash="7cbe36e9ab4035b7eefa4fc8d666364717c36f0d",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8bd8c",
                            table="denials_codereading",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "denials_codereadingevent" ("code", "confidence", "conflict", "facility_npi", "group", "id", "is_active", "is_suggestion", "key", "modifier", "overrides", "partner_carc", "partner_remark", "payer_key", "payer_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedure", "product", "reason", "revenue", "source", "specialty", "system", "title", "valid_from", "valid_to", "version") VALUES (NEW."code", NEW."confidence", NEW."conflict", NEW."facility_npi", NEW."group", NEW."id", NEW."is_active", NEW."is_suggestion", NEW."key", NEW."modifier", NEW."overrides", NEW."partner_carc", NEW."partner_remark", NEW."payer_key", NEW."payer_kind", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."procedure", NEW."product", NEW."reason", NEW."revenue", NEW."source", NEW."specialty", NEW."system", NEW."title", NEW."valid_from", NEW."valid_to", NEW."version"); RETURN NULL;',
                            hash="ee4d064b04a1a855690d924e1fb577a47299426f",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c13f7",
                            table="denials_codereading",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_codereadingevent" ("code", "confidence", "conflict", "facility_npi", "group", "id", "is_active", "is_suggestion", "key", "modifier", "overrides", "partner_carc", "partner_remark", "payer_key", "payer_kind", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "procedure", "product", "reason", "revenue", "source", "specialty", "system", "title", "valid_from", "valid_to", "version") VALUES (OLD."code", OLD."confidence", OLD."conflict", OLD."facility_npi", OLD."group", OLD."id", OLD."is_active", OLD."is_suggestion", OLD."key", OLD."modifier", OLD."overrides", OLD."partner_carc", OLD."partner_remark", OLD."payer_key", OLD."payer_kind", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."procedure", OLD."product", OLD."reason", OLD."revenue", OLD."source", OLD."specialty", OLD."system", OLD."title", OLD."valid_from", OLD."valid_to", OLD."version"); RETURN NULL;',
                            hash="ec29f4bea6f3f705273affc7ccf20484e479e7df",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_214b4",
                            table="denials_codereading",
                            when="AFTER",
                        ),
                    ),
                ],
                "ordering": ["system", "code", "pk"],
                "indexes": [models.Index(fields=["system", "code"], name="readings_of_a_code")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=(
                            "system",
                            "code",
                            "facility_npi",
                            "payer_key",
                            "product",
                            "procedure",
                            "modifier",
                            "revenue",
                            "payer_kind",
                            "specialty",
                            "group",
                            "partner_carc",
                            "partner_remark",
                            "valid_from",
                        ),
                        name="one_reading_per_scope",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_to__gte", models.F("valid_from")),
                            ("valid_from", None),
                            ("valid_to", None),
                            _connector="OR",
                        ),
                        name="reading_ends_after_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("key__isnull", False),
                            models.Q(("overrides__has_key", "denial_rule"), _negated=True),
                            _connector="OR",
                        ),
                        name="only_shipped_readings_deny",
                    ),
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
                ("group", models.CharField(blank=True, max_length=2, verbose_name="adjustment group")),
                (
                    "payer_kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("medicare_ffs", "Medicare fee-for-service"),
                            ("medicare_advantage", "Medicare Advantage"),
                            ("medicaid_ffs", "Medicaid fee-for-service"),
                            ("medicaid_mco", "Medicaid managed care"),
                            ("commercial", "Commercial"),
                            ("federal", "Other federal program"),
                            ("unknown", "Not known yet"),
                        ],
                        max_length=20,
                        verbose_name="kind of payer",
                    ),
                ),
                ("payer_key", models.CharField(blank=True, max_length=60, verbose_name="payer")),
                ("overrides", models.JSONField(blank=True, default=dict)),
                ("reason", models.TextField(verbose_name="why it is read so")),
                ("source", models.TextField(blank=True)),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                ("version", models.PositiveIntegerField(default=1)),
                ("code", models.CharField(max_length=10)),
                (
                    "confidence",
                    models.CharField(
                        choices=[
                            ("high", "High: a contract or the payer's own page says so"),
                            ("medium", "Medium: seen on several remittances"),
                            ("low", "Low: told by somebody, or disputed"),
                        ],
                        default="medium",
                        max_length=8,
                    ),
                ),
                (
                    "conflict",
                    models.JSONField(
                        blank=True,
                        default=dict,
                        editable=False,
                        help_text="For a disputed one: article_says, list_says, effect.",
                    ),
                ),
                ("facility_npi", models.CharField(blank=True, max_length=20, verbose_name="facility")),
                ("is_suggestion", models.BooleanField(default=False, editable=False)),
                ("key", models.SlugField(blank=True, db_index=False, editable=False, max_length=60, null=True)),
                ("modifier", models.CharField(blank=True, max_length=2)),
                (
                    "partner_carc",
                    models.CharField(blank=True, max_length=10, verbose_name="with this reason code beside it"),
                ),
                (
                    "partner_remark",
                    models.CharField(blank=True, max_length=10, verbose_name="with this remark beside it"),
                ),
                ("procedure", models.CharField(blank=True, max_length=20)),
                ("product", models.CharField(blank=True, max_length=60)),
                ("revenue", models.CharField(blank=True, max_length=20, verbose_name="service line by revenue code")),
                ("specialty", models.CharField(blank=True, max_length=60)),
                (
                    "system",
                    models.CharField(
                        choices=[("CARC", "Claim adjustment reason"), ("RARC", "Remittance advice remark")],
                        default="CARC",
                        max_length=6,
                        verbose_name="kind of code",
                    ),
                ),
                ("title", models.CharField(default="", max_length=120, verbose_name="our title for staff")),
                ("valid_from", models.DateField(blank=True, null=True, verbose_name="for decisions from")),
                ("valid_to", models.DateField(blank=True, null=True, verbose_name="for decisions until")),
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
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="04404a5061805cdde63cd8bc2656912cdc58987b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_49a2d",
                            table="denials_codereadingevent",
                            when="BEFORE",
                        ),
                    )
                ],
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
                    "claims_per_call",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How many claims this payer discusses in one call; empty where nobody knows.",
                        null=True,
                    ),
                ),
                (
                    "candidates",
                    models.ManyToManyField(
                        blank=True,
                        editable=False,
                        help_text="Payers that fitted a remittance equally well; it stands under this one until somebody says which.",
                        related_name="+",
                        to="denials.payer",
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="merged",
                        to="denials.payer",
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_payerevent" ("claims_per_call", "id", "is_confirmed", "is_contracted", "jurisdiction", "key", "kind", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "response_days", "rules_key") VALUES (NEW."claims_per_call", NEW."id", NEW."is_confirmed", NEW."is_contracted", NEW."jurisdiction", NEW."key", NEW."kind", NEW."merged_into_id", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product", NEW."response_days", NEW."rules_key"); RETURN NULL;',
                            hash="bf57d443d3cc3cc4325ebdfbcdfad4f9ed1002af",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_0fa1d",
                            table="denials_payer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "denials_payerevent" ("claims_per_call", "id", "is_confirmed", "is_contracted", "jurisdiction", "key", "kind", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "response_days", "rules_key") VALUES (NEW."claims_per_call", NEW."id", NEW."is_confirmed", NEW."is_contracted", NEW."jurisdiction", NEW."key", NEW."kind", NEW."merged_into_id", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product", NEW."response_days", NEW."rules_key"); RETURN NULL;',
                            hash="ec3509a97879703cdddbfbc7d80b29b66cdf88d8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_3a109",
                            table="denials_payer",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_payerevent" ("claims_per_call", "id", "is_confirmed", "is_contracted", "jurisdiction", "key", "kind", "merged_into_id", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "response_days", "rules_key") VALUES (OLD."claims_per_call", OLD."id", OLD."is_confirmed", OLD."is_contracted", OLD."jurisdiction", OLD."key", OLD."kind", OLD."merged_into_id", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product", OLD."response_days", OLD."rules_key"); RETURN NULL;',
                            hash="dc3f9a45bc8f34b0fc178da979243165f5415c7d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_8a1d6",
                            table="denials_payer",
                            when="AFTER",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("merged_into", models.F("pk")), _negated=True),
                        name="no_payer_is_merged_into_itself",
                    )
                ],
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
            options={
                "indexes": [
                    models.Index(fields=["number"], name="claim_by_number", opclasses=["text_pattern_ops"]),
                    models.Index(
                        fields=["payer_control_number"], name="claim_by_payer_number", opclasses=["text_pattern_ops"]
                    ),
                    models.Index(fields=["member_id"], name="claim_by_member", opclasses=["text_pattern_ops"]),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("patient_last"), name="text_pattern_ops"
                        ),
                        name="claim_by_patient",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("payer", "facility", "matching_key", "service_from"),
                        name="one_claim_per_payer_number_and_date",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Acknowledgment",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("ordinal", models.PositiveIntegerField(help_text="Counts the answers of the file from 1.")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("277CA", "277CA claim acknowledgment"),
                            ("999", "999 file acknowledgment"),
                            ("997", "997 file acknowledgment"),
                            ("TA1", "TA1 interchange acknowledgment"),
                        ],
                        max_length=5,
                    ),
                ),
                (
                    "level",
                    models.CharField(
                        choices=[
                            ("claim", "Claim"),
                            ("batch", "Batch of claims"),
                            ("set", "Transaction set"),
                            ("group", "Group"),
                            ("interchange", "Interchange"),
                        ],
                        max_length=11,
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("accepted", "Accepted"),
                            ("with_errors", "Accepted with errors"),
                            ("received", "Received, not accepted yet"),
                            ("rejected", "Rejected"),
                        ],
                        max_length=11,
                    ),
                ),
                ("subject", models.CharField(max_length=120)),
                ("source_name", models.CharField(blank=True, max_length=120)),
                ("source_is_payer", models.BooleanField(default=False)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("reported_on", models.DateField(null=True)),
                ("claim_number", models.CharField(blank=True, max_length=60)),
                ("payer_control_number", models.CharField(blank=True, max_length=60)),
                ("clearinghouse_number", models.CharField(blank=True, max_length=80)),
                ("patient_last", models.CharField(blank=True, max_length=80)),
                ("patient_first", models.CharField(blank=True, max_length=60)),
                ("member_id", models.CharField(blank=True, max_length=80)),
                ("service_from", models.DateField(null=True)),
                ("service_to", models.DateField(null=True)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("answered_on", models.DateField(null=True)),
                ("received_on", models.DateField(null=True)),
                (
                    "codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=80), default=list, size=None
                    ),
                ),
                ("message", models.CharField(blank=True, max_length=264)),
                ("segment_from", models.PositiveIntegerField()),
                ("segment_to", models.PositiveIntegerField()),
                (
                    "facility",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="denials.payer"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="PayerContact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("appeals_address", "Address for appeals"),
                            ("claims_address", "Address for claims"),
                            ("fax", "Fax for appeals"),
                            ("phone", "Phone"),
                            ("portal", "Portal"),
                            ("email", "E-mail"),
                            ("attachments", "Where to send attachments"),
                        ],
                        max_length=16,
                    ),
                ),
                ("value", models.TextField(max_length=500)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("verified_on", models.DateField(blank=True, null=True)),
                ("is_current", models.BooleanField(default=True)),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="contacts", to="denials.payer"
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["kind", "pk"],
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
                    "claims_per_call",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="How many claims this payer discusses in one call; empty where nobody knows.",
                        null=True,
                    ),
                ),
                (
                    "merged_into",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        editable=False,
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
                        to="denials.payer",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="15009e6ed7920fabef8262a99ef740b8e0e647d0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ec308",
                            table="denials_payerevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayerIdentifier",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("payer_id", "Payer ID (N104 or REF*2U)"),
                            ("reference", "Other number (REF*NF, EO or HI)"),
                            ("name", "Name (N1*PR)"),
                            ("originator", "Originator (TRN03)"),
                            ("gs_sender", "Sender of the group (GS02)"),
                            ("isa_sender", "Sender of the file (ISA06)"),
                        ],
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
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                    pgtrigger.compiler.Trigger(
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
                ],
                "indexes": [models.Index(fields=["value"], name="payer_identifier_by_value")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("kind__in", ["payer_id", "reference", "name"])),
                        fields=("kind", "value"),
                        name="one_payer_per_identifier",
                    ),
                    models.UniqueConstraint(fields=("payer", "kind", "value"), name="identifier_once_per_payer"),
                ],
            },
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
                        choices=[
                            ("payer_id", "Payer ID (N104 or REF*2U)"),
                            ("reference", "Other number (REF*NF, EO or HI)"),
                            ("name", "Name (N1*PR)"),
                            ("originator", "Originator (TRN03)"),
                            ("gs_sender", "Sender of the group (GS02)"),
                            ("isa_sender", "Sender of the file (ISA06)"),
                        ],
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
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="90727b063712f369942f8a7ee1c660b62f100a03",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_43b52",
                            table="denials_payeridentifierevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayerMerge",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("because", models.CharField(blank=True, max_length=300)),
                ("values", models.JSONField(default=list, encoder=django.core.serializers.json.DjangoJSONEncoder)),
                (
                    "newest",
                    models.JSONField(
                        default=dict, help_text="By table the highest id there was: what is above came later."
                    ),
                ),
                ("merged_at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(null=True)),
                ("undone_because", models.CharField(blank=True, max_length=300)),
                (
                    "merged",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges", to="denials.payer"
                    ),
                ),
                (
                    "merged_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "stays",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="merges_into", to="denials.payer"
                    ),
                ),
                (
                    "undone_by",
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
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("undone_at", None)), fields=("merged",), name="one_standing_merge_per_payer"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="MovedRows",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("table", models.CharField(help_text="app.Model.field", max_length=80)),
                ("ids", django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                (
                    "merge",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="moved", to="denials.payermerge"
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="PayerProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("medicare_ffs", "Medicare fee-for-service"),
                            ("medicare_advantage", "Medicare Advantage"),
                            ("medicaid_ffs", "Medicaid fee-for-service"),
                            ("medicaid_mco", "Medicaid managed care"),
                            ("commercial", "Commercial"),
                            ("federal", "Other federal program"),
                            ("unknown", "Not known yet"),
                        ],
                        max_length=20,
                    ),
                ),
                ("rules_key", models.CharField(blank=True, max_length=60)),
                (
                    "product",
                    models.CharField(
                        blank=True, help_text="The word by which time limits name this line.", max_length=60
                    ),
                ),
                ("jurisdiction", models.CharField(blank=True, max_length=4)),
                ("is_contracted", models.BooleanField(blank=True, null=True)),
                (
                    "filing_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), blank=True, default=list, size=None
                    ),
                ),
                (
                    "id_prefixes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("response_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("claims_per_call", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("is_active", models.BooleanField(default=True)),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="products", to="denials.payer"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_payerproductevent" ("claims_per_call", "filing_codes", "id", "id_prefixes", "is_active", "is_contracted", "jurisdiction", "kind", "name", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "response_days", "rules_key") VALUES (NEW."claims_per_call", NEW."filing_codes", NEW."id", NEW."id_prefixes", NEW."is_active", NEW."is_contracted", NEW."jurisdiction", NEW."kind", NEW."name", NEW."payer_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product", NEW."response_days", NEW."rules_key"); RETURN NULL;',
                            hash="fdf4df5a2c75597d2fff99f8aaf6478dbcc6c947",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d6fec",
                            table="denials_payerproduct",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "denials_payerproductevent" ("claims_per_call", "filing_codes", "id", "id_prefixes", "is_active", "is_contracted", "jurisdiction", "kind", "name", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "response_days", "rules_key") VALUES (NEW."claims_per_call", NEW."filing_codes", NEW."id", NEW."id_prefixes", NEW."is_active", NEW."is_contracted", NEW."jurisdiction", NEW."kind", NEW."name", NEW."payer_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product", NEW."response_days", NEW."rules_key"); RETURN NULL;',
                            hash="fa51110a9d7bf1751cac57533220cc56409e4e5c",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_cdfbb",
                            table="denials_payerproduct",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_payerproductevent" ("claims_per_call", "filing_codes", "id", "id_prefixes", "is_active", "is_contracted", "jurisdiction", "kind", "name", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product", "response_days", "rules_key") VALUES (OLD."claims_per_call", OLD."filing_codes", OLD."id", OLD."id_prefixes", OLD."is_active", OLD."is_contracted", OLD."jurisdiction", OLD."kind", OLD."name", OLD."payer_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product", OLD."response_days", OLD."rules_key"); RETURN NULL;',
                            hash="44598c787bb7eac08abeef7bb2696a05cc93bca9",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_b17ac",
                            table="denials_payerproduct",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayerContactEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("appeals_address", "Address for appeals"),
                            ("claims_address", "Address for claims"),
                            ("fax", "Fax for appeals"),
                            ("phone", "Phone"),
                            ("portal", "Portal"),
                            ("email", "E-mail"),
                            ("attachments", "Where to send attachments"),
                        ],
                        max_length=16,
                    ),
                ),
                ("value", models.TextField(max_length=500)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("verified_on", models.DateField(blank=True, null=True)),
                ("is_current", models.BooleanField(default=True)),
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
                        to="denials.payercontact",
                    ),
                ),
                (
                    "verified_by",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="denials.payerproduct",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c6235e32844323db4f4085f5de84a575e25dd91a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9d97e",
                            table="denials_payercontactevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="payercontact",
            name="product",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="contacts",
                to="denials.payerproduct",
            ),
        ),
        migrations.CreateModel(
            name="PayerProductEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=80)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("medicare_ffs", "Medicare fee-for-service"),
                            ("medicare_advantage", "Medicare Advantage"),
                            ("medicaid_ffs", "Medicaid fee-for-service"),
                            ("medicaid_mco", "Medicaid managed care"),
                            ("commercial", "Commercial"),
                            ("federal", "Other federal program"),
                            ("unknown", "Not known yet"),
                        ],
                        max_length=20,
                    ),
                ),
                ("rules_key", models.CharField(blank=True, max_length=60)),
                (
                    "product",
                    models.CharField(
                        blank=True, help_text="The word by which time limits name this line.", max_length=60
                    ),
                ),
                ("jurisdiction", models.CharField(blank=True, max_length=4)),
                ("is_contracted", models.BooleanField(blank=True, null=True)),
                (
                    "filing_codes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), blank=True, default=list, size=None
                    ),
                ),
                (
                    "id_prefixes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("response_days", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("claims_per_call", models.PositiveSmallIntegerField(blank=True, null=True)),
                ("is_active", models.BooleanField(default=True)),
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
                        to="denials.payerproduct",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="e626b4d9680bc90e72f613d2d010766ea02559ef",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_15d7a",
                            table="denials_payerproductevent",
                            when="BEFORE",
                        ),
                    )
                ],
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
                ("amount_in_controversy", models.CharField(blank=True, max_length=40)),
                ("payer_decision_time", models.CharField(blank=True, max_length=120)),
                ("requirements", models.TextField(blank=True)),
                (
                    "staff_note",
                    models.CharField(
                        blank=True,
                        help_text="What staff should read beside the date, such as the contract's clause.",
                        max_length=200,
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
                        to="denials.payerrule",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="111a69301a3f9c8e860cc62de282721a3c09b197",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e5c5e",
                            table="denials_payerruleevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PlaybookEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=40)),
                ("title", models.CharField(max_length=120)),
                ("summary", models.TextField(blank=True, help_text="What the payer says, in our own words.")),
                (
                    "not_for",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "causes",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "checks",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "evidence",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("steps", models.JSONField(blank=True, default=list)),
                (
                    "letter",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "prevention",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                (
                    "feedback",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("bindings", models.JSONField(blank=True, default=list)),
                ("source", models.CharField(blank=True, max_length=200)),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
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
                        to="denials.playbook",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="fa17165e5e32d704006b3a3ce0885ab8c76d5986",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6b8f7",
                            table="denials_playbookevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Rejection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("resent", "Sent again"), ("closed", "Closed")],
                        default="open",
                        max_length=6,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="What was corrected, or why nothing is sent.", max_length=300
                    ),
                ),
                (
                    "acknowledgment",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="rejection",
                        to="denials.acknowledgment",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_rejectionevent" ("acknowledgment_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state") VALUES (NEW."acknowledgment_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."state"); RETURN NULL;',
                            hash="febd65bbab0b5e7905c1c2e25bd2db95d03b59a1",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b2ea8",
                            table="denials_rejection",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "denials_rejectionevent" ("acknowledgment_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state") VALUES (NEW."acknowledgment_id", NEW."id", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."state"); RETURN NULL;',
                            hash="2708d7dad6952655fdc18f66bc3248898fba1f34",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_73920",
                            table="denials_rejection",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_rejectionevent" ("acknowledgment_id", "id", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "state") VALUES (OLD."acknowledgment_id", OLD."id", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."state"); RETURN NULL;',
                            hash="bd3439ec60629d2bad637b286143e629c5bbf96b",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_50d90",
                            table="denials_rejection",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [models.Index(fields=["state", "-id"], name="rejection_by_state")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "closed"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="closed_rejection_says_why",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RejectionEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("resent", "Sent again"), ("closed", "Closed")],
                        default="open",
                        max_length=6,
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        blank=True, help_text="What was corrected, or why nothing is sent.", max_length=300
                    ),
                ),
                (
                    "acknowledgment",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="denials.acknowledgment",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        to="denials.rejection",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="1188b285ea4b6ae6b90b2e05bb83e5a6cd4ec5bb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_fad0e",
                            table="denials_rejectionevent",
                            when="BEFORE",
                        ),
                    )
                ],
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
                    "entered_from",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paper_eob", "Paper EOB"),
                            ("letter", "Denial letter"),
                            ("phone", "Phone call"),
                            ("portal", "Payer's portal"),
                            ("sheet", "Spreadsheet"),
                        ],
                        help_text="Empty for what a payer's own file says.",
                        max_length=10,
                    ),
                ),
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
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="what_the_payer_said_of_a_provider_adjustment",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8d54a292aa23c8f34382034bcc69bb5d8a2116ed",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_what_the_payer_said_of_a_provider_adjustment_e75a5",
                            table="denials_provideradjustment",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("reference", ""), _negated=True),
                        fields=["reference"],
                        name="outside_claims_by_reference",
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("remittance", "ordinal"), name="one_row_per_plb_pair")],
            },
        ),
        migrations.CreateModel(
            name="ExceptionCase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("unknown_code", "Unknown code"),
                            ("retired_code", "Retired code"),
                            ("missing_remark", "Remark missing"),
                            ("suspected_denial", "Suspected denial"),
                            ("unknown_payer", "Payer not confirmed"),
                            ("ambiguous_payer", "Several payers fit"),
                            ("ambiguous_claim", "Ambiguous match"),
                            ("unmatched_reversal", "Unmatched reversal"),
                            ("takeback", "Takeback"),
                            ("pending_long", "Pending too long"),
                            ("unbalanced", "Does not balance"),
                            ("cut_file", "File cut short"),
                            ("duplicate_trace", "Duplicate trace"),
                            ("held", "Remittance held"),
                            ("unreadable_amount", "Amount not readable"),
                        ],
                        max_length=20,
                    ),
                ),
                ("cause", models.CharField(max_length=160)),
                (
                    "system",
                    models.CharField(
                        blank=True,
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
                ("code", models.CharField(blank=True, max_length=14)),
                ("reason", models.TextField(help_text="Why it is an exception, without patient data.")),
                ("opened_on", models.DateField()),
                (
                    "due_on",
                    models.DateField(help_text="The last day to act, where a clock of its own runs.", null=True),
                ),
                ("due_because", models.CharField(blank=True, max_length=300)),
                ("asked_on", models.DateField(help_text="When the payer was asked about it.", null=True)),
                ("ask_again_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("fixed", "Fixed"), ("accepted", "Left as it is")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("closed_on", models.DateField(null=True)),
                ("closed_because", models.CharField(blank=True, max_length=300)),
                (
                    "closed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner_team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to="denials.payer"
                    ),
                ),
                (
                    "remittance",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.remittance",
                    ),
                ),
            ],
            options={
                "ordering": ["opened_on", "pk"],
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
                    "kind",
                    models.CharField(
                        choices=[
                            ("remittance", "Remittance (835)"),
                            ("ack", "Acknowledgment (999, 277CA)"),
                            ("entry", "Entered by hand"),
                        ],
                        default="remittance",
                        max_length=10,
                    ),
                ),
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
            name="Entry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "source",
                    models.CharField(
                        choices=[
                            ("paper_eob", "Paper EOB"),
                            ("letter", "Denial letter"),
                            ("phone", "Phone call"),
                            ("portal", "Payer's portal"),
                            ("sheet", "Spreadsheet"),
                        ],
                        max_length=10,
                    ),
                ),
                ("original", models.FileField(blank=True, max_length=200, upload_to="")),
                ("original_name", models.CharField(blank=True, max_length=200)),
                ("original_sha256", models.CharField(blank=True, max_length=64)),
                ("original_size", models.PositiveBigIntegerField(default=0)),
                ("media_type", models.CharField(blank=True, max_length=40)),
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="entry", to="denials.remittancefile"
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="acknowledgment",
            name="file",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acknowledgments",
                to="denials.remittancefile",
            ),
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
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="what_the_payer_said_of_a_claim",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8fdaa87c873b3bd778bf88e34b2f4ada5eafb82f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_what_the_payer_said_of_a_claim_0cb27",
                            table="denials_remittedclaim",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("remittance", "position"), name="one_row_per_clp")],
            },
        ),
        migrations.CreateModel(
            name="HeldUp",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("thing", models.CharField(max_length=40)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("held", "Held up"),
                            ("released", "Not held up any more"),
                            ("accepted", "Left as it is"),
                            ("confirmed", "Confirmed"),
                        ],
                        default="held",
                        max_length=9,
                    ),
                ),
                ("claims", models.PositiveIntegerField(default=1)),
                ("amount", models.DecimalField(decimal_places=2, max_digits=14)),
                ("since", models.DateTimeField(auto_now_add=True)),
                (
                    "case",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="held",
                        to="denials.exceptioncase",
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
                    "provider_adjustment",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.provideradjustment",
                    ),
                ),
                (
                    "remittance",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="denials.remittance"
                    ),
                ),
                (
                    "remitted_claim",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held_up",
                        to="denials.remittedclaim",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "held")), fields=["case", "facility"], name="held_by_case"
                    ),
                    models.Index(
                        condition=models.Q(("state__in", ["accepted", "confirmed"])),
                        fields=["thing"],
                        name="held_decided",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("case", "thing"), name="held_up_once_by_a_case")],
            },
        ),
        migrations.CreateModel(
            name="ExceptionCaseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("unknown_code", "Unknown code"),
                            ("retired_code", "Retired code"),
                            ("missing_remark", "Remark missing"),
                            ("suspected_denial", "Suspected denial"),
                            ("unknown_payer", "Payer not confirmed"),
                            ("ambiguous_payer", "Several payers fit"),
                            ("ambiguous_claim", "Ambiguous match"),
                            ("unmatched_reversal", "Unmatched reversal"),
                            ("takeback", "Takeback"),
                            ("pending_long", "Pending too long"),
                            ("unbalanced", "Does not balance"),
                            ("cut_file", "File cut short"),
                            ("duplicate_trace", "Duplicate trace"),
                            ("held", "Remittance held"),
                            ("unreadable_amount", "Amount not readable"),
                        ],
                        max_length=20,
                    ),
                ),
                ("cause", models.CharField(max_length=160)),
                (
                    "system",
                    models.CharField(
                        blank=True,
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
                ("code", models.CharField(blank=True, max_length=14)),
                ("reason", models.TextField(help_text="Why it is an exception, without patient data.")),
                ("opened_on", models.DateField()),
                (
                    "due_on",
                    models.DateField(help_text="The last day to act, where a clock of its own runs.", null=True),
                ),
                ("due_because", models.CharField(blank=True, max_length=300)),
                ("asked_on", models.DateField(help_text="When the payer was asked about it.", null=True)),
                ("ask_again_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("fixed", "Fixed"), ("accepted", "Left as it is")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("closed_on", models.DateField(null=True)),
                ("closed_because", models.CharField(blank=True, max_length=300)),
                (
                    "closed_by",
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
                    "owner",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner_team",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.team",
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
                        to="denials.exceptioncase",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="denials.payer",
                    ),
                ),
                (
                    "remittance",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="denials.remittance",
                    ),
                ),
                (
                    "remitted_claim",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="denials.remittedclaim",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="5c13cfdb27dfa571ab2088d71f7a76655b09f41a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ea4b9",
                            table="denials_exceptioncaseevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="exceptioncase",
            name="remitted_claim",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="denials.remittedclaim"
            ),
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
                    "needs_new_claim",
                    models.BooleanField(
                        default=False,
                        help_text="The payer never took the claim in, so the original filing limit runs on.",
                    ),
                ),
                (
                    "readings",
                    models.JSONField(
                        default=list,
                        help_text="Scoped readings that fitted: id, version, code, title, won, why, changes.",
                    ),
                ),
                ("last_safe_on", models.DateField(help_text="The last safe day of the clock that binds.", null=True)),
                (
                    "payer_kind",
                    models.CharField(blank=True, help_text="Of the payer's product line, else its own.", max_length=20),
                ),
                (
                    "product",
                    models.CharField(
                        blank=True, help_text="The payer's product line, or its word for it.", max_length=80
                    ),
                ),
                (
                    "fault_codes",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Reason and remarks, in one order.",
                        max_length=120,
                    ),
                ),
                (
                    "fault_procedures",
                    models.CharField(
                        blank=True,
                        db_default="",
                        default="",
                        help_text="Procedures and modifiers of the denied lines, in one order.",
                        max_length=120,
                    ),
                ),
                (
                    "fault_provider",
                    models.CharField(
                        blank=True, db_default="", default="", help_text="Who rendered the service.", max_length=120
                    ),
                ),
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
            options={
                "indexes": [
                    models.Index(condition=models.Q(("is_denial", False)), fields=["outcome"], name="denial_watched"),
                    models.Index(
                        fields=["fault_codes", "payer", "fault_procedures", "fault_provider", "facility"],
                        name="denial_same_fault",
                    ),
                    models.Index(
                        fields=["fault_procedures", "payer", "fault_provider", "facility"], name="denial_same_procedure"
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amount_at_risk__gte", 0), ("denied_amount__gte", 0)),
                        name="denied_amounts_not_negative",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("is_denial", True), ("denied_amount", 0), ("outcome", "suspected_denial"), _connector="OR"
                        ),
                        name="only_denials_deny_money",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Confirmation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("because", models.CharField(max_length=200)),
                (
                    "entered",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="confirmed_by",
                        to="denials.remittedclaim",
                    ),
                ),
                (
                    "told",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="confirms", to="denials.remittedclaim"
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
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="what_the_payer_said_of_a_line",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="104e2197f53f13b4303b4554d75f139157f80d34",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_what_the_payer_said_of_a_line_d663d",
                            table="denials_remittedline",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [models.UniqueConstraint(fields=("remitted_claim", "number"), name="one_row_per_svc")],
            },
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
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="what_the_payer_said_of_an_adjustment",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cdff9995cb7f768574c9fbded0085f5e0297c415",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_what_the_payer_said_of_an_adjustment_0232f",
                            table="denials_adjustment",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("remitted_claim", "ordinal"), name="one_row_per_triplet")
                ],
            },
        ),
        migrations.CreateModel(
            name="Rereading",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("because", models.CharField(max_length=300)),
                ("codes", models.JSONField(default=list, help_text="Pairs of code system and code.")),
                (
                    "categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), default=list, size=None
                    ),
                ),
                (
                    "payers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                (
                    "rules",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=30),
                        default=list,
                        help_text="Ids of payer rules.",
                        size=None,
                    ),
                ),
                (
                    "denials",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), default=list, size=None
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("reached", models.BigIntegerField(default=0)),
                ("read", models.PositiveIntegerField(default=0)),
                ("changed", models.PositiveIntegerField(default=0)),
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
            name="SendingTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("mail", "Letter by mail"),
                            ("fax", "Letter by fax"),
                            ("portal", "Letter through the portal"),
                            ("claim", "Electronic claim"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "preparation_days",
                    models.PositiveSmallIntegerField(help_text="Business days to write and collect what goes along."),
                ),
                ("mailing_days", models.PositiveSmallIntegerField(help_text="Business days until the payer has it.")),
                (
                    "payer",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="denials.payer",
                    ),
                ),
            ],
            options={
                "ordering": ["payer__name", "channel"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_sendingtimeevent" ("channel", "id", "mailing_days", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preparation_days") VALUES (NEW."channel", NEW."id", NEW."mailing_days", NEW."payer_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."preparation_days"); RETURN NULL;',
                            hash="c2a464642ab91f01fcde351b7934d33c59feea68",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f5a01",
                            table="denials_sendingtime",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "denials_sendingtimeevent" ("channel", "id", "mailing_days", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preparation_days") VALUES (NEW."channel", NEW."id", NEW."mailing_days", NEW."payer_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."preparation_days"); RETURN NULL;',
                            hash="67355a1cacd0c21b8271593a7fc580d37a2f8005",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_b84e0",
                            table="denials_sendingtime",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_sendingtimeevent" ("channel", "id", "mailing_days", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "preparation_days") VALUES (OLD."channel", OLD."id", OLD."mailing_days", OLD."payer_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."preparation_days"); RETURN NULL;',
                            hash="6771e2441385f6d04da59813a8c4306395b43bc4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_95f67",
                            table="denials_sendingtime",
                            when="AFTER",
                        ),
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("payer", "channel"), name="one_sending_time_per_payer_and_channel", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SendingTimeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("mail", "Letter by mail"),
                            ("fax", "Letter by fax"),
                            ("portal", "Letter through the portal"),
                            ("claim", "Electronic claim"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "preparation_days",
                    models.PositiveSmallIntegerField(help_text="Business days to write and collect what goes along."),
                ),
                ("mailing_days", models.PositiveSmallIntegerField(help_text="Business days until the payer has it.")),
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
                        to="denials.sendingtime",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="704aa94dd26e0ffb85cfef557953452a156ca5a5",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_57699",
                            table="denials_sendingtimeevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Sheet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sha256", models.CharField(max_length=64)),
                ("name", models.CharField(max_length=200)),
                ("size", models.PositiveBigIntegerField()),
                ("content", models.FileField(max_length=200, upload_to="")),
                (
                    "state",
                    models.CharField(
                        choices=[("received", "To map"), ("mapped", "To confirm"), ("recorded", "Recorded")],
                        default="received",
                        max_length=8,
                    ),
                ),
                ("columns", models.JSONField(default=dict)),
                ("skipped", models.PositiveIntegerField(default=0, help_text="Rows that were not recorded.")),
                ("received_at", models.DateTimeField(auto_now_add=True)),
                ("kind", models.CharField(db_default="denials", default="denials", max_length=20)),
                (
                    "left_out",
                    models.JSONField(
                        default=list, help_text="Those rows as they were told: [row, claim or member, what is wrong]"
                    ),
                ),
                (
                    "facility",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="accounts.facility"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sheet",
                        to="denials.remittancefile",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [models.UniqueConstraint(fields=("sha256", "kind"), name="one_sheet_of_these_bytes")],
            },
        ),
        migrations.CreateModel(
            name="EligibilityCheck",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim_number", models.CharField(blank=True, max_length=60)),
                ("member_id", models.CharField(blank=True, max_length=80)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "digest",
                    models.CharField(help_text="Of all that it says: the same said twice stands once.", max_length=64),
                ),
                ("told_at", models.DateTimeField(auto_now_add=True)),
                ("sheet_row", models.PositiveIntegerField(help_text="As a spreadsheet counts.", null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                ("checked_on", models.DateField()),
                (
                    "method",
                    models.CharField(
                        choices=[
                            ("inquiry", "Electronic inquiry (270/271)"),
                            ("portal", "Payer's portal"),
                            ("phone", "Phone call"),
                            ("card", "Card at the front desk"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "result",
                    models.CharField(
                        choices=[
                            ("active", "Active"),
                            ("inactive", "Not active"),
                            ("other_plan", "Covered by another plan"),
                            ("not_found", "Member not found"),
                        ],
                        max_length=10,
                    ),
                ),
                ("plan", models.CharField(blank=True, max_length=120)),
                ("covers_from", models.DateField(null=True)),
                ("covers_to", models.DateField(null=True)),
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
                    "told_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.sheet",
                    ),
                ),
            ],
            options={
                "ordering": ["-checked_on", "-pk"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="eligibility_check_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."facility_id" IS DISTINCT FROM (NEW."facility_id") OR OLD."claim_number" IS DISTINCT FROM (NEW."claim_number") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."told_by_id" IS DISTINCT FROM (NEW."told_by_id") OR OLD."told_at" IS DISTINCT FROM (NEW."told_at") OR OLD."sheet_id" IS DISTINCT FROM (NEW."sheet_id") OR OLD."sheet_row" IS DISTINCT FROM (NEW."sheet_row") OR OLD."checked_on" IS DISTINCT FROM (NEW."checked_on") OR OLD."method" IS DISTINCT FROM (NEW."method") OR OLD."result" IS DISTINCT FROM (NEW."result") OR OLD."plan" IS DISTINCT FROM (NEW."plan") OR OLD."covers_from" IS DISTINCT FROM (NEW."covers_from") OR OLD."covers_to" IS DISTINCT FROM (NEW."covers_to"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="481960eb77c10783da0cc5c8142becaa46390506",
                            operation="UPDATE",
                            pgid="pgtrigger_eligibility_check_is_frozen_b3104",
                            table="denials_eligibilitycheck",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="eligibility_check_stays_withdrawn",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."withdrawn_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="77f000a37f6f8222f4e8ca394e2275dfdde39912",
                            operation="UPDATE",
                            pgid="pgtrigger_eligibility_check_stays_withdrawn_ff414",
                            table="denials_eligibilitycheck",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="eligibility_check_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="9833b721da9f82e137efe276fb7dccd70a852556",
                            operation="DELETE",
                            pgid="pgtrigger_eligibility_check_is_kept_0808a",
                            table="denials_eligibilitycheck",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("claim_number", ""), _negated=True),
                        fields=["claim_number"],
                        name="eligibilitycheck_claim",
                    ),
                    models.Index(
                        condition=models.Q(("member_id", ""), _negated=True),
                        fields=["member_id"],
                        name="eligibilitycheck_member",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("claim_number", ""), ("member_id", ""), _negated=True),
                        name="eligibilitycheck_names_claim_or_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("withdrawn_because__gt", ""), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="eligibilitycheck_withdrawn_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("facility", "digest"),
                        name="eligibilitycheck_said_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("covers_from__isnull", True),
                            ("covers_to__isnull", True),
                            ("covers_from__lte", models.F("covers_to")),
                            _connector="OR",
                        ),
                        name="cover_begins_before_it_ends",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClaimNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim_number", models.CharField(blank=True, max_length=60)),
                ("member_id", models.CharField(blank=True, max_length=80)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "digest",
                    models.CharField(help_text="Of all that it says: the same said twice stands once.", max_length=64),
                ),
                ("told_at", models.DateTimeField(auto_now_add=True)),
                ("sheet_row", models.PositiveIntegerField(help_text="As a spreadsheet counts.", null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                ("kind", models.CharField(choices=[("coding", "Coding note"), ("edit", "Claim edit")], max_length=6)),
                ("noted_on", models.DateField()),
                (
                    "said_by",
                    models.CharField(
                        blank=True, help_text="The coder, or the system that checked the claim.", max_length=80
                    ),
                ),
                (
                    "code",
                    models.CharField(
                        blank=True, help_text="Of the edit, or the procedure that it is about.", max_length=30
                    ),
                ),
                ("text", models.CharField(max_length=1000)),
                ("answer", models.CharField(blank=True, help_text="What was done about it.", max_length=300)),
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
                    "told_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.sheet",
                    ),
                ),
            ],
            options={
                "ordering": ["-noted_on", "-pk"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="claim_note_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."facility_id" IS DISTINCT FROM (NEW."facility_id") OR OLD."claim_number" IS DISTINCT FROM (NEW."claim_number") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."told_by_id" IS DISTINCT FROM (NEW."told_by_id") OR OLD."told_at" IS DISTINCT FROM (NEW."told_at") OR OLD."sheet_id" IS DISTINCT FROM (NEW."sheet_id") OR OLD."sheet_row" IS DISTINCT FROM (NEW."sheet_row") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."noted_on" IS DISTINCT FROM (NEW."noted_on") OR OLD."said_by" IS DISTINCT FROM (NEW."said_by") OR OLD."code" IS DISTINCT FROM (NEW."code") OR OLD."text" IS DISTINCT FROM (NEW."text") OR OLD."answer" IS DISTINCT FROM (NEW."answer"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="f29593797632368650db4cfe14707c312bc027de",
                            operation="UPDATE",
                            pgid="pgtrigger_claim_note_is_frozen_7047b",
                            table="denials_claimnote",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="claim_note_stays_withdrawn",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."withdrawn_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="ad658e6cfcdb97151d2e407f6fd0ea63b2b9c5eb",
                            operation="UPDATE",
                            pgid="pgtrigger_claim_note_stays_withdrawn_8c7c0",
                            table="denials_claimnote",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="claim_note_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="ff39d953cfa4c82932489c2acb5a5d548c03e266",
                            operation="DELETE",
                            pgid="pgtrigger_claim_note_is_kept_a8021",
                            table="denials_claimnote",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("claim_number", ""), _negated=True),
                        fields=["claim_number"],
                        name="claimnote_claim",
                    ),
                    models.Index(
                        condition=models.Q(("member_id", ""), _negated=True),
                        fields=["member_id"],
                        name="claimnote_member",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("claim_number", ""), ("member_id", ""), _negated=True),
                        name="claimnote_names_claim_or_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("withdrawn_because__gt", ""), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="claimnote_withdrawn_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("facility", "digest"),
                        name="claimnote_said_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Authorization",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim_number", models.CharField(blank=True, max_length=60)),
                ("member_id", models.CharField(blank=True, max_length=80)),
                ("note", models.CharField(blank=True, max_length=300)),
                (
                    "digest",
                    models.CharField(help_text="Of all that it says: the same said twice stands once.", max_length=64),
                ),
                ("told_at", models.DateTimeField(auto_now_add=True)),
                ("sheet_row", models.PositiveIntegerField(help_text="As a spreadsheet counts.", null=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                ("number", models.CharField(blank=True, max_length=60)),
                (
                    "decision",
                    models.CharField(
                        choices=[
                            ("approved", "Approved"),
                            ("partly", "Approved in part"),
                            ("pending", "Not decided yet"),
                            ("refused", "Refused"),
                            ("not_needed", "Not needed"),
                            ("cancelled", "Cancelled"),
                        ],
                        max_length=10,
                    ),
                ),
                ("decided_on", models.DateField(null=True)),
                ("valid_from", models.DateField(null=True)),
                ("valid_to", models.DateField(null=True)),
                ("units", models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                (
                    "procedures",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), default=list, size=None
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
                    "told_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "sheet",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.sheet",
                    ),
                ),
            ],
            options={
                "ordering": ["-decided_on", "-pk"],
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="authorization_is_frozen",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."facility_id" IS DISTINCT FROM (NEW."facility_id") OR OLD."claim_number" IS DISTINCT FROM (NEW."claim_number") OR OLD."member_id" IS DISTINCT FROM (NEW."member_id") OR OLD."note" IS DISTINCT FROM (NEW."note") OR OLD."digest" IS DISTINCT FROM (NEW."digest") OR OLD."told_by_id" IS DISTINCT FROM (NEW."told_by_id") OR OLD."told_at" IS DISTINCT FROM (NEW."told_at") OR OLD."sheet_id" IS DISTINCT FROM (NEW."sheet_id") OR OLD."sheet_row" IS DISTINCT FROM (NEW."sheet_row") OR OLD."number" IS DISTINCT FROM (NEW."number") OR OLD."decision" IS DISTINCT FROM (NEW."decision") OR OLD."decided_on" IS DISTINCT FROM (NEW."decided_on") OR OLD."valid_from" IS DISTINCT FROM (NEW."valid_from") OR OLD."valid_to" IS DISTINCT FROM (NEW."valid_to") OR OLD."units" IS DISTINCT FROM (NEW."units") OR OLD."procedures" IS DISTINCT FROM (NEW."procedures"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="a7b0059aefd027b05226999b2347adbfba63dfef",
                            operation="UPDATE",
                            pgid="pgtrigger_authorization_is_frozen_82101",
                            table="denials_authorization",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="authorization_stays_withdrawn",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."withdrawn_at" IS NOT NULL)',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="9c30a89c9aa1d332accf945708be026cfce40820",
                            operation="UPDATE",
                            pgid="pgtrigger_authorization_stays_withdrawn_7fc41",
                            table="denials_authorization",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="authorization_is_kept",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="6cb4e2dd35243f49169b37e9ae275271269e3230",
                            operation="DELETE",
                            pgid="pgtrigger_authorization_is_kept_02139",
                            table="denials_authorization",
                            when="BEFORE",
                        ),
                    ),
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("claim_number", ""), _negated=True),
                        fields=["claim_number"],
                        name="authorization_claim",
                    ),
                    models.Index(
                        condition=models.Q(("member_id", ""), _negated=True),
                        fields=["member_id"],
                        name="authorization_member",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("claim_number", ""), ("member_id", ""), _negated=True),
                        name="authorization_names_claim_or_member",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("withdrawn_because__gt", ""), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="authorization_withdrawn_says_why",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("facility", "digest"),
                        name="authorization_said_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("valid_from__isnull", True),
                            ("valid_to__isnull", True),
                            ("valid_from__lte", models.F("valid_to")),
                            _connector="OR",
                        ),
                        name="approval_begins_before_it_ends",
                    ),
                    models.CheckConstraint(condition=models.Q(("units__gt", 0)), name="approved_units_above_zero"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision__in", ["approved", "partly"]), _negated=True),
                            models.Q(("number", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="approval_has_a_number",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetLayout",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("fingerprint", models.CharField(max_length=64, unique=True)),
                ("columns", models.JSONField(default=dict, help_text="The head of a column by what it means.")),
                (
                    "changed_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_sheetlayoutevent" ("changed_by_id", "columns", "fingerprint", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."changed_by_id", NEW."columns", NEW."fingerprint", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="dc69317bdeb8b5d0972b1bad06da118e6de210bc",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d9c75",
                            table="denials_sheetlayout",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "denials_sheetlayoutevent" ("changed_by_id", "columns", "fingerprint", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."changed_by_id", NEW."columns", NEW."fingerprint", NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="f39a3e3f7b7ec25f5748d27d3f8e6a919225eac8",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_111c8",
                            table="denials_sheetlayout",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "denials_sheetlayoutevent" ("changed_by_id", "columns", "fingerprint", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."changed_by_id", OLD."columns", OLD."fingerprint", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="9f8be2006ca239adf4706de566a972861e65bcce",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_63efc",
                            table="denials_sheetlayout",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SheetLayoutEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("fingerprint", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=dict, help_text="The head of a column by what it means.")),
                (
                    "changed_by",
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
                        to="denials.sheetlayout",
                    ),
                ),
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="8bf637cce5dc1b5fefe7afbc52569b62a3889da3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a357d",
                            table="denials_sheetlayoutevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeList",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "system",
                    models.CharField(
                        choices=[("CARC", "Claim adjustment reason"), ("RARC", "Remittance advice remark")],
                        max_length=6,
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("official", "The official list, under our own licence"),
                            ("own", "A list in our own words"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[("uploaded", "Not applied yet"), ("applied", "Applied"), ("discarded", "Thrown away")],
                        default="uploaded",
                        max_length=9,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("sha256", models.CharField(max_length=64)),
                ("columns", models.JSONField(default=list)),
                ("rows", models.JSONField(default=list, editable=False, serialize=False)),
                ("mapping", models.JSONField(default=dict, help_text="Which column holds what, by number.")),
                ("notes", models.JSONField(default=list, help_text="What the reader of the file had to say.")),
                ("list_version", models.CharField(max_length=40)),
                ("listed_on", models.DateField()),
                ("licence_note", models.CharField(blank=True, max_length=200)),
                ("changes", models.JSONField(default=dict, help_text="Codes by what the list did to them.")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "applied_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "applied"), _negated=True),
                            models.Q(("applied_at__isnull", False), ("applied_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="applied_list_says_who",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "uploaded"), ("rows", []), _connector="OR"),
                        name="only_an_open_list_keeps_its_rows",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CodeValidity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_on", models.DateField(null=True)),
                ("ended_on", models.DateField(help_text="The last day; empty while it runs.", null=True)),
                (
                    "ended_words",
                    models.CharField(
                        blank=True, help_text="When it ended, where no list establishes the day.", max_length=120
                    ),
                ),
                ("list_version", models.CharField(max_length=40)),
                (
                    "code",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="periods", to="denials.code"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "code validity",
                "ordering": ["code", models.OrderBy(models.F("started_on"), nulls_first=True)],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("code", "started_on"), name="one_period_per_start", nulls_distinct=False
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__gte", models.F("started_on")),
                            ("ended_on", None),
                            ("started_on", None),
                            _connector="OR",
                        ),
                        name="period_ends_after_it_starts",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("ended_on", None), ("ended_words", "")),
                        fields=("code",),
                        name="one_running_period_per_code",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ClockEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("appeal_sent", "Letter sent"),
                            ("decided", "Payer decided"),
                            ("claim_sent", "Claim sent again"),
                        ],
                        max_length=12,
                    ),
                ),
                ("level", models.PositiveSmallIntegerField(default=0, help_text="Of the appeal; 0 for a claim.")),
                ("on", models.DateField()),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clock_events", to="denials.claim"
                    ),
                ),
                (
                    "denial",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clock_events", to="denials.denial"
                    ),
                ),
            ],
            options={
                "ordering": ["on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("denial", "kind", "level"), name="one_clock_event_per_denial_and_level"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Clock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("appeal", "appeal"),
                            ("corrected_claim", "corrected_claim"),
                            ("timely_filing", "timely_filing"),
                            ("payment_dispute", "payment_dispute"),
                            ("external_review", "external_review"),
                            ("reopening", "reopening"),
                            ("recoupment_stop", "recoupment_stop"),
                            ("internal_target", "internal_target"),
                            ("payer_response", "payer_response"),
                            ("follow_up", "follow_up"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        default=0, help_text="Of appeal or follow-up; 0 for what has none."
                    ),
                ),
                ("name", models.CharField(max_length=160)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("running", "running"),
                            ("waiting", "waiting"),
                            ("met", "met"),
                            ("missed", "missed"),
                            ("stopped", "stopped"),
                        ],
                        max_length=10,
                    ),
                ),
                ("rule_id", models.CharField(blank=True, max_length=30)),
                ("basis", models.CharField(blank=True, max_length=20)),
                ("basis_on", models.DateField(null=True)),
                ("waits_for", models.CharField(blank=True, max_length=120)),
                ("window", models.CharField(blank=True, max_length=60)),
                ("presumption_days", models.PositiveSmallIntegerField(default=0)),
                ("non_business_day_rule", models.CharField(blank=True, max_length=120)),
                ("last_day", models.DateField(null=True)),
                ("last_safe_day", models.DateField(null=True)),
                ("ended_on", models.DateField(null=True)),
                ("is_default", models.BooleanField(default=False)),
                ("is_binding", models.BooleanField(default=False)),
                (
                    "others",
                    models.JSONField(default=list, help_text="Rules that say a later day: id, name and day of each."),
                ),
                (
                    "denial",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
                        to="denials.denial",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_binding", True), ("state", "running")),
                        fields=["last_day"],
                        name="binding_clock_by_day",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("denial", "kind", "level"), name="one_clock_per_denial_kind_and_level"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("last_day__isnull", True),
                            models.Q(("last_safe_day__isnull", False), ("last_safe_day__lte", models.F("last_day"))),
                            _connector="OR",
                        ),
                        name="last_safe_day_not_after_last_day",
                    ),
                ],
            },
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
        migrations.CreateModel(
            name="PatientName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=80)),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="name_by_sound", opclasses=["gin_trgm_ops"]
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("facility", "word"), name="one_name_for_each_facility")
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="payercontact",
            constraint=models.UniqueConstraint(
                condition=models.Q(("is_current", True)),
                fields=("payer", "product", "kind"),
                name="one_current_contact_of_a_kind",
                nulls_distinct=False,
            ),
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
        migrations.AddIndex(
            model_name="remittance",
            index=models.Index(
                condition=models.Q(("entered_from", ""), _negated=True), fields=["payer"], name="remittance_entered"
            ),
        ),
        migrations.AddConstraint(
            model_name="remittance",
            constraint=models.UniqueConstraint(fields=("file", "transaction"), name="one_remittance_per_transaction"),
        ),
        migrations.AddConstraint(
            model_name="remittance",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("entered_from", ""), ("twin_of__isnull", True), models.Q(("trace", ""), _negated=True)
                ),
                fields=("payer", "trace", "payment_date", "amount"),
                name="one_remittance_per_trace",
                nulls_distinct=False,
            ),
        ),
        migrations.AddIndex(
            model_name="acknowledgment",
            index=models.Index(
                condition=models.Q(("claim_number", ""), _negated=True),
                fields=["claim_number"],
                name="acknowledged_claim",
            ),
        ),
        migrations.AddConstraint(
            model_name="acknowledgment",
            constraint=models.UniqueConstraint(fields=("file", "ordinal"), name="one_row_per_answer"),
        ),
        migrations.AddIndex(
            model_name="exceptioncase",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["opened_on", "id"], name="case_open_by_age"
            ),
        ),
        migrations.AddIndex(
            model_name="exceptioncase",
            index=models.Index(
                condition=models.Q(("state", "open"), _negated=True), fields=["closed_on"], name="case_closed_by_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="exceptioncase",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "open")), fields=("kind", "cause"), name="one_open_case_per_cause"
            ),
        ),
        migrations.AddConstraint(
            model_name="exceptioncase",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "open"),
                    models.Q(("closed_because__gt", ""), ("closed_on__isnull", False)),
                    _connector="OR",
                ),
                name="closed_case_says_how",
            ),
        ),
        migrations.RunSQL(
            sql="\nINSERT INTO denials_patientname (facility_id, word)\nSELECT DISTINCT facility_id, word\nFROM denials_claim, regexp_split_to_table(upper(patient_last || ' ' || patient_first), '[^[:alpha:]]+') AS word\nWHERE length(word) >= 2\n",
            reverse_sql="",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="acknowledgment",
            trigger=pgtrigger.compiler.Trigger(
                name="what_a_receiver_answered",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="28b13bc1fbf32b0d959ce1e4287cf821f573bb8a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_what_a_receiver_answered_036f7",
                    table="denials_acknowledgment",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payercontact",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_payercontactevent" ("id", "is_current", "kind", "note", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "value", "verified_by_id", "verified_on") VALUES (NEW."id", NEW."is_current", NEW."kind", NEW."note", NEW."payer_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."product_id", NEW."value", NEW."verified_by_id", NEW."verified_on"); RETURN NULL;',
                    hash="cbf13eb99ca5b155a489dbf38d841dbd5b1e48e8",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cff18",
                    table="denials_payercontact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payercontact",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "denials_payercontactevent" ("id", "is_current", "kind", "note", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "value", "verified_by_id", "verified_on") VALUES (NEW."id", NEW."is_current", NEW."kind", NEW."note", NEW."payer_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."product_id", NEW."value", NEW."verified_by_id", NEW."verified_on"); RETURN NULL;',
                    hash="dc6c1d59c85d78f21bef49997c1a304b2b7f2148",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_541cf",
                    table="denials_payercontact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="payercontact",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_payercontactevent" ("id", "is_current", "kind", "note", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "product_id", "value", "verified_by_id", "verified_on") VALUES (OLD."id", OLD."is_current", OLD."kind", OLD."note", OLD."payer_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."product_id", OLD."value", OLD."verified_by_id", OLD."verified_on"); RETURN NULL;',
                    hash="2111d2d6a0f980d6f32f32e8f20662a473d92a89",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7c5ae",
                    table="denials_payercontact",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exceptioncase",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_exceptioncaseevent" ("ask_again_on", "asked_on", "cause", "closed_because", "closed_by_id", "closed_on", "code", "due_because", "due_on", "id", "kind", "opened_on", "owner_id", "owner_team_id", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "remittance_id", "remitted_claim_id", "state", "system") VALUES (NEW."ask_again_on", NEW."asked_on", NEW."cause", NEW."closed_because", NEW."closed_by_id", NEW."closed_on", NEW."code", NEW."due_because", NEW."due_on", NEW."id", NEW."kind", NEW."opened_on", NEW."owner_id", NEW."owner_team_id", NEW."payer_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reason", NEW."remittance_id", NEW."remitted_claim_id", NEW."state", NEW."system"); RETURN NULL;',
                    hash="8af624dfc87af03766e193b1c22a5b18a4672143",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a0426",
                    table="denials_exceptioncase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exceptioncase",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "denials_exceptioncaseevent" ("ask_again_on", "asked_on", "cause", "closed_because", "closed_by_id", "closed_on", "code", "due_because", "due_on", "id", "kind", "opened_on", "owner_id", "owner_team_id", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "remittance_id", "remitted_claim_id", "state", "system") VALUES (NEW."ask_again_on", NEW."asked_on", NEW."cause", NEW."closed_because", NEW."closed_by_id", NEW."closed_on", NEW."code", NEW."due_because", NEW."due_on", NEW."id", NEW."kind", NEW."opened_on", NEW."owner_id", NEW."owner_team_id", NEW."payer_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reason", NEW."remittance_id", NEW."remitted_claim_id", NEW."state", NEW."system"); RETURN NULL;',
                    hash="79d635c7756c8200454ac3e971f7ad33655b0a49",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_0c40c",
                    table="denials_exceptioncase",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="exceptioncase",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_exceptioncaseevent" ("ask_again_on", "asked_on", "cause", "closed_because", "closed_by_id", "closed_on", "code", "due_because", "due_on", "id", "kind", "opened_on", "owner_id", "owner_team_id", "payer_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reason", "remittance_id", "remitted_claim_id", "state", "system") VALUES (OLD."ask_again_on", OLD."asked_on", OLD."cause", OLD."closed_because", OLD."closed_by_id", OLD."closed_on", OLD."code", OLD."due_because", OLD."due_on", OLD."id", OLD."kind", OLD."opened_on", OLD."owner_id", OLD."owner_team_id", OLD."payer_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reason", OLD."remittance_id", OLD."remitted_claim_id", OLD."state", OLD."system"); RETURN NULL;',
                    hash="3e865a42d7ffc6599554acff1517c6b3bbbb8ce3",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_7900d",
                    table="denials_exceptioncase",
                    when="AFTER",
                ),
            ),
        ),
    ]
