"""
One connection of each process that only listens. It finds its own way back, and nothing is missed by it.

What is told while it is away is lost; so everyone looks again once it is back.
"""

import asyncio
from contextlib import suppress

import psycopg
from psycopg import sql

from nowrongdoor.kernel.live import CHANNEL
from nowrongdoor.kernel.live.hub import Hub, Notice

FIRST, LONGEST = 0.5, 10.0  # seconds between two tries, doubled each time
QUIET = 10.0  # after so long without a word it is asked whether the other side is still there
ANSWER = 5.0
LISTENER = "nwd listening"
"""What it is called among the connections of the database."""


async def listen(url: str, hub: Hub) -> None:
    """For as long as the process lives."""
    wait = FIRST
    while True:
        try:
            async with await _connected(url) as connection:
                hub.listens()
                wait = FIRST
                await _hear(connection, hub)
        except (psycopg.Error, OSError, TimeoutError):
            pass  # a database that starts again, or a way to it that was cut: there is nothing else to do
        finally:
            hub.is_deaf()
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST)


async def _connected(url: str) -> psycopg.AsyncConnection:
    connection = await psycopg.AsyncConnection.connect(
        url, autocommit=True, connect_timeout=int(ANSWER), application_name=LISTENER
    )
    try:
        await connection.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
    except BaseException:
        with suppress(psycopg.Error, OSError):
            await connection.close()
        raise
    return connection


async def _hear(connection: psycopg.AsyncConnection, hub: Hub) -> None:
    while True:
        async for notice in connection.notifies(timeout=QUIET):
            hub.hear(Notice.read(notice.payload))
        async with asyncio.timeout(ANSWER):
            await connection.execute("SELECT 1")
