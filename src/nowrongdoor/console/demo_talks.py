"""A living network of volunteers for a demonstration: some wait for a call, some had one, one was tried."""

from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.journeys import services, talks
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import talks as reading
from nowrongdoor.reading import viewers
from nowrongdoor.rules.change import Missing, Refused
from nowrongdoor.rules.directory import Service
from nowrongdoor.sim.streams import Stream, Streams

NETWORK = "Good Company"
NAME = "Good Company rings you"
# What came of each, in order; nothing: they wait.
CALLS = ((), (), ("talked",), ("no_answer", "no_answer"), ("again",), ("talked",))
WORDS = ("The garden, and the radio.", "", "How quiet the house is.", "", "Anything but the news.", "")
SKIPPED = 3
"""The last who rang are left as they are: other pages of the demonstration are about them."""


def ring(*, seed: int, until: datetime) -> None:
    """Nothing where nobody answers calls, or no volunteers work here."""
    there = viewers.personas(at=until)
    asking = [one for one in there if one.role == "call_handler"]
    ringing = [one for one in there if one.role == "voluntary_partner" and one.team_name == NETWORK]
    leading = [one for one in there if one.role == "team_lead" and one.team_name == NETWORK]
    if not asking or not ringing or not leading:
        return
    by = viewers.at_work(membership_id=asking[0].membership_id)
    volunteer = viewers.at_work(membership_id=ringing[0].membership_id)
    lead = viewers.at_work(membership_id=leading[0].membership_id)
    if by is None or volunteer is None or lead is None:
        return
    chance = Streams(seed)["talks"]
    listed = Service(
        chance.id(), volunteer.agency_id, volunteer.team_id, NAME, "A volunteer rings you, just to talk",
        ("just_to_talk", "loneliness"), "Every day", "01632 960977",
    )  # fmt: skip
    services.enter(services=[listed], by=lead, at=until - timedelta(days=20))
    rang = reading.who_rang(by.team_id, most=SKIPPED + len(CALLS))[SKIPPED:]
    for number, ((contact_id, name, phone), came_of) in enumerate(zip(rang, CALLS, strict=False)):
        with suppress(Refused, Missing):  # of somebody this member may not know of
            talk_id = chance.id()
            talks.ask(
                talk_id=talk_id,
                promise_id=chance.id(),
                service_id=listed.id,
                contact_id=contact_id,
                referral_id=None,
                person_id=None,
                ask_for=name,
                number=phone or f"01632 9607{number:02}",
                safe_to_call="yes",
                agreed=True,
                suits_from=until + timedelta(hours=1) if number == 1 else None,
                suits_until=until + timedelta(hours=3) if number == 1 else None,
                words=WORDS[number],
                by=by,
                at=until - timedelta(hours=1),
            )
            _came(chance, talk_id, came_of, by=volunteer, until=until)


def _came(chance: Stream, talk_id: UUID, came_of: tuple[str, ...], *, by: Viewer, until: datetime) -> None:
    for number, what in enumerate(came_of):
        seen = reading.one(talk_id, viewer=by).promise.version
        talks.tell(
            talk_id=talk_id,
            came_of=what,
            next_id=chance.id(),
            next_promise_id=chance.id(),
            next_at=until + timedelta(days=7) if what == "again" else None,
            by=by,
            at=until - timedelta(minutes=40 - 15 * number),
            seen=seen,
        )
