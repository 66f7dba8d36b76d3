"""For which of a team's services somebody is asked: chosen where known, carried along, never required."""

from dataclasses import replace
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from nowrongdoor.data.agencies.facts import TEAMS
from nowrongdoor.data.handovers.models import Handover
from nowrongdoor.data.holdings.models import Holding
from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.journeys import agencies, services
from nowrongdoor.kernel import store
from nowrongdoor.kernel.now import now
from nowrongdoor.kernel.transactions import transaction as acting
from nowrongdoor.reading import handover_lines
from nowrongdoor.rules.agency import Agency, Team
from nowrongdoor.rules.directory import Service
from nowrongdoor.rules.sight import BLIND, Element
from tests.pages.sending import fields, fill, sent, text
from tests.worlds import stories
from tests.worlds.small_place import SINCE

pytestmark = pytest.mark.django_db
WHO = {"name": "Jo Carter", "job": "Volunteer"}


def listed(place, team, *names, needs=("social",)):
    """Entries of the directory that a team keeps, by name."""
    found = {
        name: Service(
            uuid4(), place.sam.agency_id, place.teams[team], name, "At home.", needs, "", "01632 960003"
        )
        for name in names
    }
    services.enter(services=list(found.values()), by=place.viewers["Lou of Front door"], at=place.later())
    return {name: one.id for name, one in found.items()}


@pytest.fixture
def reablement(place):
    """Social care keeps two entries with this one; the crisis team keeps one."""
    return listed(place, "Social care", "Reablement at home")["Reablement at home"]


def composer(referral_id):
    return reverse("handover_new", args=[referral_id])


def offered(browser, place, **said):
    """The offer that a form makes."""
    referral_id = place.a_referral()
    page = fill(browser, composer(referral_id), form="offer", ask="See her tonight.", **said)
    assert page.status_code == 302, text(page)
    place.at = now()
    return Handover.objects.get(referral_id=referral_id)


def test_only_where_a_team_keeps_several_is_it_asked_and_not_said_comes_first(place, amir):
    page = amir.get(composer(place.a_referral()))
    assert "For which service?" not in text(page), "each team keeps one"
    listed(place, "Social care", "Reablement at home")
    said = text(page := amir.get(composer(place.a_referral())))
    assert "For which service?" in said
    chosen = page.content.decode().split('name="service"')[1].split("</select>")[0]
    assert chosen.index("Not said") < chosen.index("Reablement at home") and "Adult social care" in chosen
    assert "Home treatment" not in chosen, "the crisis team keeps one: it is meant without asking"
    assert fields(page, form="offer")["service"] == [""]


def test_an_offer_says_for_which_service_it_is_wherever_it_is_shown(place, amir, reablement):
    one = offered(amir, place, to_team=str(place.teams["Social care"]), service=str(reablement))
    assert one.service_id == reablement
    asked = "Social care, for Reablement at home"
    page = text(amir.get(reverse("handover", args=[one.id])))
    assert f"Offered to {asked}" in page and f"To {asked}" in page
    assert f"Front door to {asked}" in text(amir.get(reverse("referral", args=[one.referral_id])))
    assert f"Asked of {asked}, by" in text(amir.get("/"))
    sam = stories.browser(place.sam)
    assert "Handover to answer, for Reablement at home" in text(sam.get("/"))
    assert f"To {asked}" in text(sam.get(reverse("handover", args=[one.id])))


def test_it_is_not_required_and_nothing_is_made_up(place, amir, reablement):
    one = offered(amir, place, to_team=str(place.teams["Social care"]))
    assert one.service_id is None
    assert "Offered to Social care" in text(amir.get(reverse("handover", args=[one.id])))
    assert ", for " not in text(stories.browser(place.sam).get("/")).split("Handover to answer")[1][:40]


def test_where_a_team_keeps_one_it_is_taken_without_asking(place, amir, reablement):
    home = ServiceRow.objects.get(name="Home treatment")
    assert offered(amir, place, to_team=str(place.teams["Crisis team"])).service_id == home.id


def test_the_preview_names_it_too(place, amir, reablement):
    asked = {"to_team": str(place.teams["Social care"]), "service": str(reablement), "preview": "1"}
    page = fill(amir, composer(place.a_referral()), form="offer", ask="See her.", **asked)
    assert "As Social care, for Reablement at home will see it" in text(page)


@pytest.mark.parametrize("is_known", (True, False))
def test_a_service_of_another_team_is_refused_and_what_was_typed_stays(place, amir, reablement, is_known):
    asked = {"to_team": str(place.teams["Crisis team"]), "service": str(reablement if is_known else uuid4())}
    page = fill(amir, composer(place.a_referral()), form="offer", ask="See her tonight.", **asked)
    assert page.status_code in {409, 422} and not Handover.objects.exists()
    why = "Reablement at home is not a service of Crisis team." if is_known else "Choose one of the answers"
    assert why in text(page)
    assert fields(page, form="offer")["ask"] == ["See her tonight."]


