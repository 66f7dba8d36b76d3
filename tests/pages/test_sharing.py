"""Sharing and access: who may see and why, deciding and withdrawing, sealing, and who looked."""

import re
from dataclasses import replace
from html import unescape
from uuid import uuid4

import pytest
from django.urls import reverse

from nowrongdoor.data.handovers.facts import HANDOVERS
from nowrongdoor.data.sharing.facts import DECISIONS, REVIEWS, SEALS
from nowrongdoor.journeys import agencies, contacts, handovers, openings, sharing
from nowrongdoor.kernel import store
from nowrongdoor.kernel.access_log.looking import Seen, record_outside
from nowrongdoor.kernel.access_log.models import Look
from nowrongdoor.kernel.now import now
from nowrongdoor.pages.people import sharing_forms
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.agency import Agency, Member, Membership, Team
from nowrongdoor.rules.contact import Said
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories
from tests.worlds.small_place import SINCE

pytestmark = pytest.mark.django_db
GROUNDS = {
    "purpose": "direct_care",
    "confidentiality_basis": "consent",
    "words": "She asked us to tell them.",
    "told": "yes",
}


@pytest.fixture
def maryam(place):
    person_id = stories.maryam(place)
    place.a_referral(person_id=person_id)
    return person_id


def page(name, key, *more):
    return reverse(name, args=[key, *more])


def shared(amir, place, person_id, **said):
    to = {"to_team": str(place.teams["Social care"]), **GROUNDS, **said}
    url = page("person_share", person_id)
    answer = sent(amir, url, fields(amir.get(url)), **to)
    assert answer.status_code == 302, text(answer)
    return store.find(DECISIONS, person_id=person_id)[-1]


def test_sharing_with_a_team_opens_the_record_to_it_and_says_why_in_two_fields(amir, sam, place, maryam):
    assert sam.get(page("person", maryam)).status_code == 404
    shared(amir, place, maryam)
    assert sam.get(page("person", maryam)).status_code == 200
    said = text(amir.get(page("person_sharing", maryam)))
    assert "Social care, Averley Council" in said
    assert "Data protection law Public task; health or social care" in said
    assert "Confidentiality The person agreed to this being shared" in said
    assert "It was shared with them" in said and "Holds them" in said


def test_withdrawing_closes_the_view_at_once(amir, sam, place, maryam):
    decision = shared(amir, place, maryam)
    url = page("sharing_withdraw", maryam, decision.id)
    assert "closes at once" in text(amir.get(url))
    assert fill(amir, url, words="She does not want this any more.").status_code == 302
    for name in ("person", "person_timeline", "person_sharing"):
        assert sam.get(page(name, maryam)).status_code == 404, name
    said = text(amir.get(page("person_sharing", maryam)))
    assert "No longer shared (1)" in said and "She does not want this any more." in said


def test_withdrawing_says_that_who_holds_the_person_keeps_what_they_hold(amir, place, maryam):
    decision = shared(amir, place, maryam)
    place.a_referral(person_id=maryam, by=place.sam)
    said = text(amir.get(page("sharing_withdraw", maryam, decision.id)))
    assert "go on seeing what they hold" in said


def test_two_who_withdraw_at_once_are_told_and_nothing_typed_is_lost(amir, place, maryam):
    decision = shared(amir, place, maryam)
    url = page("sharing_withdraw", maryam, decision.id)
    seen = fields(amir.get(url))
    sharing.withdraw(
        decision_id=decision.id,
        words="First.",
        by=place.viewers["Priya of Front door"],
        at=store.peek(DECISIONS, decision.id).decided_at,
        seen=1,
    )
    answer = sent(amir, url, seen, words="She rang to say no.")
    assert answer.status_code == 409
    assert "ended this sharing" in text(answer) and "She rang to say no." in text(answer)


def test_a_decision_about_somebody_else_is_not_withdrawn_from_here(amir, place, maryam):
    decision = shared(amir, place, maryam)
    other = stories.maryam(place, family_name="Pugh", nhs_number="")
    place.a_referral(person_id=other)
    assert amir.get(page("sharing_withdraw", other, decision.id)).status_code == 404


