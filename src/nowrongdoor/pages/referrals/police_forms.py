"""What is asked when the police are asked, when something new is said, and when we do not agree."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from django import forms

from nowrongdoor.nhsuk import code_words, questions
from nowrongdoor.nhsuk.fields import Choice, PlainText, Words
from nowrongdoor.nhsuk.happened import Happened
from nowrongdoor.nhsuk.hidden import NewKey, RowKey, Seen
from nowrongdoor.nhsuk.team_choices import Grouped
from nowrongdoor.rules import law
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.handover import Message
from nowrongdoor.rules.intake import NewOffer, NewReferral
from nowrongdoor.rules.law import forces
from nowrongdoor.rules.police_advice import NOT_ASKED, QUESTIONS, Told
from nowrongdoor.rules.police_decision import PoliceCall, PoliceDecision

NOT_THERE = "Open this page again: what it was about is not here any more."
LONGEST = 24 * 60
NOBODY = [("", "Choose")]
NUMBERS = {"arrives_minutes": "35", "safe_minutes": "60", "recheck_minutes": "45"}


class Answer(Choice):
    """An answer to one question. Until someone has asked, it says so; it is never a no."""

    def __init__(self, *, at: datetime, **options: Any) -> None:
        super().__init__(choices=code_words.choices("answers", at=at), **options)

    def bound_data(self, data: Any, initial: Any) -> Any:
        return data or initial or NOT_ASKED


class Asking(forms.Form):
    """The fixed questions, each with why it is asked; answered as before where that is known."""

    follows_id = RowKey(missing=NOT_THERE)
    question_set = forms.CharField(required=False)

    def __init__(self, *args: Any, before: PoliceDecision | None, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        asked = law.question_set(str(self.data.get("question_set", "")))
        if asked is None or asked.name != QUESTIONS:
            asked = law.questions(QUESTIONS, on=local_date(at))
        self.asked_set = asked
        self.fields["question_set"].initial = asked.version
        self.fields["follows_id"].initial = before.id if before else None
        known = before.answers if before else {}
        for one in asked.questions:
            self.fields[_box(one)] = Answer(at=at, label=one.words, initial=known.get(one.code, NOT_ASKED))

    @property
    def few_questions(self) -> list[tuple[forms.BoundField, str]]:
        """Each question with its answers, and why we ask it."""
        return [(self[_box(one)], questions.why(one)) for one in self.asked_set.questions]

    def answers(self) -> dict[str, str]:
        typed = self.cleaned_data
        return {one.code: typed.get(_box(one)) or NOT_ASKED for one in self.asked_set.questions}


class Decide(Asking):
    """Which call it is, what is known, what the police answered, and who goes."""

    decision_id = NewKey()
    force = Choice(label="Which police force?", widget=forms.Select)
    category = Choice(label="What is the call about?", widget=forms.Select)
    sector = Choice(label="Who asks?", widget=forms.Select)
    age = PlainText(label="How old are they?", max_length=20)
    outcome = Choice(label="What did the police answer?", what="what the police answered")
    reason = Choice(label="Why?", what="why", widget=forms.Select)
    words = Words(label="What did they say?", max_length=5_000)
    log_reference = PlainText(label="Number of the police log", max_length=60)
    accepted_by = PlainText(label="Who of the team that holds them has accepted?")
    going = PlainText(label="Who goes to them, or rings them?")
    arrives_minutes = PlainText(label="In how many minutes are they there?", max_length=20)
    safe_minutes = PlainText(label="Within how many minutes must somebody be with them?", max_length=20)
    told = Choice(label="Does the caller know whether the police come?", what="whether the caller was told")
    call_back_when = PlainText(label="When do they ring again at once?", max_length=500)
    recheck_minutes = PlainText(label="In how many minutes do we look again?", max_length=20)

    def __init__(self, *args: Any, before: PoliceDecision | None, at: datetime, **options: Any) -> None:
        super().__init__(*args, before=before, at=at, **options)
        codes = code_words.choices
        self.fields["force"].choices = [("", "Not known"), *forces.labels().items()]
        self.fields["category"].choices = [("", "Not known"), *codes("police_categories", at=at)]
        self.fields["sector"].choices = [("", "Not known"), *codes("referrer_sectors", at=at)]
        self.fields["reason"].choices = [*NOBODY, *_reasons(at)]
        self.fields["outcome"].choices = codes("police_outcomes", at=at)
        self.fields["told"].choices = codes("police_told", at=at)
        if before is not None:
            for name in ("force", "category", "sector", "log_reference", "call_back_when"):
                self.fields[name].initial = getattr(before, name)
            self.fields["age"].initial = "" if before.age is None else str(before.age)

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        for name, most in ((*((one, LONGEST) for one in NUMBERS), ("age", 130))):
            typed[name] = self._number(name, typed.get(name) or "", most)
        return typed

    def _number(self, name: str, text: str, most: int) -> int | None:
        if not text:
            return None
        least = 0 if name == "age" else 1
        if text.isascii() and text.isdecimal() and len(text) <= 4 and least <= int(text) <= most:
            return int(text)
        what = "an age, like 44" if name == "age" else f"whole minutes, like {NUMBERS[name]}"
        self.add_error(name, f"Write {what}, or leave it empty")
        return None

    def known(self) -> Told:
        typed = self.cleaned_data
        return Told(
            typed["force"], typed["category"], typed["sector"], typed["age"],
            self.answers(), self.asked_set.version,
        )  # fmt: skip

    def call(self) -> PoliceCall:
        typed = self.cleaned_data
        names = (
            "outcome", "reason", "words", "log_reference", "accepted_by", "going", "arrives_minutes",
            "safe_minutes", "told", "call_back_when", "recheck_minutes",
        )  # fmt: skip
        return PoliceCall(self.known(), **{name: typed[name] for name in names})


class TakeIn(Decide):
    """The call itself, the team that is asked to respond, and what the police answer."""

    contact_id = NewKey()
    heard = Words(label="What is happening?", what="what is happening", required=True)
    about = PlainText(label="Whom is it about?", max_length=500)
    where = PlainText(label="Where are they now?", max_length=500)
    caller_kind = Choice(label="The caller is")
    caller_name = PlainText(label="Name of the caller, if it is not the person")
    callback_number = PlainText(label="Number to ring back", max_length=60)
    safe_to_call = Choice(label="Is it safe to ring this number?")
    to_team = Choice(label="Which team do you ask to respond?", widget=forms.Select)
    ask = Words(label="What do you ask them to do?", max_length=5_000)
    sharing_basis = Choice(label="On what ground is this shared with them?", widget=forms.Select)

    def __init__(self, *args: Any, teams: Grouped, at: datetime, **options: Any) -> None:
        super().__init__(*args, before=None, at=at, **options)
        del self.fields["decision_id"], self.fields["follows_id"]
        for name, codes in (("caller_kind", "caller_kinds"), ("safe_to_call", "safe_to_call")):
            self.fields[name].choices = code_words.choices(codes, at=at)
        self.fields["sharing_basis"].choices = [("", "Not said"), *code_words.choices("sharing_bases", at=at)]
        self.fields["to_team"].choices = teams
        self.fields["accepted_by"].label = "Who of that team has agreed to respond?"

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        if typed.get("to_team") and not typed.get("ask"):
            self.add_error("ask", "Say what you ask them to do")
        return typed

    def said(self) -> Said:
        """The call as a contact: what was said of whoever it is about, and by whom."""
        typed = self.cleaned_data
        return Said(
            channel="telephone",
            words=typed["heard"],
            about=typed["about"],
            safe_to_call=typed["safe_to_call"] or NOT_ASKED,
            **{name: typed[name] for name in ("where", "caller_kind", "caller_name", "callback_number")},
        )

    def referral(self) -> NewReferral:
        typed = self.cleaned_data
        key = typed["contact_id"]
        return NewReferral(uuid5(key, "referral"), uuid5(key, "holding"), (), typed["ask"] or typed["heard"])

    def offer(self) -> NewOffer | None:
        """What the team that is asked reads; none where none is asked."""
        typed = self.cleaned_data
        if not typed["to_team"]:
            return None
        log = f" Their log: {typed['log_reference']}." if typed["log_reference"] else ""
        message = Message(
            why_urgent="",
            summary=typed["heard"],
            done=f"The police were asked.{log}",
            ask=typed["ask"],
            watch_for=typed["call_back_when"],
            told="",
            sharing_basis=typed["sharing_basis"],
        )
        return NewOffer(uuid5(typed["contact_id"], "handover"), UUID(typed["to_team"]), message)


class Learn(Asking):
    """What is new, and every answer that it changes."""

    decision_id = NewKey()
    holding_id = NewKey()
    fact = Words(label="What is new?", max_length=5_000)


class Saw(Happened):
    """What the police could confirm."""

    seen = Seen()
    seen_as = Choice(label="What could the police confirm?", what="what the police could confirm")
    words = Words(label="What did they say?", max_length=5_000)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.at = at
        self.fields["seen_as"].choices = code_words.choices("police_seen", at=at)
        self.fields["happened_time"].label = "When was that?"


class Dispute(forms.Form):
    """Both views, and who of either side settles it."""

    seen = Seen()
    our_view = Words(label="What do we think, and why?", max_length=5_000)
    police_view = Words(label="What do the police think, and why?", max_length=5_000)
    our_rank = Choice(label="Who of ours settles it?", what="who of ours settles it")
    police_rank = Choice(label="Who of the police settles it?", what="who of the police settles it")

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["our_rank"].choices = code_words.choices("our_ranks", at=at)
        self.fields["police_rank"].choices = code_words.choices("police_ranks", at=at)


def _reasons(at: datetime) -> list[tuple[str, list[tuple[str, str]]]]:
    """The reasons, under the answer of the police they go with."""
    on = local_date(at)
    every = law.codes("police_reasons", on=on)
    return [
        (outcome.label, [(one.code, one.label) for one in every if outcome.code == one.entails.split()[0]])
        for outcome in law.codes("police_outcomes", on=on)
        if any(one.entails.split()[0] == outcome.code for one in every)
    ]


def _box(question: law.Question) -> str:
    return f"answer_{question.code}"
