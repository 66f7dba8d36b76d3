"""
What some people of the demonstration answered when they were asked for their ethnic category, soon after they
first came to a team; others declined, some answers nobody knows, and many were not asked, as in life.

Nobody's name says what they are: the answers are drawn by a stream of their own, and no other chance moves.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection

from nowrongdoor.journeys import about_me
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import viewers
from nowrongdoor.rules import access, equality
from nowrongdoor.rules.about_me import ANSWERED, BY_THEMSELVES, Said
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.words import Unknown
from nowrongdoor.sim.streams import Stream, Streams

MOST = 240
"""So many people are gone through at most, those about whom the police were asked first."""
SOON = timedelta(minutes=5)
STATES = ((70, ANSWERED), (18, Unknown.NOT_ASKED.value), (8, Unknown.DECLINED.value),
          (4, Unknown.NOT_KNOWN.value))  # fmt: skip
CATEGORIES = (
    (52, "A"), (3, "B"), (9, "C"), (3, "D"), (2, "F"), (2, "G"), (5, "H"), (9, "J"), (3, "K"), (2, "L"),
    (3, "M"), (5, "N"), (1, "R"), (1, "S"),
)  # fmt: skip


def ask(*, seed: int, until: datetime) -> None:
    """By whoever of the team that took them on first may write it down; nothing where nobody may."""
    chance = Streams(seed)["ethnic category"]
    staff = {by.team_id: by for by in _staff(at=until)}
    for person_id, team_id, since in _people():
        # Drawn whether or not anybody may ask: the luck of one person is not another's.
        said, key, by, at = _said(chance), chance.id(), staff.get(team_id), since + SOON
        if said is not None and by is not None and at <= until:
            with suppress(Refused, Missing):
                about_me.answer(
                    answer_id=key, person_id=person_id, said=said, replaces_id=None, by=by, at=at
                )


def _said(chance: Stream) -> Said | None:
    state, category = chance.weighed(STATES), chance.weighed(CATEGORIES)
    if state == Unknown.NOT_ASKED:
        return None
    by = "close" if state == Unknown.NOT_KNOWN else BY_THEMSELVES
    return Said(equality.HEADING, state, (category,) if state == ANSWERED else (), said_by=by)


def _staff(*, at: datetime) -> Iterator[Viewer]:
    """One of each team, in an order that is always the same."""
    asked = set()
    for one in viewers.personas(at=at):
        of = (one.agency_name, one.team_name)
        if of in asked or (by := viewers.at_work(membership_id=one.membership_id)) is None:
            continue
        if access.may_do(by, "about_me.answer", at=at):
            asked.add(of)
            yield by


def _people() -> list[tuple[UUID, UUID, datetime]]:
    """Each person, the team that held them first and since when."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, [MOST])
        return cursor.fetchall()


PEOPLE = """
    SELECT person_id, team_id, from_at FROM (
        SELECT DISTINCT ON (r.person_id) r.person_id, h.team_id, h.from_at,
            EXISTS (SELECT FROM police_policedecision d JOIN referrals_referral o ON o.id = d.referral_id
                    WHERE o.person_id = r.person_id) AS police_were_asked
        FROM referrals_referral r JOIN holdings_holding h ON h.referral_id = r.id
        WHERE r.person_id IS NOT NULL
        ORDER BY r.person_id, h.from_at, h.id) first
    ORDER BY police_were_asked DESC, person_id
    LIMIT %s
"""
