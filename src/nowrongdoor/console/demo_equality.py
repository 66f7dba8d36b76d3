"""
What some people of the demonstration answered when they were asked for their sex and their ethnic category,
soon after they first came to a team. Others declined, some answers nobody knows, and many were not asked, as
in life.

Nobody's name says what they are: the answers are drawn by streams of their own, and no other chance moves. Of
most who say which pronouns they use, sex is drawn to go with them, of some it is not, as in life.
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
SEXES = {
    "she/her": ((96, "2"), (3, "1"), (1, "9")),
    "he/him": ((96, "1"), (3, "2"), (1, "9")),
    "": ((50, "2"), (49, "1"), (1, "9")),
}
"""By pronouns; of all others as of those who say none."""
STREAMS = {"sex": "sex as they say it", "ethnicity": "ethnic category"}
CATEGORIES = (
    (52, "A"), (3, "B"), (9, "C"), (3, "D"), (2, "F"), (2, "G"), (5, "H"), (9, "J"), (3, "K"), (2, "L"),
    (3, "M"), (5, "N"), (1, "R"), (1, "S"),
)  # fmt: skip


def ask(*, seed: int, until: datetime) -> None:
    """By whoever of the team that took them on first may write it down; nothing where nobody may."""
    streams = Streams(seed)
    staff = {by.team_id: by for by in _staff(at=until)}
    for person_id, team_id, since, pronouns in _people():
        by, at = staff.get(team_id), since + SOON
        for heading in equality.SAID:
            # Drawn whether or not anybody may ask: the luck of one person is not another's.
            chance = streams[STREAMS[heading]]
            said, key = _said(heading, chance, pronouns), chance.id()
            if said is not None and by is not None and at <= until:
                with suppress(Refused, Missing):
                    about_me.answer(
                        answer_id=key, person_id=person_id, said=said, replaces_id=None, by=by, at=at
                    )


def _said(heading: str, chance: Stream, pronouns: str = "") -> Said | None:
    choices = SEXES.get(pronouns, SEXES[""]) if heading == "sex" else CATEGORIES
    state, code = chance.weighed(STATES), chance.weighed(choices)
    if state == Unknown.NOT_ASKED:
        return None
    by = "close" if state == Unknown.NOT_KNOWN else BY_THEMSELVES
    return Said(heading, state, (code,) if state == ANSWERED else (), said_by=by)


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


def _people() -> list[tuple[UUID, UUID, datetime, str]]:
    """Each person, the team that held them first and since when, and which pronouns they use."""
    with connection.cursor() as cursor:
        cursor.execute(PEOPLE, [MOST])
        return cursor.fetchall()


PEOPLE = """
    SELECT person_id, team_id, from_at, pronouns FROM (
        SELECT DISTINCT ON (r.person_id) r.person_id, h.team_id, h.from_at, p.pronouns,
            EXISTS (SELECT FROM police_policedecision d JOIN referrals_referral o ON o.id = d.referral_id
                    WHERE o.person_id = r.person_id) AS police_were_asked
        FROM referrals_referral r JOIN holdings_holding h ON h.referral_id = r.id
        JOIN people_person p ON p.id = r.person_id
        ORDER BY r.person_id, h.from_at, h.id) first
    ORDER BY police_were_asked DESC, person_id
    LIMIT %s
"""
