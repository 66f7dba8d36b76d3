"""Key contacts in words: who can be rung about a person, and what to know before ringing them."""

from datetime import datetime

from nowrongdoor.nhsuk import code_words, numbers, wording
from nowrongdoor.reading.key_contacts import CallerToRing, KeyContacts, TeamToRing
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.ringing import DO_NOT_CONTACT

CALLERS_NOT_SHOWN = "Numbers left by those who rang: not shown to you"
# Said before the number, for whoever reads no further than to it.
BEFORE = {
    "yes": "Safe to ring",
    "no": "Not safe to ring: ask first",
    DO_NOT_CONTACT: "Do not contact: the person does not want this",
    "declined": "They preferred not to say whether it is safe to ring",
    "not_asked": "Whether it is safe to ring was not asked",
    "not_known": "Whether it is safe to ring is not known",
}


def key_contacts(found: KeyContacts, person: Person, *, at: datetime) -> dict[str, object]:
    """Teams, the person, and those who rang about them."""
    return {
        "teams": [_team(one, at=at) for one in found.teams],
        "own": _own(found, at=at),
        "own_unknown": ""
        if found.number
        else wording.unknown_words("telephone number", person.phone_unknown or "not_known"),
        "callers": [_caller(one, at=at) for one in found.callers],
        # Said whether or not a number was given: what is not shown must not look like none.
        "callers_unknown": CALLERS_NOT_SHOWN if found.hides_callers else "",
    }


def _team(one: TeamToRing, *, at: datetime) -> dict[str, str]:
    if one.answer_by is None:
        what = f"Holds now – {one.member_name}" if one.member_name else "Holds now"
    else:
        what = f"Has been asked, to answer by {wording.local_when(one.answer_by, at=at)}"
    return {"name": one.team_name, "what": what, "before": "", **_number(one.phone, "yes")}


def _own(found: KeyContacts, *, at: datetime) -> dict[str, str] | None:
    if not found.number:
        return None
    when = f", said {wording.local_when(found.said_at, at=at)}" if found.said_at else ""
    return {
        "before": f"{BEFORE.get(found.safe, BEFORE['not_known'])}{when}",
        **_number(found.number, found.safe),
    }


def _caller(one: CallerToRing, *, at: datetime) -> dict[str, str]:
    kind = code_words.words_of("caller_kinds", one.kind, at=at) if one.kind else "Somebody who rang"
    parts = [kind if one.name else "", one.agency, f"rang {wording.local_when(one.happened_at, at=at)}"]
    return {
        "name": one.name or kind,
        "what": ", ".join(part for part in parts if part),
        "before": BEFORE.get(one.safe, BEFORE["not_known"]),
        **_number(one.number, one.safe),
    }


def _number(said: str, safe: str) -> dict[str, str]:
    """The number, and where one tap rings it: nowhere when that is not safe."""
    struck = "yes" if safe == DO_NOT_CONTACT else ""
    return {"number": said, "url": numbers.url_of(said, safe) if said else "", "struck": struck}
