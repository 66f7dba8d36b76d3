"""
./nwd prove restore: from a base backup and the archive, the place as it was at any moment, and nothing else.

On a PostgreSQL of this proof's own that archives what it writes: a small place is acted, a base backup taken
while it works, and the place goes on, every table remembered after each act. Then it is restored to a random
byte of the log, which may lie in the middle of an act. All tables must be as they were before that act, or
all as they were after it; the invariants hold, the journal tells each row and fits its anchor of that moment;
and work goes on there. The same place is also copied into a file and brought back from it, as
`./nwd manage backup` and `restore` do it.

The controls: another moment's tables must differ; one file less in the archive, and one bit changed in the
base backup, must be noticed; so must a copy by a role that is shown nothing, which pg_dump itself calls a
success; and the anchor of later must tell that this is an older state.

What this does not show: a disk or a machine that is lost. The archive of this proof lies beside its data.
"""

from __future__ import annotations

import argparse
import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any

import psycopg

from nowrongdoor import embedded
from nowrongdoor.console import copying, counting, databases
from nowrongdoor.console.prove import ground as grounds
from nowrongdoor.console.prove.crash.place import clear_leftovers
from nowrongdoor.console.prove.crash.servers import one_at_a_time
from nowrongdoor.console.prove.proof import Proof
from nowrongdoor.console.prove.recovery.archive import Archived, spoil
from nowrongdoor.console.prove.recovery.moments import Life, Moment, differing, tables

SEED = 20261125
ACTS = 48
PARTS = 4  # of the acts: one before the base backup, the others each with a file of the log to itself
ANOTHER_MOMENT = "the tables of another moment"
FILE_REMOVED = "one file of the archive removed"
BIT_CHANGED = "one bit of the base backup changed"
SEES_NOTHING = "a copy by a role that sees nothing"
OLDER = "an older state, held against the anchor of later"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--acts", type=int, default=ACTS, help=f"how much happens ({ACTS})")
    parser.add_argument("--seed", type=int, default=SEED, help="the moment, and who is invented")


def run(options: argparse.Namespace) -> Proof:
    drill = Drill(options.seed)
    with standing() as (archived, ground):
        drill.live(archived, ground, acts=max(options.acts, 2 * PARTS))
        drill.copy_and_bring_back(ground)
        drill.restore_to_a_moment(archived, ground)
        drill.miss_a_file(archived)
        drill.change_a_bit(archived)
    return drill.proof()


@contextlib.contextmanager
def standing() -> Iterator[tuple[Archived, grounds.Ground]]:
    """A PostgreSQL of its own even where DATABASE_URL names one, and a database with every table in it."""
    directory = embedded.directory_for("proof-restore")
    with databases.unwinding_on_sigterm(), grounds.surroundings_kept(), one_at_a_time(directory):
        archived = Archived(directory)
        try:
            ground = grounds.Ground(archived.server.app_url, archived.server.owner_url)
            clear_leftovers(ground)
            ground.stand_on_tables("restore")
            yield archived, ground
            grounds.leave()
            ground.clear()
        finally:
            with databases.undisturbed():
                archived.stop()
                archived.clear()


