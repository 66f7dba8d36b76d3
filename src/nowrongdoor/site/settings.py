"""
Settings, all from the environment; docs/guide/administrator.md explains each. Safe by default: what is
neither a demonstration nor a developer's is live, and refuses to start until it is told all it needs.
"""

import os
import secrets
from pathlib import Path

from nowrongdoor.kernel.aliases import database
from nowrongdoor.site import starting, static_files
from nowrongdoor.site.accounts_settings import *  # noqa: F403 -- one list of settings, in two readable files


def is_on(name: str) -> bool:
    return os.environ.get(name, "") in {"1", "yes", "true"}


NWD_DEMO = is_on("NWD_DEMO")
DEBUG = is_on("NWD_DEBUG")
TESTING = is_on("NWD_TEST")
LIVE = not (NWD_DEMO or DEBUG or TESTING)
starting.refuse_what_is_unsafe(os.environ, live=LIVE, says_live=is_on("NWD_LIVE"))
# Each web worker sweeps clocks, unless a process of its own does or a test has its own time.
NWD_SWEEPS = not TESTING and os.environ.get("NWD_SWEEPS", "") not in {"0", "no", "false"}
# The list to work from when nothing answers: what its files are locked with, and where they are written.
NWD_DOWNTIME_KEY = os.environ.get("NWD_DOWNTIME_KEY", "")
NWD_DOWNTIME_FOLDER = os.environ.get("NWD_DOWNTIME_FOLDER", "")
# Who carries messages that leave the place, by channel. A demonstration shows them, and sends none.
NWD_TEXT_URL = os.environ.get("NWD_TEXT_URL", "")
NWD_TEXT_TOKEN = os.environ.get("NWD_TEXT_TOKEN", "")
NWD_TEXT_SHAPE = os.environ.get("NWD_TEXT_SHAPE", "") or '{"to": "{to}", "text": "{words}", "id": "{id}"}'
NWD_TEXT_REFERENCE = os.environ.get("NWD_TEXT_REFERENCE", "") or "id"
EMAIL_HOST = os.environ.get("NWD_EMAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("NWD_EMAIL_PORT", "") or 587)
EMAIL_HOST_USER = os.environ.get("NWD_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("NWD_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = not is_on("NWD_EMAIL_PLAIN")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = os.environ.get("NWD_EMAIL_FROM", "")
NWD_SENDERS = {"text": "gateway" if NWD_TEXT_URL else "", "email": "letter_box" if EMAIL_HOST else ""}
if NWD_DEMO:
    NWD_SENDERS = dict.fromkeys(NWD_SENDERS, "shown")
# Sign-in with an account. A demonstration offers personas instead; most tests sit down without either.
NWD_ACCOUNTS = not (NWD_DEMO or TESTING)
SECRET_KEY = os.environ.get("NWD_SECRET_KEY", "") or secrets.token_urlsafe(50)
SECRET_KEY_FALLBACKS = [key for key in os.environ.get("NWD_SECRET_KEY_BEFORE", "").split(",") if key]
ALLOWED_HOSTS = [host for host in os.environ.get("NWD_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if host]

SOURCE = Path(__file__).resolve().parent.parent

_url = os.environ.get("DATABASE_URL", "postgresql:///nwd")
_owner_url = os.environ.get("DATABASE_OWNER_URL", _url)
# How many connections a process of the web keeps for each of its roles; with 0, each request has its own.
_connections = 0 if TESTING else int(os.environ.get("NWD_CONNECTIONS", "") or 0)
DATABASES = {"default": database(_url, connections=_connections), "owner": database(_owner_url)}
# What pages read as: see kernel/wall.py. A test reads what it has not committed, so it has one connection.
if (_reader_url := os.environ.get("DATABASE_READER_URL", "")) and not TESTING:
    DATABASES["reader"] = database(_reader_url, connections=_connections)
DATABASE_ROUTERS = ["nowrongdoor.kernel.wall.Router"]
# Who listens for changes needs a way of its own, past anything that lends connections by transaction.
NWD_LISTEN_URL = os.environ.get("NWD_LISTEN_URL", "") or _url
DATABASES["default"]["TEST"] = {"MIRROR": "owner"}
DATABASES["owner"]["TEST"] = {"NAME": "nwd_test"}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "nowrongdoor.kernel.journal",
    "nowrongdoor.kernel.access_log",
    "nowrongdoor.kernel.accounts",
    "nowrongdoor.data.agencies",
    "nowrongdoor.data.people",
    "nowrongdoor.data.merges",
    "nowrongdoor.data.registers",
    "nowrongdoor.data.services",
    "nowrongdoor.data.contacts",
    "nowrongdoor.data.referrals",
    "nowrongdoor.data.holdings",
    "nowrongdoor.data.handovers",
    "nowrongdoor.data.attachments",
    "nowrongdoor.data.promises",
    "nowrongdoor.data.stages",
    "nowrongdoor.data.police",
    "nowrongdoor.data.guidance",
    "nowrongdoor.data.clocks",
    "nowrongdoor.data.rota",
    "nowrongdoor.data.visits",
    "nowrongdoor.data.messages",
    "nowrongdoor.data.sharing",
    "nowrongdoor.data.participations",
    "nowrongdoor.data.drafts",
    "nowrongdoor.data.boards",
    "nowrongdoor.nhsuk",
    "nowrongdoor.console",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "nowrongdoor.site.csp.content_security_policy",
    "nowrongdoor.site.uploads.refuse_too_large",
    "nowrongdoor.site.fragments.parts_for_parts",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "nowrongdoor.site.methods.Methods",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
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
                "nowrongdoor.nhsuk.opened.glass",
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
WHITENOISE_ADD_HEADERS_FUNCTION = static_files.headers
# On phones that several people share without signing out, a place may say that none keeps a page.
NWD_WITHOUT_SIGNAL = not is_on("NWD_NO_PAGES_WITHOUT_SIGNAL")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

SESSION_COOKIE_AGE = 12 * 60 * 60
NWD_IDLE_SECONDS = 30 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# Over TLS, everything; a demonstration and a developer have none.
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = LIVE
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]  # who watches over a process asks it directly
SECURE_HSTS_SECONDS = 63_072_000 if LIVE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = LIVE
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if is_on("NWD_BEHIND_PROXY") else None
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "nowrongdoor.site.failures.csrf"
# A million characters of any script, as a browser encodes them, with room: a form answers for its own limits.
DATA_UPLOAD_MAX_MEMORY_SIZE = 16_777_216
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1_000
# Files stay in memory: a body is laid on a disk only when it is larger than this, and larger is not read.
FILE_UPLOAD_HANDLERS = ["nowrongdoor.site.uploads.InMemory"]
FILE_UPLOAD_MAX_MEMORY_SIZE = 33_554_432
DATA_UPLOAD_MAX_NUMBER_FILES = 20

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"about_nobody": {"()": "nowrongdoor.site.logs.AboutNobody"}},
    "filters": {
        "no_statements": {"()": "nowrongdoor.site.logs.NoStatements"},
        "no_addresses": {"()": "nowrongdoor.site.logs.NoAddresses"},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "about_nobody",
            "filters": ["no_statements", "no_addresses"],
        }
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    # Django's own way to a console and to a letter box tells rows; what it says goes this one way.
    "loggers": {"django": {"handlers": [], "propagate": True}},
}
