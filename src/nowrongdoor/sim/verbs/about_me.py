"""What is said about a person, heading by heading, is written down as it was said."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import about_me, access
from nowrongdoor.rules.about_me import AboutAnswer, Said
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.person import Person
from nowrongdoor.sim import standing
from nowrongdoor.sim.verbs.held import Verbs


class AboutMe(Verbs):
    def answer(
        self,
        *,
        answer_id: UUID,
        person_id: UUID,
        said: Said,
        replaces_id: UUID | None,
        by: Viewer,
        at: datetime,
    ) -> None:
        """Write down an answer about a person, by whoever may see them."""
        access.need(by, "about_me.answer", at=at)
        team = self.own_team(by)
        self.rows.one(Person, person_id)
        standing.need_person(self.rows, person_id, by=by, at=at)
        ids = self.rows.indexes.answers_about.get(person_id, [])
        earlier = [one for one in self.rows.several(AboutAnswer, ids) if one.heading == said.heading]
        answered = about_me.answer(
            said,
            answer_id=answer_id,
            person_id=person_id,
            replaces_id=replaces_id,
            earlier=[one for one in earlier if one.id != answer_id],
            team_id=team.id,
            by=by.member_id,
            at=at,
        )
        self.rows.apply((answered,), by=by, at=at)
