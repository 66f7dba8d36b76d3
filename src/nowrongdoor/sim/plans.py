"""
What will become of a contact if nobody is in the way: drawn once, when it arrives.

The actors follow it as far as the facts they find allow. `pause` names the stage that has not been
reached by the present; without it, every stage is. `statutory` is what the law gives a time,
`police` what the police say when they are asked.
"""

from dataclasses import dataclass

from nowrongdoor.sim import words
from nowrongdoor.sim.stories import STORIES, Story
from nowrongdoor.sim.streams import Stream

ADVISE, KEEP, HAND_ON, DIRECT, DUPLICATE, NOT_WANTED = (
    "advise", "keep", "hand_on", "direct", "duplicate", "not_wanted",
)  # fmt: skip
PATHS = ((33, ADVISE), (13, KEEP), (34, HAND_ON), (9, DIRECT), (6, DUPLICATE), (5, NOT_WANTED))
OUTCOMES = (
    (88, "handed_over"), (5, "advice_given"), (3, "service_found"), (3, "caller_lost"), (1, "emergency"),
)  # fmt: skip


@dataclass(frozen=True)
class Plan:
    story: Story
    urgency: str
    outcome: str = "handed_over"
    path: str = HAND_ON
    caller: str = "person"
    named: bool = True
    asks: bool = False
    returns: int = 0
    withdraws: bool = False
    begins: bool = False
    promises: bool = False
    reopens: bool = False
    pause: str = ""
    statutory: str = ""
    police: str = ""
    tries: int = 0


def draw(stream: Stream) -> Plan:
    """What a usual contact comes to."""
    story = stream.one_of(STORIES)
    path = stream.weighed(PATHS)
    named = stream.happens(0.96)
    return Plan(
        story=story,
        urgency=stream.one_of(story.urgencies),
        outcome=stream.weighed(OUTCOMES),
        path=HAND_ON if path == DUPLICATE and not named else path,
        caller=stream.weighed(words.CALLERS) if named else "anonymous",
        named=named,
        asks=stream.happens(0.05),
        returns=stream.weighed(((90, 0), (8, 1), (2, 2))),
        withdraws=stream.happens(0.03),
        begins=stream.happens(0.92),
        promises=stream.happens(0.06),
        reopens=stream.happens(0.015),
    )
