"""Something is promised by a person, and a promise that is late is raised to a team that can act."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.promises.facts import ESCALATIONS, PROMISES
from nowrongdoor.journeys import promises
from nowrongdoor.kernel import store
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.now import now
from nowrongdoor.nhsuk import wording
from nowrongdoor.rules.words import PromiseState
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def lou(place):
    """The browser of the lead of the front door."""
    return stories.browser(place.viewers["Lou of Front door"])


def owed(**about):
    return store.find(PROMISES, state=PromiseState.OPEN, **about)


def somebody_we_hold(place):
    """Someone the front door has a part in: it holds a referral of theirs."""
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    return person_id


def a_late_promise(place, **about):
    """Promised two hours ago and due half an hour later."""
    promise_id = uuid4()
    made_at = now() - timedelta(hours=2)
    promises.make(
        promise_id=promise_id, kind="information", words="Ask the GP which tablets",
        due_at=made_at + timedelta(minutes=30), contact_id=None,
        **{"referral_id": None, "person_id": None, **about}, by=place.amir, at=made_at,
    )  # fmt: skip
    return promise_id


def test_something_is_promised_about_a_referral_and_the_person_it_is_about(place, amir):
    person_id = somebody_we_hold(place)
    referral_id = place.a_referral(person_id=person_id)
    url = reverse("referral_promise", args=[referral_id])
    assert url in amir.get(reverse("referral", args=[referral_id])).content.decode()
    answer = fill(amir, url, kind="information", words="Which tablets she takes", asked_of="Her GP")
    assert (answer.status_code, answer.url) == (302, reverse("referral", args=[referral_id]))
    (made,) = owed(referral_id=referral_id)
    assert (made.kind, made.words, made.asked_of) == ("information", "Which tablets she takes", "Her GP")
    assert (made.person_id, made.owner_member_id) == (person_id, place.amir.member_id)
    assert made.due_at - made.made_at == timedelta(hours=4), "by the standard for its kind"
    assert "Asked of Her GP." in text(amir.get(answer.url))


def test_something_is_promised_to_a_person_by_a_time_on_a_day(place, amir):
    person_id = somebody_we_hold(place)
    url = reverse("person_promise", args=[person_id])
    assert url in amir.get(reverse("person", args=[person_id])).content.decode()
    day = wording.local_day(now() + timedelta(days=9))
    answer = fill(
        amir, url, kind="callback", words="Ring about the visit", clock_time="3.30pm",
        day_day=str(day.day), day_month=str(day.month), day_year=str(day.year),
    )  # fmt: skip
    assert (answer.status_code, answer.url) == (302, reverse("person", args=[person_id]))
    (made,) = owed(person_id=person_id)
    assert (wording.local_time(made.due_at), wording.local_day(made.due_at)) == ("15:30", day)


def test_a_time_alone_is_the_next_time_it_is_that_time(place, amir):
    person_id = somebody_we_hold(place)
    assert (
        fill(
            amir, reverse("person_promise", args=[person_id]), kind="callback", words="Ring", clock_time="9am"
        ).status_code
        == 302
    )
    (made,) = owed(person_id=person_id)
    assert wording.local_time(made.due_at) == "09:00" and timedelta(0) < made.due_at - now() <= timedelta(
        days=1
    )


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        ({"words": "Ring"}, "Choose what you promise"),
        ({"kind": "callback"}, "Enter what is promised"),
        ({"kind": "re_homing", "words": "Mine"}, "Choose one of the answers shown"),
        ({"kind": "callback", "words": "Ring", "clock_time": "soonish"}, "Write the time like 15:30"),
        ({"kind": "callback", "words": "Ring", "day_day": "3"}, "must include"),
        (
            {"kind": "callback", "words": "Ring", "day_day": "3", "day_month": "5", "day_year": "2099"},
            "Write by what time on that day",
        ),
        (
            {
                "kind": "callback", "words": "Ring", "clock_time": "15:30",
                "day_day": "3", "day_month": "5", "day_year": "2020",
            },
            "Choose a time that has not passed yet",
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_promised_is_said_in_words_and_kept(place, amir, answers, words):
    person_id = somebody_we_hold(place)
    answer = fill(amir, reverse("person_promise", args=[person_id]), **answers)
    assert answer.status_code == 422 and words in text(answer)
    assert not owed(person_id=person_id)
    assert fields(answer)["words"] == [answers.get("words", "")]


def test_a_promise_sent_twice_is_made_once_and_changed_words_are_kept(place, amir):
    person_id = somebody_we_hold(place)
    url = reverse("person_promise", args=[person_id])
    seen = fields(amir.get(url))
    answers = {"kind": "callback", "words": "Ring her", "clock_time": "15:30"}
    first = sent(amir, url, seen, **answers)
    told = Entry.objects.count()
    again = sent(amir, url, seen, **answers)
    assert (first.status_code, again.status_code, first.url) == (302, 302, again.url)
    for changed in ({"words": "Ring her mum"}, {"clock_time": "16:30"}, {"asked_of": "Her GP"}):
        answer = sent(amir, url, seen, **answers | changed)
        assert answer.status_code == 409 and "has not been saved" in text(answer)
        assert fields(answer)["words"] == [(answers | changed)["words"]]
    assert Entry.objects.count() == told


def test_what_is_late_is_escalated_from_the_referral_and_its_team_finds_it(place, lou):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    promise_id = a_late_promise(place, referral_id=referral_id)
    url = reverse("promise_escalate", args=[promise_id])
    assert url in lou.get(reverse("referral", args=[referral_id])).content.decode()
    answer = fill(lou, url, to_team=str(place.teams["Crisis team"]), words="Please ring the GP now.")
    assert (answer.status_code, answer.url) == (302, reverse("referral", args=[referral_id]))
    (raised,) = store.find(ESCALATIONS, promise_id=promise_id)
    assert (raised.to_team_id, raised.level) == (place.teams["Crisis team"], 1)
    late = store.peek(PROMISES, promise_id)
    assert late.state == PromiseState.OPEN and late.due_at > now()
    assert late.owner_team_id == place.teams["Front door"], "it stays owed"
    theirs = text(stories.browser(place.priya).get("/our-team"))
    assert "Raised to Crisis team: “Please ring the GP now.”" in theirs and "Front door – Amir" in theirs
    assert "Nothing this team owes is late." in text(lou.get("/our-team"))


def test_what_is_late_is_escalated_from_the_person_and_from_the_team(place, lou, amir):
    person_id = somebody_we_hold(place)
    promise_id = a_late_promise(place, person_id=person_id)
    url = reverse("promise_escalate", args=[promise_id])
    person = reverse("person", args=[person_id])
    assert url in lou.get(person).content.decode()
    assert url not in amir.get(person).content.decode(), "whoever may not is not led there"
    assert f"{url}?back=team" in lou.get("/our-team").content.decode()
    answer = fill(lou, f"{url}?back=team", words="Mine to see to.")
    assert answer.status_code == 422, "no team is chosen, and the one that owes it cannot be"
    assert f'value="{place.teams["Front door"]}"' not in lou.get(url).content.decode()
    answer = fill(lou, f"{url}?back=team", words="Please see to it.", to_team=place.teams["Crisis team"])
    assert (answer.status_code, answer.url) == (302, "/our-team")
    shown = text(stories.browser(place.priya).get("/"))
    assert "Escalated to your team by Lou of Front door: “Please see to it.”" in shown


def test_what_is_not_late_is_not_escalated_in_the_words_of_the_rule(place, lou):
    person_id = somebody_we_hold(place)
    promise_id = uuid4()
    promises.make(
        promise_id=promise_id, kind="callback", words="Ring", due_at=now() + timedelta(days=1),
        contact_id=None, referral_id=None, person_id=person_id, by=place.amir, at=now(),
    )  # fmt: skip
    url = reverse("promise_escalate", args=[promise_id])
    assert url not in lou.get(reverse("person", args=[person_id])).content.decode()
    assert "This is not late yet." in text(lou.get(url))
    answer = fill(lou, url, words="Hurry", to_team=place.teams["Crisis team"])
    assert answer.status_code == 422 and "This is not late yet." in text(answer)
    assert fields(answer)["words"] == ["Hurry"]


def test_only_who_may_escalates(place, amir):
    promise_id = a_late_promise(place, person_id=somebody_we_hold(place))
    url = reverse("promise_escalate", args=[promise_id])
    assert amir.get(url).status_code == 403
    assert amir.post(url, {"words": "Hurry", "to_team": str(place.teams["Crisis team"])}).status_code == 403
    assert store.find(ESCALATIONS, promise_id=promise_id) == []


@pytest.mark.parametrize("answers", [{"words": ""}, {"words": "Act", "to_team": "nobody"}])
def test_an_escalation_without_words_or_team_is_refused(place, lou, answers):
    promise_id = a_late_promise(place, person_id=somebody_we_hold(place))
    answer = fill(lou, reverse("promise_escalate", args=[promise_id]), **answers)
    assert answer.status_code == 422 and "There is a problem" in text(answer)
    assert store.find(ESCALATIONS, promise_id=promise_id) == []


def test_an_escalation_sent_twice_is_one_and_changed_words_are_kept(place, lou):
    promise_id = a_late_promise(place, person_id=somebody_we_hold(place))
    url = reverse("promise_escalate", args=[promise_id])
    seen = fields(lou.get(url)) | {"to_team": [str(place.teams["Crisis team"])]}
    assert sent(lou, url, seen, words="Now").status_code == 302
    told = Entry.objects.count()
    assert sent(lou, url, seen, words="Now").status_code == 302
    changed = sent(lou, url, seen, words="At once")
    assert changed.status_code == 409 and "raised this as late" in text(changed)
    assert "At once" in text(changed)
    assert Entry.objects.count() == told


def test_whoever_is_second_to_escalate_is_told_who_was_first(place, lou):
    promise_id = a_late_promise(place, person_id=somebody_we_hold(place))
    url = reverse("promise_escalate", args=[promise_id])
    seen = fields(lou.get(url)) | {"to_team": [str(place.teams["Social care"])]}
    promises.escalate(
        promise_id=promise_id, escalation_id=uuid4(), to_team_id=place.teams["Crisis team"], words="Now",
        by=place.viewers["Lou of Crisis team"], at=now(), seen=1,
    )  # fmt: skip
    answer = sent(lou, url, seen, words="Quick")
    assert answer.status_code == 409
    assert "Lou of Crisis team raised this as late" in text(answer) and "Quick" in text(answer)


def test_what_is_late_is_on_my_work_of_everyone_of_the_team_that_owes_it(place, lou):
    a_late_promise(place, person_id=somebody_we_hold(place))
    for browser in (lou, stories.browser(place.viewers["Priya of Front door"])):
        page = text(browser.get("/"))
        assert "Ask the GP which tablets" in page and "Late 1 h" in page
    assert "Ask the GP" not in text(stories.browser(place.priya).get("/"))


def test_a_late_promise_that_is_gone_is_not_found(lou):
    assert lou.get(reverse("promise_escalate", args=[uuid4()])).status_code == 404
    assert lou.get(reverse("person_promise", args=[uuid4()])).status_code == 404
    assert lou.get(reverse("referral_promise", args=[uuid4()])).status_code == 404
