"""Copies the contacts that stood on the payer itself into rows of their own, each with the day it was checked."""

from django.db import migrations

FIELDS = {"appeals_address": "appeals_address", "appeals_fax": "fax", "phone": "phone", "portal": "portal"}


def to_rows(apps, schema_editor):
    payer_contact = apps.get_model("denials", "PayerContact")
    rows = [
        payer_contact(payer=payer, kind=kind, value=value, verified_on=payer.contact_verified_on)
        for payer in apps.get_model("denials", "Payer").objects.order_by("pk")
        for field, kind in FIELDS.items()
        if (value := getattr(payer, field).strip())
    ]
    payer_contact.objects.bulk_create(rows, batch_size=500)


def to_fields(apps, schema_editor):
    rows = apps.get_model("denials", "PayerContact").objects.filter(is_current=True, product=None)
    for row in rows.filter(kind__in=FIELDS.values()).select_related("payer"):
        field = next(name for name, kind in FIELDS.items() if kind == row.kind)
        setattr(row.payer, field, row.value)
        row.payer.contact_verified_on = row.verified_on
        row.payer.save(update_fields=[field, "contact_verified_on"])


class Migration(migrations.Migration):
    dependencies = [("denials", "0008_readings")]

    operations = [migrations.RunPython(to_rows, to_fields)]
