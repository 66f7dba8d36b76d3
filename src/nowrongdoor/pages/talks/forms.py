"""What is asked when somebody is to be rung just to talk, and when a volunteer says what came of it."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.nhsuk.fields import Choice, DateParts, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.nhsuk.times import ClockTime, why_not_on
from nowrongdoor.rules.directory import Service

YES = [("yes", "Yes, they agreed"), ("no", "No, or they were not asked")]


class Ask(forms.Form):
    """Which network, whom to ask for on which number, and when it suits them."""

    talk_id = NewKey()
    promise_id = NewKey()
    service = Choice(label="Which network rings?", what="a network", required=True)
    ask_for = PlainText(label="First name to ask for", required=True, max_length=80)
    number = PlainText(label="Number to ring", required=True, max_length=40)
    safe_to_call = Choice(label="Is it safe to ring this number?", what="whether it is safe", required=True)
    agreed = Choice(
        label="Did they agree that the network is told their first name and number?",
        what="whether they agreed",
        required=True,
        choices=YES,
    )
    clock_from = ClockTime(label="From what time does it suit them?")
    clock_until = ClockTime(label="Until what time?")
    day = DateParts(label="On which day, if not the next time it is that time?", what="day")
    words = Words(label="What would they like to talk about, in their words?", max_length=2_000)

    def __init__(self, *args: Any, networks: Iterable[Service], at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["service"].choices = [(str(one.id), one.name) for one in networks]
        self.fields["safe_to_call"].choices = code_words.choices("safe_to_call", at=at)
        self.fields["ask_for"].error_messages["required"] = "Say whom the volunteer asks for"
        self.fields["number"].error_messages["required"] = "Say which number to ring"

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        day = typed.get("day")
        times = {name: typed.get(name) for name in ("clock_from", "clock_until")}
        if day and not any(times.values()) and not set(times) & set(self.errors):
            self.add_error("clock_until", "Write until what time on that day, like 15:30")
        for name, shown in times.items():
            if day and shown and (why := why_not_on(day, shown)):
                self.add_error(name, why)
        return typed

    def suits(self, *, at: datetime) -> dict[str, datetime | None]:
        """From when and until when: on the day they named, else the next time a clock on the wall shows."""
        first, last, day = (self.cleaned_data[name] for name in ("clock_from", "clock_until", "day"))
        if day:
            begins = wording.on_day(day, first) if first else None
            return {"suits_from": begins, "suits_until": wording.on_day(day, last) if last else None}
        begins = wording.next_at(first, at=at) if first else None
        ends = wording.next_at(last, at=begins or at) if last else None
        return {"suits_from": begins, "suits_until": ends}


class Take(forms.Form):
    """I will ring."""

    seen = Seen()


class Tell(forms.Form):
    """What came of a call: the button that was pressed. Another call has the time of the standard."""

    seen = Seen()
    next_id = NewKey()
    next_promise_id = NewKey()
    came_of = Choice(label="What came of the call?", what="what came of the call", required=True)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["came_of"].choices = code_words.choices("talk_outcomes", at=at)


class Withdraw(forms.Form):
    """Why nobody should ring any more."""

    seen = Seen()
    why = Words(label="Why should nobody ring?", what="why nobody should ring", required=True, max_length=500)


class Worry(forms.Form):
    """What worries a volunteer."""

    contact_id = NewKey()
    callback_id = NewKey()
    words = Words(label="What worries you?", what="what worries you", required=True, max_length=20_000)
