"""
A person's own words stand in their record, and where somebody decides; on no other list and on no paper,
also where nothing was asked and they are all there is.
"""

from datetime import timedelta
from uuid import uuid4

import pytest

from nowrongdoor.journeys import agencies, care_contacts, referrals
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import downtime, my_work, paper, standing, triage_case
from tests.journeys.acts import leaving
from tests.worlds import stories

pytestmark = pytest.mark.django_db
OWN = "Zqwordsofmine"


@pytest.fixture
def maryam(place):
    return stories.maryam(place)


@pytest.fixture
def referral_id(place, maryam):
    """Held by Amir of the front door: nothing was asked but in her own words."""
    referral_id = uuid4()
    referrals.refer(
        referral_id=referral_id, holding_id=uuid4(), person_id=maryam, contact_id=None, needs=["mental"],
        request="", words=OWN, by=place.amir, at=place.later(),
    )  # fmt: skip
    return referral_id


def taken_on(place, referral_id):
    """Priya's team has taken her on and seen her: all that was due by a time is done."""
    stories.accepted(place, place.an_offer(referral_id=referral_id), by=place.priya)
    care_contacts.record(
        care_contact_id=uuid4(), referral_id=referral_id, way="face_to_face", words="Seen at home.",
        happened_at=None, by=place.priya, at=place.later(),
    )  # fmt: skip


def test_what_waits_for_a_decision_is_on_my_work_without_them(place, referral_id):
    part = my_work.needs_you(viewer=place.amir, at=now())
    assert [one.kind for one in part.tasks] == ["triage"]
    assert OWN not in repr(part) + repr(my_work.not_pressing(viewer=place.amir, at=now()))


def test_what_came_back_to_the_team_is_on_my_work_without_them(place, referral_id):
    agencies.leave(**leaving(place), at=place.later())
    lou = place.viewers["Lou of Front door"]
    part = my_work.needs_you(viewer=lou, at=now())
    assert "re_homing" in {one.state for one in part.tasks}
    assert OWN not in repr(part)


def test_whoever_is_held_is_on_no_paper_with_them(place, referral_id):
    taken_on(place, referral_id)
    pack = downtime.of(viewer=place.priya, shows_whereabouts=True, at=place.at)
    assert [(one.referral_id, one.clock) for one in pack.lines] == [(referral_id, None)]
    held = my_work.in_progress(viewer=place.priya)
    assert [one.referral_id for one in held.tasks] == [referral_id]
    made_at = place.at - timedelta(hours=1)
    keyed = paper.by_code(str(referral_id)[:6], viewer=place.priya, made_at=made_at, at=place.at)
    assert [one.id for one in keyed] == [referral_id]
    assert OWN not in repr([pack, held, keyed])


def test_what_is_due_on_paper_is_without_them(place, referral_id):
    made_at = place.at - timedelta(hours=1)
    keyed = paper.by_code(str(referral_id)[:6], viewer=place.amir, made_at=made_at, at=place.at)
    assert [one.id for one in keyed] == [referral_id] and keyed[0].clock
    assert OWN not in repr([keyed, downtime.of(viewer=place.amir, shows_whereabouts=True, at=place.at)])


def test_who_else_is_involved_is_told_without_them(place, maryam, referral_id):
    other = place.a_referral(person_id=maryam)
    case = triage_case.of(other, seen=standing.of("referral", other, viewer=place.amir, at=place.at))
    assert [one.referral_id for one in case.involved] == [referral_id]
    assert OWN not in repr(case.involved)


def test_whoever_decides_reads_them_on_the_list_and_that_is_on_record(place, maryam, referral_id, amir):
    assert OWN in amir.get("/triage").content.decode()
    (look,) = Look.objects.filter(member_id=place.amir.member_id, page="triage")
    assert look.person_id == maryam and "story" in look.elements
