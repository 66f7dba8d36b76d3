"""
What happened, in one sentence for each kind of journal entry. Who and when are said beside it. A quotation is
given apart, so that the page can put it in quotation marks and keep its lines.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from nowrongdoor.nhsuk import code_words, wording
from nowrongdoor.nhsuk.due import gone_wrong
from nowrongdoor.pages.people import read_again, records_story, themselves, told_elsewhere, waited_for
from nowrongdoor.pages.people.correcting import COLUMNS, ONE_ON_EACH_LINE
from nowrongdoor.pages.people.telling import Line, Telling
from nowrongdoor.reading.person_timeline import Act, Told
from nowrongdoor.rules import stage
from nowrongdoor.rules.identifiers import listed
from nowrongdoor.rules.law import ladder
from nowrongdoor.rules.opening import REGISTERED
from nowrongdoor.rules.promise_kinds import ALARMS
from nowrongdoor.rules.words import PromiseKind


def lines(act: Act, names: dict[str, str], *, at: datetime) -> list[Line]:
    """Everything one act did, in the order in which it is understood."""
    found = []
    for told in sorted(act.told, key=lambda one: ORDER.get(one.kind, len(ORDER))):
        line = line_of(told, names, at=at)
        if line is not None and line not in found:
            found.append(line)
    return found


def line_of(told: Told, names: dict[str, str], *, at: datetime) -> Line | None:
    """The sentence for an entry; None where another entry of the same act says it."""
    if not told.was and not told.became:
        # Every act changes something: only what was erased says nothing any more.
        return Line(ERASED)
    tell = SENTENCES.get(told.kind)
    if tell is None:
        return Line(told.kind.replace(".", ": ").replace("_", " ").capitalize())
    return tell(Telling(told, names, at))


def _received(it: Telling) -> Line:
    who = f", {it.code('caller_kinds', 'caller_kind').lower()}" if it.new("caller_kind") else ""
    return Line(f"Took a contact by {it.code('channels', 'channel').lower()}{who}. "
                f"Outcome: {it.code('contact_outcomes', 'outcome').lower()}.", it.new("words"))  # fmt: skip


def _corrected(it: Telling) -> Line | None:
    changed = [column for column in it.told.became if column in COLUMNS]
    if not changed:
        # What waits, or waits no more, is said by the act it comes with.
        return None if "know_waits" in it.told.became else Line("Corrected the record.")
    what = wording.listed(COLUMNS[column] for column in changed)
    now = "; ".join(_believed(column, it.told.became[column]) for column in changed)
    before = "; ".join(_believed(column, it.told.was[column]) for column in changed)
    return Line(f"Corrected {what}: {now}.", before=before)


def _believed(column: str, value: Any) -> str:
    several = ", ".join(listed(value or "")) if column in ONE_ON_EACH_LINE else str(value or "")
    return several or "nothing"


def _offered(it: Telling) -> Line:
    return Line(
        f"Offered it to {it.team('receiver_team_id')}, who answer by {it.when('answer_by')}.", it.new("ask")
    )


def _returned(it: Telling) -> Line:
    why = it.code("return_reasons", "reason").lower()
    return Line(
        f"Returned it – {why}. {it.team('next_team_id')} was asked next, by the same time.",
        it.new("reason_words"),
    )


def _withdrawn(it: Telling) -> Line:
    return Line(
        f"Took the offer back – {it.code('withdraw_reasons', 'reason').lower()}.", it.new("reason_words")
    )


def _re_homed(it: Telling) -> Line:
    why = it.code("re_homing_reasons", "reason").lower()
    return Line(f"Passed from {it.team('from_team_id')} to {it.team('to_team_id')} – {why}.", it.new("words"))


def _decided(how: str) -> Callable[[Telling], Line]:
    def tell(it: Telling) -> Line:
        return Line(
            f"Decided{_discipline(it)} how soon: "
            f"{code_words.urgency_words(it.new('urgency') or None, at=it.at)}. {how}{_not_usual(it)}",
            it.new("triage_words"),
        )

    return tell


def _discipline(it: Telling) -> str:
    """In which profession it was decided, where that is on record."""
    if not it.new("triaged_as"):
        return ""
    return f" as {code_words.with_article(it.code('disciplines', 'triaged_as'))}"


def _not_usual(it: Telling) -> str:
    why = it.new("triaged_as_words")
    return f" Another discipline usually does. Why not this time: {why}" if why else ""


def _promised(it: Telling) -> Line:
    if it.new("kind") in ALARMS:
        return Line(f"Escalated: {gone_wrong(it.new('kind'))}.", it.new("words"))
    if it.new("kind") == PromiseKind.THE_PERSON:
        return Line(f"Waits for the person until {it.when('due_at')}: {it.new('words')}")
    if it.new("kind") == PromiseKind.SECOND_READING:
        return read_again.written(it)
    asked = f" (asked of {it.new('asked_of')})" if it.new("asked_of") else ""
    return Line(f"Promised by {it.when('due_at')}{asked}: {it.new('words')}")


def _closed(it: Telling) -> Line:
    return Line(
        f"Closed the referral – {it.code('close_outcomes', 'outcome').lower()}. The person was told:",
        it.new("told"),
    )


def _began(it: Telling) -> Line | None:
    # A change of holder is said by the acceptance or the re-homing that made it.
    if it.new("began_by") in ("handover", "re_homing"):
        return Line(f"{it.team('team_id')} holds the person from here.")
    return Line(f"{it.team('team_id')} holds the person.")


def _climbed(it: Telling) -> Line:
    climbed, due = (datetime.fromisoformat(it.new(name)) for name in ("climbed_at", "due_at"))
    was = "was nearly due" if climbed < due else "had not come in time"
    kind = it.new("kind")
    what = f"{waited_for.CLOCKS[kind]} {was}" if kind in waited_for.CLOCKS else gone_wrong(kind)
    return Line(f"Escalated to {ladder.label(it.new('rung'))}: {what}.")


def _replied(it: Telling) -> Line:
    dissent = f" Somebody disagreed: {it.new('dissent')}" if it.new("dissent") else ""
    return Line(
        f"Replied to the escalation; looked at again {it.when('rests_until')}.{dissent}", it.new("decision")
    )


def _counts(it: Telling) -> Line:
    what = waited_for.STATUTORY[it.new("kind")]
    return Line(f"Began the clock of {what}, from {it.when('started_at')}.", it.new("words"))


def _longer(it: Telling) -> Line:
    why = code_words.mid_sentence(it.code("extension_reasons", "reason"))
    until = it.when("due_at")
    return Line(f"Extended it until {until} ({it.new('doctor')}) – {why}.", it.new("extension_words"))


def _over(it: Telling) -> Line:
    how = waited_for.ended_how(it.new("outcome"), at=it.at)
    return Line(f"Recorded that it is over, {it.when('ended_at')} – {how}.", it.new("ending_words"))


def _shared(it: Telling) -> Line:
    why = it.code("confidentiality_bases", "confidentiality_basis").lower()
    return Line(f"Shared with {it.team('to_team_id')} what others know – {why}.", it.new("words"))


def _sealed(it: Telling) -> Line:
    about = "a referral" if it.new("referral_id") else "a contact" if it.new("contact_id") else "the record"
    if it.new("against_agency_id") or it.new("against_member_id"):
        about += ", naming from whom"
    return Line(f"Sealed {about} – {it.code('seal_reasons', 'why').lower()}.", it.new("words"))


def _claimed(it: Telling) -> Line | None:
    # Who registers somebody sees what they have written: the registration says so.
    if it.new("reason") == REGISTERED:
        return None
    why = it.code("claim_reasons", "reason").lower()
    return Line(f"Opened the record until {it.when('until_at')} by saying why – {why}.", it.new("words"))


def _glass_broken(it: Telling) -> Line:
    why = it.code("break_glass_reasons", "reason").lower()
    return Line(f"Broke the glass until {it.when('until_at')} – {why}.", it.new("words"))


def _reached(it: Telling) -> Line | None:
    # A contact says for itself what it was the first of.
    how = it.new("how")
    if how == stage.ON_LIST:
        return Line("The offer reached the list of the team that was asked.")
    return Line("Opened the offer.") if how == stage.OPENED else None


SENTENCES: dict[str, Callable[[Telling], Line | None]] = {
    "person.registered": lambda it: Line("Registered this person."),
    "person.corrected": _corrected,
    "person.number_superseded": lambda it: Line("The NHS replaced this person's number."),
    "contact.received": _received,
    "referral.received": lambda it: Line(f"Took in a referral for {it.needs()}.", it.new("request")),
    "referral.reopened": lambda it: Line("Reopened the referral.", it.new("reopening_words")),
    "referral.person_linked": lambda it: Line("Recorded that a referral is about this person."),
    "triage.accepted": _decided("Their own team takes the person on."),
    "triage.handed_on": _decided("Another team should respond."),
    "triage.asked": lambda it: Line("Asked for information. The response clock runs on."),
    "triage.waited": lambda it: Line("Waits for the person. The response clock runs on."),
    "triage.advised": lambda it: Line(
        "Gave advice and closed the referral. The person was told:", it.new("told")
    ),
    "triage.duplicate": lambda it: Line(
        "Closed this as the same request as another that is held.", it.new("told")
    ),
    "handover.offered": _offered,
    "attachment.added": lambda it: Line(f"Attached “{it.new('name')}” to the offer."),
    "handover.returned": _returned,
    "handover.withdrawn": _withdrawn,
    "handover.chased": lambda it: Line(
        f"Asked after the offer, {it.code('chase_ways', 'how').lower()}:", it.new("words")
    ),
    "handover.accepted": lambda it: Line("Accepted the handover, and read back:", it.new("read_back")),
    "answer_link.made": lambda it: Line("Made a link by which the team that was asked answers this offer."),
    "answer_link.received": lambda it: Line("Opened the offer by its link."),
    "answer_link.answered": lambda it: None,
    "onward_link.made": lambda it: Line("Made a link by which the team that accepted goes on."),
    "onward_link.received": lambda it: Line("Opened whom their team holds, by its link."),
    "answer_link.withdrawn": lambda it: Line("Took back a link to the offer."),
    "holding.re_homed": _re_homed,
    "holding.re_homing_accepted": lambda it: Line(
        "Accepted the person who was re-homed to the team, and read back:", it.new("read_back")
    ),
    "holding.passed_on": lambda it: None,
    "holding.began": _began,
    "holding.taken": lambda it: Line("Took the person on by name."),
    "holding.ended": lambda it: None,
    "referral.accepted": lambda it: None,
    "referral.begun": lambda it: Line("Recorded that help has begun."),
    "referral.answered": lambda it: Line("The answer this waited for has come."),
    "referral.closed": _closed,
    "promise.made": _promised,
    "promise.person_linked": lambda it: Line("Recorded that what was promised is owed to this person."),
    "promise.kept": lambda it: Line("Did what was promised:", it.new("ending_words")),
    # Said by the acceptance it comes with.
    "promise.settled": lambda it: None,
    "promise.let_go": lambda it: Line("Decided that something is no longer owed:", it.new("ending_words")),
    **read_again.SENTENCES,
    "promise.escalated": lambda it: Line(f"Raised a late promise; it is now due {it.when('due_at')}."),
    # Where it is awaited is told by the offer, the acceptance or the triage it comes with.
    "stage.awaited": lambda it: None,
    "stage.measured_anew": lambda it: None,
    "stage.reached": _reached,
    "care_contact.recorded": lambda it: Line(
        f"Was in touch – {it.code('care_contact_ways', 'way').lower()}, {it.when('happened_at')}.",
        it.new("words"),
    ),
    "statutory.begun": _counts,
    "statutory.extended": _longer,
    "statutory.ended": _over,
    **told_elsewhere.SENTENCES,
    "climb.made": _climbed,
    "reply.given": _replied,
    "sharing.decided": _shared,
    "sharing.withdrawn": lambda it: Line("Ended the sharing with another team:", it.new("withdrawal_words")),
    "seal.put": _sealed,
    **records_story.SENTENCES,
    "seal.lifted": lambda it: Line("Lifted the seal:", it.new("lifting_words")),
    "permission.given": lambda it: Line(
        f"The person lets {it.new('carer_name')} read some of their record:", it.new("words")
    ),
    "permission.withdrawn": lambda it: Line(
        "A carer may no longer read the record:", it.new("withdrawal_words")
    ),
    **themselves.SENTENCES,
    "opening.claimed": _claimed,
    "opening.glass_broken": _glass_broken,
    # Whose act is looked into, and what was found, is for those who look into it, and is not told here.
    "review.asked": lambda it: None,
    "review.decided": lambda it: None,
    "promise.re_homed": lambda it: Line("Passed what is owed to the team that answers for it now."),
}
ERASED = "What this entry said was erased."
ORDER = {kind: place for place, kind in enumerate(SENTENCES)}
