"""
./nwd prove journal: nothing in the journal can be quietly changed. Eight kinds of tampering are each found.

On ground of its own: acts of two agencies, sealed and anchored minute by minute. Then somebody who owns the
database tampers with it, triggers off, and the journal is verified against the anchor as `./nwd manage
verify-journal` does it. What is found must be the tampering: in that chain, at that entry, of that kind.

The controls: the same without the anchor must miss a cut tail and a chain written anew, and an anchor that
was forged to fit must be believed until a partner's copy is asked.

Still to come, with the record of looks: that the views of a scripted run equal its audit rows exactly. That
and this together will be `./nwd prove audit`.
"""

from __future__ import annotations

import argparse
import tempfile
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from uuid import uuid4

from nowrongdoor.console.prove import ground as grounds
from nowrongdoor.console.prove.proof import Proof
from nowrongdoor.sim.streams import Streams

SEED = 20261125
ROUNDS = 3
MINUTES = 4
STORIES = 2  # of each kind, in each minute
PARTNER = "a forged anchor, without a partner's copy"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=SEED, help="which entries are tampered with")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each way of tampering is tried")


def run(options: argparse.Namespace) -> Proof:
    with grounds.migrated("journal"), tempfile.TemporaryDirectory() as folder:
        place = Place(options.seed, Path(folder))
        try:
            place.lives()
            for _ in range(max(1, options.rounds)):
                place.is_tampered_with()
        finally:
            grounds.leave()
    return place.proof()


