from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FILL = """
UPDATE worklists_workitem i SET provider = d.fault_provider
FROM denials_denial d WHERE d.id = i.denial_id AND d.fault_provider <> ''
"""


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FILL)


class Migration(migrations.Migration):
    """Lists are narrowed to one provider, and grouped by it, without their denials."""

    dependencies = [("worklists", "0041_open_by_reason")]

    operations = [
        migrations.AddField(
            model_name="workitem",
            name="provider",
            field=models.CharField(
                blank=True,
                help_text="Who rendered it, as its denial has it (denials/domain/same_fault.py).",
                max_length=120,
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="workitem",
            index=models.Index(
                condition=models.Q(is_open=True), fields=["provider", "rank_key", "id"], name="open_by_provider"
            ),
        ),
    ]
