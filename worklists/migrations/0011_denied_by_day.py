import django.contrib.postgres.indexes
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("worklists", "0010_clarifications"),
    ]

    operations = [
        migrations.AddField(
            model_name="daycount",
            name="denied",
            field=models.IntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=django.contrib.postgres.indexes.BrinIndex(
                autosummarize=True, fields=["denied_on"], name="denied_by_day"
            ),
        ),
    ]
