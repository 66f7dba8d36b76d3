"""
./nwd prove matrix: every address x every role x every way of standing to somebody shows what it may, no more.

On ground of its own, a place in which each column of text of each record holds words that stand nowhere else
(`seeing.canaries`). Everything is asked of everybody, through every middleware; whatever comes back, headers
and logs included, is searched for those words, and each one found must be in a table written by hand
(`seeing.expected`). Where somebody may not be known of, the answer must be that about nobody, to the letter.

Pages are read behind the second wall, as where people work. Then either wall is taken down. With every check
of the application answered yes, nothing of a life in which our agency has no part may come from behind the
database's wall; with that wall down, the application tells as little as with it.

Links without signing in are tried beside it (`seeing.by_links`), each control of theirs too.

The controls: with both walls down words must be found that may not be, and so with the question at the door
left out, or one reading's clearing; a door that answers "not for you" must be told from one that answers "not
there"; and an address that is not in the table must fail the run.
"""

from __future__ import annotations

import argparse
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from time import monotonic
from typing import Any

from nowrongdoor.console.prove import ground as grounds
from nowrongdoor.console.prove.proof import Proof

SEED = 20261128
CHECKS = 20_000
EACH = 5_000
FEW = 200  # checks in a control, at most
SHOWN = 60  # findings that are told one by one


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checks", type=int, default=CHECKS, help=f"checks to make ({CHECKS:,})")
    parser.add_argument(
        "--each", type=int, default=EACH, help=f"checks to make with either wall taken down ({EACH:,})"
    )
    parser.add_argument("--seed", type=int, default=SEED, help="which checks, where not all are made")


def run(options: argparse.Namespace) -> Proof:
    sit_down_without_accounts()
    with grounds.migrated("matrix") as ground:
        try:
            return proved(ground, options)
        finally:
            grounds.leave()


def sit_down_without_accounts() -> None:
    """Members are let in as in the tests: which door answers what is the same with accounts and without."""
    os.environ.setdefault("NWD_TEST", "1")


def proved(ground: grounds.Ground, options: argparse.Namespace) -> Proof:
    """The place is lived in, asked about, and asked about again with each wall and guard taken away."""
    from nowrongdoor.console.prove.seeing import behind, broken, broken_links, by_links, table

    seed = options.seed
    with answering(), behind.standing():
        asking, links = lived_in(ground, seed)
        missing = [*table.unlisted(), *table.unlisted_roles()]
        missing += [] if behind.is_built() else ["the second wall does not stand, so"]
        began = monotonic()
        found = asked(asking, seed=seed, most=options.checks)
        seconds = monotonic() - began
        walls = {
            "checks_off": asked(asking, seed=seed, most=options.each, guard=behind.no_checks(), foreign=True),
            "wall_off": asked(asking, seed=seed, most=options.each, guard=behind.down()),
        }
        by_link = by_links.asked(asking, links)
        controls = {
            name: sees(
                asked(asking, seed=seed, most=FEW, routes=routes, guard=guard(), foreign=foreign, enough=sees)
            )
            for name, (guard, routes, sees, foreign) in broken.CONTROLS.items()
        }
        for name, without in broken_links.CONTROLS.items():
            with without():
                controls[name] = bool(by_links.asked(asking, links, to_the_first=True).wrong)
    controls["an address that the table does not list"] = bool(table.unlisted(table.without("attachment")))
    controls["a line of the table that calls no address"] = bool(table.unlisted(table.with_one_more()))
    return concluded(found, missing, controls, walls=walls, by_link=by_link, seconds=seconds, seed=seed)


@contextmanager
def answering() -> Iterator[None]:
    """Answers name the host that the test client calls us by."""
    from django.conf import settings

    before, settings.ALLOWED_HOSTS = settings.ALLOWED_HOSTS, ["testserver"]
    try:
        yield
    finally:
        settings.ALLOWED_HOSTS = before


def lived_in(ground: grounds.Ground, seed: int) -> tuple[Any, Any]:
    """A place, lived in, browsers in it, and links in their states."""
    from nowrongdoor.console.prove.seeing import by_links, lives
    from nowrongdoor.console.prove.seeing.asking import Asking
    from nowrongdoor.console.prove.seeing.place import Place
    from nowrongdoor.kernel.now import now

    place = Place(seed, now())
    place.enter()
    lives.live(place)
    links = by_links.make(place)
    lives.seal(place, by_links.SEALED)
    asking = Asking(place, ground)
    asking.look_around()
    return asking, links


