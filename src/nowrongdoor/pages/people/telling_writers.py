"""Whoever writes what may keep help from somebody is told so before it is kept, and what happens with it."""

from datetime import datetime

from nowrongdoor.nhsuk import wording
from nowrongdoor.pages.people.forms import DetailsOf
from nowrongdoor.rules import law, withholding
from nowrongdoor.rules.words import PromiseKind


def is_told(form: DetailsOf, *, stood: str = "", at: datetime) -> bool:
    """
    Nothing waits, or the writer was told of just this. Otherwise the form says it, keeps what was typed, and
    is kept when it is sent once more.
    """
    waits = withholding.part(form.details(), stood=stood, at=at).waits
    said = " / ".join(waits)
    if not waits or form.cleaned_data["told"] == said:
        return True
    form.add_error("know_first", _told(waits, at=at))
    form.data = form.data.copy()
    form.data[form.add_prefix("told")] = said
    return False


def _told(waits: tuple[str, ...], *, at: datetime) -> str:
    within = wording.duration(law.promise_time(PromiseKind.SECOND_READING, at=at).within)
    lines = wording.listed(f"“{one}”" for one in waits)
    return (
        f"{withholding.TOLD} It is {lines}, to be read within {within}. Until then it is shown as waiting, "
        "and nobody helps less for it. Write it otherwise, or send this once more to keep it so."
    )
