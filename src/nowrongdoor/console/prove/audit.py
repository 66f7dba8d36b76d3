"""
./nwd prove audit: whoever was shown is on record, nobody else is, and the record is not quietly changed.

In the place of `prove matrix`, where each column of text has words of its own, members look at records,
search, open lists and files, send forms and are refused, all behind the second wall. Whom each page showed is
read from the page itself; the access log must hold exactly these, by whom and on which page, and at least the
kinds of things shown.

Then the log cannot be written any more: nothing about anybody may be shown. Last, the journal is tampered
with in eight ways, with and without its anchor (`prove journal`).

The controls: a log that is not written, and one that names somebody who was not shown, must be found.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock
from uuid import UUID

from nowrongdoor.console.prove import ground as grounds
from nowrongdoor.console.prove import journal, matrix
from nowrongdoor.console.prove.proof import Proof
from nowrongdoor.kernel import wall

SEED = 20261128
ASKS = 6_000
FEW = 150
ROUNDS = 2
SHOWN = 60


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--asks", type=int, default=ASKS, help=f"what members ask for ({ASKS:,})")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each way of tampering is tried")
    parser.add_argument("--seed", type=int, default=SEED, help="what is asked, and which entries are changed")


def run(options: argparse.Namespace) -> Proof:
    matrix.sit_down_without_accounts()
    with grounds.migrated("audit") as ground:
        try:
            looks = looked_at(ground, options)
        finally:
            grounds.leave()
    return concluded(looks, journal.run(options), seed=options.seed)


def looked_at(ground: grounds.Ground, options: argparse.Namespace) -> dict[str, Any]:
    """What came of the looks, of the two controls, and of a log that cannot be written."""
    from nowrongdoor.console.prove.seeing import behind
    from nowrongdoor.console.prove.seeing.looks import Looks

    with matrix.answering(), behind.standing():
        asking, _ = matrix.lived_in(ground, options.seed)
        found = Looks(asking).run(seed=options.seed, most=options.asks)
        controls = {}
        for name, broken in CONTROLS.items():
            with broken():
                controls[name] = bool(Looks(asking).run(seed=options.seed, most=FEW).differences)
        with unwritable(ground):
            shown, refused = Looks(asking).unrecorded(seed=options.seed, most=FEW)
    return {"found": found, "controls": controls, "shown_unrecorded": shown, "refused": refused}


@contextmanager
def unwritable(ground: grounds.Ground) -> Iterator[None]:
    """
    Who looked can be added to the access log by nobody: not by what pages read as, nor by what acts write
    as, which counts a search and records whom it found in one statement.
    """
    from django.db import connections
    from psycopg import sql

    roles = [sql.Identifier(connections[alias].settings_dict["USER"]) for alias in ("default", wall.READER)]
    both = sql.SQL(", ").join(roles)
    with ground.as_owner() as owner:
        owner.execute(sql.SQL("REVOKE INSERT ON access_log_look FROM {}").format(both))
        try:
            yield
        finally:
            owner.execute(sql.SQL("GRANT INSERT ON access_log_look TO {}").format(both))


def _nothing_written() -> Any:
    return mock.patch("nowrongdoor.nhsuk.answers.looking.record", lambda *_, **__: None)


@contextmanager
def _one_too_many() -> Iterator[None]:
    """Whoever is looked at, the log also names somebody whom this page did not show."""
    from nowrongdoor.kernel.access_log import looking

    record = looking.record

    def more(seen: Any, **context: Any) -> None:
        record([*seen, looking.Seen(STRANGER)], **context)

    with mock.patch("nowrongdoor.nhsuk.answers.looking.record", more):
        yield


STRANGER = UUID("99999999-0000-4000-8000-00000000beef")
CONTROLS = {"looks are not written": _nothing_written, "a look too many is written": _one_too_many}


def concluded(looks: dict[str, Any], tampered: Proof, *, seed: int) -> Proof:
    found = looks["found"]
    differences: Counter[str] = found.differences
    violations = [
        {"fault": "F74", "invariant": "I10", "seed": seed, "step": times, "words": words}
        for words, times in sorted(differences.items())
    ]
    if looks["shown_unrecorded"] or not looks["refused"]:
        words = f"{looks['shown_unrecorded']} pages showed somebody though no look could be written"
        violations.append({"fault": "F74", "invariant": "I10", "seed": seed, "step": 0, "words": words})
    figures = {name: tampered.figures[name] for name in ("tampers", "found", "kinds", "entries", "chains")}
    return Proof(
        name="audit",
        seed=seed,
        figures={
            "views": found.views,
            "audit_rows": found.rows,
            "people_shown": found.shown,
            "pages": len(found.pages),
            "differences": differences.total(),
            "refused_unwritable": looks["refused"],
            "shown_unrecorded": looks["shown_unrecorded"],
            **figures,
        },
        controls={**looks["controls"], **tampered.controls},
        violations=[*violations, *tampered.violations][:SHOWN],
        says=(
            f"{found.views:,} views of {len(found.pages)} kinds of page showed {found.shown:,} people: "
            f"{found.rows:,} rows on record, {differences.total()} differences.",
            f"With a log that cannot be written, {looks['refused']} pages refused and "
            f"{looks['shown_unrecorded']} showed somebody.",
            *tampered.says,
        ),
    )
