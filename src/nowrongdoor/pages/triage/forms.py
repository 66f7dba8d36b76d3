"""What whoever triages fills in: one decision, or the answer to an offer, and only what it needs."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms

from nowrongdoor.nhsuk import code_words, team_choices
from nowrongdoor.nhsuk.fields import Choice, PlainText, Words
from nowrongdoor.nhsuk.hidden import NewKey, Seen
from nowrongdoor.pages.triage.wording import ANSWERS, DECISIONS, WAITS_FOR, within
from nowrongdoor.reading.open_teams import OpenTeam
from nowrongdoor.rules import advising, law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.triage import Decision
from nowrongdoor.rules.words import PromiseKind

ASKED = "Choose what you decide"
NOT_IN_THE_LIST = "Choose one of those in the list"
# Which boxes each decision reads, from the top of the page down; the others may hold anything, or nothing.
NEEDED = {
    "accept": ("urgency", "why", "needs"),
    "hand": ("to_team", "ask", "urgency", "why", "needs"),
    "ask": ("question",),
    "advise": ("advice_told", "advice_told_by", "urgency", "why", "needs"),
    "duplicate": ("other", "duplicate_told", "duplicate_told_by"),
}
ANSWER_NEEDED = {"accept": ("read_back",), "decline": ("reason", "next_team")}
# The boxes that hold someone's own words, to be shown back when a colleague was first.
TYPED = frozenset(
    {"why", "why_not_usual", "ask", "summary", "done", "watch_for", "told", "asked_of", "question"}
    | {"why_not_advised_words"}
    | {"advice_told", "duplicate_told", "read_back", "reason_words"}
)
MISSING = {
    "urgency": "Choose how soon a response is needed",
    "needs": "Choose at least one need, or 'Something else'",
    "why": "Say why: what you know that decides how soon and for what",
    "to_team": "Choose the team you are asking",
    "ask": "Say what you are asking the team to do",
    "asked_of": "Say who is being asked",
    "question": "Say what you need to know, or why you wait for the person",
    "advice_told": "Say what the person was told",
    "advice_told_by": "Choose who told them",
    "other": "Choose the referral that this is the same as",
    "duplicate_told": "Say what the person was told",
    "duplicate_told_by": "Choose who told them",
    "read_back": "Say in one line what your team will do",
    "reason": "Choose why your team cannot take this on",
    "next_team": "Name the team that is asked next. A no on its own would leave nobody to answer",
}


class Decide(forms.Form):
    """
    `seen` is the version of the referral that was on the screen; `act_id` makes sending twice one act;
    `advised` names what the page has advised about the discipline, so that it advises once.
    """

    seen = forms.IntegerField(widget=forms.HiddenInput)
    act_id = forms.UUIDField(widget=forms.HiddenInput)
    advised = forms.CharField(widget=forms.HiddenInput, required=False)
    decision = forms.ChoiceField(
        label="What do you decide?",
        choices=DECISIONS,
        error_messages={"required": ASKED, "invalid_choice": ASKED},
    )
    urgency = forms.ChoiceField(label="How soon is a response needed?", required=False)
    needs = forms.MultipleChoiceField(label="Which needs? Choose all that apply", required=False)
    why = Words(label="Why: what you know that decides this")
    why_not_usual = PlainText(label="If you decide all the same: why, in a line", what="why you decide")
    saw_advice = forms.BooleanField(widget=forms.HiddenInput, required=False)
    why_not_advised = forms.ChoiceField(
        label="If you decide otherwise than guidance advises: why?", required=False
    )
    why_not_advised_words = PlainText(label="In a line, if the list does not say it", what="why you decide")
    to_team = forms.ChoiceField(label="Which team?", required=False)
    service = forms.ChoiceField(label="For which service?", required=False)
    ask = Words(label="What are you asking them to do?")
    summary = Words(label="What has happened, in short")
    done = Words(label="What has been done so far")
    watch_for = Words(label="What to watch for, and what to do then")
    told = Words(label="What the person knows and wants")
    sharing_basis = forms.ChoiceField(label="On what ground is this shared?", required=False)
    waits_for = forms.ChoiceField(
        label="What do you wait for?", choices=WAITS_FOR, initial=PromiseKind.INFORMATION, required=False
    )
    asked_of = PlainText(label="Who is being asked?", what="who is being asked")
    question = Words(label="What do you need to know, or why do you wait for the person?")
    within = forms.ChoiceField(label="By when, or until when?", required=False)
    advice_told = Words(label="What was the person told?")
    advice_told_by = forms.ChoiceField(label="Who told them?", required=False)
    other = forms.ChoiceField(label="Which referral is this the same as?", required=False)
    duplicate_told = Words(label="What was the person told?")
    duplicate_told_by = forms.ChoiceField(label="Who told them?", required=False)

    def __init__(
        self,
        *args: Any,
        teams: Iterable[OpenTeam],
        others: list[tuple[str, str]],
        at: datetime,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.teams = tuple(teams)
        told_by = code_words.choices("told_by", at=at)
        standing = law.response_times(on=local_date(at))
        self.fields["urgency"].choices = [(one.code, one.label) for one in standing]
        self.fields["needs"].choices = code_words.choices("needs", at=at)
        self.fields["to_team"].choices = team_choices.grouped(self.teams)
        self.fields["service"].choices = team_choices.services(self.teams)
        reasons = code_words.choices(advising.REASONS, at=at)
        self.fields["why_not_advised"].choices = [("", "As advised, or not said"), *reasons]
        bases = code_words.choices("sharing_bases", at=at)
        self.fields["sharing_basis"].choices = [("", "Not said"), *bases]
        self.fields["advice_told_by"].choices = told_by
        self.fields["duplicate_told_by"].choices = told_by
        self.fields["other"].choices = others
        self.fields["within"].choices = within(at=at)
        for field in self.fields.values():
            if isinstance(field, forms.ChoiceField) and not field.required:
                field.error_messages["invalid_choice"] = NOT_IN_THE_LIST

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        cleaned["waits_for"] = cleaned.get("waits_for") or str(PromiseKind.INFORMATION)
        # Who waits for the person asks nobody.
        asks = cleaned["waits_for"] == PromiseKind.INFORMATION
        _ask_for(self, NEEDED | ({"ask": ("asked_of", "question")} if asks else {}), cleaned)
        return cleaned

    @property
    def decided(self) -> Decision:
        """How soon, for which needs, and why."""
        kept = self.cleaned_data
        return Decision(
            kept["urgency"],
            tuple(kept["needs"]),
            kept["why"],
            kept["why_not_usual"],
            kept["saw_advice"],
            kept["why_not_advised"],
            kept["why_not_advised_words"],
        )

    @property
    def message(self) -> Message:
        """What the team that is asked will read."""
        kept = self.cleaned_data
        return Message(
            why_urgent=kept["why"],
            summary=kept["summary"],
            done=kept["done"],
            ask=kept["ask"],
            watch_for=kept["watch_for"],
            told=kept["told"],
            sharing_basis=kept["sharing_basis"],
        )

    def due_at(self, *, at: datetime) -> datetime | None:
        """By when an answer is wanted; nothing chosen leaves it to the standard."""
        minutes = self.cleaned_data["within"]
        return at + timedelta(minutes=int(minutes)) if minutes else None

    def team(self) -> UUID:
        return UUID(self.cleaned_data["to_team"])

    def meant(self) -> UUID | None:
        """The service that is chosen, or the only one that the team keeps."""
        chosen = self.cleaned_data.get("service") or ""
        return team_choices.service_meant(self.teams, team_id=self.team(), chosen=chosen)

    def duplicate(self) -> UUID:
        return UUID(self.cleaned_data["other"])


class Answer(forms.Form):
    """
    The answer to an offer that waits for this team. `offer` is the handover, `seen` its version on the
    screen; `act_id` becomes the key of what the answer begins, so that sending twice is one act.
    """

    offer = forms.UUIDField(widget=forms.HiddenInput)
    seen = Seen()
    act_id = NewKey()
    decision = Choice(label="What do you decide?", what="what you decide", required=True, choices=ANSWERS)
    read_back = Words(label="In one line, what will you do?", max_length=2_000)
    reason = Choice(label="Why can your team not take this on?")
    reason_words = Words(label="What should the next team know?", max_length=20_000)
    next_team = Choice(label="Who is asked next?", widget=forms.Select)
    service = Choice(label="For which service?", widget=forms.Select)

    def __init__(self, *args: Any, teams: Iterable[OpenTeam], at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.teams = tuple(teams)
        self.fields["reason"].choices = code_words.choices("return_reasons", at=at)
        self.fields["next_team"].choices = team_choices.grouped(self.teams)
        self.fields["service"].choices = team_choices.services(self.teams)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        _ask_for(self, ANSWER_NEEDED, cleaned)
        return cleaned

    def team(self) -> UUID:
        return UUID(self.cleaned_data["next_team"])

    def meant(self) -> UUID | None:
        """For which service the next team is asked: the one that is chosen, or the only one it keeps."""
        chosen = self.cleaned_data.get("service") or ""
        return team_choices.service_meant(self.teams, team_id=self.team(), chosen=chosen)


def _ask_for(form: forms.Form, needed: dict[str, tuple[str, ...]], cleaned: dict[str, Any]) -> None:
    for name in needed.get(cleaned.get("decision", ""), ()):
        value = cleaned.get(name)
        is_blank = not value.strip() if isinstance(value, str) else not value
        if is_blank and name not in form.errors:
            form.add_error(name, MISSING[name])
