"""
./nwd prove NAME [--json FILE]: prove one property with figures, in words, and fail when it does not hold.

Each proof is a module in `console/prove`, with `add_options(parser)` and `run(options) -> Proof`.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import sys
from pathlib import Path
from time import monotonic
from types import ModuleType

from nowrongdoor.console.prove.proof import conclude
from nowrongdoor.kernel.now import now

PROOFS = {
    "race": "two people act at the same instant: one wins, the other is told who and when",
    "simulate": "whatever anyone does, the invariants hold after every step; planted faults are seen",
    "kill": "whatever is killed at whatever moment, what was acknowledged is there, once and whole",
    "signal": "whatever becomes of the signal, a note typed on a phone arrives, and once",
    "replay": "folding the journal gives the row, for every row",
    "clocks": "every clock is right to the second, and nobody is told late, twice or not at all",
    "handover": "whatever becomes of each message, one team holds; what nobody answers comes back",
    "merge": "whatever is merged and parted: nothing moves, nothing opens, and undoing gives what was",
    "restore": "from a base backup and the archive: the place as it was at a random moment, whole",
    "hostile": "whatever is typed, sent or stored: nothing runs, nothing fails, and no log tells it",
    "matrix": "every address, role and way of standing to somebody: nobody reads what they may not",
    "audit": "whoever was shown is on record and nobody else, and the record is not quietly changed",
    "journal": "nothing in the journal is quietly changed: eight kinds of tampering are each found",
}


def main(arguments: list[str]) -> int:
    """Run one proof; 0 when it holds, 1 when it does not, 2 when it was asked wrongly."""
    if not arguments or arguments[0] not in PROOFS:
        print("\n".join(["Use: ./nwd prove NAME", "", *_known()]), file=sys.stderr)
        return 0 if arguments in (["-h"], ["--help"]) else 2
    name, rest = arguments[0], arguments[1:]
    proof = _module(name)
    if proof is None:
        print(f"'{name}' is not part of this version yet.", file=sys.stderr)
        return 2
    parser = argparse.ArgumentParser(prog=f"nwd prove {name}", description=PROOFS[name])
    parser.add_argument("--json", metavar="FILE", type=Path, help="write the figures there too")
    proof.add_options(parser)
    options = parser.parse_args(rest)
    started, since = now(), monotonic()
    found = proof.run(options)
    return conclude(found, started=started, seconds=monotonic() - since, file=options.json)


def _known() -> list[str]:
    return [f"  {name:<10}{words}" for name, words in PROOFS.items()]


def _module(name: str) -> ModuleType | None:
    full = f"nowrongdoor.console.prove.{name}"
    return importlib.import_module(full) if importlib.util.find_spec(full) else None
