"""
Sharing: somebody decided that a team of another agency may know what others know of a person.

Two grounds are kept apart, because they are two questions: on which ground of data protection law this is
processed (`gdpr_basis`), and why it does not break a confidence (`confidentiality_basis`). Consent to
sharing answers the second and is not the first. A decision stands until it is withdrawn, and then at once
no longer. Keeping someone safe is never blocked: an override asks three things and is always reviewed.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.rules import law, review
from nowrongdoor.rules.agency import Team
from nowrongdoor.rules.change import AlreadyRecorded, Refused, Step, Steps, began, changed, need_words
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.review import ReviewKind

OVERRIDE = "safeguarding"
NOT_SAID = "not_discussed"
"""The ground of an offer that names none: help is asked for first, and never held up by a form."""
FOR_CARE = ("direct_care", "care_act", "emergency_response")
"""What a person's record is shared for: nobody is told of them for planning or for keeping accounts."""
NOT_COVERED = "No agreement in force between the two agencies covers this purpose."
NO_LONGER_ASKED = "The team is no longer asked to take this on."


@dataclass(frozen=True)
class SharingDecision:
    """`told` says whether the person knows of it: yes, or why not yet."""

    id: UUID
    person_id: UUID | None
    referral_id: UUID | None
    handover_id: UUID | None
    to_team_id: UUID
    by_team_id: UUID
    purpose: str
    gdpr_basis: str
    confidentiality_basis: str
    words: str
    told: str
    decided_at: datetime
    decided_by_id: UUID
    withdrawn_at: datetime | None
    withdrawn_by_id: UUID | None
    withdrawal_words: str
    version: int = 0


@dataclass(frozen=True)
class Grounds:
    """Why something is shared: as chosen on the page. `words` says it for this person."""

    confidentiality_basis: str
    words: str
    told: str
    gdpr_basis: str = ""
    """Empty for the ground that goes with the other one, or is usual for this purpose."""


def decide(
    *,
    decision_id: UUID,
    person_id: UUID | None,
    referral_id: UUID | None,
    handover_id: UUID | None,
    to_team_id: UUID,
    by_team_id: UUID,
    purpose: str,
    grounds: Grounds,
    by: UUID,
    at: datetime,
) -> Step:
    """
    Share with a team. Refuses grounds that are not on the lists, and an override without words.

    An override (`confidentiality_basis` safeguarding) is never refused for anything else.
    """
    basis = law.code(
        "confidentiality_bases", grounds.confidentiality_basis, at=at, field="confidentiality_basis"
    )
    usual = law.code("purposes", purpose, at=at, field="purpose").entails
    gdpr = grounds.gdpr_basis or basis.entails or usual
    law.code("gdpr_bases", gdpr, at=at, field="gdpr_basis")
    if is_override(basis.code):
        need_words(grounds.words, field="words", ask="Say what the danger is.")
    law.code("person_told", grounds.told, at=at, field="told")
    return began(
        "sharing.decided",
        SharingDecision(
            id=decision_id,
            person_id=person_id,
            referral_id=referral_id,
            handover_id=handover_id,
            to_team_id=to_team_id,
            by_team_id=by_team_id,
            purpose=purpose,
            gdpr_basis=gdpr,
            confidentiality_basis=basis.code,
            words=grounds.words.strip(),
            told=grounds.told,
            decided_at=at,
            decided_by_id=by,
            withdrawn_at=None,
            withdrawn_by_id=None,
            withdrawal_words="",
        ),
    )


def withdraw(decision: SharingDecision, *, words: str, by: UUID, at: datetime) -> Step:
    """The person no longer wishes it, or the reason is over. The view it opened closes at this instant."""
    if decision.withdrawn_at is not None:
        raise Refused("This is no longer shared already.", code="sharing_withdrawn", of=decision)
    need_words(words, field="words", ask="Say why this is no longer shared.")
    return changed(
        decision,
        "sharing.withdrawn",
        withdrawn_at=at,
        withdrawn_by_id=by,
        withdrawal_words=words.strip(),
    )


def stands(decision: SharingDecision, *, at: datetime) -> bool:
    """The decision lets its team look at this instant."""
    return decision.decided_at <= at and (decision.withdrawn_at is None or at < decision.withdrawn_at)


