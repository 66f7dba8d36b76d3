"""Two teams go to one person together: one asks, the other answers, and both see how far the other is."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.participations.models import Participation
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.referrals.facts import REFERRALS
from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.journeys import agencies, crews, seals, visits
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import rapid_reports
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date, local_time
from nowrongdoor.rules.crew import Seating
from nowrongdoor.rules.sealing import Against
from tests.pages.sending import fields, sent, text
from tests.pages.test_rapid import a_crew, a_visit, go, sending
from tests.worlds import stories

pytestmark = pytest.mark.django_db
WHY = "She is bleeding: please see to her leg while we talk."


def asked_along(amir, place, visit_id, *, team=None, **said):
    """Amir's team asks Sam's, and the half that it makes."""
    url = reverse("visit_ask_along", args=[visit_id])
    page = fields(amir.get(url))
    form = {"team": str(team or place.sam.team_id), "need": WHY} | said
    answer = sent(amir, url, page, **form)
    return answer, UUID(page["half_id"][0])


def a_half(amir, place, **said):
    visit_id = a_visit(place)
    answer, half_id = asked_along(amir, place, visit_id, **said)
    assert answer.status_code == 302, text(answer)
    return visit_id, half_id


def says(client, half_id, step):
    one = store.peek(VISITS, half_id)
    return client.post(reverse("visit", args=[half_id]), {"step": step, "seen": one.version})


def says_no(client, half_id, words):
    url = reverse("visit_stand_down", args=[half_id])
    return sent(client, url, fields(client.get(url)), words=words)


def owed(team_id):
    found = PROMISES.model.objects.filter(kind="joint_visit", state="open", owner_team_id=team_id)
    return [one.words for one in found]


def a_crew_of_sams(place):
    at = now()
    crews.put_on(
        crew_id=(key := uuid4()), name="Van 2", base="averley_market", travel="car", device="", from_at=at,
        until_at=at + timedelta(hours=8), seatings=[Seating(place.sam.member_id, "nurse")], by=place.sam,
        at=at,
    )  # fmt: skip
    return key


def test_a_team_that_is_asked_sees_it_on_its_board_with_what_to_mind_and_says_yes(amir, sam, place):
    visit_id = a_visit(place, access_words="The dog bites.")
    assert sam.get(reverse("visit", args=[visit_id])).status_code == 404, "before it is asked, nothing"
    answer, half_id = asked_along(amir, place, visit_id)
    assert answer.url == reverse("visit", args=[visit_id])
    board = text(sam.get(reverse("rapid")))
    assert "Asked to come along" in board and "ALI, Maryam" in board and WHY in board
    pack = text(sam.get(reverse("visit", args=[half_id])))
    assert "asks you to come along" in pack and "The dog bites." in pack and "1 Mill Lane" in pack
    assert "has not said yet whether it comes" in text(amir.get(reverse("visit", args=[visit_id])))
    assert owed(place.sam.team_id) == ["Say whether you come along to a visit, or why not."]
    crew_id = a_crew_of_sams(place)
    assert says(sam, half_id, "come_along").url == reverse("rapid_assign", args=[half_id])
    assert owed(place.sam.team_id) == []
    assert "comes, has no crew yet" in text(amir.get(reverse("visit", args=[visit_id])))
    assert sending(sam, half_id, crew_id).status_code == 302
    assert "Van 2: Priya" in text(amir.get(reverse("visit", args=[visit_id]))), "both see who goes"
    assert "Van 2: Priya" in text(amir.get(reverse("rapid")))


def test_each_sees_how_far_the_other_is_and_both_hand_back(amir, sam, place):
    visit_id, half_id = a_half(amir, place)
    sending(amir, visit_id, a_crew(place))
    says(sam, half_id, "come_along")
    sending(sam, half_id, a_crew_of_sams(place))
    go(amir, visit_id, "set_off")
    assert "On the way since" in text(sam.get(reverse("visit", args=[half_id])))
    for step in ("set_off", "arrive", "meet"):
        assert go(sam, half_id, step).status_code == 302
    assert "With the person since" in text(amir.get(reverse("visit", args=[visit_id])))
    url = reverse("visit_finish", args=[half_id])
    said = {"outcome": "seen", "next_step": "plan", "words": "Dressed her leg."}
    assert sent(sam, url, fields(sam.get(url)), **said).status_code == 302
    after = PROMISES.model.objects.get(kind="after_visit", state="open")
    assert after.owner_team_id == place.amir.team_id, "what comes next is owed by whoever holds the person"
    assert store.peek(VISITS, visit_id).ended_at is None, "each half ends by itself"


def test_a_no_names_a_reason_and_goes_back_to_whoever_asked(amir, sam, place):
    visit_id, half_id = a_half(amir, place)
    assert says_no(sam, half_id, " ").status_code == 422
    assert says_no(sam, half_id, "All of us are out until four.").status_code == 302
    assert owed(place.amir.team_id) == [
        "The team that was asked along to a visit says no. Read why, and decide who goes."
    ]
    page = text(amir.get(reverse("visit", args=[visit_id])))
    assert "does not come" in page and "All of us are out until four." in page
    assert store.peek(VISITS, visit_id).ended_at is None, "the visit goes on being theirs"
    assert asked_along(amir, place, visit_id)[0].status_code == 302, "and may be asked again"


def test_who_stands_down_is_heard_by_the_other_who_decides_for_themselves(amir, sam, place):
    visit_id, half_id = a_half(amir, place)
    says(sam, half_id, "come_along")
    assert says_no(amir, visit_id, "Her GP went, and she is well.").status_code == 302
    assert owed(place.sam.team_id) == [
        "The team you go along with does not go after all. Read why, and decide whether you still go."
    ]
    assert store.peek(VISITS, half_id).ended_at is None, "nobody is called off but by their own team"
    assert "Her GP went" in text(sam.get(reverse("visit", args=[half_id])))


def test_who_is_asked_and_has_not_answered_is_asked_no_more_once_it_is_over(amir, sam, place):
    visit_id, half_id = a_half(amir, place)
    says_no(amir, visit_id, "Her GP went, and she is well.")
    assert owed(place.sam.team_id) == []
    assert store.peek(VISITS, half_id).state == "stood_down"
    assert "asked to come along" not in text(sam.get(reverse("rapid"))).lower()


def test_they_meet_at_a_time_that_both_read(amir, sam, place):
    soon = now() + timedelta(hours=2)
    visit_id, half_id = a_half(amir, place, meet_at=local_time(soon))
    assert store.peek(VISITS, visit_id).meet_at == store.peek(VISITS, half_id).meet_at is not None
    for client, key in ((amir, visit_id), (sam, half_id)):
        assert "Meet at the door" in text(client.get(reverse("visit", args=[key])))


def test_either_says_when_they_meet_anew_and_the_other_is_told(amir, sam, place):
    visit_id, half_id = a_half(amir, place)
    says(sam, half_id, "come_along")
    url, soon = reverse("visit_meet", args=[half_id]), now() + timedelta(hours=3)
    page = fields(sam.get(url))
    assert sent(sam, url, page, meet_at="teatime").status_code == 422
    assert "Write when you meet at the door" in text(sent(sam, url, page, meet_at=""))
    assert sent(sam, url, page, meet_at=local_time(soon)).status_code == 302
    assert store.peek(VISITS, visit_id).meet_at == store.peek(VISITS, half_id).meet_at is not None
    assert [words[:38] for words in owed(place.amir.team_id)] == ["When you meet at the door was changed "]
    late = sent(sam, url, page, meet_at=local_time(soon))
    assert late.status_code == 409, "an old page says what was done since"


def test_an_ambulance_that_never_signs_in_is_a_line_that_both_read(amir, sam, place):
    visit_id, half_id = a_half(amir, place)
    url = reverse("visit_others", args=[visit_id])
    page = fields(amir.get(url))
    assert sent(amir, url, page, words=" ").status_code == 422
    line = "Ambulance control, Jo at 13:20: they come about 14:00."
    assert sent(amir, url, page, words=line).status_code == 302
    for client, key in ((amir, visit_id), (sam, half_id)):
        assert line in text(client.get(reverse("visit", args=[key])))
    state = store.peek(VISITS, visit_id).state
    assert sent(amir, url, fields(amir.get(url)), words="").status_code == 302
    assert line not in text(amir.get(reverse("visit", args=[visit_id])))
    assert store.peek(VISITS, visit_id).state == state == "asked", "a line, and no state of ours"


def test_what_cannot_be_asked_is_said_and_what_was_typed_stays(amir, sam, place):
    visit_id = a_visit(place)
    none, _ = asked_along(amir, place, visit_id, need=" ")
    assert none.status_code == 422 and "what they should come along for" in text(none)
    mangled, _ = asked_along(amir, place, visit_id, meet_at="teatime")
    assert mangled.status_code == 422 and WHY in mangled.content.decode()
    nobody, _ = asked_along(amir, place, visit_id, team=uuid4())
    assert nobody.status_code == 422
    own, _ = asked_along(amir, place, visit_id, team=place.amir.team_id)
    assert own.status_code == 422
    asked_along(amir, place, visit_id)
    twice, _ = asked_along(amir, place, visit_id)
    assert twice.status_code in (409, 422) and "is asked already" in text(twice)


def test_sent_twice_they_are_asked_once(amir, sam, place):
    visit_id = a_visit(place)
    url = reverse("visit_ask_along", args=[visit_id])
    page = fields(amir.get(url))
    for _ in range(2):
        assert sent(amir, url, page, team=str(place.sam.team_id), need=WHY).status_code == 302
    assert VISITS.model.objects.filter(joint_with_id=visit_id).count() == 1


def test_only_the_team_that_was_asked_answers_and_an_old_page_does_nothing(amir, sam, place):
    _, half_id = a_half(amir, place)
    assert says(amir, half_id, "come_along").status_code == 422, "nobody says yes for another team"
    old = store.peek(VISITS, half_id).version
    says(sam, half_id, "come_along")
    again = sam.post(reverse("visit", args=[half_id]), {"step": "come_along", "seen": old})
    assert again.status_code == 409
    assert (
        reverse("visit_ask_along", args=[half_id])
        not in sam.get(reverse("visit", args=[half_id])).content.decode()
    ), "who was asked asks nobody in turn"


def test_who_says_no_may_read_what_they_were_asked_for_as_long_as_after_an_offer(amir, sam, place):
    _, half_id = a_half(amir, place)
    says_no(sam, half_id, "All of us are out until four.")
    parts = Participation.objects.filter(team_id=place.sam.team_id).exclude(until_at=None)
    assert [one.part for one in parts] == ["offered"], "asked, and no more than asked"


@pytest.mark.parametrize("of", ["agency", "member"])
def test_nobody_is_asked_along_from_whom_a_seal_keeps_the_person_safe(sam, place, of):
    """An agency, or one of that team: whoever is asked reads the address, and goes to the door."""
    visit_id = a_visit(place)
    against = Against(**{f"{of}_id": getattr(place.sam, f"{of}_id")})
    sealed_against(place, visit_id, against)
    lou = stories.browser(place.viewers["Lou of Front door"])
    refused, half_id = asked_along(lou, place, visit_id)
    assert refused.status_code == 422 and WHY in refused.content.decode()
    assert "That team cannot be asked along to this person. Choose another team." in text(refused)
    assert "keeps" not in text(refused), "neither whom a seal is against nor that there is one"
    assert not VISITS.model.objects.filter(pk=half_id).exists() and owed(place.sam.team_id) == []


def test_of_an_agency_in_which_one_is_named_another_team_can_be_asked(sam, place):
    visit_id, lead = a_visit(place), place.viewers["Lou of Front door"]
    theirs = store.peek(TEAMS, place.sam.team_id)
    beside = replace(theirs, id=uuid4(), name="Night carers")
    agencies.enter(facts=[beside], by=lead, at=place.later())
    sealed_against(place, visit_id, Against(member_id=place.sam.member_id))
    asks = {"need": WHY, "meet_at": None, "by": lead, "seen": store.peek(VISITS, visit_id).version}
    visits.ask_along(visit_id=visit_id, half_id=uuid4(), team_id=beside.id, at=now(), **asks)
    assert VISITS.model.objects.filter(joint_with_id=visit_id, team_id=beside.id).exists()
    with pytest.raises(Refused, match="cannot be asked along to this person"):
        visits.ask_along(visit_id=visit_id, half_id=uuid4(), team_id=theirs.id, at=now(), **asks)


def sealed_against(place, visit_id, against):
    person_id = REFERRALS.model.objects.get(pk=store.peek(VISITS, visit_id).referral_id).person_id
    seals.put(
        seal_id=uuid4(), person_id=person_id, referral_id=None, contact_id=None, why="in_danger", words="",
        against=against, by=place.viewers["Lou of Front door"], at=now(),
    )  # fmt: skip


def test_the_answer_is_given_at_the_visit_and_by_no_word_beside_it(amir, sam, place):
    a_half(amir, place)
    promised = PROMISES.model.objects.get(kind="joint_visit", state="open")
    url = reverse("promise_keep", args=[promised.pk])
    refused = sent(sam, url, fields(sam.get(url)), words="Yes, fine.")
    assert refused.status_code in (409, 422) and "This is answered at the visit" in text(refused)


AT_A_PROMPT = {
    "to go on without a yes": (
        "UPDATE visits_visit SET state = 'asked' WHERE id = %(half)s", "joined_by_a_yes",
    ),
    "to be nobody's half": (
        "UPDATE visits_visit SET joint_with_id = NULL WHERE id = %(half)s", "joined_by_a_yes",
    ),
    "to be its own": ("UPDATE visits_visit SET joint_with_id = id WHERE id = %(half)s", "half_of_the_same"),
    "to be of somebody else": (
        "UPDATE visits_visit SET referral_id = %(other)s WHERE id = %(half)s", "half_of_the_same",
    ),
    "to be asked twice at once": (
        "UPDATE visits_visit SET team_id = %(team)s WHERE id = %(half)s", "asked_along_once",
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", AT_A_PROMPT)
def test_a_half_stays_what_it_is_whoever_sits_at_a_prompt(amir, place, what):
    visit_id, _ = a_half(amir, place)
    half_id = asked_along(amir, place, visit_id, team=place.teams["Crisis team"])[1]
    said = {"half": half_id, "other": place.a_referral(), "team": place.sam.team_id}
    statement, refused = AT_A_PROMPT[what]
    with pytest.raises(IntegrityError, match=refused), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, said)


def reported(viewer):
    at = now()
    first = local_date(at)
    found = rapid_reports.told(since=first, until=first + timedelta(days=1), viewer=viewer, at=at)
    return [one.is_joint for one in found]


def test_joint_visits_are_in_the_numbers_and_what_was_never_answered_is_not(amir, sam, place):
    _, half_id = a_half(amir, place)
    assert (reported(place.amir), reported(place.sam)) == ([False], [])
    says(sam, half_id, "come_along")
    assert (reported(place.amir), reported(place.sam)) == ([True], [True]), "each where its own team is"
