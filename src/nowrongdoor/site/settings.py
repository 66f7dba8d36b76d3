"""
Settings, all from the environment. Safe by default: no demonstration, no debugging.

DATABASE_URL        the role the product runs as (owns nothing)
DATABASE_OWNER_URL  the role that owns the tables and runs migrations (default: DATABASE_URL)
NWD_SECRET_KEY      signs sessions; needed unless NWD_DEMO or NWD_DEBUG is set
NWD_DEMO            1 for a demonstration: sign-in by persona, "invented people" on every page
NWD_HOSTS           host names this place answers to, separated by commas
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from nowrongdoor.kernel.aliases import database


def is_on(name: str) -> bool:
    return os.environ.get(name, "") in {"1", "yes", "true"}


NWD_DEMO = is_on("NWD_DEMO")
DEBUG = is_on("NWD_DEBUG")
SECRET_KEY = os.environ.get("NWD_SECRET_KEY", "")
if not SECRET_KEY:
    if not (NWD_DEMO or DEBUG or is_on("NWD_TEST")):
        raise ImproperlyConfigured("Set NWD_SECRET_KEY: sessions are signed with it.")
    SECRET_KEY = secrets.token_urlsafe(50)
ALLOWED_HOSTS = [host for host in os.environ.get("NWD_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]

SOURCE = Path(__file__).resolve().parent.parent

_url = os.environ.get("DATABASE_URL", "postgresql:///nwd")
_owner_url = os.environ.get("DATABASE_OWNER_URL", _url)
DATABASES = {"default": database(_url), "owner": database(_owner_url)}
DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
DATABASES["owner"]["TEST"] = {"NAME": "nwd_test"}

INSTALLED_APPS = [
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "nowrongdoor.kernel.journal",
    "nowrongdoor.data.agencies",
    "nowrongdoor.data.people",
    "nowrongdoor.data.services",
    "nowrongdoor.data.contacts",
    "nowrongdoor.data.referrals",
    "nowrongdoor.data.holdings",
    "nowrongdoor.data.handovers",
    "nowrongdoor.data.promises",
    "nowrongdoor.data.drafts",
    "nowrongdoor.nhsuk",
    "nowrongdoor.console",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "nowrongdoor.site.csp.content_security_policy",
    "nowrongdoor.site.fragments.parts_for_parts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nowrongdoor.site.methods.Methods",
    "django.middleware.csrf.CsrfViewMiddleware",
    "nowrongdoor.site.doors.Doors",
]
ROOT_URLCONF = "nowrongdoor.site.urls"
ASGI_APPLICATION = "nowrongdoor.site.asgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": False,
        "DIRS": [SOURCE / "nhsuk/templates", *sorted(SOURCE.glob("pages/*/templates"))],
        "OPTIONS": {
            "environment": "nowrongdoor.nhsuk.environment.environment",
            "context_processors": [
                "nowrongdoor.nhsuk.frame.demonstration",
                "nowrongdoor.nhsuk.drafts.in_every_form",
            ],
        },
    },
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "UTC"
USE_TZ = True
STATIC_URL = "/static/"
STORAGES = {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_COOKIE_AGE = 12 * 60 * 60
NWD_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not (NWD_DEMO or DEBUG or is_on("NWD_TEST"))
CSRF_FAILURE_VIEW = "nowrongdoor.site.failures.csrf"
# A million characters of any script, as a browser encodes them, with room: a form answers for its own limits.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16_777_216
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"about_nobody": {"()": "nowrongdoor.site.logs.AboutNobody"}},
    "filters": {"no_statements": {"()": "nowrongdoor.site.logs.NoStatements"}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "about_nobody",
            "filters": ["no_statements"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own way to a console and to a letter box tells rows; what it says goes this one way.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
