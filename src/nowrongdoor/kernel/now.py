"""The only reader of the system clock. Front doors call it once and pass the instant down."""

from datetime import UTC, datetime


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)
