"""Versions of guidance in words: whose, by whom, in which state, and what the checks found."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from markupsafe import Markup

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.reading.guidance_versions import AppraisalLine, VersionLine
from nowrongdoor.rules import access, guidance_versions, local_guidance, replaying, response_advice
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.guidance_versions import (
    DRAFT,
    IN_REVIEW,
    LIVE,
    MOVES,
    REVIEWED,
    SET_ASIDE,
    Version,
)

COMMENT = re.compile(r"<!--(.*?)-->", re.DOTALL)
STATES = {
    DRAFT: "Draft",
    IN_REVIEW: "In review",
    REVIEWED: "Reviewed, and asked beside what stands",
    LIVE: "Live",
    SET_ASIDE: "Set aside",
}


def title(one: Version) -> str:
    return f"How soon a response is advised, {one.model_version.rpartition('@')[2]}"


def line(found: VersionLine, *, stands: bool, at: datetime) -> dict[str, Any]:
    one = found.version
    return {
        "title": title(one),
        "url": reverse("guidance_version", args=[one.id]),
        "place": found.agency or "The whole place",
        "state": _state(found, at=at) + (" It stands for your agency now." if stands else ""),
        "author": f"{found.author}, {found.author_agency}, {wording.local_when(one.uploaded_at, at=at)}",
        "written_with": _with(one),
        "why": one.why,
    }


def _state(found: VersionLine, *, at: datetime) -> str:
    one = found.version
    state = STATES[guidance_versions.VersionState(one.state)]
    if one.state == LIVE and one.live_from:
        return f"{state} from {one.live_from:%-d %B %Y}, put live by {found.live_by}."
    if one.ended_on:
        return f"{state}: it stood until {one.ended_on:%-d %B %Y}."
    return f"{state}."


def _with(one: Version) -> str:
    lived = "with lived experience" if one.lived_experience else "nobody with lived experience yet"
    return f"{one.written_with} ({lived})"


def shipped(*, at: datetime) -> dict[str, Any]:
    """The guidance we ship, as it stands today."""
    table = response_advice.shipped(on=local_date(at))
    return {
        "label": table.label,
        "source": table.source,
        "is_verified": table.is_verified,
        **_drawn(table.model),
    }


def may_say(*, at: datetime) -> dict[str, str]:
    """What a file may ask and answer, by the names it uses, for whoever writes one."""
    asks = ", ".join(local_guidance.may_ask(at=at))
    return {"asks": asks, "says": ", ".join(local_guidance.may_say(at=at))}


def version(
    found: VersionLine, said: Sequence[AppraisalLine], *, viewer: Viewer, at: datetime
) -> dict[str, Any]:
    """All its page shows, and what this viewer may do with it now."""
    one = found.version
    try:
        model = local_guidance.read_again(one.text)
    except Refused as refusal:
        model, problems = None, [refusal.words]
    else:
        problems = local_guidance.problems(model, at=at)
    may = {
        "circulate": _may(viewer, "guidance.upload", "circulate", one, at=at),
        "compare": access.may_do(viewer, "guidance.upload", at=at) and one.state != SET_ASIDE,
        "appraise": _may(viewer, "guidance.appraise", "appraise", one, at=at)
        and one.author_id != viewer.member_id,
        "live": _may(viewer, "guidance.put_live", "put_live", one, at=at),
        "aside": _may(viewer, "guidance.put_live", "set_aside", one, at=at),
        "edit": access.may_do(viewer, "guidance.upload", at=at),
        "replay": model is not None and access.may_do(viewer, "guidance.replay", at=at),
    }
    return {
        "one": line(found, stands=False, at=at),
        "version": one,
        "ended_words": one.ended_words,
        "problems": problems,
        "remarks": local_guidance.remarks(model) if model else [],
        "said": [_said(each, at=at) for each in said],
        "may": may,
        "compared": _compared(one, at=at),
        **(_drawn(model) if model else {"tables": ()}),
    }


def _may(viewer: Viewer, act: str, verb: str, one: Version, *, at: datetime) -> bool:
    return access.may_do(viewer, act, at=at) and one.state in MOVES[verb]


def _said(found: AppraisalLine, *, at: datetime) -> dict[str, str]:
    one = found.appraisal
    return {
        "words": one.words,
        "who": f"{'Agrees' if one.agrees else 'Not yet'} – {found.member}, {found.agency}, "
        f"{wording.local_when(one.appraised_at, at=at)}",
    }


def _compared(one: Version, *, at: datetime) -> dict[str, Any] | None:
    if one.compared_at is None:
        return None
    found = one.compared
    return {
        "when": f"Compared with {one.compared_with}, {wording.local_when(one.compared_at, at=at)}",
        "sums": [
            ("Kinds of case", f"{found['cases']:,}"),
            ("Another answer", f"{found['differ']:,}"),
            ("Sooner", f"{found['sooner']:,}"),
            ("Later", f"{found['later']:,}"),
        ],
        "answers": [
            (_answer(before, at=at), _answer(after, at=at), f"{count:,}")
            for before, after, count in found["answers"]
        ],
        "rows": found["rows"],
    }


def _answer(code: str, *, at: datetime) -> str:
    return "Nothing" if code == replaying.NOTHING else code_words.urgency_words(code, at=at)


def before_editing(text: str) -> dict[str, Any]:
    """What the editor does not show or keep of a text: how decisions rest on each other, its comments."""
    try:
        drawn = local_guidance.read_again(text).draw()
    except Refused:
        return {"picture": "", "rests": (), "comments": comments(text)}
    return {"picture": Markup(drawn.svg), "rests": drawn.words, "comments": comments(text)}


def comments(text: str) -> list[str]:
    """Every comment of a file, in the order they stand in."""
    return [" ".join(found.split()) for found in COMMENT.findall(text)]


def _drawn(model: Any) -> dict[str, Any]:
    drawn = model.draw()
    return {
        "tables": drawn.tables,
        "picture": Markup(drawn.svg),  # drawn by our own hand: every name in it is escaped
        "rests": drawn.words,
        "model_version": model.version,
    }
