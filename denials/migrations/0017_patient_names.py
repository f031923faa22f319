from __future__ import annotations

import django.contrib.postgres.indexes
import django.db.models.deletion
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations, models

# As denials.patient_names.words_of reads a name: its words of letters, in capitals.
LEARN = """
INSERT INTO denials_patientname (facility_id, word)
SELECT DISTINCT facility_id, word
FROM denials_claim, regexp_split_to_table(upper(patient_last || ' ' || patient_first), '[^[:alpha:]]+') AS word
WHERE length(word) >= 2
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_contributor"), ("denials", "0016_call_asks")]

    operations = [
        TrigramExtension(),
        migrations.CreateModel(
            name="PatientName",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("word", models.CharField(max_length=80)),
                (
                    "facility",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.facility",
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["word"], name="name_by_sound", opclasses=["gin_trgm_ops"]
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("facility", "word"), name="one_name_for_each_facility")
                ],
            },
        ),
        migrations.RunSQL(LEARN, migrations.RunSQL.noop),
    ]
