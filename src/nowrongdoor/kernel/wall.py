"""
The second wall: what a page reads, it reads as a role that PostgreSQL shows only people in whose care the
viewer's agency has a part. A reading that forgets to ask `rules.access` then finds no foreign row.

`reading` is the one opener. Inside it Django's "default" is the reader's connection, in one transaction
whose agency is set by what finds the viewer (`reading.viewers`); acts, sign-ins and accounts go on
over the connection that "default" was before, under the name `engine`. Outside of it, and where no
reader is configured, there is one connection as ever.
"""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import checks
from django.db import DEFAULT_DB_ALIAS, connections, transaction

READER = "reader"
ENGINE = "engine"
# Their rows are about sign-ins and never about a person in care; the reader may not look at any of them.
OF_THE_ENGINE = {"sessions", "auth", "contenttypes", "account", "accounts", "mfa", "socialaccount"}
NOBODYS = "00000000-0000-0000-0000-000000000000"


OFF = (
    "The second wall is off: DATABASE_READER_URL names no reader, so a page is shown what it asks for. Our "
    "own access rules still hold. Make the role nwd_reader before the migrations run, and name it there."
)
# A reader that is bound everywhere it should be; one that is not would be shown everything or nothing.
IS_BUILT = """
    SELECT count(*) > 0 AND bool_and(has_table_privilege(c.oid, 'SELECT') AND row_security_active(c.oid))
    FROM pg_policies p JOIN pg_class c ON c.relname = p.tablename AND c.relnamespace = 'public'::regnamespace
    WHERE p.policyname = 'own_agency' AND current_user = 'nwd_reader'
"""


def is_configured() -> bool:
    """Whether there is a reader for pages to read as."""
    return READER in connections.settings


def is_reading() -> bool:
    """Whether what is read now is read behind the wall."""
    return connections[DEFAULT_DB_ALIAS].alias == READER


def engine() -> str:
    """The alias of the connection that writes, which sees everything."""
    return ENGINE if is_reading() else DEFAULT_DB_ALIAS


# Even to plan what comes next it must be known. What is asked for one of many is planned once for all.
AS_AGENCY = """
    SELECT set_config('app.agency', %(agency)s::text, true),
           set_config('plan_cache_mode', 'force_generic_plan', true)
"""


@contextmanager
def reading() -> Iterator[None]:
    """
    One transaction as the reader. Nobody's agency is set in it yet: until one is, PostgreSQL answers every
    question about a protected table with an error. Inside another it is that same one.
    """
    if not is_configured() or is_reading():
        yield
        return
    writing = connections[DEFAULT_DB_ALIAS]
    connections[ENGINE], connections[DEFAULT_DB_ALIAS] = writing, connections[READER]
    try:
        with transaction.atomic():
            yield
    finally:
        connections[DEFAULT_DB_ALIAS] = writing
        del connections[ENGINE]


def as_agency(agency_id: UUID) -> tuple[tuple[str, dict[str, UUID]], ...]:
    """What is to be asked first inside of it, for that agency; nothing where no reader is configured."""
    return ((AS_AGENCY, {"agency": agency_id}),) if is_reading() else ()


def alone() -> Any:
    """For a part of a page that may fail while the others still answer: its failure does not end theirs."""
    return transaction.atomic() if is_reading() else nullcontext()


def say_that_it_is_off(**_: object) -> list[checks.CheckMessage]:
    """For `./nwd manage check --deploy`."""
    return [] if is_configured() or settings.TESTING else [checks.Warning(OFF, id="nowrongdoor.W001")]


class Router:
    """Sign-ins and accounts are never the reader's, whoever asks for them."""

    def db_for_read(self, model: Any, **_: object) -> str | None:
        return engine() if model._meta.app_label in OF_THE_ENGINE else None

    db_for_write = db_for_read
