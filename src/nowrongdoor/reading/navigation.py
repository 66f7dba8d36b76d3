"""How much waits behind each place in the menu, for the team the viewer works for."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

# Counting stops here: a menu says "99+", and a long queue costs no more than a short one.
ENOUGH = 100


@dataclass(frozen=True)
class Counts:
    """Offers and re-homings nobody has answered, and referrals that wait for a decision."""

    offers: int
    to_decide: int


def busy_teams(team_ids: Iterable[UUID]) -> dict[UUID, tuple[int, int]]:
    """For each of these teams: how many offers wait for its answer, and how many it holds; up to enough."""
    with connection.cursor() as cursor:
        cursor.execute(BUSY_TEAMS, {"teams": list(set(team_ids)), "enough": ENOUGH})
        return {team_id: (waits, held) for team_id, waits, held in cursor.fetchall()}


# What waits for one team, as columns of a statement that knows the team: bounded, over open rows only.
WAITING = """
      (SELECT count(*) FROM (
         SELECT FROM handovers_handover
         WHERE receiver_team_id = {team} AND state = 'offered'
         UNION ALL
         SELECT FROM promises_promise d
         WHERE d.owner_team_id = {team} AND d.state = 'open' AND d.kind = 're_homing' AND NOT EXISTS (
           SELECT FROM handovers_handover o WHERE o.referral_id = d.referral_id AND o.state = 'offered')
         LIMIT %(enough)s) offers),
      (SELECT count(*) FROM (
         SELECT FROM holdings_holding h JOIN referrals_referral r ON r.id = h.referral_id
         WHERE h.team_id = {team} AND h.until_at IS NULL AND r.state IN ('new', 'waiting', 'triaged')
           AND NOT EXISTS (
             SELECT FROM handovers_handover o WHERE o.referral_id = r.id AND o.state = 'offered')
         LIMIT %(enough)s) to_decide)
"""

# A few rows of two indexes for each team, however many people the place has: no referral is read.
BUSY_TEAMS = """
    SELECT asked.team_id,
      (SELECT count(*) FROM (
         SELECT FROM handovers_handover
         WHERE receiver_team_id = asked.team_id AND state = 'offered' LIMIT %(enough)s) offers),
      (SELECT count(*) FROM (
         SELECT FROM holdings_holding
         WHERE team_id = asked.team_id AND until_at IS NULL LIMIT %(enough)s) held)
    FROM unnest(%(teams)s::uuid[]) AS asked(team_id)
"""
