import django.db.models.constraints
import django.db.models.deletion
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
    ]

    initial = True

    dependencies = [
        ("accounts", "0001_initial"),
        ("denials", "0001_initial"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
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
                ("teams", models.ManyToManyField(blank=True, related_name="queues", to="accounts.team")),
            ],
            options={
                "ordering": ["name"],
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
                    "queue",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="rules", to="worklists.queue"
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
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
                    "settled_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.remittedclaim",
                    ),
                ),
            ],
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
                            ("send", "Sent"),
                            ("return", "Answer recorded"),
                            ("resolve", "Resolved"),
                            ("settle", "Settled by a remittance"),
                            ("reopen", "Reopened"),
                            ("take_back", "Taken back by the payer"),
                            ("denied_again", "Denied again"),
                            ("missed", "Clock missed"),
                            ("reread", "Read again"),
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
            },
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
        migrations.AddConstraint(
            model_name="routingrule",
            constraint=models.UniqueConstraint(
                deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                fields=("position",),
                name="one_rule_per_position",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["queue", "rank_key", "id"],
                include=("payer", "facility", "amount_at_risk", "deadline", "postponed_until", "assignee", "status"),
                name="open_by_queue",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(condition=models.Q(("is_open", True)), fields=["rank_key", "id"], name="open_by_rank"),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("is_open", True)), fields=["assignee", "rank_key", "id"], name="open_by_owner"
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("is_open", True)), fields=["queue", "payer", "rank_key", "id"], name="open_by_payer"
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["queue", "category", "rank_key", "id"],
                name="open_by_category",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("is_open", True)), fields=["queue", "deadline", "id"], name="open_by_deadline"
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("is_open", True)), fields=["queue", "amount_at_risk", "id"], name="open_by_amount"
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("assignee__isnull", True), ("is_open", True)),
                fields=["queue", "rank_key", "id"],
                name="open_and_free",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("status", "resolved")), fields=["resolved_at"], name="resolved_by_day"
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "resolved"), _negated=True),
                    models.Q(("resolution__gt", ""), ("resolved_at__isnull", False)),
                    _connector="OR",
                ),
                name="resolved_item_says_how",
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "postponed"), _negated=True),
                    ("postponed_until__isnull", False),
                    _connector="OR",
                ),
                name="postponed_item_has_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "taken"), _negated=True), ("assignee__isnull", False), _connector="OR"
                ),
                name="taken_item_has_owner",
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "new"), _negated=True),
                    ("assignee__isnull", True),
                    ("taken_at__isnull", True),
                    _connector="OR",
                ),
                name="new_item_is_not_taken",
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.CheckConstraint(
                condition=models.Q(("recovered_amount__gte", 0)), name="recovered_not_negative"
            ),
        ),
        migrations.AddConstraint(
            model_name="workitem",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "resolved"), _negated=True),
                fields=("claim",),
                name="one_open_item_per_claim",
            ),
        ),
        migrations.AddConstraint(
            model_name="playbookstepdone",
            constraint=models.UniqueConstraint(fields=("item", "round", "playbook", "step"), name="one_tick_per_step"),
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
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["item", "-at", "-id"], name="activity_by_item"),
        ),
        migrations.AddIndex(
            model_name="activity",
            index=models.Index(fields=["actor", "-at"], name="activity_by_person"),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figure",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figure",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figure",
            trigger=pgtrigger.compiler.Trigger(
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
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="figureevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="1e74acc277ee85be19db040b60c4493f04d68fe7",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_ef457",
                    table="worklists_figureevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="queue",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_queueevent" ("id", "is_active", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose") VALUES (NEW."id", NEW."is_active", NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."purpose"); RETURN NULL;',
                    hash="db3b39ca46ed0780c63febb6ecf7becb203dbc75",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_dc882",
                    table="worklists_queue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="queue",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "worklists_queueevent" ("id", "is_active", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose") VALUES (NEW."id", NEW."is_active", NEW."key", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."purpose"); RETURN NULL;',
                    hash="0226617733aae4c6bac155e557c9b4b4137b585b",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_e75d1",
                    table="worklists_queue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="queue",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_queueevent" ("id", "is_active", "key", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "purpose") VALUES (OLD."id", OLD."is_active", OLD."key", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."purpose"); RETURN NULL;',
                    hash="06bc83daf89387ffe044d2398ea1a4a6e1f46fd2",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_f3168",
                    table="worklists_queue",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="queueevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="a0c120c8fa15db1a70ea8d949f299250ba201184",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_16139",
                    table="worklists_queueevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="queueteamevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b6f2cf51ac80e4a8833f4d6ad989713bbfc8978a",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_23927",
                    table="worklists_queueteamevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="routingrule",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_routingruleevent" ("conditions", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "queue_id", "version") VALUES (NEW."conditions", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."position", NEW."queue_id", NEW."version"); RETURN NULL;',
                    hash="d0371a7b3531d543ac47668c7ab84dceecb7d219",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_a82b5",
                    table="worklists_routingrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="routingrule",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "worklists_routingruleevent" ("conditions", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "queue_id", "version") VALUES (NEW."conditions", NEW."id", NEW."is_active", NEW."name", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."position", NEW."queue_id", NEW."version"); RETURN NULL;',
                    hash="c026b616a48e9a84f90b0ce99ef32476fbcb8bc0",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_85205",
                    table="worklists_routingrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="routingrule",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "worklists_routingruleevent" ("conditions", "id", "is_active", "name", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "position", "queue_id", "version") VALUES (OLD."conditions", OLD."id", OLD."is_active", OLD."name", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."position", OLD."queue_id", OLD."version"); RETURN NULL;',
                    hash="6982d4a8f80f5ac855df9fca6ca84b3ae6392fd9",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_99825",
                    table="worklists_routingrule",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="routingruleevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="b573957c5b8de4e290efcdec5a2bb49fddecdb37",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_54c86",
                    table="worklists_routingruleevent",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="workitem",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_status_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{new:postponed,new:resolved,new:taken,new:waiting,postponed:new,postponed:resolved,postponed:taken,postponed:waiting,resolved:new,taken:new,taken:postponed,taken:resolved,taken:waiting,waiting:new,waiting:resolved,waiting:taken}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="73df6d52de7025de79189f8f1a1c37d2eb9ef3f5",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_status_changes_d64be",
                    table="worklists_workitem",
                    when="BEFORE",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="missedclockevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="c482662a9c793dcfb3634ac430ed1ed6f133e4bb",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_e109b",
                    table="worklists_missedclockevent",
                    when="BEFORE",
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
    ]
