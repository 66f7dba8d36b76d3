"""Somebody looks into how a record was opened, shared or looked at, and says what they found."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.agencies.facts import MEMBERSHIPS, TEAMS
from nowrongdoor.data.sharing.facts import REVIEWS
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, review, snooping
from nowrongdoor.rules.snooping import Suspicion


@transaction
def decide(*, review_id: UUID, outcome: str, words: str, by: Viewer, at: datetime, seen: int) -> None:
    """Say what was found. By the governance lead of the agency whose member acted, where it has one."""
    access.need(by, "review.decide", at=at)
    asked = store.lock(REVIEWS, review_id, seen=seen)
    review.need_reviewer(asked, agency_id=by.agency_id, leads=_leads_of(asked.agency_id))
    decided = review.decide(asked, outcome=outcome, words=words, by=by.member_id, at=at)
    store.save([decided], by=by, at=at)


@transaction
def look_into(*, suspected: Sequence[Suspicion], by: Viewer, at: datetime) -> None:
    """
    Ask that somebody look into patterns of looking, each once for its day, however often it is found.

    Two who find the same at once wait for each other.
    """
    access.need(by, "looks.audit", at=at)
    store.one_at_a_time("patterns of looking")
    ids = [one.review_id for one in suspected]
    known = {one.id for one in store.find(REVIEWS, id__in=ids)} if ids else set()
    asked = [snooping.ask(one, at=at) for one in suspected if one.review_id not in known]
    store.save(asked, by=by, at=at)


def _leads_of(agency_id: UUID) -> list[UUID]:
    """The governance leads who work for an agency now."""
    teams = [one.id for one in store.find(TEAMS, agency_id=agency_id)]
    working = store.find(MEMBERSHIPS, team_id__in=teams, role=review.LEAD, until_at=None) if teams else []
    return [one.member_id for one in working]
