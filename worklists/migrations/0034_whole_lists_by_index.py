from django.db import migrations, models

OPEN = models.Q(("is_open", True))
NARROWED = ("payer", "facility", "assignee", "category", "amount_at_risk")


class Migration(migrations.Migration):
    dependencies = [("worklists", "0033_lists_by_index")]

    operations = [
        migrations.RemoveIndex(model_name="workitem", name="open_by_rank"),
        migrations.RemoveIndex(model_name="workitem", name="open_by_safe_day"),
        migrations.RemoveIndex(model_name="workitem", name="open_by_day"),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=OPEN,
                fields=["rank_key", "id"],
                include=(
                    *("payer", "facility", "queue", "assignee", "category", "amount_at_risk"),
                    *("status", "is_open", "deadline", "last_safe_on", "denied_on"),
                    *("postponed_until", "round", "escalated_on", "evidence_state", "created_at"),
                ),
                name="open_by_rank",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=OPEN,
                fields=["deadline", "id"],
                include=(
                    *("status", "is_open", "last_safe_on", "rank_key"),
                    *("payer", "facility", "queue", "assignee", "category", "amount_at_risk"),
                ),
                name="open_by_day",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=OPEN,
                fields=["last_safe_on", "queue", "rank_key", "id"],
                include=("deadline", "postponed_until", "status", "denied_on", "created_at", *NARROWED),
                name="open_by_safe_day",
            ),
        ),
    ]