def test_a_form_sent_twice_makes_one_offer_and_one_changed_meanwhile_says_so(place, amir, reablement):
    referral_id, to = place.a_referral(), str(place.teams["Social care"])
    form = fields(amir.get(composer(referral_id)), form="offer")
    said = {"to_team": to, "service": str(reablement), "ask": "See her."}
    first, again = (sent(amir, composer(referral_id), form, **said) for _ in range(2))
    assert first.status_code == again.status_code == 302 and first.url == again.url
    other = ServiceRow.objects.get(name="Adult social care")
    page = sent(amir, composer(referral_id), form, **said | {"service": str(other.id)})
    assert "not what this form says now" in text(page)
    assert Handover.objects.get().service_id == reablement


def test_whoever_comes_from_the_options_has_chosen_it_there(place, amir, reablement):
    referral_id = place.a_referral()
    assert f"/options?referral={referral_id}" in amir.get(composer(referral_id)).content.decode()
    form = fields(amir.get(f"/options?referral={referral_id}"), form="options")
    found = amir.post("/options", form | {"needs": ["social"]})
    there = f"{composer(referral_id)}?service={reablement}"
    assert there in found.content.decode() and "Offer it to Social care" in text(found)
    seen = fields(amir.get(there), form="offer")
    assert (seen["to_team"], seen["service"]) == ([str(place.teams["Social care"])], [str(reablement)])
    page = sent(amir, composer(referral_id), seen, ask="See her.")
    assert page.status_code == 302 and Handover.objects.get().service_id == reablement
    assert "Offer it to" not in text(amir.post("/options", {"needs": ["social"], "sitting": str(uuid4())}))


@pytest.mark.parametrize("asked", ("", "nonsense", "9d6a1f5e-0000-4000-8000-000000000000"))
def test_an_address_that_names_nothing_here_chooses_nothing(place, amir, asked):
    seen = fields(amir.get(f"{composer(place.a_referral())}?service={asked}"), form="offer")
    assert seen["to_team"] == [""]


def test_a_return_says_for_which_service_the_next_team_is_asked(place, priya, reablement):
    offer = place.an_offer()
    url = reverse("handover_return", args=[offer])
    said = {"reason": "no_capacity", "next_team": str(place.teams["Social care"])}
    wrong = fill(priya, url, action=url, **said | {"next_team": "", "service": str(reablement)})
    assert wrong.status_code in {409, 422}
    page = fill(priya, url, action=url, **said, service=str(reablement))
    assert page.status_code == 302, text(page)
    assert Handover.objects.get(after_id=offer).service_id == reablement


def test_whoever_hands_on_at_triage_says_so_too(place, amir, reablement):
    url = reverse("triage_decide", args=[place.a_referral()])
    said = {
        "decision": "hand", "urgency": "soon", "why": "Since May.", "needs": ["social"], "ask": "See her.",
        "to_team": str(place.teams["Crisis team"]), "service": str(reablement),
    }  # fmt: skip
    refused = fill(amir, url, form="decide", **said)
    assert refused.status_code in {409, 422} and not Handover.objects.exists()
    assert "Reablement at home is not a service of Crisis team." in text(refused)
    assert fields(refused, form="decide")["ask"] == ["See her."]
    form = fields(amir.get(url), form="decide")
    right = said | {"to_team": str(place.teams["Social care"])}
    assert sent(amir, url, form, **right).status_code == 302
    assert Handover.objects.get().service_id == reablement
    assert sent(amir, url, form, **right).status_code == 302, "the form was sent twice"
    assert sent(amir, url, form, **right | {"service": ""}).status_code == 409, "and then changed"


def test_an_answer_at_triage_says_for_which_service_the_next_team_is_asked(place, reablement):
    amir = stories.browser(place.amir)
    offer = place.an_offer()
    stories.accepted(place, offer, by=place.priya)
    referral_id = Handover.objects.get().referral_id
    seen = version(referral_id)
    back = stories.offered_again(place, referral_id, to="Front door", by=place.priya, seen=seen)
    url = reverse("triage_decide", args=[referral_id])
    said = {"decision": "decline", "reason": "no_capacity", "next_team": str(place.teams["Social care"])}
    page = fill(amir, url, form="decide", **said, service=str(reablement))
    assert page.status_code == 302, text(page)
    assert Handover.objects.get(after_id=back).service_id == reablement


def version(referral_id):
    return Referral.objects.get(pk=referral_id).version


