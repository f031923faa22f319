from django.db import migrations, models


class Migration(migrations.Migration):
    """Search finds a claim by the medical record number that its payments tell."""

    dependencies = [("denials", "0018_sheet_left_out")]

    operations = [
        migrations.AddIndex(
            "remittedclaim",
            models.Index(
                fields=["medical_record"], condition=models.Q(medical_record__gt=""), name="remitted_by_record"
            ),
        )
    ]
