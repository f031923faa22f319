import django.contrib.postgres.indexes
from django.db import migrations, models

import worklists.models.items

CUT_AT = 55
"""A reason that was cut at 60 characters, within or behind a code, is at least so long."""
WHOLE_AGAIN = f"""
UPDATE worklists_workitem i SET reason = left(concat_ws(' ',
    CASE WHEN d.primary_code <> '' THEN d.primary_group || '-' || d.primary_code END,
    nullif(array_to_string(d.remarks, ' '), '')), 400)
FROM denials_denial d WHERE d.id = i.denial_id AND length(i.reason) >= {CUT_AT}
"""
HOW_COMMON = """
CREATE STATISTICS codes_of_items ON (string_to_array(replace(reason, '-', ' '), ' ')) FROM worklists_workitem
"""
"""PostgreSQL asks no partial index how common a code is; then it reads rare ones by the index, others in order."""


class Migration(migrations.Migration):
    dependencies = [("worklists", "0028_next_asked_with_less")]

    operations = [
        migrations.AlterField(
            model_name="workitem",
            name="reason",
            field=models.CharField(help_text="Group, CARC and remarks: CO-197 N54.", max_length=400),
        ),
        migrations.AddIndex(
            model_name="workitem",
            index=django.contrib.postgres.indexes.GinIndex(
                worklists.models.items.Codes("reason"),
                condition=models.Q(("is_open", True)),
                name="open_by_code",
            ),
        ),
        migrations.RunSQL(HOW_COMMON, "DROP STATISTICS codes_of_items"),
        migrations.RunSQL(WHOLE_AGAIN, migrations.RunSQL.noop),
    ]
