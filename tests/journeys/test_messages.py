"""The outbox: a promise and its act are one, nothing is lost, and nothing is sent twice under two names."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Barrier, Thread
from time import monotonic, sleep
from uuid import uuid4

import pytest
from django.core import mail
from django.db import connection, connections

from nowrongdoor.console import senders
from nowrongdoor.console.relaying import Relay
from nowrongdoor.data.messages.facts import MESSAGES
from nowrongdoor.data.promises.facts import PROMISES
from nowrongdoor.data.visits.facts import VISITS
from nowrongdoor.journeys import messages, visits
from nowrongdoor.kernel import outbox, store
from nowrongdoor.kernel.journal.models import Entry
from nowrongdoor.kernel.now import now
from nowrongdoor.kernel.transactions import NoTransaction, transaction
from nowrongdoor.rules.change import Refused, began, changed
from tests.journeys import messaging
from tests.journeys.gateway import gateway

pytestmark = pytest.mark.django_db
LEASE = timedelta(seconds=60)
ROOT = Path(__file__).parents[2]
RELAYS = """
import django
django.setup()
from nowrongdoor.console import senders
from nowrongdoor.console.relaying import Relay
senders.WAITS = 60.0
Relay().round()
"""


class Cut(Exception):
    """The act ends before its transaction does."""


class Killed(BaseException):
    """The worker is gone: nothing of it runs any more."""


@pytest.fixture
def fake(place, settings):
    """A gateway that the settings name."""
    with gateway() as one:
        settings.NWD_SENDERS = {"text": "gateway"}
        settings.NWD_TEXT_URL, settings.NWD_TEXT_TOKEN = one.url, "secret-token"
        yield one


def relay(at, say=lambda _: None):
    return Relay(say=say, clock=lambda: at, time=lambda: at)


def kept(key):
    return store.peek(MESSAGES, key)


def again(one):
    """The same once more, as another message."""
    return began("message.promised", replace(one, id=uuid4()))


def owed_instead(key):
    return [one for one in store.find(PROMISES, person_id=kept(key).person_id) if one.kind == "callback"]


# --- a promise and its act are one --------------------------------------------------------------------------


@transaction
def set_back_and_promise(*, visit_id, told, cut, by, at):
    """An act that changes a row and promises a message of it."""
    one = store.lock(VISITS, visit_id)
    store.save([changed(one, "visit.taken_back", chosen_words="The road is closed.")], by=by, at=at)
    outbox.promise(told, by=by, at=at)
    if cut:
        raise Cut


@pytest.mark.parametrize("cut", [True, False])
def test_the_promise_and_the_act_are_both_so_or_neither(place, cut):
    key = messaging.promised(place)
    one = kept(key)
    told, before = again(one), Entry.objects.count()
    given = {"visit_id": one.visit_id, "told": told, "cut": cut, "by": place.amir, "at": place.later()}
    if cut:
        with pytest.raises(Cut):
            set_back_and_promise(**given)
    else:
        set_back_and_promise(**given)
    assert bool(store.find(MESSAGES, id=told.change.after.id)) == (not cut)
    assert bool(store.peek(VISITS, one.visit_id).chosen_words) == (not cut)
    assert Entry.objects.count() - before == (0 if cut else 2)


def test_outside_an_act_nothing_is_promised(place):
    told = again(kept(messaging.promised(place)))
    with pytest.raises(NoTransaction):
        outbox.promise(told, by=place.amir, at=place.later())


def test_without_a_sender_nothing_is_promised(place, settings):
    given = messaging.on_the_way(place)
    settings.NWD_SENDERS = {"text": ""}
    with pytest.raises(Refused, match="nobody has set up who carries it"):
        messages.say_on_the_way(**given, at=place.later())
    assert not store.find(MESSAGES, visit_id=given["visit_id"])


# --- what is sent, and how ----------------------------------------------------------------------------------


def test_a_text_goes_to_the_number_on_record_with_our_own_id_and_none_of_why(place, fake):
    key = messaging.promised(place)
    relay(place.later()).round()
    (sent,) = fake.got
    assert (sent["to"], sent["id"]) == ("01632960114", str(key))
    assert sent["text"].startswith("We are on our way to you")
    for told in ("Maryam", "Ali", "crew", "Front", "mental", "NHS"):
        assert told.lower() not in sent["text"].lower(), "whoever picks up that phone reads it too"
    assert fake.headers[0]["idempotency-key"] == str(key)
    assert fake.headers[0]["authorization"] == "Bearer secret-token"
    now = kept(key)
    assert (now.state, now.reference, now.attempts, now.due_at) == ("sent", "theirs-1", 1, None)
    relay(place.later(hours=1)).round()
    assert len(fake.got) == 1


def test_no_number_is_kept_with_a_message_nor_told_by_the_journal(place):
    key = messaging.promised(place)
    told = str(list(Entry.objects.filter(subject_id=key).values()))
    assert "We are on our way" in told
    assert "960114" not in str(kept(key)) + told.replace(" ", "")


def test_the_shape_is_a_setting_and_words_with_braces_stay_words(place, fake, settings):
    settings.NWD_TEXT_SHAPE = '{"messages": [{"dest": "tel:{to}", "body": "{words}"}], "id": "{id}", "n": 1}'
    settings.NWD_TEXT_REFERENCE = "nowhere.at.all"
    (key,) = messaging.leaflets(place, 1)
    relay(place.later()).round()
    said = [{"dest": "tel:01632960114", "body": "Leaflet 0 {id}"}]
    assert fake.got == [{"messages": said, "id": str(key), "n": 1}]
    assert (kept(key).state, kept(key).reference) == ("sent", "")


def test_a_redirect_is_not_followed(place, fake):
    with gateway() as elsewhere:
        fake.answers, fake.where = 307, elsewhere.url
        key = messaging.promised(place)
        with pytest.raises(senders.NotNow):
            relay(place.later()).round()
        assert not elsewhere.got and kept(key).state == "waiting"


@pytest.mark.usefixtures("touches_nothing")
def test_a_letter_carries_its_id(settings):
    settings.DEFAULT_FROM_EMAIL = "No Wrong Door <help@averley.example>"
    key = uuid4()
    senders.LetterBox().send(id=key, to="team@mill.example", subject="The link", words="Press this.")
    (letter,) = mail.outbox
    assert (letter.to, letter.body) == (["team@mill.example"], "Press this.")
    assert letter.extra_headers["Message-ID"] == f"<{key}@averley.example>"


# --- nothing is lost ----------------------------------------------------------------------------------------


def test_a_worker_killed_before_it_notes_that_it_sent_sends_again_by_the_same_id(place, fake, monkeypatch):
    key, at = messaging.promised(place), place.later()

    def gone(**_):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(messages, "note_sent", gone)
        with pytest.raises(Killed):
            relay(at).round()
    assert fake.ids == [str(key)] and kept(key).state == "waiting"
    relay(at + LEASE - timedelta(seconds=1)).round()
    assert len(fake.ids) == 1, "it was in a worker's hand until then"
    relay(at + LEASE).round()
    assert fake.ids == [str(key)] * 2 and kept(key).state == "sent"


@pytest.mark.django_db(transaction=True)
def test_a_process_killed_while_the_gateway_answers_has_its_message_sent_again_by_the_same_id(
    place, fake, test_database
):
    """A real process with `kill -9`, for what no exception can show: no handler of ours runs."""
    place.at = now() - timedelta(minutes=30)
    (key,) = messaging.leaflets(place, 1)
    fake.slow = 30.0
    given = {"DATABASE_URL": test_database.app_url, "NWD_TEXT_URL": fake.url, "PYTHONPATH": str(ROOT / "src")}
    given["DJANGO_SETTINGS_MODULE"] = "nowrongdoor.site.settings"
    worker = subprocess.Popen([sys.executable, "-c", RELAYS], env=os.environ | given)
    try:
        until = monotonic() + 60
        while not fake.got and monotonic() < until and worker.poll() is None:
            sleep(0.02)
        assert fake.ids == [str(key)], "it was killed too soon, or never began"
    finally:
        worker.kill()
        worker.wait(20)
    assert (kept(key).state, kept(key).attempts) == ("waiting", 1)
    fake.slow = 0.0
    relay(now()).round()
    assert len(fake.ids) == 1, "still in the hand of the one that died"
    relay(now() + LEASE).round()
    assert fake.ids == [str(key)] * 2
    assert (kept(key).state, kept(key).attempts) == ("sent", 2)


def test_a_worker_killed_before_it_sends_has_it_sent_by_the_next(place, fake, monkeypatch):
    key, at = messaging.promised(place), place.later()

    def gone(*_, **__):
        raise Killed

    with monkeypatch.context() as patched:
        patched.setattr(senders.Gateway, "send", gone)
        with pytest.raises(Killed):
            relay(at).round()
    relay(at + LEASE).round()
    assert fake.ids == [str(key)] and kept(key).state == "sent"


def test_a_gateway_that_is_down_for_an_hour_loses_nothing(place, fake):
    keys, said, at = messaging.leaflets(place, 5), [], place.later()
    fake.answers = 503
    for minutes in range(60):
        relay(at + timedelta(minutes=minutes), said.append).try_round()
    tried = Counter(fake.ids)
    assert set(tried) == {str(key) for key in keys} and max(tried.values()) < 10, "it is asked less and less"
    assert {kept(key).state for key in keys} == {"waiting"}
    fake.answers = 202
    fake.got.clear()
    for minutes in range(60, 80):
        relay(at + timedelta(minutes=minutes), said.append).try_round()
    assert Counter(fake.ids) == Counter(str(key) for key in keys)
    assert {kept(key).state for key in keys} == {"sent"}
    assert set(said) == {"A message could not be sent (NotNow). Trying again."}, "and no log says to whom"


def test_on_the_way_that_nobody_takes_in_time_is_owed_as_a_call_and_never_sent_late(place, fake):
    key, at = messaging.promised(place), place.later()
    fake.answers = 503
    for minutes in range(30):
        relay(at + timedelta(minutes=minutes)).try_round()
    now = kept(key)
    assert (now.state, now.why) == ("failed", "nobody_took_it")
    (call,) = owed_instead(key)
    assert (call.owner_team_id, call.owner_member_id) == (place.amir.team_id, place.amir.member_id)
    assert call.words == "The text “on the way” was not sent: nobody took it in time. Ring them."
    assert call.state == "open"
    fake.answers = 200
    fake.got.clear()
    relay(at + timedelta(days=1)).round()
    assert not fake.got


def test_one_that_the_gateway_will_not_take_is_owed_as_a_call_at_once(place, fake):
    key, fake.answers = messaging.promised(place), 400
    relay(place.later()).round()
    assert (kept(key).state, kept(key).why, len(fake.got)) == ("failed", "would_not", 1)
    assert len(owed_instead(key)) == 1


def test_a_wrong_token_is_no_persons_fault_and_is_tried_again(place, fake):
    key, fake.answers = messaging.promised(place), 401
    relay(place.later()).try_round()
    assert kept(key).state == "waiting"


# --- never to a number that may not be texted, nor of what is not so any more ------------------------------


@pytest.mark.parametrize("safe", ["no", "declined"])
def test_a_number_that_has_become_unsafe_since_is_not_texted(place, fake, safe):
    key = messaging.promised(place)
    messaging.told_of(place, kept(key).person_id, safe)
    relay(place.later()).round()
    assert not fake.got and kept(key).why == "not_safe"
    assert owed_instead(key)[0].words.endswith("Reach them another way.")


def test_control_the_same_text_to_a_number_that_stayed_safe_goes(place, fake):
    key = messaging.promised(place)
    messaging.told_of(place, kept(key).person_id, "yes")
    relay(place.later()).round()
    assert len(fake.got) == 1 and not owed_instead(key)


def test_whoever_is_there_already_is_not_announced_and_nobody_is_rung(place, fake):
    key = messaging.promised(place)
    visits.go_on(visit_id=kept(key).visit_id, step="arrive", by=place.amir, at=place.later(), seen=3)
    relay(place.later()).round()
    assert not fake.got and (kept(key).state, kept(key).why) == ("failed", "overtaken")
    assert not owed_instead(key)


# --- several workers ----------------------------------------------------------------------------------------


def at_once(work, times=2):
    """The same work by so many workers, each with a connection of its own."""
    ready, faults = Barrier(times), []

    def one():
        try:
            ready.wait(20)
            work()
        except BaseException as fault:
            faults.append(fault)
        finally:
            connections.close_all()

    threads = [Thread(target=one) for _ in range(times)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(60)
    assert not faults, faults


@pytest.mark.django_db(transaction=True)
def test_two_relays_at_once_send_each_message_once(place, fake):
    keys, at, fake.slow = messaging.leaflets(place, 12), place.later(), 0.05
    at_once(lambda: relay(at).round())
    assert Counter(fake.ids) == Counter(str(key) for key in keys)
    assert {kept(key).state for key in keys} == {"sent"}
    assert {kept(key).attempts for key in keys} == {1}


@pytest.mark.django_db(transaction=True)
def test_control_two_relays_that_only_look_what_waits_send_it_twice(place, fake):
    keys, at, fake.slow = messaging.leaflets(place, 4), place.later(), 0.05
    looked = Barrier(2)

    def careless():
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM messages_message WHERE due_at <= %s ORDER BY due_at", [at])
            found = [key for (key,) in cursor.fetchall()]
        looked.wait(20)
        for key in found:
            senders.Gateway().send(id=key, to="01632960114", subject="", words="")

    at_once(careless)
    assert Counter(fake.ids) == Counter({str(key): 2 for key in keys}), "the proof would have seen it"