@pytest.fixture
def lunch(place):
    """A charity in which nobody signs in, with two entries."""
    charity = Agency(uuid4(), "Lantern House", "voluntary", "England")
    team = Team(uuid4(), charity.id, "Lantern Lunch", "", "01632 960777", True, SINCE, None, None)
    agencies.enter(facts=[charity, team], by=place.viewers["Lou of Front door"], at=SINCE)
    place.teams["Lantern Lunch"] = team.id
    return listed(place, "Lantern Lunch", "Lunch club", "Befriending")["Befriending"]


def test_whoever_answers_by_a_link_reads_it_and_names_one_when_saying_no(place, amir, lunch, reablement):
    one = offered(amir, place, to_team=str(place.teams["Lantern Lunch"]), service=str(lunch))
    links = reverse("handover_links", args=[one.id])
    made = text(sent(amir, links, fields(amir.get(links), action=links)))
    link = "/answer/" + made.split("/answer/")[1].split(" ")[0]
    phone = Client()
    page = phone.post(link, WHO)
    assert "To Lantern Lunch, for Befriending" in text(page)
    no = fields(page, form="return") | {"reason": ["no_capacity"], "words": ["Full till May."]}
    refused = sent(phone, link, no, next_team=str(place.teams["Crisis team"]), service=str(reablement))
    assert refused.status_code == 422 and "is not a service of Crisis team" in text(refused)
    assert fields(refused, form="return")["words"] == ["Full till May."]
    done = sent(phone, link, no, next_team=str(place.teams["Social care"]), service=str(reablement))
    assert done.status_code == 303
    assert Handover.objects.get(after_id=one.id).service_id == reablement


def test_where_its_team_closes_the_offer_returns_to_its_giver_who_holds_all_along(place, amir, reablement):
    one = offered(amir, place, to_team=str(place.teams["Social care"]), service=str(reablement))
    agencies.close_team(
        team_id=place.teams["Social care"], successor_id=place.teams["Crisis team"], words="Merged.",
        by=place.viewers["Lou of Front door"], at=place.later(), seen=_version(place.teams["Social care"]),
    )  # fmt: skip
    one.refresh_from_db()
    assert (one.state, one.reason, one.service_id) == ("withdrawn", "receiver_closed", reablement)
    held = Holding.objects.get(referral_id=one.referral_id, until_at=None)
    assert held.team_id == place.teams["Front door"]


@acting
def _version(team_id):
    return store.peek(TEAMS, team_id).version


@pytest.mark.parametrize(
    "typed",
    (
        "UPDATE services_service SET team_id = NULL WHERE id = %(service)s",
        "UPDATE services_service SET team_id = %(other)s WHERE id = %(service)s",
        "UPDATE services_service SET missing_since = now() WHERE id = %(service)s",
        "UPDATE handovers_handover SET service_id = NULL WHERE id = %(offer)s",
        "DELETE FROM services_service WHERE id = %(service)s",
    ),
)
def test_a_service_does_not_leave_its_team_while_an_offer_for_it_waits(place, amir, reablement, typed):
    one = offered(amir, place, to_team=str(place.teams["Social care"]), service=str(reablement))
    keys = {"service": reablement, "other": place.teams["Crisis team"], "offer": one.id}
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(typed, keys)
    if typed.startswith("UPDATE services"):
        # A control: once the offer has its answer, the entry may go, and what was offered stays on record.
        answered(place, one)
        with connection.cursor() as cursor:
            cursor.execute(typed, keys)
        one.refresh_from_db()
        assert one.service_id == reablement


def answered(place, one):
    stories.accepted(place, one.id, by=place.sam)


def test_at_no_prompt_is_somebody_offered_for_a_service_of_another_team(place, amir, reablement):
    one = offered(amir, place, to_team=str(place.teams["Crisis team"]))
    stories.accepted(place, one.id, by=place.priya)
    columns = [name.column for name in Handover._meta.fields if name.column not in {"id", "service_id"}]
    names = ", ".join(columns)
    copied = (
        f"INSERT INTO handovers_handover (id, service_id, {names}) "
        f"SELECT gen_random_uuid(), %s, {names} FROM handovers_handover WHERE id = %s"
    )
    with pytest.raises(DatabaseError, match="does not keep"), connection.cursor() as cursor:
        cursor.execute(copied, [reablement, one.id])


def test_who_may_not_read_the_story_is_not_told_for_which_service(place, amir, reablement):
    one = offered(amir, place, to_team=str(place.teams["Social care"]), service=str(reablement))
    (all_of_it,) = handover_lines.of(one.referral_id)
    assert all_of_it.service == "Reablement at home"
    sight = replace(BLIND, elements=frozenset({Element.RESPONSE, Element.IDENTITY}))
    (seen,) = handover_lines.of(one.referral_id, sight=sight)
    assert (seen.service, seen.handover.service_id) == ("", None) and seen.receiver_team == "Social care"