@dataclass
class Place:
    """A place whose journal is sealed and anchored, and what came of tampering with it."""

    seed: int
    folder: Path
    entries: int = 0
    chains: int = 0
    rows_per_second: int = 0
    tampers: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    tries: Counter[str] = field(default_factory=Counter)
    violations: list[dict[str, Any]] = field(default_factory=list)
    lengths: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.chance = Streams(self.seed)["tampering"]
        self.anchor = self.folder / "anchor.jsonl"
        self.copy = self.folder / "a partner's copy.jsonl"

    def lives(self) -> None:
        """Acts of two agencies, sealed and anchored at the end of each minute; then all of it must verify."""
        from nowrongdoor.console.prove.kinds import KINDS
        from nowrongdoor.console.prove.pairs import answer
        from nowrongdoor.console.prove.place import Place as Acts
        from nowrongdoor.journeys import referrals
        from nowrongdoor.kernel.journal import anchoring, entries, sealing
        from nowrongdoor.kernel.journal.anchor_file import AnchorFile

        acts, file = Acts(self.seed), AnchorFile(self.anchor)
        for minute in range(MINUTES):
            for kind in KINDS * STORIES:
                pair = kind.arrange(acts)
                answer(pair.one)
                answer(pair.other)
                referrals.refer(**self.request(), by=acts["Sam"], at=acts.later())
            at = acts.at + timedelta(minutes=minute)
            entries.tell(entries.ANCHOR, uuid4(), "journal.proved", {}, agency_id=None, by_name="", at=at)
            while sealing.seal(at=at):
                pass
            anchoring.anchor(file, at=at)
        self.copy.write_bytes(self.anchor.read_bytes())
        self.lengths = {agency: head.number for agency, head in file.so_far.heads.items() if agency}
        began = monotonic()
        untouched = self.verified(self.anchor)
        self.entries, self.chains = untouched.entries, untouched.chains
        self.rows_per_second = round(untouched.entries / (monotonic() - began))
        if untouched.breaks or untouched.waiting:
            self.violates(
                "", f"untouched, and yet broken: {untouched.breaks}, {untouched.waiting} not sealed"
            )

    def request(self) -> dict[str, Any]:
        """Someone asks the other agency for help."""
        return {
            "referral_id": uuid4(),
            "holding_id": uuid4(),
            "person_id": None,
            "contact_id": None,
            "needs": ["social"],
            "request": "Help at home, please.",
            "words": "I can't manage the stairs any more.",
        }

    def is_tampered_with(self) -> None:
        """Each way once, at entries that chance names."""
        from nowrongdoor.console.prove import swapping, tampering

        for way in tampering.TAMPERINGS:
            with self.prompt() as at:
                number = way.do(at)
                self.look(way, at.agency_id, number)
        lines = self.anchor.read_bytes().splitlines(keepends=True)
        for how, swap in swapping.ANCHOR_SWAPS.items():
            self.swapped(how, swap(lines, self.chance.randrange(len(lines) - 1)))
        self.forged(lines)

    @contextmanager
    def prompt(self) -> Iterator[Any]:
        """The owner, triggers off, before an entry in the middle of a chain. Afterwards nothing happened."""
        from django.db import connections, transaction

        from nowrongdoor.console.prove.tampering import Prompt

        one = self.chance.one_of(sorted(self.lengths))
        (other,) = set(self.lengths) - {one}
        number = self.chance.randrange(2, self.lengths[one] - 2)
        with transaction.atomic(using="owner"):
            with connections["owner"].cursor() as cursor:
                at = Prompt(cursor, one, other, number, self.lengths[one])
                at.disarm()
                yield at
            transaction.set_rollback(True, using="owner")

    def look(self, way: Any, agency_id: str, number: int) -> None:
        """Whether it is found and named with the anchor, and missed without it where it must be."""
        from nowrongdoor.rules.chain import Fault

        broken = self.verified(self.anchor).breaks
        first = next((one for one in broken if one.agency_id == agency_id), None)
        wrongly = len({one.agency_id for one in broken}) > (2 if way.kind == "head swap" else 1)
        named = first is not None and first.fault == way.fault and not wrongly
        if named and way.fault is Fault.REWRITTEN:  # named where the anchor first differs: there or later
            named = number <= first.number <= self.lengths[agency_id]
        elif named:
            named = first.number == number
        self.tampers[way.kind] += 1
        self.found[way.kind] += named
        if not named:
            self.violates(way.kind, f"{way.how}, {agency_id} {number} of {self.lengths[agency_id]}: {broken}")
        if way.anchored:
            self.control(f"{way.kind}, without the anchor", missed=not self.verified(None).breaks)

    def swapped(self, how: str, lines: list[bytes]) -> None:
        from nowrongdoor.rules.chain import Fault

        changed = self.folder / "changed.jsonl"
        changed.write_bytes(b"".join(lines))
        faults = [one.fault for one in self.verified(changed).breaks]
        self.tampers["anchor swap"] += 1
        self.found["anchor swap"] += Fault.ANCHOR_CHANGED in faults
        if Fault.ANCHOR_CHANGED not in faults:
            self.violates("anchor swap", f"{how}: {faults}")

    def forged(self, lines: list[bytes]) -> None:
        """The chain is written anew, and an anchor made that fits it: only a partner's copy can tell."""
        from nowrongdoor.console.prove import swapping, tampering
        from nowrongdoor.rules.chain import Fault

        ours = self.folder / "forged.jsonl"
        with self.prompt() as at:
            tampering.rewrite_forward(at)
            swapping.forge(lines, at, ours)
            self.control(PARTNER, missed=not self.verified(ours).breaks)
            faults = [one.fault for one in self.verified(self.copy).breaks]
        self.tampers["anchor swap"] += 1
        self.found["anchor swap"] += faults == [Fault.REWRITTEN]
        if faults != [Fault.REWRITTEN]:
            self.violates("anchor swap", f"forged to fit: {faults}")

    def verified(self, anchor: Path | None) -> Any:
        from nowrongdoor.kernel.journal.verifying import verify

        return verify(anchor=anchor, using="owner")

    def control(self, name: str, *, missed: bool) -> None:
        self.tries[name] += 1
        self.missed[name] += missed

    def violates(self, kind: str, words: str) -> None:
        self.violations.append(
            {"fault": "F74", "invariant": "I10", "seed": self.seed, "step": 0, "words": f"{kind}: {words}"}
        )

    def proof(self) -> Proof:
        tampers, found = self.tampers.total(), self.found.total()
        kinds = {kind: {"tampers": self.tampers[kind], "found": self.found[kind]} for kind in self.tampers}
        return Proof(
            name="journal",
            seed=self.seed,
            figures={
                "tampers": tampers,
                "found": found,
                "kinds": kinds,
                "entries": self.entries,
                "chains": self.chains,
                "rows_per_second": self.rows_per_second,
            },
            controls={name: self.missed[name] == tries for name, tries in self.tries.items()},
            violations=self.violations,
            says=(
                f"{len(kinds)} kinds of tampering, {tampers} in all, with {self.entries:,} entries in "
                f"{self.chains} chains: {found} were found, each in its chain and of its kind.",
                f"Verified at {self.rows_per_second:,} rows/s.",
            ),
        )
