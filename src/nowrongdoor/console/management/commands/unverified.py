"""./nwd manage unverified: every standard and code list entry that nobody has checked at its source."""

from typing import Any

from django.core.management.base import BaseCommand

from nowrongdoor.rules.law import unverified


class Command(BaseCommand):
    help = "Lists every row of law, standards and code lists that has not been verified at its source."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        found = unverified.listed()
        for file, label, source in found:
            self.stdout.write(f"{file}: {label} – {source}")
        count = len(found)
        self.stdout.write(f"{count} rows are not verified. Check each at its source before relying on it.")
