"""What does not start: a demonstration on real records, and a live place that was not told what it needs."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from nowrongdoor.site import starting

ROOT = Path(__file__).resolve().parents[2]
KEY = "for tests only: abcdefghijklmnopqrstuvwxyz0123456789 and more"
WHOLE = {"NWD_SECRET_KEY": KEY, "DATABASE_URL": "postgresql://nwd_app@db/nwd", "NWD_HOSTS": "nwd.example.org"}


def started(what="import django; django.setup(); print('started')", **named):
    ours = {name: text for name, text in os.environ.items() if not name.startswith(("NWD_", "DATABASE_"))}
    ours |= {"PYTHONPATH": str(ROOT / "src"), "DJANGO_SETTINGS_MODULE": "nowrongdoor.site.settings"} | named
    return subprocess.run(
        [sys.executable, "-c", what], env=ours, capture_output=True, text=True, timeout=120, check=False
    )


def test_what_was_read_in_to_serve_is_not_looked_through_again():
    what = "from nowrongdoor.site import starting; starting.tidy_up_seldom()"
    told = started(f"import gc; {what}; print(gc.get_threshold()[0], gc.get_freeze_count() > 1000)", **WHOLE)
    assert told.stdout.split() == [str(starting.SELDOM), "True"], told.stderr


def test_a_live_place_that_was_told_everything_starts():
    assert "started" in started(**WHOLE).stdout


@pytest.mark.parametrize("name", sorted(WHOLE))
def test_a_live_place_says_in_words_what_it_was_not_told(name):
    told = started(**{one: text for one, text in WHOLE.items() if one != name})
    assert told.returncode and f"Set {name}: " in told.stderr


@pytest.mark.parametrize("flag", ["NWD_DEMO", "NWD_DEBUG", "NWD_TEST"])
def test_no_flag_that_lets_people_past_starts_where_real_records_are(flag):
    told = started(**WHOLE, NWD_LIVE="1", **{flag: "1"})
    assert told.returncode and f"Take {flag} away" in told.stderr


def test_everything_that_is_wrong_is_said_at_once():
    with pytest.raises(ImproperlyConfigured) as said:
        starting.refuse_what_is_unsafe(
            {"NWD_SECRET_KEY": "short", "NWD_HOSTS": "a,*", "NWD_OIDC_URL": "https://x.example"},
            live=True,
            says_live=True,
        )
    assert len(str(said.value).splitlines()) == 5


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"NWD_TEXT_URL": "http://texts.example/"}, "Make NWD_TEXT_URL begin with https://"),
        ({"NWD_TEXT_SHAPE": "{to} {words} {id}"}, "Write NWD_TEXT_SHAPE as JSON"),
        ({"NWD_TEXT_SHAPE": '{"to": "{to}", "text": "{words}"}'}, "Write NWD_TEXT_SHAPE as JSON"),
        ({"NWD_EMAIL_HOST": "mail.example"}, "Set NWD_EMAIL_FROM"),
    ],
)
def test_a_sender_that_could_not_send_or_would_tell_others_is_refused(told, words):
    with pytest.raises(ImproperlyConfigured, match=re.escape(words)):
        starting.refuse_what_is_unsafe(WHOLE | told, live=True, says_live=True)


def test_a_sender_that_is_set_up_starts():
    told = {"NWD_TEXT_URL": "https://texts.example/", "NWD_TEXT_SHAPE": '{"a": ["{to}", "{words}", "{id}"]}'}
    told |= {"NWD_EMAIL_HOST": "mail.example", "NWD_EMAIL_FROM": "help@averley.example"}
    starting.refuse_what_is_unsafe(WHOLE | told, live=True, says_live=True)


def test_a_demonstration_serves_no_database_that_does_not_say_it_was_invented(test_database):
    """The web's own entry, as a server loads it; the suite's database says nothing of itself."""
    serve = "import nowrongdoor.site.asgi; print('serves')"
    settings = {"NWD_DEMO": "1", "DATABASE_URL": test_database.app_url}
    told = started(serve, **settings)
    assert told.returncode and "lets anyone in as anyone" in told.stderr
    said = "No Wrong Door: filled with an invented place"
    owner = f"""
import psycopg
with psycopg.connect({test_database.owner_url!r}) as owner:
    owner.execute("COMMENT ON SCHEMA public IS %s" % {"'" + said + "'"!r})
"""
    try:
        assert started(owner).returncode == 0
        assert "serves" in started(serve, **settings).stdout
    finally:
        started(owner.replace(said, ""))


def test_the_deployment_check_of_the_framework_finds_nothing():
    check = "import sys, django; from django.core.management import execute_from_command_line as run;"
    told = started(
        f"{check} run(['x', 'check', '--deploy', '--fail-level', 'WARNING'])",
        NWD_LIVE="1",
        DATABASE_READER_URL="postgresql:///reader",
        **WHOLE,
    )
    assert told.returncode == 0, told.stderr
    assert "no issues (0 silenced)" in told.stdout


def test_a_live_place_sends_its_cookies_and_its_readers_over_tls_alone():
    names = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS")
    said = started(
        "import django; django.setup(); from django.conf import settings as s;"
        f"print([bool(getattr(s, name)) for name in {names!r}], s.NWD_ACCOUNTS, s.NWD_DEMO)",
        **WHOLE,
    ).stdout
    assert said.split("\n")[0] == "[True, True, True, True] True False"


def test_the_guide_says_everything_a_live_place_needs():
    guide = (ROOT / "docs/guide/administrator.md").read_text(encoding="utf-8")
    live = guide.partition("## A live place")[2].partition("\n## ")[0]
    assert set(WHOLE) <= set(re.findall(r"[A-Z_]{8,}", live))