@dataclass
class Drill:
    """What is remembered, and what came of it."""

    seed: int
    figures: dict[str, Any] = field(default_factory=dict)
    controls: dict[str, bool] = field(default_factory=dict)
    violations: list[tuple[str, str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.chance = Random(self.seed)

    # -- what happens

    def live(self, archived: Archived, ground: grounds.Ground, *, acts: int) -> None:
        """A base backup after the first part of the acts; each other part has a file of the log to itself."""
        self.anchor = archived.archive / "anchor.jsonl"
        with ground.as_owner() as owner:
            self.life = Life(self.seed, owner, self.anchor)
            self.life.goes_on(acts // PARTS)
            began = monotonic()
            archived.back_up()
            self.figures["base_backup_seconds"] = round(monotonic() - began, 1)
            self.figures["base_backup_megabytes"] = round(archived.size() / 1e6)
            for part in range(1, PARTS):
                self.life.goes_on(acts // PARTS)
                self.files.append(archived.end_segment())
                if part == 1:
                    first = len(self.life.moments)
        grounds.leave()
        self.moments = self.life.moments
        led_to_by_an_act = [number for number, one in enumerate(self.moments) if one.by_one_act]
        # Not in the first file after the base backup: that is the one to be missing.
        self.chosen = self.chance.choice([one for one in led_to_by_an_act if one >= first])

    # -- a copy in a file

    def copy_and_bring_back(self, ground: grounds.Ground) -> None:
        """The newest state through `backup` and `restore`; and what a role that sees nothing makes of it."""
        source = ground.made[0]
        file = Path(self.anchor.parent) / "place.copy"
        began = monotonic()
        held = copying.backup(grounds.elsewhere(ground.owner_url, source), file)
        copy = ground.make("copy")
        owner_url, app_url = (grounds.elsewhere(url, copy) for url in (ground.owner_url, ground.app_url))
        copying.restore(owner_url, file)
        self.figures["copy_seconds"] = round(monotonic() - began, 1)
        with psycopg.connect(owner_url, autocommit=True) as owner:
            for name in differing(tables(owner), self.moments[-1].tables):
                self.violates("F21", "", f"copied and brought back, {name} is another")
            hide_everything(owner)
        self.controls[SEES_NOTHING] = self.is_refused(app_url, held, file.with_name("blind.copy"))

    def is_refused(self, app_url: str, held: dict[str, int], file: Path) -> bool:
        """By the question before the copy; and were that not asked, by counting what pg_dump wrote."""
        refused = []
        with contextlib.suppress(copying.CannotCopy):
            refused.append(copying.backup(app_url, file))
        copying.dump(app_url, file, "--enable-row-security")  # ends well, and holds nothing
        found = counting.rows_in(copying.program_for("pg_restore", app_url), file)
        try:
            counting.need_all(held, found, of="The copy")
        except copying.CannotCopy:
            return not refused and not any(found.values())
        return False

    # -- a moment

    def restore_to_a_moment(self, archived: Archived, ground: grounds.Ground) -> None:
        before, after = self.moments[self.chosen - 1], self.moments[self.chosen]
        lsn = self.chance.randint(before.lsn, after.lsn)
        began = monotonic()
        with archived.restored(lsn) as server:
            self.figures["seconds"] = round(monotonic() - began, 1)
            there = grounds.Ground(server.app_url, server.owner_url)
            there.stand_on(ground.made[0])
            with there.as_owner() as owner:
                found = tables(owner)
            self.compare(found, before, after)
            self.look(before if not differing(found, before.tables) else after)
            self.work_goes_on()
            grounds.leave()

    def compare(self, found: Any, before: Moment, after: Moment) -> None:
        mismatches = min((differing(found, one.tables) for one in (before, after)), key=len)
        self.figures |= {
            "rows": sum(count for count, _ in found.values()),
            "tables": len(found),
            "mismatches": len(mismatches),
            "acts_remembered": sum(one.by_one_act for one in self.moments),
        }
        for name in mismatches:
            self.violates("F21", "I4", f"{name} is neither as it was before that moment nor after it")
        others = [one for one in self.moments if one.lsn < before.lsn or one.lsn > after.lsn]
        self.controls[ANOTHER_MOMENT] = all(differing(found, one.tables) for one in others)

    def look(self, moment: Moment) -> None:
        """Invariants, every row against its story, and the journal against the anchor as it was then."""
        from nowrongdoor.console.prove import invariants, replay
        from nowrongdoor.kernel.journal.verifying import verify

        told = replay.compared()
        self.figures["entries"] = told.entries
        for words in (*invariants.broken(), *told.violations):
            self.violates("F21", invariant_of(words), words)
        then = self.anchor.with_name("anchor-then.jsonl")
        then.write_bytes(self.anchor.read_bytes()[: moment.anchor])
        for broken in verify(anchor=then).breaks:
            self.violates("F21", "I10", f"the journal does not fit its anchor of then: {broken}")
        self.controls[OLDER] = bool(verify(anchor=self.anchor).breaks)

    def work_goes_on(self) -> None:
        from nowrongdoor.console.prove import invariants, replay

        referral_id = self.life.place.a_referral()
        for words in (*invariants.broken([referral_id]), *replay.compared([referral_id]).violations):
            self.violates("F23", invariant_of(words), f"after the restore: {words}")

    # -- what must be noticed

    def miss_a_file(self, archived: Archived) -> None:
        """A file between the base backup and the moment is not there: it may not open as if all were well."""
        (archived.archive / self.files[0]).unlink()
        self.controls[FILE_REMOVED] = False
        try:
            with archived.restored(self.moments[self.chosen].lsn):
                pass
        except embedded.CannotStart:
            self.controls[FILE_REMOVED] = True

    def change_a_bit(self, archived: Archived) -> None:
        spoil(archived.base / "global" / "pg_control")
        self.controls[BIT_CHANGED] = False
        try:
            archived.verify_base()
        except copying.CannotCopy:
            self.controls[BIT_CHANGED] = True

    def violates(self, fault: str, invariant: str, words: str) -> None:
        self.violations.append((fault, invariant, words))

    def proof(self) -> Proof:
        figures = self.figures
        return Proof(
            name="restore",
            seed=self.seed,
            figures=figures,
            controls=self.controls,
            violations=[
                {"fault": fault, "invariant": invariant, "words": words, "seed": self.seed}
                for fault, invariant, words in self.violations
            ],
            says=(
                f"Restored to a random moment between {figures['acts_remembered']} remembered acts: "
                f"{figures['rows']:,} rows in {figures['tables']} tables, "
                f"{figures['mismatches'] or 'no'} table otherwise than then; "
                f"{figures['entries']:,} journal entries tell their rows.",
                f"A base backup of {figures['base_backup_megabytes']} MB took "
                f"{figures['base_backup_seconds']} s, restoring from it and the archive "
                f"{figures['seconds']} s; a copy in a file and back {figures['copy_seconds']} s.",
            ),
        )


def invariant_of(words: str) -> str:
    """What is broken says so first; a row and its story that differ break I7."""
    return words[:2] if words.startswith("I") else "I7"


def hide_everything(owner: psycopg.Connection) -> None:
    """Row-level security without a policy: whoever is bound by it may read every table, and sees no row."""
    from psycopg import sql

    from nowrongdoor.embedded import roles

    app = sql.Identifier(roles.APP)
    owner.execute(sql.SQL("GRANT SELECT ON ALL TABLES IN SCHEMA public TO {}").format(app))
    owner.execute(sql.SQL("GRANT SELECT ON ALL SEQUENCES IN SCHEMA public TO {}").format(app))
    for table, policy in owner.execute(
        "SELECT tablename, policyname FROM pg_policies WHERE schemaname = 'public'"
    ).fetchall():
        drop = sql.SQL("DROP POLICY {} ON {}")
        owner.execute(drop.format(sql.Identifier(policy), sql.Identifier("public", table)))
    for (name,) in owner.execute(counting.TABLES).fetchall():
        hide = sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY")
        owner.execute(hide.format(sql.Identifier("public", name)))
