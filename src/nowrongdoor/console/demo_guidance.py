"""
A version of guidance in the demonstration's place: written with carers, agreed to by two agencies, and asked
beside what stands. Nobody has put it live.
"""

from datetime import datetime
from uuid import UUID, uuid5

from nowrongdoor.journeys import guidance
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.reading import viewers
from nowrongdoor.rules import response_advice
from nowrongdoor.rules.clock import local_date

KEY = UUID("6d1f7c1e-0f4e-4a53-9f0c-6f3a6a1c0d37")
# One row of what we ship, and how the place would have it: somebody hurt is seen within four hours by staff.
WAS, BECOMES = (
    f'<outputEntry id="row_3_response"><text>"{urgency}"</text>' for urgency in ("emergency", "very_urgent")
)
WHY = "Somebody who was hurt and is in no danger may wait for the rapid response and not an ambulance."


def write(*, at: datetime) -> None:
    """Uploaded by a lead, looked at by leads of two agencies, and compared; nothing where too few lead."""
    leads = _leads(at=at)
    text = response_advice.shipped(on=local_date(at)).model.source.decode().replace(WAS, BECOMES)
    if len(leads) < 3:
        return
    author, *partners = leads
    guidance.upload(
        version_id=KEY,
        whole_place=True,
        written_with="The carers’ group and two members of the lived experience panel",
        lived_experience=True,
        why=WHY,
        text=text,
        by=author,
        at=at,
    )
    guidance.circulate(version_id=KEY, by=author, at=at, seen=1)
    guidance.compare(version_id=KEY, by=author, at=at, seen=2)
    for number, one in enumerate(partners):
        said = {"agrees": True, "words": "", "appraisal_id": uuid5(KEY, str(number))}
        guidance.appraise(version_id=KEY, **said, by=one, at=at, seen=3)


def _leads(*, at: datetime) -> list[Viewer]:
    """A lead who writes, and one each of two agencies who look at it; none of them is another."""
    found: list[Viewer] = []
    for one in viewers.personas(at=at):
        if one.role != "team_lead" or (by := viewers.at_work(membership_id=one.membership_id)) is None:
            continue
        is_new = by.member_id not in {other.member_id for other in found}
        if is_new and (not found or by.agency_id not in {other.agency_id for other in found[1:]}):
            found.append(by)
        if len(found) == 3:
            break
    return found
