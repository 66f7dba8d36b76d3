"""
The same work as if anybody might see everything and nobody kept a record of it, without the second wall: what
access costs.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch
from uuid import UUID

from django.db import connection

from nowrongdoor.kernel import wall
from nowrongdoor.kernel.access_log import looking
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import scope, standing
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import access
from nowrongdoor.rules.access import Element, Relationship, Sight, Standing

ALL = Sight(Relationship.HELD, frozenset(one.value for one in Element), "direct_care")


@contextmanager
def without_access() -> Iterator[None]:
    """Every record may be seen, no line is asked about, no look is recorded, and pages read as the web."""

    def seen(what: str, key: UUID, *, viewer: Viewer, at: datetime) -> Vantage:
        with connection.connection.cursor() as cursor:  # not counted: it only says whom the page is about
            asks = {"key": key, "agency": viewer.agency_id, "member": viewer.member_id}
            cursor.execute(standing.STANDING[what], asks)
            person_id, referral_id, contact_id, *_ = cursor.fetchone()
        return Vantage(viewer, at, person_id, referral_id, contact_id, Standing(()), ALL)

    with ExitStack() as stack:
        for module, name, instead in (
            (standing, "of", seen),
            (scope, "visible", lambda referrals, **_: frozenset(referrals)),
            (looking, "record", lambda *_, **__: None),
            (wall, "is_configured", lambda: False),
            (access, "sight_of_person", _everything),
            (access, "sight_of_item", _everything),
        ):
            stack.enter_context(patch.object(module, name, instead))
        yield


def _everything(*_: Any, **__: Any) -> Sight:
    return ALL
