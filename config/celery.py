"""The Celery application: a doorbell. What is to be done stands in PostgreSQL (`denials.models.Job`)."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("overturn")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
