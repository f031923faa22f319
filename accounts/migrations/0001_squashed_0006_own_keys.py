import uuid

import django.contrib.auth.validators
import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    replaces = [
        ("accounts", "0001_initial"),
        ("accounts", "0002_changes"),
        ("accounts", "0003_change_sets"),
        ("accounts", "0004_contributor"),
        ("accounts", "0005_contributor_called"),
        ("accounts", "0006_own_keys"),
    ]

    initial = True

    dependencies = [
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="Facility",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=120)),
                ("npi", models.CharField(max_length=20, unique=True, verbose_name="NPI")),
                ("tax_id", models.CharField(blank=True, max_length=20, verbose_name="tax ID")),
                (
                    "service_line",
                    models.CharField(blank=True, help_text="Such as radiology or behavioral health.", max_length=60),
                ),
                ("address", models.TextField(blank=True)),
                ("phone", models.CharField(blank=True, max_length=40)),
                (
                    "is_confirmed",
                    models.BooleanField(
                        default=True,
                        help_text="Off for a facility that a remittance named first: check it, then confirm.",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "facilities",
                "ordering": ["name"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_facilityevent" ("address", "id", "is_confirmed", "name", "npi", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "service_line", "tax_id") VALUES (NEW."address", NEW."id", NEW."is_confirmed", NEW."name", NEW."npi", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."service_line", NEW."tax_id"); RETURN NULL;',
                            hash="ca9973d07e0b4d4755249f8c578e86c1cd8b23f0",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_bc6db",
                            table="accounts_facility",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_facilityevent" ("address", "id", "is_confirmed", "name", "npi", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "service_line", "tax_id") VALUES (NEW."address", NEW."id", NEW."is_confirmed", NEW."name", NEW."npi", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."service_line", NEW."tax_id"); RETURN NULL;',
                            hash="62ba010db6327bf9c62fbfdd30dcc990c93e0faf",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_1d5e8",
                            table="accounts_facility",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_facilityevent" ("address", "id", "is_confirmed", "name", "npi", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "service_line", "tax_id") VALUES (OLD."address", OLD."id", OLD."is_confirmed", OLD."name", OLD."npi", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."service_line", OLD."tax_id"); RETURN NULL;',
                            hash="05dbe42c08e1e6a4ba6b4f5f4c75c6f329a6147d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_28991",
                            table="accounts_facility",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Team",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=80)),
            ],
            options={
                "ordering": ["name"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_teamevent" ("id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="86045197e0423954c9dfddb24b11de2b89b894ad",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_71b40",
                            table="accounts_team",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_teamevent" ("id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."id", NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="e332f030e1e1896eb3a8d568b83f32d40f9a8677",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_529da",
                            table="accounts_team",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_teamevent" ("id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."id", OLD."key", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="38e48d3ebd3db053fd7cce329667d92d59ffd089",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5bd04",
                            table="accounts_team",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="User",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        unique=True,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("specialist", "Denial specialist"),
                            ("manager", "Manager"),
                            ("admin", "Administrator"),
                            ("read_only", "Read only"),
                            ("contributor", "Contributor"),
                        ],
                        default="read_only",
                        max_length=12,
                    ),
                ),
                (
                    "title",
                    models.CharField(blank=True, help_text="Printed under the signature of letters.", max_length=80),
                ),
                ("phone", models.CharField(blank=True, max_length=40)),
                (
                    "all_facilities",
                    models.BooleanField(default=False, help_text="May see every facility, also ones added later."),
                ),
                (
                    "keys",
                    models.JSONField(
                        blank=True, default=dict, help_text="Own keys by the shipped one: accounts/keys.py."
                    ),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
                ("facilities", models.ManyToManyField(blank=True, related_name="people", to="accounts.facility")),
                ("teams", models.ManyToManyField(blank=True, related_name="people", to="accounts.team")),
            ],
            options={
                "ordering": ["last_name", "first_name", "username"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_userevent" ("all_facilities", "date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "keys", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "title", "username") VALUES (NEW."all_facilities", NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."keys", NEW."last_name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."phone", NEW."role", NEW."title", NEW."username"); RETURN NULL;',
                            hash="e43ec6efb88479afc9fb6a3a4972ec75090fcc80",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3867c",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."all_facilities" IS DISTINCT FROM (NEW."all_facilities") OR OLD."date_joined" IS DISTINCT FROM (NEW."date_joined") OR OLD."email" IS DISTINCT FROM (NEW."email") OR OLD."first_name" IS DISTINCT FROM (NEW."first_name") OR OLD."id" IS DISTINCT FROM (NEW."id") OR OLD."is_active" IS DISTINCT FROM (NEW."is_active") OR OLD."is_staff" IS DISTINCT FROM (NEW."is_staff") OR OLD."is_superuser" IS DISTINCT FROM (NEW."is_superuser") OR OLD."keys" IS DISTINCT FROM (NEW."keys") OR OLD."last_name" IS DISTINCT FROM (NEW."last_name") OR OLD."phone" IS DISTINCT FROM (NEW."phone") OR OLD."role" IS DISTINCT FROM (NEW."role") OR OLD."title" IS DISTINCT FROM (NEW."title") OR OLD."username" IS DISTINCT FROM (NEW."username"))',
                            func='INSERT INTO "accounts_userevent" ("all_facilities", "date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "keys", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "title", "username") VALUES (NEW."all_facilities", NEW."date_joined", NEW."email", NEW."first_name", NEW."id", NEW."is_active", NEW."is_staff", NEW."is_superuser", NEW."keys", NEW."last_name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."phone", NEW."role", NEW."title", NEW."username"); RETURN NULL;',
                            hash="ae7c89e307e8f1b6c90f1fc5a7a530f6d3119671",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_0e890",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_userevent" ("all_facilities", "date_joined", "email", "first_name", "id", "is_active", "is_staff", "is_superuser", "keys", "last_name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "phone", "role", "title", "username") VALUES (OLD."all_facilities", OLD."date_joined", OLD."email", OLD."first_name", OLD."id", OLD."is_active", OLD."is_staff", OLD."is_superuser", OLD."keys", OLD."last_name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."phone", OLD."role", OLD."title", OLD."username"); RETURN NULL;',
                            hash="2215a6304ac932a2ebf192bc322b29dac6c12781",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_19f14",
                            table="accounts_user",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Change",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.CharField(max_length=40)),
                (
                    "object_id",
                    models.BigIntegerField(help_text="The row; none while a new one is not in force.", null=True),
                ),
                ("about", models.CharField(help_text="How the row was called when this was drafted.", max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("add", "New"),
                            ("edit", "Change"),
                            ("retire", "Retire"),
                            ("bring_back", "Bring back"),
                            ("roll_back", "Roll back"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "edits",
                    models.JSONField(
                        help_text="For each field what a form sends, before and after, and the same in words."
                    ),
                ),
                (
                    "seed",
                    models.JSONField(
                        blank=True, default=dict, help_text="What a new row has that its form does not ask."
                    ),
                ),
                (
                    "settled",
                    models.JSONField(blank=True, default=dict, help_text="What came of it: a form before and after."),
                ),
                ("why", models.TextField()),
                (
                    "evidence",
                    models.TextField(blank=True, help_text="Where it can be read up: a page, a letter, a bulletin."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("waiting", "Waiting for approval"),
                            ("approved", "Approved"),
                            ("active", "In force"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("replaced", "Replaced"),
                            ("rolled_back", "Rolled back"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("active_on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "fills_gap",
                    models.BooleanField(default=False, help_text="May take effect before somebody else looked at it."),
                ),
                ("approved_alone", models.BooleanField(default=False)),
                ("drafted_at", models.DateTimeField(auto_now_add=True)),
                ("moved_at", models.DateTimeField(auto_now_add=True, help_text="When its state changed last.")),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "approver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="contenttypes.contenttype"
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="accounts.change",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ChangeSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("area", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("why", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("waiting", "Waiting for approval"),
                            ("approved", "Approved"),
                            ("active", "In force"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("replaced", "Replaced"),
                            ("rolled_back", "Rolled back"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("active_on", models.DateField(default=django.utils.timezone.localdate)),
                ("approved_alone", models.BooleanField(default=False)),
                ("drafted_at", models.DateTimeField(auto_now_add=True)),
                ("moved_at", models.DateTimeField(auto_now_add=True, help_text="When its state changed last.")),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "approver",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "author",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "undoes",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="undone_by",
                        to="accounts.changeset",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="legal_changes_of_a_set",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{active:replaced,active:rolled_back,approved:active,approved:draft,approved:rejected,approved:withdrawn,draft:waiting,draft:withdrawn,rejected:draft,replaced:active,waiting:active,waiting:approved,waiting:draft,waiting:rejected,waiting:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="df64b9c2abf2643194e730fcff63f9e6b3663644",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_changes_of_a_set_236dc",
                            table="accounts_changeset",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="what_was_sent_as_one_stays",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (NOT (OLD."state" = \'draft\') AND (OLD."area" IS DISTINCT FROM (NEW."area") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."active_on" IS DISTINCT FROM (NEW."active_on") OR OLD."author_id" IS DISTINCT FROM (NEW."author_id")))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="8c1519f82d4571b7b428c8056db709d013790025",
                            operation="UPDATE",
                            pgid="pgtrigger_what_was_sent_as_one_stays_3ce84",
                            table="accounts_changeset",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="no_set_is_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="1823d6dcb4956480a2f53c8c4f0373bb7712be6d",
                            operation="DELETE",
                            pgid="pgtrigger_no_set_is_deleted_2beca",
                            table="accounts_changeset",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_changesetevent" ("active_on", "applied_at", "approved_alone", "approver_id", "area", "author_id", "drafted_at", "id", "moved_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "undoes_id", "why") VALUES (NEW."active_on", NEW."applied_at", NEW."approved_alone", NEW."approver_id", NEW."area", NEW."author_id", NEW."drafted_at", NEW."id", NEW."moved_at", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state", NEW."undoes_id", NEW."why"); RETURN NULL;',
                            hash="c8d6250b80f770a401e7ea65032a1f0ab59b4b0e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f1678",
                            table="accounts_changeset",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_changesetevent" ("active_on", "applied_at", "approved_alone", "approver_id", "area", "author_id", "drafted_at", "id", "moved_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "undoes_id", "why") VALUES (NEW."active_on", NEW."applied_at", NEW."approved_alone", NEW."approver_id", NEW."area", NEW."author_id", NEW."drafted_at", NEW."id", NEW."moved_at", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state", NEW."undoes_id", NEW."why"); RETURN NULL;',
                            hash="59d8a0b2a5ad320f73450829809a96a0bb40bbe9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d45f2",
                            table="accounts_changeset",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_changesetevent" ("active_on", "applied_at", "approved_alone", "approver_id", "area", "author_id", "drafted_at", "id", "moved_at", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state", "undoes_id", "why") VALUES (OLD."active_on", OLD."applied_at", OLD."approved_alone", OLD."approver_id", OLD."area", OLD."author_id", OLD."drafted_at", OLD."id", OLD."moved_at", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state", OLD."undoes_id", OLD."why"); RETURN NULL;',
                            hash="0b33f7dbcb02c3576c0fc6c4e2d14901e9caa432",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f625c",
                            table="accounts_changeset",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [models.Index(fields=["state", "active_on"], name="change_sets_by_state")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "draft")),
                        fields=("area", "author"),
                        name="one_draft_set_per_author_and_area",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("approver__isnull", True),
                            models.Q(("approver", models.F("author")), _negated=True),
                            ("approved_alone", True),
                            _connector="OR",
                        ),
                        name="somebody_else_approves_a_set",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state__in", ["approved", "active"]), _negated=True),
                            ("approver__isnull", False),
                            ("undoes__isnull", False),
                            _connector="OR",
                        ),
                        name="set_in_force_was_approved",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("area", models.CharField(max_length=40)),
                (
                    "object_id",
                    models.BigIntegerField(help_text="The row; none while a new one is not in force.", null=True),
                ),
                ("about", models.CharField(help_text="How the row was called when this was drafted.", max_length=200)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("add", "New"),
                            ("edit", "Change"),
                            ("retire", "Retire"),
                            ("bring_back", "Bring back"),
                            ("roll_back", "Roll back"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "edits",
                    models.JSONField(
                        help_text="For each field what a form sends, before and after, and the same in words."
                    ),
                ),
                (
                    "seed",
                    models.JSONField(
                        blank=True, default=dict, help_text="What a new row has that its form does not ask."
                    ),
                ),
                (
                    "settled",
                    models.JSONField(blank=True, default=dict, help_text="What came of it: a form before and after."),
                ),
                ("why", models.TextField()),
                (
                    "evidence",
                    models.TextField(blank=True, help_text="Where it can be read up: a page, a letter, a bulletin."),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("waiting", "Waiting for approval"),
                            ("approved", "Approved"),
                            ("active", "In force"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("replaced", "Replaced"),
                            ("rolled_back", "Rolled back"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("active_on", models.DateField(default=django.utils.timezone.localdate)),
                (
                    "fills_gap",
                    models.BooleanField(default=False, help_text="May take effect before somebody else looked at it."),
                ),
                ("approved_alone", models.BooleanField(default=False)),
                ("drafted_at", models.DateTimeField(auto_now_add=True)),
                ("moved_at", models.DateTimeField(auto_now_add=True, help_text="When its state changed last.")),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "approver",
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
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "content_type",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="contenttypes.contenttype",
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
                        to="accounts.change",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.change",
                    ),
                ),
                (
                    "bundle",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.changeset",
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
                            hash="4bd8a762ce0e15686f1bc354fda3deff8e2f99b0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_86db7",
                            table="accounts_changeevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="change",
            name="bundle",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="accounts.changeset"
            ),
        ),
        migrations.CreateModel(
            name="ChangeSetEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("area", models.CharField(max_length=40)),
                ("name", models.CharField(max_length=120)),
                ("why", models.TextField(blank=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("waiting", "Waiting for approval"),
                            ("approved", "Approved"),
                            ("active", "In force"),
                            ("rejected", "Rejected"),
                            ("withdrawn", "Withdrawn"),
                            ("replaced", "Replaced"),
                            ("rolled_back", "Rolled back"),
                        ],
                        default="draft",
                        max_length=12,
                    ),
                ),
                ("active_on", models.DateField(default=django.utils.timezone.localdate)),
                ("approved_alone", models.BooleanField(default=False)),
                ("drafted_at", models.DateTimeField(auto_now_add=True)),
                ("moved_at", models.DateTimeField(auto_now_add=True, help_text="When its state changed last.")),
                ("applied_at", models.DateTimeField(null=True)),
                (
                    "approver",
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
                    "author",
                    models.ForeignKey(
                        db_constraint=False,
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
                        to="accounts.changeset",
                    ),
                ),
                (
                    "undoes",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.changeset",
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
                            hash="cc0b1622ef6c9c6af861d07330723340927f1ec9",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9e02d",
                            table="accounts_changesetevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ChangeStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=12)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("note", models.TextField(blank=True)),
                (
                    "bundle",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="accounts.changeset",
                    ),
                ),
                (
                    "change",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="accounts.change",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="steps_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d919bf95b9e7ddcacfbc2273ba458361549c81ed",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_steps_are_append_only_1ea53",
                            table="accounts_changestep",
                            when="BEFORE",
                        ),
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("change__isnull", False), ("bundle__isnull", False), _connector="XOR"),
                        name="step_of_one_or_of_a_set",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FacilityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=120)),
                ("npi", models.CharField(max_length=20, verbose_name="NPI")),
                ("tax_id", models.CharField(blank=True, max_length=20, verbose_name="tax ID")),
                (
                    "service_line",
                    models.CharField(blank=True, help_text="Such as radiology or behavioral health.", max_length=60),
                ),
                ("address", models.TextField(blank=True)),
                ("phone", models.CharField(blank=True, max_length=40)),
                (
                    "is_confirmed",
                    models.BooleanField(
                        default=True,
                        help_text="Off for a facility that a remittance named first: check it, then confirm.",
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
                        to="accounts.facility",
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
                            hash="73d6475c7b387e954573dd1e0bddb84515c18e87",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_86774",
                            table="accounts_facilityevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FormSubmission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4)),
                ("fingerprint", models.CharField(max_length=64)),
                ("location", models.TextField()),
                ("submitted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["submitted_at"], name="form_submission_age")],
                "constraints": [models.UniqueConstraint(fields=("user", "key"), name="form_submitted_once")],
            },
        ),
        migrations.CreateModel(
            name="ReviewArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=40, unique=True)),
                ("interval_months", models.PositiveSmallIntegerField(default=3, verbose_name="months between reviews")),
                ("next_review_on", models.DateField(blank=True, null=True, verbose_name="next review")),
                (
                    "author_may_approve",
                    models.BooleanField(
                        default=False,
                        help_text="For a practice without a second person. Each such change says that nobody else saw it.",
                        verbose_name="the author may approve alone",
                    ),
                ),
                ("last_reviewed_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True, verbose_name="what the last review found")),
                (
                    "last_reviewed_by",
                    models.ForeignKey(
                        blank=True,
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
            ],
            options={
                "ordering": ["next_review_on", "key"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_reviewareaevent" ("author_may_approve", "id", "interval_months", "key", "last_reviewed_by_id", "last_reviewed_on", "next_review_on", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."author_may_approve", NEW."id", NEW."interval_months", NEW."key", NEW."last_reviewed_by_id", NEW."last_reviewed_on", NEW."next_review_on", NEW."note", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="f76c99ff7ef1f21e03c1476de3543d5c28e88e00",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_8afae",
                            table="accounts_reviewarea",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "accounts_reviewareaevent" ("author_may_approve", "id", "interval_months", "key", "last_reviewed_by_id", "last_reviewed_on", "next_review_on", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."author_may_approve", NEW."id", NEW."interval_months", NEW."key", NEW."last_reviewed_by_id", NEW."last_reviewed_on", NEW."next_review_on", NEW."note", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="6811cd9f3a71a1c73f5d2dfd0883725920641484",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d2c8a",
                            table="accounts_reviewarea",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "accounts_reviewareaevent" ("author_may_approve", "id", "interval_months", "key", "last_reviewed_by_id", "last_reviewed_on", "next_review_on", "note", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."author_may_approve", OLD."id", OLD."interval_months", OLD."key", OLD."last_reviewed_by_id", OLD."last_reviewed_on", OLD."next_review_on", OLD."note", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="556a9417f107b90743383043161a6061d2e9839d",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2caab",
                            table="accounts_reviewarea",
                            when="AFTER",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("interval_months__range", (1, 24))), name="reviewed_within_two_years"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ReviewAreaEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.CharField(max_length=40)),
                ("interval_months", models.PositiveSmallIntegerField(default=3, verbose_name="months between reviews")),
                ("next_review_on", models.DateField(blank=True, null=True, verbose_name="next review")),
                (
                    "author_may_approve",
                    models.BooleanField(
                        default=False,
                        help_text="For a practice without a second person. Each such change says that nobody else saw it.",
                        verbose_name="the author may approve alone",
                    ),
                ),
                ("last_reviewed_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True, verbose_name="what the last review found")),
                (
                    "last_reviewed_by",
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
                        to="accounts.reviewarea",
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
                            hash="feca79b4a8f392a23392d157691035256682b355",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_02aca",
                            table="accounts_reviewareaevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="TeamEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=80)),
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
                        to="accounts.team",
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
                            hash="86fe6d88b31fca89c72d6d66e9cd1db158f91495",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_f422b",
                            table="accounts_teamevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UserEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "username",
                    models.CharField(
                        error_messages={"unique": "A user with that username already exists."},
                        help_text="Required. 150 characters or fewer. Letters, digits and @/./+/-/_ only.",
                        max_length=150,
                        validators=[django.contrib.auth.validators.UnicodeUsernameValidator()],
                        verbose_name="username",
                    ),
                ),
                ("first_name", models.CharField(blank=True, max_length=150, verbose_name="first name")),
                ("last_name", models.CharField(blank=True, max_length=150, verbose_name="last name")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="email address")),
                (
                    "is_staff",
                    models.BooleanField(
                        default=False,
                        help_text="Designates whether the user can log into this admin site.",
                        verbose_name="staff status",
                    ),
                ),
                (
                    "is_active",
                    models.BooleanField(
                        default=True,
                        help_text="Designates whether this user should be treated as active. Unselect this instead of deleting accounts.",
                        verbose_name="active",
                    ),
                ),
                ("date_joined", models.DateTimeField(default=django.utils.timezone.now, verbose_name="date joined")),
                (
                    "role",
                    models.CharField(
                        choices=[
                            ("specialist", "Denial specialist"),
                            ("manager", "Manager"),
                            ("admin", "Administrator"),
                            ("read_only", "Read only"),
                            ("contributor", "Contributor"),
                        ],
                        default="read_only",
                        max_length=12,
                    ),
                ),
                (
                    "title",
                    models.CharField(blank=True, help_text="Printed under the signature of letters.", max_length=80),
                ),
                ("phone", models.CharField(blank=True, max_length=40)),
                (
                    "all_facilities",
                    models.BooleanField(default=False, help_text="May see every facility, also ones added later."),
                ),
                (
                    "keys",
                    models.JSONField(
                        blank=True, default=dict, help_text="Own keys by the shipped one: accounts/keys.py."
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
                        to=settings.AUTH_USER_MODEL,
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
                            hash="9e9498e73f6fbdf2642fb33fa14189f1ad2382c8",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_45b21",
                            table="accounts_userevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UserFacilityEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "facility",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
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
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                            hash="129f205f1fb3099a24a8318d09962468da71d3cc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2fdac",
                            table="accounts_userfacilityevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="UserTeamEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
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
                    "team",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.team",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                            hash="56d0d7763d26dad028ade3452a24d35954b3b4a7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_258c3",
                            table="accounts_userteamevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="AccessEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("what", models.CharField(max_length=40)),
                ("row", models.BigIntegerField(null=True)),
                ("address", models.GenericIPAddressField(null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["user", "at"], name="access_by_user"),
                    models.Index(fields=["what", "row"], name="access_by_row"),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["content_type", "object_id", "-id"], name="changes_of_a_row"),
        ),
        migrations.AddIndex(
            model_name="change",
            index=models.Index(fields=["state", "active_on"], name="changes_by_state"),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("approver__isnull", True),
                    models.Q(("approver", models.F("author")), _negated=True),
                    ("approved_alone", True),
                    _connector="OR",
                ),
                name="somebody_else_approves",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["approved", "active", "replaced"]), _negated=True),
                    ("approver__isnull", False),
                    ("fills_gap", True),
                    ("kind", "roll_back"),
                    _connector="OR",
                ),
                name="in_force_was_approved",
            ),
        ),
        migrations.AddConstraint(
            model_name="change",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["active", "replaced", "rolled_back"]), _negated=True),
                    models.Q(("applied_at__isnull", False), ("object_id__isnull", False)),
                    _connector="OR",
                ),
                name="in_force_names_its_row",
            ),
        ),
        migrations.CreateModel(
            name="UserFacility",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("accounts.user_facilities",),
        ),
        migrations.CreateModel(
            name="UserTeam",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("accounts.user_teams",),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="userfacility",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_userfacilityevent" ("facility_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "user_id") VALUES (NEW."facility_id", NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."user_id"); RETURN NULL;',
                    hash="dbf92452bf51bfa98db5ea37746ebec39863903a",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_bbac4",
                    table="accounts_user_facilities",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="userfacility",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_userfacilityevent" ("facility_id", "id", "pgh_context_id", "pgh_created_at", "pgh_label", "user_id") VALUES (OLD."facility_id", OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."user_id"); RETURN NULL;',
                    hash="d2248dd67ad3a76a37d5ad4729c40a1fd11ffd38",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_33d4d",
                    table="accounts_user_facilities",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="userteam",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_userteamevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "team_id", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."team_id", NEW."user_id"); RETURN NULL;',
                    hash="98f9d89b6f19d5af0e278684277e46babe1a0239",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_01fd2",
                    table="accounts_user_teams",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="userteam",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_userteamevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "team_id", "user_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."team_id", OLD."user_id"); RETURN NULL;',
                    hash="39269789b62fd0a7a91da5ba6b6726af8f043c8e",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_cfb65",
                    table="accounts_user_teams",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_changes_of_a_change",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{active:replaced,active:rolled_back,approved:active,approved:draft,approved:rejected,approved:withdrawn,draft:waiting,draft:withdrawn,rejected:draft,replaced:active,waiting:active,waiting:approved,waiting:draft,waiting:rejected,waiting:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="9bffe45a8963b2fdaac1602866ae600185c4665f",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_changes_of_a_change_8b4e8",
                    table="accounts_change",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="no_change_is_deleted",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                    hash="628314a6bdcbe40d6a60b45d811c114ee3e45f48",
                    operation="DELETE",
                    pgid="pgtrigger_no_change_is_deleted_5aab3",
                    table="accounts_change",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="what_was_sent_stays",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition='WHEN (NOT (OLD."state" = \'draft\') AND (OLD."area" IS DISTINCT FROM (NEW."area") OR OLD."kind" IS DISTINCT FROM (NEW."kind") OR OLD."edits" IS DISTINCT FROM (NEW."edits") OR OLD."seed" IS DISTINCT FROM (NEW."seed") OR OLD."why" IS DISTINCT FROM (NEW."why") OR OLD."evidence" IS DISTINCT FROM (NEW."evidence") OR OLD."active_on" IS DISTINCT FROM (NEW."active_on") OR OLD."bundle_id" IS DISTINCT FROM (NEW."bundle_id")))',
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                    hash="e34bac28ac6708d6ca881f25feceb4a4d94d2abe",
                    operation="UPDATE",
                    pgid="pgtrigger_what_was_sent_stays_b7fd7",
                    table="accounts_change",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_changeevent" ("about", "active_on", "applied_at", "approved_alone", "approver_id", "area", "author_id", "bundle_id", "content_type_id", "drafted_at", "edits", "evidence", "fills_gap", "id", "kind", "moved_at", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by_id", "seed", "settled", "state", "why") VALUES (NEW."about", NEW."active_on", NEW."applied_at", NEW."approved_alone", NEW."approver_id", NEW."area", NEW."author_id", NEW."bundle_id", NEW."content_type_id", NEW."drafted_at", NEW."edits", NEW."evidence", NEW."fills_gap", NEW."id", NEW."kind", NEW."moved_at", NEW."object_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."replaced_by_id", NEW."seed", NEW."settled", NEW."state", NEW."why"); RETURN NULL;',
                    hash="c851c74a7a540dd054f8ff8d0ed05b06f0176921",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_d07b6",
                    table="accounts_change",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "accounts_changeevent" ("about", "active_on", "applied_at", "approved_alone", "approver_id", "area", "author_id", "bundle_id", "content_type_id", "drafted_at", "edits", "evidence", "fills_gap", "id", "kind", "moved_at", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by_id", "seed", "settled", "state", "why") VALUES (NEW."about", NEW."active_on", NEW."applied_at", NEW."approved_alone", NEW."approver_id", NEW."area", NEW."author_id", NEW."bundle_id", NEW."content_type_id", NEW."drafted_at", NEW."edits", NEW."evidence", NEW."fills_gap", NEW."id", NEW."kind", NEW."moved_at", NEW."object_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."replaced_by_id", NEW."seed", NEW."settled", NEW."state", NEW."why"); RETURN NULL;',
                    hash="24a74ffb190a38132bcd116c74137c9bd6442740",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_3a86d",
                    table="accounts_change",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="change",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "accounts_changeevent" ("about", "active_on", "applied_at", "approved_alone", "approver_id", "area", "author_id", "bundle_id", "content_type_id", "drafted_at", "edits", "evidence", "fills_gap", "id", "kind", "moved_at", "object_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "replaced_by_id", "seed", "settled", "state", "why") VALUES (OLD."about", OLD."active_on", OLD."applied_at", OLD."approved_alone", OLD."approver_id", OLD."area", OLD."author_id", OLD."bundle_id", OLD."content_type_id", OLD."drafted_at", OLD."edits", OLD."evidence", OLD."fills_gap", OLD."id", OLD."kind", OLD."moved_at", OLD."object_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."replaced_by_id", OLD."seed", OLD."settled", OLD."state", OLD."why"); RETURN NULL;',
                    hash="22888857ad531de83cd5bbcf356f8601e7a44715",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_84fd2",
                    table="accounts_change",
                    when="AFTER",
                ),
            ),
        ),
    ]
