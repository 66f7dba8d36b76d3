"""What is asked in a contact. Only the channel and the outcome must be answered."""

from datetime import datetime, timedelta
from typing import Any

from django import forms

from nowrongdoor.nhsuk import code_words, questions, wording
from nowrongdoor.nhsuk.fields import Choice, Choices, DateParts, PlainText, Words
from nowrongdoor.nhsuk.happened import Happened
from nowrongdoor.nhsuk.hidden import NewKey, RowKey, Seen
from nowrongdoor.nhsuk.identity_fields import NAMES, IdentityFields, as_told
from nowrongdoor.nhsuk.team_choices import Grouped
from nowrongdoor.nhsuk.times import ClockTime, why_not_on
from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.contact import NOT_ASKED, QUESTIONS, Said
from nowrongdoor.rules.identity import Asked

SAID = (
    "channel", "caller_kind", "caller_name", "caller_agency", "callback_number", "where",
    "words", "wish", "at_home", "access_needs", "sharing_words",
)  # fmt: skip
# How long a page may lie open and still say when the call began.
STAYS_OPEN = timedelta(days=1)
HANDING_OVER = ("needs", "ask", "to_team", "told", "sharing_basis")
# What only a team that is asked can be told: it is part of the message to them.
FOR_THE_TEAM = ("told", "sharing_basis")
LISTS = {
    "channel": "channels",
    "caller_kind": "caller_kinds",
    "safe_to_call": "safe_to_call",
    "needs": "needs",
    "sharing_basis": "sharing_bases",
    "outcome": "contact_outcomes",
}
NOT_THERE = "The record that was chosen is not here any more. Look for the person again."


class Answer(Choice):
    """An answer to one question of the set. Until someone has asked, it says so; it is never a no."""

    def __init__(self, *, at: datetime, **options: Any) -> None:
        super().__init__(choices=code_words.choices("answers", at=at), initial=NOT_ASKED, **options)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data or NOT_ASKED


class NewContact(Happened, IdentityFields):
    """One page, from the first words to the outcome; what is said of the person is asked on the way."""

    contact_id = NewKey()
    person_id = RowKey(missing=NOT_THERE)
    started_at = forms.CharField(required=False)
    question_set = forms.CharField(required=False)
    words = Words(label="What is happening?", what="what is happening")
    wish = Words(label="What would they like to happen?", max_length=20_000)
    channel = Choice(label="How did they reach us?", what="how they reached us", required=True)
    caller_kind = Choice(label="The caller is")
    caller_name = PlainText(label="Name of the caller, if it is not the person")
    caller_agency = PlainText(label="Which agency or team do they work for?")
    callback_number = PlainText(label="Number to ring back, if we are cut off", max_length=60)
    safe_to_call = Choice(label="Is it safe to ring this number?")
    where = PlainText(label="Where are they now?", max_length=500)
    at_home = Words(label="Who is with them, and who depends on them?", max_length=20_000)
    access_needs = Words(label="What do they need so that we can reach each other?", max_length=20_000)
    sharing_words = Words(label="What was said about sharing this?", max_length=20_000)
    outcome = Choice(label="What came of it?", what="what came of this contact", required=True)
    callback_time = ClockTime(label="Ring back at")
    needs = Choices(label="Needs, as far as they are known")
    ask = Words(label="What do you ask the team to do?", max_length=20_000)
    to_team = Choice(label="Which team do you ask?", widget=forms.Select)
    told = Words(label="What were they told will happen next?", max_length=20_000)
    sharing_basis = Choice(label="On what ground is this shared?", widget=forms.Select)
    phone = None  # the number to ring back is the number we look for

    def __init__(self, *args: Any, at: datetime, teams: Grouped, **options: Any) -> None:
        super().__init__(*args, at=at, **options)
        for field, name in LISTS.items():
            self.fields[field].choices = code_words.choices(name, at=at)
        self.fields["sharing_basis"].choices = [("", "Not said"), *code_words.choices("sharing_bases", at=at)]
        self.fields["to_team"].choices = teams
        self.fields["name"].label = "Name of the person"
        self.fields["postcode"].label = "Their home postcode"
        self.fields["address"].label = "Their home address"
        # A form that was opened before the questions changed goes on with those it has shown.
        self.asked_set = law.question_set(str(self.data.get("question_set", ""))) or law.questions(
            QUESTIONS, on=local_date(at)
        )
        self.fields["question_set"].initial = self.asked_set.version
        for question in self.asked_set.questions:
            self.fields[_box(question)] = Answer(at=at, label=question.words)

    def clean_started_at(self) -> datetime:
        """When the page was opened; a start that cannot be read, lies ahead or long ago, is now."""
        try:
            started = datetime.fromisoformat(self.cleaned_data["started_at"])
        except ValueError:
            return self.at
        if started.tzinfo is None or not self.at - STAYS_OPEN < started < self.at:
            return self.at
        return started

    @property
    def few_questions(self) -> list[tuple[forms.BoundField, str]]:
        """Each question with its answers, and why we ask it."""
        return [(self[_box(one)], questions.why(one)) for one in self.asked_set.questions]

    def clean(self) -> dict[str, Any]:
        answers = super().clean() or self.cleaned_data
        if answers.get("outcome") == "callback_booked" and not (
            answers.get("callback_time") or "callback_time" in self.errors
        ):
            self.add_error("callback_time", "Say when they will be rung back")
        if happened := self.happened_at():
            answers["started_at"] = happened
        written = any(answers.get(name) for name in HANDING_OVER)
        if written and answers.get("outcome") and not self.hands_over:
            self.add_error(
                "outcome",
                "You wrote what is needed from a team, but nobody would hold it with this outcome. Choose "
                "‘Handed over to a team’, name the team to ask, or clear section 9.",
            )
        elif any(answers.get(name) for name in FOR_THE_TEAM) and not answers.get("to_team"):
            self.add_error(
                "to_team",
                "The team you ask reads what they were told and the ground for sharing. "
                "Name it, or clear them.",
            )
        return answers

    @property
    def hands_over(self) -> bool:
        """A referral comes of it: the outcome says so, or a team is asked."""
        answers = self.cleaned_data
        return answers.get("outcome") == "handed_over" or bool(answers.get("to_team"))

    def asked(self) -> Asked:
        """What was said of the person, the number they ring from included."""
        known = {name: self.cleaned_data.get(name) for name in NAMES if self.cleaned_data.get(name)}
        return Asked(
            **known, phone=self.cleaned_data.get("callback_number", ""), born_partly=self.born_partly()
        )

    def said(self) -> Said:
        """What was said and asked. Whom it was about stays in the record even when nobody looked for them."""
        answers = self.cleaned_data
        return Said(
            **{name: answers[name] for name in SAID},
            safe_to_call=answers["safe_to_call"] or NOT_ASKED,
            about="" if answers["person_id"] else as_told(self.asked_without_number()),
            answers={one.code: answers[_box(one)] or NOT_ASKED for one in self.asked_set.questions},
            question_set=self.asked_set.version,
        )

    def asked_without_number(self) -> Asked:
        known = {name: self.cleaned_data[name] for name in NAMES if self.cleaned_data.get(name)}
        return Asked(**known, born_partly=self.born_partly())

    def callback_due_at(self) -> datetime | None:
        """When they will be rung back: only where a call back was booked, for the next time it is so."""
        clock = self.cleaned_data["callback_time"]
        booked = self.cleaned_data["outcome"] in ("callback_booked", "caller_lost")
        return wording.next_at(clock, at=self.at) if clock and booked else None

    def judge_only(self, *names: str) -> None:
        """Nobody has sent this yet: only these answers are looked at, the rest is kept as typed."""
        self.full_clean()
        for name in [one for one in self.errors if one not in names]:
            del self._errors[name]


