"""
What a decision about a referral also starts: how soon the person is first in touch, and first seen. What a
visit also starts: a short intervention, which has a limit.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import AGENCIES
from nowrongdoor.data.services.facts import SERVICES
from nowrongdoor.data.stages.facts import STAGES
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction_required
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import short_intervention, stage
from nowrongdoor.rules.change import Step, Steps
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.stage import Stage


@transaction_required
def held(referral_id: UUID) -> list[Stage]:
    """What is awaited of a referral, and was, held still: in the order of tables before what is owed."""
    return store.lock_where(STAGES, referral_id=referral_id)


@transaction_required
def decided(
    steps: Sequence[Step], *, stages: Sequence[Stage], team_id: UUID, by: Viewer, at: datetime
) -> Steps:
    """
    The standards of access that follow from a decision, whose first step is the referral as decided: those
    of the nation the decider works in, and of what the team offers that is to respond.
    """
    return stage.decided(
        steps[0].change.after,
        stages=stages,
        nation=store.peek(AGENCIES, by.agency_id).jurisdiction,
        services={one.name for one in store.find(SERVICES, team_id=team_id)},
        at=at,
    )


@transaction_required
def met(about: Referral, *, stages: Sequence[Stage], by: Viewer, at: datetime) -> Steps:
    """What begins once a crew is with the person, by what their own team offers."""
    return short_intervention.begin(
        about,
        stages=stages,
        nation=store.peek(AGENCIES, by.agency_id).jurisdiction,
        services={one.name for one in store.find(SERVICES, team_id=by.team_id)},
        at=at,
    )
