"""The web process. A request may wait 15 s for the database, no longer."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("OVERTURN_STATEMENT_TIMEOUT", "15")

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
