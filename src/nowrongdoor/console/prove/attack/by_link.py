"""
Attacks by whoever has a link and signs in nowhere, and by whoever has none and guesses: hostile text in every
field of its pages, thousands of addresses that are nearly one, and what a log says of either.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import uuid4

import psycopg

from nowrongdoor.console.prove.attack.corpus import texts
from nowrongdoor.console.prove.attack.firing import Fired
from nowrongdoor.console.prove.attack.sending import Judge, Sender
from nowrongdoor.console.prove.attack.server import Server
from nowrongdoor.rules.access import Viewer

OFFER = """
SELECT h.id, h.giver_member_id FROM handovers_handover h
WHERE h.state = 'offered' AND NOT EXISTS (
    SELECT FROM agencies_membership m
    WHERE m.team_id = h.receiver_team_id AND m.until_at IS NULL AND m.role <> 'link_holder')
ORDER BY h.offered_at DESC LIMIT 1
"""
HELD = """
SELECT h.id, h.giver_member_id FROM handovers_handover h
JOIN holdings_holding held ON held.handover_id = h.id AND held.until_at IS NULL
WHERE h.state = 'accepted' AND NOT EXISTS (
    SELECT FROM agencies_membership m
    WHERE m.team_id = h.receiver_team_id AND m.until_at IS NULL AND m.role <> 'link_holder')
ORDER BY h.answered_at DESC LIMIT 1
"""
SERVICE = "SELECT id FROM services_service WHERE missing_since IS NULL ORDER BY name, id LIMIT 1"
WORKS = "SELECT id FROM agencies_membership WHERE member_id = %s AND until_at IS NULL ORDER BY id LIMIT 1"
GUESSES = 60
NOT_THERE, TOO_MANY = 404, 429
WHO = {"name": ["Zoe Lamplighter"], "job": ["Volunteer"]}


@dataclass
class Links:
    """
    One that answers an offer, one of a service, one that was signed and never made, and one by which a team
    that accepted goes on, where one holds anybody: each a secret, and who made them.

    Before somebody guesses one more is made (`quiet`), of an offer that is open then or else of a service: a
    member may have taken back, or somebody answered, whatever was open when the attack began.
    """

    answer: str
    places: str
    never: str
    by: Viewer
    onward: str = ""
    quiet: str = ""

    @property
    def secrets(self) -> list[str]:
        return [one[:22] for one in (self.answer, self.places, self.never, self.onward, self.quiet) if one]


@dataclass
class Guessed:
    """What came of guessing from one network while somebody there has a link that opens."""

    missed: int = 0
    slowed: int = 0
    opened: list[str] = field(default_factory=list)
    locked_out: int = 0


def make(owner: psycopg.Connection) -> Links:
    """As a member makes them, over the journeys."""
    from nowrongdoor.kernel import signed_links

    answer, by = _answering(owner)
    return Links(answer, _of_service(owner, by), signed_links.fresh("answer").token, by, _going_on(owner))


def _going_on(owner: psycopg.Connection) -> str:
    """A link by which a team in which nobody signs in goes on, where one holds somebody."""
    from nowrongdoor.journeys import onward_links
    from nowrongdoor.kernel import signed_links
    from nowrongdoor.kernel.now import now
    from nowrongdoor.reading import viewers

    held = owner.execute(HELD).fetchall()
    works = owner.execute(WORKS, [held[0][1]]).fetchall() if held else []
    if not works:
        return ""
    by = viewers.at_work(membership_id=works[0][0])
    assert by is not None
    fresh = signed_links.fresh("onward")
    onward_links.make(link_id=uuid4(), handover_id=held[0][0], digest=fresh.digest, by=by, at=now())
    return fresh.token


def _of_service(owner: psycopg.Connection, by: Viewer) -> str:
    """A link by which somebody says how many places a service has."""
    from nowrongdoor.journeys import places_links
    from nowrongdoor.kernel import signed_links
    from nowrongdoor.kernel.now import now

    ((service_id,),) = owner.execute(SERVICE).fetchall()
    places = signed_links.fresh("places")
    places_links.make(link_id=uuid4(), service_id=service_id, digest=places.digest, by=by, at=now())
    return places.token


def _answering(owner: psycopg.Connection) -> tuple[str, Viewer]:
    """A link that answers an offer which is open now, and whoever of its giver made it."""
    from nowrongdoor.journeys import answer_links
    from nowrongdoor.kernel import signed_links
    from nowrongdoor.kernel.now import now
    from nowrongdoor.reading import viewers

    ((handover_id, giver_id),) = owner.execute(OFFER).fetchall()
    ((membership_id,),) = owner.execute(WORKS, [giver_id]).fetchall()
    by = viewers.at_work(membership_id=membership_id)
    assert by is not None
    answer = signed_links.fresh("answer")
    answer_links.make(link_id=uuid4(), handover_id=handover_id, digest=answer.digest, by=by, at=now())
    return answer.token, by


def fire(server: Server, links: Links, judge: Judge, fired: Fired, *, every: int) -> Sender:
    """Hostile text, of each kind, in every field of a link's pages; answered by so that the offer goes on."""
    holder = Sender(server.port, judge, "whoever has a link")
    answer, places, onward = (f"/answer/{links.answer}", f"/places/{links.places}", f"/onward/{links.onward}")
    holder.get(places)
    holder.get(answer)
    holder.post(answer, WHO)
    if links.onward:
        holder.get(onward)
        holder.post(onward, WHO)
    for number, one in enumerate(texts()):
        if number % every:
            continue
        typed = [one.text]
        for path, fields in (
            (answer, {"name": typed, "job": typed}),
            (answer, WHO | {"act": typed, "seen": typed}),
            (answer, WHO | {"act": ["accept"], "read_back": typed, "seen": ["77"], "holding_id": typed}),
            (answer, WHO | {"act": ["file"], "file": typed}),
            (answer, WHO | {"act": ["return"], "words": typed, "reason": typed, "next_team": typed}),
            (places, {"have": typed, "places": typed}),
            *(_onward(onward, typed) if links.onward else ()),
        ):
            came = holder.post(path, fields, what=f"{one.kind} by a link")
            fired.inputs += 1
            fired.answered[came.status] += 1
            fired.kinds[one.kind] += 1
            fired.fields |= {(path.split("/")[1], path.split("/")[1], name) for name in fields}
    holder.get(f"/answer/{links.never}")  # answered as if it were nothing, and logged as that
    return holder


