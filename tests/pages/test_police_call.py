"""A call about somebody no service knows: one act records it, asks a team, and says what police answer."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.contacts.models import Contact
from nowrongdoor.data.handovers.models import Handover
from nowrongdoor.data.police.models import PoliceDecision
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.journeys import handovers, police
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.intake import NewOffer
from tests.journeys import police as scenes
from tests.pages.sending import fields, fill, sent, text
from tests.pages.test_police import NO
from tests.worlds import stories

pytestmark = pytest.mark.django_db
PAGE = "/police/call"
CALL = {
    **NO,
    "heard": "He has not answered his door for a week.",
    "about": "Man, about 40, Mill Road",
    "caller_kind": "anonymous",
    "ask": "Go and see him today.",
    "log_reference": "412",
}


@pytest.fixture
def robin(place):
    return scenes.a_police_team(place)


def open_kinds():
    return set(Promise.objects.filter(state="open").values_list("kind", flat=True))


def asked(place, by, *, at=None, **change):
    """A control room says no and asks the crisis team; answers the referral, the offer and the decision."""
    given = scenes.taking_in(place) | {"by": by, **change}
    offer = NewOffer(uuid4(), place.teams["Crisis team"], scenes.MESSAGE)
    police.take_in(**given | {"offer": offer}, at=at or place.later())
    return given["referral"].referral_id, offer.handover_id, given["decision_id"]


def accept(place, handover_id, *, at=None):
    handovers.accept(
        handover_id=handover_id, read_back="I go now.", holding_id=uuid4(), by=place.priya,
        at=at or place.later(), seen=1,
    )  # fmt: skip


def test_a_control_room_records_a_no_about_somebody_nobody_knows_without_finding_a_referral(place, robin):
    theirs = stories.browser(robin)
    to = str(place.teams["Crisis team"])
    done = fill(theirs, PAGE, **CALL, to_team=to)
    assert done.status_code == 302, text(done)
    one = PoliceDecision.objects.get()
    assert (one.outcome, one.accepting_team_id) == ("unknown", None), "it stands once somebody accepts"
    assert Contact.objects.get().about == CALL["about"]
    assert open_kinds() >= {"police_gap", "police_recheck"}
    shown = text(theirs.get(done.url))
    assert "Police do not attend once accepted by" in shown and "Amir" in shown
    priya = stories.browser(place.priya)
    offer = reverse("handover", args=[Handover.objects.get().id])
    assert "Go and see him today." in text(priya.get(offer)) and "Their log: 412." in text(priya.get(offer))
    accept(place, Handover.objects.get().id, at=now())
    last = PoliceDecision.objects.get(follows=one)
    assert (last.outcome, last.reason) == ("not_attending", "neither_limb")
    assert (last.accepting_team_id, last.accepted_by) == (place.priya.team_id, place.priya.member_name)
    assert last.safe_until <= one.safe_until and last.going == one.going and last.log_reference == "412"
    assert "police_gap" not in open_kinds() and "police_recheck" in open_kinds()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"to_team": ""}, "No accepting holder: name the team that is to respond"),
        ({"accepted_by": ""}, "No accepting holder"),
        ({"answer_serious_harm": "not_known"}, "What is not known is no reason not to attend"),
        ({"safe_minutes": ""}, "Say within how many minutes"),
        ({"told": ""}, "Say whether the caller knows"),
        ({"call_back_when": ""}, "Say in a line when they ring back"),
        ({"heard": ""}, "Enter what is happening"),
        ({"ask": ""}, "Say what you ask them to do"),
        ({"to_team": str(uuid4())}, "Choose"),
    ],
)
def test_a_call_that_would_leave_a_gap_is_refused_whole_and_what_was_typed_stays(place, robin, change, says):
    typed = CALL | {"to_team": str(place.teams["Crisis team"])} | change
    refused = fill(stories.browser(robin), PAGE, **typed)
    assert refused.status_code == 422 and says in text(refused), text(refused)
    assert "Man, about 40, Mill Road" in refused.content.decode()
    assert not PoliceDecision.objects.exists() and not Contact.objects.exists(), "all of it or none"


def test_our_own_team_takes_such_a_call_and_the_no_stands_at_once(amir, place):
    assert fill(amir, PAGE, **CALL, to_team="").status_code == 302
    one = PoliceDecision.objects.get()
    assert (one.outcome, one.accepting_team_id) == ("not_attending", place.amir.team_id)
    assert "record the call with what they answer" in text(amir.get(reverse("contact_new")))


def test_sent_twice_it_is_recorded_once_and_changed_in_between_nothing_is_lost(amir):
    typed = fields(amir.get(PAGE)) | CALL
    assert [sent(amir, PAGE, typed).status_code for _ in range(2)] == [302, 302]
    again = sent(amir, PAGE, typed | {"going": "Somebody else entirely"})
    assert again.status_code == 409 and "Somebody else entirely" in again.content.decode()
    assert PoliceDecision.objects.count() == Contact.objects.count() == 1


def test_guidance_is_asked_and_records_nothing(amir):
    shown = text(fill(amir, PAGE, **CALL, advise="1"))
    assert "Somebody else, handed over warmly" in shown
    assert not Contact.objects.exists()


def test_accepted_after_it_was_safe_the_no_does_not_stand_and_it_goes_on_climbing(place, robin):
    _, offer, decision = asked(place, robin)
    accept(place, offer, at=place.later(minutes=61))
    assert PoliceDecision.objects.get().id == decision, "nobody is let go of by a no that came too late"
    assert open_kinds() >= {"police_gap", "police_recheck"}


def test_a_no_that_is_disputed_or_decided_again_does_not_come_to_stand_by_itself(place, robin):
    _, offer, decision = asked(place, robin)
    police.dispute(decision_id=decision, **scenes.VIEWS, by=robin, at=place.later(), seen=1)
    accept(place, offer)
    assert PoliceDecision.objects.get().outcome == "unknown"


def test_a_threat_for_later_is_the_task_of_whoever_accepts(place, robin):
    later = {**scenes.NEITHER, "serious_harm": "yes"}
    call = replace(scenes.NO, known=replace(scenes.KNOWN, answers=later))
    _, offer, _ = asked(place, robin, call=call)
    task = Promise.objects.get(kind="urgent_health")
    assert task.owner_team_id == robin.team_id
    accept(place, offer)
    after = Promise.objects.get(kind="urgent_health")
    assert (after.owner_team_id, after.due_at, after.state) == (place.priya.team_id, task.due_at, "open")


def test_a_team_that_says_no_leaves_it_open_and_the_next_that_accepts_makes_it_stand(place, robin):
    _, offer, _ = asked(place, robin)
    following = uuid4()
    handovers.send_back(
        handover_id=offer, reason="no_capacity", words="", next_team_id=place.teams["Front door"],
        next_handover_id=following, by=place.priya, at=place.later(), seen=1,
    )  # fmt: skip
    assert PoliceDecision.objects.get().outcome == "unknown" and "police_gap" in open_kinds()
    handovers.accept(
        handover_id=following, read_back="We go.", holding_id=uuid4(), by=place.amir, at=place.later(), seen=1
    )
    assert PoliceDecision.objects.filter(outcome="not_attending", accepting_team=place.amir.team_id).exists()


def test_only_who_may_decide_with_the_police_takes_such_a_call(place, robin):
    with pytest.raises(Refused):
        police.take_in(**scenes.taking_in(place) | {"by": replace(place.amir, role="commissioner")}, at=now())
    assert stories.browser(place.viewers["Lou of Social care"]).get(PAGE).status_code == 200

