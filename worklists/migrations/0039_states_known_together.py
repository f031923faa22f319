from django.db import migrations, models

TOGETHER = """
CREATE STATISTICS open_work_by_state (mcv) ON is_open, status, assignee_id FROM worklists_workitem;
ANALYZE worklists_workitem
"""
APART = "DROP STATISTICS open_work_by_state"


class Migration(migrations.Migration):
    """PostgreSQL counts which states and owners open work has. By each column alone it takes what nobody owns for rare
    among open work, of which it is most, and reads all of it to find a code.
    """

    dependencies = [("worklists", "0038_away_by_index")]

    operations = [
        migrations.RemoveIndex(model_name="workitem", name="open_by_size"),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["amount_at_risk", "id"],
                include=(
                    *("status", "is_open", "deadline", "last_safe_on", "denied_on", "rank_key"),
                    *("payer", "facility", "queue", "assignee", "category"),
                ),
                name="open_by_size",
            ),
        ),
        migrations.RunSQL(TOGETHER, APART),
    ]
