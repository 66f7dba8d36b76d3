"""What is asked when a crew is put on, a visit is asked for, given, ended, taken back or stood down."""

from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django import forms

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.nhsuk.fields import Choice, Choices, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.nhsuk.team_choices import Grouped
from nowrongdoor.nhsuk.times import ClockTime
from nowrongdoor.rules import pairing, skill_kinds, travelling
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.crew import Seating
from nowrongdoor.rules.visit_record import Asked

MINUTES = (
    ("30", "30 minutes"), ("45", "45 minutes"), ("60", "1 hour"), ("90", "1 hour 30"), ("120", "2 hours"),
)  # fmt: skip
BY_WHEN = (
    ("", "Within two hours (the standard)"),
    ("30", "Within 30 minutes"),
    ("60", "Within an hour"),
    ("240", "Within 4 hours"),
    ("1440", "Within 24 hours"),
)
HOURS = tuple((str(n), f"{n} hours") for n in range(2, 15, 2))
SLOTS = (1, 2)
MEET = "At what time do you meet at the door?"


class Ask(forms.Form):
    """What the visit is for, where, by when, and who must go."""

    visit_id = NewKey()
    need = Words(
        label="What is the visit for?", what="what the visit is for", required=True, max_length=5_000
    )
    due = Choice(label="By when?", what="by when", widget=forms.Select)
    place = PlainText(label="Where is the person?", required=True, max_length=300,
                      error_messages={"required": "Write where the person is"})  # fmt: skip
    area = Choice(label="In which area?", what="the area", required=True, widget=forms.Select)
    access_words = Words(label="How to get in, and what to mind there", max_length=2_000)
    minutes = Choice(
        label="How long is it likely to take?", what="how long", required=True, widget=forms.Select
    )
    skills = Choices(label="What must whoever goes be able to do?")
    pair_rules = Choices(label="Why should two go?")
    wish_gender = Choice(label="Did they ask for a woman or a man?", widget=forms.Select)
    wish_language = Choice(label="Did they ask for a language?", widget=forms.Select)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at, on = at, local_date(at)
        self.fields["due"].choices = BY_WHEN
        self.fields["area"].choices = [
            ("", "Choose an area"), *((one.code, one.label) for one in travelling.areas(on=on))
        ]  # fmt: skip
        self.fields["minutes"].choices = MINUTES
        self.fields["skills"].choices = code_words.choices("visit_skills", at=at)
        self.fields["pair_rules"].choices = [(one.code, one.label) for one in pairing.rules(on=on)]
        self.fields["wish_gender"].choices = _or_none("crew_genders", "They did not ask", at=at)
        self.fields["wish_language"].choices = _or_none("crew_languages", "They did not ask", at=at)

    def asked(self) -> Asked:
        typed = self.cleaned_data
        due = self.at + timedelta(minutes=int(typed["due"])) if typed["due"] else None
        return Asked(
            typed["need"], typed["place"], typed["area"], typed["access_words"], tuple(typed["skills"]),
            int(typed["minutes"]), tuple(typed["pair_rules"]), typed["wish_gender"], typed["wish_language"],
            due,
        )  # fmt: skip


