"""A site of django-helpdesk, as its own demonstration sets one up, for `bench.peer`. It needs a Python that has it.

As a module of settings it describes the site. Run, with the names of queues by id on the standard input, it makes the
tables, the queues and somebody of the staff, and prints the key of that person's session.
"""

from __future__ import annotations

import json
import os
import sys
from importlib import import_module

SECRET_KEY = "of a site that lives for one benchmark"
ALLOWED_HOSTS = ["127.0.0.1"]
INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.sites",
    "django.contrib.humanize",
    "bootstrap4form",
    "helpdesk",
    "rest_framework",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]
ROOT_URLCONF = "bench.helpdesk_urls"
HELPDESK_TEAMS_MODE_ENABLED = False
SITE_ID = 1
USE_TZ = True
STATIC_URL = "static/"
DEFAULT_AUTO_FIELD = "django.db.models.AutoField"
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": os.environ.get("HELPDESK_DATABASE", ""),
        "USER": os.environ.get("HELPDESK_USER", ""),
        "HOST": os.environ.get("HELPDESK_HOST", ""),
        "CONN_MAX_AGE": None,  # its best case: no page waits for a connection
    }
}


def prepare(queues: dict[str, str]) -> str:
    import django

    django.setup()
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.auth.models import User
    from django.contrib.sessions.backends.db import SessionStore
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    queue_model = import_module("helpdesk.models").Queue
    for pk, name in queues.items():
        queue_model(pk=int(pk), title=name, slug=f"queue-{pk}").save()
    person = User.objects.create_superuser("bench", "bench@example.test")
    session = SessionStore()
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    session.create()
    return str(session.session_key)


if __name__ == "__main__":
    print(prepare(json.load(sys.stdin)))
