from django.db import migrations, models

INDEX = models.Index(
    fields=["payer", "queue", "rank_key", "id"],
    include=[
        *("status", "is_open", "deadline", "last_safe_on", "denied_on", "postponed_until", "round"),
        *("facility", "assignee", "category", "amount_at_risk"),
    ],
    condition=models.Q(is_open=True),
    name="open_by_payer",
)


class Migration(migrations.Migration):
    """What a payer has open is found by the payer alone, and told without its rows: so are payers that have little."""

    dependencies = [("worklists", "0046_ticks_undone")]

    operations = [migrations.RemoveIndex("workitem", "open_by_payer"), migrations.AddIndex("workitem", INDEX)]
