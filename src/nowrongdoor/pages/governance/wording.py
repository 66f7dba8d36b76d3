"""Reviews, agreements and looks in words."""

from datetime import datetime
from typing import Any

from django.urls import reverse

from nowrongdoor.nhsuk import clocks, code_words, seeing_words, surroundings, wording
from nowrongdoor.nhsuk.wording import Chip
from nowrongdoor.reading.looks import LookLine
from nowrongdoor.reading.oversight import AgreementLine, ReviewLine
from nowrongdoor.rules import law
from nowrongdoor.rules.agreement import AID, Standing
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.review import Review, ReviewKind

KINDS = {
    ReviewKind.BREAK_GLASS: "Glass broken",
    ReviewKind.OVERRIDE: "Shared without consent to keep someone safe",
    ReviewKind.NO_AGREEMENT: "Shared with an agency that no agreement covers",
    ReviewKind.NUMBER_IN_DOUBT: "An NHS number on two records, one of them restricted",
}
STANDINGS = {
    Standing.EXPIRED: "Has run out",
    Standing.REVIEW_DUE: "To be looked at again",
    Standing.IN_FORCE: "In force",
    Standing.NOT_YET: "Not in force yet",
}


def what_happened(one: Review, *, at: datetime) -> str:
    if one.kind == ReviewKind.PATTERN:
        return (
            f"Looked at: {code_words.mid_sentence(code_words.words_of('look_patterns', one.pattern, at=at))}"
        )
    return KINDS[ReviewKind(one.kind)]


def chip(one: Review, *, at: datetime) -> Chip:
    """The clock of a review, with the rule that set it; its colour is the clock's alone."""
    if one.decided_at is not None:
        return wording.done_chip(f"Reviewed {wording.local_when(one.decided_at, at=at)}")
    rules = [
        row for row in law.access_times(on=local_date(one.raised_at)) if row.code == f"review_{one.kind}"
    ]
    said = f"{rules[0].label}. Source: {clocks.source_words(rules[0])}" if rules else ""
    return wording.chip(one.due_at, at=at, rule_words=said)


def line(one: ReviewLine, *, shows_people: bool, at: datetime) -> dict[str, Any]:
    """A row of the list of reviews."""
    asked = one.review
    return {
        "id": asked.id,
        "url": reverse("review", args=[asked.id]),
        "chip": chip(asked, at=at),
        "what": what_happened(asked, at=at),
        "when": wording.local_when(asked.raised_at, at=at),
        "who": one.member_name,
        "agency": agency(one),
        "person": person(one) if shows_people else "",
        "outcome": code_words.words_of("review_outcomes", asked.outcome, at=at) if asked.outcome else "",
        "decided_by": one.decided_by,
    }


def agency(one: ReviewLine) -> str:
    """
    For whom the member acted. A number in doubt is looked into by those who restricted the other record: for
    whom whoever wrote it down acted, that review does not say.
    """
    return "" if one.review.kind == ReviewKind.NUMBER_IN_DOUBT else one.agency_name


def person(one: ReviewLine) -> str:
    """Whose record it was; several, where many were looked at."""
    if one.review.person_id is None:
        return "several people"
    return wording.person_name(one.family_name, one.given_names)


def agreed(one: AgreementLine, *, at: datetime) -> dict[str, Any]:
    """A row of the list of agreements."""
    facts = one.agreement
    return {
        "pair": f"{one.one_name} and {one.other_name}",
        "purpose": agreed_for(facts.purpose, at=at),
        "what": facts.what,
        "legal_basis": facts.legal_basis,
        "standing": STANDINGS[one.standing],
        "is_alarm": one.standing in (Standing.EXPIRED, Standing.REVIEW_DUE),
        "dates": f"{wording.local_date(facts.from_on)} to {wording.local_date(facts.until_on)}",
        "review_on": wording.local_date(facts.review_on),
    }


def agreed_for(purpose: str, *, at: datetime) -> str:
    """What an agreement is for: a purpose of looking at people, or about crews."""
    about_crews = {one.code for one in law.codes(AID, on=local_date(at))}
    return code_words.words_of(AID if purpose in about_crews else "purposes", purpose, at=at)


HEADING = ("when", "who", "role", "team", "agency", "person", "tie", "purpose", "shown", "page")


def exported(one: LookLine, *, at: datetime) -> tuple[object, ...]:
    """A row of the file; a person is their key."""
    return (
        one.looked_at,
        one.member_name,
        surroundings.role_words(one.role, at=at),
        one.team_name,
        one.agency_name,
        one.person_id,
        seeing_words.tie(one.relationship),
        code_words.words_of("purposes", one.purpose, at=at) if one.purpose else "",
        " ".join(one.elements),
        one.page,
    )


def look(one: LookLine, *, named: bool, at: datetime) -> dict[str, Any]:
    """A row of the access log. People are shown by their initials, but for one who was asked for."""
    name = (
        ""
        if one.person_id is None
        else wording.person_name(one.family_name, one.given_names)
        if named
        else wording.initials(one.family_name, one.given_names)
    )
    return {
        "when": wording.local_datetime(one.looked_at),
        "who": one.member_name,
        "as": f"{surroundings.role_words(one.role, at=at)}, {one.team_name}, {one.agency_name}",
        "whom": name or "Nobody known yet",
        "why": seeing_words.tie(one.relationship),
        "purpose": seeing_words.purpose(one.purpose, at=at),
        "elements": wording.listed(one.replace("_", " ") for one in one.elements)
        if one.elements
        else "nothing",
        "page": one.page.replace("_", " "),
    }
