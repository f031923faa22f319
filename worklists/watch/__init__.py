"""What keeps items from being lost: the watch page, escalations, reminders, missed clocks and the ledger of losses."""
