from django.db import migrations, models


class Migration(migrations.Migration):
    """In a call, why a day may be late is said for itself; a note is as long as that about the whole call."""

    dependencies = [("worklists", "0043_finished_on_the_way")]

    operations = [
        migrations.AddField(
            model_name="callclaim",
            name="late_because",
            field=models.CharField(
                blank=True, help_text="Why the promised day may be after the last safe one.", max_length=300
            ),
        ),
        migrations.AlterField(
            model_name="callclaim",
            name="text",
            field=models.TextField(blank=True, max_length=2000),
        ),
        migrations.AlterField(
            model_name="callclaim",
            name="kept_because",
            field=models.CharField(blank=True, help_text="Why no day was set, or nothing written.", max_length=300),
        ),
    ]
