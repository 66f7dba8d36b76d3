"""Who may see, what was decided, sealed and opened, and who looked: in words."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from nowrongdoor.nhsuk import code_words, seeing_words, surroundings, wording
from nowrongdoor.reading.looks_of_person import PersonLook
from nowrongdoor.reading.oversight import AgreementLine
from nowrongdoor.reading.seal_lines import SealLine
from nowrongdoor.reading.sharing_record import DecisionLine, Item, OpeningLine, TeamSight
from nowrongdoor.rules.access import Relationship
from nowrongdoor.rules.agreement import Standing
from nowrongdoor.rules.opening import OpeningKind
from nowrongdoor.rules.sealing import is_on

STANDINGS = {
    Standing.EXPIRED: "has run out",
    Standing.REVIEW_DUE: "in force, to be looked at again",
    Standing.IN_FORCE: "in force",
    Standing.NOT_YET: "not in force yet",
}
SEALED = {"person": "The whole record", "referral": "A referral", "contact": "A contact"}
WHOLE_RECORD = (
    "The whole record: nobody else finds this person, and only those who hold them or were asked to see where"
    " they are"
)
LOOKED_INTO = "Your information governance lead was asked to look into it."
REACHES_NOBODY = (
    "Recorded, and it opens nothing for that team",
    "It could reach somebody the seal protects from, so the record stays shut to their whole agency. Talk"
    " with your safeguarding lead now: together you decide what is said, and to whom. If somebody is in"
    f" danger now, ring 999. {LOOKED_INTO}",
)
NO_TEAM = "That team is not here any more. Choose another."
TOLD = (Relationship.SHARED, Relationship.TOLD_TO_KEEP_SAFE)
NOT_YOURS = "This goes with a referral that you may not see. Ask {team} to withdraw it."
KEEPS = "They hold this person or were asked to, and go on seeing what they hold or were asked."


def team(one: TeamSight, *, at: datetime) -> dict[str, str]:
    """A team that may see: why, since when, until when, and what."""
    return {
        "agency": one.agency_name,
        "team": f"{one.member_name}, {one.team_name}" if one.member_name else one.team_name,
        "why": seeing_words.TIES[one.tie].capitalize(),
        "since": wording.local_when(one.since, at=at),
        "until": _until(one, at=at),
        "sees": seeing_words.elements(one.elements),
    }


def _until(one: TeamSight, *, at: datetime) -> str:
    if one.tie is Relationship.LATELY:
        return "A while after they let go"
    if one.until is None:
        return "Until withdrawn" if one.tie in TOLD else "As long as that is so"
    return wording.local_when(one.until, at=at)


def decision(one: DecisionLine, *, person_id: UUID, may_withdraw: bool, at: datetime) -> dict[str, Any]:
    """A decision with its two grounds apart."""
    facts = one.decision
    rows = [
        ("For", code_words.words_of("purposes", facts.purpose, at=at)),
        ("Data protection law", code_words.words_of("gdpr_bases", facts.gdpr_basis, at=at)),
        ("Confidentiality", code_words.words_of("confidentiality_bases", facts.confidentiality_basis, at=at)),
        ("Does the person know?", code_words.words_of("person_told", facts.told, at=at)),
        ("Decided", f"{wording.local_when(facts.decided_at, at=at)} by {one.decided_by}, for {one.by_team}"),
    ]
    if facts.handover_id is not None:
        rows.append(("With", "An offer to take the person on"))
    if facts.withdrawn_at is not None:
        rows.append(("Ended", f"{wording.local_when(facts.withdrawn_at, at=at)} by {one.withdrawn_by}"))
    return {
        "to": f"{one.to_team}, {one.to_agency}",
        "rows": rows,
        "words": facts.words,
        "decided_by": one.decided_by,
        "ended_words": facts.withdrawal_words,
        "keeps": KEEPS if one.holds else "",
        "withdraw_url": reverse("sharing_withdraw", args=[person_id, facts.id])
        if may_withdraw and one.shows_item
        else "",
    }


def holds_against(one: SealLine | None, *, is_override: bool) -> str:
    """What whoever shares is told of a seal on the whole record, before and after; empty without one."""
    if one is None:
        return ""
    lift = f"A team lead of a team that holds the person can lift the seal; {one.team_name} put it."
    if is_override:
        return (
            "A seal on the whole record stands. The team you choose can read the record all the same, but not"
            " where the person is. Whoever the seal protects from cannot. Where that is a whole agency, this"
            " opens nothing for any team of it; where it is one person, their colleagues can read it, and"
            " must not tell them. You are told which it was. Ring the team as well, so that somebody reads"
            " it now."
        )
    return (
        "A seal on the whole record stands, and sharing does not open it: that team will not see this until"
        f" the seal is lifted. {lift} If someone is in danger, ring the team: they can break the glass."
    )


def seal(one: SealLine, *, person_id: UUID, may_lift: bool, at: datetime) -> dict[str, str]:
    facts = one.seal
    return {
        "what": SEALED[is_on(facts)],
        "why": code_words.words_of("seal_reasons", facts.why, at=at),
        "words": facts.words,
        "when": wording.local_when(facts.sealed_at, at=at),
        "by": f"{one.sealed_by}, {one.team_name}",
        "against": one.against,
        "lift_url": reverse("seal_lift", args=[person_id, facts.id]) if may_lift else "",
    }


def sealed(against: str) -> str:
    """What whoever puts a seal is told: that it holds, and against whom, where somebody is named."""
    holds = "Others do not learn from now on that it is there. You and your team go on seeing it."
    if not against:
        return holds
    return (
        f"{holds} No sharing reaches {against}, and the glass does not break for them. But where a team of"
        " theirs holds this or is asked to, that team goes on seeing it: move it to another team first."
    )


def opening(one: OpeningLine, *, at: datetime) -> dict[str, str]:
    """How somebody without a part opened the record."""
    facts = one.opening
    is_claim = facts.kind == OpeningKind.CLAIM
    reasons = "claim_reasons" if is_claim else "break_glass_reasons"
    return {
        "when": wording.local_when(facts.opened_at, at=at),
        "until": wording.local_when(facts.until_at, at=at),
        "who": f"{one.member_name}, {one.team_name}",
        "how": "Said why" if is_claim else "Broke the glass",
        "why": code_words.words_of(reasons, facts.reason, at=at),
        "words": facts.words,
    }


def agreed(one: AgreementLine, *, at: datetime) -> str:
    """An agreement in a line."""
    facts = one.agreement
    what_for = code_words.mid_sentence(code_words.words_of("purposes", facts.purpose, at=at))
    until = wording.local_date(facts.until_on)
    return f"{one.one_name} and {one.other_name}, for {what_for}: {STANDINGS[one.standing]}, until {until}"


def item(one: Item, *, at: datetime) -> tuple[str, str]:
    """A referral or a contact as it is chosen from a list."""
    when = wording.local_when(one.received_at, at=at)
    if one.kind == "referral":
        needs = wording.listed(w.lower() for w in code_words.all_words_of("needs", one.codes, at=at))
        said = f"The referral of {when}, for {needs or 'a need not known yet'}"
    else:
        said = f"The contact of {when}, by {code_words.words_of('channels', one.codes[0], at=at).lower()}"
    return f"{one.kind}:{one.id}", said


def look(one: PersonLook, *, at: datetime) -> dict[str, str]:
    """One look, for staff."""
    return {
        "when": wording.local_datetime(one.looked_at),
        "who": one.member_name,
        "as": ", ".join(part for part in (surroundings.role_words(one.role, at=at), _where(one)) if part),
        "why": seeing_words.tie(one.relationship),
        "purpose": seeing_words.purpose(one.purpose, at=at),
        "elements": seeing_words.elements(one.elements),
        "page": seeing_words.page(one.page),
    }


def _where(one: PersonLook) -> str:
    return ", ".join(part for part in (one.team_name, one.agency_name) if part)


def look_for_person(one: PersonLook, *, at: datetime) -> dict[str, str]:
    """The same for the person whose record it is: what staff are, and not who."""
    return {
        "when": wording.local_datetime(one.looked_at),
        # The person, and a carer whom they let read, are of no team; the log calls them what they are.
        "who": f"{code_words.with_article(surroundings.role_words(one.role, at=at)).capitalize()}"
        f" of {_where(one)}"
        if one.team_name
        else one.member_name,
        "why": seeing_words.TOLD.get(one.relationship, "not said"),
        "purpose": seeing_words.purpose(one.purpose, at=at),
        "elements": seeing_words.told_elements(one.elements),
    }
