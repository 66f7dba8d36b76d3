"""What is measured: every list and page through its address, and the acts through their journeys."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import connection
from django.test import Client
from django.urls import reverse

from nowrongdoor.console.bench.goals import NONE, Goal
from nowrongdoor.journeys import contacts, handovers, triage
from nowrongdoor.kernel.now import now
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk.sessions import MEMBERSHIP, SEEN
from nowrongdoor.reading import viewers
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.triage import Decision

LIST = Goal(statements=8, cpu_ms=40)
SEARCH = Goal(statements=4 + 2, p95_ms=100)  # two of them say who asks: the session and its member
RECORD = Goal(statements=25, cpu_ms=50)
MESSAGE = Message(
    why_urgent="Not slept for four nights.",
    summary="Mum rang.",
    done="Listened.",
    ask="Please see her today.",
    watch_for="",
    told="",
    sharing_basis="consent",
)


@dataclass(frozen=True)
class Work:
    name: str
    do: Callable[[], object]
    goal: Goal = NONE
    undone: bool = False


def everything() -> Iterator[Work]:
    membership, team = busiest()
    client = signed_in(membership)
    by = viewers.at_work(membership_id=membership)
    assert by is not None
    person, referral = known()
    yield Work("my work", page(client, "my_work"), LIST)
    yield Work("triage inbox", page(client, "triage"), LIST)
    yield Work("care traffic board", page(client, "board"), LIST)
    yield Work("care traffic board, as a table", page(client, "board_table"), LIST)
    yield Work("new contact", page(client, "contact_new"))
    yield Work("person", page(client, "person", person), LIST)
    yield Work("timeline of a person", page(client, "person_timeline", person), LIST)
    yield Work("referral", page(client, "referral", referral), LIST)
    yield from searches(client)
    yield from acts(by, team)


def searches(client: Client) -> Iterator[Work]:
    family, given, number, phone = one_row(
        "SELECT family_name, given_names, nhs_number, phone FROM people_person"
        " WHERE nhs_number IS NOT NULL AND length(family_key) > 3 AND length(given_key) > 1 AND phone <> ''"
        " ORDER BY id OFFSET 1000 LIMIT 1"
    )
    asked = {
        "full name": {"name": f"{given} {family}"},
        "first three letters of a surname": {"name": family[:3]},
        "name the wrong way round": {"name": f"{family} {given}"},
        "NHS number": {"nhs_number": number},
        "telephone number": {"phone": phone},
    }
    for what, fields in asked.items():
        yield Work(f"search people: {what}", post(client, "people_search", fields), SEARCH)


def acts(by: Viewer, team: UUID) -> Iterator[Work]:
    (other,) = one_row(
        "SELECT id FROM agencies_team WHERE closed_at IS NULL AND id <> %s ORDER BY id LIMIT 1", [team]
    )
    yield Work("record a contact with a referral", lambda: record(by), RECORD, undone=True)
    yield Work("record, refer and offer in one", lambda: record(by, to=other), RECORD, undone=True)
    held = one_row(
        "SELECT r.id, r.version FROM referrals_referral r JOIN holdings_holding h ON h.referral_id = r.id"
        " WHERE h.until_at IS NULL AND h.team_id = %s AND r.state = 'new' AND NOT EXISTS"
        " (SELECT FROM handovers_handover o WHERE o.referral_id = r.id AND o.state = 'offered')"
        " ORDER BY r.due_at LIMIT 1",
        [team],
    )
    yield Work("triage: hand on to another team", lambda: hand_on(by, held, other), RECORD, undone=True)
    offered = one_row(
        "SELECT o.id, o.version, o.receiver_team_id FROM handovers_handover o WHERE o.state = 'offered'"
        " ORDER BY o.answer_by LIMIT 1"
    )
    receiver = member_of(offered[2])
    yield Work("accept a handover", lambda: accept(receiver, offered), RECORD, undone=True)


def record(by: Viewer, *, to: UUID | None = None) -> None:
    contacts.receive(
        contact_id=uuid4(),
        said=Said(channel="telephone", words="She has not slept and is frightened."),
        outcome="handed_over",
        callback_id=uuid4(),
        happened_at=now(),
        referral=NewReferral(uuid4(), uuid4(), ["mental"], "Help her to sleep and feel safe."),
        offer=NewOffer(uuid4(), to, MESSAGE) if to else None,
        by=by,
        at=now(),
    )


def hand_on(by: Viewer, held: tuple[Any, ...], to: UUID) -> None:
    triage.hand_on(
        referral_id=held[0],
        decision=Decision("urgent", ("mental",), "Not slept for four nights."),
        handover_id=uuid4(),
        to_team_id=to,
        message=MESSAGE,
        by=by,
        at=now(),
        seen=held[1],
    )


def accept(by: Viewer, offered: tuple[Any, ...]) -> None:
    handovers.accept(
        handover_id=offered[0],
        read_back="We see her today at ten.",
        holding_id=uuid4(),
        by=by,
        at=now(),
        seen=offered[1],
    )


def busiest() -> tuple[UUID, UUID]:
    """A triage clinician of the team that holds the most, and that team."""
    found = one_row(
        "SELECT m.id, m.team_id FROM agencies_membership m WHERE m.until_at IS NULL"
        " AND m.role = 'triage_clinician' AND m.team_id = (SELECT h.team_id FROM holdings_holding h"
        " JOIN agencies_membership t ON t.team_id = h.team_id AND t.role = 'triage_clinician'"
        " AND t.until_at IS NULL"
        " WHERE h.until_at IS NULL GROUP BY h.team_id ORDER BY count(*) DESC LIMIT 1) ORDER BY m.id LIMIT 1"
    )
    return found[0], found[1]


def member_of(team: UUID) -> Viewer:
    (membership,) = one_row(
        "SELECT id FROM agencies_membership WHERE until_at IS NULL AND team_id = %s"
        " AND role <> 'call_handler' ORDER BY id LIMIT 1",
        [team],
    )
    found = viewers.at_work(membership_id=membership)
    assert found is not None
    return replace(found)


def known() -> tuple[UUID, UUID]:
    """The person with the most referrals, one of them open, and that open referral."""
    found = one_row(
        "SELECT person_id, (array_agg(id) FILTER (WHERE state <> 'closed'))[1] FROM referrals_referral"
        " WHERE person_id IS NOT NULL GROUP BY person_id HAVING count(*) FILTER (WHERE state <> 'closed') > 0"
        " ORDER BY count(*) DESC, person_id LIMIT 1"
    )
    return found[0], found[1]


def signed_in(membership: UUID) -> Client:
    client = Client()
    session = client.session
    session[MEMBERSHIP], session[SEEN] = str(membership), now().isoformat()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def page(client: Client, name: str, *args: object) -> Callable[[], object]:
    address = reverse(name, args=args)
    return lambda: _answered(client.get(address))


def post(client: Client, name: str, fields: dict[str, str]) -> Callable[[], object]:
    address = reverse(name)
    return lambda: _answered(client.post(address, fields))


def one_row(query: str, params: list[Any] | None = None) -> tuple[Any, ...]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        found = cursor.fetchone()
    if found is None:
        raise LookupError("This place has nothing of the kind to measure. Make it larger.")
    return tuple(found)


def _answered(response: Any) -> None:
    if response.status_code != 200:
        raise AssertionError(f"answered {response.status_code} instead of 200")
