"""A denial keeps the kind and product line of its payer as they were when it was concluded; those of now get both."""

from itertools import islice

from django.db import migrations, models
from django.db.models import OuterRef, Subquery

from denials.domain.products import ProductScope, product_of

BATCH = 1000


def fill(apps, schema_editor):
    denial, payer = apps.get_model("denials", "Denial"), apps.get_model("denials", "Payer")
    own = payer.objects.filter(pk=OuterRef("payer"))
    denial.objects.update(payer_kind=Subquery(own.values("kind")), product=Subquery(own.values("product")))
    lines = {}
    for line in apps.get_model("denials", "PayerProduct").objects.filter(is_active=True).order_by("pk"):
        lines.setdefault(line.payer_id, {})[line.pk] = line
    for payer_id, known in lines.items():
        _fill_by_line(denial, payer_id, known)


def _fill_by_line(denial, payer_id, known):
    scopes = [ProductScope(pk, row.name, tuple(row.filing_codes), tuple(row.id_prefixes)) for pk, row in known.items()]
    rows = denial.objects.filter(payer=payer_id).select_related("remitted_claim").iterator(chunk_size=BATCH)
    while batch := list(islice(rows, BATCH)):
        for row in batch:
            chosen = product_of(row.remitted_claim, scopes).product
            if chosen:
                row.payer_kind = known[chosen.id].kind or row.payer_kind
                row.product = chosen.name
        denial.objects.bulk_update(batch, ["payer_kind", "product"])


class Migration(migrations.Migration):
    dependencies = [("denials", "0012_last_safe_day")]

    operations = [
        migrations.AddField(
            model_name="denial",
            name="payer_kind",
            field=models.CharField(blank=True, help_text="Of the payer's product line, else its own.", max_length=20),
        ),
        migrations.AddField(
            model_name="denial",
            name="product",
            field=models.CharField(
                blank=True, help_text="The payer's product line, or its word for it.", max_length=80
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