def _onward(path: str, typed: list[str]) -> tuple[tuple[str, dict[str, list[str]]], ...]:
    """Hostile text in all that a team that goes on may write; nothing that ends it, so that it goes on."""
    return (
        (path, {"name": typed, "job": typed}),
        (path, WHO | {"act": ["write"], "way": ["note"], "words": typed, "note_id": typed}),
        (path, WHO | {"act": ["write"], "way": typed, "happened_time": typed, "happened_day_day": typed}),
        (path, WHO | {"act": ["ring"], "number": typed, "words": typed, "promise_id": typed}),
        (path, WHO | {"act": ["back"], "words": typed, "seen": ["77"], "handover_id": typed}),
        (path, WHO | {"act": ["close"], "outcome": typed, "told": typed, "told_by": typed, "seen": typed}),
    )


def guess(server: Server, links: Links, owner: psycopg.Connection) -> Guessed:
    """From one network: guesses, and after them somebody who has a link that opens."""
    came, judge = Guessed(), Judge()
    stranger, holder = Sender(server.port, judge, "who guesses"), Sender(server.port, judge, "who has one")
    path = _made_now(links, owner)
    before = holder.get(path).status
    for token in _guesses(links.answer):
        answer = stranger.get(f"/answer/{token}")
        came.missed += answer.status == 404
        came.slowed += answer.status == 429
        if answer.status not in (404, 429):
            came.opened.append(f"{answer.status}: a guess")
    after, said = holder.get(path).status, holder.post(path, WHO).status
    # It opens as it did; and who sends its form is answered, or told what is missing from it.
    came.locked_out = (before == NOT_THERE or after != before) + (said in (NOT_THERE, TOO_MANY))
    return came


def _made_now(links: Links, owner: psycopg.Connection) -> str:
    """The address of a link that opens, whatever became of those that were made before."""
    if owner.execute(OFFER).fetchall():
        links.quiet, _ = _answering(owner)
        return f"/answer/{links.quiet}"
    links.quiet = _of_service(owner, links.by)
    return f"/places/{links.quiet}"


def _guesses(token: str) -> list[str]:
    """Nearly a link in every place, and nothing like one."""
    near = [token[:at] + ("A" if token[at] != "A" else "B") + token[at + 1 :] for at in range(len(token))]
    return [*near, *(f"guess-{number}" for number in range(GUESSES - len(near)))]
