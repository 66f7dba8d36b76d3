"""./nwd manage verify-journal: whether the journal is as it was sealed; names the first break."""

from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from nowrongdoor.console import sealing, verifying
from nowrongdoor.kernel.journal.verifying import how_many, verify

EACH = 5.0  # seconds between lines of progress


class Command(BaseCommand):
    help = "Verifies every chain of the journal and the anchor. Ends with 1, and names the first break."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchor",
            metavar="FILE",
            type=Path,
            help="an anchor to hold the journal against, such as a partner's copy (default: NWD_ANCHOR)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        anchor, of = options["anchor"] or sealing.anchor_path(), how_many()
        missing = anchor is not None and not anchor.exists() and bool(of or options["anchor"])
        began = monotonic()
        said_at = [began]

        def progress(done: int) -> None:
            if monotonic() - said_at[0] >= EACH:
                said_at[0] = monotonic()
                rate = done / (said_at[0] - began)
                self.stdout.write(f"  {done:,} of {of:,} entries ({rate:,.0f} rows/s)")
                self.stdout.flush()

        self.stdout.write(f"Verifying {of:,} sealed entries …")
        found = verify(anchor=anchor if anchor and anchor.exists() else None, progress=progress)
        for line in verifying.told(found, verifying.names(), seconds=monotonic() - began):
            self.stdout.write(line)
        if missing:
            self.stdout.write(f"There is no anchor at {anchor}: it was taken away, or never begun.")
        if missing or not found.holds:
            raise SystemExit(1)
