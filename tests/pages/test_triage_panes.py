"""Queues, list and detail in one page: each selection has its own address and needs no script."""

import re
from html import unescape
from itertools import pairwise
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nowrongdoor.data.handovers.models import Handover
from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.journeys import contacts, handovers, referrals, triage
from nowrongdoor.rules.contact import Said
from tests.pages.sending import fields, sent, text
from tests.pages.test_triage import decide, due, referred
from tests.worlds import stories
from tests.worlds.small_place import ASK, SOON

pytestmark = pytest.mark.django_db
ROW = re.compile(r'<tr id="r-([0-9a-f-]+)" class="([^"]*)"')


def page(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, (url, answer.status_code)
    return unescape(answer.content.decode())


def part(shown: str, heading: str) -> str:
    start = shown.index(f'id="{heading}"')
    return " ".join(re.sub(r"<[^>]+>", " ", shown[start : shown.index("</section>", start)]).split())


# --- three panes ---------------------------------------------------------------------------------------


def test_a_referral_is_shown_beside_its_queue_with_the_row_marked(place, amir):
    late, soon = referred(place, "Late"), referred(place, "Soon")
    due(late, minutes=10)
    due(soon, minutes=-30)
    shown = page(amir, f"/triage/{late}?queue=late")
    assert [one for one, _ in ROW.findall(shown)] == [str(late)]
    assert re.search(r'queue=late" aria-current="true">Late <span class="nwd-count">1<', shown)
    assert re.search(r'aria-current="true"[^>]*>LATE, Ada<', shown)
    assert shown.count("<h1") == 1 and "Ada" in shown[shown.index("<h1") : shown.index("</h1>")]
    both = page(amir, f"/triage/{late}?queue=all")
    assert [one for one, _ in ROW.findall(both)] == [str(late), str(soon)]
    assert "nwd-row--open" in dict(ROW.findall(both))[str(late)]
    assert "nwd-row--open" not in dict(ROW.findall(both))[str(soon)]


def test_the_list_is_a_table_whose_rows_are_headed_by_the_person(place, amir):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    for url in ("/triage?queue=all", f"/triage/{referral_id}?queue=all"):
        row = page(amir, url)
        row = row[row.index('<tr id="r-') :]
        row = row[: row.index("</tr>")]
        head = re.search(r'<th scope="row".*?</th>', row, re.S).group()
        assert "ALI, Maryam" in head and "42y, ZZ7" in head
        assert "I can't sleep" in row and "Front door" in row and "Dog at address" in row


def test_a_place_in_a_long_list_is_kept_beside_what_is_opened_from_it(place, amir):
    for _ in range(52):
        place.a_referral()
    first = page(amir, "/triage?queue=all")
    following = re.search(r'rel="next" href="([^"]+)"', first).group(1)
    second = page(amir, following)
    opened = re.search(r'data-open href="([^"]+)"', second).group(1)
    shown = page(amir, opened)
    assert [one for one, _ in ROW.findall(shown)] == [one for one, _ in ROW.findall(second)]
    assert "nwd-row--open" in shown


def test_the_list_beside_a_referral_costs_no_more_for_fifty_rows_than_for_one(place, amir):
    referral_id = place.a_referral(person_id=stories.maryam(place))
    counts = []
    for how_many in (1, 55):
        for _ in range(how_many):
            place.a_referral()
        amir.get(f"/triage/{referral_id}?queue=all")
        with CaptureQueriesContext(connection) as asked:
            amir.get(f"/triage/{referral_id}?queue=all")
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 14


def test_an_empty_queue_says_how_long_the_longest_wait_of_all_is(place, amir):
    due(referred(place, "Okoro"), minutes=-180)
    shown = page(amir, "/triage?queue=late")
    assert re.search(
        r"Nothing is late\. The longest wait of all that your team must decide on: (\d+ h )?\d+ min\.", shown
    )


# --- after a decision ----------------------------------------------------------------------------------


def test_three_are_decided_in_a_row_and_the_focus_is_on_the_next_row_each_time(place, amir):
    made = [referred(place, name) for name in ("First", "Second", "Third", "Fourth")]
    for here, following in pairwise(made):
        answer = decide(amir, here, "accept")
        assert answer.url == f"/triage/{following}?queue=all"
        shown = page(amir, answer.url)
        focused = re.search(r"<a data-open href=\"([^\"]+)\"[^>]*autofocus[^>]*>", shown)
        assert str(following) in focused.group(1)
        assert 'aria-describedby="done"' in focused.group()
        assert shown.count("autofocus") == 1
        done = shown[shown.index('id="done"') : shown.index("</div>", shown.index('id="done"'))]
        assert "Accepted" in done and "Next in the list:" in done


def test_a_refused_form_takes_the_focus_to_what_is_missing_and_not_to_the_list(place, amir):
    answer = decide(amir, referred(place, "Okoro"), "accept", urgency="")
    shown = answer.content.decode()
    assert answer.status_code == 422
    assert shown.count("autofocus") == 1
    assert re.search(r'class="nhsuk-error-summary"[^>]*autofocus', shown)


# --- an offer to us: accepted, or declined with a named next owner -------------------------------------


@pytest.fixture
def offered(place) -> tuple[UUID, UUID]:
    referral_id = referred(place, "Okoro")
    return referral_id, place.an_offer(referral_id=referral_id)


def answered(client, referral_id: UUID, **given):
    url = f"/triage/{referral_id}?queue=offered"
    return sent(client, url, fields(client.get(url), form="decide"), **given)


def test_an_offer_to_us_is_read_and_answered_where_the_inbox_leads(place, priya, offered):
    referral_id, handover_id = offered
    shown = page(priya, "/triage?queue=offered")
    assert re.search(r'data-open href="([^"]+)"', shown).group(1) == f"/triage/{referral_id}?queue=offered"
    shown = page(priya, f"/triage/{referral_id}?queue=offered")
    assert ASK.ask in part(shown, "asked") and ASK.watch_for in part(shown, "asked")
    choices = re.findall(r'name="decision" type="radio" value="(\w+)"', shown)
    assert choices == ["accept", "decline"]
    assert "Front door holds this now." in text(priya.get(f"/triage/{referral_id}?queue=offered"))
    assert str(handover_id) in shown


def test_an_offer_is_accepted_with_a_read_back_and_the_person_is_held_by_name(place, priya, offered):
    referral_id, _ = offered
    assert answered(priya, referral_id, decision="accept").status_code == 422
    answer = answered(priya, referral_id, decision="accept", read_back="We ring at ten.")
    assert answer.url == "/triage?queue=offered"
    held = Holding.objects.get(referral_id=referral_id, until_at=None)
    assert (held.team_id, held.member_id) == (place.priya.team_id, place.priya.member_id)
    assert "Ada Okoro is with Crisis team now, Priya of Crisis team." in text(priya.get(answer.url))


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reason": "not_ours"}, "Name the team that is asked next."),
        ({"next_team": "Social care"}, "Choose why your team cannot take this on"),
    ],
)
def test_a_decline_without_a_reason_or_a_named_next_owner_is_not_saved(place, priya, offered, given, words):
    referral_id, handover_id = offered
    given = {name: str(place.teams.get(value, value)) for name, value in given.items()}
    answer = answered(priya, referral_id, decision="decline", reason_words="We have no night staff.", **given)
    assert answer.status_code == 422
    assert words in text(answer) and "We have no night staff." in text(answer)
    assert Handover.objects.get(pk=handover_id).state == "offered"
    assert Handover.objects.count() == 1


