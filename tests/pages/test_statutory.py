"""Detention in a place of safety, a safeguarding enquiry, a review: begun, extended and ended on a screen."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from nowrongdoor.data.clocks.facts import CLOCKS
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.stages.models import StatutoryClock
from nowrongdoor.journeys import clocks
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.clock import WALL_CLOCK
from nowrongdoor.rules.sweeping import NOBODY
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
SUITE = "The suite at the hospital; two officers brought her."


@pytest.fixture
def lou(place):
    """The browser of a colleague of Amir's."""
    return stories.browser(place.viewers["Lou of Front door"])


@pytest.fixture
def referral(place):
    return place.a_referral(person_id=stories.maryam(place))


def screen(referral):
    return reverse("referral_statutory", args=[referral])


def begin(client, referral, **given):
    return fill(client, screen(referral), **{"kind": "place_of_safety", "words": SUITE, **given})


@pytest.fixture
def detained(amir, referral):
    """Since five hours ago, and recorded just now."""
    earlier = (now() - timedelta(hours=5)).astimezone(WALL_CLOCK)
    day = {f"happened_day_{part}": str(getattr(earlier, part)) for part in ("day", "month", "year")}
    assert begin(amir, referral, happened_time=f"{earlier:%H:%M}", **day).status_code == 302
    return StatutoryClock.objects.get()


def url(verb, one):
    return reverse(f"statutory_{verb}", args=[one.pk])


LONGER = {"reason": "distressed", "doctor": "Dr Grace Mensah", "words": "Asleep."}


def test_it_counts_from_the_arrival_and_says_how_long_that_is_ago_and_by_which_rule(amir, referral, detained):
    assert timedelta(hours=4, minutes=58) < detained.recorded_at - detained.started_at < timedelta(hours=6)
    assert detained.due_at - detained.started_at == timedelta(hours=24)
    for page in (screen(referral), reverse("referral", args=[referral])):
        shown = text(amir.get(page))
        assert SUITE in shown and "5 h" in shown
        assert "Section 136: assessed within 24 hours of arrival" in shown
    assert store.peek(CLOCKS, detained.pk).is_running


def test_it_warns_climbs_and_runs_on_until_somebody_says_that_it_is_over(amir, referral, detained):
    late = detained.due_at + timedelta(hours=3)
    clocks.sweep(ours=late, by=NOBODY, at=late)
    clock = store.peek(CLOCKS, detained.pk)
    assert clock.is_running and clock.rung == "executive"
    assert "Detained in a place of safety" in text(amir.get("/due"))
    assert fill(amir, url("end", detained), outcome="assessed", words="Goes home.").status_code == 302
    assert not store.peek(CLOCKS, detained.pk).is_running
    assert "Assessed, and goes home" in text(amir.get(screen(referral)))


def test_it_is_extended_for_the_condition_with_the_name_of_whoever_answers_for_it(amir, referral, detained):
    assert fill(amir, url("extend", detained), **LONGER, for_hours="6").status_code == 302
    assert StatutoryClock.objects.get().due_at == detained.due_at + timedelta(hours=6)
    shown = text(amir.get(screen(referral)))
    assert "by Dr Grace Mensah: too distressed to be assessed. Recorded by Amir" in shown
    assert "Extend, for the person’s condition" not in shown


def test_a_missing_professional_is_not_offered_and_refused_with_why(amir, detained):
    page = amir.get(url("extend", detained))
    assert 'value="no_professional"' not in page.content.decode()
    assert "no reasons in law: no approved mental health professional is free" in text(page)
    given = {**LONGER, "reason": "no_professional", "words": "Nobody came."}
    answer = sent(amir, url("extend", detained), fields(page), **given)
    assert answer.status_code == 422 and "Only the person’s own condition is" in text(answer)
    assert "Nobody came." in answer.content.decode()
    assert StatutoryClock.objects.get().extended_at is None


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"reason": ""}, "Choose a reason"),
        ({"doctor": " "}, "Name the registered medical practitioner"),
        ({"for_hours": "a while"}, "Write whole hours"),
        ({"for_hours": "20"}, "Choose from 1 to 12 hours"),
        ({"happened_time": "late"}, "Write the time like 15:30"),
    ],
)
def test_a_form_that_cannot_be_right_says_why_and_keeps_the_words(amir, detained, given, says):
    answer = fill(amir, url("extend", detained), **{**LONGER, **given})
    assert answer.status_code == 422 and says in text(answer) and "Asleep." in answer.content.decode()