def is_override(confidentiality_basis: str) -> bool:
    """Shared without consent to keep someone safe: allowed, and always reviewed."""
    return confidentiality_basis == OVERRIDE


def usual_purpose(agency_kind: str, *, at: datetime) -> str:
    """What an agency of this kind is usually told things for; care, where its kind says nothing else."""
    kinds = {one.code: one.entails for one in law.codes("agency_kinds", on=local_date(at))}
    return kinds.get(agency_kind) or "direct_care"


def need_new(standing: Iterable[SharingDecision], *, decision_id: UUID, to: Team, purpose: str) -> None:
    """Refuses to decide again what stands already about the person; a form sent twice is told so."""
    stands = [one for one in standing if _is_for(one, to, purpose)]
    if any(one.id == decision_id for one in stands):
        raise AlreadyRecorded(decision_id)
    if stands:
        raise Refused(
            f"This is shared with {to.name} for this purpose already.", code="shared_already", field="to_team"
        )


def need_other_team(to: Team, *, own_id: UUID) -> None:
    """Refuses to share with one's own team, and with one that has closed."""
    if to.id == own_id:
        raise Refused("Your own team sees this already.", code="share_with_self", field="to_team")
    if to.closed_at is not None:
        raise Refused(f"{to.name} has closed: nobody there would read it.", code="team_has_closed", of=to)


def with_offer(
    offered: Handover,
    *,
    person_id: UUID | None,
    giver_agency_id: UUID,
    to: Team,
    purpose: str,
    standing: Iterable[SharingDecision],
    by: UUID,
    by_agency_id: UUID,
    at: datetime,
) -> Steps:
    """
    An offer to a team of another agency is itself a decision to share, on the ground the offer names, for
    what that agency is usually told things for. An offer within the agency decides nothing, nor does one
    to a team that may know already (`standing`). Without consent, to keep someone safe, it is reviewed.
    """
    if to.agency_id == giver_agency_id or any(_is_for(one, to, purpose) for one in standing):
        return ()
    basis = law.code("sharing_bases", offered.sharing_basis or NOT_SAID, at=at, field="sharing_basis")
    told = "yes" if offered.told.strip() else "not_yet"
    decided = decide(
        # One for each offer: the same offer sent again decides the same.
        decision_id=uuid5(offered.id, "sharing"),
        person_id=person_id,
        referral_id=offered.referral_id,
        handover_id=offered.id,
        to_team_id=to.id,
        by_team_id=offered.giver_team_id,
        purpose=purpose,
        grounds=Grounds(basis.entails, offered.why_urgent or offered.ask, told),
        by=by,
        at=at,
    )
    return (decided, *reviewed(decided, is_covered=True, by_agency_id=by_agency_id, at=at))


def reviewed(decided: Step, *, is_covered: bool, by_agency_id: UUID, at: datetime) -> Steps:
    """
    What somebody must look into: sharing without consent, and sharing that no agreement covers. Neither is
    blocked, for keeping someone safe matters as much as keeping a confidence.
    """
    decision: SharingDecision = decided.change.after
    without_consent = is_override(decision.confidentiality_basis)
    why = [decision.words] if without_consent else []
    why += [] if is_covered else [NOT_COVERED]
    if not why:
        return ()
    return (
        review.ask(
            review_id=uuid5(decision.id, "review"),
            kind=ReviewKind.OVERRIDE if without_consent else ReviewKind.NO_AGREEMENT,
            subject_id=decision.id,
            person_id=decision.person_id,
            member_id=decision.decided_by_id,
            agency_id=by_agency_id,
            words="\n".join(why),
            at=at,
        ),
    )


def end_with_offer(decisions: Iterable[SharingDecision], *, by: UUID, at: datetime) -> Steps:
    """
    What an offer decided ends when the offer is sent back or taken back: nothing is asked of them any more.
    What that team was asked it may still read for a while (`law/access_times.csv`).
    """
    return tuple(
        withdraw(one, words=NO_LONGER_ASKED, by=by, at=at) for one in decisions if one.withdrawn_at is None
    )


def _is_for(one: SharingDecision, to: Team, purpose: str) -> bool:
    return one.to_team_id == to.id and one.purpose == purpose and one.withdrawn_at is None
