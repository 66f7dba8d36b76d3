"""Whom each page showed, as the page itself says, beside what the access log says of it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from nowrongdoor.console.prove.seeing import table
from nowrongdoor.console.prove.seeing.asking import Answer, Asking
from nowrongdoor.console.prove.seeing.calls import Ask
from nowrongdoor.console.prove.seeing.expected import ROLES

# The board shows initials, which many share: whom it shows is whose referral it leads to.
BY_LINK = {"board", "board_table"}
LINK = re.compile(r'href="/referrals/([0-9a-f-]{36})"')
SHOWS = {200, 409, 422}
# The log itself shows people by initials, and one who is asked for by name.
OF_THE_LOG = {"access_log", "access_log_person", "access_log_export"}
ROWS = """
    SELECT id, person_id, referral_id, contact_id, elements FROM access_log_look
    WHERE page = %s AND member_id = %s AND looked_at = %s AND id <> ALL(%s)
"""


@dataclass
class Found:
    views: int = 0
    rows: int = 0
    shown: int = 0
    pages: set[str] = field(default_factory=set)
    differences: Counter[str] = field(default_factory=Counter)


class Looks:
    """Looks at pages one by one; what each did is undone once it has been compared."""

    def __init__(self, asking: Asking) -> None:
        self.asking, self.place = asking, asking.place
        self.life_of = {key: life.name for life in self.place.lives.values() for key in life.keys.values()}
        self.found = Found()

    def run(self, *, seed: int, most: int) -> Found:
        with self.asking.standing_still():
            for role, one in self._asks(seed, most):
                self.look(role, one)
        return self.found

    def unrecorded(self, *, seed: int, most: int) -> tuple[int, int]:
        """How many pages show somebody though nothing can be recorded, and how many refuse."""
        shown = refused = 0
        with self.asking.standing_still():
            for role, one in self._asks(seed, most):
                answer = self.asking.ask(role, one, whole=False)
                refused += answer.status >= 500
                shown += bool(self._told(one, answer))
        return shown, refused

    def look(self, role: str, one: Ask) -> None:
        """One page: whom it shows, and who is on record for it."""
        found = self.found
        with self.asking.asked(role, one) as (answer, rows_of):
            rows = rows_of(ROWS, [one.route, self.place[role].member_id, self.place.at, self.asking.looked])
        told = self._told(one, answer)
        on_record: dict[str, set[str]] = {}
        for person, referral, contact, elements in rows:
            life = self._life(person, referral, contact)
            on_record[life] = on_record.get(life, set()) | set(elements)
        if answer.status in SHOWS and (one.is_record or (one.life in on_record and self._again(one, answer))):
            # The page is about them, though it tells this viewer nothing but what they typed.
            told.setdefault(one.life, set())
        found.rows += len(rows)
        found.shown += len(told)
        found.views += bool(told)
        if told:
            found.pages.add(one.route)
        self._compare(one, told, on_record)

    def _compare(self, one: Ask, told: dict[str, set[str]], on_record: dict[str, set[str]]) -> None:
        differs = self.found.differences
        for life in sorted(told.keys() - on_record.keys()):
            differs[f"{one.route} showed {life}, who is not on record"] += 1
        for life in sorted(on_record.keys() - told.keys()):
            differs[f"{one.route} put {life} on record and did not show them"] += 1
        for life in sorted(told.keys() & on_record.keys()):
            for element in sorted(told[life] - on_record[life]):
                differs[f"{one.route} showed {element}, which is not on record"] += 1

    def _asks(self, seed: int, most: int) -> list[tuple[str, Ask]]:
        asks = [
            (role, one)
            for route, makes in table.CALLS.items()
            if route not in OF_THE_LOG
            for one in makes(self.place, route)
            for role in ROLES
            if one.method != "HEAD" and one.has_token and "?key=" not in one.path
        ]
        Random(seed).shuffle(asks)
        return asks[:most]

    def _told(self, one: Ask, answer: Answer) -> dict[str, set[str]]:
        """The lives a page shows, each with the kinds of things it told of them."""
        if one.route == "board" and "wall=1" in one.path:
            return {}  # a screen on a wall shows needs and times, and nobody; the table is for no wall
        if one.route in BY_LINK:
            keys = {UUID(key) for key in LINK.findall(answer.body)}
            return {self.life_of[key]: set() for key in keys}
        canaries = self.place.canaries
        typed = canaries.found(" | ".join(one.typed))
        told: dict[str, set[str]] = {}
        for text in canaries.found(f"{answer.headers}\n{answer.body}") - typed:
            what = canaries.known[text]
            if what.element == "area":
                told.setdefault(what.subject, set())
            else:
                told.setdefault(what.subject, set()).add(what.element)
        return told

    def _again(self, one: Ask, answer: Answer) -> bool:
        """Somebody was named by whoever asked, and the page says their name again: `You have no part in`."""
        typed = self.place.canaries.found(" | ".join(one.typed))
        return bool(self.place.canaries.found(answer.body) & typed)

    def _life(self, *keys: UUID | None) -> str:
        return next((self.life_of[key] for key in keys if key in self.life_of), "a stranger")
