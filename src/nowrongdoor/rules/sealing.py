"""
Sealing: a referral, a contact or a whole person kept from all but those who take part in it.

A sealed item is seen by the teams with a part in that very item, and by whoever breaks the glass; others do
not learn that it is there. A restricted person is found by nobody else: not by name, number or place, in
no list and no count; and where they are is seen only by those who are answerable for something now.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.rules import access, law
from nowrongdoor.rules.access import CLOSE, Relationship, Sealed, Sight, Viewer
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.change import Refused, Step, began, changed, need_words

# Most contacts are over when they are recorded, and may be sealed all the same.
MAY_SEAL = CLOSE | {Relationship.LATELY}


@dataclass(frozen=True)
class Against:
    """From whom somebody is kept safe, where it is known and works here: an agency, or one member."""

    agency_id: UUID | None = None
    member_id: UUID | None = None


NOBODY_NAMED = Against()


@dataclass(frozen=True)
class Seal:
    """
    `referral_id` or `contact_id` names the item; with neither, the whole person is restricted. `against_…`
    names the agency or the one member it keeps somebody safe from: at most one of them, and often neither.
    `carried_from_id` is the seal on another record of the same person that this one goes with, if it does.
    """

    id: UUID
    person_id: UUID | None
    referral_id: UUID | None
    contact_id: UUID | None
    why: str
    words: str
    team_id: UUID
    sealed_at: datetime
    sealed_by_id: UUID
    lifted_at: datetime | None
    lifted_by_id: UUID | None
    lifting_words: str
    against_agency_id: UUID | None = None
    against_member_id: UUID | None = None
    carried_from_id: UUID | None = None
    version: int = 0


def seal(
    *,
    seal_id: UUID,
    person_id: UUID | None,
    referral_id: UUID | None = None,
    contact_id: UUID | None = None,
    why: str,
    words: str,
    team_id: UUID,
    against: Against = NOBODY_NAMED,
    by: UUID,
    at: datetime,
) -> Step:
    """
    Keep it from others, for a reason on the list. Refuses a seal on nothing, on two items at once, and on an
    item of which nobody knows yet whom it is about.
    """
    need_one(person_id=person_id, referral_id=referral_id, contact_id=contact_id)
    if person_id is None:
        # A seal is looked for by the person: one put before would be found by nobody once they are known.
        raise Refused(
            "Nobody knows yet whom this is about, so only teams that take part in it see it. "
            "Say whom it is about, then seal it.",
            code="nobody_known_to_seal",
        )
    law.code("seal_reasons", why, at=at, field="why")
    if against.agency_id is not None and against.member_id is not None:
        raise Refused(
            "Name an agency or one member of it, not both.", code="two_against", field="against_name"
        )
    return began(
        "seal.put",
        Seal(
            id=seal_id,
            person_id=person_id,
            referral_id=referral_id,
            contact_id=contact_id,
            why=why,
            words=words.strip(),
            team_id=team_id,
            sealed_at=at,
            sealed_by_id=by,
            lifted_at=None,
            lifted_by_id=None,
            lifting_words="",
            against_agency_id=against.agency_id,
            against_member_id=against.member_id,
        ),
    )


def need_one(*, person_id: UUID | None, referral_id: UUID | None, contact_id: UUID | None) -> None:
    """Refuses a seal on nothing, and on two items at once."""
    if person_id is None and referral_id is None and contact_id is None:
        raise Refused("Say what is to be sealed.", code="nothing_to_seal")
    if referral_id is not None and contact_id is not None:
        raise Refused("Seal one thing at a time.", code="two_to_seal")


def need_part(sight: Sight) -> None:
    """Refuses whoever only may look: they would seal it from themselves, and from nobody who must know."""
    if sight.relationship not in MAY_SEAL:
        raise Refused("Only a team that takes part in this can seal it.", code="no_part_in_it")


def need_still_seen(put_on: Sealed, *, by: Viewer, gives_way: bool) -> None:
    """
    Refuses a seal against whoever puts it, whose team is not answerable for it now: nobody near could lift
    it again.
    """
    if access.is_against(by, put_on) and not gives_way:
        raise Refused(
            "That would seal it from you too: your team does not hold this now. Ask a team that holds it to "
            "seal it, or name the one person instead of the whole agency.",
            code="seals_oneself",
            field="against_agency",
        )


def named(seals: Iterable[Seal]) -> frozenset[UUID]:
    """The members whom these seals are against by name: none of them goes to that person's door."""
    return frozenset(one.against_member_id for one in seals if one.against_member_id is not None)


