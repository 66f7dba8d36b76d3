"""Information governance: what is to be looked into, the review of it, agreements, and the access log."""

import csv
from dataclasses import replace
from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse

from nowrongdoor.data.sharing.facts import AGREEMENTS, REVIEWS
from nowrongdoor.journeys import agencies, agreements, openings
from nowrongdoor.kernel import store
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import open_teams
from nowrongdoor.rules.agency import Member, Membership, Team
from tests.journeys import looking
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories
from tests.worlds.small_place import SINCE

pytestmark = pytest.mark.django_db
HOME, LOG = "/governance", "/governance/access-log"
FOUND = {"outcome": "right", "words": "She was found and is safe."}


@pytest.fixture
def maryam(place):
    return stories.maryam(place)


@pytest.fixture
def ffion(place):
    """The governance lead of the council, to whose social care Sam belongs."""
    return looking.a_governance_lead(place, team="Social care", name="Ffion Rees")


@pytest.fixture
def lead(ffion):
    return stories.browser(ffion)


def broken(place, person_id, *, by=None, words="She rang from a bridge.", at=None):
    review_id = uuid4()
    openings.break_glass(
        opening_id=uuid4(), review_id=review_id, person_id=person_id, reason="danger_now", words=words,
        by=by or place.sam, at=at or place.later(),
    )  # fmt: skip
    return review_id


def test_the_first_page_of_a_lead_is_alive_in_each_of_its_parts(lead, place, maryam):
    asked = broken(place, maryam)
    whole, again = (lead.get(HOME, **how).content.decode() for how in ({}, {"HTTP_NWD_LIVE": "0"}))
    assert whole.count("data-of=") == 1 and "live.js" in whole
    for part in ("alarms", "reviews", "agreements"):
        assert f'<div id="{part}" data-live>' in whole and f'<div id="{part}" data-live>' in again
    row = f'id="review-{asked}"'
    assert row in whole and row in again, "each row has a name, so that only what is new is marked"
    assert "csrfmiddlewaretoken" not in again


def test_glass_that_is_broken_shows_at_once_with_its_clock(lead, place, maryam):
    assert "Nothing waits for a review" in text(lead.get(HOME))
    review_id = broken(place, maryam)
    home = lead.get(HOME)
    assert "Glass broken by Priya of Social care" in text(home)
    assert "ALI, Maryam" in text(home) and "2 days" in text(home)
    assert "Governance 1 to review" in text(lead.get("/")), "the menu says so on every page"
    assert reverse("review", args=[review_id]) in home.content.decode()


def test_a_late_review_comes_first_and_the_colour_is_the_clocks(lead, place, maryam):
    soon = broken(place, maryam)
    late = broken(place, maryam, at=now() - timedelta(days=4))
    page = lead.get(HOME).content.decode()
    assert page.index(str(late)) < page.index(str(soon))
    assert page.count("nwd-row--late") == 1 and "nwd-chip--late" in page
    assert 'class="nwd-name">ALI' in page.replace("\n", "")


def test_a_review_shows_what_happened_and_what_was_looked_at_and_is_decided_once(lead, sam, place, maryam):
    review_id = broken(place, maryam)
    sam.get(reverse("person", args=[maryam]))
    url = reverse("review", args=[review_id])
    page = lead.get(url)
    said = text(page)
    reason = "Someone may come to serious harm if I do not see it now"
    for words in (reason, "“She rang from a bridge.”", "they broke the glass", "M.A."):
        assert words in said, words
    decide = reverse("review_decide", args=[review_id])
    empty = sent(lead, decide, fields(page, action=decide))
    assert empty.status_code == 422 and "Choose what you found" in text(empty)
    assert sent(lead, decide, fields(page, action=decide), **FOUND).url == HOME
    assert store.peek(REVIEWS, review_id).outcome == "right"
    assert "It was right to look" in text(lead.get(HOME))
    again = sent(lead, decide, fields(page, action=decide), **FOUND)
    assert again.status_code == 302, "the same form sent twice is one review"
    other = sent(lead, decide, fields(page, action=decide), outcome="concern", words="Not needed.")
    assert other.status_code == 409 and "You reviewed this" in text(other)


def test_nobody_reviews_what_they_did(place, maryam, lead):
    works = Membership(
        uuid4(), place.sam.member_id, place.teams["Front door"], "governance_lead", SINCE, None
    )
    agencies.enter(facts=[works], by=place.viewers["Lou of Front door"], at=place.later())
    review_id = broken(place, maryam, by=replace(place.sam, team_id=works.team_id))
    own = stories.browser(replace(place.sam, team_id=works.team_id))
    page = own.get(reverse("review", args=[review_id]))
    assert "Somebody else must review this" in text(page) and "Record what you found" not in text(page)
    refused = own.post(reverse("review_decide", args=[review_id]), {**FOUND, "seen": "1"})
    assert refused.status_code == 422 and "Somebody else must review what you did" in text(refused)


