from django.db import migrations, models


class Migration(migrations.Migration):
    """A discarded draft stays some minutes, so that it can be brought back."""

    dependencies = [("worklists", "0001_squashed_0039_states_known_together")]

    operations = [
        migrations.AddField(
            model_name="notedraft",
            name="discarded_at",
            field=models.DateTimeField(help_text="Until it is forgotten, this can be undone.", null=True),
        ),
    ]
