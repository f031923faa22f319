import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

import worklists.models.items
from worklists.domain.modalities import NAMES, codes_of

FILL = """
UPDATE worklists_workitem i SET modalities = found.modalities
FROM (
    SELECT d.id, array_agg(DISTINCT known.modality ORDER BY known.modality) AS modalities
    FROM unnest(%s::text[], %s::text[]) AS known (code, modality)
    JOIN denials_remittedline l ON l.procedure = known.code
    JOIN denials_denial d ON d.remitted_claim_id = l.remitted_claim_id
    GROUP BY d.id
) AS found
WHERE found.id = i.denial_id
"""


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    known = [(code, key) for key in NAMES for code in codes_of(key)]
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(FILL, [list(column) for column in zip(*known, strict=True)])


class Migration(migrations.Migration):
    dependencies = [("worklists", "0030_found_sooner")]

    operations = [
        migrations.AddField(
            model_name="workitem",
            name="modalities",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.CharField(max_length=20),
                db_default=[],
                default=list,
                help_text="Kinds of imaging among the lines of its denial's claim (worklists/domain/modalities.py).",
                size=None,
            ),
        ),
        migrations.RemoveIndex(model_name="workitem", name="open_by_code"),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            model_name="workitem",
            index=django.contrib.postgres.indexes.GinIndex(
                worklists.models.items.Codes("reason"),
                models.F("modalities"),
                condition=models.Q(("is_open", True)),
                name="open_by_code",
            ),
        ),
    ]
