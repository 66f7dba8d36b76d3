"""
Hostile text in every field of every form that was found: in one field while the others are answered as a
person would, and in all that one writes into at once, so that it is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from nowrongdoor.console.prove.attack.corpus import HUGE, MARK, TYPED_EXTRA, Text, texts
from nowrongdoor.console.prove.attack.crawling import Found, Site
from nowrongdoor.console.prove.attack.pages import TOKEN, Fields, Form
from nowrongdoor.console.prove.attack.sending import Sender, encoded

ALL = "(every field at once)"
PLAIN = {
    "name": "Maryam Ali",
    "phone": "01632 960123",
    "number": "01632 960123",
    "postcode": "ZZ99 3VZ",
    "day": "14",
    "month": "3",
    "year": "1984",
}
KEY = "00000000-0000-4000-8000-00000000dead"
LINE = 2_000  # characters
NUMBERS = ("day", "month", "year", "hour", "minute")


@dataclass
class Fired:
    """How often, at what, and what became of it."""

    inputs: int = 0
    stored: int = 0
    landed: list[tuple[Sender, str]] = field(default_factory=list)  # where what was recorded is shown
    answered: Counter[int] = field(default_factory=Counter)
    fields: set[tuple[str, str, str]] = field(default_factory=set)
    kinds: Counter[str] = field(default_factory=Counter)


def fire(site: Site, fired: Fired, *, inputs: int, seed: int) -> None:
    """So many, every form in turn; each field meets another text each time."""
    chance, before = Random(seed), fired.inputs
    turns = [Turn(several, chance) for _, several in sorted(site.forms.items())]
    while turns and fired.inputs - before < inputs:
        for turn in list(turns):
            if not turn.shoot(fired):
                turns.remove(turn)
            if fired.inputs - before >= inputs:
                break


class Turn:
    """One form, wherever it stands: its fields and texts, one after another, on pages that still show it."""

    def __init__(self, several: list[Found], chance: Random) -> None:
        self.standing = list(several)
        self.chance = chance
        self.form: Form | None = several[0].form
        self.rounds = self._rounds()

    def _rounds(self) -> Iterator[tuple[str, Text]]:
        """Every field by every text in the end; all at once between, for that is what is stored."""
        names = [name for name in self.standing[0].form.boxes if name != TOKEN]
        self.chance.shuffle(names)
        written = bool(self.standing[0].form.written())
        each = texts()
        shift = self.chance.randrange(len(each))
        for turn in range(len(each)):
            for number, name in enumerate(names):
                text = each[(turn + shift + number * 7) % len(each)]
                if written:
                    yield ALL, each[(turn * len(names) + shift + number) % len(each)]
                yield name, text

    def shoot(self, fired: Fired) -> bool:
        """One input; false when no page shows this form any more."""
        name, text = next(self.rounds, (None, None))
        if name is None or text is None:
            return False
        while self.form is None:
            if not self.standing:
                return False
            self.form = self.standing[0].again()
            if self.form is None:
                self.standing.pop(0)
        found = self.standing[0]
        fields = answered(self.form, self.chance)
        hit = self.form.written() if name == ALL else [name]
        for one in hit:
            if name != ALL or not one.endswith(NUMBERS):
                fields[one] = [text.text]
        what = f"{text.kind} in {name} of {found.goes_to} as {found.sender.role}"
        if self.form.method == "get":
            # A line longer than a server reads is no request at all: nothing of ours would see it.
            short = {one: [value[:LINE] for value in values] for one, values in fields.items()}
            answer = found.sender.get(f"{found.goes_to}?{encoded(short).decode()}")
        else:
            answer = found.sender.post(found.goes_to, fields, what=what)
        fired.inputs += 1
        fired.answered[answer.status] += 1
        fired.kinds[text.kind] += 1
        for one in hit:
            fired.fields.add((*found.key[:2], one))
        if answer.status in (302, 303) and self.form.method == "post":
            fired.stored += 1
            fired.landed.append((found.sender, answer.goes_to))
            # Done, so the form is another one now: a new key, the next version, or gone. A page to be
            # come upon only by sending is come upon again where it was.
            if "/sign-in" in answer.goes_to:
                self.standing.pop(0)
            self.form = None
        return True


def answered(form: Form, chance: Random) -> Fields:
    """As a person would fill it in, by chance where there is a choice."""
    fields: Fields = {}
    for name, box in form.boxes.items():
        if name == TOKEN or box.kind == "file":
            continue
        if box.kind in ("radio", "select"):
            choices = [one for one in box.choices if one] or box.choices
            fields[name] = [chance.choice(choices)] if choices else box.held
        elif box.kind == "checkbox":
            fields[name] = [one for one in box.choices if chance.random() < 0.4] or box.choices[:1]
        elif box.kind in ("button", "submit"):
            fields |= {name: [chance.choice(box.choices)]} if box.choices and chance.random() < 0.5 else {}
        elif box.kind == "hidden" or any(box.held):
            fields[name] = list(box.held)
        else:
            fields[name] = [plain(name)]
    return fields


def plain(name: str) -> str:
    ends = next((value for part, value in PLAIN.items() if name.endswith(part)), None)
    return "" if "nhs_number" in name else ends or "In a few plain words."


def strange_shapes(site: Site, fired: Fired, *, columns: list[str], seed: int) -> None:
    """Of each form once: every column of every table as a field, fields doubled, and a paste of a million."""
    chance = Random(seed)
    for _, several in sorted(site.forms.items()):
        found = several[-1]
        form = found.again()
        if form is None or form.method != "post":
            continue
        fields = answered(form, chance)
        extra = {name: [TYPED_EXTRA] for name in columns if name not in form.boxes}
        extra |= {name: [KEY] for name in columns if name.endswith("_id") and name not in form.boxes}
        twice = {name: [*values, f"{MARK} twice"] for name, values in fields.items()}
        largest = {name: [HUGE] for name in form.written()[:1]}
        for what, sent in (
            ("every column", fields | extra),
            ("doubled", twice),
            ("a million", fields | largest),
        ):
            answer = found.sender.post(found.goes_to, sent, what=f"{what} to {found.goes_to}")
            fired.inputs += 1
            fired.answered[answer.status] += 1
            fired.kinds[what] += 1
