"""The rows that are measured with: found by SQL, and made by the journeys where a place has none."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from nowrongdoor.journeys import contacts, people, referrals
from nowrongdoor.kernel.now import now
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import viewers
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.person import Details

MESSAGE = Message(
    why_urgent="Not slept for four nights.",
    summary="Mum rang.",
    done="Listened.",
    ask="Please see her today.",
    watch_for="",
    told="",
    sharing_basis="consent",
)
Row = tuple[Any, ...]


def to_triage(by: Viewer) -> Row:
    """A new referral of this team that nobody has been asked to take."""
    found = first(
        "SELECT r.id, r.version FROM referrals_referral r JOIN holdings_holding h ON h.referral_id = r.id"
        " WHERE h.until_at IS NULL AND h.team_id = %s AND r.state = 'new' AND NOT EXISTS"
        " (SELECT FROM handovers_handover o WHERE o.referral_id = r.id AND o.state = 'offered')"
        " ORDER BY r.due_at LIMIT 1",
        [by.team_id],
    )
    return found or (received(by), 1)


def to_close(by: Viewer) -> Row:
    """
    A referral of this team that nothing keeps open: no offer waits, no promise is owed, no clock of the law
    runs, and nothing was decided with the police.
    """
    found = first(
        "SELECT r.id, r.version FROM referrals_referral r JOIN holdings_holding h ON h.referral_id = r.id"
        " WHERE h.until_at IS NULL AND h.team_id = %s AND r.state IN ('accepted', 'under_way')"
        " AND NOT EXISTS"
        " (SELECT FROM handovers_handover o WHERE o.referral_id = r.id AND o.state = 'offered')"
        " AND NOT EXISTS (SELECT FROM promises_promise d WHERE d.referral_id = r.id AND d.state = 'open')"
        " AND NOT EXISTS"
        " (SELECT FROM stages_statutoryclock s WHERE s.referral_id = r.id AND s.ended_at IS NULL)"
        " AND NOT EXISTS (SELECT FROM police_policedecision d WHERE d.referral_id = r.id)"
        " ORDER BY r.due_at LIMIT 1",
        [by.team_id],
    )
    return found or (received(by), 1)


def closed(by: Viewer) -> Row:
    found = first(
        "SELECT id, version FROM referrals_referral WHERE state = 'closed' AND duplicate_of_id IS NULL"
        " AND from_team_id = %s ORDER BY closed_at DESC LIMIT 1",
        [by.team_id],
    )
    return found or closed_now(by)


def closed_now(by: Viewer) -> Row:
    key = received(by)
    referrals.close(
        referral_id=key, outcome="help_given", told="She is well.", told_by="us", by=by, at=now(), seen=1
    )
    return key, 2


def offered() -> Row:
    """An offer that waits: its key and version, the team that gives and the team that was asked."""
    find = (
        "SELECT id, version, giver_team_id, receiver_team_id FROM handovers_handover"
        " WHERE state = 'offered' ORDER BY answer_by LIMIT 1"
    )
    found = first(find)
    if found is None:
        giver = another_team()
        received(member_of(giver), to=another_team(giver))
        found = one_row(find)
    return found


def offered_by(by: Viewer) -> Row:
    """An offer that waits, made by this team."""
    find = (
        "SELECT id FROM handovers_handover WHERE state = 'offered' AND giver_team_id = %s"
        " ORDER BY answer_by LIMIT 1"
    )
    found = first(find, [by.team_id])
    if found is None:
        received(by, to=another_team(by.team_id))
        found = one_row(find, [by.team_id])
    return found


def twice(by: Viewer) -> Row:
    """Two open referrals about one person, both held here: the same request, received twice."""
    person = someone(by)
    return received(by, person=person), received(by, person=person)


def a_contact(by: Viewer) -> Row:
    """A contact that this team answered, about somebody nobody knows yet."""
    find = (
        "SELECT id, version FROM contacts_contact WHERE person_id IS NULL AND team_id = %s"
        " ORDER BY id LIMIT 1"
    )
    found = first(find, [by.team_id])
    if found is None:
        received(by)
        found = one_row(find, [by.team_id])
    return found


def unlinked(by: Viewer) -> Row:
    """A contact of whom nobody knows yet whom it was about, its version, and the person it was about."""
    return (*a_contact(by), someone(by))


def received(by: Viewer, *, person: UUID | None = None, to: UUID | None = None) -> UUID:
    """A contact is recorded with a referral, and offered at once to the team that is named, if one is."""
    referral_id = uuid4()
    contacts.receive(
        contact_id=uuid4(),
        said=Said(channel="telephone", words="She has not slept and is frightened."),
        outcome="handed_over",
        callback_id=uuid4(),
        happened_at=now(),
        person_id=person,
        referral=NewReferral(referral_id, uuid4(), ["mental"], "Help her to sleep and feel safe."),
        offer=NewOffer(uuid4(), to, MESSAGE) if to else None,
        by=by,
        at=now(),
    )
    return referral_id


def someone(by: Viewer) -> UUID:
    person_id = uuid4()
    details = Details(family_name=f"Ffowc {person_id.hex}", given_names="Maryam", phone="01632 960114")
    people.register(person_id=person_id, details=details, looked_at=[], by=by, at=now())
    return person_id


def another_team(*teams: UUID) -> UUID:
    (found,) = one_row(
        "SELECT id FROM agencies_team WHERE closed_at IS NULL AND NOT id = ANY(%s) ORDER BY id LIMIT 1",
        [list(teams)],
    )
    return found


def member_of(team: UUID) -> Viewer:
    (membership,) = one_row(
        "SELECT id FROM agencies_membership WHERE until_at IS NULL AND team_id = %s"
        " AND role <> 'call_handler' ORDER BY id LIMIT 1",
        [team],
    )
    found = viewers.at_work(membership_id=membership)
    assert found is not None
    return found


def one_row(query: str, params: list[Any] | None = None) -> Row:
    found = first(query, params)
    if found is None:
        raise LookupError("This place has nothing of the kind to measure. Make it larger.")
    return found


def all_rows(query: str, params: list[Any]) -> list[Row]:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        return list(cursor.fetchall())


def first(query: str, params: list[Any] | None = None) -> Row | None:
    with connection.cursor() as cursor:
        cursor.execute(query, params)
        found = cursor.fetchone()
    return None if found is None else tuple(found)
