from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("worklists", "0029_open_by_code")]

    operations = [
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(condition=models.Q(("round__gt", 1)), fields=["rank_key", "id"], name="denied_again"),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("is_open", True), ("status__in", ("postponed", "waiting", "asking"))),
                fields=["status", "follow_up_on", "id"],
                name="open_and_away",
            ),
        ),
    ]