def _box(question: law.Question) -> str:
    return f"answer_{question.code}"


class Link(IdentityFields):
    """Whom a contact was about, looked for by what is known now."""

    seen = Seen()


class Close(forms.Form):
    """What came of a contact in the end."""

    outcome = Choice(label="What came of this contact?", what="what came of this contact", required=True)
    words = Words(label="Anything to add", max_length=20_000)
    seen = Seen()

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = code_words.choices("contact_outcomes", at=at, but_not="callback")


NO_SERVICE = "This service is not in the directory any more. Find another"


BY_TEXT = [("yes", "Yes, and nobody else reads their texts"), ("no", "No, or they were not asked")]


class Signpost(forms.Form):
    """Of what somebody was told, and whether and when they want to be asked how it went."""

    signpost_id = NewKey()
    promise_id = NewKey()
    service = RowKey(missing=NO_SERVICE)
    words = Words(label="What did you tell them?", max_length=20_000, required=True)
    ask_after = Choice(
        label="Do they want to be asked afterwards how it went?",
        what="whether they want to be asked afterwards",
        required=True,
    )
    clock_time = ClockTime(label="By what time do you ask them?")
    day = DateParts(label="On which day, if not the next time it is that time?", what="day")

    leaflet = Choice(
        label="Would they like it by text as well?", what="whether they would like it", choices=BY_TEXT
    )

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["words"].error_messages["required"] = "Say what you told them"
        self.fields["ask_after"].choices = code_words.choices("ask_after", at=at)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        day, shown = typed.get("day"), typed.get("clock_time")
        if typed.get("service") is None and "service" not in self.errors:
            self.add_error(None, NO_SERVICE)
        if day and shown is None and "clock_time" not in self.errors:
            self.add_error("clock_time", "Write by what time on that day, like 15:30")
        elif day and shown and (why := why_not_on(day, shown)):
            self.add_error("clock_time", why)
        return typed

    def told(self, *, at: datetime) -> dict[str, Any]:
        """What the act asks for. A time alone is the next time the clock on the wall shows it."""
        typed = self.cleaned_data
        shown, day = typed["clock_time"], typed["day"]
        ask_at = (wording.on_day(day, shown) if day else wording.next_at(shown, at=at)) if shown else None
        names = ("signpost_id", "promise_id", "words", "ask_after")
        told = {name: typed[name] for name in names} | {"service_id": typed["service"], "ask_at": ask_at}
        return told | {"sends_leaflet": typed["leaflet"] == "yes"}
