import datetime

from django.db import migrations, models
from django.db.models.functions import Coalesce

from worklists.taking_sql import CREATE, DROP

AWAKE_FROM = Coalesce("postponed_until", models.Value(datetime.date(1, 1, 1)))
FREE = models.Q(("assignee__isnull", True), ("is_open", True), ("status__in", ("new", "postponed")))


class Migration(migrations.Migration):
    dependencies = [("worklists", "0034_whole_lists_by_index")]

    operations = [
        migrations.RemoveIndex(model_name="workitem", name="free_by_rank"),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                models.F("queue"),
                models.F("rank_key"),
                models.F("id"),
                models.F("last_safe_on"),
                models.F("deadline"),
                AWAKE_FROM,
                condition=FREE,
                name="free_by_rank",
            ),
        ),
        migrations.RemoveIndex(model_name="workitem", name="free_and_thin"),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                models.F("queue"),
                models.F("rank_key"),
                models.F("id"),
                AWAKE_FROM,
                condition=FREE & models.Q(("is_thin", True)),
                name="free_and_thin",
            ),
        ),
        migrations.RunSQL([DROP, CREATE], migrations.RunSQL.noop),
    ]
