"""What makes two denials the same fault stands beside each, so that an index finds those like it."""

from django.db import migrations, models

FILL = """
UPDATE denials_denial d SET
    fault_codes = {codes},
    fault_procedures = {procedures},
    fault_provider = {provider}
FROM (
    SELECT d.id,
        coalesce(nullif(trim(concat_ws('-', nullif(d.primary_group, ''), nullif(d.primary_code, '')) || ' ' || coalesce(
            (SELECT string_agg(code, ' ' ORDER BY code COLLATE "C") FROM (SELECT DISTINCT unnest(d.remarks) AS code) r),
            '')), ''), d.outcome) AS codes,
        coalesce((SELECT string_agg(done, ', ' ORDER BY done COLLATE "C") FROM (
            SELECT DISTINCT concat_ws('-', coalesce(nullif(l.procedure, ''), 'rev ' || l.revenue_code),
                nullif(array_to_string(l.modifiers, '-'), '')) AS done
            FROM denials_remittedline l
            WHERE l.remitted_claim_id = d.remitted_claim_id AND l.procedure || l.revenue_code <> ''
                AND (d.denied_lines = '{{}}' OR l.number = ANY(d.denied_lines))) p), '') AS procedures,
        coalesce(nullif(c.rendering_npi, ''), c.rendering_name) AS provider
    FROM denials_denial d JOIN denials_remittedclaim c ON c.id = d.remitted_claim_id
) said
WHERE said.id = d.id
"""
SHORT = """CASE WHEN length(said.{0}) <= 120 THEN said.{0} ELSE
    left(said.{0}, 106) || '… ' || left(encode(sha256(convert_to(said.{0}, 'UTF8')), 'hex'), 12) END"""
"""As denials/domain/same_fault.py writes it."""


def fill(apps, schema_editor):
    parts = {name: SHORT.format(name) for name in ("codes", "procedures", "provider")}
    schema_editor.execute(FILL.format(**parts))


def part(help_text):
    return models.CharField(blank=True, db_default="", default="", help_text=help_text, max_length=120)


class Migration(migrations.Migration):
    dependencies = [
        ("denials", "0013_denial_product"),
    ]

    operations = [
        migrations.AddField("denial", "fault_codes", part("Reason and remarks, in one order.")),
        migrations.AddField(
            "denial", "fault_procedures", part("Procedures and modifiers of the denied lines, in one order.")
        ),
        migrations.AddField("denial", "fault_provider", part("Who rendered the service.")),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddIndex(
            "denial",
            models.Index(
                fields=["fault_codes", "payer", "fault_procedures", "fault_provider", "facility"],
                name="denial_same_fault",
            ),
        ),
        migrations.AddIndex(
            "denial",
            models.Index(
                fields=["fault_procedures", "payer", "fault_provider", "facility"], name="denial_same_procedure"
            ),
        ),
    ]
