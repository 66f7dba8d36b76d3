"""
Who matters to a person: family, friends, carers and professionals, what each may be told, and who must not be
contacted.

Somebody in the circle is no record of their own. A no to contact holds for every act that would ring or tell
them, and is shown, never left out; it is lifted by a person who says why. Nothing here permits anybody to
read the record: that is a permission.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused, Step, began, changed, need_words
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.identifiers import key, phone_key
from nowrongdoor.rules.permission import Permission, stands
from nowrongdoor.rules.ringing import DO_NOT_CONTACT
from nowrongdoor.rules.words import Unknown

NEVER, EMERGENCY, SOME = "never", "emergency", "some"
GROWN_UP = {"attorney", "advocate"}


@dataclass(frozen=True)
class InCircle:
    """
    `parts` is what they are to the person beside their `relation`; `contact` whether they may be contacted,
    and `tell` what they may be told: each may be one of three unknowns. `why` says why it was last changed.
    """

    id: UUID
    person_id: UUID
    name: str
    relation: str
    parts: tuple[str, ...]
    phone: str
    phone_unknown: str
    phone_key: str
    contact: str
    tell: str
    words: str
    said_by: str
    said_on: date
    why: str
    team_id: UUID
    entered_at: datetime
    entered_by_id: UUID
    withdrawn_at: datetime | None
    withdrawn_by_id: UUID | None
    version: int = 0


@dataclass(frozen=True)
class Somebody:
    """
    Somebody who matters to the person, as a form or another system brings it. No `phone` at all leaves the
    number as it stands: whoever may not see it writes over nothing.
    """

    name: str
    relation: str
    parts: tuple[str, ...] = ()
    phone: str | None = ""
    phone_unknown: str = ""
    contact: str = str(Unknown.NOT_ASKED)
    tell: str = str(Unknown.NOT_ASKED)
    words: str = ""
    said_by: str = ""
    said_on: date | None = None


def enter(
    told: Somebody,
    *,
    entry_id: UUID,
    person_id: UUID,
    permitted: Sequence[Permission],
    team_id: UUID,
    by: UUID,
    at: datetime,
) -> Step:
    """Write down somebody who matters. `permitted` are carers who may read the record."""
    need_words(told.name, field="name", ask="Say what they are called.")
    return began(
        "circle.entered",
        InCircle(
            id=entry_id,
            person_id=person_id,
            **_known(told, permitted=permitted, at=at),
            why="",
            team_id=team_id,
            entered_at=at,
            entered_by_id=by,
            withdrawn_at=None,
            withdrawn_by_id=None,
        ),
    )


def correct(
    entry: InCircle, told: Somebody, *, why: str, permitted: Sequence[Permission], at: datetime
) -> Step:
    """What is known of them changes. Refuses to lift a no to contact without a reason."""
    _need_standing(entry)
    need_words(told.name, field="name", ask="Say what they are called.")
    if told.phone is None:
        told = replace(told, phone=entry.phone, phone_unknown=entry.phone_unknown)
    known = _known(told, permitted=permitted, at=at)
    # A number that is taken away would be rung as anybody's.
    lifts = entry.contact == NEVER and (known["contact"] != NEVER or known["phone_key"] != entry.phone_key)
    if lifts:
        need_words(why, field="why", ask="Say why this changes: the person did not want them contacted.")
    if all(getattr(entry, name) == value for name, value in known.items() if name != "said_on"):
        raise Refused("Nothing was changed.", code="nothing_changed")
    return changed(entry, "circle.corrected", why=why.strip(), **known)


def withdraw(entry: InCircle, *, why: str, by: UUID, at: datetime) -> Step:
    """They do not belong in the circle any more, or never did. Ends a no to contact as well, so says why."""
    _need_standing(entry)
    need_words(why, field="why", ask="Say why they are taken out.")
    return changed(entry, "circle.withdrawn", withdrawn_at=at, withdrawn_by_id=by, why=why.strip())


def not_to_contact(circle: Iterable[InCircle]) -> list[InCircle]:
    """Those of them whom nobody may ring or tell."""
    return [one for one in circle if one.withdrawn_at is None and one.contact == NEVER]


def need_may_be_told(circle: Iterable[InCircle], *, name: str, field: str) -> None:
    """Refuses to tell, or to let read, somebody whom the person does not want contacted."""
    for one in not_to_contact(circle):
        if key(one.name) and key(one.name) == key(name):
            raise Refused(
                f"The person does not want {one.name} to be contacted. If that has changed, "
                "change it under who matters to them, and say why.",
                code="not_to_be_contacted",
                field=field,
                of=one,
            )


def may_ring(number: str, safe: str, circle: Iterable[InCircle]) -> str:
    """Whether a number may be rung, as it was said; a no to contact whose number it is goes before that."""
    wanted = phone_key(number)
    kept = wanted and any(one.phone_key == wanted for one in not_to_contact(circle))
    return DO_NOT_CONTACT if kept else safe


def _need_standing(entry: InCircle) -> None:
    if entry.withdrawn_at is not None:
        raise Refused("They were taken out already.", code="circle_withdrawn", of=entry)


def _known(told: Somebody, *, permitted: Sequence[Permission], at: datetime) -> dict[str, Any]:
    chosen = {law.code("circle_parts", one, at=at, field="parts") for one in told.parts}
    parts = tuple(one.code for one in sorted(chosen, key=lambda one: one.order))
    contact = law.code("may_contact", told.contact, at=at, field="contact").code
    tell = law.code("may_be_told", told.tell, at=at, field="tell").code
    _need_sense(told, parts, contact, tell)
    if contact == NEVER:
        _need_no_permission(told, permitted, at=at)
    phone = (told.phone or "").strip()
    on = told.said_on or local_date(at)
    if on > local_date(at):
        raise Refused("They cannot have said it in the future.", code="said_in_future", field="said_on")
    return {
        "name": told.name.strip(),
        "relation": law.code("relations", told.relation, at=at, field="relation").code,
        "parts": parts,
        "phone": phone,
        "phone_unknown": "" if phone else str(Unknown(told.phone_unknown or Unknown.NOT_ASKED)),
        "phone_key": phone_key(phone),
        "contact": contact,
        "tell": tell,
        "words": told.words.strip(),
        "said_by": law.code("about_said_by", told.said_by, at=at, field="said_by").code,
        "said_on": on,
    }


def _need_sense(told: Somebody, parts: tuple[str, ...], contact: str, tell: str) -> None:
    if contact == NEVER and EMERGENCY in parts:
        raise Refused(
            "Whoever must not be contacted cannot be rung in an emergency. Choose one.",
            code="never_in_emergency",
            field="contact",
        )
    if tell == SOME and not told.words.strip():
        raise Refused("Say what of it they may be told.", code="told_what", field="words")
    if "young_carer" in parts and GROWN_UP & set(parts):
        raise Refused(
            "Somebody under 18 cannot be an attorney, a deputy or an advocate.",
            code="too_young",
            field="parts",
        )


def _need_no_permission(told: Somebody, permitted: Sequence[Permission], *, at: datetime) -> None:
    for given in permitted:
        if stands(given, at=at) and key(given.carer_name) == key(told.name):
            raise Refused(
                f"Take back first what {given.carer_name} may read of the record.",
                code="may_read_it",
                field="contact",
                of=given,
            )
