"""Who answers on our socket. The truth is what the server answers, never what a file says."""

from __future__ import annotations

import enum
import os
from pathlib import Path
from typing import Any

import psycopg

ADMIN = "nwd_admin"
PORT = "5432"  # only the name of the socket's file: nothing listens on the network
BUSY_WORDS = ("the database system is", "too many clients", "connection slots")
STRANGER_WORDS = ("authentication failed", "does not exist", "pg_hba.conf", "no password supplied")


class Answer(enum.Enum):
    """'Starting up' is an answer of its own beside alive and silent."""

    ALIVE = "our server answers"
    BUSY = "starting up, recovering, shutting down or full"
    STRANGER = "something else answers there"
    SILENT = "nothing answers"


def connect(sockets: Path, **how: Any) -> psycopg.Connection:
    """A connection over our own socket, whatever PG… variables the person's shell may have set."""
    return psycopg.connect(
        host=str(sockets),
        hostaddr="",
        port=PORT,
        options="",
        sslmode="disable",
        connect_timeout=10,
        autocommit=True,
        **({"user": ADMIN, "dbname": "postgres"} | how),
    )


def is_ours(admin: psycopg.Connection, data: Path) -> bool:
    """Whether the server at the other end works on our data directory. Real paths, not spellings."""
    row = admin.execute("SHOW data_directory").fetchone()
    return row is not None and os.path.realpath(row[0]) == os.path.realpath(data)


def ask(sockets: Path, password: str, data: Path) -> tuple[Answer, str]:
    """The answer, and in whose words."""
    try:
        with connect(sockets, password=password) as admin:
            return (Answer.ALIVE if is_ours(admin, data) else Answer.STRANGER), ""
    except psycopg.OperationalError as error:
        said = str(error)
        if any(words in said for words in BUSY_WORDS):
            return Answer.BUSY, said
        if any(words in said for words in STRANGER_WORDS):
            return Answer.STRANGER, said
        return Answer.SILENT, said