def asked(
    asking: Any,
    *,
    seed: int,
    most: int,
    routes: set[str] | None = None,
    guard: AbstractContextManager[Any] | None = None,
    foreign: bool = False,
    enough: Callable[[Any], bool] = lambda _: False,
) -> Any:
    """
    What is found when so many checks are made, or what was found is `enough`; with `foreign`, of what the
    database alone must hide.
    """
    from nowrongdoor.console.prove.seeing.foreign import Foreign
    from nowrongdoor.console.prove.seeing.judging import Judge

    with guard or nullcontext():
        judge = (Foreign if foreign else Judge)(asking.place, asking)
        return judge.everything(seed=seed, most=most, routes=routes, enough=enough)


def concluded(
    found: Any,
    missing: list[str],
    controls: dict[str, bool],
    *,
    walls: dict[str, Any],
    by_link: Any,
    seconds: float,
    seed: int,
) -> Proof:
    violations = [_violation("F63", 0, f"{name} is in no line of the table", seed) for name in missing]
    violations += [_violation(fault, number, words, seed) for fault, number, words in in_words(found)]
    for name, one in walls.items():
        violations += [
            _violation("F63", number, f"{WITH[name]}, {words}", seed) for _, number, words in in_words(one)
        ]
    violations += [
        _violation(by_link.fault[words], times, words, seed) for words, times in by_link.wrong.items()
    ]
    routes, roles = ({one[place] for one in found.asked} for place in (0, 1))
    rate = round(found.checks / max(seconds, 0.001))
    return Proof(
        name="matrix",
        seed=seed,
        figures={
            "routes": len(routes),
            "roles": len(roles),
            "relations": found.relations,
            "own_relations": len(found.own),
            "checks": found.checks,
            "compared": found.compared,
            "leaks": found.leaks.total(),
            "told_apart": found.oracles.total(),
            "wrongly_answered": found.wrong.total(),
            "checks_per_second": rate,
            "link_checks": by_link.checks,
            "link_compared": by_link.compared,
            "link_wrong": by_link.wrong.total(),
            "asked_on_copies": found.on_copies,
            "elements": found.canaries,
            **{f"{name}_checks": one.checks for name, one in walls.items()},
            **{f"{name}_leaks": one.total for name, one in walls.items()},
        },
        controls=controls,
        violations=violations[:SHOWN],
        says=(
            f"Behind both walls: {len(routes)} addresses, {len(roles)} roles (nobody among them), "
            f"{found.relations} ways of standing to somebody: {found.checks:,} checks, {rate}/s.",
            f"{found.canaries:,} columns held words of their own: {found.leaks.total()} were told to whoever "
            "may not read them.",
            f"{found.compared:,} answers about somebody hidden were compared with the one about nobody: "
            f"{found.oracles.total()} were told apart; {found.wrong.total()} answers were of a wrong kind.",
            f"By links, without signing in: {by_link.checks:,} checks of links that open, were answered, are "
            f"over, taken back, sealed, guessed or passed on: {by_link.wrong.total()} were wrong.",
            *(f"{WITH[name]}: {one.checks:,} checks, {HID[name].format(one)}" for name, one in walls.items()),
        ),
    )


WITH = {
    "checks_off": "With every check of the application off and the second wall up",
    "wall_off": "With the second wall down and the application's checks on",
}
HID = {
    "checks_off": "{0.shown:,} answers told something, {0.total} of a life our agency has no part in.",
    "wall_off": "{0.total} leaks, told apart or wrongly answered.",
}


def _violation(fault: str, number: int, words: str, seed: int) -> dict[str, Any]:
    return {"fault": fault, "invariant": "", "seed": seed, "step": number, "words": words}


def in_words(found: Any) -> Iterator[tuple[str, int, str]]:
    """Each kind of finding once: which address told which roles what of whom, and how often."""
    for (route, life, item, element, column), roles in _by_role(found.leaks).items():
        yield "F63", roles.total(), f"{route} told {_listed(roles)} {column} ({element} of {item}, {life})"
    for (route, life, item, words), roles in _by_role(found.oracles).items():
        yield "F64", roles.total(), f"{route} tells {_listed(roles)} that {item} of {life} is there: {words}"
    for (route, life, item, words), roles in _by_role(found.wrong).items():
        yield "F61", roles.total(), f"{route} {words}, to {_listed(roles)}, about {item} of {life}"


def _by_role(found: Counter[tuple[str, ...]]) -> dict[tuple[str, ...], Counter[str]]:
    grouped: dict[tuple[str, ...], Counter[str]] = {}
    for (route, role, *rest), times in sorted(found.items()):
        grouped.setdefault((route, *rest), Counter())[role] += times
    return grouped


def _listed(roles: Counter[str]) -> str:
    return ", ".join(sorted(roles)) if len(roles) < 5 else f"{len(roles)} roles"
