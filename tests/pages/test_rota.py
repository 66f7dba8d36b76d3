"""Who is on call stands on the rota, and hears on My work of what has climbed to them."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.clocks.facts import CLOCKS, REPLIES
from nowrongdoor.data.rota.facts import DUTIES
from nowrongdoor.journeys import clocks, promises, rota, seals
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.nhsuk.wording import local_day
from nowrongdoor.rules.sealing import Against
from nowrongdoor.rules.sweeping import NOBODY
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lou(place):
    return stories.browser(place.viewers["Lou of Crisis team"])


def late(place, *, family_name="Ali", minutes=45):
    """A call back of the front door, late for so long, that has climbed."""
    person_id, promise_id = (
        stories.maryam(place) if family_name == "Ali" else place.a_person(family_name=family_name),
        uuid4(),
    )
    made_at = now() - timedelta(minutes=minutes)
    promises.make(
        promise_id=promise_id, kind="callback", words=f"Ring about {family_name}",
        due_at=made_at + timedelta(minutes=15), contact_id=None,
        referral_id=place.a_referral(person_id=person_id), person_id=person_id, by=place.amir, at=made_at,
    )  # fmt: skip
    at = now()
    clocks.sweep(ours=at, by=NOBODY, at=at)
    return promise_id


def on_call(place, who, rung, *, team="Front door", hours=8, phone="01632 960777"):
    at = now()
    rota.put_on(
        duty_id=(key := uuid4()), team_id=place.teams[team] if team else None,
        member_id=place.viewers[who].member_id, rung=rung, phone=phone, from_at=at - timedelta(minutes=1),
        until_at=at + timedelta(hours=hours), by=place.viewers["Lou of Front door"], at=at,
    )  # fmt: skip
    return key


def typed(place, **other):
    day = local_day(now())
    return {
        "member": place.viewers["Lou of Crisis team"].member_id, "rung": "on_call_manager", "team": "agency",
        "from_day_day": day.day, "from_day_month": day.month, "from_day_year": day.year, "from_time": "00:00",
        "until_day_day": 1, "until_day_month": 1, "until_day_year": day.year + 2, "until_time": "08:00",
        "phone": "01632 960777", **other,
    }  # fmt: skip


def test_whoever_is_on_call_on_that_rung_hears_on_my_work_whatever_team_they_work_in(place, lou):
    late(place)
    on_call(place, "Lou of Crisis team", "on_call_manager", team=None)
    shown = text(lou.get("/"))
    assert "You are on the rota until" in shown and "on-call manager for the whole agency" in shown
    assert "Front door: escalated to the on-call manager 1" in shown
    assert "Ring about Ali" in shown
    priya = text(stories.browser(place.priya).get("/"))
    assert "Ring about Ali" not in priya
    owing = text(stories.browser(place.amir).get("/"))
    assert "Escalated to the on-call manager, Lou of Crisis team (01632 960777): let them know" in owing


def test_where_nobody_is_on_the_rota_every_lead_of_the_agency_hears(place, lou):
    late(place)
    assert "Ring about Ali" in text(lou.get("/"))
    other = stories.browser(place.viewers["Lou of Social care"])
    assert "Ring about Ali" not in text(other.get("/"))
    on_call(place, "Lou of Front door", "on_call_manager")
    assert "Ring about Ali" not in text(lou.get("/")), "somebody is there, so the others are left in peace"


def test_whose_role_sees_their_own_team_alone_is_told_how_much_and_not_whom(place):
    late(place)
    both = replace(place.viewers["Lou of Crisis team"], role="team_member")
    on_call(place, "Lou of Crisis team", "on_call_manager", team=None)
    from nowrongdoor.reading import heard
    from nowrongdoor.reading import on_call as reading

    found = heard.by(both, on_call=reading.current(viewer=both, at=now()), at=now())
    assert (found.groups, found.unseen) == ((), 2)


@pytest.mark.parametrize("meant", ["agency", "member"])
@pytest.mark.parametrize("sealed", ["person", "referral"])
def test_whom_a_seal_is_against_hears_how_much_and_not_of_whom(place, lou, meant, sealed):
    promise_id, both = late(place), place.viewers["Lou of Crisis team"]
    late(place, family_name="Ellis")
    on_call(place, "Lou of Crisis team", "on_call_manager", team=None)
    clock = store.peek(CLOCKS, promise_id)
    whole = sealed == "person"
    seals.put(
        seal_id=uuid4(), person_id=clock.person_id if whole else None,
        referral_id=None if whole else clock.referral_id, contact_id=None, why="in_danger", words="",
        against=Against(both.agency_id) if meant == "agency" else Against(None, both.member_id),
        by=place.amir, at=now(),
    )  # fmt: skip
    for url in ("/", reverse("due_heard")):
        shown = text(lou.get(url))
        assert "Ring about Ali" not in shown and "Ring about Ellis" in shown
        assert "Escalated to you: 2" in shown, "the alarm is not silenced"
        assert "you are not shown whom it is about" in shown
    assert "Ring about Ali" in text(stories.browser(place.amir).get("/")), "whose own team answers for her"


def test_a_storm_is_a_few_headings_and_every_line_of_it_can_be_reached(place, lou):
    on_call(place, "Lou of Crisis team", "on_call_manager", team=None)
    for number in range(23):
        late(place, family_name=f"Ellis{number}")
    shown = lou.get("/")
    assert "Front door: escalated to the on-call manager 23" in text(shown)
    assert text(shown).count("Ring about Ellis") == 5 and "See all 23" in text(shown)
    assert text(lou.get(reverse("due_heard"))).count("Ring about Ellis") == 23


def test_whoever_is_on_call_replies_for_a_team_they_do_not_work_in(place, lou):
    promise_id = late(place, minutes=20)
    assert store.peek(CLOCKS, promise_id).rung == "duty_lead"
    url = reverse("clock_reply", args=[promise_id])
    on_call(place, "Lou of Front door", "duty_lead")
    assert url not in lou.get("/").content.decode()
    assert fill(lou, url, decision="I ring them", told="Not yet").status_code == 422, "somebody else hears"
    on_call(place, "Lou of Crisis team", "duty_lead")
    assert url in lou.get("/").content.decode()
    assert fill(lou, url, decision="I ring them", told="Not yet").status_code == 302
    assert len(store.find(REPLIES, clock_id=promise_id)) == 1


def test_where_nobody_is_on_the_rota_a_lead_who_hears_replies(place, lou):
    promise_id = late(place, minutes=20)
    url = reverse("clock_reply", args=[promise_id])
    assert url in lou.get("/").content.decode(), "what is offered to them can be done"
    assert fill(lou, url, decision="I ring them", told="Not yet").status_code == 302
    assert len(store.find(REPLIES, clock_id=promise_id)) == 1


def test_a_lead_puts_somebody_on_the_rota_and_takes_them_off(place, lou):
    url = reverse("rota_put_on")
    short = typed(place, until_day_year=local_day(now()).year, until_day_day=local_day(now()).day,
                  until_day_month=local_day(now()).month, until_time="23:59")  # fmt: skip
    seen = fields(lou.get(url))
    assert sent(lou, url, seen, **short).status_code == 302
    assert sent(lou, url, seen, **short).status_code == 302, "sent twice it is done once"
    (duty,) = store.find(DUTIES)
    shown = text(lou.get(reverse("rota")))
    assert "Lou of Crisis team" in shown and "01632 960777" in shown
    assert "Executive on call: nobody for any team, so every lead of the agency hears" in shown
    off = reverse("rota_take_off", args=[duty.id])
    assert fill(lou, off, words="").status_code == 422
    assert fill(lou, off, words="Ill since noon").status_code == 302
    shown = text(lou.get(reverse("rota")))
    assert "Taken off by Lou of Crisis team" in shown and "Ill since noon" in shown
    assert "On-call manager: nobody for any team" in shown


def test_what_cannot_be_is_said_at_its_box_and_what_was_typed_is_kept(place, lou):
    url = reverse("rota_put_on")
    answer = fill(lou, url, **typed(place))
    assert answer.status_code == 422 and "One duty can be 31 days at most" in text(answer)
    assert "01632 960777" in answer.content.decode()
    answer = fill(lou, url, **typed(place, until_day_year=9999))
    assert answer.status_code == 422 and "Look at the year again" in text(answer)
    answer = fill(lou, url, **typed(place, until_time="25 o'clock", member=uuid4(), team="x"))
    assert answer.status_code == 422
    assert store.find(DUTIES) == []


def test_only_a_lead_changes_the_rota_and_everyone_of_the_agency_reads_it(place, lou):
    key = on_call(place, "Lou of Front door", "duty_lead")
    amir = stories.browser(place.amir)
    assert "Lou of Front door" in text(amir.get(reverse("rota")))
    assert amir.get(reverse("rota_put_on")).status_code == 403
    assert amir.get(reverse("rota_take_off", args=[key])).status_code == 403
    other = stories.browser(place.viewers["Lou of Social care"])
    assert "Lou of Front door" not in text(other.get(reverse("rota")))
    assert other.get(reverse("rota_take_off", args=[key])).status_code == 404
    assert lou.get(reverse("rota_take_off", args=[uuid4()])).status_code == 404
