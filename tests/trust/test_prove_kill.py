"""The proof that killing loses, doubles and tears nothing, as anybody runs it; and that it can fail."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random
from unittest.mock import MagicMock
from uuid import uuid4

import pytest

from nowrongdoor import embedded
from nowrongdoor.console.prove import kill
from nowrongdoor.console.prove.crash import browser, servers, strikes, sweepers, writers
from nowrongdoor.console.prove.crash.browser import NotNow, Page
from nowrongdoor.console.prove.crash.findings import Findings, findings
from nowrongdoor.console.prove.crash.sweepers import Looking, Swept
from nowrongdoor.console.prove.crash.writers import Act, Ledger, Two
from nowrongdoor.embedded.pidfile import Found, who
from nowrongdoor.journeys import contacts
from nowrongdoor.rules.contact import Said
from tests.proofs.test_proofs import prove
from tests.worlds.small_place import SmallPlace


@pytest.mark.slow
def test_whatever_is_killed_what_was_acknowledged_is_there_once_and_whole(tmp_path):
    says = prove("kill", "--kills", "30", "--sweepers", "6", file=tmp_path / "kill.json")
    told = json.loads((tmp_path / "kill.json").read_text())
    figures = told["figures"]
    assert told["name"] == "kill" and told["ok"] and told["violations"] == []
    assert figures["kills"] == 30
    assert {kind: one["kills"] for kind, one in figures["killed"].items()} == {
        strikes.DATABASE: 10,
        strikes.ANY_MOMENT: 7,
        strikes.IN_MID_ACT: 7,
        strikes.COMMITTED: 6,
    }
    assert figures["acknowledged"] > 30
    assert {figures[name] for name in ("lost", "doubled", "torn", "without_holder")} == {0}
    assert figures["retried"] >= 13, "each worker that died by its own hand left somebody without an answer"
    assert figures["sent_again"] == figures["retried"] and figures["answered_otherwise"] == 0
    assert figures["sweeper_kills"] == 6 and set(figures["sweepers_killed"].values()) == {1}
    assert figures["escalations_due"] > 100 and figures["escalation_late_max_s"] <= 10
    assert (figures["escalations_missed"], figures["escalations_doubled"]) == (0, 0)
    assert told["controls"] == dict.fromkeys(
        (kill.FORGETFUL, kill.KEYLESS, kill.IN_PIECES, kill.LETS_GO), True
    )
    assert "0 were lost, 0 doubled and 0 torn; 0 referrals had no holder" in says
    data = embedded.directory_for("proof-kill") / "data"
    assert not [pid for pid in everybody() if who(pid, data) is Found.OURS], "no PostgreSQL is left behind"


def everybody() -> list[int]:
    return [int(name) for name in os.listdir("/proc") if name.isdigit()]


# --- what is found


class TestFindings:
    @pytest.fixture(autouse=True)
    def place(self, db: None) -> None:
        self.place = SmallPlace.begin()

    def receive(self, words: str, contact_id=None) -> Act:
        key = contact_id or uuid4()
        contacts.receive(
            contact_id=key,
            said=Said(channel="telephone", words=words),
            outcome="advice_given",
            callback_id=uuid4(),
            happened_at=self.place.later(),
            by=self.place.amir,
            at=self.place.later(),
        )
        return an_act("contact", key)

    def test_what_is_there_once_is_found_well(self):
        found = findings([self.receive("The boiler has gone.")])
        assert (found.lost, found.doubled, found.torn, found.without_holder) == (0, 0, 0, 0)
        assert found.violations == [] and found.rows > 5

    def test_what_was_acknowledged_and_is_not_there_is_lost(self):
        acts = [an_act(kind, uuid4()) for kind in ("contact", "offer", "accept")]
        found = findings([self.receive("The boiler has gone."), *acts])
        assert found.lost == 3
        assert ("I4", f"acknowledged and lost: offer {acts[1].key}") in found.violations

    def test_the_same_words_recorded_twice_are_doubled(self):
        self.receive("The boiler has gone."), self.receive("The boiler has gone.")
        assert findings([]).doubled == 1

    def test_a_contact_without_the_offer_that_was_made_with_it_is_torn(self):
        act = self.receive("The boiler has gone.")
        act.with_it = uuid4()
        found = findings([act])
        assert (found.lost, found.torn) == (0, 1)


def an_act(kind: str, key, by=None) -> Act:
    return Act(kind, key, "words", "/contacts/new", {}, f"/contacts/{key}", by)


@pytest.mark.parametrize(
    "spoilt",
    [
        {"found": Findings(lost=1, violations=[("I4", "lost")])},
        {"ledger": Ledger(unanswered=["a writer stopped"])},
        {"broke_off": "Nothing was acknowledged."},
    ],
    ids=["found", "unanswered", "broken off"],
)
def test_whatever_is_found_fails_the_proof(spoilt):
    well = {"ledger": Ledger(), "recoveries": {strikes.DATABASE: [2.0]}, "found": Findings()}
    controls = {kill.KEYLESS: True}
    assert kill.concluded(strikes.Struck(**well), controls, seed=7).ok
    proof = kill.concluded(strikes.Struck(**(well | spoilt)), controls, seed=7)
    assert not proof.ok and len(proof.violations) == 1 and proof.violations[0]["seed"] == 7


@pytest.mark.parametrize(
    "spoilt",
    [{"missed": 1}, {"doubled": 1}, {"untold": 1}, {"late_s": 10.1}, {"kills": {"a sweeper that slept": 0}}],
    ids=lambda spoilt: next(iter(spoilt)),
)
def test_an_escalation_that_is_missed_doubled_or_late_fails_the_proof(spoilt):
    struck = strikes.Struck(ledger=Ledger(), recoveries={strikes.DATABASE: [2.0]}, found=Findings())
    well = {"due": 9, "kills": {"a sweeper after commit": 1}, "late_s": 9.9}
    assert kill.concluded(struck, {kill.LETS_GO: True}, Swept(**well), seed=7).ok
    proof = kill.concluded(struck, {kill.LETS_GO: True}, Swept(**(well | spoilt)), seed=7)
    assert not proof.ok and len(proof.violations) == 1


def test_an_outage_is_counted_from_its_end_and_only_where_it_lay_between(monkeypatch):
    first, second, third = uuid4(), uuid4(), uuid4()
    looking = Looking("postgresql:///nobody")
    looking.due = {first: 1.0, second: 6.0, third: 11.0}
    looking.seen = {first: 1.5, second: 9.0, third: 12.0}
    found = Swept(due=3, outages=[(0.5, 8.5)])
    monkeypatch.setattr(sweepers, "connection", MagicMock())
    sweepers.connection.cursor().__enter__().fetchone.return_value = (0, 0)
    sweepers.reckon(found, looking)
    assert found.missed == 0 and found.late_s == pytest.approx(1.0)
    del looking.seen[second]
    sweepers.reckon(found, looking)
    assert found.missed == 1


def test_a_third_of_the_kills_are_of_the_database_and_a_seed_draws_the_same_again():
    plans = [strikes.plan(30, Random(seed)) for seed in (7, 7, 8)]
    assert plans[0] == plans[1] != plans[2]
    assert Counter(plans[0])[strikes.DATABASE] == 10 and len(set(plans[0])) == 4


# --- members who write


class Answering:
    """A browser that is answered as the test says: a page, or nothing at all."""

    def __init__(self, *pages: Page | None) -> None:
        self.pages = list(pages)
        self.posted: list[dict] = []

    def post(self, path: str, fields: dict) -> Page:
        self.posted.append(dict(fields))
        page = self.pages.pop(0)
        if page is None:
            raise NotNow("reset by peer")
        return page

    def sign_in(self) -> None:
        self.signed_in = True


def on(location: str = "", status: int = 302) -> Page:
    return Page(status, location, "")


@pytest.fixture
def writer(monkeypatch: pytest.MonkeyPatch) -> writers.Writer:
    monkeypatch.setattr(writers, "PAUSE", 0)
    two = Two(uuid4(), uuid4(), uuid4())
    return writers.Writer(two, "a writer", lambda: [1], Ledger(), seed=1, keyless=False)


def test_a_form_that_is_not_answered_is_sent_again_as_it_was_and_then_once_more(writer):
    act = an_act("contact", uuid4())
    act.fields = {"words": "The boiler has gone."}
    act.by = Answering(None, on(status=503), on(act.answer), on(act.answer))
    writer.send(act)
    assert act.by.posted == [{"words": "The boiler has gone."}] * 4
    assert (act.tries, act.sent_again) == (3, 1)
    assert writer.ledger.retried == [act] and writer.ledger.otherwise == []


def test_a_form_that_was_answered_at_once_is_not_sent_again(writer):
    act = an_act("contact", uuid4())
    act.by = Answering(on(act.answer))
    writer.send(act)
    assert writer.ledger.acknowledged == [act] and writer.ledger.retried == []


def test_a_retry_that_is_answered_otherwise_is_told(writer):
    act = an_act("contact", uuid4())
    act.by = Answering(None, on(act.answer), on("/contacts/another"))
    writer.send(act)
    assert writer.ledger.otherwise == [
        f"contact {act.key}: sent once more, it was answered 302 /contacts/another"
    ]


def test_a_form_that_is_refused_again_and_again_was_never_acknowledged(writer):
    act = an_act("contact", uuid4())
    act.by = Answering(*[on(status=422)] * 3)
    with pytest.raises(TimeoutError, match="answered 422"):
        writer.send(act)
    assert writer.ledger.acknowledged == []


def test_whoever_was_signed_out_signs_in_and_sends_the_same_under_a_new_token(writer):
    act = an_act("contact", uuid4())
    act.fields = {"words": "The boiler has gone.", browser.TOKEN: "old"}
    act.by = Answering(on("/sign-in"), on(act.answer), on(act.answer))
    writer.send(act)
    assert act.by.signed_in and act.by.posted[1] == {"words": "The boiler has gone."}


def test_a_writer_that_stops_is_told_and_does_not_pass_for_one_with_nothing_to_tell(writer, monkeypatch):
    monkeypatch.setattr(writer, "story", lambda words: 1 / 0)
    writer.run()
    assert writer.ledger.unanswered == ["a writer stopped: ZeroDivisionError: division by zero"]


def test_a_form_is_sent_with_what_its_page_gave_it_unseen():
    page = Page(200, "", '<form id="other"><input type="hidden" name="a" value="1"></form>'
                '<form id="contact"><input type=hidden name=key value="k&amp;1"><input name=words></form>'
                '<a href="/referrals/0b3c1f1e-0000-4000-8000-000000000001">it</a>')  # fmt: skip
    assert page.form("contact") == {"key": "k&1"}
    assert page.link("referrals") == "/referrals/0b3c1f1e-0000-4000-8000-000000000001"
    for ask in (lambda: page.form("offer"), lambda: page.link("handovers")):
        with pytest.raises(NotNow):
            ask()


# --- what is killed


@pytest.fixture
def nursery(tmp_path: Path) -> Iterator[servers.Nursery]:
    made = servers.Nursery("postgresql:///nobody?host=/nowhere", "only for tests", tmp_path / "web.log")
    yield made
    with contextlib.suppress(BrokenPipeError):
        made.close()


def test_workers_end_with_the_process_they_were_born_of(nursery):
    web = servers.Web(nursery)
    web.start()
    wait_until(lambda: is_listening(web.port))
    assert not web.answers(), "its database is not there"
    nursery.process.send_signal(signal.SIGKILL)
    wait_until(lambda: not is_listening(web.port))


def test_a_worker_that_does_not_come_to_its_moment_is_killed(nursery):
    web = servers.Web(nursery)
    web.start()
    wait_until(lambda: is_listening(web.port))
    assert not web.die_at(signal.SIGUSR1, within=0.01)
    assert not is_listening(web.port)


def test_only_its_own_workers_are_signalled(nursery):
    bystander = subprocess.Popen(["sleep", "60"])
    try:
        web = servers.Web(nursery)
        web.pid = bystander.pid
        web.kill()
        assert bystander.poll() is None
    finally:
        bystander.kill()
        bystander.wait()


def is_listening(port: int) -> bool:
    asked = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
    with contextlib.closing(asked):
        try:
            asked.connect()
        except OSError:
            return False
    return True


def wait_until(so) -> None:
    until = time.monotonic() + 20
    while not so():
        assert time.monotonic() < until
        time.sleep(0.02)


def test_a_database_that_another_run_uses_is_not_one_to_kill():
    folder = Path(tempfile.mkdtemp(prefix="nwd test ", dir="/tmp"))
    folder.chmod(0o755)  # root's stand-in must reach it
    theirs = embedded.start(folder / "proof", fast=True)
    try:
        with pytest.raises(embedded.CannotStart, match="Another run uses"):
            servers.Database(folder / "proof")
        assert theirs.child is not None and theirs.child.poll() is None
    finally:
        assert theirs.stop()
        shutil.rmtree(folder)
