"""What the timeline says of an entry whose words were erased."""

from uuid import uuid4

import pytest

from nowrongdoor.pages.people import story
from nowrongdoor.reading.person_timeline import Told
from tests.worlds.small_place import NINE


@pytest.mark.parametrize("kind", [*story.SENTENCES, "a.kind_nobody_knows"])
def test_an_entry_that_was_erased_says_so_whatever_it_told(kind):
    told = Told(
        id=uuid4(), kind=kind, subject_id=uuid4(), referral_id=None, happened_at=NINE, was={}, became={}
    )
    assert story.line_of(told, {}, at=NINE) == story.Line("What this entry said was erased.")
