"""One's own record in plain words: short sentences, said to the person."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from nowrongdoor.nhsuk import (
    about_words,
    circle_words,
    code_words,
    numbers,
    seeing_words,
    surroundings,
    wording,
)
from nowrongdoor.nhsuk.seeing_words import PERMITS
from nowrongdoor.reading.about_person import AboutLine
from nowrongdoor.reading.own_looks import OwnLook
from nowrongdoor.reading.own_record import Help, OwedToMe, OwnWords, SharedWith
from nowrongdoor.rules.access import Relationship
from nowrongdoor.rules.circle import NEVER, InCircle
from nowrongdoor.rules.permission import Permission
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.words import PromiseKind, ReferralState

CALLED_IN_LOG = "The person"


def ring(helps: Iterable[Help]) -> str:
    """Whom to ring, with the number each time: nobody should have to look for it further up."""
    teams = {one.team_name: one.phone for one in helps if one.phone}
    said = [f"{team} on {number}" for team, number in teams.items()]
    if not said:
        return "Ring the team that holds you. If nobody holds you now, ring 111."
    return f"Ring the team that holds you: {', or '.join(said)}."


DOING = {
    ReferralState.NEW: "We have your request. Somebody is deciding how soon, and who should help.",
    ReferralState.WAITING: "Before we go on we are waiting: for an answer, or for you.",
    ReferralState.TRIAGED: "We have asked a team to help you. Until it says yes, the team here holds you.",
    ReferralState.ACCEPTED: "A team has said yes to helping you.",
    ReferralState.UNDER_WAY: "Help has started.",
}
OWED = {
    PromiseKind.CALLBACK: "Ring you back",
    PromiseKind.INFORMATION: "Find something out for you",
    PromiseKind.THE_PERSON: "Be in touch with you again, once you have had your time",
    PromiseKind.RE_HOMING: "Settle which team holds you",
    PromiseKind.LOOP: "Settle who helps you, for you were sent from one team to another",
    PromiseKind.REPEATED_CONTACT: "Look at all that you told us together, and act on it",
    PromiseKind.NO_CAPACITY: "Find a team that has room to help you",
    PromiseKind.PARTNER_UNREACHABLE: "Reach the team that was asked to help you",
    PromiseKind.DISAGREEMENT: "Settle between teams how you are helped",
    PromiseKind.LOST_TO_CONTACT: "Find a way to be in touch with you",
    PromiseKind.HOLDER_OFF: "Say who in the team looks after you now",
    PromiseKind.POLICE_RECHECK: "Make sure that somebody has come to you",
    PromiseKind.URGENT_HEALTH: "See you soon",
    PromiseKind.POLICE_GAP: "Settle who comes to you",
    PromiseKind.LATE_ARRIVAL: "Find somebody who comes to you sooner",
    PromiseKind.SECOND_READING: "Have a second person read what staff wrote for each other about you",
    PromiseKind.VISIT: "Visit you",
    PromiseKind.CHECK_IN: "Make sure that whoever visits you is safe",
    PromiseKind.NOT_AT_HOME: "Find you, for you were not at home when we came",
    PromiseKind.AFTER_VISIT: "Do what was agreed when we visited you",
    PromiseKind.JOINT_VISIT: "Settle who visits you together",
    PromiseKind.JUST_TO_TALK: "Ring you, just to talk",
}
OWED_THEM = {
    PromiseKind.CALLBACK: "Ring them back",
    PromiseKind.INFORMATION: "Find something out for them",
    PromiseKind.THE_PERSON: "Be in touch with them again, once they have had their time",
    PromiseKind.RE_HOMING: "Settle which team holds them",
    PromiseKind.LOOP: "Settle who helps them, for they were sent from one team to another",
    PromiseKind.REPEATED_CONTACT: "Look at all that was told about them together, and act on it",
    PromiseKind.NO_CAPACITY: "Find a team that has room to help them",
    PromiseKind.PARTNER_UNREACHABLE: "Reach the team that was asked to help them",
    PromiseKind.DISAGREEMENT: "Settle between teams how they are helped",
    PromiseKind.LOST_TO_CONTACT: "Find a way to be in touch with them",
    PromiseKind.HOLDER_OFF: "Say who in the team looks after them now",
    PromiseKind.POLICE_RECHECK: "Make sure that somebody has come to them",
    PromiseKind.URGENT_HEALTH: "See them soon",
    PromiseKind.POLICE_GAP: "Settle who comes to them",
    PromiseKind.LATE_ARRIVAL: "Find somebody who comes to them sooner",
    PromiseKind.SECOND_READING: "Have a second person read what staff wrote for each other about them",
    PromiseKind.VISIT: "Visit them",
    PromiseKind.CHECK_IN: "Make sure that whoever visits them is safe",
    PromiseKind.NOT_AT_HOME: "Find them, for they were not at home when we came",
    PromiseKind.AFTER_VISIT: "Do what was agreed when we visited them",
    PromiseKind.JOINT_VISIT: "Settle who visits them together",
    PromiseKind.JUST_TO_TALK: "Ring them, just to talk",
}
WHY_SHARED = {
    "consent": "You said yes to this.",
    "implied": "It is part of the help you would expect.",
    "legal_duty": "The law says we must.",
    "public_interest": "It was needed to keep people safe.",
    "best_interests": "You could not decide it then, and it was best for you.",
    "safeguarding": "It was needed to keep somebody safe.",
}
FOR_CARERS = ("Name", "Likes to be called", "Pronouns", "Born", "NHS number")
WITHHELD = "Withheld, to keep somebody safe"


THEM = {
    ReferralState.NEW: "Somebody is deciding how soon, and who should help.",
    ReferralState.WAITING: "Before it goes on the team is waiting: for an answer, or for them.",
    ReferralState.TRIAGED: "A team was asked to help. Until it says yes, the team here holds them.",
    ReferralState.ACCEPTED: "A team has said yes to helping.",
    ReferralState.UNDER_WAY: "Help has started.",
}


def known(person: Person, *, at: datetime) -> list[tuple[str, str]]:
    """Who they are, as it stands here."""
    where = ", ".join(part for part in (person.address, person.postcode) if part)
    rows = (
        ("Name", person.name),
        ("Likes to be called", person.known_as),
        ("Pronouns", person.pronouns or _why_not(person.pronouns_unknown)),
        ("Born", wording.born(person.born_on, at=at, unknown=person.born_on_unknown or "not_known")),
        ("NHS number", wording.nhs_number(person.nhs_number) if person.nhs_number else "Not known here"),
        ("Address", where or "Not known here"),
        ("Telephone", person.phone or "Not known here"),
        ("What helps you to talk to us", person.access_needs or _why_not(person.access_needs_unknown)),
    )
    return [(what, said) for what, said in rows if said]


def _why_not(code: str) -> str:
    """Not asked, declined and not known, in words; nothing where the part is withheld."""
    return wording.UNKNOWN[code].capitalize() if code else ""


def helping(one: Help, *, at: datetime) -> dict[str, str]:
    """One thing that is being done, who holds the person for it, and by when."""
    needs = wording.listed(said.lower() for said in code_words.all_words_of("needs", one.needs, at=at))
    return {
        "about": f"Help with {needs}" if needs else "Help with something we do not know yet",
        "doing": DOING[ReferralState(one.state)],
        "by": _by(one.due_at, at=at),
        "team": one.team_name,
        "agency": one.agency_name,
        "member": one.member_name,
        "since": wording.local_when(one.since_at, at=at),
        "number": one.phone,
        "url": numbers.url_of(one.phone, "yes") if one.phone else "",
    }


def helping_them(one: Help, *, at: datetime) -> dict[str, str]:
    """The same, said to a carer."""
    told = helping(one, at=at)
    when = wording.local_when(one.due_at, at=at) if one.due_at else ""
    late = f"This was due by {when}. It is late, and still to be done."
    by = "" if one.due_at is None else late if one.due_at < at else f"They should hear by {when}."
    return told | {"doing": THEM[ReferralState(one.state)], "by": by}


def known_to_carer(person: Person, *, at: datetime) -> list[tuple[str, str]]:
    """Who they are; where they live and their number is not for a carer."""
    return [row for row in known(person, at=at) if row[0] in FOR_CARERS]


def carer(given: Permission, *, at: datetime) -> dict[str, str]:
    """Whom the person lets read, what, and until when."""
    since = wording.local_when(given.given_at, at=at)
    until = f"until {wording.local_when(given.until_at, at=at)}" if given.until_at else "until you stop it"
    return {
        "name": f"{given.carer_name} ({given.carer_is.lower()})" if given.carer_is else given.carer_name,
        "what": wording.listed(PERMITS[one] for one in PERMITS if one in given.elements),
        "when": f"Since {since}, {until}",
        "words": given.words,
    }


def _by(due_at: datetime | None, *, at: datetime) -> str:
    if due_at is None:
        return ""
    when = wording.local_when(due_at, at=at)
    if due_at < at:
        return f"This was due by {when}. It is late. It is still ours to do, and you can ring to ask."
    return f"You should hear from us by {when}."


def owed(one: OwedToMe, *, at: datetime) -> dict[str, str]:
    """A promise: what, by when, and who made it."""
    due_at, ended_at = one.promise.due_at, one.promise.ended_at
    when = wording.local_when(due_at, at=at)
    by = f"This was due by {when} and is late" if due_at < at else f"By {when}"
    if ended_at is not None:
        by = f"Promised by {when}, and kept {wording.local_when(ended_at, at=at)}"
    return {
        "what": OWED[PromiseKind(one.promise.kind)],
        "for_carer": OWED_THEM[PromiseKind(one.promise.kind)],
        "by": by,
        "team": f"{one.team_name} {'has done' if ended_at else 'will do'} this",
    }


def said(one: OwnWords, *, at: datetime) -> dict[str, str]:
    return {
        "when": wording.local_when(one.said_at, at=at),
        "words": one.words,
        "wish": one.wish,
        "team": one.team_name,
    }


def shared(one: SharedWith, *, at: datetime) -> dict[str, str]:
    """With whom, for what and why; what staff wrote about it is not told."""
    facts = one.decision
    return {
        "with": f"{one.team_name}, {one.agency_name}",
        "since": wording.local_when(facts.decided_at, at=at),
        "purpose": code_words.words_of("purposes", facts.purpose, at=at).replace("this person", "you"),
        "why": WHY_SHARED.get(
            facts.confidentiality_basis,
            code_words.words_of("confidentiality_bases", facts.confidentiality_basis, at=at),
        ),
    }


def look(one: OwnLook, *, at: datetime) -> dict[str, str]:
    """One look: when, who, as what, why, and what they saw."""
    told = {
        "when": wording.local_datetime(one.looked_at),
        "elements": seeing_words.told_elements(one.elements),
    }
    if one.is_me:
        return told | {
            "who": "You",
            "of": "",
            "why": seeing_words.TOLD["self"].capitalize(),
            "stands_out": "",
        }
    if one.is_withheld:
        return told | {"who": WITHHELD, "of": "", "why": WITHHELD, "stands_out": ""}
    role = surroundings.role_words(one.role, at=at)
    broke = one.relationship == Relationship.BROKE_GLASS
    return told | {
        "who": one.member_name or f"{code_words.with_article(role).capitalize()}, name withheld",
        "of": ", ".join(
            part for part in (role if one.member_name else "", one.team_name, one.agency_name) if part
        ),
        "why": seeing_words.TOLD.get(one.relationship, "not said").capitalize(),
        "stands_out": "Opened in an emergency" if broke else "",
    }


def about(lines: Iterable[AboutLine], *, at: datetime) -> dict[str, Any]:
    """What they told about themselves, by heading, and what nobody has from them yet."""
    every = list(lines)
    told = [about_words.told(one, at=at, mine=True) for one in every if one.stands is not None]
    return {
        "told": [
            {"label": one.label, "state": OWN_STATE.get(one.state, one.state), "chosen": one.chosen,
             "words": one.words}
            for one in told
        ],
        "untold": len(every) - len(told),
    }  # fmt: skip


OWN_STATE = {
    "Declined": "You preferred not to say.",
    "Not known": "You told us that you do not know.",
    "Not asked": "We have taken back what was written here.",
}


def circle(named: Iterable[InCircle], *, at: datetime) -> list[dict[str, str]]:
    """Whom they named themselves, and what they want us to do about each."""
    return [
        {
            "name": one.name,
            "what": circle_words.who(one, at=at),
            "contact": OWN_CONTACT.get(one.contact, ""),
            "tell": "" if one.contact == NEVER else OWN_TELL.get(one.tell, ""),
            "words": one.words,
        }
        for one in named
    ]


OWN_CONTACT = {
    "any_time": "We may contact them.",
    "emergency": "We contact them only in an emergency.",
    NEVER: "We do not contact them.",
}
OWN_TELL = {
    "all": "We may tell them all of it.",
    "some": "We may tell them some of it.",
    "nothing": "We tell them nothing.",
}
