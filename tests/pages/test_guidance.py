"""Guidance a place owns: uploaded, looked at by two agencies, compared, replayed, and live from its day."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from nowrongdoor.data.guidance.models import Advice, Version
from nowrongdoor.journeys import about_me, contacts, triage
from nowrongdoor.rules import local_guidance
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.guidance import Unreadable
from nowrongdoor.rules.intake import NewReferral
from tests.journeys import guided
from tests.pages.sending import fields, text
from tests.worlds.small_place import SOON

pytestmark = pytest.mark.django_db
SAID = {"why": "Too many ambulances.", "written_with": "Carers", "lived": "yes", "place": "place"}


def upload(client, content, **said):
    seen = fields(client.get("/guidance/new"))
    file = SimpleUploadedFile("draft.dmn", content.encode(), content_type="application/xml")
    typed = {name: values[0] if values else "" for name, values in seen.items()}
    return client.post("/guidance/new", typed | SAID | said | {"file": file})


def act(client, key, name, **said):
    page = reverse("guidance_version", args=[key])
    url = reverse(f"guidance_{name}", args=[key])
    seen = {"seen": Version.objects.get(pk=key).version, "csrfmiddlewaretoken": "x"}
    assert client.get(page).status_code == 200
    return client.post(url, {**seen, **said})


def test_a_version_is_uploaded_looked_at_by_two_agencies_compared_and_goes_live(amir, priya, sam, place):
    answer = upload(amir, guided.CHANGED)
    assert answer.status_code == 302, text(answer)
    one = Version.objects.get()
    assert (one.state, one.agency_id, one.lived_experience) == ("draft", None, True)
    assert "Row" in text(amir.get(answer.url)) and "No gap, no overlap" in text(amir.get(answer.url))
    assert "Draft" in text(amir.get("/guidance"))
    assert act(amir, one.pk, "circulate").status_code == 302
    assert act(amir, one.pk, "appraise", agrees="yes").status_code == 422, "the author"


def test_what_cannot_be_taken_is_refused_with_its_place_and_the_text_is_kept(amir):
    answer = upload(amir, guided.QUICKLY, why="To be kept.")
    assert answer.status_code == 422 and "Row 3" in text(answer)
    kept = fields(answer)
    assert kept["why"] == ["To be kept."] and "quickly" in kept["text"][0]
    assert not Version.objects.exists()


def test_live_guidance_advises_at_triage_and_a_reviewed_one_runs_beside_and_is_not_shown(amir, place):
    beside = guided.reviewed(place)
    referral_id = _asked(place)
    page = reverse("triage_decide", args=[referral_id])
    assert "Emergency" in text(amir.get(page))
    triage.accept_here(referral_id=referral_id, decision=SOON, by=place.amir, at=place.later(), seen=1)
    kept = {one.is_beside: one for one in Advice.objects.all()}
    assert (kept[False].advised, kept[True].advised) == ("emergency", "very_urgent")
    assert kept[True].source_id == beside and kept[False].source_id is None
    said = text(amir.get(reverse("referral", args=[referral_id])))
    assert said.count("Later than guidance advised") == 1
    assert kept[True].guidance_version not in said


def test_a_live_version_is_what_advises_and_set_aside_what_stood_before_advises_again(amir, place):
    live = guided.live(place)
    one = _asked(place)
    triage.accept_here(referral_id=one, decision=SOON, by=place.amir, at=place.later(), seen=1)
    assert Advice.objects.get().source_id == live
    assert Advice.objects.get().advised == "very_urgent"
    assert "stands for your agency now" in text(amir.get("/guidance"))


def test_a_file_that_can_be_read_no_more_keeps_nobody_from_triage_and_says_so(amir, place, monkeypatch):
    """As when a later reader is stricter than the one that took it."""
    live = guided.live(place)
    draft = guided.a_draft(place)
    monkeypatch.setattr(local_guidance, "model_of", _reads_no_more)
    page = text(amir.get(reverse("guidance_version", args=[live])))
    assert "This version can be read no more. Line 1" in page and "It cannot be drawn." in page
    assert amir.get(reverse("guidance_replay", args=[live])).status_code == 409
    referral_id = _asked(place)
    said = text(amir.get(reverse("triage_decide", args=[referral_id])))
    assert "Emergency" in said and "has put live can be read no more" in said
    triage.accept_here(referral_id=referral_id, decision=SOON, by=place.amir, at=place.later(), seen=1)
    assert Advice.objects.get().source_id is None
    assert act(amir, draft, "circulate").status_code == 422
    assert act(amir, draft, "compare").status_code == 422


def test_replayed_over_past_decisions_small_numbers_are_stars_and_cases_lead_to_who_may_see_them(amir, place):
    for _ in range(6):
        one = _asked(place)
        triage.accept_here(referral_id=one, decision=SOON, by=place.amir, at=place.later(), seen=1)
    key = guided.a_draft(place)
    said = text(amir.get(reverse("guidance_replay", args=[key])))
    assert "A door closes: the answer is later 5" in said
    assert "knows nothing of people who never asked" in said
    assert "Cases you may open" in said
    assert "A door opens: the answer is sooner * *" in said


def test_a_replay_is_split_by_who_people_are_with_nobody_dropped_and_no_small_group(amir, place):
    """Of eight, six say their ethnic category and two declined; five say their sex, three were not asked."""
    for number in range(8):
        one, who = _asked_about(place, number)
        triage.accept_here(referral_id=one, decision=SOON, by=place.amir, at=place.later(), seen=1)
        said = about_me.Said("ethnicity", "declined", said_by="person")
        if number < 6:
            said = about_me.Said("ethnicity", "answered", ("K",), said_by="person")
        about_me.answer(
            answer_id=uuid4(), person_id=who, said=said, replaces_id=None, by=place.amir, at=place.later()
        )
        if number < 5:
            said = about_me.Said("sex", "answered", ("2",), said_by="person")
            by, at = place.amir, place.later()
            about_me.answer(answer_id=uuid4(), person_id=who, said=said, replaces_id=None, by=by, at=at)
    page = text(amir.get(reverse("guidance_replay", args=[guided.a_draft(place)])))
    assert "Nothing is guessed from a name or pronouns. None of these was told to guidance" in page
    sex = page.split("Sex, as they say it Decisions")[1].split("Ethnic category")[0]
    assert "Not asked * * * Declined to say * * * Not known * * *" in sex
    assert "All others 10 * 100% (72% to 100%)" in sex
    assert "Female" not in sex, "three would be an eight less a five"
    ethnicity = page.split("Ethnic category, as they say it Decisions")[1].split("How deprived")[0]
    assert "Not asked * * * Declined to say * * * Not known * * *" in ethnicity
    assert "All others 10 * 100% (72% to 100%)" in ethnicity, "six and two, for two alone are small"
    deprived = page.split("How deprived their area is Decisions")[1].split("Where they live")[0]
    assert "Most deprived fifth 10 * 100% (72% to 100%) Not known * * *" in deprived
    assert "Invented for this product" in page


def test_in_a_replay_who_declined_was_not_asked_or_is_not_known_are_three_of_sex_too(amir, place):
    for number in range(20):
        one, who = _asked_about(place, number)
        triage.accept_here(referral_id=one, decision=SOON, by=place.amir, at=place.later(), seen=1)
        state = ("answered", "declined", "not_known", None)[number // 5]
        if state:
            said = about_me.Said("sex", state, ("1",) if state == "answered" else (), said_by="person")
            by, at = place.amir, place.later()
            about_me.answer(answer_id=uuid4(), person_id=who, said=said, replaces_id=None, by=by, at=at)
    page = text(amir.get(reverse("guidance_replay", args=[guided.a_draft(place)])))
    sex = page.split("Sex, as they say it Decisions")[1].split("Ethnic category")[0]
    groups = ("Male", "Not asked", "Declined to say", "Not known")
    assert all(f"{group} 5 * 100% (57% to 100%)" in sex for group in groups)
    assert "All others" not in sex


def test_who_somebody_says_they_are_changes_nothing_about_what_is_advised(amir, place):
    """The same page for whoever triages, before and after; and the same inputs on record."""
    told = []
    for number, said in enumerate((None, "answered", "declined", "not_known")):
        one, who = _asked_about(place, number)
        for heading, code in (("ethnicity", "K"), ("sex", "9")) if said else ():
            theirs = about_me.Said(heading, said, (code,) if said == "answered" else (), said_by="person")
            by, at = place.amir, place.later()
            about_me.answer(
                answer_id=uuid4(), person_id=who, said=theirs, replaces_id=None, by=by, at=at
            )
        triage.accept_here(referral_id=one, decision=SOON, by=place.amir, at=place.later(), seen=1)
        advice = Advice.objects.get(referral_id=one)
        told.append((advice.inputs, advice.advised, advice.rows, advice.guidance_version))
    assert told[0][0] and all(one == told[0] for one in told)


def _asked_about(place, number):
    who = place.a_person(family_name=f"Lomas{'abcdefghijklmnopqrst'[number]}", postcode="ZZ1 1AB")
    return _asked(place, person_id=who), who


def _reads_no_more(text):
    raise Unreadable("Line 1: no such element.")


def _asked(place, *, person_id=None):
    referral_id = uuid4()
    contacts.receive(
        contact_id=uuid4(),
        said=Said(channel="telephone", answers={"in_danger": "no", "taken_or_hurt": "yes", "can_wait": "no"}),
        outcome="handed_over",
        person_id=person_id,
        callback_id=uuid4(),
        referral=NewReferral(referral_id, uuid4(), ["mental"], "Help her sleep"),
        happened_at=place.at,
        by=place.amir,
        at=place.later(),
    )
    return referral_id
