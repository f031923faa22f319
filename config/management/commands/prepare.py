"""Brings a database up to date; with --demo also the synthetic practice and its people."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.utils import timezone

from accounts.governance import reviews
from appeals import letter_templates
from config import demo
from denials import dictionary, playbooks, time_limits
from worklists import default_views, defaults, figures, order_weights
from worklists.calls import outcomes as call_outcomes
from worklists.evidence import recounting
from worklists.notes import phrases
from worklists.watch import watch_settings


class Command(BaseCommand):
    help = "Migrates, loads the code dictionary, payer rules, queues, rules and letter templates. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--demo", action="store_true", help="also make the synthetic practice and its logins")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["demo"] and not settings.IS_DEMO:
            raise CommandError(
                "--demo makes logins with known passwords: only where OVERTURN_ENV=demo. Nothing was done."
            )
        call_command("migrate", verbosity=0)
        call_command("createcachetable", verbosity=0)
        codes = dictionary.load()
        rules = time_limits.load()
        playbooks.load()
        defaults.load_defaults()
        letter_templates.load()
        reviews.install(timezone.localdate())
        figures.load()
        watch_settings.load()
        phrases.load()
        call_outcomes.load()
        default_views.load()
        order_weights.load()
        recounting.recount()
        if settings.IS_PRODUCTION:
            call_command("collectstatic", verbosity=0, interactive=False)
        self.stdout.write(f"Ready: {codes} codes, {rules} time limits.")
        if options["demo"]:
            demo.install()
            self.stdout.write("The synthetic practice is being loaded in the background.")
