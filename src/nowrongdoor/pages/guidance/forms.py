"""What is asked when guidance is uploaded, looked at by a partner and put live, and when a case is rated."""

from datetime import datetime
from typing import Any

from django import forms

from nowrongdoor.nhsuk.fields import Choice, DateParts, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date

PLACES = [("agency", "For our agency"), ("place", "For the whole place")]
LIVED = [
    ("yes", "Yes, people with lived experience wrote it with us"),
    ("no", "No, nobody with lived experience yet"),
]
LONGEST = 600_000


class Upload(forms.Form):
    """A file from any tool, or its text; for whom, why, and who wrote it too."""

    version_id = NewKey()
    why = Words(label="What is to change, and why?", max_length=5_000)
    written_with = Words(label="Who wrote it with you?", max_length=2_000)
    lived = Choice(
        label="Did people with lived experience write it with you?",
        what="whether people with lived experience wrote it",
        required=True,
        choices=LIVED,
    )
    place = Choice(label="For whom is it?", what="for whom it is", required=True, choices=PLACES)
    text = Words(label="Or its text", max_length=LONGEST)

    def __init__(self, *args: Any, sent: str | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sent = sent

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if "text" not in self.errors and not (typed.get("text") or "").strip():
            self.add_error("text", "Choose a file, or paste its text")
        return typed


class Appraise(forms.Form):
    appraisal_id = NewKey()
    seen = Seen()
    agrees = Choice(
        label="Do you agree that this goes live?",
        what="whether you agree",
        required=True,
        choices=[("yes", "I agree"), ("no", "Not yet")],
    )
    words = Words(label="If not yet: what should be otherwise?", max_length=5_000)


class PutLive(forms.Form):
    seen = Seen()
    live_from = DateParts(label="From which day does it stand?", what="day", required=True)


class Aside(forms.Form):
    seen = Seen()
    words = Words(label="Why is it set aside?", what="why it is set aside", required=True, max_length=5_000)


class Nothing(forms.Form):
    """What is sent with a button alone: the version that was seen."""

    seen = Seen()


class Rate(forms.Form):
    """How soon somebody would respond, from the facts alone."""

    rating_id = NewKey()
    urgency = Choice(label="How soon would you respond?", what="how soon", required=True)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        standing = law.response_times(on=local_date(at))
        self.fields["urgency"].choices = [(one.code, one.label) for one in standing]
