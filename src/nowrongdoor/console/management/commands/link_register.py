"""./nwd manage link_register FILE --map MAP --agency NAME: a partner's register beside our people."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError

from nowrongdoor.console import comparing, registering
from nowrongdoor.console.registering import Counts, Job
from nowrongdoor.kernel.now import now
from nowrongdoor.linkage import extract_map
from nowrongdoor.linkage import register as linkage
from nowrongdoor.linkage.extract import Extract
from nowrongdoor.linkage.reading import CannotRead
from nowrongdoor.linkage.register import Beside, KnownPeople
from nowrongdoor.reading import registers as reading
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.matching.model import Model

WIDE = 24


class Command(BaseCommand):
    help = (
        "Compares a partner's register (CSV or Parquet) with the people known here and puts what is alike "
        "before the records steward. Nothing is linked by itself. Stopped and begun again, it goes on."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--map", type=Path, required=True, help="which column is what: part,column")
        parser.add_argument("--agency", required=True, help="whose register it is")
        parser.add_argument("--report", type=Path, help="where refused rows are told; else beside the file")
        parser.add_argument("--dry-run", action="store_true", help="tell what would be found, write nothing")
        parser.add_argument("--steward", default="", help="the name of the records steward; else the first")
        parser.add_argument("--memory", default="2GB", help="what the comparing may hold in memory")
        parser.add_argument("--spark", default="", metavar="MASTER", help="pair on this Spark, not here")
        parser.add_argument("--folder", type=Path, help="where our people lie meanwhile; Spark reads it too")
        parser.add_argument("--json", action="store_true", help="print the counts as JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file {path}.")
        report = options["report"] or path.with_name(f"{path.name}.refused.csv")
        try:
            extract = Extract(path, extract_map.read(options["map"]))
            by = comparing.steward(options["steward"], at=at)
            agency_id = _agency(options["agency"])
            with (
                report.open("w", encoding="utf-8", newline="") as told,
                TemporaryDirectory(prefix="nwd-register-", dir=options["folder"]) as folder,
            ):
                job = Job(extract, agency_id, by, at, told, is_dry=options["dry_run"])
                known = registering.known_people(Path(folder))
                with _beside(known, reading.model(at=at), options) as beside:
                    counts = job.run(beside, tell=_bar(extract.lines()))
        except CannotRead as fault:
            raise CommandError(str(fault)) from fault
        except Refused as refusal:
            raise CommandError(refusal.words) from refusal
        except KeyboardInterrupt as stop:
            raise CommandError("\nStopped. The same command goes on from here.") from stop
        except OSError as fault:
            raise CommandError(f"{fault.filename} cannot be written: {fault.strerror}.") from fault
        self._say(counts, report, is_dry=options["dry_run"], as_json=options["json"])

    def _say(self, counts: Counts, report: Path, *, is_dry: bool, as_json: bool) -> None:
        if as_json:
            import json

            self.stdout.write(json.dumps(vars(counts) | {"report": str(report)}))
            return
        if counts.went_on_from:
            self.stdout.write(f"Went on after {counts.went_on_from:,} batches that were done before.")
        would = "would be " if is_dry else ""
        self.stdout.write(
            f"{counts.rows:,} rows: {counts.refused:,} refused, {counts.known:,} linked already, "
            f"{counts.alone:,} like nobody here.\n"
            f"{counts.proposed:,} {would}proposed as very likely, {counts.to_look_at:,} to look at; "
            f"{counts.asked_before:,} were asked about before. Nothing is linked until the steward says so."
        )
        if counts.refused:
            self.stdout.write(f"Each refused row with its column and reason: {report}")


@contextmanager
def _beside(known: KnownPeople, model: Model, options: dict[str, Any]) -> Iterator[Beside]:
    """Our people where a register is compared with them: on this machine, or on a cluster of Spark's."""
    if not options["spark"]:
        try:
            yield linkage.on_duckdb(known, model, memory=options["memory"])
        except ImportError as fault:
            raise CommandError("This needs Splink and DuckDB: install the extra `register`.") from fault
        return
    try:
        from pyspark.sql import SparkSession
    except ImportError as fault:
        raise CommandError(
            "This needs Spark's own Python package, pyspark, in the version of the cluster."
        ) from fault
    session = SparkSession.builder.master(options["spark"]).appName("nwd link_register").getOrCreate()
    try:
        yield linkage.on_spark(known, model, session)
    finally:
        session.stop()


def _agency(name: str) -> UUID:
    found = reading.agency_named(name)
    if found is None:
        raise CommandError(f"There is no agency {name} here.")
    return found


def _bar(lines: int) -> Callable[[Counts], None]:
    """How far it is, on one line that is written over; how many rows a second, once that can be told."""
    began = time.monotonic()

    def tell(counts: Counts) -> None:
        share = min(counts.rows / max(lines, 1), 1.0)
        done = round(share * WIDE)
        speed = counts.rows / max(time.monotonic() - began, 0.001)
        sys.stderr.write(
            f"\r[{'#' * done}{'.' * (WIDE - done)}] {share:4.0%}  {counts.rows:,} rows, {speed:,.0f} a second"
        )
        sys.stderr.write("\n" if share >= 1 else "")
        sys.stderr.flush()

    return tell
