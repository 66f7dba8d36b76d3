"""./nwd manage look-for-patterns: goes through the access log, and asks for a review of what it finds."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandParser

from nowrongdoor.journeys import reviews
from nowrongdoor.kernel.now import now
from nowrongdoor.reading import every_agency, patterns
from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.review import LEAD

# Nobody's act: the journal names the programme, and no member.
WATCH = UUID("3d0c3f0a-0b8e-5e0e-8a53-0d8b7f0f6c02")


class Command(BaseCommand):
    help = "Looks for five patterns in who looked at whom, and asks for a review of each once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--days", type=int, default=2, help="how many days back to go (2)")

    def handle(self, *args: Any, **options: Any) -> None:
        at, count = now(), 0
        since = at - timedelta(days=max(1, min(options["days"], 3_660)))
        for agency_id, name in every_agency.names():
            suspected = patterns.suspected([agency_id], since=since, at=at)
            count += len(suspected)
            by = Viewer(WATCH, "Watch for patterns of looking", LEAD, WATCH, "No team", agency_id, name)
            if suspected:
                reviews.look_into(suspected=suspected, by=by, at=at)
        self.stdout.write(f"Patterns found: {count:,}. Each is asked about once; see Governance.")
