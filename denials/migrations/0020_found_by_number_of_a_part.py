from django.db import migrations, models


class Migration(migrations.Migration):
    """Search finds a claim that its payer split by the number of each part."""

    dependencies = [("denials", "0019_found_by_medical_record")]

    operations = [
        migrations.AddIndex(
            "remittedclaim",
            models.Index(
                fields=["payer_control_number"], name="remitted_by_payer_number", opclasses=["text_pattern_ops"]
            ),
        )
    ]
