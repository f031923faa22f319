from django.db import migrations


def ask_for_what_is_recorded_already(apps, schema_editor):
    """A worker looks for kinds of exception that came since through the remittances that were recorded before."""
    if apps.get_model("denials", "Remittance").objects.exists():
        apps.get_model("denials", "Job").objects.get_or_create(
            kind="find_exceptions", subject=0, state="waiting", defaults={"attempts": 0}
        )


class Migration(migrations.Migration):
    """Money taken outside of results, and payments that fit several parts, are found of the time before too."""

    dependencies = [
        ("denials", "0021_chosen_part"),
    ]

    operations = [
        migrations.RunPython(ask_for_what_is_recorded_already, migrations.RunPython.noop),
    ]
