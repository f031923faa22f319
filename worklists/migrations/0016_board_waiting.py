from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("worklists", "0015_few_outcomes"),
    ]

    operations = [
        migrations.AddField(model_name="boardcell", name="asking", field=models.IntegerField(default=0)),
        migrations.AddField(model_name="boardcell", name="escalated", field=models.IntegerField(default=0)),
        # What was counted without these columns is counted again.
        migrations.RunSQL("DELETE FROM worklists_boardstate", migrations.RunSQL.noop),
    ]
