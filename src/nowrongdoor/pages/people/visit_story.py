"""What a visit, and each step of it, is called in a person's story."""

from collections.abc import Callable, Mapping

from nowrongdoor.nhsuk import code_words
from nowrongdoor.pages.people.telling import Line, Telling


def _asked(it: Telling) -> Line:
    two = " Two go." if it.new("pair_rules") else ""
    return Line(f"Asked for a visit, to be with them by {it.when('due_at')}.{two}", it.new("need"))


def _finished(it: Telling) -> Line:
    then = ""
    if it.new("next_step"):
        then = f" Next: {code_words.mid_sentence(it.code('visit_next_steps', 'next_step'))}."
    return Line(f"The visit is over – {it.code('visit_outcomes', 'outcome')}.{then}", it.new("ended_words"))


SENTENCES: Mapping[str, Callable[[Telling], Line | None]] = {
    "visit.asked": _asked,
    "visit.assigned": lambda it: Line(
        f"Gave the visit to a crew, which leaves {it.when('leaves_at')}.", it.new("chosen_words")
    ),
    "visit.crew_told": lambda it: Line("Told the crew of the visit."),
    "visit.set_off": lambda it: Line("The crew set off."),
    "visit.arrived": lambda it: Line("The crew is there."),
    "visit.met": lambda it: Line("The crew is with them."),
    "visit.left": lambda it: Line("The crew has left. What came of it is to be said yet."),
    "visit.safe": lambda it: None,
    "visit.finished": _finished,
    "visit.taken_back": lambda it: Line(
        "Took the visit back from its crew; it waits for another:", it.new("chosen_words")
    ),
    "visit.asked_along": lambda it: Line(
        f"Asked {it.team('team_id')} to come along to the visit.", it.new("need")
    ),
    "visit.joined": lambda it: Line("Said that they come along to the visit."),
    "visit.asked_no_more": lambda it: Line("Nobody is asked along to the visit any more; it is over."),
    "visit.meeting_set": lambda it: Line(f"Said that both crews meet at the door {it.when('meet_at')}."),
    "visit.others_noted": lambda it: Line(
        "Wrote down on the visit who else was asked by telephone to come.", it.new("others_words")
    ),
    "visit.stood_down": lambda it: Line("Stood the visit down; nobody goes:", it.new("ended_words")),
}
