"""Commands that need the schema and the dictionary: a local run makes them on the way, a real one is told how."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from denials import codes
from denials.models import Code


class PreparedCommand(BaseCommand):
    """Runs only on a database that is up to date."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        if not is_prepared():
            if settings.IS_PRODUCTION:
                raise CommandError("The database is not up to date. Run `manage.py prepare` first; nothing was done.")
            call_command("prepare", stdout=self.stderr)
        return super().execute(*args, **options)


def is_prepared() -> bool:
    """Whether every migration is applied and the dictionary is the shipped one or newer."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return False
    return Code.objects.filter(list_version=codes.VERSION).exists()
