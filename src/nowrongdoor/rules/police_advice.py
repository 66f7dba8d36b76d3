"""
What is asked when the police are asked, and what guidance advises of the answers.

The questions are few and fixed, each with why it is asked. One that nobody answered was not asked, and is
never a no. What the force has agreed is looked up for the day of the call. The advice names the version of
the guidance, the rows it came from and the policies it went by, so that it can be asked again as it was.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.guidance import Outcome, shelf
from nowrongdoor.rules.law import forces

GUIDANCE = "police_response"
DECISION = "Police response"
QUESTIONS = "police_call"
NOT_ASKED = "not_asked"
YES, NO = "yes", "no"
# By these the police may say no. By any other somebody must come, or must first find out.
LETS_GO = frozenset({"warm_handover", "return_to_provider", "ambulance", "retake_plan", "local_protocol"})
OLDEST = 130


@dataclass(frozen=True)
class Told:
    """What is known of a call: which force, what it is about, who asks, the age, and the answers."""

    force: str
    category: str
    sector: str
    age: int | None
    answers: Mapping[str, str] = field(default_factory=dict)
    question_set: str = ""


@dataclass(frozen=True)
class Advice:
    """`word` is who is asked to respond; `version`, `rows` and `policies` are what it came from."""

    word: str
    first_step: str
    scope: str
    policies: tuple[str, ...]
    version: str
    rows: tuple[int, ...]
    answers: dict[str, str]
    question_set: str

    @property
    def lets_go(self) -> bool:
        """By this the police may say no, where somebody else has accepted."""
        return self.word in LETS_GO

    @property
    def threatens_later(self) -> bool:
        """Harm is threatened, and not at this moment: no call for the police, and an urgent health need."""
        return (self.answers["serious_harm"], self.answers["happening_now"]) == (YES, NO)


def of(told: Told, *, at: datetime) -> Advice:
    """What guidance advises, as it and what the force agreed stand at the instant."""
    answers, version = answered(told, at=at)
    _known_or_empty("police_categories", told.category, "category", at=at)
    _known_or_empty("referrer_sectors", told.sector, "sector", at=at)
    if told.age is not None and not 0 <= told.age <= OLDEST:
        raise Refused(f"Write an age from 0 to {OLDEST}, or leave it empty.", code="age_unknown", field="age")
    if told.force and told.force not in forces.labels():
        raise Refused("Choose one of the forces in the list.", code="force_unknown", field="force")
    scope = forces.scope(told.force, category=told.category, sector=told.sector, age=told.age, at=at)
    outcome = decided(told.category, answers, scope.word, at=at)
    said = outcome.value or {"advice": "ask_more", "first_step": ""}
    return Advice(
        said["advice"], said["first_step"], scope.word, scope.policies,
        outcome.version, outcome.rows, answers, version,
    )  # fmt: skip


def decided(category: str, answers: Mapping[str, str], scope: str, *, at: datetime) -> Outcome:
    """The guidance asked, with its reasons at hand. Whether somebody can decide themselves is no input."""
    model = shelf.standing(GUIDANCE, on=local_date(at)).model
    asks = model.inputs_of(DECISION)
    inputs = {**answers, "category": category or None, "scope": scope}
    return model.decide(DECISION, {name: inputs.get(name) for name in asks})


def answered(told: Told, *, at: datetime) -> tuple[dict[str, str], str]:
    """An answer to every question of the set, and the version of the set that was asked."""
    asked = law.question_set(told.question_set) if told.question_set else None
    if told.question_set and (asked is None or asked.name != QUESTIONS or asked.since > local_date(at)):
        raise Refused(
            "These questions are not ones we have asked. Open the form again.",
            code="question_set_unknown",
            field="question_set",
        )
    asked = asked or law.questions(QUESTIONS, on=local_date(at))
    answers = {one.code: told.answers.get(one.code) or NOT_ASKED for one in asked.questions}
    if not told.answers.keys() <= answers.keys():
        raise Refused(
            "One of the answers is to a question we do not ask.", code="question_unknown", field="answers"
        )
    for answer in answers.values():
        law.code("answers", answer, at=at, field="answers")
    return answers, asked.version


def _known_or_empty(name: str, code: str, field: str, *, at: datetime) -> None:
    if code:
        law.code(name, code, at=at, field=field)
