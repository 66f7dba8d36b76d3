"""Judging an answer: by its status, by every canary in it, and by what somebody there is none of is told."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from nowrongdoor.console.prove.seeing import borrowed, outside, table
from nowrongdoor.console.prove.seeing.asking import Answer, Asking
from nowrongdoor.console.prove.seeing.calls import Ask
from nowrongdoor.console.prove.seeing.expected import (
    NOBODY,
    RESTRICTED,
    ROLES,
    SEARCHING,
    Answered,
    may_read,
    opens,
    sees,
)
from nowrongdoor.console.prove.seeing.place import Place
from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date

# Names a link that nobody made: whoever is asked in a life signs in. `by_links` asks of links that there are.
NOT_THERE = {"handover_link_withdraw"}
# Of a referral that may be read there may be none: its decision was not sampled, or a form names a decision
# with the police that it has not.
MAY_BE_NONE = {"second_look", "referral_police_review"}
# Pages that are about who looked and what was shared, which the police are not told.
ABOUT_ACCESS = {"person_sharing", "person_looks_printed"}
OTHERS_SHARING = {"sharing_withdraw"}
ANSWERS = {200, 302, 303, 409, 422}


@dataclass
class Findings:
    """
    What was found, counted: `leaks` as (route, role, life, item, element, column), `oracles` and `wrong` as
    (route, role, life, item, words).
    """

    checks: int = 0
    compared: int = 0
    leaks: Counter[tuple[str, ...]] = field(default_factory=Counter)
    oracles: Counter[tuple[str, ...]] = field(default_factory=Counter)
    wrong: Counter[tuple[str, ...]] = field(default_factory=Counter)
    asked: set[tuple[str, str]] = field(default_factory=set)
    lives: set[str] = field(default_factory=set)
    own: set[tuple[str, str]] = field(default_factory=set)
    canaries: int = 0
    shown: int = 0
    on_copies: int = 0

    @property
    def relations(self) -> int:
        return len(self.lives)

    @property
    def total(self) -> int:
        return self.leaks.total() + self.oracles.total() + self.wrong.total()


class Judge:
    """Asks everything of every role, in an order that chance gives, and keeps what was found."""

    def __init__(self, place: Place, asking: Asking, *, calls: dict[str, Any] | None = None) -> None:
        self.place, self.asking = place, asking
        self.calls = table.CALLS if calls is None else calls
        self.found = Findings(canaries=len(place.canaries.known))
        self.baseline: dict[tuple[Any, ...], Answer] = {}

    def everything(
        self,
        *,
        seed: int,
        most: int | None = None,
        routes: set[str] | None = None,
        enough: Callable[[Findings], bool] = lambda _: False,
    ) -> Findings:
        """All asks of all roles, or so many that so many checks are made, or what is found is `enough`."""
        asks = [
            (role, one)
            for route, makes in self.calls.items()
            if routes is None or route in routes
            for number, one in enumerate(makes(self.place, route))
            for role in (*ROLES, NOBODY, *outside.asking(self.place, one, number=number))
        ]
        Random(seed).shuffle(asks)
        # Each life's own record is asked for by whomever it belongs to, however few checks are made.
        own = [each for each in asks if outside.is_outside(each[0]) and _is_own(each[1])]
        asks = [*own[: len(own) if most is None else most // 10], *asks]
        with self.asking.standing_still():
            for role, one in asks:
                if (most is not None and self.found.checks >= most) or enough(self.found):
                    break
                self.judge(role, one)
        return self.found

    def judge(self, role: str, one: Ask) -> None:
        found = self.found
        found.asked.add((one.route, outside.kind(role)))
        found.lives |= {one.life} - {""}
        answer = self.asking.ask(role, one)
        found.checks += 1
        found.on_copies += answer.is_stale
        if outside.is_outside(role):
            self._from_outside(role, one, answer)
            return
        self._canaries(role, one, answer)
        self._status(role, one, answer)
        if one.other is not None and self._is_hidden(role, one):
            found.checks += 1
            found.compared += 1
            twin = self._twin(role, one.other)
            mine, theirs = answer.alike(one.typed), twin.alike(one.other.typed)
            if mine != theirs:
                found.oracles[(one.route, role, one.life, one.item, _differs(theirs, mine))] += 1

    def _from_outside(self, role: str, one: Ask, answer: Answer) -> None:
        """Their own record and nobody else's; of the rest, not even that it is there."""
        known = self.place.canaries.known
        typed = self.place.canaries.found(" | ".join(one.typed)) | self.place.canaries.found(one.path)
        said = self.place.canaries.found(f"{answer.headers}\n{answer.body}") - typed
        may = {text for text in said if outside.may_read(role, one.route, known[text])}
        for text in (said - may) | self.place.canaries.found(answer.logged):
            what = known[text]
            self.found.leaks[(one.route, role, what.subject, what.item, what.element, what.column)] += 1
        found = self.found
        if one.route == "own_record":
            found.own.add((outside.kind(role), outside.whose(role)))
        expected = outside.statuses(role, one)
        if answer.status >= 500 or (expected is not None and answer.status not in expected):
            self._wrong(role, one, f"answered {one.method} with {answer.status}")
        if one.method == "GET" and outside.reads(role).get(one.route) and not may:
            self._wrong(role, one, "did not show their own record")
        if one.other is not None:
            self.found.checks += 1
            self.found.compared += 1
            twin = self._twin(role, one.other)
            mine, theirs = answer.alike(one.typed), twin.alike(one.other.typed)
            if mine != theirs:
                self.found.oracles[(one.route, role, one.life, one.item, _differs(theirs, mine))] += 1

    def _twin(self, role: str, other: Ask) -> Answer:
        key = (
            role,
            other.route,
            other.method,
            other.has_token,
            other.path if "?" in other.path else "",
            tuple(sorted((name, text) for name, text in other.data.items() if len(text) != 36)),
        )
        if key not in self.baseline:
            self.baseline[key] = self.asking.ask(role, other)
        return self.baseline[key]

    def _is_hidden(self, role: str, one: Ask) -> bool:
        """Whether this must be answered as if there were nobody."""
        if role == NOBODY:
            return True
        if one.is_record or "key=" in one.path or "person=" in one.path:
            return not opens(role, one.route, one.life, one.item) and one.route not in (
                "access_log",
                "access_log_export",
            )
        if one.route in SEARCHING | {"person_correct"} or one.route in ("board", "board_table"):
            return one.life in RESTRICTED and not sees(role, one.life, "P")
        return one.route == "break_glass" and not one.confirmed

    def _canaries(self, role: str, one: Ask, answer: Answer) -> None:
        known = self.place.canaries.known
        typed = self.place.canaries.found(" | ".join(one.typed)) | self.place.canaries.found(one.path)
        said = self.place.canaries.found(f"{answer.headers}\n{answer.body}") - typed
        asked = Answered(role, one.route, self._may(role, "person.search"), one.confirmed)
        for text in said:
            what = known[text]
            if not may_read(asked, what.subject, what.item, what.element, what.column):
                self.found.leaks[(one.route, role, what.subject, what.item, what.element, what.column)] += 1
        for text in self.place.canaries.found(answer.logged):
            what = known[text]
            self.found.leaks[
                (f"log of {one.route}", role, what.subject, what.item, what.element, what.column)
            ] += 1
        if answer.took_planted:
            self._wrong(role, one, "took what a field of no form said")

    def _status(self, role: str, one: Ask, answer: Answer) -> None:
        if answer.status >= 500:
            self._wrong(role, one, f"answered {answer.status}")
        if one.method == "HEAD" and answer.body:
            self._wrong(role, one, "a head had a body")
        if not one.is_record or role == NOBODY or not one.has_token or one.method == "HEAD":
            return
        act, is_seen = borrowed.doors()[one.route], opens(role, one.route, one.life, one.item)
        may_act = act in ("open", "signed in") or self._may(role, act)
        if not may_act or (is_seen and one.route in ABOUT_ACCESS and ROLES[role] == "police"):
            expected = {403}
        else:
            expected = ANSWERS if is_seen and one.route not in NOT_THERE else {404}
            if one.route in MAY_BE_NONE or (one.route in OTHERS_SHARING and ROLES[role] == "police"):
                expected = expected | {404}
        if answer.status not in expected:
            self._wrong(role, one, f"answered {one.method} with {answer.status}, not {min(expected)}")

    def _may(self, role: str, act: str) -> bool:
        return role in ROLES and act in law.acts_of(role, on=local_date(self.place.at))

    def _wrong(self, role: str, one: Ask, words: str) -> None:
        self.found.wrong[(one.route, role, one.life, one.item, words)] += 1


def _is_own(one: Ask) -> bool:
    return one.route in outside.OWN_PAGES and one.method == "GET"


def _differs(theirs: str, mine: str) -> str:
    """The first line in which two answers differ, for whoever mends it."""
    lines = difflib.unified_diff(theirs.splitlines(), mine.splitlines(), lineterm="", n=0)
    changed = [line.strip()[:120] for line in lines if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    return " / ".join(changed[:2])
