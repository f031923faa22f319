from django.db import migrations, models


class Migration(migrations.Migration):
    """Money that a payer takes back by a provider adjustment alone is told on the item."""

    dependencies = [
        ("worklists", "0048_evidence_and_letters_of_many"),
    ]

    operations = [
        migrations.AlterField(
            model_name="activity",
            name="kind",
            field=models.CharField(
                choices=[
                    ("opened", "Denial recognised"),
                    ("routed", "Routed"),
                    ("take", "Taken"),
                    ("release", "Put back"),
                    ("note", "Noted"),
                    ("pin", "Pinned a note"),
                    ("unpin", "Unpinned a note"),
                    ("step_done", "Step done"),
                    ("step_undone", "Step not done after all"),
                    ("evidence", "Evidence"),
                    ("postpone", "Postponed"),
                    ("wake", "Came back"),
                    ("hand_over", "Handed over"),
                    ("move", "Moved"),
                    ("draft", "Letter drafted"),
                    ("edit", "Letter edited"),
                    ("ask", "Asked a colleague"),
                    ("answered", "Colleague answered"),
                    ("escalate", "Escalated"),
                    ("acknowledge", "Escalation acknowledged"),
                    ("deescalate", "Escalation ended"),
                    ("pass_on", "Question passed on"),
                    ("withdraw", "Question closed"),
                    ("send", "Sent"),
                    ("return", "Answer recorded"),
                    ("resolve", "Resolved"),
                    ("settle", "Settled by a remittance"),
                    ("reopen", "Reopened"),
                    ("take_back", "Taken back by the payer"),
                    ("withheld", "Money taken outside of results"),
                    ("denied_again", "Denied again"),
                    ("missed", "Clock missed"),
                    ("reread", "Read again"),
                    ("undo", "Undone"),
                ],
                max_length=12,
            ),
        ),
    ]
