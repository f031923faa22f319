from django.db import migrations, models

RESOLVED = models.Q(status="resolved")


class Migration(migrations.Migration):
    dependencies = [("worklists", "0021_notes_and_calls")]

    operations = [
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=RESOLVED, fields=["payer", "reason", "-resolved_at"], name="resolved_by_payer_and_codes"
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                models.Func(models.F("reason"), models.Value(" "), models.Value(1), function="SPLIT_PART"),
                models.OrderBy(models.F("resolved_at"), descending=True),
                condition=RESOLVED,
                name="resolved_by_code",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(condition=RESOLVED, fields=["category", "-resolved_at"], name="resolved_by_category"),
        ),
    ]
