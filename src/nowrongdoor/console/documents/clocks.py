"""
Every clock: how long, who says so, whether anyone has checked, and which acts start and stop it.

The times come from the files of law. Which acts move a clock is said here; a test holds the two
together, so that no standard is without its acts and no act is named that the rules do not have.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from nowrongdoor.console.documents.text import document, table
from nowrongdoor.nhsuk.wording import duration
from nowrongdoor.rules import law
from nowrongdoor.rules.promise_kinds import ALARMS


@dataclass(frozen=True)
class Clock:
    """Acts as `module.verb` of the rules. `goes_on` names acts one might expect to restart it, and do not."""

    starts: tuple[str, ...]
    stops: tuple[str, ...]
    goes_on: tuple[str, ...] = ()
    words: str = ""


ANSWER = Clock(
    starts=("referral.refer", "referral.reopen"),
    stops=("triage.accept_here", "triage.hand_on", "triage.advise", "triage.duplicate_of", "referral.close"),
    goes_on=("triage.ask", "handover.accept", "re_homing.re_home", "re_homing.accept_re_homed"),
    words="Until a specialist decides, what is due is an answer to whoever asked.",
)
RESPONSE = Clock(
    starts=("triage.accept_here", "triage.hand_on"),
    stops=("referral.begin", "referral.close", "triage.advise", "triage.duplicate_of"),
    goes_on=(
        "handover.offer", "handover.accept", "handover.send_back", "triage.ask", "re_homing.re_home",
        "re_homing.accept_re_homed",
    ),
    words="Set at triage and counted from the instant the referral was received (or reopened), whatever "
    "the hour of triage. A later decision sets it anew from that same instant.",
)
OFFER = Clock(
    starts=("handover.offer", "triage.hand_on"),
    stops=("handover.accept", "handover.withdraw", "re_homing.re_home"),
    goes_on=("handover.send_back",),
    words="The team named by a return must answer by the same time as the team that returned it.",
)
SENT = Clock(
    ("handover.offer", "triage.hand_on", "handover.send_back"),
    ("stage.deliver", "stage.receive", "handover.accept", "handover.withdraw"),
    words="A delivery: a worker finds the offer on the list of the team that was asked, and writes it down.",
)
RECEIVED = Clock(
    ("stage.deliver",),
    ("stage.receive", "handover.accept", "handover.withdraw"),
    words="Somebody of the team has it on a screen. It is no answer; from then on the giver is told when "
    "none has come by its time. Neither is due later than the answer.",
)
FIRST_CONTACT = Clock(
    ("handover.accept",), ("care_contact.record", "referral.close"), ("referral.begin", "re_homing.re_home")
)
ACCESS = Clock(
    ("triage.accept_here", "triage.hand_on"),
    ("care_contact.record", "referral.close"),
    ("handover.offer", "handover.accept", "handover.send_back", "referral.begin", "triage.ask"),
    words=(
        "Two facts, two clocks, both counted from the instant the referral was received (or reopened): the "
        "first direct contact, and the first face to face. A call stops only the first. Of standards that "
        "apply to an urgency, a nation and a service the soonest stands. A referral keeps the version it was "
        "decided by."
    ),
)
STATUTORY = Clock(
    ("statutory.begin",),
    ("statutory.end",),
    ("statutory.extend", "handover.accept", "re_homing.re_home", "triage.ask"),
    words=(
        "Detention in a place of safety and the handover there from the arrival, the holding powers of a "
        "ward, a safeguarding enquiry, a review: counted from when it was so, by the version that stood "
        "then. Only a person's act ends one, and no referral closes while one runs. Detention in a place of "
        "safety may be extended once, by no more than its row allows, and only because of the person's "
        "condition: a missing professional is no reason."
    ),
)
SHORT_INTERVENTION = Clock(
    ("visit.go_on",), ("handover.accept", "statutory.begin", "referral.close"),
    ("visit.finish", "visit.ask", "handover.offer", "handover.send_back", "re_homing.re_home", "triage.ask"),
    words=(
        "A short intervention begins when a crew is first with the person, where what their team offers has "
        "a limit to it. It ends when another team has accepted the person, when a plan was agreed (its "
        "review is waited for), or when the referral closes; time ends nothing. Another visit does not begin "
        "it anew."
    ),
)
OWED = ("promise.keep", "promise.let_go")
PROMISED = {
    "callback": Clock(("contact.receive", "promise.make"), OWED, ("promise.re_home",)),
    "information": Clock(("triage.ask", "promise.make"), OWED, ("promise.re_home",)),
    "the_person": Clock(
        ("triage.ask", "promise.make"),
        OWED,
        ("promise.re_home",),
        "A pause, as waiting for information is: it has its own time, which somebody may choose up to the "
        "longest of its row, and no other clock stops for it. Past its time it climbs; only an act ends it.",
    ),
    "re_homing": Clock(
        ("re_homing.re_home",), ("re_homing.accept_re_homed", "handover.accept"), ("promise.re_home",)
    ),
    **{
        kind: Clock(
            ("promise.make",),
            OWED,
            ("promise.re_home",),
            "Told at once to whoever is on call; some raise themselves.",
        )
        for kind in sorted(ALARMS - {"holder_off", "police_gap", "late_arrival"})
    },
    "holder_off": Clock(
        ("promise.make",), ("promise.settle", *OWED), ("promise.re_home",),
        "Begins before a duty ends; a colleague who takes them on answers it.",
    ),
    "police_gap": Clock(
        ("police.decide", "police.learn", "police.see"), ("police.decide", "police.learn", *OWED),
        ("promise.re_home",),
        "Nobody has settled who responds: the police gave no answer, something new was said, or they saw "
        "somebody who is not well. No referral closes before it is decided.",
    ),
    "late_arrival": Clock(
        ("police.decide",), ("police.decide", "police.learn", *OWED), ("promise.re_home",),
        "Whoever goes in their place comes later than is safe, or nobody can say when.",
    ),
    "police_recheck": Clock(
        ("police.decide", "police.learn"), ("police.decide", "police.learn", *OWED), ("promise.re_home",),
        "Comes with every decision with the police, whatever they said. Deciding again keeps it too; "
        "where they do not attend it is due no later than somebody must be with the person.",
    ),
    "urgent_health": Clock(
        ("police.decide", "police.learn"), OWED, ("promise.re_home",),
        "A threat for later brings no police, and is an urgent health task all the same.",
    ),
    "visit": Clock(
        ("visit.ask", "joint_visit.come_along"), ("visit.go_on", "visit.finish", "visit.stand_down"),
        ("promise.re_home",), "Kept by being with the person, whichever crew has the visit.",
    ),
    "check_in": Clock(
        ("visit.go_on", "visit.check_in"), ("visit.check_in", "visit.go_on", "visit.finish"),
        ("promise.re_home",), "Runs for whoever is alone, from when they are there until they have left.",
    ),
    "not_at_home": Clock(("visit.finish",), OWED, ("promise.re_home",), "Not at home is no end."),
    "after_visit": Clock(
        ("visit.go_on", "visit.finish"), ("visit.finish", *OWED), ("promise.re_home",),
        "To have left owes what came of it; what comes next is owed by whoever holds the person.",
    ),
    "joint_visit": Clock(
        tuple(f"joint_visit.{act}" for act in ("ask_along", "stood_down", "ended", "move_meeting")),
        ("joint_visit.come_along", "joint_visit.ended", "visit.stand_down", *OWED), ("promise.re_home",),
    ),
    "asked_after": Clock(("onward_link.make",), ("onward_link.wrote", "onward_link.closing", *OWED)),
    "ring_by_link": Clock(("onward_link.ask_to_be_rung",), OWED, ("promise.re_home",)),
    "just_to_talk": Clock(("talk_asking.ask", "talk.tell"), ("talk.tell",), ("promise.re_home",)),
    "second_reading": Clock(
        ("promise.make",), ("promise.second_read",), ("promise.re_home",),
        "What may keep help from somebody stands only when another has read it; time never lets it stand.",
    ),
    "escalation": Clock(
        ("promise.escalate",), OWED, words="The promise stays owed; being raised gives it its next due time."
    ),
}


def clock_of(code: str) -> Clock | None:
    """Which acts move the clock of a promised time; none when nobody has said."""
    if code == "answer_referrer":
        return ANSWER
    if code == "sent":
        return SENT
    for start, stage in (("received_", RECEIVED), ("first_contact_", FIRST_CONTACT)):
        if code.startswith(start):
            return stage
    return OFFER if code.startswith("offer_") else PROMISED.get(code.removesuffix("_again"))


def page() -> str:
    return document(
        "Clocks",
        "the files of nowrongdoor.rules.law",
        "Every length of time that is promised, with its source. Times are counted in UTC as they elapse, "
        "nights and changes of the clock included. A due time itself is already late. Nothing lapses: a "
        "clock that has run out is late, and closes nothing.",
        "**Not checked** means that nobody has compared the figure with its source. Such a row is a default "
        "of ours or of a place, and is shown as such on every screen that explains it.",
        "## Response times",
        RESPONSE.words,
        table(_MOVES, [_moves(RESPONSE)]),
        table(_HEADS, (_row(one) for one in law.rows("response_times"))),
        "## Promised times",
        table(
            (*_HEADS, "At most", *_MOVES),
            ((*_row(one), _most(one), *_moves(clock_of(one["code"]))) for one in _promised()),
        ),
        *(f"*{name}* {clock.words}" for name, clock in _NOTES),
        "## Standards of access",
        ACCESS.words,
        table(_MOVES, [_moves(ACCESS)]),
        STATUTORY.words,
        table(_MOVES, [_moves(STATUTORY)]),
        SHORT_INTERVENTION.words,
        table(_MOVES, [_moves(SHORT_INTERVENTION)]),
        table(
            (*_HEADS, "Fact", "Level", "Counted from"),
            (
                (*_row(one), one["fact"].replace("_", " "), one["level"], one["starts"])
                for one in law.rows("access_standards")
            ),
        ),
        "## The ladder",
        "Who is told while a clock runs and nobody has replied. The first are told when so much of the "
        "promised time has gone; the others when the rung below has not replied in time. The last are told "
        "again until somebody acts. A reply lets the clock rest, and ends nothing.",
        table(_RUNGS, (_rung(one) for one in law.rows("escalation_ladder"))),
        "## Sweeps",
        table(
            ("What", "Within", "Source", "Checked"),
            (
                (one["label"], f"{one['seconds']} s", one["source"], _checked(one))
                for one in law.rows("sweep_times")
            ),
        ),
    )


_HEADS = ("Code", "What is promised", "Within", "Source", "Of", "Checked", "Where", "From", "Until")
_MOVES = ("Started by", "Stopped by", "Goes on through")
_RUNGS = ("Promised for more than", "Who", "From", "Replies within", "Rests at most", "Source", "Checked")
_NOTES = (
    ("Answering whoever asked.", ANSWER),
    ("Answering an offer.", OFFER),
    ("Escalating.", PROMISED["escalation"]),
    ("Waiting for the person.", PROMISED["the_person"]),
    ("Sending an offer.", SENT),
    ("Receiving an offer.", RECEIVED),
)


def _rung(row: dict[str, str]) -> tuple[str, ...]:
    over, within, rests = (
        duration(timedelta(minutes=int(row[name]))) if int(row[name]) else ""
        for name in ("over_minutes", "reply_within_minutes", "rests_up_to_minutes")
    )
    return (
        over or "any time",
        row["label"],
        f"{row['starts_percent']} % of the time",
        within or "before the due time",
        rests,
        row["source"],
        _checked(row),
    )


def _checked(row: dict[str, str]) -> str:
    return "checked" if row["verified"] == "yes" else "**not checked**"


def _promised() -> list[dict[str, str]]:
    return sorted(law.rows("promise_times"), key=lambda row: int(row["order"]))


def _moves(clock: Clock | None) -> tuple[str, ...]:
    if clock is None:
        return ("", "", "")
    return tuple(_acts(acts) for acts in (clock.starts, clock.stops, clock.goes_on))


def _most(row: dict[str, str]) -> str:
    return duration(timedelta(minutes=int(row["most_minutes"]))) if row["most_minutes"] else ""


def _row(row: dict[str, str]) -> tuple[str, ...]:
    within = timedelta(minutes=int(row["within_minutes"]))
    days = f"{row['working_days']} working days" if row.get("working_days") else ""
    return (
        f"`{row['code']}`",
        row["label"],
        days or (duration(within) if within else "at once"),
        row["source"],
        row["source_date"],
        _checked(row),
        row["jurisdiction"],
        row["valid_from"],
        row["valid_to"],
    )


def _acts(acts: tuple[str, ...]) -> str:
    return ", ".join(f"`{act}`" for act in acts)
