"""./nwd manage clear-drafts: throws away what was typed, not sent, and not touched for long."""

from typing import Any

from django.core.management.base import BaseCommand

from nowrongdoor.journeys import drafts
from nowrongdoor.kernel.now import now
from nowrongdoor.rules.draft import kept_for


class Command(BaseCommand):
    help = "Throws away drafts that nobody has touched for as long as drafts are kept; no record is touched."

    def handle(self, *args: Any, **options: Any) -> None:
        at = now()
        cleared = drafts.clear(at=at)
        days = kept_for(at=at).days
        self.stdout.write(f"Drafts not touched for {days} days and cleared: {cleared:,}.")
