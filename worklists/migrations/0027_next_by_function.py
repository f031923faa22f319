import datetime

from django.db import migrations, models
from django.db.models.functions import Coalesce

from worklists.taking_sql import CREATE, DROP

AWAKE_FROM = Coalesce("postponed_until", models.Value(datetime.date(1, 1, 1)))
FREE = models.Q(("assignee__isnull", True), ("is_open", True), ("status__in", ("new", "postponed")))
HANDED = models.Q(("assignee__isnull", False), ("is_open", True), ("status__in", ("new", "postponed")))


class Migration(migrations.Migration):
    dependencies = [("worklists", "0026_imaging_sheets")]

    operations = [
        migrations.RemoveIndex(model_name="workitem", name="open_and_free"),
        migrations.RemoveIndex(model_name="workitem", name="handed_over"),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                models.F("queue"),
                models.F("rank_key"),
                models.F("id"),
                AWAKE_FROM,
                condition=FREE,
                name="free_by_rank",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                models.F("queue"),
                models.F("last_safe_on"),
                models.F("deadline"),
                AWAKE_FROM,
                models.F("rank_key"),
                models.F("id"),
                condition=FREE,
                name="free_by_safe_day",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(models.F("assignee"), AWAKE_FROM, condition=HANDED, name="handed_over"),
        ),
        migrations.RunSQL(CREATE, DROP),
    ]
