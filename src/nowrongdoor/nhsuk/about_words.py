"""What was said about a person, in words: on their page, on paper, and in the offer of a handover."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.reading import about_person
from nowrongdoor.reading.about_person import AboutLine, AnswerLine
from nowrongdoor.reading.standing import Vantage
from nowrongdoor.rules import about_me
from nowrongdoor.rules.about_me import ANSWERED, BY_THEMSELVES, HOW_TO_SPEAK, OWN, AboutAnswer
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import headings
from nowrongdoor.rules.person import Person
from nowrongdoor.rules.words import Unknown

STATES = {
    ANSWERED: "They answered",
    Unknown.DECLINED.value: "They declined to say",
    Unknown.NOT_KNOWN.value: "They do not know, or nobody does",
    Unknown.NOT_ASKED.value: "Not asked after all",
}
NOT_THE_SAME = {
    "sex": "The name they go by and the pronouns they use are another thing, and stand with their details.",
}
"""By heading: what is easily taken for it, and where that belongs."""
FIRST = ("important", *HOW_TO_SPEAK, "do_and_dont", "support")
KINDS = (
    (Unknown.NOT_ASKED.value, "Not asked"),
    (Unknown.DECLINED.value, "Declined"),
    (Unknown.NOT_KNOWN.value, "Not known"),
)


@dataclass(frozen=True)
class Told:
    """
    One heading: what was chosen and what was said; `state` in words where nothing was. `said` is who said it
    and when, `who` that and who wrote it down.
    """

    code: str
    label: str
    state: str
    chosen: tuple[str, ...]
    words: str
    said: str
    who: str


def label_of(code: str, *, at: datetime) -> str:
    """What a heading is called; one that has left the list is said in its own words."""
    found = next((one.label for one in headings.standing(on=local_date(at)) if one.code == code), "")
    return found or code.replace("_", " ").capitalize()


def chosen(heading: str, codes: tuple[str, ...], *, at: datetime) -> tuple[str, ...]:
    """What was chosen of the list of a heading."""
    lists = {one.code: one.codes for one in headings.standing(on=local_date(at))}
    return code_words.all_words_of(lists.get(heading, ""), codes, at=at)


def told(line: AboutLine, *, at: datetime, mine: bool = False) -> Told:
    """A heading as it stands. `mine` calls it as the person it is about would."""
    label = line.heading.mine if mine else line.heading.label
    if line.stands is None:
        return Told(line.heading.code, label, "Not asked", (), "", "", "")
    return of_answer(line.stands, label=label, at=at)


def of_answer(line: AnswerLine, *, label: str, at: datetime) -> Told:
    one = line.answer
    state = "" if one.state == ANSWERED else wording.UNKNOWN[one.state].capitalize()
    codes, said = chosen(one.heading, one.codes, at=at), _said(one, at=at)
    by = f"{said}, written down by {line.written_by} of {line.team_name}"
    return Told(one.heading, label, state, codes, one.words, said, by)


def _said(one: AboutAnswer, *, at: datetime) -> str:
    """`Said by: somebody close to them (Rosa Ali), 3 Nov 2026`."""
    on = wording.local_date(one.said_on)
    return f"Taken back, {on}" if one.state == Unknown.NOT_ASKED else f"{_said_by(one, at=at)}, {on}"


def _said_by(one: AboutAnswer, *, at: datetime) -> str:
    name = f" ({one.said_by_name})" if one.said_by_name else ""
    if one.said_by == BY_THEMSELVES:
        return "In their own words" if one.whose_words == OWN else "Said by the person themselves"
    return f"Said by: {code_words.words_of('about_said_by', one.said_by, at=at).lower()}{name}"


def first(lines: Iterable[AboutLine], *, at: datetime) -> list[Told]:
    """What to have read before speaking to somebody, of what was answered, declined or is not known."""
    return [told(one, at=at) for one in lines if one.heading.code in FIRST and one.stands is not None
            and one.state != Unknown.NOT_ASKED]  # fmt: skip


def read_first(person: Person | None, *, seen: Vantage, at: datetime) -> list[Told]:
    """The same for a page about a referral or a handover of theirs: nothing where no record is linked."""
    return first(about_person.of(person.id, seen=seen), at=at) if person else []


def unknown(lines: Iterable[AboutLine]) -> list[tuple[str, str]]:
    """What is not known of them, by which kind of not knowing: each kind by itself, and none of them a no."""
    every = list(lines)
    found = []
    for state, words in KINDS:
        labels = [
            code_words.mid_sentence(one.heading.label)
            for one in every
            if one.state == state and (state != Unknown.NOT_ASKED or one.heading.code in FIRST)
        ]
        if labels:
            found.append((words, wording.listed(labels)))
    return found


def needs(lines: Iterable[AboutLine], *, at: datetime) -> tuple[str, ...]:
    """What the banner says of how to speak with somebody: what was chosen of the lists, and nothing else."""
    found = []
    for one in lines:
        if one.heading.code in HOW_TO_SPEAK and one.state == ANSWERED and one.stands is not None:
            codes = tuple(code for code in one.stands.answer.codes if code != about_me.NONE)
            if one.heading.code == "language" and codes == ("eng",):
                continue
            found += chosen(one.heading.code, codes, at=at)
    return tuple(dict.fromkeys(found))
