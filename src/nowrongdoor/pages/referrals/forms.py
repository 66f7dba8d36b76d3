"""What is asked when a referral ends or is taken up again, and when a promise is kept or let go."""

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from django import forms

from nowrongdoor.nhsuk import code_words
from nowrongdoor.nhsuk.fields import Choice, Words
from nowrongdoor.nhsuk.happened import Happened
from nowrongdoor.nhsuk.hidden import NewKey, RowKey, Seen


class Act(forms.Form):
    """An act that needs no words, only the version that was seen."""

    seen = Seen()


class AcceptReHomed(forms.Form):
    """The team takes on who was re-homed to it, and says in a line what it will do."""

    re_homing_id = RowKey(missing="This page is out of date. Open the referral again.")
    seen = Seen()
    read_back = Words(label="In one line, what will you do?", max_length=2_000)


class CareContact(Happened):
    """How and when staff were in touch with the person. Without a time, just now."""

    care_contact_id = NewKey()
    way = Choice(label="How were you in touch?", what="how you were in touch", required=True)
    words = Words(label="What came of it?", required=False, max_length=20_000)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        self.fields["happened_time"].label = "At what time?"
        self.fields["way"].choices = code_words.choices("care_contact_ways", at=at)


class Close(forms.Form):
    """How it ended, and what the person was told. The rules say what must be answered."""

    outcome = Choice(label="How did it end?", what="how it ended", required=True)
    told = Words(label="What was the person told?", max_length=20_000)
    told_by = Choice(label="Who tells them?", what="who tells them", required=True)
    seen = Seen()

    def __init__(self, *args: Any, at: datetime, kinds: Collection[str] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = code_words.endings(kinds, at=at)
        self.fields["told_by"].choices = code_words.choices("told_by", at=at)


class Reopen(forms.Form):
    """Why it is taken up again."""

    holding_id = NewKey()
    why = Words(label="Why is this being reopened?", max_length=20_000)
    seen = Seen()


class Keeping(Happened):
    """
    What came of a promise, and when it was done, where that was not just now. Of whoever was told of a
    service also how that ended, of these `endings`.
    """

    came_of = Choice(
        label="Did they get there, and did it help?", what="what came of it", required=True
    )
    words = Words(label="What came of it?", max_length=20_000)
    seen = Seen()

    def __init__(
        self, *args: Any, at: datetime, endings: Iterable[tuple[str, str]] = (), **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.at = at
        if endings:
            self.fields["came_of"].choices = list(endings)
        else:
            del self.fields["came_of"]


class Ending(forms.Form):
    """What came of a promise, or why it is no longer owed."""

    words = Words(label="What came of it?", max_length=20_000)
    seen = Seen()
