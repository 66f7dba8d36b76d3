"""A member is lent to another team, works there, and is had back; what they held there is held all along."""

from datetime import datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from nowrongdoor.data.agencies.facts import MEMBERSHIPS
from nowrongdoor.data.holdings.facts import HOLDINGS
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.visits.facts import CREWS, SEATS, VISITS
from nowrongdoor.journeys import agencies, crews, holdings, loans, promises, visits
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import viewers
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date, local_time
from nowrongdoor.rules.crew import Seating
from nowrongdoor.rules.visit_record import Asked
from tests.journeys import lending
from tests.pages.sending import fields, sent, text
from tests.pages.test_rapid import a_visit, go, sending
from tests.worlds import stories

pytestmark = pytest.mark.django_db
DOOR, CARE, CRISIS = "Front door", "Social care", "Crisis team"


@pytest.fixture
def lou(place):
    """Who leads the team that lends."""
    return stories.browser(lending.lead(place))


@pytest.fixture
def host(place):
    """Who leads the team that borrows."""
    return stories.browser(lending.lead(place, DOOR))


def lent(place, *, hours=6, **other):
    """Sam of the council, to the front door of the health trust."""
    return lending.lent(place, until_at=now() + timedelta(hours=hours), **other)


def agreed_and_lent(place, **other):
    lending.agreed(place)
    return lent(place, **other)


