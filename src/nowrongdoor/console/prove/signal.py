"""
./nwd prove signal: whatever becomes of the signal, a note typed on a phone arrives, and arrives once.

Members' phones are Chromium at 320 px, against a real server on a database of this proof's own. What came
of a visit, or a contact, is typed and sent while the signal goes at each step: before it is sent, while it
is, and when it is stored and the answer is on its way, once and twice; a proxy answers in our place; the
phone dies with the note sent or only typed; two pages send it at once; the session has ended. Then the
signal comes back. Counted is what stands recorded, and whether the phone said at each step how the note
stood, and was rid of it.

The controls: a phone without its script loses what was typed, and a form without its key is recorded twice.

What this does not show: a phone whose storage is cleared by its owner, or by the system when it is full. A
page that is not open cannot be opened without signal.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path
from typing import Any

from nowrongdoor.console.prove.proof import Proof

SEED = 20261129
FORGETS = "a phone that keeps nothing"
KEYLESS = "a form without its key"


def add_options(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--runs", type=int, default=200, help="how many notes (200)")
    parser.add_argument("--seed", type=int, default=SEED, help="who is invented")


def run(options: argparse.Namespace) -> Proof:
    from nowrongdoor.console.prove.attack.looking import chromium
    from nowrongdoor.console.prove.attack.server import serving
    from nowrongdoor.console.prove.ground import migrated

    of_visits = options.runs - options.runs // 2
    with migrated("signal") as ground, tempfile.TemporaryDirectory() as folder:
        from nowrongdoor.console.prove.phone import notes as typed  # needs Django, on that ground
        from nowrongdoor.console.prove.phone import runs

        # One more of each, for the controls.
        notes, who = typed.entered(
            options.seed, visits_wanted=of_visits + 1, contacts_wanted=options.runs // 2 + 1
        )
        visits, contacts = notes[: of_visits + 1], notes[of_visits + 1 :]
        real = [*visits[:-1], *contacts[:-1]]
        with serving(Path(folder) / "web.log") as server, chromium() as browser:
            at = f"http://127.0.0.1:{server.port}"
            told = runs.run(browser, at, who, real)
            runs.forgets(browser, at, who, visits[-1])
            runs.without_a_key(browser, at, who, contacts[-1])
        with ground.as_owner() as database:
            arrived = [note.arrived(database) for note in real]
            controls = {
                FORGETS: visits[-1].arrived(database) == (0, 0),
                KEYLESS: contacts[-1].arrived(database)[1] > 1,
            }
    return concluded(told, arrived, controls, seed=options.seed)


def concluded(told: Any, arrived: list[tuple[int, int]], controls: dict[str, bool], *, seed: int) -> Proof:
    """`arrived`: of each note, how often its text stands, and how often its form was recorded."""
    lost = sum(stands == 0 for stands, _ in arrived)
    doubled = sum(of_form > 1 for _, of_form in arrived)
    figures = {
        "runs": len(arrived),
        "arrived": sum(one == (1, 1) for one in arrived),
        "lost": lost,
        "doubled": doubled,
        "unsaid": len(told.wrong),
        "kinds": told.runs,
    }
    found = [{"fault": "F2", "words": words, "seed": seed} for words in told.wrong[:20]]
    if lost or doubled:
        found.append({"fault": "F2", "words": f"{lost} lost, {doubled} doubled", "seed": seed})
    says = (
        f"{len(arrived)} notes were typed on a phone whose signal went at {len(told.runs)} steps: "
        f"{figures['arrived']} arrived once, {lost} were lost, {doubled} doubled.",
        f"Of {figures['unsaid'] or 'none'} the phone did not say how it stood.",
    )
    return Proof("signal", seed, figures, controls, found, says)
