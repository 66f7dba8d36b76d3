"""What whoever goes on by a link reads: how it stands, what their team wrote, and what was just done."""

from datetime import datetime
from typing import Any

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.reading.handover_record import HandoverRecord
from nowrongdoor.reading.link_holders import Led
from nowrongdoor.reading.stage_lines import TouchLines
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.stage import StageKind
from nowrongdoor.rules.words import HandoverState

DONE = {
    "accept": (
        "You hold this person now",
        "{giver} has been told. Keep this address, for it is shown this once: by it you write how it goes. "
        "If you lose it, ring them: they can make you another.",
    ),
    "write": ("It is written down", "{giver} can read it. Open this again whenever there is more to say."),
    "back": (
        "{giver} is asked to take them back",
        "{team} holds this person until they accept. Ring them if it cannot wait.",
    ),
    "ring": ("You will be rung", "{giver} owes it to ring you. In danger, ring 999 first."),
    "close": ("It is closed", "{giver} can read what came of it. {team} holds this person no more."),
}


def done(act: str, led: Led) -> tuple[str, str] | None:
    """What was just done, in words; nothing else that stands in an address. Closed is said once it is so."""
    if act not in DONE or (act == "close") == led.holds:
        return None
    heading, words = DONE[act]
    names = {"giver": led.giver_team, "team": led.team_name}
    return heading.format(**names), words.format(**names)


def held(record: HandoverRecord, lines: TouchLines, led: Led, *, at: datetime) -> dict[str, Any]:
    """How it stands: by when to be in touch, what their team wrote, and who is asked to have them."""
    stage = next((one for one in record.asked.stages if one.kind == StageKind.FIRST_CONTACT), None)
    waits = next((one for one in record.others if one.handover.state == HandoverState.OFFERED), None)
    return {
        "read_back": led.read_back,
        "in_touch_by": wording.local_when(stage.due_at, at=at) if stage and not stage.reached_at else "",
        "wrote": [
            {
                "what": f"{code_words.words_of('care_contact_ways', one.way, at=at)}, "
                f"{wording.local_when(one.happened_at, at=at)}",
                "by": one.by_name,
                "words": one.words,
            }
            for one in lines.contacts
            if one.team_name == led.team_name
        ],
        "asked_back": f"{waits.receiver_team} is asked, and has not answered yet." if waits else "",
    }


def refusal(refused: Refused) -> str:
    """Why not. What somebody else did meanwhile is not told by a link, only that there is news."""
    if refused.code == "changed_meanwhile":
        return "Something changed meanwhile. Look below, and send it again if it still holds."
    return refused.words
