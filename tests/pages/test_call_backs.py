"""The ledger of call backs: who promised whom, by when, kept or not; what was late stays late."""

from datetime import timedelta
from uuid import uuid4

import pytest

from nowrongdoor.journeys import promises
from nowrongdoor.kernel.now import now
from tests.pages.sending import text
from tests.worlds import stories

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


@pytest.fixture
def ledger(place):
    """Maryam's call backs: open, open and late, kept in time, kept late, let go, and one of long ago."""
    place.at = now() - timedelta(days=45)
    person_id = stories.maryam(place)
    referral_id = place.a_referral(person_id=person_id)

    def promised(words, *, ago, within, kept_after=None, let_go=False, by=place.amir):
        key, at = uuid4(), now() - ago
        promises.make(
            promise_id=key, kind="callback", words=words, due_at=at + within, contact_id=None,
            referral_id=referral_id, person_id=person_id, by=by, at=at,
        )  # fmt: skip
        if kept_after is not None:
            act = promises.let_go if let_go else promises.keep
            act(promise_id=key, words="Rang; all is well.", by=by, at=at + kept_after, seen=1)
        return key

    promised("Open one", ago=HOUR, within=2 * HOUR)
    promised("Late one", ago=3 * HOUR, within=HOUR)
    promised("Kept one", ago=5 * HOUR, within=2 * HOUR, kept_after=HOUR)
    promised("Kept late one", ago=9 * HOUR, within=HOUR, kept_after=3 * HOUR)
    promised("Let go one", ago=7 * HOUR, within=2 * HOUR, kept_after=HOUR, let_go=True)
    promised("Old one", ago=timedelta(days=40), within=HOUR, kept_after=HOUR / 2)
    return promised


def rows(browser, show=""):
    """What the ledger says, row by row."""
    html = browser.get(f"/call-backs{show}").content.decode()
    return html.count('id="call-back-')


@pytest.mark.parametrize(
    ("show", "many"),
    [("", 5), ("?show=open", 2), ("?show=late", 2), ("?show=kept", 2), ("?show=let_go", 1), ("?show=?", 5)],
)
def test_it_shows_what_was_asked_for_and_anything_else_asks_for_all(amir, ledger, show, many):
    assert rows(amir, show) == many


def test_it_says_who_promised_by_when_and_what_became_of_it(amir, ledger):
    shown = text(amir.get("/call-backs"))
    assert "All (5)" in shown and "Open (2)" in shown and "Late (2)" in shown and "Kept (2)" in shown
    assert "Amir" in shown and "Open one" in shown and "Not kept yet" in shown
    assert "by Amir of Front door, 2 h late" in shown
    assert "Old one" not in shown


def test_what_is_open_stands_first_and_soonest_due_on_top(amir, ledger):
    shown = text(amir.get("/call-backs"))
    assert shown.index("Late one") < shown.index("Open one") < shown.index("Kept", shown.index("Late one"))


def test_whom_it_was_promised_to_is_told_only_while_it_is_owed(amir, ledger):
    assert "ALI, Maryam" in text(amir.get("/call-backs?show=open"))
    kept = text(amir.get("/call-backs?show=kept"))
    assert "ALI" not in kept and "Kept one" not in kept and "Open the record" in kept


def test_it_is_the_ledger_of_ones_own_team(priya, ledger):
    assert rows(priya) == 0
    assert "No call back of Crisis team is here" in text(priya.get("/call-backs"))


def test_what_was_raised_was_late_although_it_has_another_due_time(amir, place, ledger):
    key = ledger("Raised one", ago=2 * HOUR, within=HOUR)
    promises.escalate(
        promise_id=key, escalation_id=uuid4(), to_team_id=place.teams["Crisis team"], words="Please ring.",
        by=place.viewers["Lou of Front door"], at=now(), seen=1,
    )  # fmt: skip
    assert rows(amir, "?show=late") == 3
    assert "Raised 1 time." in text(amir.get("/call-backs?show=late"))


def test_the_list_takes_the_same_statements_however_long_it_is(amir, ledger, django_assert_max_num_queries):
    with django_assert_max_num_queries(9):
        amir.get("/call-backs")
