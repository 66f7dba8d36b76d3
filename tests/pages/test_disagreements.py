"""A disagreement with the police owes a review: it climbs, is of nobody, and ends by a review alone."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.clocks.facts import CLOCKS
from nowrongdoor.data.participations.models import Participation
from nowrongdoor.data.police.facts import POLICE
from nowrongdoor.data.police.models import PoliceReview
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.journeys import agencies, clocks, police
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.rules import escalation
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.law import ladder, seeing
from nowrongdoor.rules.police_review import DAYS, Found
from nowrongdoor.rules.sweeping import NOBODY
from tests.journeys import police as scenes
from tests.pages.sending import fill, text
from tests.pages.test_police_reviews import SAID
from tests.worlds import stories

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
NOTHING = Found("", "Neither side knew.", "nothing_changes")
UP = Found("", "Neither side knew.", "passed_up")


def disputed(place, *, days=0):
    given = scenes.disputing(place)
    police.dispute(**given, at=place.later() if not days else now() - days * DAY)
    return given["decision_id"]


def reviewed(place, key, *, level="bronze", found=NOTHING, at=None, by=None):
    police.review(
        review_id=uuid4(), decision_id=key, level=level, found=found, by=by or scenes.colleague(place),
        at=at or now(), seen=store.peek(POLICE, key).version,
    )  # fmt: skip


def swept(at):
    clocks.sweep(ours=now(), by=NOBODY, at=at)


def test_it_is_owed_from_the_first_and_climbs_from_bronze_to_silver_to_gold_by_its_days(place):
    key = disputed(place)
    one, began = store.peek(CLOCKS, key), store.peek(POLICE, key).disputed_at
    assert (one.kind, one.team_id, one.is_running) == ("police_bronze", place.amir.team_id, True)
    assert one.due_at == began + 7 * DAY
    rungs = []
    for days in (0, 6, 7, 20, 21, 27, 28):
        steps, _ = escalation.look(one, at=began + days * DAY)
        for climb in (step.change.after for step in steps):
            one = replace(one, step=climb.step, rung=climb.rung, next_at=climb.next_at)
            rungs.append((days, climb.rung))
    ranks = [(0, "duty_lead"), (7, "on_call_manager"), (21, "executive"), (28, "executive")]
    assert rungs == ranks, "each once when it is theirs, and whoever is at the top again and again"


def test_its_days_on_the_ladder_are_those_it_is_owed_by(place):
    """Two files say them: the ladder how soon the next is told, the limits by when each level is owed."""
    at = now()
    days = {level: timedelta(days=seeing.most(code, at=at)) for level, code in DAYS.items()}
    bronze = ladder.rungs("police_bronze", promised=days["bronze"], on=at.date())
    assert [one.code for one in bronze] == ["duty_lead", "on_call_manager", "executive"]
    assert [one.reply_within for one in bronze] == [days["bronze"], days["silver"], 7 * DAY]
    silver = ladder.rungs("police_silver", promised=days["silver"], on=at.date())
    assert [one.reply_within for one in silver] == [days["silver"], 7 * DAY]
    (gold,) = ladder.rungs("police_gold", promised=days["gold"], on=at.date())
    assert gold.reply_within == 7 * DAY, "whoever is at the top is told again each week"


def test_it_ties_nobody_to_the_person_and_no_list_of_what_is_due_names_them(place):
    person = stories.maryam(place)
    given = scenes.deciding(place) | {"referral_id": place.a_referral(person_id=person)}
    police.decide(**given, at=place.later())
    parts = set(Participation.objects.values_list("pk", flat=True))
    police.dispute(decision_id=given["decision_id"], **scenes.VIEWS, by=place.amir, at=place.later(), seen=1)
    one = store.peek(CLOCKS, given["decision_id"])
    assert (one.person_id, one.referral_id, one.contact_id) == (None, None, None)
    # That it is to be settled now is owed about the person, as ever; that it is reviewed is not.
    settled = Promise.objects.get(kind="disagreement")
    more = Participation.objects.exclude(pk__in=parts).values_list("pk", flat=True)
    assert len(more) <= 1 and one.id not in more and settled.person_id == person
    swept(now())
    said = text(stories.browser(place.amir).get("/"))
    assert "A disagreement with the police to review" in said and "It waits at bronze." in said
    assert reverse("clock_reply", args=[one.id]) not in stories.browser(place.amir).get("/").content.decode()
    assert "disagreement with the police to review" not in text(stories.browser(place.amir).get("/board"))


def test_only_a_review_with_what_was_learned_ends_it_and_passing_up_moves_it_on(place):
    key = disputed(place)
    with pytest.raises(Refused, match="answered by reviewing it"):
        swept(now())
        clocks.reply(
            clock_id=key, reply_id=uuid4(), step=store.peek(CLOCKS, key).step, decision="Later.", dissent="",
            told="Nobody.", rests_until=None, by=scenes.colleague(place), at=now(),
        )  # fmt: skip
    at = now()
    reviewed(place, key, found=UP, at=at)
    one = store.peek(CLOCKS, key)
    assert (one.kind, one.started_at, one.is_running, one.rung) == ("police_silver", at, True, "")
    assert one.due_at == store.peek(POLICE, key).disputed_at + 21 * DAY
    reviewed(place, key, level="silver")
    assert not store.peek(CLOCKS, key).is_running and store.peek(POLICE, key).review_ended_at is not None
    assert PoliceReview.objects.filter(decision_id=key).count() == 2


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("police_review_ends_it", "review_ended_at = now()"),
        ("police_review_ends_it", "review_due_at = review_due_at + interval '1 year'"),
        ("police_review_ends_it", "review_level = 'gold'"),
        ("police_dispute_owes_a_review", "review_due_at = NULL"),
        ("police_dispute_owes_a_review", "review_level = ''"),
    ],
)
def test_the_database_lets_nobody_end_or_put_off_what_is_owed(place, constraint, change):
    key = disputed(place)
    statement = "UPDATE police_policedecision SET version = version + 1, " + change + " WHERE id = %s"
    with pytest.raises(IntegrityError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [key])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert refused.value.__cause__.diag.constraint_name == constraint


def test_another_team_of_the_agency_owes_it_when_the_first_closes(place):
    key = disputed(place)
    lou = place.viewers["Lou of Front door"]
    agencies.close_team(
        team_id=place.amir.team_id, successor_id=place.teams["Crisis team"], words="Moved.", by=lou,
        at=now(), seen=store.peek(TEAMS, place.amir.team_id).version,
    )  # fmt: skip
    one = store.peek(CLOCKS, key)
    assert (one.team_id, one.is_running) == (place.teams["Crisis team"], True)


def test_whoever_may_not_look_any_more_reviews_it_from_the_list_and_reads_nothing(place):
    key = disputed(place)
    other = place.viewers["Amir of Crisis team"]  # of the agency that owes it, and with no part in the care
    theirs = stories.browser(other)
    shown = text(theirs.get("/police/reviews"))
    assert "One that your agency owes" in shown and scenes.VIEWS["our_view"] not in shown
    page = f"/police/reviews?review={key}"
    form = text(theirs.get(page))
    assert "Your agency owes this review" in form and scenes.VIEWS["our_view"] not in form
    assert fill(theirs, page, **(SAID | {"learned": ""})).status_code == 422
    assert fill(theirs, page, **SAID).status_code == 302
    assert PoliceReview.objects.get().decision_id == key
    assert theirs.get(page).status_code == 404, "it is ended"


def test_another_agency_finds_none_and_hidden_answers_as_missing(place):
    key = disputed(place)
    lou = stories.browser(place.viewers["Lou of Social care"])
    assert "One that your agency owes" not in text(lou.get("/police/reviews"))
    answers = [lou.get(f"/police/reviews?review={one}") for one in (key, uuid4(), "nothing")]
    assert {one.status_code for one in answers} == {404}
    assert len({text(one) for one in answers}) == 1
