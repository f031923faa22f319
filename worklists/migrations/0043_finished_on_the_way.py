import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    """What somebody finished keeps its place in the list that they walk through."""

    dependencies = [("worklists", "0042_provider")]

    operations = [
        migrations.AddField(
            model_name="listsnapshot",
            name="finished",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.BigIntegerField(),
                default=list,
                help_text="Those that the person did and went on from.",
                size=None,
            ),
        ),
    ]
