"""
./nwd prove hostile: whatever is typed, sent or stored, nothing runs, nothing fails and no log tells it.

An invented place is served by a real server. Hostile text is put into every column of free text, past all
rules; then members of every role follow every link, and thousands of hostile inputs go into every field of
every form they found, and to every address. Judged is every answer, every page in a real browser, every line
the server wrote, its memory, and every connection it opened.

The controls: a template that does not escape, with the policy (the browser stops and reports it) and without
(it runs); pages without the policy; an address that fails, one that takes a form from anyone, an export with
a formula; logs without their filter, also of the address of a link; and guesses at links that nothing slows,
or that lock out whoever has one.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nowrongdoor.console.prove.proof import Proof

SEED = 20261128
SHOWN = 20  # violations of one kind that are told one by one
MEMORY = 200  # megabytes that it may grow by
P99 = 1.0  # seconds


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--inputs", type=int, default=2_500, help="hostile inputs into fields (2500)")
    parser.add_argument("--people", type=int, default=40, help="people in the invented place (40)")
    parser.add_argument(
        "--alike", type=int, default=3, help="pages of one address that each member opens (3)"
    )
    parser.add_argument("--roles", type=int, default=99, help="of how many roles (all)")
    parser.add_argument("--browse", type=float, default=120, help="seconds in the browser at most (120)")
    parser.add_argument(
        "--every", type=int, default=25, help="of the inputs to addresses, every so many-th (25)"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="which text goes into which field")


def run(options: argparse.Namespace) -> Proof:
    from nowrongdoor.console.prove.attack import attacks
    from nowrongdoor.console.prove.ground import migrated

    with (
        migrated("hostile") as ground,
        tempfile.TemporaryDirectory() as folder,
        attacks.filled(ground, people=options.people) as place,
    ):
        real = attacks.attacked(place, Path(folder), options)
        controls = attacks.controls(place, Path(folder))
    return concluded(real, controls, seed=options.seed)


def concluded(real: Any, controls: dict[str, bool], *, seed: int) -> Proof:
    figures = counted(real)
    found = [
        {"fault": fault, "words": words, "seed": seed}
        for fault, several in violations(real, figures)
        for words in several[:SHOWN]
    ]
    return Proof("hostile", seed, figures, controls, found, tuple(in_sentences(figures)))


def counted(real: Any) -> dict[str, Any]:
    judge, seen, fired = real.judge, real.seen, real.fired
    seconds = sorted(judge.seconds) or [0.0]
    return {
        "inputs": fired.inputs,
        "forms": len(real.site.forms),
        "fields": len(fired.fields),
        "kinds": len(fired.kinds),
        "roles": len({sender.role for sender in real.site.senders}),
        "routes_come_upon": len(real.site.routes),
        "answered": {str(status): count for status, count in sorted(fired.answered.items())},
        "acts_recorded": fired.stored,
        "columns_planted": sum(real.planted.values()),
        "columns_of_free_text": len(real.planted),
        "columns_reached": len(real.reached),
        "server_errors": len(judge.failed),
        "reflected_unescaped": len(judge.strange),
        "pages_without_policy": len(judge.unguarded_pages),
        "led_away": len(judge.led_away),
        "pages_in_a_browser": seen.pages,
        "scripts_fired": len(seen.fired),
        "scripts_stopped": len(seen.stopped),
        "asked_elsewhere": len(seen.asked_elsewhere) + len(seen.moved),
        "export_cells": judge.cells,
        "formula_cells": len(judge.formula_cells),
        "files_handed_out": judge.files,
        "files_shown": len(judge.shown_files),
        "columns_mass_assigned": len(real.mass_assigned),
        "unsafe_tried": real.tokenless.tried,
        "unsafe_routes": len(real.tokenless.routes),
        "unsafe_without_token": len(real.tokenless.taken),
        "too_large_not_413": len(real.not_413),
        "log_lines": len(real.log),
        "canaries_logged": len(real.logged),
        "outside_connections": len(real.outside),
        "links_guessed": real.guessed.missed + real.guessed.slowed,
        "guesses_slowed": real.guessed.slowed,
        "links_opened_by_guessing": len(real.guessed.opened),
        "link_holders_locked_out": real.guessed.locked_out,
        "memory_growth_mb": real.memory_growth,
        "p99": round(seconds[int(len(seconds) * 0.99)], 2),
        "slowest": round(judge.slowest[0], 2),
        "slowest_was": judge.slowest[1],
    }


def violations(real: Any, figures: dict[str, Any]) -> Iterator[tuple[str, list[str]]]:
    """Which fault of the catalogue, and what was seen."""
    judge, seen = real.judge, real.seen
    yield "F51", judge.failed
    yield "F56", judge.strange + seen.fired + seen.stopped + judge.unguarded_pages
    yield "F56", seen.asked_elsewhere + seen.moved
    yield "F57", judge.formula_cells
    yield "F60", judge.shown_files
    yield "F61", real.mass_assigned
    yield "F70", judge.led_away + real.tokenless.taken
    yield "F51", real.not_413
    yield "F58 F73", real.logged
    yield "F71", real.outside
    yield "F72", real.guessed.opened
    yield "F72", ["guessing at links was not slowed"] if not real.guessed.slowed else []
    yield "F72", ["whoever has a link was locked out by guesses"] * real.guessed.locked_out
    grown = figures["memory_growth_mb"] or 0
    yield "F51", [f"memory grew by {grown} MB"] if grown > MEMORY else []
    yield "F53", [f"p99 was {figures['p99']} s"] if figures["p99"] > P99 else []


def in_sentences(figures: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{figures['inputs']:,} hostile inputs of {figures['kinds']} kinds into {figures['fields']} fields "
        f"of {figures['forms']} forms and to every address, as {figures['roles'] - 1} roles and as nobody: "
        f"{figures['server_errors']} server errors, {figures['reflected_unescaped']} unescaped."
    )
    yield (
        f"{figures['pages_in_a_browser']} pages in a browser, with hostile text in "
        f"{figures['columns_reached']} columns: {figures['scripts_fired']} scripts fired, "
        f"{figures['scripts_stopped']} had to be stopped, "
        f"{figures['asked_elsewhere']} requests elsewhere."
    )
    yield (
        f"{figures['unsafe_tried']:,} requests without a token to {figures['unsafe_routes']} addresses: "
        f"{figures['unsafe_without_token']} taken."
    )
    yield (
        f"{figures['log_lines']} lines of log, {figures['canaries_logged']} with something typed or somebody;"
        f" {figures['outside_connections']} connections of its own."
    )
    yield (
        f"{figures['links_guessed']} links guessed, {figures['guesses_slowed']} slowed: "
        f"{figures['links_opened_by_guessing']} opened; whoever has one was locked out "
        f"{figures['link_holders_locked_out']} times."
    )
    yield (
        f"Memory grew by {figures['memory_growth_mb']} MB; 99 of 100 answers within {figures['p99']} s, the "
        f"slowest {figures['slowest']} s ({figures['slowest_was']})."
    )
    if not figures["export_cells"]:
        yield "No export was found, so no cell could hold a formula; the control shows one is seen."
