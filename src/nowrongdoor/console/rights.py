"""What nwd_app may do beyond, or short of, the rule that it may read, add and change in every table.

Run after every migration, as the owner. The rule itself stands in nowrongdoor.embedded.roles: no table
may be deleted from or emptied, because nothing about a person is ever deleted.
"""

from __future__ import annotations

import psycopg
from psycopg import sql

from nowrongdoor.embedded import roles

SCRATCH = ("django_session", "drafts_draft")  # no record of anyone: signing out, sending a form
APPEND_ONLY = ("journal_entry",)  # the story: written once, never changed


def settle(owner: psycopg.Connection | psycopg.Cursor) -> None:
    """Grant and withhold. Does nothing where the second wall is off and there is no nwd_app."""
    if owner.execute("SELECT FROM pg_roles WHERE rolname = %s", [roles.APP]).fetchone() is None:
        return
    app = sql.Identifier(roles.APP)
    for statement, tables in (
        ("GRANT DELETE ON {} TO {}", SCRATCH),
        ("REVOKE UPDATE ON {} FROM {}", APPEND_ONLY),
    ):
        for table in tables:
            if owner.execute("SELECT to_regclass(%s)", [table]).fetchone() != (None,):
                owner.execute(sql.SQL(statement).format(sql.Identifier(table), app))
