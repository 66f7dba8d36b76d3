"""
./nwd prove clocks: a clock is right to the second on every night of the year, and nobody is told late, twice
or not at all.

Every kind of clock is asked around every boundary, against sums in seconds; ten thousand fall due at once and
are swept while the time passes; two hours are missed and made up for; a worker whose clock is wrong sweeps
nothing. The controls are what is often built instead: a timer that lives only in a queue, and a clock that
reckons with the time on the wall.
"""

from __future__ import annotations

import argparse
from datetime import timedelta

from nowrongdoor.console.prove import ground as grounds
from nowrongdoor.console.prove.proof import Proof
from nowrongdoor.console.prove.timing import boundaries
from nowrongdoor.console.prove.timing.queue_only import forgotten
from nowrongdoor.console.prove.timing.wall_clock import by_the_wall

SEED = 20261128
P99_S, MOST_S = 5.0, 10.0


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--seed", type=int, default=SEED, help="of what is chosen at random: nothing here is")
    parser.add_argument("--at-once", type=int, default=10_000, help="clocks that fall due at once (10,000)")
    parser.add_argument("--every", type=int, default=15, help="minutes between starts on each night (15)")
    parser.add_argument("--workers", type=int, default=2, help="workers that sweep (2)")
    parser.add_argument("--ahead", type=int, default=40, help="seconds until they fall due (40)")


def run(options: argparse.Namespace) -> Proof:
    right = boundaries.checked(every_minutes=options.every)
    walled = boundaries.checked(every_minutes=60, due=by_the_wall)
    with grounds.migrated("clocks"):
        from nowrongdoor.console.prove.timing import storm

        team = storm.a_team(storm.told_by_the_database())
        late = storm.all_at_once(
            team, options.at_once, workers=options.workers, ahead=timedelta(seconds=options.ahead)
        )
        recovered = storm.nobody_swept(team, max(200, options.at_once // 10), limit=100)
        skew = storm.refuses_skew()
        grounds.leave()
    missed, doubled = late.missed + recovered.missed, late.doubled + recovered.doubled
    wrong = list(right.wrong)
    if late.p99_s > P99_S or late.max_s > MOST_S:
        wrong.append(f"somebody was told {late.max_s:.1f} s late; of a hundred, one {late.p99_s:.1f} s")
    if missed or doubled:
        wrong.append(f"{missed} steps were missed and {doubled} taken twice")
    if not recovered.in_order:
        wrong.append("after two hours without a sweep, the longest overdue did not come first")
    expected = {"an hour ahead": True, "an hour behind": True, "five seconds": False}
    wrong += [f"two clocks that differ: {name}" for name in skew if skew[name] != expected[name]]
    return Proof(
        name="clocks",
        seed=options.seed,
        figures={
            "checks": right.checks,
            "error_s": right.error_s,
            "lateness_p99_s": round(late.p99_s, 2),
            "lateness_max_s": round(late.max_s, 2),
            "missed": missed,
            "doubled": doubled,
            "at_once": options.at_once,
            "made_up_for": recovered.steps,
        },
        controls={
            "a timer only in a queue": forgotten() > 0,
            "a clock by the time on the wall": walled.error_s > 0,
        },
        violations=[{"fault": "", "invariant": "Clock", "words": words} for words in wrong],
        says=(
            f"{right.checks:,} instants around the change nights, a leap day and the end of a year: the "
            f"largest error is {right.error_s:g} s.",
            f"{options.at_once:,} clocks fell due at once: of a hundred 99 were told within "
            f"{late.p99_s:.1f} s, the last after {late.max_s:.1f} s.",
            f"Two hours without a sweep: {recovered.steps:,} steps made up for, the longest overdue first; "
            f"{missed:,} missed, {doubled:,} taken twice.",
            "A worker whose clock is an hour wrong swept nothing; five seconds made no difference.",
        ),
    )
