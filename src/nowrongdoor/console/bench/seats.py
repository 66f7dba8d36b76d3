"""
Who sits at the browsers that are measured with, and what each of them shows.

Each browser is of a member of its own, as it is in a place of that size: members of the demonstration, and as
many colleagues in the same teams and roles as it takes. Of what their team holds some is each one's by name,
up to three. One in ten shows the board, one in three of those who triage their inbox, all others My work; by
chance, with a seed.
"""

from __future__ import annotations

import random
from datetime import datetime
from uuid import UUID, uuid4

from nowrongdoor.console.bench.browsers import Browser
from nowrongdoor.console.prove.ground import leave

# How many of those who may see it show it; all others show My work.
PAGES = {"board.read": ("/board", 0.1), "triage.decide": ("/triage", 1 / 3)}
BY_NAME = 3


def signed_in(number: int, port: int, *, seed: int) -> list[Browser]:
    """As many members, each at a browser of their own."""
    from nowrongdoor.console.bench import work
    from nowrongdoor.kernel.now import now
    from nowrongdoor.reading import viewers
    from nowrongdoor.rules import access

    chance, browsers = random.Random(seed), []
    for membership in staffed(number):
        viewer = viewers.at_work(membership_id=membership)
        assert viewer is not None
        client = work.signed_in(membership)
        path = "/"
        for act, (page, share) in PAGES.items():
            if path == "/" and access.may_do(viewer, act, at=now()) and chance.random() < share:
                path = page
        session, team = client.cookies["sessionid"].value, str(viewer.team_id)
        browsers.append(Browser(port, session, team, path, str(viewer.member_id)))
    leave()
    return browsers


def staffed(number: int) -> list[UUID]:
    """So many memberships: those there are, and colleagues who join."""
    from nowrongdoor.journeys import agencies
    from nowrongdoor.kernel.now import now
    from nowrongdoor.reading import viewers
    from nowrongdoor.rules import access
    from nowrongdoor.rules.agency import Member, Membership

    there = viewers.personas(at=now())
    at_work = [viewers.at_work(membership_id=one.membership_id) for one in there]
    keys = [one.membership_id for one in there]
    leads = (one for one in at_work if one and access.may_do(one, "agency.enter", at=now()))
    lead, joining = next(leads), []
    for each in range(len(keys), number):
        like = at_work[each % len(at_work)]
        assert like is not None
        member = Member(uuid4(), f"Colleague {each}", "")
        membership = Membership(uuid4(), member.id, like.team_id, like.role, now(), None)
        joining += [member, membership]
        keys.append(membership.id)
    if joining:
        agencies.enter(facts=joining, by=lead, at=now())
        hold(at=now())
    return keys[:number]


def hold(*, at: datetime) -> None:
    """What each team holds is shared out among its members by name, a few for each."""
    from nowrongdoor.console.bench import rows
    from nowrongdoor.journeys import holdings
    from nowrongdoor.reading import viewers
    from nowrongdoor.rules import access
    from nowrongdoor.rules.change import Refused

    for (team,) in rows.all_rows("SELECT id FROM agencies_team WHERE closed_at IS NULL", []):
        works = "SELECT id FROM agencies_membership WHERE team_id = %s AND until_at IS NULL ORDER BY id"
        members = [viewers.at_work(membership_id=key) for (key,) in rows.all_rows(works, [team])]
        takers = [one for one in members if one and access.may_do(one, "holding.take", at=at)]
        held = (
            "SELECT referral_id, version FROM holdings_holding WHERE team_id = %s AND until_at IS NULL"
            " ORDER BY referral_id LIMIT %s"
        )
        for place, (key, version) in enumerate(rows.all_rows(held, [team, BY_NAME * len(takers)])):
            try:
                holdings.take(referral_id=key, by=takers[place % len(takers)], at=at, seen=version)
            except Refused:
                continue  # it is theirs already, or is being handed over
