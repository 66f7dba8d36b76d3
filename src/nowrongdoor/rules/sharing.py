"""
Sharing: somebody decided that a team of another agency may know what others know of a person.

Two grounds are kept apart, because they are two questions: on which ground of data protection law this is
processed (`gdpr_basis`), and why it does not break a confidence (`confidentiality_basis`). Consent to
sharing answers the second and is not the first. A decision stands until it is withdrawn, and then at once
no longer. Keeping someone safe is never blocked: an override asks three things and is always reviewed.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused, Step, began, changed, need_words
from nowrongdoor.rules.handover import Handover

OVERRIDE = "safeguarding"


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
    """Empty for the ground that is usual for this purpose."""


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
    gdpr = grounds.gdpr_basis or law.code("purposes", purpose, at=at, field="purpose").entails
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


def with_offer(
    offered: Handover,
    *,
    person_id: UUID | None,
    crosses: bool,
    decision_id: UUID,
    purpose: str,
    by: UUID,
    at: datetime,
) -> tuple[Step, ...]:
    """
    An offer to a team of another agency (`crosses`) is itself a decision to share, on the basis the
    offer names; an offer within the agency decides nothing.
    """
    if not crosses:
        return ()
    basis = law.code("sharing_bases", offered.sharing_basis, at=at, field="sharing_basis")
    return (
        decide(
            decision_id=decision_id,
            person_id=person_id,
            referral_id=offered.referral_id,
            handover_id=offered.id,
            to_team_id=offered.receiver_team_id,
            by_team_id=offered.giver_team_id,
            purpose=purpose,
            grounds=Grounds(
                basis.entails, offered.why_urgent or offered.ask, "yes" if offered.told else "not_yet"
            ),
            by=by,
            at=at,
        ),
    )
