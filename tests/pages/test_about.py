"""Whom a row is about when no record is linked: what whoever got in touch said of them."""

import re
from html import unescape

import pytest

from nowrongdoor.kernel.now import now
from tests.pages.sending import fill
from tests.worlds import stories

pytestmark = pytest.mark.django_db


@pytest.fixture
def told(place, amir):
    """Somebody rang about a neighbour, by name, and no record was linked; another call said nothing."""
    answer = fill(
        amir, "/contacts/new", form="contact", name="Joan next door", words="She fell.",
        outcome="handed_over", needs=["mental"], ask="Please visit.",
    )  # fmt: skip
    assert answer.status_code == 302
    place.a_contact()


def names(client, path: str) -> list[str]:
    page = client.get(path).content.decode()
    return sorted(unescape(name) for name in re.findall(r"data-open[^>]*>([^<]+)<", page))


@pytest.mark.parametrize("path", ["/triage", "/"])
def test_a_list_says_what_was_told_of_someone_without_a_record(amir, told, path):
    shown = names(amir, path)
    assert [name for name in shown if name.startswith("about Joan next door")] != []
    assert "Name not given" in shown


def test_a_promise_and_an_offer_say_it_too(place, amir, priya, told):
    from nowrongdoor.data.referrals.models import Referral

    offered = Referral.objects.get(contact__about__startswith="Joan")
    place.at = now()
    place.an_offer(referral_id=offered.id)
    for client, path in ((priya, "/"), (priya, "/triage?queue=offered"), (amir, "/")):
        assert any(name.startswith("about Joan next door") for name in names(client, path)), path


def test_the_board_which_shows_initials_shows_nothing_that_may_be_a_name(amir, told):
    for path in ("/board", "/board/table", "/board?wall=1"):
        page = amir.get(path).content.decode()
        assert "Joan" not in page


def test_a_person_who_is_known_is_called_by_their_own_name(place, amir, told):
    place.a_referral(person_id=stories.maryam(place))
    assert "ALI, Maryam" in names(amir, "/triage")
