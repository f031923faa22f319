from django.db import migrations, models


class Migration(migrations.Migration):
    """Evidence of many items and their letters are acts, which can be undone."""

    dependencies = [("worklists", "0047_found_by_payer")]

    operations = [
        migrations.AlterField(
            model_name="bulkact",
            name="kind",
            field=models.CharField(
                choices=[
                    ("reassign", "Reassigned"),
                    ("hand_over", "Handed over"),
                    ("move", "Moved to another queue"),
                    ("postpone", "Postponed"),
                    ("release", "Put back"),
                    ("take", "Taken"),
                    ("note", "Noted"),
                    ("resolve", "Resolved"),
                    ("reopen", "Reopened"),
                    ("return", "Answer recorded"),
                    ("ask", "Asked a colleague"),
                    ("ask_again", "To be asked again"),
                    ("withdraw", "Questions withdrawn"),
                    ("bring_back", "Brought back"),
                    ("escalate", "Escalated"),
                    ("acknowledge", "Escalation acknowledged"),
                    ("hand_on", "Escalation handed on"),
                    ("deescalate", "Escalation ended"),
                    ("call", "Worked in a call"),
                    ("tick", "Step ticked"),
                    ("untick", "Tick taken off"),
                    ("request", "Records asked for"),
                    ("receive", "Records received"),
                    ("give_up", "Records not available"),
                    ("draft", "Letters drafted"),
                    ("auto_release", "Put back because untouched"),
                    ("cover", "Moved because of an absence"),
                    ("come_back", "Returned after an absence"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="bulkactrow",
            name="beside",
            field=models.JSONField(
                help_text="Questions, escalations, ticks and evidence before it, by table.", null=True
            ),
        ),
    ]
