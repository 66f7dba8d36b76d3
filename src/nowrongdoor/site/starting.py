"""What must be settled before anything starts, told in words to whoever starts it."""

import gc
import json
import logging
from collections.abc import Mapping

import psycopg
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, connections

from nowrongdoor.kernel import wall

logger = logging.getLogger(__name__)
WHAT_IT_IS = "SELECT obj_description('public'::regnamespace, 'pg_namespace')"
# How the databases that demonstrations and measurements filled speak of themselves.
INVENTED = ("No Wrong Door: filled", "No Wrong Door: being filled", "bench place: ")
ON = {"1", "yes", "true"}
NOT_LIVE = {
    "NWD_DEMO": "lets anyone in as anyone",
    "NWD_DEBUG": "shows errors with what was typed",
    "NWD_TEST": "leaves accounts out",
}
NEEDED = {
    "NWD_SECRET_KEY": "sign-ins are signed with it",
    "DATABASE_URL": "it says where the records are",
    "NWD_HOSTS": "it names the hosts this place answers to; to any other name it answers nothing",
}
SHORTEST_KEY = 50

SELDOM = 50_000  # things more than there were, until Python looks for what refers to itself alone


def tidy_up_seldom() -> None:
    """
    Python looks through all it holds for what only refers to itself, and everybody waits meanwhile. What was
    read in to serve at all is never that, and screens leave little of it behind.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(SELDOM, 20, 20)


def refuse_what_is_unsafe(environment: Mapping[str, str], *, live: bool, says_live: bool) -> None:
    """Raises `ImproperlyConfigured`, with everything that is wrong at once."""
    wrong = []
    if says_live:
        wrong += [
            f"NWD_LIVE says that real people's records are here, and {name} {why}. Take {name} away."
            for name, why in NOT_LIVE.items()
            if environment.get(name, "") in ON
        ]
    if 0 < len(environment.get("NWD_DOWNTIME_KEY", "")) < SHORTEST_KEY:
        wrong.append(f"Make NWD_DOWNTIME_KEY longer: {SHORTEST_KEY} random characters or more.")
    if environment.get("NWD_DOWNTIME_FOLDER") and not environment.get("NWD_DOWNTIME_KEY"):
        wrong.append("Set NWD_DOWNTIME_KEY: what is written to NWD_DOWNTIME_FOLDER is locked with it.")
    if environment.get("NWD_TEXT_URL") and not environment["NWD_TEXT_URL"].startswith("https://") and live:
        wrong.append("Make NWD_TEXT_URL begin with https://: people's numbers go there.")
    wrong += _shape_of_texts(environment.get("NWD_TEXT_SHAPE", ""))
    if environment.get("NWD_EMAIL_HOST") and "@" not in environment.get("NWD_EMAIL_FROM", ""):
        wrong.append("Set NWD_EMAIL_FROM: letters sent by NWD_EMAIL_HOST come from that address.")
    if live:
        wrong += [f"Set {name}: {why}." for name, why in NEEDED.items() if not environment.get(name)]
        if 0 < len(environment.get("NWD_SECRET_KEY", "")) < SHORTEST_KEY:
            wrong.append(f"Make NWD_SECRET_KEY longer: {SHORTEST_KEY} random characters or more.")
        if "*" in environment.get("NWD_HOSTS", "").split(","):
            wrong.append("Name the hosts in NWD_HOSTS: with * a link in a page could lead away.")
        if environment.get("NWD_OIDC_URL") and not environment.get("NWD_OIDC_CLIENT_ID"):
            wrong.append("Set NWD_OIDC_CLIENT_ID: NWD_OIDC_URL names a provider that knows us by it.")
    if wrong:
        raise ImproperlyConfigured("\n".join(["No Wrong Door does not start like this.", *wrong]))


def _shape_of_texts(shape: str) -> list[str]:
    """A gateway that is never told the number, the words or the id would send nothing, or send it twice."""
    if not shape:
        return []
    try:
        json.loads(shape)
        whole = all(f"{{{name}}}" in shape for name in ("to", "words", "id"))
    except ValueError:
        whole = False
    return [] if whole else ["Write NWD_TEXT_SHAPE as JSON in which {to}, {words} and {id} stand."]


def refuse_to_demonstrate_on_real_records() -> None:
    """
    A demonstration lets anyone in as anyone, so it serves only a database that says it was invented.
    One that cannot be reached is not refused: nobody can be let in there, and it may come back.
    """
    if not settings.NWD_DEMO:
        return
    try:
        # Not one of the pool: a server that forks must leave none open.
        with psycopg.connect(**connection.get_connection_params()) as asked:
            said = (asked.execute(WHAT_IT_IS).fetchone() or ("",))[0]
    except psycopg.OperationalError:
        return
    if not (said or "").startswith(INVENTED):
        raise ImproperlyConfigured(
            "NWD_DEMO lets anyone in as anyone, and this database does not say of itself that its people "
            "are invented. Take NWD_DEMO away, or start ./nwd demo, which makes a database of its own."
        )


def stand_behind_the_wall() -> None:
    """
    Says when pages read without the second wall. A reader that is named and not bound by it is refused where
    it is live; elsewhere it is left out and that is said. A database that cannot be reached may come back.
    """
    if not wall.is_configured():
        logger.warning(wall.OFF)
        return
    try:
        with psycopg.connect(**connections[wall.READER].get_connection_params()) as asked:
            is_built = asked.execute(wall.IS_BUILT).fetchone() == (True,)
    except psycopg.OperationalError:
        return
    if is_built:
        return
    words = (
        "The second wall is not built: DATABASE_READER_URL leads to another role than nwd_reader, or the "
        "migrations ran before that role was made. Take DATABASE_READER_URL away, or restore into a database "
        "that knows the role."
    )
    if settings.LIVE:
        raise ImproperlyConfigured(words)
    logger.warning(words)
    del connections.settings[wall.READER]
