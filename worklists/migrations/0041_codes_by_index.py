from django.db import migrations, models

IS_OPEN = models.Q(("is_open", True))
NARROWED = ("payer", "facility", "queue", "assignee", "category", "amount_at_risk")
CODED = ("reason", "modalities")


class Migration(migrations.Migration):
    """Common codes and modalities are counted from the indexes that lists are walked by, without the rows."""

    dependencies = [("worklists", "0040_discarded_drafts")]

    operations = [
        migrations.RemoveIndex(model_name="workitem", name="open_by_rank"),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=IS_OPEN,
                fields=["rank_key", "id"],
                include=(
                    *(*NARROWED, *CODED),
                    *("status", "is_open", "deadline", "last_safe_on", "denied_on"),
                    *("postponed_until", "round", "escalated_on", "evidence_state", "created_at"),
                ),
                name="open_by_rank",
            ),
        ),
        migrations.RemoveIndex(model_name="workitem", name="open_by_day"),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=IS_OPEN,
                fields=["deadline", "id"],
                include=("status", "is_open", "last_safe_on", "rank_key", *NARROWED, *CODED),
                name="open_by_day",
            ),
        ),
        migrations.RemoveIndex(model_name="workitem", name="open_and_away"),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=IS_OPEN & models.Q(("status__in", ("postponed", "waiting", "asking"))),
                fields=["status", "follow_up_on", "id"],
                include=(
                    *("is_open", "deadline", "last_safe_on", "postponed_until", "denied_on", "rank_key"),
                    *(*NARROWED, *CODED),
                ),
                name="open_and_away",
            ),
        ),
    ]
