"""
A busy place: acts one after another, so many in a second, through their journeys.

    python -m nowrongdoor.console.bench.busy ACTS_A_SECOND SECONDS SEED

Somebody is offered to another team, and taken back. Each act is told in a line: when it began, its version as
boards are told it, and the two teams it concerns. Nobody else acts meanwhile.
"""

from __future__ import annotations

import json
import os
import random
import sys
import time
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql

from nowrongdoor.console.prove.ground import set_up_django
from nowrongdoor.kernel.live import CHANNEL
from nowrongdoor.kernel.live.hub import Notice


def main() -> None:
    rate, seconds, seed = float(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
    set_up_django()
    from nowrongdoor.console.bench import rows
    from nowrongdoor.journeys import handovers
    from nowrongdoor.kernel.now import now

    hears = listening()
    chance = random.Random(seed)
    at_work = givers()
    teams = sorted({viewer.team_id for viewer in at_work}, key=str)
    offered: list[tuple[Any, UUID, UUID]] = []
    from django.db import connection

    print(connection.connection.info.backend_pid, flush=True)
    sys.stdin.readline()
    first = time.monotonic()
    for number in range(int(rate * seconds)):
        time.sleep(max(0.0, first + number / rate - time.monotonic()))
        if time.monotonic() > first + seconds:
            break  # so many cannot be done here: what was done is told
        if len(offered) > 10:
            by, receiver, handover_id = offered.pop(0)
            began = time.monotonic()
            handovers.withdraw(handover_id=handover_id, reason="changed", words="", by=by, at=now(), seen=1)
        else:
            by = chance.choice(at_work)
            receiver = chance.choice([team for team in teams if team != by.team_id])
            began = time.monotonic()
            key = rows.received(by, to=receiver)
            handover_id = rows.one_row("SELECT id FROM handovers_handover WHERE referral_id = %s", [key])[0]
            offered.append((by, receiver, handover_id))
        told = {"began": began, "version": version(hears), "teams": [str(by.team_id), str(receiver)]}
        print(json.dumps(told), flush=True)
    print(flush=True)
    sys.stdin.readline()  # what it took is read before it is gone


def listening() -> psycopg.Connection[Any]:
    opened = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    opened.execute(sql.SQL("LISTEN {}").format(sql.Identifier(CHANNEL)))
    return opened


def version(hears: psycopg.Connection[Any]) -> int:
    """Of the act that has just committed."""
    said = [Notice.read(one.payload).version for one in hears.notifies(timeout=5, stop_after=1)]
    hears.execute("SELECT 1")  # the rest of what that act said
    for _ in hears.notifies(timeout=0):
        pass
    return int(said[0])


def givers() -> list[Any]:
    """One member of each team who may take a contact and offer somebody to another team."""
    from nowrongdoor.kernel.now import now
    from nowrongdoor.reading import viewers
    from nowrongdoor.rules import access

    found = {}
    for persona in viewers.personas(at=now()):
        viewer = viewers.at_work(membership_id=persona.membership_id)
        if viewer is not None and all(
            access.may_do(viewer, act, at=now()) for act in ("contact.receive", "handover.withdraw")
        ):
            found.setdefault(viewer.team_id, viewer)
    return list(found.values())


if __name__ == "__main__":
    main()
