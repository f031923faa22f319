import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """A person says which part of a split claim a payment is about."""

    dependencies = [
        ("denials", "0020_found_by_number_of_a_part"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="exceptioncase",
            name="kind",
            field=models.CharField(
                choices=[
                    ("unknown_code", "Unknown code"),
                    ("retired_code", "Retired code"),
                    ("missing_remark", "Remark missing"),
                    ("suspected_denial", "Suspected denial"),
                    ("unknown_payer", "Payer not confirmed"),
                    ("ambiguous_payer", "Several payers fit"),
                    ("ambiguous_claim", "Ambiguous match"),
                    ("ambiguous_part", "Several parts fit"),
                    ("unmatched_reversal", "Unmatched reversal"),
                    ("takeback", "Takeback"),
                    ("pending_long", "Pending too long"),
                    ("unbalanced", "Does not balance"),
                    ("cut_file", "File cut short"),
                    ("duplicate_trace", "Duplicate trace"),
                    ("held", "Remittance held"),
                    ("unreadable_amount", "Amount not readable"),
                ],
                max_length=20,
            ),
        ),
        migrations.AlterField(
            model_name="exceptioncaseevent",
            name="kind",
            field=models.CharField(
                choices=[
                    ("unknown_code", "Unknown code"),
                    ("retired_code", "Retired code"),
                    ("missing_remark", "Remark missing"),
                    ("suspected_denial", "Suspected denial"),
                    ("unknown_payer", "Payer not confirmed"),
                    ("ambiguous_payer", "Several payers fit"),
                    ("ambiguous_claim", "Ambiguous match"),
                    ("ambiguous_part", "Several parts fit"),
                    ("unmatched_reversal", "Unmatched reversal"),
                    ("takeback", "Takeback"),
                    ("pending_long", "Pending too long"),
                    ("unbalanced", "Does not balance"),
                    ("cut_file", "File cut short"),
                    ("duplicate_trace", "Duplicate trace"),
                    ("held", "Remittance held"),
                    ("unreadable_amount", "Amount not readable"),
                ],
                max_length=20,
            ),
        ),
        migrations.CreateModel(
            name="ChosenPart",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("chosen_at", models.DateTimeField(auto_now_add=True)),
                (
                    "chosen_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "part",
                    models.ForeignKey(
                        help_text="An earlier result of that part; empty where it is about all that it fits.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="denials.remittedclaim",
                    ),
                ),
                (
                    "result",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="chosen_part",
                        to="denials.remittedclaim",
                    ),
                ),
            ],
        ),
    ]
