"""Pages for when a page cannot be shown: plain, honest about what was recorded, and never empty-handed."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError
from django.test import Client, RequestFactory

from nowrongdoor.data.referrals.models import Referral
from nowrongdoor.journeys import triage
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import traffic_board
from tests.worlds import stories


def test_an_address_that_is_not_there_says_so_within_the_frame(place, amir):
    answer = amir.get("/nowhere")
    page = answer.content.decode()
    assert answer.status_code == 404
    assert "There is nothing at this address" in page
    assert "Amir of Front door" in page


def test_an_address_that_is_not_there_says_so_to_whoever_is_not_signed_in(db):
    answer = Client().get("/nowhere")
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


def test_a_record_that_is_not_there_is_a_page_that_is_not_there(place, amir):
    assert amir.get(f"/triage/{uuid4()}").status_code == 404


def test_a_role_that_does_not_cover_a_page_is_told_which_role_and_whom_to_ask(place):
    from nowrongdoor.journeys import agencies
    from nowrongdoor.rules.access import Viewer
    from nowrongdoor.rules.agency import Member, Membership

    member = Member(uuid4(), "Zofia Handler", "Call handler")
    membership = Membership(uuid4(), member.id, place.amir.team_id, "call_handler", place.later(), None)
    agencies.enter(facts=[member, membership], by=place.viewers["Lou of Front door"], at=place.later())
    viewer = Viewer(member.id, member.name, "call_handler", place.amir.team_id, "", place.amir.agency_id, "")
    answer = stories.browser(viewer).get("/triage")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "call handler" in page and "team lead" in page
    assert 'href="/triage"' not in page


@pytest.fixture
def failing(monkeypatch):
    """The board's reading fails in the way that is given."""

    def fail(failure):
        def board(**_):
            raise failure

        monkeypatch.setattr("nowrongdoor.reading.traffic_board.board", board)

    return fail


def test_a_fault_of_ours_is_a_plain_page_that_gives_nothing_private_away(place, failing):
    failing(RuntimeError("a private detail"))
    client = stories.browser(place.amir, raise_request_exception=False)
    answer = client.get("/board")
    page = answer.content.decode()
    assert answer.status_code == 500
    assert "Everything recorded before is safe" in page
    assert "what you sent" not in page
    assert "a private detail" not in page
    assert "999" in page


def test_records_out_of_reach_is_503_and_says_what_to_do_on_paper(place, failing):
    failing(OperationalError("the server closed the connection"))
    client = stories.browser(place.amir, raise_request_exception=False)
    answer = client.get("/board")
    assert answer.status_code == 503
    assert "cannot be reached" in answer.content.decode()


def test_what_was_sent_when_we_failed_is_shown_to_be_copied(place, amir, monkeypatch):
    def fail(*_, **__):
        raise OperationalError("gone")

    referral_id = place.a_referral()
    monkeypatch.setattr("nowrongdoor.journeys.triage.accept_here", fail)
    amir.raise_request_exception = False
    answer = amir.post(
        f"/triage/{referral_id}",
        {"seen": 1, "act_id": uuid4(), "decision": "accept", "urgency": "urgent", "needs": "mental",
         "why": "She has not eaten since Sunday"},
    )  # fmt: skip
    page = answer.content.decode()
    assert answer.status_code == 503
    assert "We cannot be sure that what you sent just now was recorded" in page
    assert "She has not eaten since Sunday" in page


def test_more_than_can_be_taken_in_is_refused_and_the_text_stays_in_the_browser(place, amir, settings):
    referral_id = place.a_referral()
    answer = amir.post(f"/triage/{referral_id}", {"why": "x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)})
    assert answer.status_code == 413
    assert "still in the form" in answer.content.decode()


@pytest.fixture
def ends_elsewhere(place, monkeypatch):
    """A browser whose session ends, as in another tab, when the act is done and before its answer is."""
    session = Session.objects.get(pk=stories.browser(place.amir).cookies["sessionid"].value)

    def and_then_signed_out(act):
        def done(**given):
            answer = act(**given)
            Session.objects.all().delete()
            return answer

        return done

    monkeypatch.setattr(triage, "accept_here", and_then_signed_out(triage.accept_here))
    monkeypatch.setattr(traffic_board, "board", and_then_signed_out(traffic_board.board))
    client = Client()
    client.cookies["sessionid"] = session.pk
    # So long ago that the session is told again that its member is there, and is stored.
    told = client.session
    told["seen_at"] = (now() - timedelta(minutes=2)).isoformat()
    told.save()
    return client


def test_when_the_session_ended_meanwhile_nobody_is_told_that_nothing_was_recorded(place, ends_elsewhere):
    referral_id = place.a_referral()
    answer = ends_elsewhere.post(
        f"/triage/{referral_id}",
        {"seen": 1, "act_id": uuid4(), "decision": "accept", "urgency": "urgent", "needs": "mental",
         "why": "She has not eaten since Sunday"},
    )  # fmt: skip
    page = answer.content.decode()
    assert Referral.objects.get(pk=referral_id).state == "accepted"
    assert answer.status_code == 409
    assert "Nothing has been recorded" not in page
    assert "We cannot tell whether it was recorded." in page and "Look before you send it again" in page
    assert f'href="/triage/{referral_id}"' in page
    assert "She has not eaten since Sunday" in page


def test_when_the_session_ended_meanwhile_a_page_that_was_only_read_says_just_that(ends_elsewhere):
    answer = ends_elsewhere.get("/board")
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "You were signed out while this was on its way" in page and 'href="/board"' in page
    assert "recorded" not in page


def test_a_database_that_goes_before_the_session_is_stored_is_not_taken_for_signing_out(
    place, ends_elsewhere, monkeypatch
):
    def gone(*_, **__):
        raise OperationalError("the server closed the connection unexpectedly")

    monkeypatch.setattr(Session, "save", gone)
    answer = ends_elsewhere.get("/triage")
    assert answer.status_code == 503 and "signed out" not in answer.content.decode()


def test_failures_that_name_each_other_in_a_ring_are_answered_all_the_same():
    from nowrongdoor.site import failures

    one, other = ValueError("one"), KeyError("other")
    one.__cause__, other.__cause__ = other, one
    try:
        raise one
    except ValueError:
        answer = failures.broken(RequestFactory().get("/"))
    assert answer.status_code == 500


def test_the_page_for_our_faults_needs_neither_a_database_nor_a_viewer():
    from nowrongdoor.site import failures

    answer = failures.broken(RequestFactory().get("/"))
    assert answer.status_code == 500


def test_healthz_says_whether_the_database_answers_and_nothing_about_anyone(db, monkeypatch):
    assert Client().get("/healthz").json() == {"ok": True}

    class Gone:
        def cursor(self):
            raise OperationalError("gone")

    monkeypatch.setattr("nowrongdoor.site.health.connection", Gone())
    answer = Client().get("/healthz")
    assert answer.status_code == 503
    assert answer.json() == {"ok": False, "database": "does not answer"}
