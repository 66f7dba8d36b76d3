"""
The path that somebody is on about whom the police may be asked, and how far each thing on it is.

Absent without leave, walked out, missing, section 136 and being moved are different things, with different
people who see to them. A checklist reminds: nothing on it keeps anybody from asking the police or an
ambulance now, and nothing on it that is done closes or lowers anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import law
from nowrongdoor.rules.change import Refused, Step, began, changed, need_words
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.law import paths
from nowrongdoor.rules.law.paths import Checklist

NOT_NEEDED = "not_needed"


@dataclass(frozen=True)
class Said:
    """How far one thing is, who sees to it, and what came of it."""

    how_far: str
    who: str = ""
    words: str = ""


@dataclass(frozen=True)
class PolicePath:
    """
    A path that was chosen for a referral, and what is known of each thing on it: `answers` by the step, each
    with how far it is, who, in which words and when it was said. `checklist` is the version that is asked.
    """

    id: UUID
    referral_id: UUID
    path: str
    checklist: str
    words: str
    answers: dict[str, dict[str, str]]
    chosen_at: datetime
    chosen_by_id: UUID
    version: int = 0


def begin(
    before: Sequence[PolicePath],
    *,
    path_id: UUID,
    referral_id: UUID,
    path: str,
    words: str,
    by: UUID,
    at: datetime,
) -> Step:
    """
    Somebody says which path this is. Another may follow, where somebody who walked out is missing by now:
    both stay, each with its checklist. Refuses a path that is on record here already.
    """
    found = paths.standing(at=at).get(path)
    if found is None:
        raise Refused("Choose one of the paths in the list.", code="path_unknown", field="path")
    twice = next((one for one in before if one.path == path and one.id != path_id), None)
    if twice is not None:
        raise Refused(
            "This path is on record here already. Go on with its list.", code="path_chosen", of=twice
        )
    return began(
        "police_path.begun", PolicePath(path_id, referral_id, path, found.version, words, {}, at, by)
    )


def answer(one: PolicePath, *, said: Mapping[str, Said], by: UUID, at: datetime) -> Step:
    """
    Somebody says how far things are. What is not said anew stays as it was.

    Refuses what the list does not ask, and that something is not needed without why.
    """
    asked = {step.code for step in checklist(one).steps}
    answers: dict[str, dict[str, str]] = dict(one.answers)
    for step, each in said.items():
        if step not in asked:
            raise Refused("That is not on this list. Open the page again.", code="step_unknown")
        law.code("path_answers", each.how_far, at=at, field=step)
        if each.how_far == NOT_NEEDED:
            need_words(each.words, field=f"{step}_words", ask="Say in a line why that is not needed here.")
        new = {"how_far": each.how_far, "who": each.who, "words": each.words}
        if {name: answers.get(step, {}).get(name, "") for name in new} != new:
            answers[step] = {**new, "at": at.isoformat(), "by": str(by)}
    if answers == one.answers:
        raise Refused("Nothing is new here. Say how far something is.", code="nothing_new")
    return changed(one, "police_path.answered", answers=answers)


def checklist(one: PolicePath) -> Checklist:
    """What is asked on this path: as it stood when it was chosen."""
    found = paths.named(one.checklist)
    assert found is not None, "a path is chosen from a list there is, and lists are never taken away"
    return found


def open_steps(one: PolicePath, *, at: datetime) -> tuple[str, ...]:
    """What is still open, in the order it is asked: whatever nobody has said is done, or not needed."""
    done = {each.code for each in law.codes("path_answers", on=local_date(at)) if each.entails == "done"}
    return tuple(
        step.code
        for step in checklist(one).steps
        if one.answers.get(step.code, {}).get("how_far", "") not in done
    )
