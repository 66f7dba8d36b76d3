"""Our team: who works here and what it owes; a member leaves; the team closes, and nobody is let go."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nowrongdoor.data.agencies.facts import MEMBERSHIPS, TEAMS
from nowrongdoor.data.holdings.facts import HOLDINGS, RE_HOMINGS
from nowrongdoor.journeys import agencies, promises
from nowrongdoor.kernel import store
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.rules.agency import Membership
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories
from tests.worlds.small_place import SINCE

pytestmark = pytest.mark.django_db
OUR_TEAM = "/our-team"
CLOSE = "/our-team/close"


@pytest.fixture
def lou(place):
    """The browser of the lead of the front door."""
    return stories.browser(place.viewers["Lou of Front door"])


def leave_url(place, who="Amir of Front door"):
    return reverse("member_leave", args=[place.viewers[who].member_id])


def works(place, who):
    return store.find(MEMBERSHIPS, member_id=place.viewers[who].member_id, until_at=None)


def held_by(place, team):
    return store.find(HOLDINGS, team_id=place.teams[team], until_at=None)


def confirmed(client, **answers):
    """Says who takes over and why, reads what passes to whom, and confirms it."""
    page = fill(client, CLOSE, **answers)
    assert page.status_code == 200, text(page)
    return page, sent(client, CLOSE, fields(page), confirm="1")


def alone(place):
    """Everyone but Lou has left the front door."""
    for who in ("Amir of Front door", "Priya of Front door"):
        agencies.leave(
            member_id=place.viewers[who].member_id, words="Gone", by=place.viewers["Lou of Front door"],
            at=place.later(),
        )  # fmt: skip


def test_everyone_sees_who_works_here_since_when_and_what_each_holds_by_name(place, amir):
    place.a_referral()
    place.a_referral()
    page = text(amir.get(OUR_TEAM))
    assert "Amir of Front door (you) Triage clinician" in page and "1 Jan 2026 2 referrals" in page
    assert "Priya of Front door" in page and "Lou of Front door" in page
    assert "Priya of Crisis team" not in page
    assert "Leaves" not in page and "Close this team" not in page


def test_the_menu_leads_everyone_there(place):
    for viewer in place.viewers.values():
        page = stories.browser(viewer).get("/").content.decode()
        assert f'href="{OUR_TEAM}"' in page


def test_what_is_late_is_apart_from_what_is_owed_next_and_only_a_lead_escalates(place, amir, lou):
    place.at -= timedelta(days=1)
    stories.a_call_owed(place)
    promises.make(
        promise_id=uuid4(), kind="information", words="Ask the GP", due_at=place.at + timedelta(days=9),
        contact_id=None, referral_id=None, person_id=stories.maryam(place), by=place.amir, at=place.later(),
    )  # fmt: skip
    page = lou.get(OUR_TEAM).content.decode()
    late, rest = page.split('id="raised"')
    assert "Call back" in late and "Escalate" in late and "Ask the GP" not in late
    assert "Ask the GP" in rest and "ALI, Maryam" in rest and "Escalate" not in rest
    assert "Escalate" not in amir.get(OUR_TEAM).content.decode()


def test_whom_the_page_shows_is_on_record(place, lou):
    person_id = stories.maryam(place)
    stories.accepted(place, place.an_offer(referral_id=place.a_referral(person_id=person_id)), by=place.priya)
    promises.make(
        promise_id=uuid4(),
        kind="callback",
        words="Ring",
        due_at=None,
        contact_id=None,
        referral_id=None,
        person_id=person_id,
        by=place.amir,
        at=place.later(),
    )
    assert "ALI, Maryam" in text(lou.get(OUR_TEAM))
    (look,) = Look.objects.filter(page="our_team")
    assert (look.person_id, look.member_id) == (person_id, place.viewers["Lou of Front door"].member_id)


def test_the_page_takes_as_many_statements_however_much_is_owed(place, lou):
    def count():
        with CaptureQueriesContext(connection) as asked:
            assert lou.get(OUR_TEAM).status_code == 200
        return len(asked)

    stories.a_call_owed(place)
    few = count()
    for _ in range(5):
        stories.a_call_owed(place)
        place.a_referral()
    # The last is a question of its own: who is on call.
    assert count() == few <= 9


def test_what_becomes_of_what_a_member_holds_is_said_before_it_is_recorded(place, lou):
    place.a_referral()
    stories.a_call_owed(place)
    page = text(lou.get(leave_url(place)))
    assert "Front door, Averley Mental Health: 1 referral held and 1 promise owed by name." in page
    assert "so within 1 h the team must accept each, or hand it over" in page
    assert works(place, "Amir of Front door")


def test_a_member_leaves_and_the_team_holds_what_they_held_with_nobody_named(place, amir, lou):
    referral_id = place.a_referral()
    answer = fill(lou, leave_url(place), words="Moved to the coast.")
    assert (answer.status_code, answer.url) == (302, OUR_TEAM)
    assert not works(place, "Amir of Front door")
    (held,) = store.find(HOLDINGS, referral_id=referral_id, until_at=None)
    assert (held.team_id, held.member_id) == (place.teams["Front door"], None)
    page = text(lou.get(OUR_TEAM))
    assert "Amir of Front door has left" in page
    assert "Came without an acceptance: settle who holds it" in page
    assert amir.get("/").status_code == 303, "who has left is out at once"


def test_a_member_who_holds_something_does_not_leave_without_words(place, lou):
    place.a_referral()
    answer = fill(lou, leave_url(place), words=" ")
    assert answer.status_code == 422 and "Enter what colleagues should know" in text(answer)
    assert works(place, "Amir of Front door")


def test_a_member_who_holds_nobody_leaves_without_words(place, lou):
    page = lou.get(leave_url(place, "Priya of Front door"))
    assert "What should colleagues know?" not in text(page)
    assert fill(lou, leave_url(place, "Priya of Front door"), action="").status_code == 302
    assert not works(place, "Priya of Front door")


def test_the_last_member_does_not_leave_in_the_words_of_the_rule(place, lou):
    alone(place)
    url = leave_url(place, "Lou of Front door")
    words = "Front door would be left with nobody to answer. Let someone join it first"
    assert words in text(lou.get(url))
    answer = fill(lou, url, words="I go")
    assert answer.status_code in (409, 422) and words in text(answer)
    assert works(place, "Lou of Front door")


def test_leaving_recorded_twice_is_recorded_once(place, lou):
    place.a_referral()
    seen = fields(lou.get(leave_url(place)))
    assert sent(lou, leave_url(place), seen, words="Moved.").status_code == 302
    told = Entry.objects.count()
    again = sent(lou, leave_url(place), seen, words="Moved.")
    assert (again.status_code, again.url, Entry.objects.count()) == (302, OUR_TEAM, told)
    changed = sent(lou, leave_url(place), seen, words="Retired.")
    assert changed.status_code == 409 and Entry.objects.count() == told
    assert "You recorded that they left" in text(changed) and "Retired." in text(changed)


def test_who_is_second_to_record_it_is_told_who_was_first(place, lou):
    place.a_referral()
    seen = fields(lou.get(leave_url(place)))
    agencies.leave(
        member_id=place.amir.member_id, words="Moved.", by=place.viewers["Lou of Crisis team"],
        at=place.later(),
    )  # fmt: skip
    answer = sent(lou, leave_url(place), seen, words="Has gone to another trust.")
    assert answer.status_code == 409
    assert "Lou of Crisis team recorded that they left" in text(answer)
    assert "Has gone to another trust." in text(answer)


def test_somebody_of_another_team_is_not_found_here(place, lou):
    assert lou.get(leave_url(place, "Priya of Crisis team")).status_code == 404
    assert lou.post(leave_url(place, "Priya of Crisis team"), {"words": "Gone"}).status_code == 404
    assert works(place, "Priya of Crisis team")


def test_who_works_for_two_teams_leaves_both_and_the_page_says_so(place, lou):
    joins = Membership(uuid4(), place.amir.member_id, place.teams["Social care"], "team_member", SINCE, None)
    agencies.enter(facts=[joins], by=place.viewers["Lou of Front door"], at=place.later())
    page = text(lou.get(leave_url(place)))
    assert "Social care, Averley Council" in page and "They leave every team in this list." in page


def test_only_a_lead_records_that_somebody_leaves_or_closes_the_team(place, amir):
    assert amir.get(leave_url(place)).status_code == 403
    assert amir.get(CLOSE).status_code == 403
    assert amir.post(CLOSE, {"words": "End"}).status_code == 403


def test_how_many_people_pass_to_whom_is_said_before_a_team_closes(place, lou):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    place.a_referral(person_id=person_id)
    place.an_offer(to="Crisis team")
    stories.a_call_owed(place)
    page = fill(lou, CLOSE, successor=str(place.teams["Social care"]), words="We merge.")
    said = text(page)
    assert page.status_code == 200
    assert "2 people (3 referrals) pass from Front door to Social care." in said
    assert "1 promise that Front door owes will be owed by Social care" in said
    assert "1 offer that Front door made is withdrawn" in said
    assert "“We merge.”" in said
    assert store.peek(TEAMS, place.teams["Front door"]).closed_at is None
    assert len(held_by(place, "Front door")) == 3


def test_a_team_closes_and_its_successor_holds_its_people_to_settle(place, lou):
    place.a_referral(person_id=stories.maryam(place))
    _, answer = confirmed(lou, successor=str(place.teams["Social care"]), words="We merge.")
    assert (answer.status_code, answer.url) == (302, OUR_TEAM)
    (held,) = held_by(place, "Social care")
    assert store.peek(RE_HOMINGS, held.re_homing_id).words == "We merge."
    page = text(lou.get(OUR_TEAM))
    assert "Front door has closed" in page and "Social care answers for everyone it held" in page
    theirs = text(stories.browser(place.sam).get(OUR_TEAM))
    assert "ALI, Maryam" in theirs and "settle who holds it" in theirs


def test_if_the_number_of_people_changes_meanwhile_it_is_said_before_anything_is_done(place, lou):
    page = fill(lou, CLOSE, successor=str(place.teams["Social care"]), words="We merge.")
    place.a_referral()
    answer = sent(lou, CLOSE, fields(page), confirm="1")
    assert answer.status_code == 409
    assert "The number of people has changed" in text(answer) and "1 person (1 referral)" in text(answer)
    assert store.peek(TEAMS, place.teams["Front door"]).closed_at is None
    assert sent(lou, CLOSE, fields(answer), confirm="1").status_code == 302


def test_changing_something_brings_back_what_was_typed(place, lou):
    page = fill(lou, CLOSE, successor=str(place.teams["Social care"]), words="We\nmerge.")
    form = sent(lou, CLOSE, fields(page), change="1")
    assert form.status_code == 200
    assert fields(form)["words"] == ["We\nmerge."]
    assert fields(form)["successor"] == [str(place.teams["Social care"])]


def test_a_closing_sent_twice_closes_once_and_changed_words_are_kept(place, lou):
    place.a_referral()
    page, _ = confirmed(lou, successor=str(place.teams["Social care"]), words="We merge.")
    told = Entry.objects.count()
    again = sent(lou, CLOSE, fields(page), confirm="1")
    assert (again.status_code, again.url, Entry.objects.count()) == (302, OUR_TEAM, told)
    changed = sent(lou, CLOSE, fields(page), confirm="1", words="For another reason.")
    assert changed.status_code == 409 and "For another reason." in text(changed)
    assert "You closed this team into Social care" in text(changed)


def test_the_lead_who_is_second_to_close_a_team_is_told_who_was_first(place, lou):
    place.a_referral()
    page = fill(lou, CLOSE, successor=str(place.teams["Social care"]), words="We merge.")
    agencies.close_team(
        team_id=place.teams["Front door"], successor_id=place.teams["Crisis team"], words="Other plans.",
        by=place.viewers["Lou of Crisis team"], at=place.later(), seen=1,
    )  # fmt: skip
    answer = sent(lou, CLOSE, fields(page), confirm="1")
    assert answer.status_code == 409
    assert "Lou of Crisis team closed this team into Crisis team" in text(answer)
    assert "We merge." in text(answer)


@pytest.mark.parametrize("answers", [{}, {"successor": "nobody"}, {"words": "Why"}, {"words": "Why\x00"}])
def test_what_cannot_be_is_said_in_words_and_what_was_typed_is_kept(place, lou, answers):
    answer = fill(lou, CLOSE, **answers)
    assert answer.status_code == 422 and "There is a problem" in text(answer)
    assert answers.get("words", "").rstrip("\x00") in text(answer)


def test_a_team_does_not_close_into_itself(place, lou):
    answer = fill(lou, CLOSE, successor=str(place.teams["Front door"]), words="We end.")
    assert answer.status_code == 422 and "Choose one of the answers shown" in text(answer)


def test_what_is_typed_about_a_closing_is_kept_as_a_draft(place, lou):
    seen = fields(lou.get(CLOSE))
    lou.cookies.clear()
    assert sent(lou, CLOSE, seen, words="Merged in spring").status_code == 303
    page = stories.browser(place.viewers["Lou of Front door"]).get(CLOSE)
    assert "You have a draft from" in text(page)


def test_what_was_raised_to_the_very_team_that_owes_it_is_listed_once(place, priya):
    from nowrongdoor.kernel.now import now

    place.at -= timedelta(days=1)
    promise_id = uuid4()
    promises.make(
        promise_id=promise_id, kind="information", words="Ask the GP", due_at=place.at + timedelta(hours=1),
        contact_id=None, referral_id=None, person_id=stories.maryam(place), by=place.amir, at=place.later(),
    )  # fmt: skip
    promises.escalate(
        promise_id=promise_id, escalation_id=uuid4(), to_team_id=place.teams["Crisis team"], words="Late",
        by=place.viewers["Lou of Front door"], at=now(), seen=1,
    )  # fmt: skip
    with connection.cursor() as cursor:
        # As where its team closed, and the one it had been raised to took over what it owed.
        cursor.execute("UPDATE promises_promise SET owner_team_id = %s", [place.teams["Crisis team"]])
    assert priya.get(OUR_TEAM).content.decode().count("Ask the GP") == 1
