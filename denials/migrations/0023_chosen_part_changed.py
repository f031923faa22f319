import django.db.models.deletion
import django.utils.timezone
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """What a person said of a part may be said otherwise: why, and what was said before."""

    dependencies = [
        ("denials", "0022_looked_through_again"),
        ("pghistory", "0007_auto_20250421_0444"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ChosenPartEvent",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                ("chosen_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("because", models.CharField(blank=True, help_text="Why another part than before.", max_length=300)),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="chosenpart",
            name="because",
            field=models.CharField(blank=True, help_text="Why another part than before.", max_length=300),
        ),
        migrations.AlterField(
            model_name="chosenpart",
            name="chosen_at",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chosenpart",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_chosenpartevent" ("because", "chosen_at", "chosen_by_id", "id", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id") VALUES (NEW."because", NEW."chosen_at", NEW."chosen_by_id", NEW."id", NEW."part_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."result_id"); RETURN NULL;',
                    hash="b828e15cb7d9ee65d8dfc1f23977d399940f30c7",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_b25a9",
                    table="denials_chosenpart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chosenpart",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "denials_chosenpartevent" ("because", "chosen_at", "chosen_by_id", "id", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id") VALUES (NEW."because", NEW."chosen_at", NEW."chosen_by_id", NEW."id", NEW."part_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."result_id"); RETURN NULL;',
                    hash="9c9a76635bb9a8eed80cd125bcf5428a507ff136",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_5003c",
                    table="denials_chosenpart",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chosenpart",
            trigger=pgtrigger.compiler.Trigger(
                name="delete_delete",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "denials_chosenpartevent" ("because", "chosen_at", "chosen_by_id", "id", "part_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "result_id") VALUES (OLD."because", OLD."chosen_at", OLD."chosen_by_id", OLD."id", OLD."part_id", _pgh_attach_context(), NOW(), \'delete\', OLD."id", OLD."result_id"); RETURN NULL;',
                    hash="eafe5e0e8dd3b20570096128d15244eb9ba12fc0",
                    operation="DELETE",
                    pgid="pgtrigger_delete_delete_22fba",
                    table="denials_chosenpart",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddField(
            model_name="chosenpartevent",
            name="chosen_by",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="chosenpartevent",
            name="part",
            field=models.ForeignKey(
                db_constraint=False,
                help_text="An earlier result of that part; empty where it is about all that it fits.",
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="denials.remittedclaim",
            ),
        ),
        migrations.AddField(
            model_name="chosenpartevent",
            name="pgh_context",
            field=models.ForeignKey(
                db_constraint=False,
                null=True,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                to="pghistory.context",
            ),
        ),
        migrations.AddField(
            model_name="chosenpartevent",
            name="pgh_obj",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="events",
                to="denials.chosenpart",
            ),
        ),
        migrations.AddField(
            model_name="chosenpartevent",
            name="result",
            field=models.ForeignKey(
                db_constraint=False,
                on_delete=django.db.models.deletion.DO_NOTHING,
                related_name="+",
                related_query_name="+",
                to="denials.remittedclaim",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="chosenpartevent",
            trigger=pgtrigger.compiler.Trigger(
                name="append_only",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func="RAISE EXCEPTION 'pgtrigger: Cannot update or delete rows from % table', TG_TABLE_NAME;",
                    hash="87bc4778141f4eb324180d2d68d9a45e866888ce",
                    operation="UPDATE OR DELETE",
                    pgid="pgtrigger_append_only_12400",
                    table="denials_chosenpartevent",
                    when="BEFORE",
                ),
            ),
        ),
    ]
