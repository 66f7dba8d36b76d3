"""
A link by which a team in which nobody signs in answers one offer.

Whoever has it answers for that team, under the name they give. It is bound to one offer and one team, and
opens nothing once the offer is answered, its time is over, or it was taken back: what was answered is told
then, and nothing of the person. No time that passes answers anything; the giver holds until somebody accepts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from nowrongdoor.rules import law, promise
from nowrongdoor.rules.agency import Member, Membership, Team
from nowrongdoor.rules.change import Refused, Step, Steps, began, changed, need_words
from nowrongdoor.rules.handover import REFUSALS, Handover
from nowrongdoor.rules.law import seeing
from nowrongdoor.rules.sight import Viewer
from nowrongdoor.rules.stage import Stage, StageKind
from nowrongdoor.rules.words import HandoverState, PromiseKind

ROLE = "link_holder"
"""In which role whoever has a link acts. Nobody signs in with it."""
ANSWERS_AN_OFFER = "answer"
"""What its secret is signed as."""
LASTS, MOST_DEVICES = "answer_link", "link_devices"
SEALED = "This is sealed, and a link can be passed on to whoever should not read it. Ring the team instead."


@dataclass(frozen=True)
class AnswerLink:
    """
    `digest` is all that is kept of the secret; `devices` are the marks of the browsers that opened it.
    `received_at` is when it was opened first, `last_received_at` last, and `last_received_by_id` by whom.
    `goes_on` is of a link that answers nothing, and by which the team that accepted writes what follows
    (`rules.onward_link`).
    """

    id: UUID
    handover_id: UUID
    referral_id: UUID
    team_id: UUID
    digest: str
    made_at: datetime
    made_by_id: UUID
    until_at: datetime
    withdrawn_at: datetime | None
    withdrawn_by_id: UUID | None
    received_at: datetime | None
    last_received_at: datetime | None
    last_received_by_id: UUID | None
    times: int
    devices: tuple[str, ...]
    answered_at: datetime | None
    goes_on: bool = False
    version: int = 0

    @property
    def effort(self) -> timedelta | None:
        """From when it was opened last until it was answered by it: what answering cost whoever did."""
        if self.answered_at is None or self.last_received_at is None:
            return None
        return self.answered_at - self.last_received_at

    def opens(self, *, at: datetime) -> bool:
        """Its time has not passed, and nobody has taken it back."""
        return self.withdrawn_at is None and self.made_at <= at < self.until_at


def signs_in(works: Sequence[Membership]) -> bool:
    """Somebody of the team works here with an account, and finds the offer on their own list."""
    return any(one.until_at is None and one.role != ROLE for one in works)


def holder(name: str, *, team_id: UUID, team_name: str, agency_id: UUID, agency_name: str) -> Viewer:
    """Whoever has the link of a team, under the name they give: the same name is the same member."""
    who = " ".join(name.split())
    said = f"{who}, holder of the link for {team_name}"
    return Viewer(_member_key(team_id, who), said, ROLE, team_id, team_name, agency_id, agency_name)


def own_name(by: Viewer) -> str:
    """The name that whoever has the link gave, without what they hold."""
    return by.member_name.partition(", holder of the link")[0]


def _member_key(team_id: UUID, name: str) -> UUID:
    return uuid5(team_id, f"by link {name.casefold()}")


def named(by: Viewer, *, name: str, job: str, known: Sequence[Member], at: datetime) -> Steps:
    """
    Whoever has the link says who they are, and what they do there. The first time that makes them a member
    of the team, so that what they accept is held by somebody with a name; it gives them no way to sign in.
    """
    need_words(name, field="name", ask="Say who you are: the team that asks must know who answers.")
    need_words(job, field="job", ask="Say what you do there, such as volunteer or co-ordinator.")
    if known:
        return ()
    who, does = " ".join(name.split()), " ".join(job.split())
    works = Membership(uuid5(by.member_id, "works"), by.member_id, by.team_id, ROLE, at, None)
    return (
        began("member.entered", Member(by.member_id, who, f"{does}, answers by link")),
        began("membership.began", works),
    )


def make(
    offered: Handover,
    *,
    link_id: UUID,
    digest: str,
    to: Team,
    works: Sequence[Membership],
    is_sealed: bool,
    by: UUID,
    at: datetime,
) -> Step:
    """
    The giver makes a link for an offer that waits. Refuses a team whose members sign in, for they have the
    offer on their list; and what is sealed, for a link can be passed on.
    """
    _waits(offered)
    if signs_in(works):
        raise Refused(
            f"People of {to.name} sign in, and this is on their list. A link would be a second way in.",
            code="they_sign_in",
            of=to,
        )
    if is_sealed:
        raise Refused(SEALED, code="sealed")
    made = bound(offered, link_id=link_id, digest=digest, lasts=LASTS, by=by, at=at)
    return began("answer_link.made", made)


def bound(
    offered: Handover,
    *,
    link_id: UUID,
    digest: str,
    lasts: str,
    goes_on: bool = False,
    by: UUID,
    at: datetime,
) -> AnswerLink:
    """A link of one offer and one team, which nobody has opened; `lasts` names the dated row of its time."""
    return AnswerLink(
        id=link_id,
        handover_id=offered.id,
        referral_id=offered.referral_id,
        team_id=offered.receiver_team_id,
        digest=digest,
        made_at=at,
        made_by_id=by,
        until_at=at + seeing.lasts(lasts, at=at),
        withdrawn_at=None,
        withdrawn_by_id=None,
        received_at=None,
        last_received_at=None,
        last_received_by_id=None,
        times=0,
        devices=(),
        answered_at=None,
        goes_on=goes_on,
    )


def receive(
    link: AnswerLink, *, offered: Handover, is_sealed: bool, device: str, by: UUID, at: datetime
) -> Step:
    """
    Somebody with the link has the offer on their screen, and has said who they are. It is not answered.

    On another device it opens as well, for a co-ordinator passes it to whoever is there today; each is on
    record, and one too many is refused.
    """
    need_open(link, offered=offered, is_sealed=is_sealed, at=at)
    return opened(link, "answer_link.received", device=device, by=by, at=at)


def opened(link: AnswerLink, kind: str, *, device: str, by: UUID, at: datetime) -> Step:
    """It is on record that it was opened, and on which device; refuses one device too many."""
    devices = link.devices if device in link.devices else (*link.devices, device)
    if len(devices) > (most := seeing.most(MOST_DEVICES, at=at)):
        raise Refused(
            f"This link has been opened on {most} devices, and opens on no other. "
            "Ring the team that sent it: they can make you a new one.",
            code="too_many_devices",
        )
    return changed(
        link,
        kind,
        received_at=link.received_at or at,
        last_received_at=at,
        last_received_by_id=by,
        times=link.times + 1,
        devices=devices,
    )


def need_open(link: AnswerLink, *, offered: Handover, is_sealed: bool, at: datetime) -> None:
    """Refuses a link that was taken back or whose time is over, and one whose offer has its answer."""
    _waits(offered)
    need_time(link, is_sealed=is_sealed, at=at)


def need_time(link: AnswerLink, *, is_sealed: bool, at: datetime) -> None:
    """Refuses a link that was taken back or whose time is over."""
    if link.withdrawn_at is not None or is_sealed:
        raise Refused("This link was taken back. Ring the team that sent it.", code="link_withdrawn")
    if not link.opens(at=at):
        raise Refused(
            "The time of this link is over. Ring the team that sent it: they can make you a new one.",
            code="link_over",
        )


def need_received(link: AnswerLink, *, known: Sequence[Member], team_name: str) -> None:
    """Refuses an answer by somebody who has not opened the offer under the name they now give."""
    if link.last_received_at is None or not known:
        raise Refused(
            f"Open this first, under the name you answer with: {team_name} must know who answered.",
            code="not_received",
        )


def answer(link: AnswerLink, *, at: datetime) -> Step:
    """The offer has been answered by this link, which answers nothing more."""
    return changed(link, "answer_link.answered", answered_at=at)


def ask_after(
    link: AnswerLink,
    *,
    offered: Handover,
    steps: Sequence[Step],
    team_name: str,
    goes_on_until: datetime | None = None,
    at: datetime,
) -> Step:
    """
    Nobody of the team that now holds the person signs in, so nobody of it is told that something is late: the
    giver owes it to ask them, by when they must have been in touch, or by when anybody must look again; and
    no later than the link ends by which they go on.
    """
    made = (step.change.after for step in steps)
    due = next(one.due_at for one in made if isinstance(one, Stage) and one.kind == StageKind.FIRST_CONTACT)
    longest = law.promise_time(PromiseKind.INFORMATION, at=at).most
    says = "have written nothing" if goes_on_until else "write nothing"
    return promise.make(
        promise_id=uuid5(link.id, "asked after"),
        kind=PromiseKind.INFORMATION,
        team_id=offered.giver_team_id,
        member_id=None,
        words=f"Ask {team_name} whether they were in touch: they answered by a link, and {says} here.",
        asked_of=team_name,
        due_at=min(one for one in (due, goes_on_until, longest and at + longest) if one),
        referral_id=offered.referral_id,
        at=at,
    )


def withdraw(link: AnswerLink, *, by: UUID, at: datetime) -> Step:
    """The giver takes the link back: whoever has it reads nothing by it from this instant."""
    if link.withdrawn_at is not None:
        raise Refused("This link has already been taken back.", code="link_withdrawn", of=link)
    return changed(link, "answer_link.withdrawn", withdrawn_at=at, withdrawn_by_id=by)


def _waits(offered: Handover) -> None:
    if offered.state != HandoverState.OFFERED:
        raise Refused(REFUSALS[HandoverState(offered.state)], code="offer_over", of=offered)