def test_reviews_of_an_agency_that_has_its_own_lead_are_nobody_elses(place, maryam, lead):
    health = looking.a_governance_lead(place, team="Front door", name="Owen Shah")
    review_id = broken(place, maryam)
    other = stories.browser(health)
    assert "Glass broken" not in text(other.get(HOME))
    for url in (reverse("review", args=[review_id]), reverse("review", args=[uuid4()])):
        assert other.get(url).status_code == 404
    # Where an agency has none, another agency's lead looks after it.
    theirs = broken(place, maryam, by=place.amir)
    assert lead.get(reverse("review", args=[theirs])).status_code == 404
    assert other.get(reverse("review", args=[theirs])).status_code == 200


def test_the_safety_lead_reads_of_members_and_of_no_person(place, maryam, ffion):
    works = Membership(uuid4(), ffion.member_id, place.teams["Front door"], "safety_lead", SINCE, None)
    agencies.enter(facts=[works], by=place.viewers["Lou of Front door"], at=place.later())
    review_id = broken(place, maryam, by=place.amir)
    browser = stories.browser(replace(ffion, team_id=works.team_id))
    for url in (HOME, reverse("review", args=[review_id])):
        said = text(browser.get(url))
        assert "Amir of Front door" in said and "ALI" not in said and "Maryam" not in said
    assert browser.get(LOG).status_code == 403
    assert browser.post(reverse("review_decide", args=[review_id]), FOUND).status_code == 403


@pytest.mark.parametrize("who", ["amir", "sam"])
def test_nobody_who_cares_for_people_reads_it(who, request, place, maryam):
    review_id = broken(place, maryam)
    browser = request.getfixturevalue(who)
    for url in (HOME, LOG, reverse("review", args=[review_id]), reverse("agreement_new")):
        assert browser.get(url).status_code == 403, url


def agreed(place, *, until_on, what="What both know."):
    given = looking.agreeing(place)
    first, again = until_on - timedelta(days=365), until_on - timedelta(days=30)
    facts = replace(given["facts"], what=what, from_on=first, review_on=again, until_on=until_on)
    agreements.enter(facts=facts, by=given["by"], at=place.later())


def test_agreements_that_ran_out_are_an_alarm_at_the_top(lead, place):
    today = now().date()
    agreed(place, until_on=today + timedelta(days=200), what="The one that stands.")
    assert "Agreements to look at" not in text(lead.get(HOME))
    agreed(place, until_on=today, what="The one that ran out.")
    agreed(place, until_on=today + timedelta(days=10), what="The one to look at.")
    said = text(lead.get(HOME))
    assert "2 agreements have run out, or must be looked at again" in said
    order = [said.index(f"The one {words}") for words in ("that ran out", "to look at", "that stands")]
    assert order == sorted(order)


def test_an_agreement_is_put_on_record_once(lead, place):
    new = reverse("agreement_new")
    known = {
        "one": str(place.amir.agency_id), "other": str(place.sam.agency_id), "purpose": "direct_care",
        "what": "What both know.", "legal_basis": "Health and Social Care Act 2012, section 251B",
        **{f"{name}_{part}": str(value) for name, day in (
            ("from_on", date(2026, 1, 1)), ("review_on", date(2026, 12, 1)), ("until_on", date(2027, 1, 1)))
           for part, value in (("day", day.day), ("month", day.month), ("year", day.year))},
    }  # fmt: skip
    assert fill(lead, new, **known).url == HOME and len(store.find(AGREEMENTS)) == 1
    refused = fill(lead, new, **{**known, "other": known["one"]})
    assert refused.status_code == 422 and "An agreement is between two agencies" in text(refused)
    early = fill(lead, new, **{**known, "until_on_year": "2025"})
    assert early.status_code == 422 and "is reviewed before it ends" in text(early)
    assert fields(early)["what"] == ["What both know."]


def test_the_log_tells_every_look_and_names_nobody_until_one_is_asked_for(lead, sam, place, maryam):
    broken(place, maryam)
    sam.get(reverse("person", args=[maryam]))
    said = text(lead.get(LOG))
    assert "Priya of Social care" in said and "they broke the glass" in said
    assert "Maryam" not in said
    born = {"born_on_day": "7", "born_on_month": "3", "born_on_year": "1984"}
    asked = {"name": "Maryam Ali", **born}
    found = lead.post(reverse("access_log_person"), asked)
    assert found.url == f"{LOG}?person={maryam}"
    assert "ALI, Maryam" in text(lead.get(found.url))
    assert Look.objects.filter(page="access_log", person_id=maryam).exists(), "who asks is on record too"
    nobody = lead.post(reverse("access_log_person"), {"name": "Maryam Ali"})
    assert nobody.status_code == 422 and "does not lead to one person" in text(nobody)


