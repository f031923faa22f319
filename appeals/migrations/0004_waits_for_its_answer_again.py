import pgtrigger.compiler
import pgtrigger.migrations
from django.db import migrations


class Migration(migrations.Migration):
    """A letter waits for its answer again where the payment that decided it is about something else."""

    dependencies = [
        ("appeals", "0003_words_beside_an_answer"),
    ]

    operations = [
        pgtrigger.migrations.RemoveTrigger(
            model_name="appeal",
            name="legal_appeal_status_changes",
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="appeal",
            trigger=pgtrigger.compiler.Trigger(
                name="legal_appeal_status_changes",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    declare="DECLARE _is_valid_transition BOOLEAN;",
                    func='SELECT CONCAT(OLD."status", \':\', NEW."status") = ANY(\'{decided:sent,draft:sent,draft:withdrawn,sent:decided,sent:withdrawn}\'::text[]) INTO _is_valid_transition; IF (_is_valid_transition IS FALSE AND OLD."status" IS DISTINCT FROM NEW."status") THEN RAISE EXCEPTION \'pgtrigger: Invalid transition of field "status" from "%" to "%" on table %\', OLD."status", NEW."status", TG_TABLE_NAME; ELSE RETURN NEW; END IF;',
                    hash="aac8f117c42a609551be638fc3906c6f9837af48",
                    operation="UPDATE",
                    pgid="pgtrigger_legal_appeal_status_changes_6065c",
                    table="appeals_appeal",
                    when="BEFORE",
                ),
            ),
        ),
    ]
