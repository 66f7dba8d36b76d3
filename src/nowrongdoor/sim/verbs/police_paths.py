"""Which path somebody is on about whom the police may be asked, and how far each thing on its list is."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import access, police_path
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.police_path import PolicePath, Said
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import THE_HOLDER, Verbs


class PolicePaths(Verbs):
    def begin(
        self, *, path_id: UUID, referral_id: UUID, path: str, words: str, by: Viewer, at: datetime
    ) -> None:
        """Say which path this is: absent, walked out, missing, section 136, or being moved."""
        held = self.hold(referral_id)
        access.need(by, "police_path.begin", at=at, team_id=held.holding.team_id, team=THE_HOLDER)
        step = police_path.begin(
            self.police_paths(referral_id), path_id=path_id, referral_id=referral_id, path=path, words=words,
            by=by.member_id, at=at,
        )  # fmt: skip
        self.rows.apply([step], by=by, at=at)

    def answer(
        self, *, path_id: UUID, said: Mapping[str, Said], by: Viewer, at: datetime, seen: int
    ) -> None:
        """Say how far things on the list are. Whoever has a part in it may."""
        access.need(by, "police_path.answer", at=at)
        standing.need_referral(self.rows, self.rows.one(PolicePath, path_id).referral_id, by=by, at=at)
        one = self.rows.seen(PolicePath, path_id, seen)
        self.rows.apply([police_path.answer(one, said=said, by=by.member_id, at=at)], by=by, at=at)
