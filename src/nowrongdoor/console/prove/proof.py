"""
What a proof comes to: figures, controls that had to fail, and every violation it found.

It is told in words on the screen and as JSON in a file. A proof that found a violation, or whose
control did not fail, has failed: a check that cannot see the fault proves nothing.
"""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Proof:
    """
    `figures` and `controls` are named for machines, `says` tells the same in sentences.

    A control is true when it failed as it must. A violation says which fault and invariant, and
    with which seed and step it is seen again.
    """

    name: str
    seed: int
    figures: dict[str, Any]
    controls: dict[str, bool]
    violations: list[dict[str, Any]] = field(default_factory=list)
    says: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        return not self.violations and bool(self.controls) and all(self.controls.values())


def conclude(proof: Proof, *, started: datetime, seconds: float, file: str | None) -> int:
    """Tell the proof on the screen, write it to the file if one is named, and give the exit code."""
    print("\n".join(in_words(proof, seconds=seconds)))
    if file:
        told = as_json(proof, started=started, seconds=seconds)
        Path(file).write_text(json.dumps(told, indent=2, ensure_ascii=False, default=str) + "\n", "utf-8")
    return 0 if proof.ok else 1


def as_json(proof: Proof, *, started: datetime, seconds: float) -> dict[str, Any]:
    return {
        "name": proof.name,
        "ok": proof.ok,
        "seed": proof.seed,
        "figures": proof.figures,
        "controls": proof.controls,
        "commit": commit(),
        "started": started.isoformat(),
        "seconds": round(seconds, 1),
        "violations": proof.violations,
    }


def in_words(proof: Proof, *, seconds: float) -> list[str]:
    """The proof as lines for a person."""
    lines = [*proof.says] or [f"{name.replace('_', ' ')}: {value}" for name, value in proof.figures.items()]
    for name, failed in proof.controls.items():
        lines.append(
            f"Control '{name}' failed, as it must."
            if failed
            else f"Control '{name}' PASSED: this proof could not have seen the fault."
        )
    lines += [f"VIOLATION: {violation}" for violation in proof.violations]
    verdict = "holds" if proof.ok else "DOES NOT HOLD"
    return [*lines, f"{proof.name}: {verdict} (seed {proof.seed}, {seconds:.1f} s)."]


def commit() -> str:
    """The commit this was proved of, with a mark when the tree holds changes besides; empty when unknown."""
    here = Path(__file__).parent
    try:
        known = subprocess.run(
            ["git", "describe", "--always", "--abbrev=40", "--exclude=*", "--dirty=-changed"],
            cwd=here, capture_output=True, text=True, check=True, timeout=20,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return ""
    return known.stdout.strip()