def test_an_override_asks_three_things_works_after_a_refusal_and_is_reviewed(amir, sam, place):
    contact_id, person_id = uuid4(), stories.maryam(place)
    contacts.receive(
        contact_id=contact_id,
        said=Said(channel="telephone", words="Help.", sharing_words="No. Tell nobody."),
        outcome="advice_given",
        callback_id=uuid4(),
        happened_at=place.at,
        person_id=person_id,
        by=place.amir,
        at=place.later(),
    )
    url = page("person_override", person_id)
    form = sharing_forms.Override(at=place.at, teams=[("", "Choose a team")])
    assert [one.name for one in form.visible_fields()] == ["to_team", "words", "told"]
    danger = {"to_team": str(place.teams["Social care"]), "words": "He has a knife.", "told": "would_harm"}
    assert sent(amir, url, fields(amir.get(url)), **danger).status_code == 302
    assert sam.get(page("person", person_id)).status_code == 200
    (review,) = store.find(REVIEWS)
    assert (review.kind, review.words.splitlines()[0]) == ("override", "He has a knife.")
    assert review.agency_id == place.amir.agency_id


@pytest.mark.parametrize("left_out", ["to_team", "words", "told"])
def test_an_override_needs_its_three_answers_and_keeps_what_was_typed(amir, place, maryam, left_out):
    url = page("person_override", maryam)
    danger = {"to_team": str(place.teams["Social care"]), "words": "He has a knife.", "told": "would_harm"}
    answer = sent(amir, url, fields(amir.get(url)), **danger | {left_out: None})
    assert answer.status_code == 422
    assert left_out == "words" or "He has a knife." in answer.content.decode()
    assert not store.find(REVIEWS)


def test_sharing_that_no_agreement_covers_is_shared_and_looked_into(amir, sam, place, maryam):
    shared(amir, place, maryam)
    (review,) = store.find(REVIEWS)
    assert "No agreement in force" in review.words
    assert review.kind == "no_agreement", "nobody is said to have shared without consent who did not"
    assert sam.get(page("person", maryam)).status_code == 200


def test_the_same_form_sent_twice_decides_once(amir, place, maryam):
    url = page("person_share", maryam)
    seen = fields(amir.get(url))
    to = {"to_team": str(place.teams["Social care"]), **GROUNDS}
    first, second = (sent(amir, url, seen, **to) for _ in range(2))
    assert first.status_code == second.status_code
    assert len(store.find(DECISIONS, person_id=maryam)) == 1


def test_who_looked_stands_fifty_a_page_and_every_look_is_told_once(amir, place, maryam):
    for _ in range(53):
        amir.get(page("person", maryam))
    told, url = [], page("person_sharing", maryam)
    while url:
        looks = amir.get(url).content.decode().split('id="looks"', 1)[1]
        told.append(looks.count('<td data-label="By which tie">'))
        later = re.search(r'href="([^"]*[?]before=[^"]*)"', looks)
        url = unescape(later.group(1)) if later else ""
    assert told[0] == 50 and len(told) == 2
    # The second page does not tell of the first having been looked at: it begins where that one ended.
    assert sum(told) == Look.objects.filter(person_id=maryam).count() - 2


def test_who_looked_is_given_to_the_person_without_names_of_staff(amir, place, maryam):
    amir.get(page("person", maryam))
    said = text(amir.get(page("person_looks_printed", maryam)))
    assert "Who looked at your record" in said
    assert "A triage clinician of Front door" in said and "their team was answerable for you" in said
    table = said.split("What they saw", 1)[1]
    assert "Amir" not in table.split("Who looked", 1)[0].split("printed")[0]


def test_a_look_at_ones_own_record_is_told_without_a_team(amir, place, maryam):
    own = Seen(maryam, None, None, ("identity",), "self")
    record_outside(own, page="own_record", role="person", purpose="own_record", name="The person", at=now())
    for name in ("person_sharing", "person_looks_printed"):
        said = text(amir.get(page(name, maryam)))
        assert "The person" in said and ", ," not in said and " of ," not in said


def sealed_referral(amir, place, person_id):
    referral_id = place.a_referral(person_id=person_id)
    url = page("seal_put", person_id)
    said = {"what": f"referral:{referral_id}", "why": "in_danger", "words": "CANARYSEAL"}
    answer = sent(amir, url, fields(amir.get(url)), **said)
    assert answer.status_code == 302, text(answer)
    return referral_id


