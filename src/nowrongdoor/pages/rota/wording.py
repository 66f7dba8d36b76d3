"""The rota in words."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.urls import reverse

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.reading.on_call import DutyLine, OnCall
from nowrongdoor.rules import rota


def line(one: DutyLine, *, may_take_off: bool, at: datetime) -> dict[str, object]:
    """Who, as what, for whom, from when until when; whether they stand there now."""
    duty = one.duty
    is_off = duty.taken_off_at is not None
    return {
        "name": one.member_name,
        "phone": duty.phone,
        "as_what": code_words.words_of("rota_rungs", duty.rung, at=at),
        "team": one.team_name or "Every team of the agency",
        "from": wording.local_when(duty.from_at, at=at),
        "until": wording.local_when(duty.until_at, at=at),
        "state": _state(one, at=at),
        "is_now": duty.is_on(at),
        "words": duty.taken_off_words,
        "url": reverse("rota_take_off", args=[duty.id]) if may_take_off and not is_off else "",
    }


def _state(one: DutyLine, *, at: datetime) -> str:
    if one.duty.taken_off_at is not None:
        return f"Taken off by {one.taken_off_by}, {wording.local_when(one.duty.taken_off_at, at=at)}"
    return "Now" if one.duty.is_on(at) else "Later"


def gaps(on_call: OnCall, teams: Iterable[tuple[UUID, str]], *, at: datetime) -> list[str]:
    """Which rungs nobody stands on now, and who hears, a line for each rung and answer."""
    teams = tuple(teams)
    said: dict[tuple[str, str], list[str]] = {}
    for code, label in code_words.choices("rota_rungs", at=at):
        for team_id, name in teams:
            heard = on_call.hears(code, team_id=team_id)
            if heard.is_passed_on:
                said.setdefault((label, _instead(heard.rung, at=at)), []).append(name)
    return [
        f"{label}: nobody for {_for(names, teams)}, so {instead}." for (label, instead), names in said.items()
    ]


def _for(names: Sequence[str], teams: Sequence[object]) -> str:
    return wording.listed(names) if len(names) < len(teams) else "any team"


def _instead(rung: str, *, at: datetime) -> str:
    if rung == rota.LEADS:
        return "every lead of the agency hears"
    return f"the {code_words.words_of('rota_rungs', rung, at=at).lower()} hears"

