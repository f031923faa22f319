"""What the demo tells its user, asked as the demo asks it: in a process that Django has not been set up in."""

from __future__ import annotations

import os
import subprocess
import sys

from config.devstack.places import PROJECT

ASK = "import os; from config.devstack.demo import logins; print(*logins(os.environ), sep=os.linesep)"


def test_the_demo_names_one_login_per_role() -> None:
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    environment |= {"DATABASE_URL": "postgresql://nobody@/none", "REDIS_URL": "redis://nowhere", "OVERTURN_ENV": "test"}

    told = subprocess.run(
        [sys.executable, "-c", ASK], cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )

    assert told.returncode == 0, told.stderr
    named = [line.split()[0] for line in told.stdout.splitlines()]
    assert named == ["specialist", "frontdesk", "manager", "admin", "auditor"]
