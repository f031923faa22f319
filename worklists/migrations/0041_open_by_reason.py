from django.db import migrations, models


class Migration(migrations.Migration):
    """What was denied by the same codes is worked as one batch: its list is found in its order by an index."""

    dependencies = [("worklists", "0040_discarded_drafts")]

    operations = [
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(is_open=True), fields=["reason", "rank_key", "id"], name="open_by_reason"
            ),
        ),
    ]
