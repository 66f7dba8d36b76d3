"""What must be so of every call just to talk, by whatever act: nobody waits for one that nobody owes."""

from collections.abc import Sequence

from nowrongdoor.rules.change import Step
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.talk import STOPPED, Talk
from nowrongdoor.rules.words import PromiseKind, PromiseState
from nowrongdoor.sim.invariants import Found


def held_to(steps: Sequence[Step]) -> Found:
    """What one act did to calls. Nothing where it touched none."""
    found: Found = []
    made = [step.change.after for step in steps if step.before is None]
    owed = [one for one in made if isinstance(one, Promise)]
    for step in steps:
        after = step.change.after
        if isinstance(after, Promise) and after.kind == PromiseKind.JUST_TO_TALK:
            found += _call(step, owed)
    for one in made:
        if isinstance(one, Talk) and not any(each.id == one.promise_id for each in owed):
            found.append(f"Talk: {one.id} was asked for, and nobody owes it")
        if isinstance(one, Contact) and one.outcome == "callback_booked" and not owed:
            found.append(f"Talk: of contact {one.id} somebody is worried, and nobody owes a call back")
    return found


def _call(step: Step, owed: Sequence[Promise]) -> Found:
    before, after, kind = step.before, step.change.after, step.change.kind
    found: Found = []
    if kind == "talk.gone_back" and not any(one.kind == PromiseKind.CALLBACK for one in owed):
        found.append(f"Talk: call {after.id} went back, and nobody owes them anything")
    if kind == "talk.withdrawn":
        if after.owner_member_id != before.owner_member_id:
            found.append(f"Talk: call {after.id} was stopped, and whoever took it is not told")
        if after.ending_words.removeprefix(STOPPED).strip() == "":
            found.append(f"Talk: call {after.id} was stopped, and nobody said why")
    if kind == "talk.unanswered" and (after.state != PromiseState.OPEN or after.due_at <= after.as_of_at):
        found.append(f"Talk: call {after.id} was not answered, and is not tried again by a time to come")
    return found
