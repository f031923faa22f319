import django.contrib.postgres.indexes
import django.core.validators
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.functions.datetime
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


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
    ]

    initial = True

    dependencies = [
        ("accounts", "0005_contributor_called"),
        ("denials", "0013_denial_product"),
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
                ("reason", models.CharField(help_text="Group, CARC and remarks: CO-197 N54.", max_length=60)),
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
                            func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{asking:new,asking:resolved,asking:taken,new:asking,new:postponed,new:resolved,new:taken,new:waiting,postponed:asking,postponed:new,postponed:resolved,postponed:taken,postponed:waiting,resolved:new,taken:asking,taken:new,taken:postponed,taken:resolved,taken:waiting,waiting:new,waiting:resolved,waiting:taken}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                            hash="2b0794df4bd9e5dc008cfe57bde1c23f84cdde67",
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
                    models.Index(condition=models.Q(("is_open", True)), fields=["rank_key", "id"], name="open_by_rank"),
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
                        condition=models.Q(("assignee__isnull", True), ("is_open", True)),
                        fields=["queue", "rank_key", "id"],
                        name="open_and_free",
                    ),
                    models.Index(
                        condition=models.Q(("status", "resolved")), fields=["resolved_at"], name="resolved_by_day"
                    ),
                    models.Index(
                        condition=models.Q(("is_open", True)),
                        fields=["last_safe_on", "queue", "rank_key", "id"],
                        include=("deadline", "facility", "assignee", "postponed_until", "status"),
                        name="open_by_safe_day",
                    ),
                    models.Index(
                        condition=models.Q(("assignee__isnull", True), ("is_open", True)),
                        fields=["queue", "last_safe_on"],
                        name="free_by_safe_day",
                    ),
                    models.Index(
                        condition=models.Q(("assignee__isnull", True), ("is_open", True), ("is_thin", True)),
                        fields=["queue", "rank_key", "id"],
                        name="free_and_thin",
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
            name="BulkActRow",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("before", models.JSONField()),
                ("version_after", models.PositiveIntegerField(null=True)),
                ("is_undone", models.BooleanField(default=False)),
                ("kept_because", models.CharField(blank=True, help_text="Why undo left it alone.", max_length=200)),
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
                            ("step_done", "Step done"),
                            ("step_undone", "Step not done after all"),
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
                (
                    "item",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="activities",
                        to="worklists.workitem",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "activities",
                "ordering": ["-at", "-pk"],
                "triggers": [
                    pgtrigger.compiler.Trigger(
                        name="history_is_append_only",
                        sql=pgtrigger.compiler.UpsertTriggerSql(
                            func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                            hash="358f5b7a2fd4ffbe2fd79d72a8f1a47975d78006",
                            operation="UPDATE OR DELETE",
                            pgid="pgtrigger_history_is_append_only_c9209",
                            table="worklists_activity",
                            when="BEFORE",
                        ),
                    )
                ],
                "indexes": [
                    models.Index(fields=["item", "-at", "-id"], name="activity_by_item"),
                    models.Index(fields=["actor", "-at"], name="activity_by_person"),
                ],
            },
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
            },
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
    ]