def test_a_decline_asks_the_team_it_names_and_the_giver_answers_until_they_accept(place, priya, offered):
    referral_id, handover_id = offered
    answer = answered(
        priya, referral_id, decision="decline", reason="not_ours", reason_words="She asks for a carer.",
        next_team=str(place.teams["Social care"]),
    )  # fmt: skip
    assert answer.status_code == 302
    declined = Handover.objects.get(pk=handover_id)
    following = Handover.objects.get(after_id=handover_id)
    assert (declined.state, declined.reason, declined.next_team_id) == (
        "returned", "not_ours", place.teams["Social care"],
    )  # fmt: skip
    assert (following.state, following.receiver_team_id, following.answer_by) == (
        "offered", place.teams["Social care"], declined.answer_by,
    )  # fmt: skip
    assert Holding.objects.get(referral_id=referral_id, until_at=None).team_id == place.amir.team_id
    said = text(priya.get(answer.url))
    assert "Declined, and Social care was asked" in said
    assert "stays with Front door, who answers until Social care accepts" in said


def test_the_giver_and_oneself_cannot_be_named_next(place, priya, offered):
    shown = page(priya, f"/triage/{offered[0]}?queue=offered")
    choices = shown[shown.index('name="next_team"') :]
    choices = choices[: choices.index("</select>")]
    assert "Social care" in choices
    assert "Front door" not in choices and "Crisis team" not in choices


@pytest.mark.parametrize("decision", ["accept", "decline"])
def test_an_answer_that_is_sent_twice_is_one_act(place, priya, offered, decision):
    referral_id, _ = offered
    url = f"/triage/{referral_id}?queue=offered"
    seen = fields(priya.get(url), form="decide")
    given = {"decision": decision, "read_back": "We go.", "reason": "not_ours",
             "next_team": str(place.teams["Social care"])}  # fmt: skip
    assert sent(priya, url, seen, **given).status_code == 302
    assert sent(priya, url, seen, **given).status_code == 302
    assert Handover.objects.count() == (1 if decision == "accept" else 2)


