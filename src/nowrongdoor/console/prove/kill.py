"""
./nwd prove kill: whatever is killed at whatever moment, what was acknowledged is there, once and whole.

Members post real forms over HTTP to two web workers on a PostgreSQL of this proof's own, with the settings a
demonstration has, while a worker or all of PostgreSQL is killed outright, again and again. Whoever hears no
answer sends the same form again, under the same key, until it is answered, and then once more: it must be
answered alike. Workers die at any moment, in the middle of an act, and when an act is committed but not yet
answered.

Then the workers sweep, call backs fall due one after another, and sweepers are killed: between the claim of a
clock and its escalation, between that and its story, after the commit, at any moment, both at once, and with
them PostgreSQL.

Then everything stands still and is counted. The controls: with a PostgreSQL that answers before it has
written down (`synchronous_commit = off`) something acknowledged is lost; without keys a retry records twice;
acts that are no transactions are torn and leave people without a holder; and a sweep that lets go of a clock
as it claims it, as queues do, misses escalations.

What this does not show: kill -9 leaves what the operating system was given, so a power cut, and a disk that
lies, are not tested. While acts are struck no worker sweeps, and while sweepers are, nobody acts.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from statistics import median
from typing import Any

from nowrongdoor.console.prove.proof import Proof

SEED = 20261125
SHOWN = 20  # violations that are told one by one
FORGETFUL = "commits that wait for no disk (synchronous_commit = off)"
KEYLESS = "forms without a key"
IN_PIECES = "acts in pieces, without transactions"
LETS_GO = "a sweep that lets go of a clock as it claims it"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--kills", type=int, default=30, help="how many, a third of them PostgreSQL (30)")
    parser.add_argument("--sweepers", type=int, default=12, help="how many kills of sweepers (12)")
    parser.add_argument("--seed", type=int, default=SEED, help="what is killed when, and who says what")


def run(options: argparse.Namespace) -> Proof:
    from nowrongdoor.console.prove.crash import place as places
    from nowrongdoor.console.prove.crash import strikes, sweepers

    with places.standing(options.seed) as place:
        real = strikes.struck(place, kills=options.kills, seed=options.seed)
        swept = sweepers.swept(place, kills=options.sweepers, seed=options.seed)
        lets_go = sweepers.forgets(place, seed=options.seed)
        sweepers.restart(place.workers, "whole")
        for web in place.workers:
            web.wait_until_up()
        controls = {
            LETS_GO: lets_go,
            FORGETFUL: strikes.forgets(place, seed=options.seed),
            KEYLESS: strikes.doubles(place, seed=options.seed),
            IN_PIECES: strikes.tears(place, seed=options.seed),
        }
    return concluded(real, controls, swept, seed=options.seed)


def concluded(real: Any, controls: dict[str, bool], swept: Any = None, *, seed: int) -> Proof:
    """What came of the kills, in figures, and everything that must not be."""
    figures = counted(real) | (of_sweepers(swept) if swept else {})
    return Proof(
        name="kill",
        seed=seed,
        figures=figures,
        controls=controls,
        violations=[
            {"fault": fault, "invariant": invariant, "words": words, "seed": seed}
            for fault, invariant, words in (*violations(real), *missed(swept))
        ][:SHOWN],
        says=tuple(in_sentences(figures)),
    )


def counted(real: Any) -> dict[str, Any]:
    found, ledger, seconds = real.found, real.ledger, real.seconds or [0.0]
    return {
        "kills": len(real.seconds),
        "acknowledged": len(ledger.acknowledged),
        "lost": found.lost,
        "doubled": found.doubled,
        "torn": found.torn,
        "without_holder": found.without_holder,
        "retried": len(ledger.retried),
        "sent_again": sum(act.sent_again for act in ledger.acknowledged),
        "answered_otherwise": len(ledger.otherwise),
        "rows": found.rows,
        "recovery_median": round(median(seconds), 2),
        "recovery_max": round(seconds[-1], 2),
        "killed": {
            kind: {"kills": len(taken), "recovery_median": round(median(taken), 2)}
            for kind, taken in real.recoveries.items()
            if taken
        },
    }


def of_sweepers(swept: Any) -> dict[str, Any]:
    return {
        "sweeper_kills": sum(swept.kills.values()),
        "sweepers_killed": swept.kills,
        "escalations_due": swept.due,
        "escalations_missed": swept.missed,
        "escalations_doubled": swept.doubled,
        "escalations_without_story": swept.untold,
        "escalation_late_max_s": round(swept.late_s, 2),
    }


def missed(swept: Any) -> Iterator[tuple[str, str, str]]:
    """What a sweeper that was killed left undone, did twice, or did too late."""
    from nowrongdoor.console.prove.crash.sweepers import AT_MOST

    if swept is None:
        return
    for words, count in (("missed", swept.missed), ("doubled", swept.doubled), ("untold", swept.untold)):
        if count:
            yield "F4 F14", "I3", f"{count} of {swept.due} escalations were {words}"
    if swept.late_s > AT_MOST:
        yield "F4 F14", "I3", f"an escalation came {swept.late_s:.1f} s after due and recovery"
    if unmet := [kind for kind, times in swept.kills.items() if not times]:
        yield "F4", "", f"no sweeper was killed so: {', '.join(unmet)}"


def violations(real: Any) -> Iterator[tuple[str, str, str]]:
    """Fault, invariant, words."""
    for invariant, words in real.found.violations:
        yield "F1 F2 F4", invariant, words
    for words in real.ledger.otherwise:
        yield "F2", "I4", words
    for words in real.ledger.unanswered:
        yield "F1 F4", "I4", words
    if real.broke_off:
        yield "F1 F4", "", real.broke_off


def in_sentences(figures: dict[str, Any]) -> Iterator[str]:
    yield (
        f"{figures['kills']} kills under load: of {figures['acknowledged']:,} acknowledged acts "
        f"{figures['lost']} were lost, {figures['doubled']} doubled and {figures['torn']} torn; "
        f"{figures['without_holder']} referrals had no holder."
    )
    yield (
        f"{figures['retried']} forms were sent more than once until they were answered, and then once more: "
        f"{figures['answered_otherwise'] or 'none'} was answered otherwise."
    )
    for kind, told in figures["killed"].items():
        yield f"  {kind}: {told['kills']} kills, answers again after {told['recovery_median']} s (median)"
    if "escalations_due" in figures:
        yield (
            f"{figures['sweeper_kills']} kills of sweepers while {figures['escalations_due']:,} escalations "
            f"fell due: {figures['escalations_missed']} missed, {figures['escalations_doubled']} doubled; "
            f"the latest came {figures['escalation_late_max_s']} s after the later of due and recovery."
        )
    yield f"The longest to answer again took {figures['recovery_max']} s."
