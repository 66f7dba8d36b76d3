"""Who is told to keep somebody safe reads what is sealed; whom the seal is against never does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.sharing.facts import DECISIONS, OPENINGS, REVIEWS, SEALS
from nowrongdoor.journeys import promises
from nowrongdoor.kernel import store
from tests.journeys import looking
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
DANGER = {"words": "He has a knife.", "told": "would_harm"}
GLASS = {
    "name": "Maryam Ali",
    "nhs_number": stories.NHS_NUMBER,
    "reason": "danger_now",
    "words": "She is in danger.",
}


@pytest.fixture
def maryam(place):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    return person_id


def page(name, *keys):
    return reverse(name, args=keys)


def seal(browser, person_id, **said):
    url = page("seal_put", person_id)
    return sent(browser, url, fields(browser.get(url)), **{"what": "person", "why": "in_danger"} | said)


def keep_safe(browser, place, person_id, team="Social care"):
    url = page("person_override", person_id)
    return sent(browser, url, fields(browser.get(url)), to_team=str(place.teams[team]), **DANGER)


def share(browser, place, person_id, team="Social care"):
    url = page("person_share", person_id)
    said = {"purpose": "direct_care", "confidentiality_basis": "consent", "told": "yes", "words": ""}
    return sent(browser, url, fields(browser.get(url)), to_team=str(place.teams[team]), **said)


def agency_of(viewer):
    return str(viewer.agency_id)


def test_an_override_opens_a_sealed_record_but_not_where_the_person_is(amir, sam, place, maryam):
    assert seal(amir, maryam).status_code == 302
    assert sam.get(page("person", maryam)).status_code == 404
    amir.get(page("person", maryam))  # takes the note of the seal itself
    asked = text(amir.get(page("person_override", maryam)))
    assert "can read the record all the same, but not where the person is" in asked
    assert keep_safe(amir, place, maryam).status_code == 302
    shown = sam.get(page("person", maryam))
    assert "Maryam" in text(shown) and "14 Saltmarsh Row" not in shown.content.decode()
    tab = text(amir.get(page("person_sharing", maryam)))
    assert "Was told to keep someone safe" in tab
    (decision,) = store.find(DECISIONS, person_id=maryam)
    fill(amir, page("sharing_withdraw", maryam, decision.id), words="He is in custody.")
    assert sam.get(page("person", maryam)).status_code == 404, "it closes with the act"


def test_an_override_reaches_nobody_whom_the_seal_is_against(amir, sam, place, maryam):
    keep_safe(amir, place, maryam)
    assert sam.get(page("person", maryam)).status_code == 200
    put = seal(amir, maryam, against_agency=agency_of(place.sam))
    assert put.status_code == 302
    assert sam.get(page("person", maryam)).status_code == 404
    assert "the glass does not break for them" in text(amir.get(page("person_sharing", maryam)))
    url = page("person_override", maryam)
    assert "Nothing stops you" not in text(amir.get(url))
    refused = share(amir, place, maryam)
    assert refused.status_code == 422 and "could reach somebody the seal protects from" in text(refused)
    assert keep_safe(amir, place, maryam).status_code == 302, "keeping someone safe is never refused"
    assert "it opens nothing for that team" in text(amir.get(page("person_sharing", maryam)))
    assert len(store.find(DECISIONS, person_id=maryam)) == len(store.find(REVIEWS, kind="override")) == 2
    assert sam.get(page("person", maryam)).status_code == 404
    assert keep_safe(amir, place, maryam, team="Crisis team").status_code == 302
    assert "can read the record all the same" in text(amir.get(page("person_sharing", maryam)))


def test_the_glass_does_not_break_for_whom_the_seal_is_against_and_tells_them_of_nobody(
    amir, sam, place, maryam
):
    seal(amir, maryam, against_agency=agency_of(place.sam))
    known = fill(sam, "/break-glass", **GLASS)
    nobody = fill(sam, "/break-glass", **GLASS | {"name": "Nia Nowhere", "nhs_number": "999 900 0018"})
    assert known.status_code == nobody.status_code == 422
    assert "does not lead to one record" in text(known) and not store.find(OPENINGS, kind="break_glass")


def test_who_looks_into_looking_is_told_of_nobody_whom_the_seal_keeps_safe_from_them(amir, place, maryam):
    lead = stories.browser(looking.a_governance_lead(place, team="Social care", name="Ffion Rees"))
    asked = {"name": GLASS["name"], "nhs_number": GLASS["nhs_number"]}
    log = f"{page('access_log')}?person={maryam}"
    seal(amir, maryam, against_agency=agency_of(place.amir))
    assert lead.post(page("access_log_person"), asked).url == log, "whoever else may look into it"
    assert "ALI, Maryam" in text(lead.get(log))
    lou = stories.browser(place.viewers["Lou of Front door"])
    fill(lou, page("seal_lift", maryam, store.find(SEALS)[0].id), words="Put again.")
    seal(amir, maryam, against_agency=agency_of(place.sam))
    found = lead.post(page("access_log_person"), asked)
    assert found.status_code == 422 and "does not lead to one person" in text(found)
    assert "Maryam" not in text(lead.get(log)), "by an address kept from before either"


def test_the_glass_breaks_for_everybody_else(amir, sam, place, maryam):
    seal(amir, maryam, against_agency=agency_of(place.amir))
    assert fill(sam, "/break-glass", **GLASS).status_code == 302
    assert sam.get(page("person", maryam)).status_code == 200
    assert amir.get(page("person", maryam)).status_code == 200, "whose own team holds her"


def test_one_member_is_named_and_their_colleagues_are_told(amir, sam, place, maryam):
    sams = agency_of(place.sam)
    refused = seal(amir, maryam, against_agency=sams, against_name="Nobody Known")
    assert refused.status_code == 422 and "Nobody of that name works for that agency" in text(refused)
    assert seal(amir, maryam, against_name="Sam").status_code == 422, "a name alone is several people's"
    name = f" {place.sam.member_name.upper()} "
    assert seal(amir, maryam, against_agency=sams, against_name=name).status_code == 302
    (put,) = store.find(SEALS)
    assert (put.against_agency_id, put.against_member_id) == (None, place.sam.member_id)
    amir.get(page("person", maryam))  # takes the note of the seal itself
    asked = text(amir.get(page("person_override", maryam)))
    assert "where it is one person, their colleagues can read it" in asked
    assert keep_safe(amir, place, maryam).status_code == 302
    assert sam.get(page("person", maryam)).status_code == 404
    colleague = stories.browser(place.viewers["Lou of Social care"])
    assert colleague.get(page("person", maryam)).status_code == 200


def test_nobody_seals_from_themselves_what_their_team_does_not_hold(place, maryam):
    """A lead sees it by another team of the agency, and would shut themselves out."""
    lou = stories.browser(place.viewers["Lou of Crisis team"])
    refused = seal(lou, maryam, against_agency=agency_of(place.amir))
    assert refused.status_code == 422 and "That would seal it from you too" in text(refused)
    assert not store.find(SEALS)


def test_whoever_asks_another_team_is_told_first_that_no_seal_keeps_it_from_them(place):
    person_id = stories.maryam(place)
    referral_id = place.a_referral(person_id=person_id)
    lou, crisis = (stories.browser(place.viewers[f"Lou of {team}"]) for team in ("Front door", "Crisis team"))
    promises.make(
        promise_id=(owed := uuid4()), kind="callback", words="Ring her",
        due_at=place.at + timedelta(minutes=15), contact_id=None,
        referral_id=referral_id, person_id=person_id, by=place.amir, at=place.later(),
    )  # fmt: skip
    decide = page("triage_decide", referral_id)
    asking = [(lou, decide), (lou, page("handover_new", referral_id)), (lou, page("promise_escalate", owed))]
    warned = "not from a team that is asked"
    assert not [url for browser, url in asking if warned in text(browser.get(url))]
    assert seal(lou, person_id, against_agency=agency_of(place.sam)).status_code == 302
    lou.get(decide)  # takes the note of the seal itself
    for browser, url in asking:
        said = text(browser.get(url))
        assert warned in said, url
        assert f"safe from {place.sam.agency_name}" not in said, "from whom it does not say"
    offered = place.an_offer(referral_id=referral_id)
    for url in (page("handover_return", offered), decide):
        assert warned in text(crisis.get(url)), url
