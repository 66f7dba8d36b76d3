"""./nwd manage learn_weights --to FOLDER: learn what each step of agreement weighs, and write it as rows."""

import csv
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from nowrongdoor.kernel.now import now
from nowrongdoor.rules.clock import local_date

TOLD = ("source", "source_date", "verified", "jurisdiction", "valid_from", "valid_to", "licence")
SEED = 4711


class Command(BaseCommand):
    help = "Learns the weights of matching from two invented registers and writes them as dated rows."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--to", type=Path, required=True, help="the folder the two files are written to")
        parser.add_argument("--records", type=int, default=6000, help="records in each register (6,000)")
        parser.add_argument("--seed", type=int, default=SEED)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            from nowrongdoor.linkage import learned
        except ImportError as fault:
            raise CommandError("Learning needs what requirements-linkage.lock holds.") from fault
        today, records, seed = local_date(now()), options["records"], options["seed"]
        model, _ = learned.of_invented(seed, records=records, on=today)
        made = f"by ./nwd manage learn_weights, seed {seed}"
        source = f"Learned from two invented registers of {records} records {made}"
        told = (source, today.isoformat(), "no", "United Kingdom", "2000-01-01", "", "MIT")
        for name, heading, rows in (
            ("match_weights", learned.WEIGHTS, learned.weights(model, records=records)),
            ("match_values", learned.VALUES, learned.values(model)),
        ):
            with (options["to"] / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                lines = csv.writer(file, lineterminator="\n")
                lines.writerow((*heading, *TOLD))
                lines.writerows((*row, *told) for row in rows)
            self.stdout.write(f"{options['to'] / f'{name}.csv'} written.")