def test_a_sealed_referral_is_not_learnt_of_by_whom_it_was_shared_with(amir, sam, place, maryam):
    referral_id = sealed_referral(amir, place, maryam)
    shared(amir, place, maryam)
    for name in ("person", "person_timeline", "person_sharing", "person_looks_printed"):
        answer = sam.get(page(name, maryam))
        assert answer.status_code == 200, name
        assert str(referral_id) not in answer.content.decode(), name
        assert "CANARYSEAL" not in answer.content.decode(), name
        assert "ealed a referral" not in answer.content.decode(), name
    assert sam.get(reverse("referral", args=[referral_id])).status_code == 404
    assert "CANARYSEAL" in text(amir.get(page("person_sharing", maryam)))


def test_the_same_seal_sent_twice_is_one(amir, place, maryam):
    url, referral_id = page("seal_put", maryam), place.a_referral(person_id=maryam)
    seen = fields(amir.get(url))
    said = {"what": f"referral:{referral_id}", "why": "in_danger"}
    first, second = (sent(amir, url, seen, **said) for _ in range(2))
    assert first.status_code == second.status_code == 302
    assert len(store.find(SEALS)) == 1


def test_lifting_a_seal_shows_it_again(amir, sam, place, maryam):
    referral_id = sealed_referral(amir, place, maryam)
    shared(amir, place, maryam)
    (seal,) = store.find(SEALS)
    lou = stories.browser(place.viewers["Lou of Front door"])
    url = page("seal_lift", maryam, seal.id)
    assert amir.get(url).status_code == 403, "a clinician cannot lift it"
    assert fill(lou, url, words="He has moved away.").status_code == 302
    assert sam.get(reverse("referral", args=[referral_id])).status_code == 200


def test_a_whole_person_is_sealed_from_whoever_it_was_shared_with(amir, sam, place, maryam):
    shared(amir, place, maryam)
    url = page("seal_put", maryam)
    assert sent(amir, url, fields(amir.get(url)), what="person", why="in_danger").status_code == 302
    assert sam.get(page("person", maryam)).status_code == 404
    assert amir.get(page("person", maryam)).status_code == 200


def test_whoever_shares_against_a_seal_on_the_whole_record_is_told_before_and_after(amir, sam, place, maryam):
    url, to = page("person_share", maryam), {"to_team": str(place.teams["Social care"]), **GROUNDS}
    assert "A seal on the whole record" not in text(amir.get(url)), "the control: nothing is sealed yet"
    sealing = page("seal_put", maryam)
    assert sent(amir, sealing, fields(amir.get(sealing)), what="person", why="asked").status_code == 302
    amir.get(page("person", maryam))  # takes the note of the seal itself
    before = text(amir.get(url))
    assert sent(amir, url, fields(amir.get(url)), **to).status_code == 302
    after = text(amir.get(page("person_sharing", maryam)))
    for shown in (before, after):
        assert "that team will not see this until the seal is lifted" in shown
        assert "they can break the glass" in shown.lower()
        assert "A team lead of a team that holds the person can lift the seal; Front door put it." in shown
    assert sam.get(page("person", maryam)).status_code == 404, "the seal holds, as they were told"
    assert store.find(DECISIONS, person_id=maryam), "and what was decided is on record"


def test_the_handover_page_says_on_which_two_grounds(place):
    offer = place.an_offer(to="Social care", referral_id=place.a_referral(person_id=stories.maryam(place)))
    said = text(stories.browser(place.sam).get(reverse("handover", args=[offer])))
    assert "Confidentiality The person agreed to this being shared" in said
    assert "Data protection law Legal obligation; health or social care" in said


def test_the_handover_page_says_what_the_person_said_about_sharing(amir, sam, place):
    refused = "She does not want the council to know."
    answer = fill(
        amir, "/contacts/new", channel="telephone", outcome="handed_over", needs=["mental"],
        sharing_words=refused, ask="See her tonight.", to_team=str(place.teams["Social care"]),
        sharing_basis="safeguarding",
    )  # fmt: skip
    assert answer.status_code == 302
    (offer,) = store.find(HANDOVERS)
    said = text(sam.get(reverse("handover", args=[offer.id])))
    assert refused in said and "Confidentiality To keep someone safe, without consent" in said
    # Shared without consent, and so looked into, though it was an offer that shared it.
    (review,) = store.find(REVIEWS)
    assert (review.kind, review.member_id) == ("override", place.amir.member_id)


