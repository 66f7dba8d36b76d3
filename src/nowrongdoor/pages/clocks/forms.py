"""What is asked of whoever replies to something that was escalated."""

from datetime import datetime

from django import forms

from nowrongdoor.nhsuk import wording
from nowrongdoor.nhsuk.fields import Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.nhsuk.times import ClockTime


class Reply(forms.Form):
    """What is done, who disagreed, whether the person knows, and when it is looked at again."""

    reply_id = NewKey()
    decision = Words(
        label="What is being done about it?", what="what is being done", required=True, max_length=20_000
    )
    dissent = Words(label="Did anyone disagree? Who, and why?", what="who disagreed", max_length=20_000)
    told = Words(
        label="What was the person told?", what="what the person was told", required=True, max_length=20_000
    )
    clock_time = ClockTime(label="By what time do you look at it again?")
    seen = Seen()

    def rests_until(self, *, at: datetime) -> datetime | None:
        """The next time the clock on the wall shows it; none leaves it to the ladder."""
        shown = self.cleaned_data["clock_time"]
        return wording.next_at(shown, at=at) if shown else None
