"""Every journey test stands in a small place, and leaves journal and rows telling one story."""

from typing import Any

import pytest

from tests.parity.journal import journal_and_rows_tell_one_story, touches_nothing
from tests.worlds.small_place import SmallPlace

__all__ = ["journal_and_rows_tell_one_story", "place", "touches_nothing"]


@pytest.fixture
def place(db: None, settings: Any) -> SmallPlace:
    settings.NWD_SENDERS = {"text": "shown", "email": "shown"}
    return SmallPlace.begin()
