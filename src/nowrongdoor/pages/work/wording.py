"""What a task is, what comes next in it, and where it is done."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import chases, clocks, due, glass, numbers, pauses, records, stages, whom, wording
from nowrongdoor.nhsuk.addresses import reverse
from nowrongdoor.nhsuk.fields import ordinal
from nowrongdoor.nhsuk.numbers import Number
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.reading.handover_lines import WaitingOffer
from nowrongdoor.reading.my_work import Task
from nowrongdoor.rules import access

PROMISES = {
    "callback": "Call back owed",
    "information": "Answer to get",
    "the_person": "Waiting for the person",
    "police_recheck": "Look again at what was decided with the police",
    "urgent_health": "See somebody who is threatened with harm later",
    "visit": "A visit to make",
    "check_in": "Whoever is alone on a visit is to say that they are safe",
    "not_at_home": "Follow up somebody who was not at home",
    "after_visit": "Do what was agreed at a visit",
    "joint_visit": "Answer the team you go to somebody with",
    "just_to_talk": "A call to make, just to talk",
    "re_homing": "Re-homed to your team, not accepted yet",
    "second_reading": "Waits for a second reader",
    **due.ALARMS,
}
SINCE = {"re_homing": "Re-homed", "second_reading": "Written"}

AT_THE_VISIT = {"visit", "check_in"}
OF_POLICE = {"police_recheck", "police_gap", "late_arrival"}
# Nobody has decided on them yet.
TO_DECIDE = {"new", "triaged"}
RETURNED = {1: "returned once", 2: "returned twice"}


# Words, address, and the key that does the same while the focus is in the row.
Act = tuple[str, str, str]


@dataclass(frozen=True, eq=False)
class Row:
    """A task as a line of a table. It is kept with what was made of it, and so known by being that one."""

    id: str
    subject_id: UUID
    url: str
    name: str
    about: str
    flags: tuple[str, ...]
    chip: Chip
    what: str
    words: str
    who: str
    acts: tuple[Act, ...]
    how_far: str = ""
    chased: str = ""
    ring: Number | None = None
    ring_whom: str = ""

    @property
    def is_glass(self) -> bool:
        """Somebody broke the glass: it is told above what is to be done."""
        return self.id.startswith("glass-")


def row(task: Task, *, viewer: Viewer, at: datetime, waiting: WaitingOffer | None = None) -> Row:
    """One line, in words, with the acts that can come next. `waiting` is the offer it is about, if any."""
    may_triage = access.may_do(viewer, "triage.decide", at=at)
    return line(task, viewer.member_name, viewer.team_name, may_triage, waiting, at)


def line(
    task: Task, name: str, team: str, may_triage: bool, waiting: WaitingOffer | None, at: datetime
) -> Row:
    """The same for whoever of a team is called so, or for nobody who is named in it."""
    return Row(
        id=f"{task.kind}-{task.subject_id}",
        subject_id=task.subject_id,
        url=_url(task),
        name=whom.name(task.whom),
        about=whom.about(task.whom, at=at),
        flags=whom.flags(task.whom),
        chip=_chip(task, at=at),
        what=_what(task, at=at),
        words=_words(task),
        who=_who(task, name, team),
        acts=_acts(task, may_triage=may_triage, waiting=waiting),
        how_far=_beside(task, waiting, at=at),
        chased=chases.chased_words(waiting.last_chase, at=at) if waiting and waiting.last_chase else "",
        ring=numbers.of(task.ring.number, task.ring.safe) if task.ring.number else None,
        ring_whom=task.ring.name,
    )


def escalated(line: due.Row, task: Row | None) -> due.Row:
    """
    What has been escalated as a line, with all that the same thing would say and offer as a task of the team:
    it stands here once. What only leads where its name does is left out beside the acts themselves.
    """
    if task is None:
        return line
    goes = {url for _, url, _ in task.acts}
    more = tuple(one for one in line.acts if one[1] not in goes and one[1] != line.url)
    return replace(
        line,
        id=task.id,  # it is the same line, wherever it stands: what has the focus keeps it
        words=task.words,
        who=task.who,
        acts=(*task.acts, *more),
        flags=task.flags,
        ring=task.ring,
        ring_whom=task.ring_whom,
    )


def opened(one: Row) -> dict[str, str]:
    """A record the team holds that somebody opened by breaking the glass, as such lines are shown."""
    [(do, do_url, _)] = one.acts
    return {
        "id": one.id,
        "url": one.url,
        "when": one.chip.words,
        "until": one.chip.rule_words,
        "name": one.name,
        "about": one.about,
        "why": one.what,
        "words": one.words,
        "who": one.who,
        "do": do,
        "do_url": do_url,
    }


def _chip(task: Task, *, at: datetime) -> Chip:
    if task.kind == "glass":
        return glass.chip(task.due_at, task.since_at, at=at)
    if task.kind in {"offer", "given"}:
        return clocks.answer_chip(answer_by=task.due_at, offered_at=task.since_at, at=at)
    if task.kind == "promise":
        raised = f", raised {wording.plural(task.hop, 'time')}" if task.hop else ""
        since = SINCE.get(task.state, "Promised")
        return wording.chip(
            task.due_at, at=at, rule_words=f"{since} {wording.local_when(task.since_at, at=at)}{raised}"
        )
    return clocks.response_chip(
        state=task.state, due_at=task.due_at, standard=task.standard, since_at=task.since_at, at=at
    )


def _what(task: Task, *, at: datetime) -> str:
    if task.kind == "offer":
        hop = f", {ordinal(task.hop)} team to be asked" if task.hop > 1 else ""
        return f"{wording.for_service('Handover to answer', task.asked_of)}{hop}"
    if task.kind == "held" and task.hop:
        return f"Handed over to {task.asked_of}, not accepted yet"
    if task.kind == "glass":
        return glass.why(task.state, at=task.due_at)
    if task.kind == "triage" or (task.kind == "held" and task.state in TO_DECIDE):
        return "New, to triage" if task.state == "new" else "Back with us: decide who responds"
    if task.kind == "promise":
        asked = f": {pauses.joined(task.state)} {task.asked_of}" if task.asked_of else ""
        return f"{PROMISES[task.state]}{asked}"
    if task.kind == "given":
        hop = f"{ordinal(task.hop)} handover" if task.hop > 1 else "Handover"
        times = RETURNED.get(task.returned, f"returned {task.returned} times")
        return f"{hop}, {times}" if task.returned else hop
    if task.state == "waiting":
        return pauses.words(task.pause, at=at) or pauses.WAITING
    if task.state == "accepted":
        return "Get in touch with the person"
    return "Go on, or close with what was agreed"


def _beside(task: Task, waiting: WaitingOffer | None, *, at: datetime) -> str:
    """How far an offer has come; and what is waited for, where the line says first what comes next."""
    if waiting and task.kind == "given":
        return stages.how_far(waiting.stages, at=at)
    says_it = task.state == "waiting" and not task.hop
    return "" if says_it else pauses.words(task.pause, at=at)


def _words(task: Task) -> str:
    """What was typed. `Ring back: caller lost – we ring back` has said it twice before it is shown."""
    said = task.words
    if task.kind == "glass":
        return f"“{whom.line(said)}”"
    if task.kind == "promise" and task.state == "callback":
        said = said.removeprefix("Ring back: ").removesuffix(" – we ring back")
    return whom.line(said[:1].upper() + said[1:])


def _who(task: Task, name: str, team: str) -> str:
    member = "you" if name and task.member == name else task.member
    if task.kind == "glass":
        return glass.who(task.member, task.team)
    if task.kind == "given":
        return f"Asked of {wording.for_service(task.team, task.asked_of)}, by {member}"
    if task.kind == "promise":
        return f"Owed by {member or team}"
    if task.kind == "offer":
        return f"From {task.team}, {task.member}"
    if task.kind == "triage":
        return f"Held by {member or f'{team}, nobody by name'}; came to {task.team}"
    return f"Came to {task.team}"


def _acts(task: Task, *, may_triage: bool, waiting: WaitingOffer | None) -> tuple[Act, ...]:
    if task.kind == "offer":
        return (
            ("Accept", reverse("handover_accept", args=[task.subject_id]), "a"),
            ("Return", reverse("handover_return", args=[task.subject_id]), "d"),
        )
    is_to_decide = task.kind == "triage" or (task.kind == "held" and task.state in TO_DECIDE and not task.hop)
    if is_to_decide and may_triage:
        decide = reverse("triage_decide", args=[task.subject_id])
        return (("Triage", decide, ""), ("Ask", f"{decide}?decide=ask", "m"),
                ("Hand on", f"{decide}?decide=hand", "t"))  # fmt: skip
    if task.kind == "glass":
        return (("See who looked", reverse("person_sharing", args=[task.person_id]), ""),)
    if task.kind == "promise" and task.state == "re_homing":
        return (
            ("Accept", reverse("referral_accept_re_homed", args=[task.referral_id]), "a"),
            ("Hand over instead", reverse("handover_new", args=[task.referral_id]), ""),
        )
    if task.kind == "promise" and task.state == "holder_off":
        return (("Take on", reverse("referral", args=[task.referral_id]), ""),)
    if task.kind == "promise" and task.state in OF_POLICE:
        again = reverse("referral_police", args=[task.referral_id])
        return (("Decide again", again, ""), ("Done", reverse("promise_keep", args=[task.subject_id]), ""))
    if task.kind == "promise" and task.state in AT_THE_VISIT:
        return (("See the visits", reverse("rapid"), ""),)
    if task.kind == "promise" and task.state == "joint_visit":
        done = reverse("promise_keep", args=[task.subject_id])
        return (("See the visits", reverse("rapid"), ""), ("Done", done, ""))
    if task.kind == "promise" and task.state == "just_to_talk":
        return (("See the call", reverse("talk", args=[task.subject_id]), ""),)
    if task.kind == "promise" and task.state == "second_reading":
        return (("Open", reverse("person", args=[task.person_id]), ""),)
    if task.kind == "promise":
        return (("Done", reverse("promise_keep", args=[task.subject_id]), ""),)
    if task.kind == "given":
        phone = waiting.receiver_phone if waiting else ""
        ring = ((f"Phone {waiting.receiver_team}", f"tel:{phone.replace(' ', '')}", ""),) if phone else ()
        return (
            ("Chase", reverse("handover_chase", args=[task.subject_id]), ""),
            *ring,
            ("Withdraw", reverse("handover_withdraw", args=[task.subject_id]), ""),
        )
    return (("Open", reverse("referral", args=[task.subject_id]), ""),)


def _url(task: Task) -> str:
    if task.kind in {"offer", "given"}:
        return reverse("handover", args=[task.subject_id])
    return records.about(task)
