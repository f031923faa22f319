#!/usr/bin/env python
"""Runs one management command; without DATABASE_URL on the embedded PostgreSQL of this checkout."""

import os
import sys


def main() -> None:
    from config.devstack.ensure import ensure_environment

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    ensure_environment()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
