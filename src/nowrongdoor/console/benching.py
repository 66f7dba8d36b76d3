"""./nwd bench NAME: what a part of the product costs, in figures anyone can make again."""

from __future__ import annotations

import argparse
import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any

from nowrongdoor.console.prove.proof import commit
from nowrongdoor.embedded import CannotStart
from nowrongdoor.kernel.now import now

BENCHES = ("screens", "live", "match", "register", "sweep", "guidance", "find", "dispatch", "directory")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./nwd bench", description="Costs, measured.")
    parser.add_argument("name", choices=BENCHES)
    parser.add_argument("--json", dest="file", help="write the figures to this file as well")
    name = arguments[0] if arguments and arguments[0] in BENCHES else BENCHES[0]
    bench = importlib.import_module(f"nowrongdoor.console.bench.{name}")
    bench.add_options(parser)
    asked = parser.parse_args(arguments)
    started, began = now(), time.perf_counter()
    try:
        found = bench.run(asked)
    except CannotStart as refusal:
        print(refusal, file=sys.stderr)
        return 1
    seconds = time.perf_counter() - began
    for miss in found.misses:
        print(f"Not reached: {miss}", file=sys.stderr)
    if asked.file:
        told: dict[str, Any] = {
            "name": name,
            "ok": found.ok,
            "seed": found.seed,
            "figures": found.figures,
            "controls": found.controls,
            "commit": commit(),
            "started": started.isoformat(),
            "seconds": round(seconds, 1),
            "misses": found.misses,
        }
        Path(asked.file).write_text(json.dumps(told, indent=2) + "\n", "utf-8")
    return 0 if found.ok else 1
