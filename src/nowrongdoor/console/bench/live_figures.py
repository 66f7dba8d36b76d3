"""What was measured of live screens, in figures and sentences, and which goals were not reached."""

from __future__ import annotations

import argparse
import os
from dataclasses import dataclass, field

from nowrongdoor.console.bench.measure import percentile
from nowrongdoor.console.bench.screens import Found

GOAL = 1.0  # seconds from an act to the screen, of 95 in a hundred
SLOWER = 2.0  # times as long as in quiet a page may take


@dataclass
class Measured:
    """Everything in seconds but what is counted; `late` are screens that had not shown an act at the end."""

    acts: int = 0
    per_second: float = 0.0
    team: list[float] = field(default_factory=list)
    place: list[float] = field(default_factory=list)
    late: int = 0
    looks: int = 0
    bytes: int = 0
    failures: int = 0
    listening: int = 0
    members: int = 0
    connections: int = 0
    spent: dict[str, float] = field(default_factory=dict)
    quiet: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)


def each(one: Measured, *parts: str, of: int) -> float | None:
    """Milliseconds of a processor for one of so many."""
    return round(sum(one.spent[part] for part in parts) / of, 1) if of and one.spent else None


def tell(found: Found, one: Measured, asked: argparse.Namespace) -> None:
    ends = one.team or [0.0]
    quiet, busy_page = percentile(one.quiet, 50), percentile(one.busy or one.quiet, 50)
    figures = found.figures
    figures |= {
        "listening": one.listening,
        "members": one.members,
        "acts": one.acts,
        "acts_per_s": round(one.per_second, 1),
        "machine_busy": round(os.getloadavg()[0], 1) if hasattr(os, "getloadavg") else None,
        "act_to_screen_p50_s": round(percentile(ends, 50), 3),
        "act_to_screen_p95_s": round(percentile(ends, 95), 3),
        "act_to_board_p95_s": round(percentile(one.place, 95), 3) if one.place else None,
        "not_shown": one.late,
        "deliveries": one.looks,
        "delivered_mb": round(one.bytes / 1e6, 1),
        "not_made": one.failures,
        "connections": one.connections,
        "processor_ms": {name: round(took) for name, took in one.spent.items()},
        "act_ms": each(one, "acts", "acts_database", of=one.acts),
        "delivery_ms": each(one, "web", "database", of=one.looks),
        "page_quiet_p50_s": round(quiet, 3),
        "page_busy_p50_s": round(busy_page, 3),
        "sweep_s": None,  # measured apart, below
    }
    found.say(
        f"{one.listening} of {asked.browsers} browsers of {one.members} members listened (HTTP clients), "
        f"served by {asked.workers} processes on {os.cpu_count()} processors, browsers, acts and database on "
        f"the same ones; load {figures['machine_busy']}. "
        f"{one.acts} acts, {one.per_second:.1f} a second of the {asked.acts:g} that were asked for."
    )
    found.say(
        f"From an act to the screens of the two teams it concerns: p50 {figures['act_to_screen_p50_s']} s, "
        f"p95 {figures['act_to_screen_p95_s']} s; to the boards of the whole place p95 "
        f"{figures['act_to_board_p95_s']} s. What was new was delivered {one.looks} times, "
        f"{figures['delivered_mb']} MB; {one.failures} could not be made; {one.late} screens had not shown "
        "an act in the end."
    )
    found.say(
        f"An act took {figures['act_ms']} ms of a processor, and a delivery {figures['delivery_ms']} ms "
        f"with all that it takes to make it; in ms: {figures['processor_ms']}."
    )
    found.say(
        f"A page that somebody opened took {quiet * 1000:.0f} ms in quiet and {busy_page * 1000:.0f} ms "
        f"meanwhile (p50). The web and the acts had {one.connections} connections to the database at most."
    )
    # For each role, one that listens and one that goes the rounds; then those who act, and hear themselves.
    most = (2 * asked.connections + 2) * asked.workers + 3
    found.misses += [
        words
        for is_missed, words in (
            (one.listening < asked.browsers, f"browsers that listen: {one.listening} of {asked.browsers}"),
            (one.per_second < 0.9 * asked.acts, f"acts a second: {one.per_second:.1f} of {asked.acts:g}"),
            (not one.team, "no act was shown on any screen"),
            (percentile(ends, 95) > GOAL, f"act to screen p95: {percentile(ends, 95):.2f} s, at most {GOAL}"),
            (one.late > 0, f"screens that had not shown an act in the end: {one.late}"),
            (one.failures > 0, f"screens that could not be made: {one.failures}"),
            (
                busy_page > SLOWER * quiet,
                f"a page meanwhile: {busy_page / quiet:.1f} times its quiet time",
            ),
            (one.connections > most, f"connections: {one.connections}, at most {most}"),
        )
        if is_missed
    ]
