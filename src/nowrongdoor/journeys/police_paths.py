"""Which path somebody is on about whom the police may be asked, and how far each thing on its list is."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.police.facts import POLICE_PATHS
from nowrongdoor.journeys import records, standing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access, police_path
from nowrongdoor.rules.police_path import Said

HOLDER = "the team that holds this"


@transaction
def begin(*, path_id: UUID, referral_id: UUID, path: str, words: str, by: Viewer, at: datetime) -> None:
    """Say which path this is: absent, walked out, missing, section 136, or being moved."""
    held = records.hold(referral_id)
    access.need(by, "police_path.begin", at=at, team_id=held.holding.team_id, team=HOLDER)
    before = store.lock_where(POLICE_PATHS, referral_id=referral_id)
    step = police_path.begin(
        before, path_id=path_id, referral_id=referral_id, path=path, words=words, by=by.member_id, at=at
    )
    store.save([step], by=by, at=at)


@transaction
def answer(*, path_id: UUID, said: Mapping[str, Said], by: Viewer, at: datetime, seen: int) -> None:
    """
    Say how far things on the list are. Whoever has a part in it may: a ward searches, security looks, and the
    team that holds need not be either. Nothing follows from it by itself.
    """
    access.need(by, "police_path.answer", at=at)
    standing.need_referral(store.peek(POLICE_PATHS, path_id).referral_id, by=by, at=at)
    one = store.lock(POLICE_PATHS, path_id, seen=seen)
    store.save([police_path.answer(one, said=said, by=by.member_id, at=at)], by=by, at=at)