def test_an_answer_after_a_colleague_says_who_was_first_and_shows_what_was_typed(place, priya, offered):
    referral_id, handover_id = offered
    url = f"/triage/{referral_id}?queue=offered"
    seen = fields(priya.get(url), form="decide")
    handovers.accept(
        handover_id=handover_id, read_back="We go.", holding_id=uuid4(),
        by=place.viewers["Lou of Crisis team"], at=place.later(), seen=1,
    )  # fmt: skip
    answer = sent(priya, url, seen, decision="decline", reason="not_ours", reason_words="No night staff.",
                  next_team=str(place.teams["Social care"]))  # fmt: skip
    assert answer.status_code == 409
    assert "Lou of Crisis team accepted this" in text(answer)
    assert "No night staff." in text(answer)
    assert Handover.objects.count() == 1


def test_a_team_that_holds_already_declines_by_naming_who_should_have_it(place, amir):
    referral_id = referred(place, "Okoro")
    said = text(amir.get(f"/triage/{referral_id}"))
    assert "To decline what your team holds already, name here the team that should have it" in said
    assert 'value="decline"' not in page(amir, f"/triage/{referral_id}")


# --- what changed since the last contact ---------------------------------------------------------------


def rang(place, person_id: UUID, words: str) -> UUID:
    contact_id = uuid4()
    contacts.receive(
        contact_id=contact_id, said=Said(channel="telephone", words=words), outcome="advice_given",
        callback_id=uuid4(), happened_at=place.at, referral=None, person_id=person_id,
        by=place.amir, at=place.later(),
    )  # fmt: skip
    return contact_id


def test_what_was_recorded_since_the_last_contact_is_told_latest_first_and_no_more(place, amir):
    person_id = stories.maryam(place)
    lou = place.viewers["Lou of Front door"]
    before = place.a_referral(person_id=person_id)
    theirs = place.a_referral(person_id=person_id, by=place.sam)
    for referral_id, by in ((before, lou), (theirs, place.sam)):
        triage.accept_here(referral_id=referral_id, decision=SOON, by=by, at=place.later(), seen=1)
    rang(place, person_id, "She is back home.")
    place.later(minutes=3)
    for referral_id, by in ((before, lou), (theirs, place.sam)):
        referrals.begin(referral_id=referral_id, by=by, at=place.later(), seen=2)
    now_in = place.a_referral(person_id=person_id)
    triage.ask(referral_id=now_in, promise_id=uuid4(), asked_of="Her GP", words="Which tablets?", due_at=None,
               by=place.amir, at=place.later(), seen=1)  # fmt: skip
    told = part(page(amir, f"/triage/{now_in}"), "changed")
    assert "the last contact on record before this came in." in told
    order = ["Amir of Front door, Front door asked Her GP: “Which tablets?”",
             "Lou of Front door, Front door recorded that help has begun"]  # fmt: skip
    assert [told.index(words) for words in order] == sorted(told.index(words) for words in order)
    assert "decided that their own team responds" not in told, "that was before they were last in touch"
    assert "Social care" not in told, "that another agency holds is not theirs to see"
    assert "She is back home" not in told, "that is the last contact itself"
    assert "took in another referral" not in told, "this referral is what is being read"


def test_a_person_never_in_touch_before_is_told_of_from_when_this_came_in(place, amir):
    contact_id, referral_id = place.a_contact()
    told = part(page(amir, f"/triage/{referral_id}"), "changed")
    assert "No earlier contact is on record here, so: recorded since this came in" in told
    assert "Nothing has been recorded since." in told
    person_id = stories.maryam(place)
    handover_id = place.an_offer(referral_id=referral_id)
    handovers.withdraw(handover_id=handover_id, reason="changed", words="She rang again.", by=place.amir,
                       at=place.later(), seen=1)  # fmt: skip
    told = part(page(amir, f"/triage/{referral_id}"), "changed")
    assert "asked Crisis team to take this on" in told
    assert "took an offer back: “She rang again.”" in told
    assert person_id and contact_id


def test_who_else_is_involved_can_be_rung(place, amir):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id, by=place.sam)
    shown = page(amir, f"/triage/{place.a_referral(person_id=person_id)}")
    assert "Social care" in part(shown, "involved")
    assert 'href="tel:01632960001"' in shown


def test_what_came_by_a_handover_shows_what_the_sender_asks(place, priya, offered):
    referral_id, handover_id = offered
    stories.accepted(place, handover_id, by=place.priya)
    asked = part(page(priya, f"/triage/{referral_id}"), "asked")
    assert "Amir of Front door, Front door, asked Crisis team" in asked
    assert ASK.ask in asked and ASK.why_urgent in asked
    assert Referral.objects.get(pk=referral_id).state == "accepted"
