"""
About a person: what they, or those who know them, answered to each heading; who said it, when, and in whose
words.

Each answer is a row of its own and is never written over. The one that no other replaces stands, and whoever
writes the next one says which they saw. Not asked, declined and not known are three states, and none is a no:
a heading without an answer was not asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused, Step, began
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import headings
from nowrongdoor.rules.law.headings import Heading
from nowrongdoor.rules.words import Unknown

ANSWERED = "answered"
STATES = (ANSWERED, *Unknown)
BY_THEMSELVES = "person"
OWN = "own"
HOW_TO_SPEAK = ("communication", "language", "interpreter", "adjustments")
"""What whoever speaks to somebody, or goes to them, must have read first."""
NONE = "none"
"""In a list of needs: there is none. It stands alone."""


@dataclass(frozen=True)
class AboutAnswer:
    """
    `codes` are of the list of the heading, `words` go with them. `said_by` says who told us, `whose_words`
    whose they are. `replaces_id` is the answer that stood before it, if any.
    """

    id: UUID
    person_id: UUID
    heading: str
    state: str
    codes: tuple[str, ...]
    words: str
    said_by: str
    said_by_name: str
    whose_words: str
    said_on: date
    replaces_id: UUID | None
    team_id: UUID
    written_at: datetime
    written_by_id: UUID
    version: int = 0


@dataclass(frozen=True)
class Said:
    """What was said to one heading, as a form or another system brings it."""

    heading: str
    state: str
    codes: tuple[str, ...] = ()
    words: str = ""
    said_by: str = ""
    said_by_name: str = ""
    whose_words: str = ""
    said_on: date | None = None


def answer(
    said: Said,
    *,
    answer_id: UUID,
    person_id: UUID,
    replaces_id: UUID | None,
    earlier: Sequence[AboutAnswer],
    team_id: UUID,
    by: UUID,
    at: datetime,
) -> Step:
    """
    Write down what was said. `earlier` are all answers about this person to this heading; `replaces_id` names
    the one that the writer saw. Refuses where another stands by now: nobody's words are passed over unread.
    """
    about = headings.heading(said.heading, at=at)
    now = standing(earlier).get(said.heading)
    if now is not None and now.id != replaces_id:
        raise Refused(
            "This was answered since you opened the page. Read that first.", code="answered_since", of=now
        )
    if now is None and replaces_id is not None:
        raise Refused("There is no such answer to replace.", code="nothing_to_replace")
    if said.state not in STATES or (said.state == Unknown.NOT_ASKED and now is None):
        ask = "Say whether they answered, declined or do not know."
        raise Refused(ask, code="state_unknown", field="state")
    words = said.words.strip()
    codes = _codes(said, about, at=at) if said.state == ANSWERED else ()
    if said.state == ANSWERED and not (words or codes):
        raise Refused("Write down what they answered.", code="no_answer", field="words")
    asked = said.state != Unknown.NOT_ASKED
    said_by = _said_by(said, about, at=at) if asked else ""
    has_words = said.state == ANSWERED and bool(words)
    on = said.said_on or local_date(at)
    if on > local_date(at):
        raise Refused("They cannot have said it in the future.", code="said_in_future", field="said_on")
    return began(
        "about_me.answered",
        AboutAnswer(
            id=answer_id,
            person_id=person_id,
            heading=about.code,
            state=said.state,
            codes=codes,
            words=words,
            said_by=said_by,
            said_by_name=said.said_by_name.strip() if said_by != BY_THEMSELVES else "",
            whose_words=_whose(said, at=at) if has_words else "",
            said_on=on,
            replaces_id=now.id if now else None,
            team_id=team_id,
            written_at=at,
            written_by_id=by,
        ),
    )


def standing(answers: Iterable[AboutAnswer]) -> dict[str, AboutAnswer]:
    """
    The answer that stands to each heading: the one no other replaces. Where two records were found to be one
    person's there can be two; then the one said last stands, and the other is shown beside it.
    """
    every = list(answers)
    replaced = {one.replaces_id for one in every}
    found: dict[str, AboutAnswer] = {}
    for one in sorted(every, key=lambda one: (one.said_on, one.written_at, one.id)):
        if one.id not in replaced:
            found[one.heading] = one
    return found


def state_of(answer: AboutAnswer | None) -> str:
    """Answered, declined, not known; not asked where nobody wrote anything down."""
    return answer.state if answer else str(Unknown.NOT_ASKED)


def may_read_own(answer: AboutAnswer) -> bool:
    """The person reads what they said themselves; what others said of them is somebody else's too."""
    return answer.said_by == BY_THEMSELVES


def _said_by(said: Said, about: Heading, *, at: datetime) -> str:
    found = law.code("about_said_by", said.said_by, at=at, field="said_by").code
    if about.said_by and found not in about.said_by:
        raise Refused(
            "Only they can say this, or somebody who speaks for them. Ask, and guess nothing.",
            code="not_theirs_to_say",
            field="said_by",
        )
    return found


def _codes(said: Said, about: Heading, *, at: datetime) -> tuple[str, ...]:
    allowed = about.codes
    if about.picks_one and len(said.codes) != 1:
        ask = "Choose one of these, the one they chose. What else they said goes beside it, in words."
        raise Refused(ask, code="one_of_these", field="codes")
    if said.codes and not allowed:
        raise Refused("This has no list to choose from. Use words.", code="codes_unknown", field="codes")
    chosen = {law.code(allowed, one, at=at, field="codes") for one in said.codes}
    found = tuple(one.code for one in sorted(chosen, key=lambda one: one.order))
    if NONE in found and len(found) > 1:
        ask = "Choose either that there is none, or what there is."
        raise Refused(ask, code="none_and_some", field="codes")
    return found


def _whose(said: Said, *, at: datetime) -> str:
    whose = law.code("about_whose_words", said.whose_words, at=at, field="whose_words").code
    if whose == OWN and said.said_by != BY_THEMSELVES:
        raise Refused(
            "Only what the person said themselves can be in their own words.",
            code="not_their_words",
            field="whose_words",
        )
    return whose
