"""Sheets of imaging events become sheets of a kind like all others: rows and events keep all that they say."""

import hashlib

import django.db.models.deletion
from django.db import migrations, models

MOVE = """
UPDATE worklists_imagingevent SET sheet_id = moved.now
FROM unnest(%s::bigint[], %s::bigint[]) AS moved(was, now) WHERE sheet_id = moved.was
"""


def move(apps, schema_editor):
    sheets, imaging = apps.get_model("denials", "Sheet"), apps.get_model("worklists", "ImagingSheet")
    digests, moved = set(), {}
    for old in imaging.objects.order_by("pk"):
        digest = old.sha256
        if digest in digests:  # the same bytes for another facility: both rows stay
            digest = hashlib.sha256(f"{old.facility_id} {old.sha256}".encode()).hexdigest()
        digests.add(digest)
        new = sheets.objects.create(
            sha256=digest,
            kind="imaging_events",
            name=old.name,
            size=old.size,
            content=old.content.name,
            state="recorded" if old.recorded_at else "received",
            facility_id=old.facility_id,
            skipped=old.counts.get("left_out", 0),
            uploaded_by_id=old.uploaded_by_id,
        )
        sheets.objects.filter(pk=new.pk).update(received_at=old.received_at)
        moved[old.pk] = new.pk
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("ALTER TABLE worklists_imagingevent DISABLE TRIGGER pgtrigger_imaging_is_append_only_f268b")
        cursor.execute(MOVE, [list(moved), list(moved.values())])
        cursor.execute("ALTER TABLE worklists_imagingevent ENABLE TRIGGER pgtrigger_imaging_is_append_only_f268b")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


class Migration(migrations.Migration):
    dependencies = [("denials", "0017_patient_names"), ("worklists", "0025_next_by_index")]

    operations = [
        migrations.AlterField(
            model_name="imagingevent",
            name="sheet",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="events",
                to="worklists.imagingsheet",
            ),
        ),
        migrations.RunPython(move),
        migrations.AlterField(
            model_name="imagingevent",
            name="sheet",
            field=models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="denials.sheet",
            ),
        ),
        migrations.DeleteModel(name="ImagingSheet"),
    ]
