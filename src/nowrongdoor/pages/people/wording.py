"""A person's page in words: their open referrals as strips, contacts, and what is owed."""

from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.urls import reverse

from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import clocks, code_words, holder_line, wording
from nowrongdoor.nhsuk.fields import ordinal
from nowrongdoor.nhsuk.shapes import Strip
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.pages.people import story
from nowrongdoor.reading.owed import Owed
from nowrongdoor.reading.person_record import ContactLine, PersonRecord, ReferralLine
from nowrongdoor.reading.person_timeline import Act, Timeline
from nowrongdoor.rules import access, clock, law
from nowrongdoor.rules import often as rule
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.referral import CLOSED, Referral
from nowrongdoor.rules.words import PromiseKind, ReferralState

NEXT = {
    ReferralState.NEW: "to be triaged",
    ReferralState.WAITING: "what is waited for",
    ReferralState.TRIAGED: "to be offered to a team",
    ReferralState.ACCEPTED: "first contact with the person",
    ReferralState.UNDER_WAY: "help goes on",
}
LONGEST = 240


def needs_words(referral: Referral, *, at: datetime) -> str:
    """`Mental health, Housing`, or that nobody knows yet."""
    return ", ".join(code_words.all_words_of("needs", referral.needs, at=at)) or "Needs not known yet"


def referral(one: ReferralLine, *, at: datetime) -> dict[str, object]:
    """A referral as a strip, with the unbroken line of who held it."""
    referral = one.referral
    return {
        "id": referral.id,
        "url": _url(one),
        "needs": _what(one, at=at),
        "strip": _strip(one, at=at),
        "holds": holder_line.holds(one.holds),
        "held": holder_line.hold(one.held_now) if one.held_now else None,
        "outcome": code_words.words_of("close_outcomes", referral.outcome, at=at) if referral.outcome else "",
        "received": wording.local_when(referral.received_at, at=at),
        "closed": wording.local_when(referral.closed_at, at=at) if referral.closed_at else "",
        "told": referral.told,
    }


def _what(one: ReferralLine, *, at: datetime) -> str:
    return needs_words(one.referral, at=at) if one.may_see else "What this is about is not shown to you"


def _url(one: ReferralLine) -> str:
    return reverse("referral", args=[one.referral.id]) if one.may_see else ""


def not_shown(number: int) -> str:
    """`2 items you may not see`, or nothing where all is shown: no one meets a silently empty record."""
    return f"{number} {'item' if number == 1 else 'items'} you may not see" if number else ""


def _strip(one: ReferralLine, *, at: datetime) -> Strip:
    referral = one.referral
    if one.offer:
        next_step = f"{one.offer.team_name} to answer by {wording.local_when(one.offer.answer_by, at=at)}"
    else:
        next_step = NEXT.get(ReferralState(referral.state), "") if referral.state != CLOSED else ""
    return Strip(
        id=f"referral-{referral.id}",
        url=_url(one),
        name=_what(one, at=at),
        chip=clocks.referral_chip(referral, at=at),
        reason=referral.request or referral.words[:LONGEST],
        holder=holder_line.holder_words(one.held_now),
        hops=f"{ordinal(one.offer.hop)} handover" if one.offer else "",
        next_step=next_step,
        from_words=f"Received {wording.local_when(referral.received_at, at=at)}",
    )


def contact(one: ContactLine, *, at: datetime) -> dict[str, str]:
    """A contact in a line: when, by which way, what was said, what came of it."""
    said = one.contact
    return {
        "url": reverse("contact", args=[said.id]),
        "when": wording.local_when(said.happened_at, at=at),
        "way": code_words.words_of("channels", said.channel, at=at),
        "words": said.words[:LONGEST] + (" …" if len(said.words) > LONGEST else ""),
        "outcome": code_words.words_of("contact_outcomes", said.outcome, at=at),
        "by": f"{one.member_name}, {one.team_name}",
    }


def owed(one: Owed, *, viewer: Viewer, at: datetime) -> dict[str, object]:
    """What is owed, by whom and until when."""
    promise = one.promise
    about = ("referral", promise.referral_id) if promise.referral_id else ("contact", promise.contact_id)
    chip: Chip = clocks.promise_chip(promise, at=at)
    is_late = clock.is_late(promise.due_at, at=at)
    return {
        "escalate_url": reverse("promise_escalate", args=[promise.id])
        if is_late and access.may_do(viewer, "promise.escalate", at=at)
        else "",
        "chip": chip,
        "words": promise.words,
        "asked_of": promise.asked_of,
        "who": f"{one.team_name} – {one.member_name}" if one.member_name else one.team_name,
        "url": reverse(about[0], args=[about[1]]) if about[1] else "",
        "stop_url": reverse("talk_withdraw", args=[promise.id])
        if promise.kind == PromiseKind.JUST_TO_TALK and access.may_do(viewer, "talk.ask", at=at)
        else "",
    }


def days(told: Timeline, *, at: datetime) -> list[dict[str, object]]:
    """The story by the day it was on the wall, each act with its sentences; one that has none is left out."""
    agencies = dict(told.agencies)
    found = []
    for day, acts in groupby(told.acts, key=lambda act: wording.local_day(act.recorded_at)):
        # What an act did is said once: narrowed to one type, it may have been said under another.
        parts = (_act(act, told.team_names, agencies, since=told.last_seen_at, at=at) for act in acts)
        said = [one for one in parts if one["lines"]]
        if said:
            found.append({"day": wording.local_date(day), "acts": said})
    return found


def _act(
    act: Act, names: dict[str, str], agencies: dict[UUID, str], *, since: datetime | None, at: datetime
) -> dict[str, object]:
    parts = (act.by_name, act.by_team, agencies.get(act.agency_id, "") if act.agency_id else "")
    who = ", ".join(part for part in parts if part) if act.by_name else "Nobody – recorded by the system"
    return {
        "time": wording.local_time(act.recorded_at),
        "stamp": wording.stamp(act.recorded_at),
        "who": who,
        "is_new": since is not None and act.recorded_at > since,
        "lines": story.lines(act, names, at=at),
    }


def often(record: PersonRecord, *, may_promise: bool, at: datetime) -> dict[str, object] | None:
    """That so many were in touch by or for them, and what can be offered; none where it is not so."""
    times = [one.contact.happened_at for one in record.contacts]
    found = rule.of_person(times, born_on=record.person.born_on, at=at)
    house = rule.of_address(record.at_address, at=at)
    said = []
    if found:
        said.append(f"{found.count} contacts by or for them in {found.threshold.days} days.")
    if house:
        days = f"{house.count} contacts from their address in {house.threshold.days} days"
        said.append(f"{days}, by or for anybody there.")
    if not said:
        return None
    offers = law.codes("support_offers", on=local_date(at)) if may_promise else ()
    url = reverse("person_promise", args=[record.person.id])
    return {"said": said, "offers": [(one.label, f"{url}?offer={one.code}") for one in offers]}