def test_an_offer_that_is_taken_back_shares_no_longer(amir, sam, place):
    person_id = stories.maryam(place)
    other = place.a_referral(person_id=person_id)
    offer = place.an_offer(to="Social care", referral_id=place.a_referral(person_id=person_id))
    practitioner = stories.browser(a_practitioner(place))
    assert practitioner.get(reverse("referral", args=[other])).status_code == 200
    handovers.withdraw(handover_id=offer, reason="changed", words="", by=place.amir, at=place.later(), seen=1)
    assert practitioner.get(reverse("referral", args=[other])).status_code == 404
    assert practitioner.get(reverse("handover", args=[offer])).status_code == 200, "what it was asked stays"


def a_practitioner(place):
    """Somebody new of social care, who looks for what care law asks."""
    member = Member(uuid4(), "Nia of Social care", "Social worker")
    works = Membership(uuid4(), member.id, place.sam.team_id, "council_practitioner", SINCE, None)
    lead = place.viewers["Lou of Social care"]
    agencies.enter(facts=[member, works], by=lead, at=place.later())
    return replace(lead, member_id=member.id, member_name=member.name, role="council_practitioner")


def test_looking_at_this_page_is_a_look_too(amir, place, maryam):
    before = Look.objects.count()
    amir.get(page("person_sharing", maryam))
    assert Look.objects.count() == before + 1


def test_who_may_not_see_the_referral_an_offer_shared_is_told_who_can_withdraw_it(amir, sam, place, maryam):
    place.an_offer(to="Social care", referral_id=place.a_referral(person_id=maryam))
    (decision,) = [one for one in store.find(DECISIONS) if one.to_team_id == place.teams["Social care"]]
    charity = Agency(uuid4(), "Harbour Friends", "voluntary", "England")
    team = Team(uuid4(), charity.id, "Friends", "Visits", "01632 960002", True, SINCE, None, None)
    member = Member(uuid4(), "Nia of Friends", "Visitor")
    works = Membership(uuid4(), member.id, team.id, "team_lead", SINCE, None)
    lead = place.viewers["Lou of Social care"]
    agencies.enter(facts=[charity, team, member, works], by=lead, at=place.later())
    nia = Viewer(member.id, member.name, "team_lead", team.id, team.name, charity.id, charity.name)
    openings.claim(
        opening_id=uuid4(), person_id=maryam, reason="in_contact", words="Rang.", by=nia, at=place.later()
    )
    url, colleague = page("sharing_withdraw", maryam, decision.id), stories.browser(nia)
    assert url in amir.get(page("person_sharing", maryam)).content.decode(), "the control: the giver may"
    assert url not in colleague.get(page("person_sharing", maryam)).content.decode()
    answer = sent(colleague, url, fields(colleague.get(url)), words="No more.")
    assert answer.status_code == 422 and "Ask Front door to withdraw it." in text(answer)


def test_who_may_not_read_what_is_shared_reads_what_their_own_team_shared_alone(amir, place, maryam):
    decision = shared(amir, place, maryam)
    force = Agency(uuid4(), "Averley Police", "police", "England")
    team = Team(uuid4(), force.id, "Control room", "Answers", "01632 960003", True, SINCE, None, None)
    member = Member(uuid4(), "Ike of Control room", "Dispatcher")
    works = Membership(uuid4(), member.id, team.id, "police_control", SINCE, None)
    lead = place.viewers["Lou of Social care"]
    agencies.enter(facts=[force, team, member, works], by=lead, at=place.later())
    ike = Viewer(member.id, member.name, "police_control", team.id, team.name, force.id, force.name)
    openings.claim(
        opening_id=uuid4(), person_id=maryam, reason="in_contact", words="Rang.", by=ike, at=place.later()
    )
    browser = stories.browser(ike)
    assert browser.get(page("sharing_withdraw", maryam, decision.id)).status_code == 404
    shared(browser, place, maryam, to_team=str(place.teams["Crisis team"]), words="She asked us too.")
    (own,) = [one for one in store.find(DECISIONS, person_id=maryam) if one.by_team_id == team.id]
    assert "She asked us too." in text(browser.get(page("sharing_withdraw", maryam, own.id)))
    assert amir.get(page("sharing_withdraw", maryam, decision.id)).status_code == 200, "the control"