def test_sent_twice_it_is_recorded_once_and_a_second_clock_is_refused(amir, referral):
    seen = fields(amir.get(screen(referral)))
    given = {"kind": "safeguarding", "words": "A neighbour takes money."}
    assert [sent(amir, screen(referral), seen, **given).status_code for _ in range(2)] == [302, 302]
    again = begin(amir, referral, kind="safeguarding", words="Again.")
    assert again.status_code == 409 and "running already" in text(again)
    assert StatutoryClock.objects.count() == 1
    changed = sent(amir, screen(referral), seen, kind="safeguarding", words="Something else.")
    assert changed.status_code == 409 and "has not been saved" in text(changed)


def test_no_referral_closes_before_it_is_over_and_the_database_refuses_too(amir, referral, detained):
    closing = {"outcome": "help_given", "told": "All is well.", "told_by": "us"}
    answer = fill(amir, reverse("referral_close", args=[referral]), **closing)
    assert answer.status_code == 409 and "still runs on this referral" in text(answer)
    refused = pytest.raises(IntegrityError, match="law gives a time")
    with refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE referrals_referral SET state = 'closed', closed_at = now(), told = 'x', told_by = 'us',"
            " waiting_from = NULL, outcome = 'advice', closed_by_id = %s WHERE id = %s",
            [detained.begun_by_id, referral],
        )
        cursor.execute("SET CONSTRAINTS statutory_before_closing IMMEDIATE")


def test_at_a_prompt_nothing_un_ends_it_or_gives_it_another_version(amir, detained):
    fill(amir, url("end", detained), outcome="assessed", words="Goes home.")
    for typed in (
        "UPDATE stages_statutoryclock SET ended_at = NULL, ended_by_id = NULL, outcome = ''",
        "UPDATE stages_statutoryclock SET due_at = due_at + interval '1 day'",
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(typed)


def test_whoever_was_first_is_named(amir, lou, detained):
    page = fields(amir.get(url("end", detained)))
    assert fill(lou, url("end", detained), outcome="admitted", words="To the ward.").status_code == 302
    late = sent(amir, url("end", detained), page, outcome="assessed", words="Goes home.")
    assert late.status_code == 409 and "Lou" in text(late) and "Goes home." in late.content.decode()


def test_only_the_team_that_holds_records_it_and_others_find_nothing(priya, sam, place, referral, detained):
    assert sam.get(url("end", detained)).status_code == 404
    assert sam.get(screen(referral)).status_code == 404
    place.at = now() - timedelta(minutes=10)
    place.an_offer(referral_id=referral)
    answer = fill(priya, url("end", detained), outcome="assessed", words="Goes home.")
    assert answer.status_code == 422 and "Only the team that holds this" in text(answer)


def test_another_clock_at_its_address_is_not_there(amir, referral):
    assert amir.get(reverse("statutory_end", args=[referral])).status_code == 404


def test_the_story_of_the_person_tells_it(amir, place, referral, detained):
    fill(amir, url("extend", detained), **LONGER)
    fill(amir, url("end", detained), outcome="admitted", words="To the ward.")
    person = store.peek(REFERRALS, referral).person_id
    said = text(amir.get(reverse("person_timeline", args=[person])))
    assert "Began the clock of a detention in a place of safety" in said
    assert "(Dr Grace Mensah) – too distressed to be assessed" in said
    assert "admitted to hospital" in said and "To the ward." in said

