"""
What the agencies of a demonstration have agreed about their crews: the ambulance service has its crew beside
those of the rapid response team, and the council lends that team somebody until tonight.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from nowrongdoor.journeys import agreements, crews, loans
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import viewers
from nowrongdoor.rules import access
from nowrongdoor.rules.agreement import BESIDE, LENT, Agreement
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.crew import Seating
from nowrongdoor.sim.county import LAW, TEAMS

SPACE = UUID("c0b3a1de-54f7-5a0e-9d1b-7f52e9a06b31")
HOURS = timedelta(hours=10)
LEAD = "team_lead"
RAPID, LENDER, BESIDE_IT = (
    next(one.name for one in TEAMS if one.key == key) for key in ("rapid", "reablement", "clinical_hub")
)


def lend(*, until: datetime) -> None:
    """Two agreements, somebody lent, and a crew beside; nothing where one of these teams has nobody."""
    borrower, lender = _works(RAPID, at=until), _works(LENDER, at=until)
    other, leads = _works(BESIDE_IT, at=until), _works("", role="governance_lead", at=until)
    by = next((one for one in lender if one.role == LEAD), None)
    lent = next((one for one in lender if by is not None and one.member_id != by.member_id), None)
    if not (borrower and other and leads and by and lent):
        return
    rapid = borrower[0]
    _agree(LENT, rapid, by, by=leads[0], at=until)
    _agree(BESIDE, rapid, other[0], by=leads[0], at=until)
    loans.lend(
        membership_id=_key("lent"), member_id=lent.member_id, to_team_id=rapid.team_id,
        role="rapid_responder", until_at=until + HOURS, by=by, at=until,
    )  # fmt: skip
    goes = next((one for one in other if access.may_do(one, "crew.put_on", at=until)), None)
    if goes is not None:
        crews.put_on(
            crew_id=_key("crew"), name="Car 12", base="averley_market", travel="car", device="",
            from_at=until, until_at=until + HOURS, seatings=[Seating(goes.member_id, "paramedic")], by=goes,
            at=until,
        )  # fmt: skip


def _works(team: str, *, at: datetime, role: str = "") -> list[Viewer]:
    """Who works for a team of this name, or in this role anywhere, in the order of their names."""
    found = [one for one in viewers.personas(at=at) if team in ("", one.team_name) and role in ("", one.role)]
    works = (viewers.at_work(membership_id=one.membership_id) for one in found)
    return [one for one in works if one is not None]


def _agree(kind: str, one: Viewer, other: Viewer, *, by: Viewer, at: datetime) -> None:
    today = local_date(at)
    facts = Agreement(
        _key(kind), one.agency_id, other.agency_id, kind, "Who is out, and from when they are free", LAW,
        today - timedelta(days=60), today + timedelta(days=120), today + timedelta(days=305),
    )  # fmt: skip
    agreements.enter(facts=facts, by=by, at=at)


def _key(*of: str) -> UUID:
    return uuid5(SPACE, " ".join(of))