def time_passes(key, *, hours=1):
    """The loan was until some time ago. Nobody acts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE agencies_membership SET from_at = from_at - interval '1 day', lent_until_at = %s"
            " WHERE id = %s",
            [now() - timedelta(hours=hours), key],
        )


def a_crew_with(place, *members, hours=5, by=None):
    at = now()
    crews.put_on(
        crew_id=(key := uuid4()), name="Crew 1", base="averley_market", travel="car", device="", from_at=at,
        until_at=at + timedelta(hours=hours), seatings=[Seating(one, "nurse") for one in members],
        by=by or place.amir, at=at,
    )  # fmt: skip
    return key


def form_of(client, place, *, until: datetime, team=DOOR, **other):
    return fields(client.get(reverse("loan_lend"))) | {
        "member": str(place.sam.member_id), "team": str(place.teams[team]), "role": "rapid_responder",
        "until_on_day": str(local_date(until).day), "until_on_month": str(local_date(until).month),
        "until_on_year": str(local_date(until).year), "until_time": local_time(until), **other,
    }  # fmt: skip


def test_a_lead_lends_by_a_form_and_both_teams_see_it(lou, host, place):
    url, until = reverse("loan_lend"), now() + timedelta(hours=6)
    assert DOOR not in text(lou.get(url)), "no agreement lends crews yet"
    lending.agreed(place, "crews_beside")
    assert DOOR not in text(lou.get(url)), "and to have crews beside each other does not"
    lending.agreed(place)
    form = form_of(lou, place, until=until)
    late = sent(lou, url, form, until_on_year="2025")
    assert late.status_code == 422 and "This time is over already." in text(late)
    assert fields(late)["until_time"] == [local_time(until)], "what was typed stays"
    for _ in range(2):
        assert sent(lou, url, form).url == reverse("loans")
    assert MEMBERSHIPS.model.objects.filter(lent_by_team__isnull=False).count() == 1, "sent twice, lent once"
    ours, theirs = text(host.get(reverse("loans"))), text(lou.get(reverse("loans")))
    assert "Lent to us 1" in ours and "Lent by us 0" in ours
    assert "Lent by us 1" in theirs and "Priya of Social care" in theirs and "Rapid responder" in theirs
    assert "Nobody is lent" in text(stories.browser(place.priya).get(reverse("loans")))


def test_nothing_is_typed_in_vain(lou, place):
    empty = lou.post(reverse("loan_lend"), {"membership_id": str(uuid4())})
    said = text(empty)
    assert empty.status_code == 422 and "Choose whom you lend" in said and "Enter" in said
    assert "Write the time until which they are lent, like 22:00" in said


def test_a_lent_member_chooses_the_team_and_goes_on_its_visit_to_the_door_and_back(amir, place):
    """Told, on the way, there, with the person, safe, done: by the code of every visit."""
    agreed_and_lent(place)
    chosen = {one.team_name for one in viewers.personas(at=now(), member_id=place.sam.member_id)}
    assert chosen == {CARE, DOOR}
    crew_id = a_crew_with(place, place.sam.member_id)
    board = text(amir.get(reverse("rapid")))
    assert "Priya of Social care, nurse, lent by Social care, Averley Council" in board
    visit_id = a_visit(place)
    at_home = stories.browser(place.sam)
    assert at_home.get(reverse("visit", args=[visit_id])).status_code == 404, "at home they see none of it"
    assert sending(amir, visit_id, crew_id).status_code == 302
    sam = stories.browser(lending.as_lent(place))
    assert "See her at home." in text(sam.get(reverse("my_visits")))
    for step in ("tell", "set_off", "arrive", "meet", "safe"):
        assert go(sam, visit_id, step).status_code == 302, step
    url = reverse("visit_finish", args=[visit_id])
    said = {"outcome": "seen", "next_step": "plan", "words": "Tea and a plan."}
    assert sent(sam, url, fields(sam.get(url)), **said).status_code == 302
    assert store.peek(VISITS, visit_id).state == "done"
    after = PROMISES.model.objects.get(kind="after_visit", state="open")
    assert after.owner_team_id == place.amir.team_id, "what comes next is owed by the team that holds them"


def test_no_seat_reaches_beyond_the_loan_and_lending_on_makes_room(place):
    key = agreed_and_lent(place, hours=4)
    with pytest.raises(Refused, match="lent to your team for less long"):
        a_crew_with(place, place.sam.member_id, hours=5)
    a_crew_with(place, place.sam.member_id, hours=3)
    loans.lend(**lending.to_lend(place, until_at=now() + timedelta(hours=9)), at=now())
    found = store.peek(MEMBERSHIPS, key)
    assert found.version == 2 and found.lent_until_at > now() + timedelta(hours=8), "lent on, one place"
    assert MEMBERSHIPS.model.objects.filter(lent_by_team__isnull=False).count() == 1


def test_when_its_time_has_passed_nothing_lapses_and_both_leads_are_told(lou, host, amir, place):
    key = agreed_and_lent(place)
    crew_id, visit_id = a_crew_with(place, place.sam.member_id), a_visit(place)
    sending(amir, visit_id, crew_id)
    sam = stories.browser(lending.as_lent(place))
    go(sam, visit_id, "set_off")
    assert "Lent for longer than was said" not in text(host.get(reverse("rapid")))
    time_passes(key)
    for lead in (lou, host):
        assert "Lent for longer than was said" in text(lead.get(reverse("rapid")))
        assert "Was lent until" in text(lead.get(reverse("loans")))
    assert go(sam, visit_id, "arrive").status_code == 302, "somebody is at a door: they go on"
    with pytest.raises(Refused, match="lent to your team for less long"):
        a_crew_with(place, place.sam.member_id)


def test_it_ends_by_a_person_and_never_while_a_crew_of_theirs_has_a_visit(host, amir, place):
    key = agreed_and_lent(place)
    crew_id, visit_id = a_crew_with(place, place.sam.member_id), a_visit(place)
    with_amir = a_crew_with(place, place.amir.member_id)
    sending(amir, visit_id, crew_id)
    url = reverse("loan_end", args=[key])
    refused = sent(host, url, fields(host.get(url)), words="The night is quiet.")
    assert refused.status_code == 409 and "give it to another crew, first" in text(refused)
    assert fields(refused)["words"] == ["The night is quiet."]
    back = reverse("visit_take_back", args=[visit_id])
    sent(amir, back, fields(amir.get(back)), words="They go home.")
    assert sent(host, url, fields(host.get(url)), words="The night is quiet.").url == reverse("loans")
    assert store.peek(MEMBERSHIPS, key).ended_words == "The night is quiet."
    (seat,) = SEATS.model.objects.filter(member_id=place.sam.member_id)
    assert seat.until_at <= now() and store.peek(CREWS, crew_id).ended_at is not None
    assert store.peek(CREWS, with_amir).ended_at is None, "a crew in which they do not sit goes on"
    assert viewers.at_work(membership_id=key) is None, "nobody is let in by it any more"
    assert host.get(url).status_code == 404


def test_of_two_in_a_crew_the_other_stays_on_and_nobody_counts_on_who_has_gone(amir, place):
    key = agreed_and_lent(place)
    crew_id = a_crew_with(place, place.amir.member_id, place.sam.member_id)
    loans.end(membership_id=key, words="Quiet.", by=lending.lead(place), at=now(), seen=1)
    ends = dict(SEATS.model.objects.filter(crew_id=crew_id).values_list("member_id", "until_at"))
    assert ends[place.sam.member_id] <= now() < ends[place.amir.member_id]
    assert store.peek(CREWS, crew_id).ended_at is None
    assert "Priya of Social care" not in text(amir.get(reverse("rapid")))
    two = a_visit(place, pair_rules=("entry_hazard",))
    refused = sending(amir, two, crew_id)
    assert refused.status_code == 422 and store.peek(VISITS, two).crew_id is None
    alone = a_visit(place, person_id=place.a_person(family_name="Ansty"))
    assert sending(amir, alone, crew_id).status_code == 302


@pytest.mark.parametrize("who", ["lead who lends", "lead who borrows", "themself there", "themself at home"])
def test_who_may_end_it(place, who):
    key = agreed_and_lent(place)
    by = {
        "lead who lends": lending.lead(place), "lead who borrows": lending.lead(place, DOOR),
        "themself there": lending.as_lent(place), "themself at home": place.sam,
    }[who]  # fmt: skip
    for stranger in (place.amir, place.priya, lending.lead(place, CRISIS)):
        with pytest.raises(Refused, match="ended by a lead"):
            loans.end(membership_id=key, words="Quiet.", by=stranger, at=now(), seen=1)
        assert stories.browser(stranger).get(reverse("loan_end", args=[key])).status_code == 404
    loans.end(membership_id=key, words="Quiet.", by=by, at=now(), seen=1)
    assert store.peek(MEMBERSHIPS, key).until_at is not None


def test_what_they_hold_and_owe_there_by_name_stays_with_that_team_and_nothing_else(place):
    key = agreed_and_lent(place)
    sam = lending.as_lent(place)
    there, at_home = place.a_referral(person_id=stories.maryam(place)), place.a_referral(by=place.sam)
    for referral_id, by in ((there, sam), (at_home, place.sam)):
        if HOLDINGS.model.objects.get(referral_id=referral_id).member_id != by.member_id:
            holdings.take(referral_id=referral_id, by=by, at=now(), seen=1)
        promises.make(
            promise_id=uuid4(), kind="callback", referral_id=referral_id, contact_id=None, person_id=None,
            words="Ring them.", due_at=None, by=by, at=now(),
        )  # fmt: skip
    loans.end(membership_id=key, words="Quiet.", by=lending.lead(place), at=now(), seen=1)
    for referral_id, member, team in (
        (there, None, place.amir.team_id), (at_home, place.sam.member_id, place.sam.team_id),
    ):  # fmt: skip
        held = HOLDINGS.model.objects.get(referral_id=referral_id, until_at=None)
        assert (held.member_id, held.team_id) == (member, team)
        owed = PROMISES.model.objects.get(referral_id=referral_id, kind="callback")
        assert (owed.owner_member_id, owed.owner_team_id) == (member, team)


def test_within_one_agency_no_agreement_is_needed(place):
    given = lending.to_lend(place, to_team_id=place.teams[CRISIS], member_id=place.amir.member_id)
    loans.lend(**given | {"by": lending.lead(place, DOOR), "until_at": now() + timedelta(hours=3)}, at=now())
    found = store.peek(MEMBERSHIPS, given["membership_id"])
    assert found.lent_under_id is None and viewers.at_work(membership_id=found.id).lent_by_agency_id is None


def test_an_agreement_stands_with_the_loan_it_allows_and_nobody_lends_on_when_it_is_over(place):
    agreed = lending.agreed(place)
    key = lent(place)
    assert store.peek(MEMBERSHIPS, key).lent_under_id == agreed.id
    with connection.cursor() as cursor:
        over = "UPDATE sharing_agreement SET from_on = from_on - 9, review_on = from_on, until_on = %s"
        cursor.execute(over, [local_date(now())])
    with pytest.raises(Refused, match="No agreement that is in force"):
        lent(place, hours=9)
    assert store.peek(MEMBERSHIPS, key).until_at is None, "the loan that runs is ended by a person"


def test_whoever_borrows_somebody_cannot_record_that_they_leave(host, place):
    """They work for another agency, at every place of their own."""
    key = agreed_and_lent(place)
    left = {"member_id": place.sam.member_id, "words": "Gone.", "at": now()}
    with pytest.raises(Refused, match="Only somebody of their own agency"):
        agencies.leave(**left, by=lending.lead(place, DOOR))
    page = text(host.get(reverse("member_leave", args=[place.sam.member_id])))
    assert "Only somebody of their own agency" in page and "Averley Council" not in page
    agencies.leave(**left, by=lending.lead(place))
    assert store.peek(MEMBERSHIPS, key).until_at is not None, "and with their own place the loan ends"


@pytest.mark.parametrize(
    "half",
    ["lent_until_at = NULL", "lent_by_team_id = NULL", "lent_by_id = member_id", "lent_by_team_id = team_id"],
)
def test_the_database_refuses_half_a_loan(place, half):
    key = agreed_and_lent(place)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE agencies_membership SET {half} WHERE id = %s", [key])


def test_a_visit_asked_for_meanwhile_waits_for_whoever_is_left(place):
    """Nobody is let go of: the referral is held by the team, whoever was lent."""
    key = agreed_and_lent(place)
    referral_id = place.a_referral(person_id=stories.maryam(place))
    asked = Asked("See her.", "1 Mill Lane", "millbrook")
    sam = lending.as_lent(place)
    visits.ask(visit_id=(one := uuid4()), referral_id=referral_id, asked=asked, by=sam, at=now())
    loans.end(membership_id=key, words="Quiet.", by=lending.lead(place), at=now(), seen=1)
    assert store.peek(VISITS, one).state == "asked"