class AskAlong(forms.Form):
    """Which team, what for, and when both meet at the door, where that is not said already."""

    half_id = NewKey()
    seen = Seen()
    team = Choice(label="Which team?", what="a team", required=True, widget=forms.Select)
    need = Words(
        label="What should they come along for?", what="what they should come along for", required=True,
        max_length=5_000,
    )  # fmt: skip
    meet_at = ClockTime(label=MEET)

    def __init__(self, *args: Any, teams: Grouped, is_met: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["team"].choices = teams
        if is_met:
            del self.fields["meet_at"]

    def asked(self, *, at: datetime) -> dict[str, Any]:
        typed = self.cleaned_data
        meet_at = meets(typed.get("meet_at"), at=at)
        return {"team_id": UUID(typed["team"]), "need": typed["need"], "meet_at": meet_at}


class Meet(forms.Form):
    """When both crews meet at the door, said anew; and the version that was seen."""

    meet_at = ClockTime(label=MEET)
    seen = Seen()


class Others(forms.Form):
    """Who else was asked by telephone: a line that may be taken out; and the version that was seen."""

    words = Words(label="Who was asked, who answered, and when do they come?", max_length=2_000)
    seen = Seen()


class PutOn(forms.Form):
    """A crew from now on: its name, where it sets off from and how, until when, and who is in it."""

    crew_id = NewKey()
    name = PlainText(label="What is the crew called?", required=True, max_length=60,
                     error_messages={"required": "Write what the crew is called, like Crew 1"})  # fmt: skip
    base = Choice(label="Where does it set off from?", what="an area", required=True, widget=forms.Select)
    travel = Choice(label="How does it travel?", what="how it travels", required=True, widget=forms.Select)
    device = PlainText(label="Which alarm does it carry?", max_length=60)
    hours = Choice(label="For how long, from now?", what="for how long", required=True, widget=forms.Select)

    def __init__(self, *args: Any, members: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        on = local_date(at)
        self.fields["base"].choices = [
            ("", "Choose an area"), *((one.code, one.label) for one in travelling.areas(on=on))
        ]  # fmt: skip
        self.fields["travel"].choices = code_words.choices("travel_modes", at=at)
        self.fields["hours"].choices = HOURS
        people = [("", "Nobody"), *((str(key), name) for key, name in members)]
        # A power is held, with its days, and is nobody's word for a shift.
        said = [
            one for one in code_words.choices("visit_skills", at=at) if one[0] not in skill_kinds.by_law()
        ]
        for n in SLOTS:
            self.fields[f"member_{n}"] = Choice(
                label="Who goes?" if n == 1 else "Who goes with them?", what="who goes", required=n == 1,
                widget=forms.Select, choices=people,
            )  # fmt: skip
            self.fields[f"role_{n}"] = Choice(
                label="As what?", what="as what they go", widget=forms.Select,
                choices=code_words.choices("crew_roles", at=at),
            )  # fmt: skip
            self.fields[f"skills_{n}"] = Choices(
                label="What else can they do, on this shift?", choices=said
            )
            self.fields[f"gender_{n}"] = Choice(
                label="For whoever asks for a woman or a man", widget=forms.Select,
                choices=_or_none("crew_genders", "Not said", at=at),
            )  # fmt: skip
            self.fields[f"languages_{n}"] = Choices(
                label="Which languages beside English?", choices=code_words.choices("crew_languages", at=at)
            )

    @property
    def slots(self) -> list[dict[str, Any]]:
        names = ("member", "role", "skills", "gender", "languages")
        return [{name: self[f"{name}_{n}"] for name in names} for n in SLOTS]

    def seatings(self) -> list[Seating]:
        typed = self.cleaned_data
        return [
            Seating(
                UUID(typed[f"member_{n}"]), typed[f"role_{n}"], tuple(typed[f"skills_{n}"]),
                typed[f"gender_{n}"], tuple(typed[f"languages_{n}"]),
            )
            for n in SLOTS
            if typed[f"member_{n}"]
        ]  # fmt: skip


class Why(forms.Form):
    """A reason, for whoever stands in; and the version that was seen."""

    words = Words(label="Why?", what="why", required=True, max_length=5_000)
    seen = Seen()


class Finish(forms.Form):
    """What came of the visit, what comes next, and what happened in words: sent once."""

    outcome = Choice(label="What came of it?", what="what came of it", required=True)
    next_step = Choice(label="What comes next?", what="what comes next")
    words = Words(label="What happened, what matters to them, and what was agreed?", what="what happened",
                  required=True, max_length=20_000)  # fmt: skip
    seen = Seen()

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["outcome"].choices = code_words.choices("visit_outcomes", at=at)
        self.fields["next_step"].choices = code_words.choices("visit_next_steps", at=at)


def meets(shown: time | None, *, at: datetime) -> datetime | None:
    """The next time a clock on the wall shows that; None where none was written."""
    return wording.next_at(shown, at=at) if shown else None


def _or_none(name: str, none: str, *, at: datetime) -> list[tuple[str, str]]:
    return [("", none), *code_words.choices(name, at=at)]
