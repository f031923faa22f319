from typing import Any

from django.db import migrations, models

NARROWED = ("payer", "facility", "queue", "assignee", "category", "amount_at_risk")
CODES = ("reason", "modalities")
OPEN = models.Q(is_open=True)
AWAY = models.Q(is_open=True, status__in=("postponed", "waiting", "asking"))
INDEXES: dict[str, dict[str, Any]] = {
    "open_counted": {
        "fields": ["deadline", "id"],
        "include": [
            *NARROWED,
            *("status", "is_open", "denied_on", "postponed_until", "round", "escalated_on", "evidence_state"),
            *("created_at", *CODES),
        ],
    },
    "open_by_size": {
        "fields": ["amount_at_risk", "id"],
        "include": [
            *("status", "is_open", "deadline", "last_safe_on", "denied_on", "rank_key", "round"),
            *NARROWED[:-1],
        ],
    },
    "open_and_away": {
        "fields": ["status", "follow_up_on", "id"],
        "include": [
            *("is_open", "deadline", "last_safe_on", "postponed_until", "denied_on", "rank_key", "round"),
            *NARROWED,
            *CODES,
        ],
        "condition": AWAY,
    },
    "open_by_safe_day": {
        "fields": ["last_safe_on", "queue", "rank_key", "id"],
        "include": [
            *("deadline", "postponed_until", "status", "denied_on", "created_at"),
            *(name for name in NARROWED if name != "queue"),
            *CODES,
        ],
    },
    "open_by_denial_day": {
        "fields": ["denied_on", "id"],
        "include": ["status", "is_open", "deadline", "last_safe_on", "rank_key", "round", *NARROWED],
    },
}


def _index(name: str) -> models.Index:
    return models.Index(**{"condition": OPEN, **INDEXES[name], "name": name})


class Migration(migrations.Migration):
    """The numbers over a list are told by one index alone, and so is the deadline lane, also where a list is narrowed
    by a code. Two indexes, by queue and day and by queue and amount, find nothing that those by day and by amount do
    not find as well.
    """

    dependencies = [("worklists", "0044_late_days_of_calls")]

    operations = [
        *(
            migrations.RemoveIndex(model_name="workitem", name=name)
            for name in ("open_by_deadline", "open_by_amount", *INDEXES)
            if name != "open_counted"
        ),
        *(migrations.AddIndex(model_name="workitem", index=_index(name)) for name in INDEXES),
    ]
