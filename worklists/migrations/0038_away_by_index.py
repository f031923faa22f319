from django.db import migrations, models

OPEN_AND_AWAY = models.Q(("is_open", True), ("status__in", ("postponed", "waiting", "asking")))


class Migration(migrations.Migration):
    """What waits for a day or for somebody is counted from the index alone, narrowed by whatever a list is."""

    dependencies = [("worklists", "0037_open_by_denial_day")]

    operations = [
        migrations.RemoveIndex(model_name="workitem", name="open_and_away"),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=OPEN_AND_AWAY,
                fields=["status", "follow_up_on", "id"],
                include=(
                    *("is_open", "deadline", "last_safe_on", "postponed_until", "denied_on", "rank_key"),
                    *("payer", "facility", "queue", "assignee", "category", "amount_at_risk"),
                ),
                name="open_and_away",
            ),
        ),
    ]
