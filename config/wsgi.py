"""The web process. A request may wait 15 s for the database, no longer."""

import gc
import os
from importlib import import_module

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("OVERTURN_STATEMENT_TIMEOUT", "15")

from django.conf import settings
from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()

# Every view is loaded before the server forks, and what is loaded by then stays: looking through it for garbage let
# whoever asked at that moment wait for a tenth of a second.
import_module(settings.ROOT_URLCONF)
gc.collect()
gc.freeze()
