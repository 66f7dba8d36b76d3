"""
Members who go on working while servers die: they send real forms, and send each again until it is answered.

Each form carries the key of what it makes, so that sending it again is the same act. The ledger keeps,
outside all that is killed, what was acknowledged: those answers are promises to the people they are about.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random
from typing import TypeVar
from uuid import UUID, uuid4

from nowrongdoor.console.prove.crash.browser import TOKEN, Browser, Fields, NotNow, Page

ASK = "Find her a bed tonight."
PAUSE = 0.05  # seconds before something is tried again
AT_MOST = 90.0  # seconds in which a form must have been answered
NO_MORE = 3  # times a form may be refused before we take it that it always will be

Came = TypeVar("Came")
Ports = Callable[[], Sequence[int]]


class GivenUp(Exception):
    """The writers were told to stop, whatever is unanswered."""


@dataclass
class Act:
    """One form: its kind, the row it makes, and where a browser is sent when that is on record."""

    kind: str
    key: UUID
    words: str
    path: str
    fields: Fields
    answer: str
    by: Browser
    with_it: UUID | None = None  # the handover that was made, or answered, in the same act
    tries: int = 0
    sent_again: int = 0
    otherwise: list[str] = field(default_factory=list)


@dataclass
class Ledger:
    """What was acknowledged, and what never was. Only ever added to."""

    acknowledged: list[Act] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)

    @property
    def retried(self) -> list[Act]:
        return [act for act in self.acknowledged if act.tries > 1]

    @property
    def otherwise(self) -> list[str]:
        return [f"{act.kind} {act.key}: {said}" for act in self.acknowledged for said in act.otherwise]


@dataclass(frozen=True)
class Two:
    """Who receives and who is asked; the team that is asked."""

    handler: UUID
    receiver: UUID
    to_team_id: UUID


class Writer(threading.Thread):
    """One after another: a contact, an offer of its referral, and the other team's yes."""

    def __init__(
        self, two: Two, name: str, ports: Ports, ledger: Ledger, *, seed: int, keyless: bool
    ) -> None:
        super().__init__(name=name, daemon=True)
        self.handler, self.receiver = Browser(two.handler, ports), Browser(two.receiver, ports)
        self.handler.turn = self.receiver.turn = seed
        self.to_team = str(two.to_team_id)
        self.ledger = ledger
        self.chance = Random(f"{seed}/{name}")
        self.keyless = keyless
        self.finish, self.give_up = threading.Event(), threading.Event()
        self.under_way = False  # a form has been sent and nothing has come back yet

    def run(self) -> None:
        told = 0
        try:
            while not self.finish.is_set():
                told += 1
                words = f"We have nowhere to sleep tonight. ({self.name}, {told})"
                if self.keyless:
                    self.contact_without_key(words)
                else:
                    self.story(words)
        except GivenUp:
            pass
        except Exception as fault:  # ending in silence, it would pass for one that has nothing to tell
            self.ledger.unanswered.append(f"{self.name} stopped: {type(fault).__name__}: {fault}")

    def story(self, words: str) -> None:
        asked_at_once = self.chance.random() < 0.5
        contact = self.send(self.until(lambda: self.contact(words, asked_at_once=asked_at_once)))
        referral = self.until(lambda: self.handler.get(contact.answer).link("referrals"))
        if asked_at_once:
            handover = self.until(lambda: self.handler.get(referral).link("handovers"))
            contact.with_it = key_of(handover)
        else:
            handover = self.send(self.until(lambda: self.offer(referral, words))).answer
        self.send(self.until(lambda: self.accept(handover, referral, words)))

    def contact(self, words: str, *, asked_at_once: bool) -> Act:
        """The form as its page gives it, filled in. The key of the contact is in the page's address."""
        key = uuid4()
        path = f"/contacts/new?key={key}"
        fields = self.handler.get(path).form("contact")
        fields |= {"words": words, "channel": "telephone", "outcome": "handed_over", "needs": ["housing"]}
        fields |= {"ask": ASK}
        if asked_at_once:
            fields |= {"to_team": self.to_team, "told": "You will be rung.", "sharing_basis": "consent"}
        return Act("contact", key, words, path, fields, f"/contacts/{key}", self.handler)

    def offer(self, referral: str, words: str) -> Act:
        path = f"{referral}/hand-over"
        fields = self.handler.get(path).form("offer")
        key = UUID(str(fields["handover_id"]))
        fields |= {"to_team": self.to_team, "ask": ASK, "sharing_basis": "consent"}
        return Act("offer", key, words, path, fields, f"/handovers/{key}", self.handler)

    def accept(self, handover: str, referral: str, words: str) -> Act:
        fields = self.receiver.get(handover).form("accept")
        key = UUID(str(fields["holding_id"]))
        fields |= {"read_back": "We ring her now and find a bed."}
        return Act(
            "accept", key, words, f"{handover}/accept", fields, referral, self.receiver, key_of(handover)
        )

    def send(self, act: Act) -> Act:
        """The same form, until it is answered as it must be."""
        until = time.monotonic() + AT_MOST
        while time.monotonic() < until and len(act.otherwise) < NO_MORE:
            page = self.sent(act)
            if page is not None and page.location == act.answer:
                self.ledger.acknowledged.append(act)
                if act.tries > 1:
                    self.until(lambda: send_once_more(act))
                return act
            if page is not None and page.location.startswith("/sign-in"):
                act.fields.pop(TOKEN, None)
                self.until(act.by.sign_in)
            elif page is not None and not page.failed:
                act.otherwise.append(f"answered {page.status} {page.location}")
            self.pause()
        raise TimeoutError(f"{act.kind} {act.key} was never answered: {act.tries} tries, {act.otherwise}")

    def contact_without_key(self, words: str) -> None:
        """For a control: whoever hears no answer opens a new form and writes the same again."""
        while True:
            act = self.until(lambda: self.contact(words, asked_at_once=False))
            page = self.sent(act)
            if page is not None and page.location == act.answer:
                self.ledger.acknowledged.append(act)
                return
            self.pause()

    def sent(self, act: Act) -> Page | None:
        """What came back; None when nothing did."""
        act.tries += 1
        self.under_way = True
        try:
            return act.by.post(act.path, act.fields)
        except NotNow:
            return None
        finally:
            self.under_way = False

    def until(self, ask: Callable[[], Came]) -> Came:
        """Asks until it comes: pages change nothing, so they may be asked for as often as it takes."""
        until = time.monotonic() + AT_MOST
        while True:
            try:
                return ask()
            except NotNow as why:
                if time.monotonic() > until:
                    raise TimeoutError(f"a page never came: {why}") from why
            self.pause()

    def pause(self) -> None:
        if self.give_up.wait(PAUSE):
            raise GivenUp


