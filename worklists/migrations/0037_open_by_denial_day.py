import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DECIDED = {"null": True, "on_delete": django.db.models.deletion.PROTECT, "related_name": "+", "db_index": False}


class Migration(migrations.Migration):
    """Lists by the age of the denial read one index; who closed an item and what settled it are looked for among what
    is closed, so that a change of open work writes two indexes less.
    """

    dependencies = [("worklists", "0036_vacuumed_soon")]

    operations = [
        migrations.AlterField(
            model_name="workitem",
            name="settled_by",
            field=models.ForeignKey(to="denials.remittedclaim", **DECIDED),
        ),
        migrations.AlterField(
            model_name="workitem",
            name="resolved_by",
            field=models.ForeignKey(to=settings.AUTH_USER_MODEL, **DECIDED),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("is_open", True)),
                fields=["denied_on", "id"],
                include=(
                    *("status", "is_open", "deadline", "last_safe_on", "rank_key"),
                    *("payer", "facility", "queue", "assignee", "category", "amount_at_risk"),
                ),
                name="open_by_denial_day",
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("resolved_by__isnull", False)), fields=["resolved_by"], name="resolved_by_who"
            ),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(("settled_by__isnull", False)), fields=["settled_by"], name="settled_by_what"
            ),
        ),
    ]
