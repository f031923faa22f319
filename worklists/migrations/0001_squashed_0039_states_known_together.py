import datetime
import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.comparison
import django.db.models.functions.datetime
import django.db.models.functions.text
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models

import worklists.models.items


class Migration(migrations.Migration):
    replaces = [
        ("worklists", "0001_initial"),
        ("worklists", "0002_reread"),
        ("worklists", "0003_figures"),
        ("worklists", "0004_playbook_steps"),
        ("worklists", "0005_missed_clocks"),
        ("worklists", "0006_assigning"),
        ("worklists", "0007_rule_sets"),
        ("worklists", "0008_order_of_work"),
        ("worklists", "0009_board"),
        ("worklists", "0010_clarifications"),
        ("worklists", "0011_denied_by_day"),
        ("worklists", "0012_undo"),
        ("worklists", "0013_nothing_lost"),
        ("worklists", "0014_replays"),
        ("worklists", "0015_few_outcomes"),
        ("worklists", "0016_board_waiting"),
        ("worklists", "0017_specialists"),
        ("worklists", "0018_acts_of_all_kinds"),
        ("worklists", "0019_evidence"),
        ("worklists", "0020_saved_views"),
        ("worklists", "0021_notes_and_calls"),
        ("worklists", "0022_similar_cases"),
        ("worklists", "0023_notifications"),
        ("worklists", "0024_list_snapshots"),
        ("worklists", "0025_next_by_index"),
        ("worklists", "0026_imaging_sheets"),
        ("worklists", "0027_next_by_function"),
        ("worklists", "0028_next_asked_with_less"),
        ("worklists", "0029_open_by_code"),
        ("worklists", "0030_found_sooner"),
        ("worklists", "0031_modalities"),
        ("worklists", "0032_shipped_views"),
        ("worklists", "0033_lists_by_index"),
        ("worklists", "0034_whole_lists_by_index"),
        ("worklists", "0035_lane_by_rank"),
        ("worklists", "0036_vacuumed_soon"),
        ("worklists", "0037_open_by_denial_day"),
        ("worklists", "0038_away_by_index"),
        ("worklists", "0039_states_known_together"),
    ]

    initial = True

    dependencies = [
        ("accounts", "0006_own_keys"),
        ("denials", "0018_sheet_left_out"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        migrations.CreateModel(
            name="BoardState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("as_of", models.DateTimeField()),
                ("today", models.DateField(help_text="The day from which weeks and what is late were seen.")),
                ("version", models.CharField(max_length=60)),
            ],
        ),
        migrations.CreateModel(
            name="CallOutcome",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        help_text="The digit that picks it.",
                        unique=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                        verbose_name="key",
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("meaning", models.CharField(blank=True, max_length=200)),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Business days. Empty: the item stays with whoever called, to be worked now.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="comes back in",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
            ],
            options={
                "ordering": ["position"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_calloutcomeevent" ("days", "id", "is_active", "meaning", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."days", NEW."id", NEW."is_active", NEW."meaning", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position"); RETURN NULL;',
                            hash="89450339234d946c79861343382cbbd379c2504c",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_942fe",
                            table="worklists_calloutcome",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_calloutcomeevent" ("days", "id", "is_active", "meaning", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (NEW."days", NEW."id", NEW."is_active", NEW."meaning", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position"); RETURN NULL;',
                            hash="d4bd225c95ae8228856592eccb2c2648ca333026",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7bb3d",
                            table="worklists_calloutcome",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_calloutcomeevent" ("days", "id", "is_active", "meaning", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position") VALUES (OLD."days", OLD."id", OLD."is_active", OLD."meaning", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position"); RETURN NULL;',
                            hash="602e044780639510f966fcf61127968edd3edb52",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_29b89",
                            table="worklists_calloutcome",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Figure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40, unique=True)),
                ("position", models.PositiveSmallIntegerField(help_text="Order in which definitions are listed.")),
                ("name", models.CharField(max_length=80)),
                ("meaning", models.TextField(help_text="What the number says, and what it leaves out.")),
                ("formula", models.TextField(help_text="How it is counted, in words.")),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Who defines it so: a standard, a contract, us.", max_length=200
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "ordering": ["position", "name"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_figureevent" ("formula", "id", "is_active", "key", "meaning", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source", "version") VALUES (NEW."formula", NEW."id", NEW."is_active", NEW."key", NEW."meaning", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."source", NEW."version"); RETURN NULL;',
                            hash="b4061fe208cbb418fbcd60279b713160f48e5d5a",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_da30d",
                            table="worklists_figure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_figureevent" ("formula", "id", "is_active", "key", "meaning", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source", "version") VALUES (NEW."formula", NEW."id", NEW."is_active", NEW."key", NEW."meaning", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."source", NEW."version"); RETURN NULL;',
                            hash="8b34b00f5fe37713e45c1b1497b7e97fc97accee",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5a384",
                            table="worklists_figure",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_figureevent" ("formula", "id", "is_active", "key", "meaning", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "source", "version") VALUES (OLD."formula", OLD."id", OLD."is_active", OLD."key", OLD."meaning", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."source", OLD."version"); RETURN NULL;',
                            hash="c8f3df6146a4c1cb1a6463e184b79419195fb8e8",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f2474",
                            table="worklists_figure",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotificationState",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("activity", models.BigIntegerField(default=0)),
                ("escalation", models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="OrderWeights",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tau_days",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                    ),
                ),
                (
                    "reference_per_minute",
                    models.DecimalField(
                        decimal_places=2,
                        default=10,
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0.1)],
                    ),
                ),
                (
                    "lane_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(30),
                        ],
                    ),
                ),
                (
                    "no_deadline_days",
                    models.PositiveSmallIntegerField(
                        default=60,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                    ),
                ),
                (
                    "thin_share",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(50),
                        ],
                    ),
                ),
                (
                    "thin_below",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                    ),
                ),
                (
                    "default_minutes",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                    ),
                ),
                (
                    "default_chance",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(99),
                        ],
                    ),
                ),
                (
                    "prior_strength",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                    ),
                ),
                (
                    "history_days",
                    models.PositiveSmallIntegerField(
                        default=730,
                        validators=[
                            django.core.validators.MinValueValidator(30),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_orderweightsevent" ("default_chance", "default_minutes", "history_days", "id", "lane_days", "no_deadline_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prior_strength", "reference_per_minute", "tau_days", "thin_below", "thin_share", "version") VALUES (NEW."default_chance", NEW."default_minutes", NEW."history_days", NEW."id", NEW."lane_days", NEW."no_deadline_days", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."prior_strength", NEW."reference_per_minute", NEW."tau_days", NEW."thin_below", NEW."thin_share", NEW."version"); RETURN NULL;',
                            hash="ef691d3eac8f1ac4d2f88f7d143d0a31cb24dda3",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_ef94c",
                            table="worklists_orderweights",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_orderweightsevent" ("default_chance", "default_minutes", "history_days", "id", "lane_days", "no_deadline_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prior_strength", "reference_per_minute", "tau_days", "thin_below", "thin_share", "version") VALUES (NEW."default_chance", NEW."default_minutes", NEW."history_days", NEW."id", NEW."lane_days", NEW."no_deadline_days", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."prior_strength", NEW."reference_per_minute", NEW."tau_days", NEW."thin_below", NEW."thin_share", NEW."version"); RETURN NULL;',
                            hash="65eac3cc0468d15d9eb6840cdcbb8a3f878b406a",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_dd3c2",
                            table="worklists_orderweights",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_orderweightsevent" ("default_chance", "default_minutes", "history_days", "id", "lane_days", "no_deadline_days", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "prior_strength", "reference_per_minute", "tau_days", "thin_below", "thin_share", "version") VALUES (OLD."default_chance", OLD."default_minutes", OLD."history_days", OLD."id", OLD."lane_days", OLD."no_deadline_days", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."prior_strength", OLD."reference_per_minute", OLD."tau_days", OLD."thin_below", OLD."thin_share", OLD."version"); RETURN NULL;',
                            hash="a308170d28ed6f77e36c2651898579d49c432213",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_828c4",
                            table="worklists_orderweights",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderDay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "days_before",
                    models.PositiveSmallIntegerField(
                        unique=True, validators=[django.core.validators.MaxValueValidator(365)]
                    ),
                ),
                (
                    "tells_managers",
                    models.BooleanField(
                        default=False,
                        help_text="Also the managers of the item's queue. Of an item without owner they always are told.",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
            ],
            options={
                "ordering": ["-days_before"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_reminderdayevent" ("days_before", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tells_managers") VALUES (NEW."days_before", NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."tells_managers"); RETURN NULL;',
                            hash="ca5b09cd1d7219f96503c5d0d2fa705b080e4aff",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_75605",
                            table="worklists_reminderday",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_reminderdayevent" ("days_before", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tells_managers") VALUES (NEW."days_before", NEW."id", NEW."is_active", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."tells_managers"); RETURN NULL;',
                            hash="f1537dff386eb3bd200f27dbeaa47432f5e20660",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_5f4b0",
                            table="worklists_reminderday",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_reminderdayevent" ("days_before", "id", "is_active", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "tells_managers") VALUES (OLD."days_before", OLD."id", OLD."is_active", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."tells_managers"); RETURN NULL;',
                            hash="87a58497f22974d10576db9fcfabde50d903aec2",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7bf1a",
                            table="worklists_reminderday",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleSet",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField(unique=True)),
                ("rules", models.JSONField()),
                (
                    "digest",
                    models.CharField(
                        help_text="SHA-256 of the rules: whether the list is still this one.", max_length=64
                    ),
                ),
                ("since", models.DateTimeField(auto_now_add=True)),
                ("because", models.CharField(max_length=300)),
                (
                    "changes",
                    models.JSONField(
                        default=list, help_text="Ids of the governed changes that made it; none for others."
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="rule_sets_stay",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="decbb55dc4bbb3b0943f663d700c9f3db3957d62",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_rule_sets_stay_07b33",
                            table="worklists_ruleset",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchNumber",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40, unique=True)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("meaning", models.CharField(max_length=200)),
                ("unit", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(100000)])),
            ],
            options={
                "ordering": ["position", "name"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_watchnumberevent" ("id", "key", "meaning", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "unit") VALUES (NEW."id", NEW."key", NEW."meaning", NEW."name", NEW."number", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."unit"); RETURN NULL;',
                            hash="a907bf8e949e0f5fca6a15947510cadb9367f808",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_9b28a",
                            table="worklists_watchnumber",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_watchnumberevent" ("id", "key", "meaning", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "unit") VALUES (NEW."id", NEW."key", NEW."meaning", NEW."name", NEW."number", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."unit"); RETURN NULL;',
                            hash="6dd36702ff8cc3afde3abe79a667af13bc1ffa1b",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_652fb",
                            table="worklists_watchnumber",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_watchnumberevent" ("id", "key", "meaning", "name", "number", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "unit") VALUES (OLD."id", OLD."key", OLD."meaning", OLD."name", OLD."number", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."unit"); RETURN NULL;',
                            hash="a799249e5729cd8839d2d1056cd22be68b49b31f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_5fd04",
                            table="worklists_watchnumber",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Absence",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "goes_to",
                    models.CharField(
                        choices=[
                            ("person", "To one person"),
                            ("team", "Split over the team, by capacity"),
                            ("queue", "Back to the queues"),
                        ],
                        default="team",
                        max_length=6,
                        verbose_name="what is due goes",
                    ),
                ),
                ("begun_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("is_cancelled", models.BooleanField(default=False, verbose_name="cancelled")),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="covers",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "entered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absences",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-first_day", "-pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_absenceevent" ("begun_at", "cover_id", "ended_at", "entered_by_id", "first_day", "goes_to", "id", "is_cancelled", "last_day", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."begun_at", NEW."cover_id", NEW."ended_at", NEW."entered_by_id", NEW."first_day", NEW."goes_to", NEW."id", NEW."is_cancelled", NEW."last_day", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="f4cba89cc560b6579570cdcbfd95ab8814a347a5",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_b817f",
                            table="worklists_absence",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_absenceevent" ("begun_at", "cover_id", "ended_at", "entered_by_id", "first_day", "goes_to", "id", "is_cancelled", "last_day", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."begun_at", NEW."cover_id", NEW."ended_at", NEW."entered_by_id", NEW."first_day", NEW."goes_to", NEW."id", NEW."is_cancelled", NEW."last_day", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="8d75ddc71e3d9b7a3a2f5f6731cc4dfa8dbedec9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8e41f",
                            table="worklists_absence",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_absenceevent" ("begun_at", "cover_id", "ended_at", "entered_by_id", "first_day", "goes_to", "id", "is_cancelled", "last_day", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."begun_at", OLD."cover_id", OLD."ended_at", OLD."entered_by_id", OLD."first_day", OLD."goes_to", OLD."id", OLD."is_cancelled", OLD."last_day", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="556158f1a720fdb02a40b396d3b361b861d58d51",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_3f4fc",
                            table="worklists_absence",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [models.Index(fields=["person", "last_day"], name="absence_by_person")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("last_day__gte", models.F("first_day"))),
                        name="absence_ends_after_it_begins",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("cover__isnull", False), ("goes_to", "person")),
                            models.Q(models.Q(("goes_to", "person"), _negated=True), ("cover__isnull", True)),
                            _connector="OR",
                        ),
                        name="cover_only_where_one_is_named",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("cover__isnull", True),
                            models.Q(("cover", models.F("person")), _negated=True),
                            _connector="OR",
                        ),
                        name="nobody_covers_for_themselves",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AbsenceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("first_day", models.DateField()),
                ("last_day", models.DateField()),
                (
                    "goes_to",
                    models.CharField(
                        choices=[
                            ("person", "To one person"),
                            ("team", "Split over the team, by capacity"),
                            ("queue", "Back to the queues"),
                        ],
                        default="team",
                        max_length=6,
                        verbose_name="what is due goes",
                    ),
                ),
                ("begun_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("is_cancelled", models.BooleanField(default=False, verbose_name="cancelled")),
                (
                    "cover",
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
                    "entered_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "person",
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
                        to="worklists.absence",
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
                            hash="b1972d943b1730394e654fdfde23f8e1d125001c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e8885",
                            table="worklists_absenceevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Activity",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("opened", "Denial recognised"),
                            ("routed", "Routed"),
                            ("take", "Taken"),
                            ("release", "Put back"),
                            ("note", "Noted"),
                            ("pin", "Pinned a note"),
                            ("unpin", "Unpinned a note"),
                            ("step_done", "Step done"),
                            ("step_undone", "Step not done after all"),
                            ("evidence", "Evidence"),
                            ("postpone", "Postponed"),
                            ("wake", "Came back"),
                            ("hand_over", "Handed over"),
                            ("move", "Moved"),
                            ("draft", "Letter drafted"),
                            ("edit", "Letter edited"),
                            ("ask", "Asked a colleague"),
                            ("answered", "Colleague answered"),
                            ("escalate", "Escalated"),
                            ("acknowledge", "Escalation acknowledged"),
                            ("deescalate", "Escalation ended"),
                            ("pass_on", "Question passed on"),
                            ("withdraw", "Question closed"),
                            ("send", "Sent"),
                            ("return", "Answer recorded"),
                            ("resolve", "Resolved"),
                            ("settle", "Settled by a remittance"),
                            ("reopen", "Reopened"),
                            ("take_back", "Taken back by the payer"),
                            ("denied_again", "Denied again"),
                            ("missed", "Clock missed"),
                            ("reread", "Read again"),
                            ("undo", "Undone"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("status_from", models.CharField(blank=True, max_length=10)),
                ("status_to", models.CharField(blank=True, max_length=10)),
                ("text", models.TextField(blank=True)),
                ("facts", models.JSONField(default=dict, help_text="The values that changed: ids, dates and amounts.")),
                (
                    "actor",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "activities",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="BulkAct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("reassign", "Reassigned"),
                            ("hand_over", "Handed over"),
                            ("move", "Moved to another queue"),
                            ("postpone", "Postponed"),
                            ("release", "Put back"),
                            ("take", "Taken"),
                            ("note", "Noted"),
                            ("resolve", "Resolved"),
                            ("reopen", "Reopened"),
                            ("return", "Answer recorded"),
                            ("ask", "Asked a colleague"),
                            ("ask_again", "To be asked again"),
                            ("withdraw", "Questions withdrawn"),
                            ("bring_back", "Brought back"),
                            ("escalate", "Escalated"),
                            ("acknowledge", "Escalation acknowledged"),
                            ("hand_on", "Escalation handed on"),
                            ("deescalate", "Escalation ended"),
                            ("call", "Worked in a call"),
                            ("auto_release", "Put back because untouched"),
                            ("cover", "Moved because of an absence"),
                            ("come_back", "Returned after an absence"),
                        ],
                        max_length=12,
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("done", models.PositiveIntegerField(default=0)),
                ("refused", models.JSONField(default=list, help_text="[sentence, how many, the first ids]")),
                ("undone_at", models.DateTimeField(null=True)),
                (
                    "action",
                    models.CharField(
                        blank=True, default="", help_text="As worklists.item_actions names it.", max_length=20
                    ),
                ),
                ("given", models.JSONField(default=dict, help_text="What was filled in, by field, as it was sent.")),
                (
                    "absence",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="acts",
                        to="worklists.absence",
                    ),
                ),
                (
                    "actor",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulk_acts",
                        to=settings.AUTH_USER_MODEL,
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
                "indexes": [models.Index(fields=["kind", "at"], name="acts_by_kind")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("undone_at__isnull", True), ("undone_by__isnull", False), _connector="OR"),
                        name="undone_act_says_by_whom",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="CallOutcomeEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "position",
                    models.PositiveSmallIntegerField(
                        help_text="The digit that picks it.",
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(9),
                        ],
                        verbose_name="key",
                    ),
                ),
                ("name", models.CharField(max_length=40)),
                ("meaning", models.CharField(blank=True, max_length=200)),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        help_text="Business days. Empty: the item stays with whoever called, to be worked now.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                        verbose_name="comes back in",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
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
                        to="worklists.calloutcome",
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
                            hash="4fde4950f1a0fba4eb80da2b600cbb5cc290dd7c",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_2da82",
                            table="worklists_calloutcomeevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EscalationRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(default=100, help_text="Order in which rules are listed.")),
                ("name", models.CharField(max_length=80)),
                ("category", models.CharField(blank=True, max_length=40)),
                (
                    "codes",
                    models.CharField(
                        blank=True, help_text="Reason codes with spaces between, such as 50 197.", max_length=200
                    ),
                ),
                (
                    "at_least",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="at risk, at least",
                    ),
                ),
                (
                    "days_left",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days to the last safe day, at most"
                    ),
                ),
                (
                    "untouched_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="days untouched, at least"),
                ),
                (
                    "rounds",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="times denied, at least"),
                ),
                (
                    "question_late_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days an answer is overdue, at least"
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="step of the code's escalation path",
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("managers", "The managers of the item's queue"),
                            ("team", "A team"),
                            ("person", "A person"),
                        ],
                        default="managers",
                        max_length=8,
                        verbose_name="escalate to",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "person",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_escalationruleevent" ("at_least", "category", "codes", "days_left", "id", "is_active", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "question_late_days", "rounds", "step", "team_id", "to", "untouched_days", "version") VALUES (NEW."at_least", NEW."category", NEW."codes", NEW."days_left", NEW."id", NEW."is_active", NEW."name", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."question_late_days", NEW."rounds", NEW."step", NEW."team_id", NEW."to", NEW."untouched_days", NEW."version"); RETURN NULL;',
                            hash="a0710fef68426b03f6442535bca9927fcdb2563e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_d42e5",
                            table="worklists_escalationrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_escalationruleevent" ("at_least", "category", "codes", "days_left", "id", "is_active", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "question_late_days", "rounds", "step", "team_id", "to", "untouched_days", "version") VALUES (NEW."at_least", NEW."category", NEW."codes", NEW."days_left", NEW."id", NEW."is_active", NEW."name", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."question_late_days", NEW."rounds", NEW."step", NEW."team_id", NEW."to", NEW."untouched_days", NEW."version"); RETURN NULL;',
                            hash="c7fcd162b82327c9117f17660c2b1e929500c6c7",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_c1742",
                            table="worklists_escalationrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_escalationruleevent" ("at_least", "category", "codes", "days_left", "id", "is_active", "name", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "question_late_days", "rounds", "step", "team_id", "to", "untouched_days", "version") VALUES (OLD."at_least", OLD."category", OLD."codes", OLD."days_left", OLD."id", OLD."is_active", OLD."name", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."question_late_days", OLD."rounds", OLD."step", OLD."team_id", OLD."to", OLD."untouched_days", OLD."version"); RETURN NULL;',
                            hash="e357b2152eed8bab977810fe7beb6cd813674aa4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_03638",
                            table="worklists_escalationrule",
                            when="AFTER",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("person", None), ("team", None), ("to", "managers")),
                            models.Q(("person", None), ("team__isnull", False), ("to", "team")),
                            models.Q(("person__isnull", False), ("team", None), ("to", "person")),
                            _connector="OR",
                        ),
                        name="escalation_rule_says_to_whom",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EscalationRuleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveIntegerField(default=100, help_text="Order in which rules are listed.")),
                ("name", models.CharField(max_length=80)),
                ("category", models.CharField(blank=True, max_length=40)),
                (
                    "codes",
                    models.CharField(
                        blank=True, help_text="Reason codes with spaces between, such as 50 197.", max_length=200
                    ),
                ),
                (
                    "at_least",
                    models.DecimalField(
                        blank=True,
                        decimal_places=2,
                        max_digits=10,
                        null=True,
                        validators=[django.core.validators.MinValueValidator(0)],
                        verbose_name="at risk, at least",
                    ),
                ),
                (
                    "days_left",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days to the last safe day, at most"
                    ),
                ),
                (
                    "untouched_days",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="days untouched, at least"),
                ),
                (
                    "rounds",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="times denied, at least"),
                ),
                (
                    "question_late_days",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="days an answer is overdue, at least"
                    ),
                ),
                (
                    "step",
                    models.PositiveSmallIntegerField(
                        default=1,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(6),
                        ],
                        verbose_name="step of the code's escalation path",
                    ),
                ),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("managers", "The managers of the item's queue"),
                            ("team", "A team"),
                            ("person", "A person"),
                        ],
                        default="managers",
                        max_length=8,
                        verbose_name="escalate to",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "person",
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
                        to="worklists.escalationrule",
                    ),
                ),
                (
                    "team",
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="29a27f6550f606b6499a6f1a13a6274be9a533b3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_d7a32",
                            table="worklists_escalationruleevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceDocument",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("record", "Medical record"),
                            ("order", "Order or referral"),
                            ("report", "Imaging report"),
                            ("images", "Images"),
                            ("note", "Progress or visit note"),
                            ("plan", "Treatment plan"),
                            ("assessment", "Assessment or scale"),
                            ("operative", "Operative note"),
                            ("authorization", "Authorization"),
                            ("eligibility", "Eligibility proof"),
                            ("call_log", "Call log"),
                            ("contract", "Contract or fee schedule"),
                            ("claim", "Claim or corrected claim"),
                            ("payer_letter", "Letter of the payer"),
                            ("proof", "Proof of sending"),
                            ("statement", "Physician's letter or opinion"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("document_on", models.DateField(help_text="The day on the document.", null=True)),
                ("pages", models.PositiveIntegerField(null=True)),
                (
                    "counted_pages",
                    models.PositiveIntegerField(help_text="As the file itself says, where it does.", null=True),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("content", models.FileField(max_length=200, upload_to="")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                (
                    "claim",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="documents",
                        to="denials.claim",
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
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "withdrawn_by",
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
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="document_stays_as_uploaded",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition='WHEN (OLD."claim_id" IS DISTINCT FROM (NEW."claim_id") OR OLD."facility_id" IS DISTINCT FROM (NEW."facility_id") OR OLD."sha256" IS DISTINCT FROM (NEW."sha256") OR OLD."size" IS DISTINCT FROM (NEW."size") OR OLD."content" IS DISTINCT FROM (NEW."content") OR OLD."uploaded_by_id" IS DISTINCT FROM (NEW."uploaded_by_id") OR OLD."uploaded_at" IS DISTINCT FROM (NEW."uploaded_at"))',
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update rows from % table', TG_TABLE_NAME;",
                            hash="12931efe012995fa80d190bac5824d494856cb6a",
                            operation="UPDATE",
                            pgid="pgtrigger_document_stays_as_uploaded_67b5e",
                            table="worklists_evidencedocument",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="no_document_is_deleted",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot delete rows from % table', TG_TABLE_NAME;",
                            hash="9ad15a6e9d0fe22e36680105b87bc02af4f5abd3",
                            operation="DELETE",
                            pgid="pgtrigger_no_document_is_deleted_95a12",
                            table="worklists_evidencedocument",
                            when="BEFORE",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_evidencedocumentevent" ("claim_id", "content", "counted_pages", "document_on", "facility_id", "id", "kind", "name", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."claim_id", NEW."content", NEW."counted_pages", NEW."document_on", NEW."facility_id", NEW."id", NEW."kind", NEW."name", NEW."pages", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."sha256", NEW."size", NEW."uploaded_at", NEW."uploaded_by_id", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="75d26e79e0e6b71cc771d6cb910fc2ff009c20ee",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6fa01",
                            table="worklists_evidencedocument",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_evidencedocumentevent" ("claim_id", "content", "counted_pages", "document_on", "facility_id", "id", "kind", "name", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (NEW."claim_id", NEW."content", NEW."counted_pages", NEW."document_on", NEW."facility_id", NEW."id", NEW."kind", NEW."name", NEW."pages", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."sha256", NEW."size", NEW."uploaded_at", NEW."uploaded_by_id", NEW."withdrawn_at", NEW."withdrawn_because", NEW."withdrawn_by_id"); RETURN NULL;',
                            hash="4666d7b65bdeed076001dde3d02835e96b7d0600",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_7ca32",
                            table="worklists_evidencedocument",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_evidencedocumentevent" ("claim_id", "content", "counted_pages", "document_on", "facility_id", "id", "kind", "name", "pages", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "sha256", "size", "uploaded_at", "uploaded_by_id", "withdrawn_at", "withdrawn_because", "withdrawn_by_id") VALUES (OLD."claim_id", OLD."content", OLD."counted_pages", OLD."document_on", OLD."facility_id", OLD."id", OLD."kind", OLD."name", OLD."pages", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."sha256", OLD."size", OLD."uploaded_at", OLD."uploaded_by_id", OLD."withdrawn_at", OLD."withdrawn_because", OLD."withdrawn_by_id"); RETURN NULL;',
                            hash="b22917c231fa6824f6627ffd1dfa1e7e8b3a2a02",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_7ca55",
                            table="worklists_evidencedocument",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [
                    models.Index(fields=["claim", "-id"], name="documents_of_claim"),
                    models.Index(fields=["facility", "kind", "-id"], name="documents_by_kind"),
                    models.Index(fields=["sha256"], name="documents_by_bytes"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("withdrawn_at__isnull", True)),
                        fields=("claim", "sha256"),
                        name="one_copy_per_claim",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("withdrawn_at__isnull", True),
                            models.Q(("withdrawn_because__gt", ""), ("withdrawn_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="withdrawn_document_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceDocumentEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("record", "Medical record"),
                            ("order", "Order or referral"),
                            ("report", "Imaging report"),
                            ("images", "Images"),
                            ("note", "Progress or visit note"),
                            ("plan", "Treatment plan"),
                            ("assessment", "Assessment or scale"),
                            ("operative", "Operative note"),
                            ("authorization", "Authorization"),
                            ("eligibility", "Eligibility proof"),
                            ("call_log", "Call log"),
                            ("contract", "Contract or fee schedule"),
                            ("claim", "Claim or corrected claim"),
                            ("payer_letter", "Letter of the payer"),
                            ("proof", "Proof of sending"),
                            ("statement", "Physician's letter or opinion"),
                            ("other", "Other"),
                        ],
                        max_length=16,
                    ),
                ),
                ("name", models.CharField(max_length=120)),
                ("document_on", models.DateField(help_text="The day on the document.", null=True)),
                ("pages", models.PositiveIntegerField(null=True)),
                (
                    "counted_pages",
                    models.PositiveIntegerField(help_text="As the file itself says, where it does.", null=True),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("size", models.PositiveBigIntegerField()),
                ("content", models.FileField(max_length=200, upload_to="")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True)),
                ("withdrawn_at", models.DateTimeField(null=True)),
                ("withdrawn_because", models.CharField(blank=True, max_length=300)),
                (
                    "claim",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="denials.claim",
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
                        to="worklists.evidencedocument",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "withdrawn_by",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
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
                            hash="99abf163913d2e11573aa8e6a54f3149f8a1c3bc",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_aea84",
                            table="worklists_evidencedocumentevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidencePiece",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("needed", "Needed"),
                            ("requested", "Requested"),
                            ("received", "Received"),
                            ("verified", "Verified"),
                            ("not_available", "Not available"),
                        ],
                        default="needed",
                        max_length=13,
                    ),
                ),
                (
                    "held_at",
                    models.CharField(blank=True, help_text="Where it is, when it is no file here.", max_length=200),
                ),
                ("because", models.CharField(blank=True, max_length=300)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "changed_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
            ],
            options={
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="EvidenceUse",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="worklists.evidencedocument",
                    ),
                ),
                (
                    "piece",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uses",
                        to="worklists.evidencepiece",
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("piece", "document"), name="one_use_per_piece")],
            },
        ),
        migrations.AddField(
            model_name="evidencepiece",
            name="documents",
            field=models.ManyToManyField(
                related_name="pieces", through="worklists.EvidenceUse", to="worklists.evidencedocument"
            ),
        ),
        migrations.CreateModel(
            name="Experience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        help_text="The path of groups: worklists/domain/chances.py.", max_length=250, unique=True
                    ),
                ),
                ("level", models.PositiveSmallIntegerField()),
                ("decided", models.PositiveIntegerField(default=0)),
                ("paid", models.PositiveIntegerField(default=0)),
                (
                    "amounts",
                    models.PositiveIntegerField(default=0, help_text="Paid outcomes of which the amount is known."),
                ),
                ("timed", models.PositiveIntegerField(default=0)),
                ("mean", models.FloatField(help_text="Chance of payment, shrunk toward the group above.")),
                ("chance", models.FloatField(help_text="The same on the careful side: what items get.")),
                ("share", models.FloatField(help_text="Part of the amount at risk that comes when something is paid.")),
                ("minutes", models.FloatField()),
                ("counted_on", models.DateField()),
            ],
            options={
                "ordering": ["level", "key"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("amounts__lte", models.F("paid")), ("paid__lte", models.F("decided"))),
                        name="experience_counts_fit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("chance__gte", 0),
                            ("chance__lte", 1),
                            ("mean__gte", 0),
                            ("mean__lte", 1),
                            ("share__gte", 0),
                            ("share__lte", 1),
                        ),
                        name="experience_is_a_chance",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FigureEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=40)),
                ("position", models.PositiveSmallIntegerField(help_text="Order in which definitions are listed.")),
                ("name", models.CharField(max_length=80)),
                ("meaning", models.TextField(help_text="What the number says, and what it leaves out.")),
                ("formula", models.TextField(help_text="How it is counted, in words.")),
                (
                    "source",
                    models.CharField(
                        blank=True, help_text="Who defines it so: a standard, a contract, us.", max_length=200
                    ),
                ),
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
                        to="worklists.figure",
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
                            hash="1e74acc277ee85be19db040b60c4493f04d68fe7",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_ef457",
                            table="worklists_figureevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="FirstView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="first_view",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ImagingEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("claim_key", models.CharField(max_length=80)),
                (
                    "mark",
                    models.CharField(
                        choices=[
                            ("image_linked", "Image link confirmed"),
                            ("report_signed", "Final report signed"),
                            ("attachment_id", "Attachment ID present"),
                            ("transmitted", "Transmitted"),
                            ("acknowledged", "Acknowledged by the payer"),
                        ],
                        max_length=14,
                    ),
                ),
                ("is_ok", models.BooleanField(default=True)),
                ("at", models.DateTimeField()),
                ("interface", models.CharField(blank=True, max_length=80)),
                ("attachment_id", models.CharField(blank=True, max_length=80)),
                ("said", models.CharField(blank=True, max_length=200)),
                (
                    "who",
                    models.CharField(
                        blank=True, help_text="Who or what did it, as the interface names it.", max_length=120
                    ),
                ),
                ("entered_at", models.DateTimeField(auto_now_add=True)),
                (
                    "entered_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                "ordering": ["at", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="imaging_is_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="cb8f6d9749670a1bf98348ac4050b11626123a54",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_imaging_is_append_only_f268b",
                            table="worklists_imagingevent",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [models.Index(fields=["at"], include=("interface", "mark", "is_ok"), name="imaging_by_day")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("facility", "claim_key", "mark", "at", "interface", "is_ok"), name="one_imaging_event"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListSnapshot",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("list_key", models.CharField(max_length=60)),
                ("query", models.TextField(blank=True, help_text="The address of the list: filters and order.")),
                ("title", models.CharField(max_length=120)),
                ("address", models.CharField(max_length=120)),
                (
                    "items",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField(), help_text="Ids in the order of the list.", size=None
                    ),
                ),
                ("is_whole", models.BooleanField(help_text="Off where the list was longer, or was opened far down.")),
                ("taken_at", models.DateTimeField(auto_now=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("person", "list_key", "query"), name="one_snapshot_per_list")
                ],
            },
        ),
        migrations.CreateModel(
            name="NotificationChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "unwanted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), blank=True, default=list, size=None
                    ),
                ),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notification_choice",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_notificationchoiceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unwanted", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."unwanted", NEW."user_id"); RETURN NULL;',
                            hash="4e180ec59d66848acae2c36ba7a7b3910d9860e6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_3ab13",
                            table="worklists_notificationchoice",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_notificationchoiceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unwanted", "user_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."unwanted", NEW."user_id"); RETURN NULL;',
                            hash="dd9159abf2a06743a0848baf51a156169bde0690",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8815e",
                            table="worklists_notificationchoice",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_notificationchoiceevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "unwanted", "user_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."unwanted", OLD."user_id"); RETURN NULL;',
                            hash="aa657bbed271267fce95ab8b51fc77711011c360",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_2ea6c",
                            table="worklists_notificationchoice",
                            when="AFTER",
                        ),
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="NotificationChoiceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "unwanted",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=10), blank=True, default=list, size=None
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
                        to="worklists.notificationchoice",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
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
                            hash="e3ee55ff989201c29f6c6f9e7e94426932fe5a3f",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_a6694",
                            table="worklists_notificationchoiceevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="OrderWeightsEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "tau_days",
                    models.PositiveSmallIntegerField(
                        default=10,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(60),
                        ],
                    ),
                ),
                (
                    "reference_per_minute",
                    models.DecimalField(
                        decimal_places=2,
                        default=10,
                        max_digits=8,
                        validators=[django.core.validators.MinValueValidator(0.1)],
                    ),
                ),
                (
                    "lane_days",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(30),
                        ],
                    ),
                ),
                (
                    "no_deadline_days",
                    models.PositiveSmallIntegerField(
                        default=60,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(365),
                        ],
                    ),
                ),
                (
                    "thin_share",
                    models.PositiveSmallIntegerField(
                        default=5,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(50),
                        ],
                    ),
                ),
                (
                    "thin_below",
                    models.PositiveSmallIntegerField(
                        default=3,
                        validators=[
                            django.core.validators.MinValueValidator(0),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                    ),
                ),
                (
                    "default_minutes",
                    models.PositiveSmallIntegerField(
                        default=15,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(240),
                        ],
                    ),
                ),
                (
                    "default_chance",
                    models.PositiveSmallIntegerField(
                        default=50,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(99),
                        ],
                    ),
                ),
                (
                    "prior_strength",
                    models.PositiveSmallIntegerField(
                        default=20,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(1000),
                        ],
                    ),
                ),
                (
                    "history_days",
                    models.PositiveSmallIntegerField(
                        default=730,
                        validators=[
                            django.core.validators.MinValueValidator(30),
                            django.core.validators.MaxValueValidator(3650),
                        ],
                    ),
                ),
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
                        to="worklists.orderweights",
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
                            hash="24addd7959bdfd751cc8f8f94d263d411831a3de",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_53a2d",
                            table="worklists_orderweightsevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayerCall",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[("in_hand", "In hand"), ("finished", "Finished"), ("dropped", "Dropped")],
                        default="in_hand",
                        max_length=8,
                    ),
                ),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("ended_at", models.DateTimeField(null=True)),
                ("spoke_to", models.CharField(blank=True, max_length=120)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("text", models.TextField(blank=True, max_length=2000)),
                ("hold_seconds", models.PositiveIntegerField(default=0)),
                ("hold_since", models.DateTimeField(null=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "act",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="worklists.bulkact",
                    ),
                ),
                (
                    "biller",
                    models.ForeignKey(
                        help_text="Whose NPI and tax ID are told.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "caller",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="denials.payer"
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.payerproduct",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["caller", "-started_at"], name="calls_by_person")],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("state", "in_hand")), fields=("caller",), name="one_call_in_hand_per_person"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("state", "in_hand"), ("ended_at__isnull", False), _connector="OR"),
                        name="ended_call_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PayerSpecialist",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_active", models.BooleanField(default=True)),
                (
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "payer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="specialists", to="denials.payer"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="payers_known",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["payer__name", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_payerspecialistevent" ("facility_id", "id", "is_active", "payer_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."facility_id", NEW."id", NEW."is_active", NEW."payer_id", NEW."person_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id"); RETURN NULL;',
                            hash="ab73350855a2ec0e6e731ccd84ed2734d912b883",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_56ae1",
                            table="worklists_payerspecialist",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_payerspecialistevent" ("facility_id", "id", "is_active", "payer_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (NEW."facility_id", NEW."id", NEW."is_active", NEW."payer_id", NEW."person_id", _pgh_attach_context(), NOW(), \'update\', NEW."id"); RETURN NULL;',
                            hash="34dbce2bd1e5e23bd39414ee9407bdd29d4c15db",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_08ec5",
                            table="worklists_payerspecialist",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_payerspecialistevent" ("facility_id", "id", "is_active", "payer_id", "person_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id") VALUES (OLD."facility_id", OLD."id", OLD."is_active", OLD."payer_id", OLD."person_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id"); RETURN NULL;',
                            hash="a775414a3eaf3d9b2525fa532e089b99bb0d6e8f",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_a8457",
                            table="worklists_payerspecialist",
                            when="AFTER",
                        ),
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("is_active", True)),
                        fields=("payer", "facility"),
                        name="one_specialist_per_payer_and_facility",
                        nulls_distinct=False,
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="PayerSpecialistEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("is_active", models.BooleanField(default=True)),
                (
                    "facility",
                    models.ForeignKey(
                        blank=True,
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="accounts.facility",
                    ),
                ),
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
                    "person",
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
                        to="worklists.payerspecialist",
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
                            hash="1f69322e6db98882f95213586c77a7d75b03be83",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_88e7c",
                            table="worklists_payerspecialistevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Queue",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.SlugField(max_length=40, unique=True)),
                ("name", models.CharField(max_length=80)),
                (
                    "purpose",
                    models.CharField(
                        blank=True, help_text="What belongs here, for people who meet it new.", max_length=200
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "handing_out",
                    models.CharField(
                        choices=[
                            ("pull", "People take the next item themselves"),
                            ("push", "Managers assign each item"),
                        ],
                        default="pull",
                        max_length=4,
                        verbose_name="how its work is handed out",
                    ),
                ),
                (
                    "most_taken",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="items that one person takes at once, at most"
                    ),
                ),
                (
                    "release_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="put back after business days untouched"
                    ),
                ),
                ("skills", models.JSONField(blank=True, default=list, verbose_name="skills that its work asks for")),
                ("teams", models.ManyToManyField(blank=True, related_name="queues", to="accounts.team")),
            ],
            options={
                "ordering": ["name"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_queueevent" ("handing_out", "id", "is_active", "key", "most_taken", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "release_after", "skills") VALUES (NEW."handing_out", NEW."id", NEW."is_active", NEW."key", NEW."most_taken", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose", NEW."release_after", NEW."skills"); RETURN NULL;',
                            hash="65a980a6bc6643854180495cb3791e29a376fe3e",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_dc882",
                            table="worklists_queue",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_queueevent" ("handing_out", "id", "is_active", "key", "most_taken", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "release_after", "skills") VALUES (NEW."handing_out", NEW."id", NEW."is_active", NEW."key", NEW."most_taken", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose", NEW."release_after", NEW."skills"); RETURN NULL;',
                            hash="83d74719158469364ef3311cc7a4bc73b1b214bd",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_e75d1",
                            table="worklists_queue",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_queueevent" ("handing_out", "id", "is_active", "key", "most_taken", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose", "release_after", "skills") VALUES (OLD."handing_out", OLD."id", OLD."is_active", OLD."key", OLD."most_taken", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose", OLD."release_after", OLD."skills"); RETURN NULL;',
                            hash="ce6bca5793aac4d8d9728ab7327d31dafbef30e4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_f3168",
                            table="worklists_queue",
                            when="AFTER",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("most_taken__isnull", True), ("most_taken__gte", 1), _connector="OR"),
                        name="one_may_be_taken",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("release_after__isnull", True), ("release_after__gte", 1), _connector="OR"),
                        name="released_after_a_day",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="MissedClock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                ("level", models.PositiveSmallIntegerField(default=0)),
                ("name", models.CharField(max_length=160)),
                ("rule_id", models.CharField(blank=True, max_length=30)),
                ("last_day", models.DateField()),
                ("amount_at_risk", models.DecimalField(decimal_places=2, max_digits=12)),
                ("noted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_seen", "Nobody looked in time"),
                            ("documents", "Documents came too late"),
                            ("colleague", "Waited for another team"),
                            ("payer", "Waited for the payer"),
                            ("limit", "The limit was wrong or not known"),
                            ("not_worth", "Not worth the work"),
                            ("not_missed", "It was done in time, and not written down"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("explanation", models.TextField(blank=True)),
                ("explained_at", models.DateTimeField(null=True)),
                (
                    "explained_by",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "holder",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="worklists.queue"
                    ),
                ),
            ],
            options={
                "ordering": ["-last_day", "-pk"],
            },
        ),
        migrations.CreateModel(
            name="DayCount",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day", models.DateField(db_index=True)),
                ("arrived", models.IntegerField(default=0)),
                ("cleared", models.IntegerField(default=0)),
                ("denied", models.IntegerField(default=0)),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="worklists.queue",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="BoardCell",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("open", models.IntegerField(default=0)),
                ("at_risk", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("overdue", models.IntegerField(default=0)),
                ("due", models.IntegerField(default=0)),
                ("unowned", models.IntegerField(default=0)),
                ("waiting", models.IntegerField(default=0)),
                ("oldest", models.DateField(null=True)),
                ("arrived", models.IntegerField(default=0)),
                ("cleared", models.IntegerField(default=0)),
                ("recovered", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("recovered_items", models.IntegerField(default=0)),
                ("past", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("week_0", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("week_1", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("week_2", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("week_3", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("week_4", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("week_5", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("later", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("undated", models.DecimalField(decimal_places=2, default=0, max_digits=16)),
                ("asking", models.IntegerField(default=0)),
                ("escalated", models.IntegerField(default=0)),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "owner",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="worklists.queue",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("queue__isnull", True), ("owner__isnull", True), _connector="OR"),
                        name="cell_of_queue_or_person",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QueueEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=40)),
                ("name", models.CharField(max_length=80)),
                (
                    "purpose",
                    models.CharField(
                        blank=True, help_text="What belongs here, for people who meet it new.", max_length=200
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
                (
                    "handing_out",
                    models.CharField(
                        choices=[
                            ("pull", "People take the next item themselves"),
                            ("push", "Managers assign each item"),
                        ],
                        default="pull",
                        max_length=4,
                        verbose_name="how its work is handed out",
                    ),
                ),
                (
                    "most_taken",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="items that one person takes at once, at most"
                    ),
                ),
                (
                    "release_after",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="put back after business days untouched"
                    ),
                ),
                ("skills", models.JSONField(blank=True, default=list, verbose_name="skills that its work asks for")),
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
                        to="worklists.queue",
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
                            hash="a0c120c8fa15db1a70ea8d949f299250ba201184",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_16139",
                            table="worklists_queueevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QueueTeamEvent",
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
                    "queue",
                    models.ForeignKey(
                        db_constraint=False,
                        db_tablespace="",
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="worklists.queue",
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="b6f2cf51ac80e4a8833f4d6ad989713bbfc8978a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_23927",
                            table="worklists_queueteamevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordRequest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("him", "Health information (HIM)"),
                            ("provider", "Provider"),
                            ("facility", "Other facility"),
                            ("imaging", "Imaging or PACS"),
                            ("patient", "Patient"),
                            ("payer", "Payer"),
                        ],
                        max_length=8,
                    ),
                ),
                ("to_name", models.CharField(blank=True, max_length=120)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("due_on", models.DateField()),
                ("asked_on", models.DateField()),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("reminded_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("received", "Received"), ("ended", "Ended without")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("ended_on", models.DateField(null=True)),
                ("because", models.CharField(blank=True, max_length=300)),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                ("pieces", models.ManyToManyField(related_name="requests", to="worklists.evidencepiece")),
            ],
            options={
                "ordering": ["due_on", "pk"],
            },
        ),
        migrations.CreateModel(
            name="ReminderDayEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "days_before",
                    models.PositiveSmallIntegerField(validators=[django.core.validators.MaxValueValidator(365)]),
                ),
                (
                    "tells_managers",
                    models.BooleanField(
                        default=False,
                        help_text="Also the managers of the item's queue. Of an item without owner they always are told.",
                    ),
                ),
                ("is_active", models.BooleanField(default=True)),
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
                        to="worklists.reminderday",
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
                            hash="7bebcd13a3709bcd5d739d67afa8dccecbacfff2",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_6a48e",
                            table="worklists_reminderdayevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoutingRule",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveIntegerField(help_text="Lower numbers are asked first.")),
                ("name", models.CharField(max_length=120)),
                ("conditions", models.JSONField(blank=True, default=dict)),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "prefers_specialist",
                    models.BooleanField(
                        default=False,
                        help_text="Where one is named for the payer, works in the queue's team and is not away; else it is free.",
                        verbose_name="the payer's specialist gets it",
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rules", to="worklists.queue"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_routingruleevent" ("conditions", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "prefers_specialist", "queue_id", "version") VALUES (NEW."conditions", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."prefers_specialist", NEW."queue_id", NEW."version"); RETURN NULL;',
                            hash="4307e376ffb49335207a8ebc564e3f92225f1769",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_a82b5",
                            table="worklists_routingrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_routingruleevent" ("conditions", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "prefers_specialist", "queue_id", "version") VALUES (NEW."conditions", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."prefers_specialist", NEW."queue_id", NEW."version"); RETURN NULL;',
                            hash="6c776f2955b4c2aac36aab99eb76c6b9f9bb3671",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_85205",
                            table="worklists_routingrule",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_routingruleevent" ("conditions", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "prefers_specialist", "queue_id", "version") VALUES (OLD."conditions", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."prefers_specialist", OLD."queue_id", OLD."version"); RETURN NULL;',
                            hash="8c362dfd14e2ae9181e5fa3ffe45ffdfa9b287a6",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_99825",
                            table="worklists_routingrule",
                            when="AFTER",
                        ),
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("position",),
                        name="one_rule_per_position",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RoutingRuleEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("position", models.PositiveIntegerField(help_text="Lower numbers are asked first.")),
                ("name", models.CharField(max_length=120)),
                ("conditions", models.JSONField(blank=True, default=dict)),
                ("is_active", models.BooleanField(default=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "prefers_specialist",
                    models.BooleanField(
                        default=False,
                        help_text="Where one is named for the payer, works in the queue's team and is not away; else it is free.",
                        verbose_name="the payer's specialist gets it",
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
                        to="worklists.routingrule",
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="worklists.queue",
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
                            hash="b573957c5b8de4e290efcdec5a2bb49fddecdb37",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_54c86",
                            table="worklists_routingruleevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="RuleSetReplay",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "fingerprint",
                    models.CharField(help_text="SHA-256 of the drafts: whether they are still these.", max_length=64),
                ),
                (
                    "rules",
                    models.JSONField(
                        help_text="The rules that would be in force, in order; new ones with ids below zero."
                    ),
                ),
                (
                    "days",
                    models.PositiveSmallIntegerField(
                        choices=[(30, "30 days"), (90, "90 days"), (180, "180 days")], default=90
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("result", models.JSONField(null=True)),
                ("finished_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "bundle",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replays", to="accounts.changeset"
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        help_text="In force then.",
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="worklists.ruleset",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("finished_at__isnull", True), ("result__isnull", True)),
                            models.Q(("finished_at__isnull", False), ("result__isnull", False)),
                            _connector="OR",
                        ),
                        name="finished_replay_has_a_result",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SavedView",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("name", models.CharField(max_length=60)),
                ("is_shared", models.BooleanField(default=False, verbose_name="everybody sees it")),
                (
                    "default_of",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("specialist", "Denial specialist"),
                            ("manager", "Manager"),
                            ("admin", "Administrator"),
                            ("read_only", "Read only"),
                            ("contributor", "Contributor"),
                        ],
                        help_text="People of this role start in it, unless they chose a view of their own.",
                        max_length=12,
                        verbose_name="opens first for",
                    ),
                ),
                ("list_key", models.CharField(max_length=60)),
                ("query", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
                (
                    "changed_by",
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
                        help_text="Empty for a shipped view.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="saved_views",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["name", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_savedviewevent" ("changed_at", "changed_by_id", "created_at", "default_of", "deleted_at", "id", "is_shared", "list_key", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."created_at", NEW."default_of", NEW."deleted_at", NEW."id", NEW."is_shared", NEW."list_key", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."query"); RETURN NULL;',
                            hash="c0b12655b2362c6afddbee45dbd63b8d3d809111",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_eca12",
                            table="worklists_savedview",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_savedviewevent" ("changed_at", "changed_by_id", "created_at", "default_of", "deleted_at", "id", "is_shared", "list_key", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") VALUES (NEW."changed_at", NEW."changed_by_id", NEW."created_at", NEW."default_of", NEW."deleted_at", NEW."id", NEW."is_shared", NEW."list_key", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."query"); RETURN NULL;',
                            hash="941e391d3a36ccae5440a93516157b9d2c0543c9",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_d8b6c",
                            table="worklists_savedview",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_savedviewevent" ("changed_at", "changed_by_id", "created_at", "default_of", "deleted_at", "id", "is_shared", "list_key", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "query") VALUES (OLD."changed_at", OLD."changed_by_id", OLD."created_at", OLD."default_of", OLD."deleted_at", OLD."id", OLD."is_shared", OLD."list_key", OLD."name", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."query"); RETURN NULL;',
                            hash="16d567f1e0f3d145ab5d518a8b33fd7300fb60c4",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_9e906",
                            table="worklists_savedview",
                            when="AFTER",
                        ),
                    ),
                ],
                "indexes": [
                    models.Index(condition=models.Q(("deleted_at", None)), fields=["owner"], name="view_by_owner")
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(models.Q(("default_of", ""), _negated=True), ("deleted_at", None)),
                        fields=("default_of",),
                        name="one_default_view_of_a_role",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("default_of", ""), ("is_shared", True), _connector="OR"),
                        name="default_view_of_a_role_is_shared",
                        violation_error_message="The view in which a role starts has to be shared.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="FirstViewEvent",
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
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="worklists.firstview",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "view",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="worklists.savedview",
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
                            hash="d5133f7a1fcf1cea0654c74ff5b58d104aa3c45b",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b233d",
                            table="worklists_firstviewevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="firstview",
            name="view",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="+", to="worklists.savedview"
            ),
        ),
        migrations.CreateModel(
            name="SavedViewEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=60)),
                ("is_shared", models.BooleanField(default=False, verbose_name="everybody sees it")),
                (
                    "default_of",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("specialist", "Denial specialist"),
                            ("manager", "Manager"),
                            ("admin", "Administrator"),
                            ("read_only", "Read only"),
                            ("contributor", "Contributor"),
                        ],
                        help_text="People of this role start in it, unless they chose a view of their own.",
                        max_length=12,
                        verbose_name="opens first for",
                    ),
                ),
                ("list_key", models.CharField(max_length=60)),
                ("query", models.TextField(blank=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("deleted_at", models.DateTimeField(blank=True, null=True)),
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
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        help_text="Empty for a shipped view.",
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
                        to="worklists.savedview",
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
                            hash="1726b7d761bacf4b3e71478f77c45b3e0e9e242d",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_9db9e",
                            table="worklists_savedviewevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SmartPhrase",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "key",
                    models.CharField(
                        max_length=30,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9][a-z0-9-]{0,29}$", "Small letters, digits and hyphens, such as status."
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("text", models.TextField(max_length=1000)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("portal", "Portal"),
                            ("fax", "Fax"),
                            ("letter", "Letter"),
                            ("internal", "Internal"),
                        ],
                        default="call",
                        max_length=8,
                        verbose_name="kind of note",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "owner",
                    models.ForeignKey(
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="phrases",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["key", "pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_smartphraseevent" ("channel", "id", "is_active", "key", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."channel", NEW."id", NEW."is_active", NEW."key", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."text"); RETURN NULL;',
                            hash="c74770cafcf8b1326c296a18e5a571ea5418ba74",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_6c7f1",
                            table="worklists_smartphrase",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_smartphraseevent" ("channel", "id", "is_active", "key", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (NEW."channel", NEW."id", NEW."is_active", NEW."key", NEW."name", NEW."owner_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."text"); RETURN NULL;',
                            hash="921bd6856b29bb89676e1105e9c5d7bced726a2e",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_8e5e8",
                            table="worklists_smartphrase",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_smartphraseevent" ("channel", "id", "is_active", "key", "name", "owner_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "text") VALUES (OLD."channel", OLD."id", OLD."is_active", OLD."key", OLD."name", OLD."owner_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."text"); RETURN NULL;',
                            hash="79cf52f470716b99106a6faca0e07a3db711cecf",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_d8ee2",
                            table="worklists_smartphrase",
                            when="AFTER",
                        ),
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("owner", "key"), name="one_phrase_per_owner_and_key", nulls_distinct=False
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SmartPhraseEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "key",
                    models.CharField(
                        max_length=30,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^[a-z0-9][a-z0-9-]{0,29}$", "Small letters, digits and hyphens, such as status."
                            )
                        ],
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                ("text", models.TextField(max_length=1000)),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("portal", "Portal"),
                            ("fax", "Fax"),
                            ("letter", "Letter"),
                            ("internal", "Internal"),
                        ],
                        default="call",
                        max_length=8,
                        verbose_name="kind of note",
                    ),
                ),
                ("is_active", models.BooleanField(default=True, verbose_name="in use")),
                (
                    "owner",
                    models.ForeignKey(
                        db_constraint=False,
                        editable=False,
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
                        to="worklists.smartphrase",
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
                            hash="0916b65487e441f745ef7c6ae2f25db22d2084a3",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_94d86",
                            table="worklists_smartphraseevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WatchNumberEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("key", models.SlugField(db_index=False, max_length=40)),
                ("position", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=80)),
                ("meaning", models.CharField(max_length=200)),
                ("unit", models.CharField(max_length=20)),
                ("number", models.PositiveIntegerField(validators=[django.core.validators.MaxValueValidator(100000)])),
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
                        to="worklists.watchnumber",
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
                            hash="e3bc6b678297bccc005d4118a2fe70ae321f26a4",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_25102",
                            table="worklists_watchnumberevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "round",
                    models.PositiveSmallIntegerField(
                        default=1, help_text="Counts the denials of this claim in this episode."
                    ),
                ),
                ("rule_version", models.PositiveIntegerField(null=True)),
                ("routed_because", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("new", "Open"),
                            ("taken", "In work"),
                            ("postponed", "Postponed"),
                            ("waiting", "Waiting for payer"),
                            ("asking", "Waiting for colleague"),
                            ("resolved", "Resolved"),
                        ],
                        default="new",
                        max_length=10,
                    ),
                ),
                (
                    "is_open",
                    models.GeneratedField(
                        db_persist=True,
                        expression=models.Q(("status", "resolved"), _negated=True),
                        output_field=models.BooleanField(),
                    ),
                ),
                ("taken_at", models.DateTimeField(null=True)),
                ("postponed_until", models.DateField(null=True)),
                ("postponed_because", models.CharField(blank=True, max_length=300)),
                ("follow_up_on", models.DateField(null=True)),
                ("category", models.CharField(blank=True, max_length=40)),
                ("reason", models.CharField(help_text="Group, CARC and remarks: CO-197 N54.", max_length=400)),
                ("denied_amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("amount_at_risk", models.DecimalField(decimal_places=2, max_digits=12)),
                ("deadline", models.DateField(null=True)),
                ("rank_key", models.FloatField()),
                ("denied_on", models.DateField(null=True)),
                (
                    "resolution",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("correction", "Corrected claim"),
                            ("resubmission", "Resubmitted"),
                            ("appeal", "Appealed"),
                            ("adjustment", "Adjusted off"),
                            ("patient_bill", "Billed to the patient"),
                            ("escalation", "Escalated to the payer"),
                            ("payer_reprocessed", "Payer reprocessed"),
                            ("duplicate", "Duplicate, nothing owed"),
                            ("no_action", "No action possible"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "settlement",
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
                ("root_cause", models.CharField(blank=True, max_length=300)),
                ("recovered_amount", models.DecimalField(decimal_places=2, max_digits=12, null=True)),
                ("preventable", models.BooleanField(null=True)),
                ("resolved_at", models.DateTimeField(null=True)),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "routed_facts",
                    models.JSONField(
                        help_text="What the rules were asked about, where the denial says otherwise since.", null=True
                    ),
                ),
                (
                    "routed_on",
                    models.DateField(help_text="The day on which facts that depend on a day were counted.", null=True),
                ),
                ("chance", models.FloatField(db_default=0.5, default=0.5, help_text="That something is paid, 0 to 1.")),
                (
                    "expected_amount",
                    models.DecimalField(
                        db_default=0,
                        decimal_places=2,
                        default=0,
                        help_text="Dollars that come when something is paid.",
                        max_digits=12,
                    ),
                ),
                ("expected_minutes", models.FloatField(db_default=15, default=15)),
                (
                    "is_thin",
                    models.BooleanField(db_default=False, default=False, help_text="Few outcomes like it are decided."),
                ),
                (
                    "last_safe_on",
                    models.DateField(help_text="The last day to act so that it arrives by the deadline.", null=True),
                ),
                ("escalated_on", models.DateField(help_text="Since when somebody above has to look at it.", null=True)),
                (
                    "evidence_state",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("requested", "REQUESTED"),
                            ("to_verify", "TO_VERIFY"),
                            ("partly", "PARTLY"),
                            ("complete", "COMPLETE"),
                        ],
                        db_default="",
                        default="",
                        help_text="How far what its denial and its playbook ask for is gathered.",
                        max_length=10,
                    ),
                ),
                (
                    "modalities",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        db_default=[],
                        default=list,
                        help_text="Kinds of imaging among the lines of its denial's claim (worklists/domain/modalities.py).",
                        size=None,
                    ),
                ),
                (
                    "assignee",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_items",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "claim",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="work_items", to="denials.claim"
                    ),
                ),
                (
                    "denial",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="work_item", to="denials.denial"
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
                    "queue",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="worklists.queue",
                    ),
                ),
                (
                    "resolved_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="worklists.routingrule",
                    ),
                ),
                (
                    "rule_set",
                    models.ForeignKey(
                        db_index=False,
                        help_text="The numbered list of rules that was asked; none where a person moved it here.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="worklists.ruleset",
                    ),
                ),
                (
                    "settled_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.remittedclaim",
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="legal_status_changes",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            declare="DECLARE _is_valid_transition BOOLEAN;",
                            func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{asking:new,asking:postponed,asking:resolved,asking:taken,new:asking,new:postponed,new:resolved,new:taken,new:waiting,postponed:asking,postponed:new,postponed:resolved,postponed:taken,postponed:waiting,resolved:asking,resolved:new,resolved:postponed,resolved:taken,resolved:waiting,taken:asking,taken:new,taken:postponed,taken:resolved,taken:waiting,waiting:new,waiting:resolved,waiting:taken}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="9552896e636307be56115c9c0fd298339a93fe5a",
                            operation="UPDATE",
                            pgid="pgtrigger_legal_status_changes_d64be",
                            table="worklists_workitem",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["queue", "rank_key", "id"],
                        include=(
                            "payer",
                            "facility",
                            "amount_at_risk",
                            "deadline",
                            "postponed_until",
                            "assignee",
                            "status",
                        ),
                        name="open_by_queue",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["assignee", "rank_key", "id"],
                        name="open_by_owner",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["queue", "payer", "rank_key", "id"],
                        name="open_by_payer",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["queue", "category", "rank_key", "id"],
                        name="open_by_category",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["queue", "deadline", "id"],
                        name="open_by_deadline",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["queue", "amount_at_risk", "id"],
                        name="open_by_amount",
                    ),
                    models.Index(
                        condition=models.Q(("status", "resolved")), fields=["resolved_at"], name="resolved_by_day"
                    ),
                    models.Index(fields=["created_at"], name="arrived_by_day"),
                    django.contrib.postgres.indexes.BrinIndex(
                        autosummarize=True, fields=["denied_on"], name="denied_by_day"
                    ),
                    models.Index(
                        condition=models.Q(("escalated_on__isnull", False), ("is_open", True)),
                        fields=["rank_key", "id"],
                        name="open_and_escalated",
                    ),
                    models.Index(
                        condition=models.Q(("evidence_state__gt", ""), ("is_open", True)),
                        fields=["evidence_state", "rank_key", "id"],
                        name="open_by_evidence",
                    ),
                    models.Index(
                        condition=models.Q(("status", "resolved")),
                        fields=["payer", "reason", "-resolved_at"],
                        name="resolved_by_payer_and_codes",
                    ),
                    models.Index(
                        models.Func(models.F("reason"), models.Value(" "), models.Value(1), function="SPLIT_PART"),
                        models.OrderBy(models.F("resolved_at"), descending=True),
                        condition=models.Q(("status", "resolved")),
                        name="resolved_by_code",
                    ),
                    models.Index(
                        condition=models.Q(("status", "resolved")),
                        fields=["category", "-resolved_at"],
                        name="resolved_by_category",
                    ),
                    models.Index(
                        models.F("queue"),
                        models.F("last_safe_on"),
                        models.F("deadline"),
                        django.db.models.functions.comparison.Coalesce(
                            "postponed_until", models.Value(datetime.date(1, 1, 1))
                        ),
                        models.F("rank_key"),
                        models.F("id"),
                        condition=models.Q(
                            ("assignee__isnull", True), ("is_open", True), ("status__in", ("new", "postponed"))
                        ),
                        name="free_by_safe_day",
                    ),
                    models.Index(
                        models.F("assignee"),
                        django.db.models.functions.comparison.Coalesce(
                            "postponed_until", models.Value(datetime.date(1, 1, 1))
                        ),
                        condition=models.Q(
                            ("assignee__isnull", False), ("is_open", True), ("status__in", ("new", "postponed"))
                        ),
                        name="handed_over",
                    ),
                    models.Index(condition=models.Q(("round__gt", 1)), fields=["rank_key", "id"], name="denied_again"),
                    django.contrib.postgres.indexes.GinIndex(
                        worklists.models.items.Codes("reason"),
                        models.F("modalities"),
                        condition=models.Q(("is_open", True)),
                        name="open_by_code",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)), fields=["follow_up_on", "id"], name="open_by_follow_up"
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["rank_key", "id"],
                        include=(
                            "payer",
                            "facility",
                            "queue",
                            "assignee",
                            "category",
                            "amount_at_risk",
                            "status",
                            "is_open",
                            "deadline",
                            "last_safe_on",
                            "denied_on",
                            "postponed_until",
                            "round",
                            "escalated_on",
                            "evidence_state",
                            "created_at",
                        ),
                        name="open_by_rank",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["deadline", "id"],
                        include=(
                            "status",
                            "is_open",
                            "last_safe_on",
                            "rank_key",
                            "payer",
                            "facility",
                            "queue",
                            "assignee",
                            "category",
                            "amount_at_risk",
                        ),
                        name="open_by_day",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["last_safe_on", "queue", "rank_key", "id"],
                        include=(
                            "deadline",
                            "postponed_until",
                            "status",
                            "denied_on",
                            "created_at",
                            "payer",
                            "facility",
                            "assignee",
                            "category",
                            "amount_at_risk",
                        ),
                        name="open_by_safe_day",
                    ),
                    models.Index(
                        models.F("queue"),
                        models.F("rank_key"),
                        models.F("id"),
                        models.F("last_safe_on"),
                        models.F("deadline"),
                        django.db.models.functions.comparison.Coalesce(
                            "postponed_until", models.Value(datetime.date(1, 1, 1))
                        ),
                        condition=models.Q(
                            ("assignee__isnull", True), ("is_open", True), ("status__in", ("new", "postponed"))
                        ),
                        name="free_by_rank",
                    ),
                    models.Index(
                        models.F("queue"),
                        models.F("rank_key"),
                        models.F("id"),
                        django.db.models.functions.comparison.Coalesce(
                            "postponed_until", models.Value(datetime.date(1, 1, 1))
                        ),
                        condition=models.Q(
                            ("assignee__isnull", True),
                            ("is_open", True),
                            ("status__in", ("new", "postponed")),
                            ("is_thin", True),
                        ),
                        name="free_and_thin",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["denied_on", "id"],
                        include=(
                            "status",
                            "is_open",
                            "deadline",
                            "last_safe_on",
                            "rank_key",
                            "payer",
                            "facility",
                            "queue",
                            "assignee",
                            "category",
                            "amount_at_risk",
                        ),
                        name="open_by_denial_day",
                    ),
                    models.Index(
                        condition=models.Q(("resolved_by__isnull", False)),
                        fields=["resolved_by"],
                        name="resolved_by_who",
                    ),
                    models.Index(
                        condition=models.Q(("settled_by__isnull", False)), fields=["settled_by"], name="settled_by_what"
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True), ("status__in", ("postponed", "waiting", "asking"))),
                        fields=["status", "follow_up_on", "id"],
                        include=(
                            "is_open",
                            "deadline",
                            "last_safe_on",
                            "postponed_until",
                            "denied_on",
                            "rank_key",
                            "payer",
                            "facility",
                            "queue",
                            "assignee",
                            "category",
                            "amount_at_risk",
                        ),
                        name="open_and_away",
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["amount_at_risk", "id"],
                        include=(
                            "status",
                            "is_open",
                            "deadline",
                            "last_safe_on",
                            "denied_on",
                            "rank_key",
                            "payer",
                            "facility",
                            "queue",
                            "assignee",
                            "category",
                        ),
                        name="open_by_size",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "resolved"), _negated=True),
                            models.Q(("resolution__gt", ""), ("resolved_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="resolved_item_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "postponed"), _negated=True),
                            ("postponed_until__isnull", False),
                            _connector="OR",
                        ),
                        name="postponed_item_has_date",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "taken"), _negated=True), ("assignee__isnull", False), _connector="OR"
                        ),
                        name="taken_item_has_owner",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "new"), _negated=True),
                            ("assignee__isnull", True),
                            ("taken_at__isnull", True),
                            _connector="OR",
                        ),
                        name="new_item_is_not_taken",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("recovered_amount__gte", 0)), name="recovered_not_negative"
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "resolved"), _negated=True),
                        fields=("claim",),
                        name="one_open_item_per_claim",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(choices=[("safe", "Last safe day"), ("deadline", "Deadline")], max_length=8)),
                ("last_day", models.DateField()),
                ("days_before", models.PositiveSmallIntegerField()),
                ("for_managers", models.BooleanField(help_text="Also for the managers of the item's queue.")),
                ("raised_at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
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
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="worklists.workitem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("item", "kind", "last_day", "days_before"), name="reminded_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="RecordRequestEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "to",
                    models.CharField(
                        choices=[
                            ("him", "Health information (HIM)"),
                            ("provider", "Provider"),
                            ("facility", "Other facility"),
                            ("imaging", "Imaging or PACS"),
                            ("patient", "Patient"),
                            ("payer", "Payer"),
                        ],
                        max_length=8,
                    ),
                ),
                ("to_name", models.CharField(blank=True, max_length=120)),
                ("text", models.CharField(blank=True, max_length=500)),
                ("due_on", models.DateField()),
                ("asked_on", models.DateField()),
                ("reminders", models.PositiveSmallIntegerField(default=0)),
                ("reminded_on", models.DateField(null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("received", "Received"), ("ended", "Ended without")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("ended_on", models.DateField(null=True)),
                ("because", models.CharField(blank=True, max_length=300)),
                (
                    "asked_by",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
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
                        to="worklists.recordrequest",
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="150d9ab8f72b9a258b20c204362349863fc161b0",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_b4efd",
                            table="worklists_recordrequestevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="recordrequest",
            name="item",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="record_requests",
                to="worklists.workitem",
            ),
        ),
        migrations.CreateModel(
            name="PlaybookStepDone",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("round", models.PositiveSmallIntegerField()),
                ("playbook", models.CharField(max_length=40)),
                ("step", models.CharField(max_length=20)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps_done",
                        to="worklists.workitem",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("item", "round", "playbook", "step"), name="one_tick_per_step")
                ],
            },
        ),
        migrations.CreateModel(
            name="PinnedNote",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "note",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="pin", to="worklists.activity"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="pinned_notes",
                        to="worklists.workitem",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Notification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("digest", "What is due, each morning"),
                            ("returned", "Items that come back on their day"),
                            ("answered", "Answers from colleagues"),
                            ("payer", "Answers from payers, also to appeals"),
                            ("mention", "Notes that mention you"),
                            ("escalated", "Escalations to you"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "cause",
                    models.CharField(help_text="What it comes from, such as activity:17. Never twice.", max_length=60),
                ),
                ("facts", models.JSONField(default=dict, help_text="Counts, and the ids of a person and a rule.")),
                ("at", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("read_at", models.DateTimeField(null=True)),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notifications",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="worklists.workitem",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(fields=["person", "-id"], name="notification_by_person"),
                    models.Index(
                        condition=models.Q(("read_at", None)),
                        fields=["person"],
                        include=("item",),
                        name="notification_unread",
                    ),
                ],
                "constraints": [models.UniqueConstraint(fields=("person", "cause"), name="told_once")],
            },
        ),
        migrations.CreateModel(
            name="NoteDraft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("body", models.JSONField(help_text="The fields of the form by name.")),
                ("version", models.PositiveIntegerField(default=1)),
                ("kept_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "user",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="worklists.workitem",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["item", "user", "-kept_at"], name="drafts_by_item_and_person"),
                    models.Index(fields=["kept_at"], name="drafts_by_age"),
                ],
            },
        ),
        migrations.CreateModel(
            name="MissedClockEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("level", models.PositiveSmallIntegerField(default=0)),
                ("name", models.CharField(max_length=160)),
                ("rule_id", models.CharField(blank=True, max_length=30)),
                ("last_day", models.DateField()),
                ("amount_at_risk", models.DecimalField(decimal_places=2, max_digits=12)),
                ("noted_at", models.DateTimeField(auto_now_add=True)),
                (
                    "why",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_seen", "Nobody looked in time"),
                            ("documents", "Documents came too late"),
                            ("colleague", "Waited for another team"),
                            ("payer", "Waited for the payer"),
                            ("limit", "The limit was wrong or not known"),
                            ("not_worth", "Not worth the work"),
                            ("not_missed", "It was done in time, and not written down"),
                            ("other", "Something else"),
                        ],
                        max_length=12,
                    ),
                ),
                ("explanation", models.TextField(blank=True)),
                ("explained_at", models.DateTimeField(null=True)),
                (
                    "explained_by",
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
                    "holder",
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
                        to="worklists.missedclock",
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="worklists.queue",
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="c482662a9c793dcfb3634ac430ed1ed6f133e4bb",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_e109b",
                            table="worklists_missedclockevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="missedclock",
            name="item",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="missed_clocks", to="worklists.workitem"
            ),
        ),
        migrations.CreateModel(
            name="Loss",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("untouched", "Expired untouched"),
                            ("deferred", "Postponed past the last safe day"),
                            ("unowned", "Nobody had it when it expired"),
                            ("missed", "Expired in work"),
                            ("given_up", "Closed while a way was open"),
                            ("small", "Small balance adjusted off"),
                        ],
                        max_length=9,
                    ),
                ),
                ("lost_on", models.DateField()),
                ("amount", models.DecimalField(decimal_places=2, max_digits=12)),
                ("because", models.CharField(max_length=400)),
                ("found_at", models.DateTimeField(auto_now_add=True)),
                (
                    "look",
                    models.CharField(
                        choices=[
                            ("not_asked", "Not in the sample"),
                            ("due", "Second look due"),
                            ("accepted", "Accepted"),
                            ("reopened", "Reopened"),
                        ],
                        default="due",
                        max_length=9,
                    ),
                ),
                ("looked_at", models.DateTimeField(null=True)),
                ("reason", models.CharField(blank=True, help_text="What the second look said.", max_length=300)),
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
                    "looked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "who",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "missed",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="loss",
                        to="worklists.missedclock",
                    ),
                ),
                (
                    "queue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="worklists.queue"
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="losses", to="worklists.workitem"
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "losses",
                "ordering": ["-lost_on", "-pk"],
                "indexes": [models.Index(fields=["-lost_on", "-id"], name="losses_by_day")],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "kind", "lost_on"), name="one_loss_per_item_kind_and_day"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("look__in", ["accepted", "reopened"]), _negated=True),
                            models.Q(("looked_at__isnull", False), ("looked_by__isnull", False), ("reason__gt", "")),
                            _connector="OR",
                        ),
                        name="looked_at_loss_says_by_whom",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidencePieceEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("name", models.CharField(max_length=200)),
                ("key", models.CharField(max_length=120)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("needed", "Needed"),
                            ("requested", "Requested"),
                            ("received", "Received"),
                            ("verified", "Verified"),
                            ("not_available", "Not available"),
                        ],
                        default="needed",
                        max_length=13,
                    ),
                ),
                (
                    "held_at",
                    models.CharField(blank=True, help_text="Where it is, when it is no file here.", max_length=200),
                ),
                ("because", models.CharField(blank=True, max_length=300)),
                ("changed_at", models.DateTimeField(auto_now=True)),
                (
                    "changed_by",
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
                        to="worklists.evidencepiece",
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
            ],
            options={
                "abstract": False,
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="ed4d9c1c884e8ac1b0392106ad00e91c86481706",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_dcbde",
                            table="worklists_evidencepieceevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.AddField(
            model_name="evidencepiece",
            name="item",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="evidence",
                to="worklists.workitem",
            ),
        ),
        migrations.CreateModel(
            name="Escalation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "cause",
                    models.CharField(
                        help_text="The rule and the last day, or the person's act: never twice.", max_length=60
                    ),
                ),
                ("rule_version", models.PositiveIntegerField(null=True)),
                ("because", models.CharField(max_length=400)),
                ("step", models.PositiveSmallIntegerField(default=1)),
                (
                    "step_words",
                    models.CharField(blank=True, help_text="That step of the code's escalation path.", max_length=120),
                ),
                ("raised_at", models.DateTimeField(auto_now_add=True)),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Not looked at yet"), ("ack", "Acknowledged"), ("ended", "Ended")],
                        default="open",
                        max_length=5,
                    ),
                ),
                ("acknowledged_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                ("why", models.CharField(blank=True, help_text="Why it ended.", max_length=300)),
                (
                    "acknowledged_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "raised_by",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.team",
                    ),
                ),
                (
                    "rule",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="worklists.escalationrule",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="escalations",
                        to="worklists.workitem",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "ended"), _negated=True),
                        fields=["state", "item"],
                        name="escalation_running",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("item", "cause"), name="escalated_once_per_cause"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "ended"), _negated=True),
                            models.Q(("ended_at__isnull", False), ("why__gt", "")),
                            _connector="OR",
                        ),
                        name="ended_escalation_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("call", "Call"),
                            ("portal", "Portal"),
                            ("fax", "Fax"),
                            ("letter", "Letter"),
                            ("internal", "Internal"),
                        ],
                        max_length=8,
                    ),
                ),
                ("spoke_to", models.CharField(blank=True, max_length=120)),
                ("reference", models.CharField(blank=True, max_length=80)),
                ("outcome", models.CharField(blank=True, max_length=300)),
                ("promised_on", models.DateField(null=True)),
                ("hold_minutes", models.PositiveSmallIntegerField(null=True)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="worklists.payercall",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contacts",
                        to="worklists.workitem",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="contacts_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="0036bc77f94220527fb1928f38105eb9cb68083a",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_contacts_are_append_only_df5ca",
                            table="worklists_contact",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [
                    models.Index(fields=["item", "-at"], name="contacts_by_item"),
                    models.Index(fields=["by", "-at"], name="contacts_by_person"),
                    models.Index(
                        django.contrib.postgres.indexes.OpClass(
                            django.db.models.functions.text.Upper("reference"), name="text_pattern_ops"
                        ),
                        condition=models.Q(("reference", ""), _negated=True),
                        name="contacts_by_reference",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("channel", "internal"), _negated=True), name="contact_has_a_channel"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Clarification",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("text", models.TextField()),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("due_on", models.DateField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("answered", "Answered"),
                            ("passed", "Passed on"),
                            ("withdrawn", "Withdrawn"),
                            ("overtaken", "No longer needed"),
                        ],
                        default="open",
                        max_length=9,
                    ),
                ),
                ("answer", models.TextField(blank=True)),
                ("file", models.FileField(blank=True, max_length=200, upload_to="")),
                (
                    "why",
                    models.CharField(
                        blank=True, help_text="Why it was passed on, withdrawn or closed.", max_length=300
                    ),
                ),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "ended_by",
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
                (
                    "passed_from",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="passed_to",
                        to="worklists.clarification",
                    ),
                ),
                (
                    "team",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="accounts.team",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="questions",
                        to="worklists.workitem",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "pk"],
                "indexes": [
                    models.Index(fields=["item", "id"], name="question_by_item"),
                    models.Index(
                        condition=models.Q(("state", "open")), fields=["team", "due_on", "id"], name="question_open"
                    ),
                    models.Index(fields=["asked_at"], name="question_by_day"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("state", "open")),
                            models.Q(models.Q(("state", "open"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="ended_question_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "answered"), _negated=True),
                            models.Q(("answer__gt", ""), ("ended_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="answered_question_has_answer",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CallClaim",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField()),
                ("asks", models.CharField(max_length=300)),
                ("promised_on", models.DateField(null=True)),
                ("text", models.CharField(blank=True, max_length=300)),
                ("is_in_hand", models.BooleanField(default=True)),
                (
                    "kept_because",
                    models.CharField(blank=True, help_text="Why the item was left as it was.", max_length=300),
                ),
                (
                    "outcome",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="worklists.calloutcome",
                    ),
                ),
                (
                    "call",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="claims",
                        to="worklists.payercall",
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="worklists.workitem"
                    ),
                ),
            ],
            options={
                "ordering": ["position"],
                "constraints": [
                    models.UniqueConstraint(fields=("call", "item"), name="once_in_a_call"),
                    models.UniqueConstraint(
                        condition=models.Q(("is_in_hand", True)), fields=("item",), name="in_one_call_at_a_time"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="BulkActRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.JSONField()),
                ("version_after", models.PositiveIntegerField(null=True)),
                ("is_undone", models.BooleanField(default=False)),
                ("kept_because", models.CharField(blank=True, help_text="Why undo left it alone.", max_length=200)),
                (
                    "beside",
                    models.JSONField(help_text="Questions and escalations that ran before, by table.", null=True),
                ),
                (
                    "act",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="rows",
                        to="worklists.bulkact",
                    ),
                ),
                (
                    "owner_after",
                    models.ForeignKey(
                        db_index=False,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "owner_before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bulk_rows", to="worklists.workitem"
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("act", "item"), name="one_row_per_item_of_an_act")],
            },
        ),
        migrations.CreateModel(
            name="BehavioralAnswer",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "question",
                    models.CharField(
                        choices=[
                            ("time", "Time"),
                            ("plan", "Treatment plan"),
                            ("goals", "Goals"),
                            ("method", "Method and response"),
                            ("severity", "Severity"),
                        ],
                        max_length=8,
                    ),
                ),
                (
                    "answer",
                    models.CharField(
                        choices=[("yes", "Yes"), ("no", "No"), ("not_documented", "Not documented")], max_length=14
                    ),
                ),
                ("start", models.TimeField(null=True)),
                ("stop", models.TimeField(null=True)),
                ("minutes", models.PositiveSmallIntegerField(null=True)),
                ("plan_on", models.DateField(null=True)),
                ("signed_on", models.DateField(null=True)),
                ("plan_until", models.DateField(null=True)),
                ("where", models.CharField(blank=True, help_text="Pages of the record.", max_length=120)),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "by",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
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
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="behavioral_answers",
                        to="worklists.workitem",
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="answers_are_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="d60760c39d772dc66a8c85c8c1e106b109f13666",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_answers_are_append_only_911d1",
                            table="worklists_behavioralanswer",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [models.Index(fields=["item", "question", "-id"], name="behavioral_by_item")],
            },
        ),
        migrations.AddField(
            model_name="activity",
            name="item",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="activities",
                to="worklists.workitem",
            ),
        ),
        migrations.CreateModel(
            name="WorkProfile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "most_taken",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="items taken at once, at most"
                    ),
                ),
                ("minutes_a_day", models.PositiveSmallIntegerField(default=360, verbose_name="minutes of work a day")),
                ("skills", models.JSONField(blank=True, default=list)),
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="work_profile",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="insert_insert",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_workprofileevent" ("id", "minutes_a_day", "most_taken", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skills", "user_id") VALUES (NEW."id", NEW."minutes_a_day", NEW."most_taken", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."skills", NEW."user_id"); RETURN NULL;',
                            hash="0e4ca94a25b383742a36a5f41819d22d14099cb6",
                            operation="INSERT",
                            pgid="pgtrigger_insert_insert_f8cf7",
                            table="worklists_workprofile",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="update_update",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                            func='INSERT INTO "worklists_workprofileevent" ("id", "minutes_a_day", "most_taken", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skills", "user_id") VALUES (NEW."id", NEW."minutes_a_day", NEW."most_taken", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."skills", NEW."user_id"); RETURN NULL;',
                            hash="99178ca497be04b9b6799003f905cf3b09edaa13",
                            operation="UPDATE",
                            pgid="pgtrigger_update_update_bd550",
                            table="worklists_workprofile",
                            when="AFTER",
                        ),
                    ),
                    pgtrigger.compiler.Trigger(
                        name="delete_delete",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func='INSERT INTO "worklists_workprofileevent" ("id", "minutes_a_day", "most_taken", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "skills", "user_id") VALUES (OLD."id", OLD."minutes_a_day", OLD."most_taken", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."skills", OLD."user_id"); RETURN NULL;',
                            hash="3d27aa3e248bc42609a3b1f109c0e447a9c21650",
                            operation="DELETE",
                            pgid="pgtrigger_delete_delete_6444a",
                            table="worklists_workprofile",
                            when="AFTER",
                        ),
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("most_taken__isnull", True), ("most_taken__gte", 1), _connector="OR"),
                        name="takes_some",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("minutes_a_day__lte", 1440)), name="a_day_has_1440_minutes"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkProfileEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "most_taken",
                    models.PositiveSmallIntegerField(
                        blank=True, null=True, verbose_name="items taken at once, at most"
                    ),
                ),
                ("minutes_a_day", models.PositiveSmallIntegerField(default=360, verbose_name="minutes of work a day")),
                ("skills", models.JSONField(blank=True, default=list)),
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
                        to="worklists.workprofile",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        db_constraint=False,
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
                            hash="b767d0bb84fb35fa0210baf6b85e0146d55df364",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_append_only_0ae7a",
                            table="worklists_workprofileevent",
                            when="BEFORE",
                        ),
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="WorkTime",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("act", models.CharField(help_text="What ended it, such as note or resolve.", max_length=40)),
                ("seconds", models.PositiveIntegerField()),
                (
                    "is_measured",
                    models.BooleanField(
                        help_text="Counted in the browser while the page was visible and in use; else from opening to acting."
                    ),
                ),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("corrected_at", models.DateTimeField(null=True)),
                ("corrected_seconds", models.PositiveIntegerField(help_text="As the person says it was.", null=True)),
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="times", to="worklists.workitem"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
                "indexes": [models.Index(fields=["person", "-at"], name="work_time_by_person")],
            },
        ),
        migrations.AddIndex(
            model_name="recordrequest",
            index=models.Index(fields=["item", "id"], name="record_request_by_item"),
        ),
        migrations.AddIndex(
            model_name="recordrequest",
            index=models.Index(
                condition=models.Q(("state", "open")), fields=["due_on", "id"], name="record_request_open"
            ),
        ),
        migrations.AddIndex(
            model_name="recordrequest",
            index=models.Index(
                condition=models.Q(("state", "open"), _negated=True),
                fields=["ended_on", "id"],
                name="record_request_ended",
            ),
        ),
        migrations.AddConstraint(
            model_name="recordrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_on__isnull", True), ("state", "open")),
                    models.Q(models.Q(("state", "open"), _negated=True), ("ended_on__isnull", False)),
                    _connector="OR",
                ),
                name="ended_request_says_when",
            ),
        ),
        migrations.AddIndex(
            model_name="missedclock",
            index=models.Index(fields=["-last_day", "-id"], name="missed_by_day"),
        ),
        migrations.AddConstraint(
            model_name="missedclock",
            constraint=models.UniqueConstraint(
                fields=("item", "kind", "level", "last_day"), name="one_record_per_missed_clock"
            ),
        ),
        migrations.AddConstraint(
            model_name="missedclock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("why", ""),
                    models.Q(("explained_at__isnull", False), ("explained_by__isnull", False)),
                    _connector="OR",
                ),
                name="explained_clock_says_by_whom",
            ),
        ),
        migrations.AddConstraint(
            model_name="evidencepiece",
            constraint=models.UniqueConstraint(fields=("item", "key"), name="one_piece_of_a_name"),
        ),
        migrations.AddConstraint(
            model_name="evidencepiece",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "not_available"), _negated=True), ("because__gt", ""), _connector="OR"
                ),
                name="not_available_says_why",
            ),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["item", "-at", "-id"], name="activity_by_item"),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["actor", "-at"], name="activity_by_person"),
        ),
        migrations.CreateModel(
            name="QueueTeam",
            fields=[],
            options={
                "proxy": True,
                "indexes": [],
                "constraints": [],
            },
            bases=("worklists.queue_teams",),
        ),
        migrations.RunSQL(
            sql="CREATE SEQUENCE worklists_pull",
            reverse_sql="DROP SEQUENCE worklists_pull",
        ),
        migrations.RunSQL(
            sql=[
                "\n                UPDATE denials_denial d SET last_safe_on = least(c.last_safe_day, d.deadline)\n                FROM denials_clock c WHERE c.denial_id = d.id AND c.is_binding\n                ",
                "UPDATE denials_denial SET last_safe_on = deadline WHERE last_safe_on IS NULL",
                "\n                UPDATE worklists_workitem i SET expected_amount = i.amount_at_risk,\n                    last_safe_on = CASE WHEN i.deadline = d.deadline THEN d.last_safe_on ELSE i.deadline END\n                FROM denials_denial d WHERE d.id = i.denial_id\n                ",
            ],
            reverse_sql="",
        ),
        migrations.RunSQL(
            sql="DELETE FROM worklists_boardstate",
            reverse_sql="",
        ),
        migrations.RunSQL(
            sql="\nCREATE OR REPLACE FUNCTION worklists_take(\n    taker bigint, everywhere boolean, queues bigint[], full_queues bigint[], asked_queue bigint, today date,\n    wanted int, moment timestamptz\n) RETURNS bigint[] LANGUAGE plpgsql SET plan_cache_mode = force_generic_plan SET enable_sort = off AS $take$\nDECLARE\n    lane_ends date := today + 5;\n    share float8 := 5.0;\n    chosen bigint[] := '{}';  -- in the order in which to work them\n    states text[] := '{}';  -- in which each was\n    facilities bigint[];  -- NULL: all\n    lanes bigint[];  -- of the queues, those that have something in the lane\n    found record;\n    number bigint;\n    thin int := 0;\n    pressing int;\nBEGIN\n    IF NOT everywhere THEN\n        facilities := ARRAY(SELECT facility_id FROM accounts_user_facilities WHERE user_id = taker);\n    END IF;\n    FOR found IN SELECT lane_days, thin_share FROM worklists_orderweights LOOP\n        lane_ends := today + found.lane_days;\n        share := found.thin_share;\n    END LOOP;\n\n    IF EXISTS (SELECT FROM worklists_workitem i\n        WHERE i.is_open AND i.assignee_id = taker AND i.status IN ('new', 'postponed') AND coalesce(i.postponed_until, '0001-01-01') <= today\n            AND (facilities IS NULL OR i.facility_id = ANY (facilities))\n            AND i.queue_id <> ALL (full_queues) AND (asked_queue IS NULL OR i.queue_id = asked_queue)) THEN\n        FOR found IN SELECT i.id, i.status FROM worklists_workitem i\n        WHERE i.is_open AND i.assignee_id = taker AND i.status IN ('new', 'postponed') AND coalesce(i.postponed_until, '0001-01-01') <= today\n            AND (facilities IS NULL OR i.facility_id = ANY (facilities))\n            AND i.queue_id <> ALL (full_queues) AND (asked_queue IS NULL OR i.queue_id = asked_queue)\n            ORDER BY NOT coalesce(i.last_safe_on <= lane_ends AND i.deadline >= today, false), i.rank_key, i.id LIMIT wanted FOR NO KEY UPDATE SKIP LOCKED LOOP\n            chosen := chosen || found.id;\n            states := states || found.status::text;\n        END LOOP;\n    END IF;\n\n    IF cardinality(chosen) < wanted THEN\n        -- Asked first: where nothing is in the lane, all of the queue would be passed over in search of it.\n        lanes := ARRAY(SELECT mine.queue_id FROM unnest(queues) AS mine (queue_id) WHERE (\n            SELECT true FROM worklists_workitem i WHERE i.queue_id = mine.queue_id AND i.is_open AND i.assignee_id IS NULL AND i.status IN ('new', 'postponed') AND coalesce(i.postponed_until, '0001-01-01') <= today\n            AND (facilities IS NULL OR i.facility_id = ANY (facilities)) AND i.last_safe_on <= lane_ends AND i.deadline >= today LIMIT 1));\n        IF lanes <> '{}' THEN\n            -- By rank as well: the index knows the days, so that what the lane does not hold is passed over there.\n            FOR found IN \n        SELECT best.id, best.status FROM unnest(lanes) AS mine (queue_id)\n        CROSS JOIN LATERAL (\n            SELECT i.id, i.status, i.rank_key FROM worklists_workitem i\n            WHERE i.queue_id = mine.queue_id AND i.is_open AND i.assignee_id IS NULL AND i.status IN ('new', 'postponed') AND coalesce(i.postponed_until, '0001-01-01') <= today\n            AND (facilities IS NULL OR i.facility_id = ANY (facilities)) AND i.id <> ALL (chosen) AND i.last_safe_on <= lane_ends AND i.deadline >= today\n            ORDER BY i.rank_key, i.id LIMIT wanted - cardinality(chosen) FOR NO KEY UPDATE SKIP LOCKED\n        ) AS best\n        ORDER BY best.rank_key, best.id LIMIT wanted - cardinality(chosen)\n     LOOP\n            chosen := chosen || found.id;\n            states := states || found.status::text;\n        END LOOP;\n        END IF;\n    END IF;\n\n    pressing := cardinality(chosen);\n    -- As worklists.domain.priority.is_thin_turn; the sequence counts what is given out beside the lane.\n    FOR place IN pressing + 1 .. wanted LOOP\n        number := nextval('worklists_pull');\n        thin := thin + (floor(number * share / 100) > floor((number - 1) * share / 100))::int;\n    END LOOP;\n    IF thin > 0 THEN\n        FOR found IN \n        SELECT best.id, best.status FROM unnest(queues) AS mine (queue_id)\n        CROSS JOIN LATERAL (\n            SELECT i.id, i.status, i.rank_key FROM worklists_workitem i\n            WHERE i.queue_id = mine.queue_id AND i.is_open AND i.assignee_id IS NULL AND i.status IN ('new', 'postponed') AND coalesce(i.postponed_until, '0001-01-01') <= today\n            AND (facilities IS NULL OR i.facility_id = ANY (facilities)) AND i.id <> ALL (chosen) AND i.is_thin\n            ORDER BY i.rank_key, i.id LIMIT thin FOR NO KEY UPDATE SKIP LOCKED\n        ) AS best\n        ORDER BY best.rank_key, best.id LIMIT thin\n     LOOP\n            chosen := chosen || found.id;\n            states := states || found.status::text;\n        END LOOP;\n    END IF;\n    IF cardinality(chosen) < wanted THEN\n        FOR found IN \n        SELECT best.id, best.status FROM unnest(queues) AS mine (queue_id)\n        CROSS JOIN LATERAL (\n            SELECT i.id, i.status, i.rank_key FROM worklists_workitem i\n            WHERE i.queue_id = mine.queue_id AND i.is_open AND i.assignee_id IS NULL AND i.status IN ('new', 'postponed') AND coalesce(i.postponed_until, '0001-01-01') <= today\n            AND (facilities IS NULL OR i.facility_id = ANY (facilities)) AND i.id <> ALL (chosen) AND true\n            ORDER BY i.rank_key, i.id LIMIT wanted - cardinality(chosen) FOR NO KEY UPDATE SKIP LOCKED\n        ) AS best\n        ORDER BY best.rank_key, best.id LIMIT wanted - cardinality(chosen)\n     LOOP\n            chosen := chosen || found.id;\n            states := states || found.status::text;\n        END LOOP;\n    END IF;\n\n    IF cardinality(chosen) > 0 THEN \n        WITH taken AS (\n            UPDATE worklists_workitem SET status = 'taken', assignee_id = taker, taken_at = moment,\n                postponed_until = NULL, postponed_because = '', follow_up_on = NULL, version = version + 1,\n                updated_at = moment\n            WHERE id = ANY (chosen)\n        )\n        INSERT INTO worklists_activity (item_id, kind, actor_id, at, status_from, status_to, text, facts)\n        SELECT old.id, 'take', taker, moment, old.status, 'taken', '', '{}'\n        FROM unnest(chosen, states) AS old (id, status)\n;\n    END IF;\n    IF thin > 0 AND cardinality(chosen) > pressing + 1 THEN\n        RETURN chosen[:pressing] || ARRAY(\n            SELECT i.id FROM worklists_workitem i WHERE i.id = ANY (chosen[pressing + 1:]) ORDER BY i.rank_key, i.id\n        );\n    END IF;\n    RETURN chosen;\nEND\n$take$\n",
            reverse_sql="DROP FUNCTION worklists_take",
        ),
        migrations.RunSQL(
            sql="\nCREATE STATISTICS codes_of_items ON (string_to_array(replace(reason, '-', ' '), ' ')) FROM worklists_workitem\n",
            reverse_sql="DROP STATISTICS codes_of_items",
        ),
        migrations.RunSQL(
            sql="\nALTER TABLE worklists_workitem SET (\n    autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 10000,\n    autovacuum_vacuum_insert_scale_factor = 0, autovacuum_vacuum_insert_threshold = 10000\n)\n",
            reverse_sql="\nALTER TABLE worklists_workitem RESET (\n    autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold,\n    autovacuum_vacuum_insert_scale_factor, autovacuum_vacuum_insert_threshold\n)\n",
        ),
        migrations.RunSQL(
            sql="\nCREATE STATISTICS open_work_by_state (mcv) ON is_open, status, assignee_id FROM worklists_workitem;\nANALYZE worklists_workitem\n",
            reverse_sql="DROP STATISTICS open_work_by_state",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="queueteam",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_queueteamevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "queue_id", "team_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."queue_id", NEW."team_id"); RETURN NULL;',
                    hash="956b6c85c666802ea0d8eb3b393201a870756113",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_33b10",
                    table="worklists_queue_teams",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="queueteam",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_queueteamevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "queue_id", "team_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."queue_id", OLD."team_id"); RETURN NULL;',
                    hash="0af544b98fe41a9baf97a9502f1f400ce19819f7",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_1cf55",
                    table="worklists_queue_teams",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="activity",
            trigger=pgtrigger.compiler.Trigger(
                name="history_is_append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="358f5b7a2fd4ffbe2fd79d72a8f1a47975d78006",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_history_is_append_only_c9209",
                    table="worklists_activity",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencepiece",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_evidence_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."state", \':\', NEW."state") = ANY(\'{needed:not_available,needed:received,needed:requested,not_available:needed,not_available:received,not_available:requested,received:needed,received:verified,requested:needed,requested:not_available,requested:received,verified:needed,verified:received}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."state" IS DISTINCT FROM NEW."state") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "state" from "%" to "%" on table %\', OLD."state", NEW."state", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="3d7ec6d9ca03110a4d182c38761a29ebd5a1f2bb",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_evidence_changes_2ee0f",
                    table="worklists_evidencepiece",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencepiece",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_evidencepieceevent" ("because", "changed_at", "changed_by_id", "facility_id", "held_at", "id", "item_id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."because", NEW."changed_at", NEW."changed_by_id", NEW."facility_id", NEW."held_at", NEW."id", NEW."item_id", NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."state"); RETURN NULL;',
                    hash="2845681fe1f3b6708fd17084bd4a9bc1e6c5e46f",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_4aed4",
                    table="worklists_evidencepiece",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencepiece",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "worklists_evidencepieceevent" ("because", "changed_at", "changed_by_id", "facility_id", "held_at", "id", "item_id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (NEW."because", NEW."changed_at", NEW."changed_by_id", NEW."facility_id", NEW."held_at", NEW."id", NEW."item_id", NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."state"); RETURN NULL;',
                    hash="3b361f9822482b2a69d474aafe2c91f449a3d01a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_abc0d",
                    table="worklists_evidencepiece",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="evidencepiece",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_evidencepieceevent" ("because", "changed_at", "changed_by_id", "facility_id", "held_at", "id", "item_id", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "state") VALUES (OLD."because", OLD."changed_at", OLD."changed_by_id", OLD."facility_id", OLD."held_at", OLD."id", OLD."item_id", OLD."key", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."state"); RETURN NULL;',
                    hash="60ab96f11426aceaeb11104fbf294dcee4be6679",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_5489d",
                    table="worklists_evidencepiece",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="firstview",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_firstviewevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "view_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."user_id", NEW."view_id"); RETURN NULL;',
                    hash="faea3fcaa9d641db583ca35a9dbc29358fedd55c",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_cdece",
                    table="worklists_firstview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="firstview",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "worklists_firstviewevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "view_id") VALUES (NEW."id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."user_id", NEW."view_id"); RETURN NULL;',
                    hash="3427ad16e0a48878f7e982dba5ccb4df4145ba1a",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_40d1a",
                    table="worklists_firstview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="firstview",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_firstviewevent" ("id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "user_id", "view_id") VALUES (OLD."id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."user_id", OLD."view_id"); RETURN NULL;',
                    hash="6a7ec6fd2189e7d1f694cac4a76f4901a9eebcb6",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_df9a1",
                    table="worklists_firstview",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="missedclock",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_missedclockevent" ("amount_at_risk", "explained_at", "explained_by_id", "explanation", "facility_id", "holder_id", "id", "item_id", "kind", "last_day", "level", "name", "noted_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queue_id", "rule_id", "why") VALUES (NEW."amount_at_risk", NEW."explained_at", NEW."explained_by_id", NEW."explanation", NEW."facility_id", NEW."holder_id", NEW."id", NEW."item_id", NEW."kind", NEW."last_day", NEW."level", NEW."name", NEW."noted_at", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."queue_id", NEW."rule_id", NEW."why"); RETURN NULL;',
                    hash="5ba97a44391a6ec8634dc8023cc19b28f5eb351e",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b6ab5",
                    table="worklists_missedclock",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="missedclock",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "worklists_missedclockevent" ("amount_at_risk", "explained_at", "explained_by_id", "explanation", "facility_id", "holder_id", "id", "item_id", "kind", "last_day", "level", "name", "noted_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queue_id", "rule_id", "why") VALUES (NEW."amount_at_risk", NEW."explained_at", NEW."explained_by_id", NEW."explanation", NEW."facility_id", NEW."holder_id", NEW."id", NEW."item_id", NEW."kind", NEW."last_day", NEW."level", NEW."name", NEW."noted_at", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."queue_id", NEW."rule_id", NEW."why"); RETURN NULL;',
                    hash="4ec19d7c763764fa2b8cbc1237627a2edab59740",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_bc269",
                    table="worklists_missedclock",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="missedclock",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_missedclockevent" ("amount_at_risk", "explained_at", "explained_by_id", "explanation", "facility_id", "holder_id", "id", "item_id", "kind", "last_day", "level", "name", "noted_at", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "queue_id", "rule_id", "why") VALUES (OLD."amount_at_risk", OLD."explained_at", OLD."explained_by_id", OLD."explanation", OLD."facility_id", OLD."holder_id", OLD."id", OLD."item_id", OLD."kind", OLD."last_day", OLD."level", OLD."name", OLD."noted_at", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."queue_id", OLD."rule_id", OLD."why"); RETURN NULL;',
                    hash="0354c0e23fc87ba03ca5cb199f42f4f89672313a",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_a9887",
                    table="worklists_missedclock",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_recordrequestevent" ("asked_by_id", "asked_on", "because", "due_on", "ended_by_id", "ended_on", "facility_id", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_on", "reminders", "state", "text", "to", "to_name") VALUES (NEW."asked_by_id", NEW."asked_on", NEW."because", NEW."due_on", NEW."ended_by_id", NEW."ended_on", NEW."facility_id", NEW."id", NEW."item_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."reminded_on", NEW."reminders", NEW."state", NEW."text", NEW."to", NEW."to_name"); RETURN NULL;',
                    hash="a10bf76fbb2bb6828af06e07177b6e2a1b046989",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_74b7b",
                    table="worklists_recordrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "worklists_recordrequestevent" ("asked_by_id", "asked_on", "because", "due_on", "ended_by_id", "ended_on", "facility_id", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_on", "reminders", "state", "text", "to", "to_name") VALUES (NEW."asked_by_id", NEW."asked_on", NEW."because", NEW."due_on", NEW."ended_by_id", NEW."ended_on", NEW."facility_id", NEW."id", NEW."item_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."reminded_on", NEW."reminders", NEW."state", NEW."text", NEW."to", NEW."to_name"); RETURN NULL;',
                    hash="4403a338f0d2a08b89f0b107665543e36a75929e",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_77e15",
                    table="worklists_recordrequest",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="recordrequest",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_recordrequestevent" ("asked_by_id", "asked_on", "because", "due_on", "ended_by_id", "ended_on", "facility_id", "id", "item_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "reminded_on", "reminders", "state", "text", "to", "to_name") VALUES (OLD."asked_by_id", OLD."asked_on", OLD."because", OLD."due_on", OLD."ended_by_id", OLD."ended_on", OLD."facility_id", OLD."id", OLD."item_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."reminded_on", OLD."reminders", OLD."state", OLD."text", OLD."to", OLD."to_name"); RETURN NULL;',
                    hash="7f08ef33bc81ee68c80b470300209699d55d6086",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_3112e",
                    table="worklists_recordrequest",
                    when="AFTER",
                ),
            ),
        ),
    ]
