"""The triage inbox and the five decisions."""

import re
from datetime import timedelta
from html import unescape
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nowrongdoor.data.handovers.models import Handover
from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.data.promises.models import Promise
from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.kernel.now import now
from tests.worlds import stories
from tests.worlds.small_place import ASK, SOON

WHY = "Not slept for four nights and hears voices; her mum stays with her tonight."


def referred(place, family: str, **how) -> UUID:
    return place.a_referral(person_id=place.a_person(family_name=family, given_names="Ada"), **how)


def due(referral_id: UUID, **ago: float) -> None:
    """When the response falls due, so long before now (or, negative, after)."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE referrals_referral SET due_at = %s, received_at = least(received_at, %s) WHERE id = %s",
            [now() - timedelta(**ago), now() - timedelta(**ago), referral_id],
        )


def listed(client, queue: str = "all", more: str = "") -> list[str]:
    page = client.get(f"/triage?queue={queue}{more}").content.decode()
    return [unescape(name) for name in re.findall(r"data-open[^>]*>([^<]+)<", page)]


def counted(client) -> dict[str, int]:
    page = client.get("/triage").content.decode()
    found = re.findall(r'queue=(\w+)"[^>]*>[^<]+<span class="nwd-count">(\d+)</span>', page)
    return {name: int(count) for name, count in found}


def answers(client, referral_id: UUID, **given) -> dict:
    page = client.get(f"/triage/{referral_id}").content.decode()
    form = page[page.index('class="nwd-triage"') :]
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form))
    return {**hidden, "urgency": "urgent", "needs": ["mental"], "why": WHY, **given}


def decide(client, referral_id: UUID, decision: str, *, queue: str = "all", **given):
    sent = answers(client, referral_id, decision=decision, **given)
    return client.post(f"/triage/{referral_id}?queue={queue}", sent)


def everything(place) -> dict:
    """An answer for every box of every decision."""
    return {
        "to_team": place.teams["Crisis team"],
        "ask": "See her tonight",
        "summary": "A summary of mine",
        "asked_of": "Her GP",
        "question": "Which tablets?",
        "advice_told": "Advice",
        "advice_told_by": "us",
        "duplicate_told": "Have it",
        "duplicate_told_by": "us",
    }


# --- the list --------------------


def test_the_list_is_sorted_by_due_time_then_by_when_it_was_received(place, amir):
    for family, ago in (("Third", -20), ("First", 90), ("Second", 5)):
        due(referred(place, family), minutes=ago)
    tie = [referred(place, "Earlier"), referred(place, "Afterwards")]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE referrals_referral SET due_at = %s WHERE id = ANY(%s)", [now() + timedelta(hours=1), tie]
        )
    assert listed(amir) == ["FIRST, Ada", "SECOND, Ada", "THIRD, Ada", "EARLIER, Ada", "AFTERWARDS, Ada"]


def test_the_list_is_never_sorted_by_the_code_of_the_urgency_one_way_or_the_other(place, amir):
    """All came back from triage; they are due in the order neither of codes nor of urgencies."""
    from nowrongdoor.journeys import handovers, triage
    from nowrongdoor.rules.triage import Decision

    for family, urgency, ago in (("Soon", "soon", 30), ("Fast", "very_urgent", 20), ("Slow", "routine", 10)):
        referral_id, handover_id = referred(place, family), uuid4()
        triage.hand_on(
            referral_id=referral_id, decision=Decision(urgency, ("mental",), WHY), handover_id=handover_id,
            to_team_id=place.teams["Crisis team"], message=ASK, by=place.amir, at=place.later(), seen=1,
        )  # fmt: skip
        handovers.withdraw(
            handover_id=handover_id, reason="changed", words="", by=place.amir, at=place.later(), seen=1
        )
        due(referral_id, minutes=ago)
    assert listed(amir) == ["SOON, Ada", "FAST, Ada", "SLOW, Ada"]


def test_what_was_accepted_is_not_in_the_list_at_all(place, amir):
    from nowrongdoor.journeys import triage

    waiting, taken = referred(place, "Waiting"), referred(place, "Taken")
    triage.accept_here(referral_id=taken, decision=SOON, by=place.amir, at=place.later(), seen=1)
    due(taken, hours=1)
    due(waiting, minutes=-20)
    assert listed(amir) == ["WAITING, Ada"]


def test_each_queue_holds_what_it_says_and_counts_the_same(place, amir):
    from nowrongdoor.journeys import holdings, triage

    late, soon, mine, asked = (referred(place, name) for name in ("Late", "Soon", "Mine", "Asked"))
    call_taken = referred(place, "Fresh", by=place.viewers["Priya of Front door"])
    for referral_id, ago in ((late, 10), (soon, -30), (mine, -180), (asked, -180), (call_taken, -180)):
        due(referral_id, minutes=ago)
    priya = place.viewers["Priya of Front door"]
    for referral_id in (late, soon, asked):
        holdings.take(
            referral_id=referral_id, by=priya, at=place.later(),
            seen=Holding.objects.get(referral_id=referral_id).version,
        )  # fmt: skip
    triage.ask(
        referral_id=asked, promise_id=uuid4(), asked_of="The GP", words="Which tablets?", due_at=None,
        by=place.amir, at=place.later(), seen=1,
    )  # fmt: skip
    due(asked, minutes=-180)
    returned = place.an_offer(referral_id=referred(place, "Returned"))
    from nowrongdoor.journeys import handovers

    handovers.send_back(
        handover_id=returned, reason="not_ours", words="", next_team_id=place.teams["Social care"],
        next_handover_id=uuid4(), by=place.priya, at=place.later(), seen=1,
    )  # fmt: skip
    expected = {
        "all": {"LATE, Ada", "SOON, Ada", "MINE, Ada", "ASKED, Ada", "FRESH, Ada"},
        "mine": {"MINE, Ada"},
        "unclaimed": set(),
        "information": {"ASKED, Ada"},
        "soon": {"SOON, Ada"},
        "late": {"LATE, Ada"},
        "returned": {"RETURNED, Ada"},
        "offered": set(),
    }
    assert {queue: set(listed(amir, queue)) for queue in expected} == expected
    assert counted(amir) == {queue: len(members) for queue, members in expected.items()}


def test_what_a_call_handler_took_in_is_unclaimed_until_someone_who_triages_takes_it(place, amir):
    from dataclasses import replace

    from nowrongdoor.journeys import agencies, holdings
    from nowrongdoor.rules.agency import Member, Membership

    member = Member(uuid4(), "Zofia", "Call handler")
    joined = Membership(uuid4(), member.id, place.amir.team_id, "call_handler", place.later(), None)
    agencies.enter(facts=[member, joined], by=place.viewers["Lou of Front door"], at=place.later())
    zofia = replace(place.amir, member_id=member.id, member_name=member.name, role="call_handler")
    referral_id = referred(place, "Okoro", by=zofia)
    assert listed(amir, "unclaimed") == ["OKORO, Ada"]
    holdings.take(referral_id=referral_id, by=place.amir, at=place.later(), seen=1)
    assert listed(amir, "unclaimed") == []
    assert listed(amir, "mine") == ["OKORO, Ada"]


def test_what_is_offered_to_us_is_one_queue_away_and_leads_to_the_answer(place, priya):
    handover_id = place.an_offer(referral_id=referred(place, "Okoro"))
    page = priya.get("/triage?queue=offered").content.decode()
    assert "OKORO, Ada" in page
    assert f"/{handover_id}/accept" in page or f"{handover_id}" in page
    assert counted(priya)["offered"] == 1


def test_pages_of_fifty_follow_each_other_without_gap_or_double(place, amir):
    made = [place.a_referral() for _ in range(103)]
    seen, more = [], ""
    for expected in (50, 50, 3):
        page = amir.get(f"/triage?queue=all{more}").content.decode()
        here = re.findall(r'<tr id="r-([0-9a-f-]+)"', page)
        assert len(here) == expected
        seen += here
        following = re.search(r'rel="next" href="[^"]*?(&amp;after=[^"]+)"', page)
        more = unescape(following.group(1)) if following else ""
    assert more == ""
    assert seen == [str(referral_id) for referral_id in made]


@pytest.mark.parametrize("after", ["nonsense", "0~x~y~z", "1~2026-01-01T00:00:00~x~y", "%00"])
def test_a_place_that_cannot_be_read_is_the_beginning(place, amir, after):
    referred(place, "Okoro")
    assert listed(amir, "all", f"&after={after}") == ["OKORO, Ada"]


def test_an_empty_queue_says_what_is_true_of_it(place, amir):
    page = amir.get("/triage?queue=late").content.decode()
    assert "Nothing is late." in page
    assert "See all to decide" in page


def test_the_inbox_is_at_most_eight_statements_whatever_its_length(place, amir):
    counts = []
    for how_many in (1, 60):
        for _ in range(how_many):
            place.a_referral()
        amir.get("/triage")
        with CaptureQueriesContext(connection) as asked:
            amir.get("/triage")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 8


# --- one referral --------------------


def test_what_is_asked_comes_first_then_the_words_what_is_known_who_is_involved_and_the_history(place, amir):
    person_id = stories.maryam(place)
    other = place.a_referral(person_id=person_id, by=place.sam)
    handover_id = place.an_offer(referral_id=place.a_referral(person_id=person_id))
    from nowrongdoor.journeys import handovers

    handovers.withdraw(
        handover_id=handover_id, reason="mistake", words="Wrong team", by=place.amir, at=place.later(), seen=1
    )
    referral_id = Handover.objects.get(pk=handover_id).referral_id
    page = unescape(amir.get(f"/triage/{referral_id}").content.decode())
    assert "Dog at address" in page and "07-Mar-1984" in page
    page = page[page.index("<article") :]
    order = [
        '<h2 class="nwd-h2" id="asked">What is asked',
        "Please help her to sleep",
        "In their words",
        "“I can't sleep, there are voices.”",
        "What is known",
        "What changed since the last contact",
        "Who else is involved now",
        "Social care <span",
        "Handovers so far",
        "Withdrawn by Amir of Front door",
        "What do you decide?",
    ]
    places = [page.index(words) for words in order]
    assert places == sorted(places)
    assert "What for is not shown to you" in page and str(other) not in page


def test_accepting_here_names_the_one_who_decided_and_goes_on_to_the_next(place, amir):
    first, second = referred(place, "First"), referred(place, "Second")
    answer = decide(amir, first, "accept")
    assert answer.status_code == 302
    assert answer.url == f"/triage/{second}?queue=all"
    assert Referral.objects.get(pk=first).state == "accepted"
    assert Holding.objects.get(referral_id=first).member_id == place.amir.member_id
    page = amir.get(answer.url).content.decode()
    assert "Ada First is with Front door, Amir of Front door." in page
    assert "Ada First" not in amir.get(answer.url).content.decode()


def test_after_the_last_of_a_queue_comes_its_first_and_then_the_inbox(place, amir):
    first, second = referred(place, "First"), referred(place, "Second")
    assert decide(amir, second, "accept").url == f"/triage/{first}?queue=all"
    assert decide(amir, first, "accept").url == "/triage?queue=all"


def test_handing_on_offers_it_and_the_giver_goes_on_holding(place, amir):
    referral_id = referred(place, "Okoro")
    answer = decide(
        amir, referral_id, "hand", to_team=place.teams["Crisis team"], ask="See her tonight", told="She knows"
    )
    assert answer.status_code == 302
    offered = Handover.objects.get(referral_id=referral_id)
    assert (offered.state, offered.ask, offered.told, offered.why_urgent) == (
        "offered", "See her tonight", "She knows", WHY,
    )  # fmt: skip
    assert Holding.objects.get(referral_id=referral_id, until_at=None).team_id == place.amir.team_id
    note = amir.get(answer.url).content.decode()
    assert "Offered to Crisis team" in note and "stays with Front door until they accept" in note


def test_asking_says_who_asks_whom_and_by_when_and_the_clock_runs_on(place, amir):
    referral_id = referred(place, "Okoro")
    before = Referral.objects.get(pk=referral_id).due_at
    asked = {"asked_of": "Her GP", "question": "Which tablets?", "within": "120"}
    decide(amir, referral_id, "ask", urgency="", why="", **asked)
    promise = Promise.objects.get(referral_id=referral_id)
    assert (promise.asked_of, promise.words, promise.owner_member_id) == (
        "Her GP", "Which tablets?", place.amir.member_id,
    )  # fmt: skip
    assert timedelta(minutes=119) < promise.due_at - now() <= timedelta(minutes=120)
    after = Referral.objects.get(pk=referral_id)
    assert (after.state, after.due_at) == ("waiting", before)


def test_advice_closes_with_what_was_told_and_by_whom(place, amir):
    referral_id = referred(place, "Okoro")
    told = "Sleep advice, and 111 at night"
    decide(amir, referral_id, "advise", advice_told=told, advice_told_by="us")
    closed = Referral.objects.get(pk=referral_id)
    assert (closed.state, closed.outcome, closed.told) == ("closed", "advice", told)


def test_a_duplicate_closes_into_the_other_which_stays_held(place, amir):
    person_id = stories.maryam(place)
    first, second = place.a_referral(person_id=person_id), place.a_referral(person_id=person_id)
    decide(
        amir, second, "duplicate", other=first, duplicate_told="We have your call already",
        duplicate_told_by="us", urgency="", why="",
    )  # fmt: skip
    assert Referral.objects.get(pk=second).duplicate_of_id == first
    assert Holding.objects.get(referral_id=first).until_at is None


@pytest.mark.parametrize(
    ("decision", "without", "words"),
    [
        ("accept", "urgency", "Choose how soon a response is needed"),
        ("accept", "why", "Say why"),
        ("accept", "needs", "Choose at least one need"),
        ("hand", "to_team", "Choose the team you are asking"),
        ("hand", "ask", "Say what you are asking the team to do"),
        ("ask", "question", "Say what you need to know"),
        ("ask", "asked_of", "Say who is being asked"),
        ("advise", "advice_told", "Say what the person was told"),
        ("duplicate", "other", "Choose the referral that this is the same as"),
        ("", "decision", "Choose what you decide"),
    ],
)
def test_what_a_decision_needs_is_asked_for_and_everything_typed_stays(place, amir, decision, without, words):
    referral_id = referred(place, "Okoro")
    given = everything(place)
    given |= {"decision": decision, without: [] if without == "needs" else ""}
    answer = amir.post(f"/triage/{referral_id}", answers(amir, referral_id, **given))
    page = unescape(answer.content.decode())
    assert answer.status_code == 422
    assert words in page
    assert "<title>Error:" in page
    assert "A summary of mine" in page
    if without != "why":
        assert WHY in page
    assert Referral.objects.get(pk=referral_id).version == 1


def test_a_team_that_is_not_in_the_list_is_refused_in_our_own_words(place, amir):
    answer = decide(amir, referred(place, "Okoro"), "hand", to_team=uuid4(), ask="See her tonight")
    assert answer.status_code == 422
    assert "Choose one of those in the list" in answer.content.decode()


def test_urgency_is_never_chosen_for_the_clinician(place, amir):
    page = amir.get(f"/triage/{referred(place, 'Okoro')}").content.decode()
    radios = re.findall(r'<input[^>]*name="urgency"[^>]*>', page)
    assert len(radios) == 6
    assert not any("checked" in radio for radio in radios)


def test_a_decision_on_what_a_colleague_decided_first_says_who_and_when_and_keeps_the_text(place, amir):
    from nowrongdoor.journeys import triage

    referral_id = referred(place, "Okoro")
    to_team = place.teams["Crisis team"]
    sent = answers(amir, referral_id, decision="hand", to_team=to_team, ask="See her tonight")
    triage.accept_here(
        referral_id=referral_id, decision=SOON, by=place.viewers["Priya of Front door"], at=now(), seen=1
    )
    answer = amir.post(f"/triage/{referral_id}", sent)
    page = unescape(answer.content.decode())
    assert answer.status_code == 409
    assert re.search(r"Priya of Front door triaged this and accepted it (just now|\d+ seconds? ago)\.", page)
    assert "Front door, Priya of Front door holds it now; it is accepted." in page
    assert WHY in page and "See her tonight" in page
    assert not Handover.objects.exists()


@pytest.mark.parametrize("decision", ["accept", "hand", "ask", "advise", "duplicate"])
def test_the_same_decision_sent_twice_is_one_act_and_goes_on_both_times(place, amir, decision):
    person_id = stories.maryam(place)
    other, referral_id = place.a_referral(person_id=person_id), place.a_referral(person_id=person_id)
    sent = answers(amir, referral_id, decision=decision, other=other, **everything(place))
    assert amir.post(f"/triage/{referral_id}", sent).status_code == 302
    version = Referral.objects.get(pk=referral_id).version
    assert amir.post(f"/triage/{referral_id}", sent).status_code == 302
    assert Referral.objects.get(pk=referral_id).version == version
    assert Handover.objects.count() == (decision == "hand")
    assert Promise.objects.count() == (decision == "ask")


@pytest.mark.parametrize(
    ("decision", "otherwise"),
    [
        ("accept", {"urgency": "routine"}),
        ("ask", {"asked_of": "Her sister"}),
        ("advise", {"why": "Another why"}),
    ],
)
def test_another_decision_from_an_older_page_of_ones_own_is_not_swallowed(place, amir, decision, otherwise):
    referral_id = referred(place, "Okoro")
    given = {**everything(place), "decision": decision}
    older = answers(amir, referral_id, **{**given, **otherwise})
    assert amir.post(f"/triage/{referral_id}", answers(amir, referral_id, **given)).status_code == 302
    answer = amir.post(f"/triage/{referral_id}", older)
    assert answer.status_code == 409
    assert "You " in answer.content.decode()


def test_a_stale_page_of_ones_own_is_not_taken_for_a_second_press(place, amir):
    referral_id = referred(place, "Okoro")
    sent = answers(amir, referral_id, decision="accept")
    ask = answers(amir, referral_id, decision="ask", asked_of="Her GP", question="Which tablets?")
    assert amir.post(f"/triage/{referral_id}", sent).status_code == 302
    answer = amir.post(f"/triage/{referral_id}", ask)
    assert answer.status_code == 409
    assert "You triaged this and accepted it" in answer.content.decode()


def test_what_another_team_holds_can_be_read_but_not_decided_here(place, sam):
    from nowrongdoor.journeys import handovers, triage

    referral_id, handover_id = place.a_referral(by=place.sam), uuid4()
    triage.hand_on(
        referral_id=referral_id, decision=SOON, handover_id=handover_id, message=ASK,
        to_team_id=place.teams["Front door"], by=place.sam, at=place.later(), seen=1,
    )  # fmt: skip
    handovers.accept(
        handover_id=handover_id, read_back="We ring her.", holding_id=uuid4(), by=place.amir,
        at=place.later(), seen=1,
    )  # fmt: skip
    page = unescape(sam.get(f"/triage/{referral_id}").content.decode())
    assert "Nothing to decide here now" in page
    assert "Only Front door can do this" in page
    assert 'class="nwd-triage"' not in page


def test_what_waits_for_another_teams_answer_is_not_decided_twice(place, amir):
    handover_id = place.an_offer(referral_id=referred(place, "Okoro"))
    referral_id = Handover.objects.get(pk=handover_id).referral_id
    page = amir.get(f"/triage/{referral_id}").content.decode()
    assert "Crisis team was asked" in page
    assert 'class="nwd-triage"' not in page


def test_a_person_nobody_can_name_is_decided_on_all_the_same(place, amir):
    referral_id = place.a_referral()
    assert decide(amir, referral_id, "accept").status_code == 302
    assert Referral.objects.get(pk=referral_id).state == "accepted"


def test_no_level_or_score_of_a_person_is_anywhere_on_the_page(place, amir):
    page = amir.get(f"/triage/{referred(place, 'Okoro')}").content.decode().lower()
    assert not re.search(r"\b(risk|score|severity|priority)\b", page)