def test_the_log_is_of_the_agencies_one_looks_after(lead, amir, place, maryam):
    looking.a_governance_lead(place, team="Front door", name="Owen Shah")
    amir.get(reverse("person", args=[maryam]))
    assert "Amir of Front door" not in text(lead.get(LOG))
    assert "Amir of Front door" not in text(lead.get(f"{LOG}?person={maryam}&agency={place.amir.agency_id}"))


def test_the_log_is_narrowed_and_its_pages_neither_repeat_nor_skip(lead, sam, place, maryam):
    broken(place, maryam)
    for _ in range(60):
        sam.get(reverse("person", args=[maryam]))
    url = f"{LOG}?member={place.sam.member_id}"
    first = lead.get(url).content.decode()
    assert first.count('data-label="When">') == 51, "a heading and fifty"
    next_url = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    assert next_url.startswith(f"{LOG}?member=")
    assert lead.get(next_url).content.decode().count('data-label="When">') == 11
    assert "Nobody looked at anything that fits" in text(
        lead.get(f"{LOG}?day_day=1&day_month=1&day_year=2020")
    )


@pytest.mark.parametrize(
    "asked",
    ["member=x", "agency=x", "day_day=40&day_month=1&day_year=2026", "person=x", "before=x_y", "before=\x00"],
)
def test_what_cannot_be_read_of_an_address_breaks_nothing(lead, asked):
    assert lead.get(f"{LOG}?{asked}").status_code in (200, 422)


def test_a_person_without_a_part_stays_closed_to_the_governance_lead(lead, place, maryam):
    broken(place, maryam)
    assert lead.get(reverse("person", args=[maryam])).status_code == 403
    assert lead.get("/people").status_code == 403


def test_a_team_that_takes_nobody_on_is_not_offered_anyone(place, amir):
    office = Team(uuid4(), place.amir.agency_id, "Information governance", "", "", False, SINCE, None, None)
    member = Member(uuid4(), "Owen Shah", "Information governance lead")
    works = Membership(uuid4(), member.id, office.id, "governance_lead", SINCE, None)
    agencies.enter(facts=[office, member, works], by=place.viewers["Lou of Front door"], at=place.later())
    names = [one.team.name for one in open_teams.names()]
    assert "Crisis team" in names and office.name not in names


def test_the_log_as_a_file_names_no_person_and_holds_no_formula(lead, place, maryam):
    sam = place.sam
    with connection.cursor() as cursor:
        cursor.execute("UPDATE agencies_member SET name = '=1+1' WHERE id = %s", [sam.member_id])
    broken(place, maryam)
    stories.browser(sam).get(reverse("person", args=[maryam]))
    answer = lead.get(reverse("access_log_export") + f"?member={sam.member_id}")
    assert answer["Content-Type"].startswith("text/csv") and "attachment" in answer["Content-Disposition"]
    heading, *rows = csv.reader(answer.content.decode().splitlines())
    assert heading[:2] == ["when", "who"]
    assert rows and {row[1] for row in rows} == {"'=1+1"}
    assert datetime.fromisoformat(rows[0][0]).tzinfo and rows[0][5] == str(maryam)
    assert "Maryam" not in answer.content.decode()
    lead.get(reverse("access_log_export") + f"?person={maryam}")
    assert Look.objects.filter(page="access_log_export", person_id=maryam).exists()
    for other in (stories.browser(place.amir), stories.browser(place.viewers["Lou of Social care"])):
        assert other.get(reverse("access_log_export")).status_code == 403


def test_reviews_that_are_late_are_said_where_a_lead_begins_with_whom_else_to_ask(lead, place, maryam):
    broken(place, maryam)
    for url in (HOME, "/"):
        assert "late." not in text(lead.get(url)), "the control: nothing is late yet"
    assert "1 review waits for you." in text(lead.get("/")), "said before it is late"
    broken(place, maryam, at=now() - timedelta(days=4))
    for url in (HOME, "/"):
        said = text(lead.get(url))
        assert "waits for you" not in said
        assert "1 review is late." in said and "There is no other governance lead" in said, url
    looking.a_governance_lead(place, team="Social care", name="Gwen Hill")
    for url in (HOME, "/"):
        assert "ask another governance lead: Gwen Hill of Averley Council" in text(lead.get(url)), url