def lent_from(
    seals: Iterable[Seal], loans: Iterable[Membership], *, agency_of: Mapping[UUID, UUID]
) -> frozenset[UUID]:
    """
    The members whom an agency lends to another that one of these seals is against: nor do they go to that
    person's door. `loans` run; `agency_of` tells of which agency each team is.
    """
    against = {one.against_agency_id for one in seals} - {None}
    return frozenset(
        one.member_id
        for one in loans
        if one.lent_by_team_id is not None
        and agency_of[one.lent_by_team_id] in against
        and agency_of[one.lent_by_team_id] != agency_of[one.team_id]
    )


def keeps_safe_from(to: Team, seals: Iterable[Seal], *, members: Collection[UUID]) -> bool:
    """
    Whether one of these seals is against the agency of a team, or against one of the members who work for it.
    Asked before that team is made answerable for something: from then on it sees them, whoever is sealed out;
    but for one whom another agency lent to it, whom the seal goes on keeping out (`access.gives_way`).
    """
    return any(one.against_agency_id == to.agency_id or one.against_member_id in members for one in seals)


def need_not_kept_safe_from(to: Team, seals: Iterable[Sealed]) -> None:
    """
    Refuses to share a record that is sealed as a whole against the agency that would be told. Whom the seal
    is against is not said: the words may be read over a shoulder. One member alone the seal itself keeps out.

    Not asked of an override: keeping someone safe is never refused, and the seal itself lets it open nothing.
    """
    if any(one.is_restriction and one.against_agency_id == to.agency_id for one in seals):
        raise Refused(
            "This cannot be shared with that team: it could reach somebody the seal protects from. Choose "
            "another team. If somebody is in danger now, ring 999, and tell your safeguarding lead.",
            code="kept_safe_from",
            field="to_team",
        )


def need_unsealed(put_on: Seal, standing: Iterable[Seal]) -> None:
    """
    Refuses to seal what is sealed already, against whomever: one seal stands on one thing, beside what other
    records of the same person carry to it. The database keeps the same by its own constraints.
    """
    put = (one for one in standing if one.lifted_at is None and one.carried_from_id is None)
    if any(_on_one(one, put_on) for one in put):
        raise Refused("This is sealed already.", code="sealed_already")


def _on_one(one: Seal, other: Seal) -> bool:
    if one.referral_id or one.contact_id:
        # By the item alone: since it was sealed it may have been found to be about another person.
        return (one.referral_id, one.contact_id) == (other.referral_id, other.contact_id)
    return kept(other).is_restriction and one.person_id == other.person_id


def lift(sealed: Seal, *, words: str, by: UUID, at: datetime) -> Step:
    """Others may see it again. Refuses one that goes with a seal on another record of the same person."""
    if sealed.lifted_at is not None:
        raise Refused("This seal was lifted already.", code="seal_lifted", of=sealed)
    if sealed.carried_from_id is not None:
        raise Refused(
            "This seal stands because another record of the same person is sealed. Lift it on that record, "
            "or undo the merge.",
            code="seal_is_carried",
        )
    need_words(words, field="words", ask="Say why the seal is lifted.")
    return changed(sealed, "seal.lifted", lifted_at=at, lifted_by_id=by, lifting_words=words.strip())


def carry(sealed: Seal, *, to: UUID, by: UUID, at: datetime) -> Step:
    """The same restriction on another record of the person, while this one stands and they are merged."""
    return began(
        "seal.carried",
        replace(
            sealed,
            id=uuid5(sealed.id, f"{to}:{at.isoformat()}"),
            person_id=to,
            words="",
            sealed_at=at,
            sealed_by_id=by,
            carried_from_id=sealed.id,
        ),
    )


def end_carried(sealed: Seal, *, by: UUID, at: datetime) -> Step:
    """What it went with was lifted, or the records are one person's no more."""
    return changed(
        sealed,
        "seal.lifted",
        lifted_at=max(at, sealed.sealed_at),
        lifted_by_id=by,
        lifting_words="The seal it went with does not reach this record any more.",
    )


def kept(sealed: Seal) -> Sealed:
    """What the seal keeps, for `rules.access`."""
    return Sealed(
        sealed.person_id,
        sealed.referral_id,
        sealed.contact_id,
        sealed.against_agency_id,
        sealed.against_member_id,
    )


def is_on(one: Seal) -> str:
    """What a seal is on: a referral, a contact, or the whole person."""
    if kept(one).is_restriction:
        return "person"
    return "referral" if one.referral_id else "contact"
