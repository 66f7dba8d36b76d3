"""Facts for tests of rules: each a plain example, of which a test changes what it is about."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.contact import Contact, Said
from nowrongdoor.rules.handover import Handover, Message
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.person import Details, Person, register
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.referral import Referral
from tests.worlds.tables import clock

NINE, TEN = clock("09:00"), clock("10:00")
WORLD = UUID("6f0e5d0e-0000-4000-8000-000000000000")
MESSAGE = Message(
    why_urgent="Has not slept for four nights.",
    summary="Lives with her mother, who rang.",
    done="Talked it through together.",
    ask="Please visit tomorrow morning.",
    watch_for="Not eating.",
    told="That you will ring first.",
    sharing_basis="consent",
)
SAID = Said("telephone", words="I can't sleep.")


def id_of(name: str) -> UUID:
    """The same name is the same id in every test."""
    return uuid5(WORLD, name)


def a_team(name: str = "Crisis team", **known: Any) -> Team:
    team = Team(id_of(name), id_of("agency"), name, "", "", False, clock("08:00"), None, None, version=1)
    return replace(team, **known)


GIVER, RECEIVER, THIRD = a_team("Front door"), a_team("Crisis team"), a_team("Social care")


def a_viewer(role: str = "team_lead", team: Team = GIVER, name: str = "Priya") -> Viewer:
    return Viewer(id_of(name), name, role, team.id, team.name, team.agency_id)


def a_membership(name: str = "Priya", team: Team = GIVER, **known: Any) -> Membership:
    key = id_of(f"{name} at {team.name}")
    return replace(Membership(key, id_of(name), team.id, "team_lead", NINE, None, version=1), **known)


def a_referral(**known: Any) -> Referral:
    """Received at nine, still new."""
    return replace(
        Referral(
            id=id_of("referral"),
            person_id=id_of("person"),
            contact_id=None,
            from_team_id=GIVER.id,
            needs=("mental",),
            request="Please help her to sleep.",
            words="I can't sleep.",
            urgency=None,
            standard="answer_referrer@2015-01-01",
            state="new",
            waiting_from=None,
            received_at=NINE,
            due_at=NINE + timedelta(minutes=30),
            triaged_at=None,
            triaged_by_id=None,
            triage_words="",
            triaged_as="",
            triaged_as_words="",
            accepted_at=None,
            closed_at=None,
            closed_by_id=None,
            outcome="",
            told="",
            told_by="",
            duplicate_of_id=None,
            reopened_at=None,
            reopening_words="",
            version=1,
        ),
        **known,
    )


def a_holding(**known: Any) -> Holding:
    """The front door holds since nine; nobody is named."""
    key, of = id_of("holding"), id_of("referral")
    held = Holding(key, of, GIVER.id, None, NINE, None, "received", None, None, None, version=1)
    return replace(held, **known)


def a_handover(**known: Any) -> Handover:
    """Offered by the front door to the crisis team at nine."""
    return replace(
        Handover(
            id=id_of("handover"),
            referral_id=id_of("referral"),
            holding_id=id_of("holding"),
            giver_team_id=GIVER.id,
            giver_member_id=id_of("Amir"),
            receiver_team_id=RECEIVER.id,
            **vars(MESSAGE),
            state="offered",
            offered_at=NINE,
            answer_by=NINE + timedelta(minutes=30),
            hop=1,
            after_id=None,
            answered_at=None,
            answered_by_id=None,
            read_back="",
            reason="",
            reason_words="",
            next_team_id=None,
            next_handover_id=None,
            version=1,
        ),
        **known,
    )


def a_promise(**known: Any) -> Promise:
    """A call back, promised at nine by the front door, due at a quarter past."""
    return replace(
        Promise(
            id=id_of("promise"),
            kind="callback",
            contact_id=None,
            referral_id=id_of("referral"),
            person_id=None,
            owner_team_id=GIVER.id,
            owner_member_id=id_of("Amir"),
            asked_of="",
            words="Ring back",
            made_at=NINE,
            due_at=NINE + timedelta(minutes=15),
            as_of_at=NINE,
            escalation_level=0,
            state="open",
            ended_at=None,
            ended_by_id=None,
            ending_words="",
            version=1,
        ),
        **known,
    )


def a_contact(**known: Any) -> Contact:
    """Received at nine; the caller was lost, so it is open."""
    return replace(
        Contact(
            id=id_of("contact"),
            team_id=GIVER.id,
            member_id=id_of("Amir"),
            person_id=None,
            **vars(SAID),
            state="open",
            outcome="caller_lost",
            happened_at=NINE,
            received_at=NINE,
            closed_at=None,
            closed_by_id=None,
            closing_words="",
            version=1,
        ),
        **known,
    )


def a_person(name: str = "person", **known: Any) -> Person:
    """Registered as the rule would; Siân ap Rhys unless said otherwise."""
    details = Details(**{"given_names": "Siân", "family_name": "ap Rhys", **known})
    registered = register(details, person_id=id_of(name), candidates=[], looked_at=[], at=NINE)
    person: Person = registered.change.after
    return person
