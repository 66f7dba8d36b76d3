"""The spine end to end: recorded once, triaged, handed over warmly, always held by one."""

from uuid import uuid4

import pytest

from nowrongdoor.data.handovers.models import Handover
from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.journeys import handovers, referrals
from nowrongdoor.rules.change import AlreadyRecorded, ChangedMeanwhile, Refused

pytestmark = pytest.mark.django_db


def holders(referral_id) -> list[str]:
    return list(
        Holding.objects.filter(referral_id=referral_id)
        .order_by("from_at")
        .values_list("team__name", flat=True)
    )


def test_a_contact_is_recorded_with_its_referral_and_held_by_the_one_who_took_it(place):
    _, referral_id = place.a_contact()
    held = Holding.objects.get(referral_id=referral_id)
    assert (held.member_id, held.team_id, held.until_at) == (place.amir.member_id, place.amir.team_id, None)


def test_a_form_sent_twice_is_recorded_once(place):
    referral_id = place.a_referral()
    with pytest.raises(AlreadyRecorded):
        referrals.refer(
            referral_id=referral_id,
            holding_id=uuid4(),
            person_id=None,
            contact_id=None,
            needs=[],
            request="",
            words="",
            by=place.amir,
            at=place.later(),
        )


def test_the_giver_holds_until_the_receiver_accepts_with_a_read_back(place):
    offer = Handover.objects.get(pk=place.an_offer())
    assert holders(offer.referral_id) == ["Front door"]
    with pytest.raises(Refused, match="In one line"):
        handovers.accept(
            handover_id=offer.id, read_back=" ", holding_id=uuid4(), by=place.priya, at=place.later(), seen=1
        )
    at = place.later()
    handovers.accept(
        handover_id=offer.id,
        read_back="We see her at ten.",
        holding_id=uuid4(),
        by=place.priya,
        at=at,
        seen=1,
    )
    assert holders(offer.referral_id) == ["Front door", "Crisis team"]
    assert Referral.objects.get(pk=offer.referral_id).state == "accepted"


def test_a_return_offers_it_to_the_team_it_names_by_the_same_time(place):
    offer = Handover.objects.get(pk=place.an_offer())
    refuse = {"handover_id": offer.id, "reason": "not_ours", "words": "", "by": place.priya, "seen": 1}
    with pytest.raises(Refused, match="Name the team to ask next"):
        handovers.send_back(**refuse, next_team_id=None, next_handover_id=uuid4(), at=place.later())
    next_id = uuid4()
    handovers.send_back(
        **refuse, next_team_id=place.teams["Social care"], next_handover_id=next_id, at=place.later()
    )
    then = Handover.objects.get(pk=next_id)
    assert (then.state, then.answer_by, then.hop) == ("offered", offer.answer_by, 2)
    assert holders(offer.referral_id) == ["Front door"]


def test_someone_who_is_late_is_told_who_accepted_and_when(place):
    offer_id = place.an_offer()
    at = place.later()
    handovers.accept(
        handover_id=offer_id, read_back="We ring her now.", holding_id=uuid4(), by=place.priya, at=at, seen=1
    )
    with pytest.raises(ChangedMeanwhile) as told:
        handovers.withdraw(
            handover_id=offer_id, reason="changed", words="", by=place.amir, at=place.later(), seen=1
        )
    assert (told.value.by_name, told.value.kind, told.value.changed_at) == (
        "Priya of Crisis team",
        "handover.accepted",
        at,
    )
