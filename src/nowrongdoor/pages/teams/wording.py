"""A team in words: its members, what it owes, and what passes on when somebody leaves or it closes."""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import due, pauses, records, skill_words, surroundings, whom, wording
from nowrongdoor.reading.team_passing import Passing, Stays
from nowrongdoor.reading.team_record import OwedLine, Worker
from nowrongdoor.rules import access, law, skill
from nowrongdoor.rules.words import PromiseKind

KINDS = {
    PromiseKind.CALLBACK: "Call back",
    PromiseKind.INFORMATION: "Answer to get",
    PromiseKind.THE_PERSON: "Waiting for the person",
    PromiseKind.POLICE_RECHECK: "Look again at what was decided with the police",
    PromiseKind.URGENT_HEALTH: "See somebody who is threatened with harm later",
    PromiseKind.VISIT: "A visit to make",
    PromiseKind.CHECK_IN: "Whoever is alone on a visit is to say that they are safe",
    PromiseKind.NOT_AT_HOME: "Follow up somebody who was not at home",
    PromiseKind.AFTER_VISIT: "Do what was agreed at a visit",
    PromiseKind.JOINT_VISIT: "Answer the team you go to somebody with",
    PromiseKind.JUST_TO_TALK: "A call to make, just to talk",
    PromiseKind.RE_HOMING: "Came without an acceptance: settle who holds it",
    PromiseKind.SECOND_READING: "Waits for a second reader",
    **{PromiseKind(kind): words for kind, words in due.ALARMS.items()},
}
ANSWERED_THERE = (
    PromiseKind.RE_HOMING, PromiseKind.SECOND_READING, PromiseKind.VISIT, PromiseKind.CHECK_IN,
    PromiseKind.JUST_TO_TALK,
)  # fmt: skip


def worker(one: Worker, *, viewer: Viewer, at: datetime) -> dict[str, object]:
    """Who, as what, since when, and what is theirs by name."""
    is_viewer = one.member.id == viewer.member_id
    return {
        "id": one.member.id,
        "name": one.member.name,
        "is_viewer": is_viewer,
        "job_title": one.member.job_title,
        "role": surroundings.role_words(one.role, at=at),
        "since": wording.local_date(one.since),
        "holds": wording.plural(one.holds, "referral"),
        "holds_url": reverse("my_work_part", args=["mine"]) if is_viewer else reverse("board_table"),
        "owes": wording.plural(one.owes, "promise"),
        "leave_url": reverse("member_leave", args=[one.member.id]),
    }


def owed(one: OwedLine, *, viewer: Viewer, at: datetime) -> dict[str, object]:
    """A promise as a row: its clock, whom it is about, what is owed by whom, and what can be done."""
    raised = f", raised {wording.plural(one.level, 'time')}" if one.level else ""
    rule = f"Promised {wording.local_when(one.made_at, at=at)}{raised}"
    asked = f", {pauses.joined(one.kind)} {one.asked_of}" if one.asked_of else ""
    is_call = one.kind == PromiseKind.JUST_TO_TALK  # read by whoever rings, and by nobody else
    return {
        "id": f"promise-{one.promise_id}",
        "url": "" if is_call and one.team_id != viewer.team_id else records.about(one),
        "name": whom.name(one.whom),
        "about": whom.about(one.whom, at=at),
        "chip": wording.chip(one.due_at, at=at, rule_words=rule),
        "what": f"{KINDS[PromiseKind(one.kind)]}{asked}",
        "words": whom.line(one.words),
        "raised": f"Raised to {one.raised_to}: “{whom.line(one.raised_words)}”" if one.raised_to else "",
        "who": f"{one.team_name} – {one.member_name}" if one.member_name else one.team_name,
        "acts": _acts(one, viewer=viewer, at=at),
    }


def _acts(one: OwedLine, *, viewer: Viewer, at: datetime) -> tuple[tuple[str, str, str], ...]:
    acts = []
    is_call = one.kind == PromiseKind.JUST_TO_TALK  # its ladder raises it: they have no record to do it from
    if one.due_at <= at and not is_call and access.may_do(viewer, "promise.escalate", at=at):
        acts.append(("Escalate", reverse("promise_escalate", args=[one.promise_id]) + "?back=team", ""))
    if one.kind in ANSWERED_THERE and one.team_id == viewer.team_id:
        # Answered only by accepting the person or handing them over, or by a second reader: all done there.
        acts.append(("Open", records.about(one), ""))
    elif one.team_id == viewer.team_id and access.may_do(viewer, "promise.keep", at=at):
        acts.append(("Done", reverse("promise_keep", args=[one.promise_id]), ""))
    return tuple(acts)


def stays(one: Stays) -> str:
    """`Crisis team, Averley Mental Health: 3 referrals held by name, 1 promise owed by name.`"""
    held, owed = wording.plural(one.holds, "referral"), wording.plural(one.owes, "promise")
    return f"{one.team_name}, {one.agency_name}: {held} held and {owed} owed by name."


def settle_within(*, at: datetime) -> str:
    """How soon whoever holds after a re-homing must have answered: `1 h`."""
    return wording.duration(law.promise_time(PromiseKind.RE_HOMING, at=at).within)


def passing(one: Passing, successor: str, *, at: datetime) -> tuple[str, ...]:
    """What happens at the instant a team closes, in the order in which people would ask."""
    people = wording.plural(one.people, "person", "people")
    lines = [
        f"{people} ({wording.plural(one.referrals, 'referral')}) pass from {one.team.name} to {successor}. "
        f"{successor} holds each from that instant, and within {settle_within(at=at)} must accept each anew, "
        "or hand it over."
        if one.referrals
        else f"{one.team.name} holds nobody, so nobody passes on.",
        f"{wording.plural(one.owed, 'promise')} that {one.team.name} owes will be owed by {successor}, "
        "by the same time."
        if one.owed
        else f"{one.team.name} owes no promise.",
    ]
    if one.asked_of_us:
        lines.append(
            f"{wording.plural(one.asked_of_us, 'offer')} that waits for an answer here "
            f"{'is' if one.asked_of_us == 1 else 'are'} withdrawn; whoever offered holds on."
        )
    if one.asked_by_us:
        lines.append(
            f"{wording.plural(one.asked_by_us, 'offer')} that {one.team.name} made "
            f"{'is' if one.asked_by_us == 1 else 'are'} withdrawn, for {successor} holds them then."
        )
    lines.append(
        f"{wording.plural(one.workers, 'member')} can act for {one.team.name} no more. "
        "Whoever works for another team switches to it."
    )
    return tuple(lines)


def skills(workers: Iterable[Worker], *, viewer: Viewer, at: datetime) -> list[dict[str, str]]:
    """For a lead: whose skill or power ends soon or has, and nobody has renewed it; until when it counts."""
    if not access.may_do(viewer, "skill.enter", at=at):
        return []
    return [
        {
            "name": one.member.name,
            "what": skill_words.label(held.kind),
            "until": skill_words.until(held, at=at),
        }
        for one in workers
        for held in one.skills
        if skill.is_ending(held, one.skills, at=at)
    ]