def send_once_more(act: Act) -> None:
    """A form that is on record answers as it did. Raises `NotNow` when no answer comes."""
    page = act.by.post(act.path, act.fields)
    if page.failed:
        raise NotNow(f"{page.status}")
    act.sent_again += 1
    if page.location != act.answer:
        act.otherwise.append(f"sent once more, it was answered {page.status} {page.location}")


def key_of(address: str) -> UUID:
    return UUID(address.rpartition("/")[2])


class Load:
    """Writers at work. At the end of `with` each finishes what it has begun, unless told to give up."""

    def __init__(
        self, pairs: Sequence[Two], ports: Ports, *, name: str, seed: int, keyless: bool = False
    ) -> None:
        self.ledger = Ledger()
        self.writers = [
            Writer(two, f"{name} {number}", ports, self.ledger, seed=seed + number, keyless=keyless)
            for number, two in enumerate(pairs)
        ]

    def __enter__(self) -> Load:
        for writer in self.writers:
            writer.start()
        return self

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        self.end(give_up=failure is not None)

    def end(self, *, give_up: bool = False) -> None:
        for writer in self.writers:
            writer.finish.set()
            if give_up:
                writer.give_up.set()
        for writer in self.writers:
            writer.join(3 * AT_MOST)
            if writer.is_alive():
                self.ledger.unanswered.append(f"{writer.name} did not end")

    def wait_for(self, more: int, *, within: float = 60.0) -> None:
        """Until so many more are acknowledged, and something is under way at this very moment."""
        wanted = len(self.ledger.acknowledged) + more
        until = time.monotonic() + within
        while len(self.ledger.acknowledged) < wanted or not any(one.under_way for one in self.writers):
            if time.monotonic() > until or not any(one.is_alive() for one in self.writers):
                never = self.ledger.unanswered
                raise TimeoutError(f"Nothing was acknowledged for {within:.0f} seconds. {never}")
            time.sleep(0.002)
