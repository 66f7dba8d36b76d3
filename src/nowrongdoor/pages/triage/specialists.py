"""Who usually decides on a need, in words: advice beside the decision, never a bar to it."""

from dataclasses import dataclass
from datetime import datetime

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.reading.triage_case import Case
from nowrongdoor.rules import law, triage
from nowrongdoor.rules.clock import local_date


@dataclass(frozen=True)
class Advice:
    """What is advised, who in the team could decide, and `about`: the disciplines it names, as one code."""

    words: str
    by_need: tuple[str, ...]
    colleagues: str
    about: str


def wanted(needs: tuple[str, ...], *, at: datetime) -> str:
    """`a nurse, a paramedic or a GP`; nothing where anyone who triages may decide."""
    return _either(triage.usual_disciplines(needs, at=at), at=at)


def advice(case: Case, needs: tuple[str, ...], *, viewer: Viewer, at: datetime) -> Advice | None:
    """None where this viewer's discipline is a usual one for a need, or none is wanted."""
    discipline = case.discipline_of(viewer.member_id)
    if triage.is_usual(discipline, needs, at=at):
        return None
    usual = triage.usual_disciplines(needs, at=at)
    by_need = {need: triage.usual_disciplines((need,), at=at) for need in needs}
    return Advice(
        words=_words(discipline, at=at),
        by_need=tuple(
            f"{code_words.words_of('needs', need, at=at)}: usually {_either(disciplines, at=at)}."
            for need, disciplines in by_need.items()
            if disciplines
        ),
        colleagues=_colleagues(case, usual, but_not=viewer, at=at),
        about=" ".join(sorted(usual)),
    )


def _words(discipline: str, *, at: datetime) -> str:
    if not discipline:
        return "It is not on record in which discipline you decide."
    who = code_words.with_article(code_words.words_of("disciplines", discipline, at=at))
    return f"None of the needs here is usually decided by {who}."


def _colleagues(case: Case, usual: tuple[str, ...], *, but_not: Viewer, at: datetime) -> str:
    named = [
        f"{one.name} ({code_words.mid_sentence(code_words.words_of('disciplines', one.discipline, at=at))})"
        for one in case.colleagues
        if one.discipline in usual
        and one.member_id != but_not.member_id
        and "triage.decide" in law.acts_of(one.role, on=local_date(at))
    ]
    if not named:
        return "Nobody else in your team is on record as one who usually decides this."
    return f"The specialists for it in your team now: {wording.listed(named)}."


def _either(disciplines: tuple[str, ...], *, at: datetime) -> str:
    return wording.listed(
        (code_words.with_article(one) for one in code_words.all_words_of("disciplines", disciplines, at=at)),
        last="or",
    )
