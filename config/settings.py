"""All settings, read from the environment. What makes no sense stops the start.

`OVERTURN_ENV` is `production` wherever a `DATABASE_URL` is given, unless it says otherwise, so that a forgotten
variable can never loosen a real installation.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any
from zoneinfo import available_timezones

import dj_database_url
import django_stubs_ext
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from config import environment as env

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env.text("OVERTURN_DATA_DIR", str(BASE_DIR / "var")))
ENV = env.choice(
    "OVERTURN_ENV", ("production", "demo", "test"), "production" if "DATABASE_URL" in os.environ else "demo"
)
IS_PRODUCTION = ENV == "production"
IS_DEMO = ENV == "demo"

DEBUG = False
if IS_PRODUCTION:
    SECRET_KEY = env.text("SECRET_KEY")
    ALLOWED_HOSTS = env.words("ALLOWED_HOSTS")
elif IS_DEMO:
    SECRET_KEY = env.text("SECRET_KEY", "") or env.kept_secret(DATA_DIR / "secret_key")
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]"]
else:
    SECRET_KEY = "only-for-tests-" + "x" * 50
    ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
SECRET_KEY_FALLBACKS = env.words("SECRET_KEY_FALLBACKS", "")
CSRF_TRUSTED_ORIGINS = env.words("CSRF_TRUSTED_ORIGINS", "")

INSTALLED_APPS = [
    "config",
    "insights",
    "appeals",
    "worklists",
    "denials",
    "accounts",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_filters",
    "django_htmx",
    "heroicons",
    "pgtrigger",
    "pghistory",
    "template_partials.apps.SimpleAppConfig",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "config.middleware.private_pages",
    "config.middleware.no_nul_in_addresses",
    "config.middleware.no_endless_bodies",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "config.middleware.csrf_cookie_once",
    "accounts.middleware.Person",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.SignInFirst",
    "accounts.middleware.session_limits",
    "accounts.middleware.second_factor",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "config.errors.RefusalMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.page",
            ],
            "builtins": [
                "template_partials.templatetags.partials",
                "config.templatetags.overturn",
                "config.templatetags.kept",
                "heroicons.templatetags.heroicons",
            ],
        },
    }
]

# A web process may wait 15 s for a query; workers and commands get five minutes (config/wsgi.py sets the first).
STATEMENT_TIMEOUT = env.whole_number("OVERTURN_STATEMENT_TIMEOUT", 300, least=1, most=3600)
DATABASES: dict[str, Any] = {"default": dict(dj_database_url.parse(env.text("DATABASE_URL")))}
if "postgresql" not in DATABASES["default"]["ENGINE"]:
    raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database: Overturn rests on its constraints.")
DATABASES["default"] |= {
    "ENGINE": "config.postgresql",
    "CONN_HEALTH_CHECKS": False,  # config/postgresql/base.py looks at each connection instead
    "CONN_MAX_AGE": 0,
    "OPTIONS": {
        **DATABASES["default"].get("OPTIONS", {}),
        "prepare_threshold": 5,  # worklists/taking.py
        "pool": {"min_size": 1, "max_size": env.whole_number("OVERTURN_POOL_SIZE", 8, least=1, most=200)},
        "options": (
            f"-c statement_timeout={STATEMENT_TIMEOUT}s -c lock_timeout=3s -c idle_in_transaction_session_timeout=60s"
            # Each trigger asks for it row by row; looking in vain costs more the more its transaction has written.
            " -c pgtrigger.ignore={}"
            # Queries are short and many. To compile one takes longer than to answer it, and one that is spread over
            # several processors takes them from everybody else's pages.
            " -c jit=off -c max_parallel_workers_per_gather=0"
        ),
    },
}

# Redis carries the bell of background work and nothing else: sessions, rate limits and cache stay in PostgreSQL,
# so that losing Redis signs nobody out (docs/decisions/).
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
REDIS_URL = env.text("REDIS_URL")

CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_DEFAULT_QUEUE = "overturn"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_TIME_LIMIT = 3600
CELERY_TASK_SOFT_TIME_LIMIT = 3540
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 3900,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
    "socket_keepalive": not REDIS_URL.startswith("redis+socket"),
    "health_check_interval": 25,
}
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "sweep unfinished jobs": {"task": "overturn.sweep_jobs", "schedule": 20.0, "options": {"expires": 20}},
    "wake postponed items": {"task": "overturn.wake_postponed", "schedule": 300.0, "options": {"expires": 300}},
    "put approved changes in force": {
        "task": "overturn.activate_changes",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "count the board": {"task": "overturn.count_board", "schedule": 30.0, "options": {"expires": 30}},
    "watch exceptions": {"task": "overturn.watch_exceptions", "schedule": 3600.0, "options": {"expires": 3600}},
    "escalate": {"task": "overturn.escalate", "schedule": 600.0, "options": {"expires": 600}},
    "remind of last days": {"task": "overturn.remind", "schedule": 1800.0, "options": {"expires": 1800}},
    "tell people what is new": {"task": "overturn.tell", "schedule": 20.0, "options": {"expires": 20}},
    "tell each morning what is due": {
        "task": "overturn.digest",
        "schedule": crontab(minute=5),
        "options": {"expires": 1800},
    },
    "note missed clocks": {"task": "overturn.note_missed", "schedule": 21600.0, "options": {"expires": 21600}},
    "count what our outcomes say": {
        "task": "overturn.count_experience",
        "schedule": crontab(hour=2, minute=40),
        "options": {"expires": 3600},
    },
    "put back untouched items": {
        "task": "overturn.release_untouched",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "begin and end absences": {"task": "overturn.keep_absences", "schedule": 600.0, "options": {"expires": 600}},
    "forget old drafts": {"task": "overturn.forget_drafts", "schedule": 86400.0, "options": {"expires": 3600}},
    "forget old forms": {"task": "overturn.forget_forms", "schedule": 86400.0, "options": {"expires": 3600}},
}

# How often a page that is looked at asks whether work has changed.
LIVE_SECONDS = env.whole_number("OVERTURN_LIVE_SECONDS", 30, least=1, most=3600)

# How old the numbers beside a list may be while others work; one's own work always counts. 0: counted for each page.
COUNTS_SECONDS = env.whole_number("OVERTURN_COUNTS_SECONDS", 0 if ENV == "test" else 20, least=0, most=300)

# How long a worker may be silent before the sweep gives its job to another one, and how often one is tried.
JOB_LEASE_SECONDS = env.whole_number("OVERTURN_JOB_LEASE_SECONDS", 60, least=2, most=3600)
JOB_ATTEMPTS = 5

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if ENV == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_ADAPTER = "accounts.adapter.ClosedSignUp"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login_failed": "20/m/ip,5/15m/key"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TRUST_ENABLED = False
REQUIRE_SECOND_FACTOR = env.flag("OVERTURN_REQUIRE_SECOND_FACTOR", IS_PRODUCTION)

SESSION_ENGINE = "accounts.sessions"
SESSION_COOKIE_AGE = 60 * env.whole_number("OVERTURN_IDLE_MINUTES", 15 if IS_PRODUCTION else 480, least=1, most=24 * 60)
SESSION_ABSOLUTE_SECONDS = 12 * 3600
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_PRODUCTION
SESSION_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

SECURE_SSL_REDIRECT = env.flag("OVERTURN_SSL_REDIRECT", IS_PRODUCTION)
SECURE_HSTS_SECONDS = 31536000 if IS_PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_PRODUCTION
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if env.flag("OVERTURN_BEHIND_PROXY", False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}

USE_I18N = False
USE_TZ = True
TIME_ZONE = env.text("OVERTURN_TIME_ZONE", "America/New_York")
if TIME_ZONE not in available_timezones():
    raise ImproperlyConfigured(f"OVERTURN_TIME_ZONE is {TIME_ZONE!r}, which is no time zone, such as America/Chicago.")
LANGUAGE_CODE = "en-us"

STATIC_URL = "static/"
# A local run serves its static files from where they lie, so that it starts without collecting them.
WHITENOISE_USE_FINDERS = not IS_PRODUCTION
STATIC_ROOT = DATA_DIR / "static" if IS_PRODUCTION else None
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = Path(env.text("OVERTURN_MEDIA_DIR", str(DATA_DIR / "files")))
STORAGES = {
    # Remittances, letters and proofs: never served by URL, only through views that ask who is asking.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT, "file_permissions_mode": 0o600, "directory_permissions_mode": 0o700},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if IS_PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_TEMP_DIR = MEDIA_ROOT / "arriving"
UPLOAD_LIMIT_BYTES = 1024 * 1024 * env.whole_number("OVERTURN_UPLOAD_LIMIT_MB", 200, least=1, most=2048)
PROOF_LIMIT_BYTES = 20 * 1024 * 1024
EVIDENCE_LIMIT_BYTES = 1024 * 1024 * env.whole_number("OVERTURN_EVIDENCE_LIMIT_MB", 40, least=1, most=200)

PGHISTORY_APPEND_ONLY = True

FORM_RENDERER = "config.form_renderer.QuickForms"
TEST_RUNNER = "django.test.runner.DiscoverRunner"
EMAIL_BACKEND = (
    "django.core.mail.backends.console.EmailBackend"
    if not IS_PRODUCTION
    else env.text("OVERTURN_EMAIL_BACKEND", "django.core.mail.backends.smtp.EmailBackend")
)

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_patient_data": {"()": "config.logging.WithoutDatabaseText"}},
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["no_patient_data"]}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "propagate": True, "level": "INFO"},
        "pypdf": {"level": "CRITICAL"},  # its warnings quote the document
    },
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "config.logging.NoLocals"
