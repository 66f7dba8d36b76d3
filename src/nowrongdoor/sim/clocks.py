"""The clocks that run in a place in memory, as its rows say: the mirror of what triggers do in PostgreSQL."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from nowrongdoor.rules import police_review, review
from nowrongdoor.rules.agency import Membership, Team
from nowrongdoor.rules.contact import Contact
from nowrongdoor.rules.escalation import Climb, Clock, ClockKind, Reply
from nowrongdoor.rules.handover import Handover
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.police_decision import PoliceDecision
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.promise_kinds import GIVES_NO_PART
from nowrongdoor.rules.referral import CLOSED, UNDER_WAY, Referral
from nowrongdoor.rules.review import Review
from nowrongdoor.rules.stage import OF_OFFERS, Stage
from nowrongdoor.rules.statutory import StatutoryClock
from nowrongdoor.rules.words import HandoverState, PromiseState
from nowrongdoor.sim.rows import Rows

PROMISING = (Promise, Handover, Referral, Stage, StatutoryClock, Review, PoliceDecision)


def of(rows: Rows) -> Iterator[Clock]:
    """One clock for each row that promises something by a time, in the order of rows."""
    for kind in PROMISING:
        for row in rows.every(kind):
            if not isinstance(row, PoliceDecision) or row.disputed_at is not None:
                yield of_row(rows, row)


def one(rows: Rows, clock_id: UUID) -> Clock:
    """The clock of the row with this id. Raises `Missing` when there is none."""
    kinds = [kind for kind in PROMISING if clock_id in rows.tables[kind]]
    return of_row(rows, rows.one(kinds[0] if kinds else Promise, clock_id))


def of_row(rows: Rows, row: Any) -> Clock:
    if isinstance(row, Promise):
        return _clock(rows, row, _of_promise(rows, row))
    if isinstance(row, Handover):
        return _clock(rows, row, _of_offer(rows, row))
    if isinstance(row, Stage):
        return _clock(rows, row, _of_stage(rows, row))
    if isinstance(row, StatutoryClock):
        return _clock(rows, row, _of_statutory(rows, row))
    if isinstance(row, Review):
        return _clock(rows, row, _of_review(rows, row))
    if isinstance(row, PoliceDecision):
        return _clock(rows, row, _of_disagreement(rows, row))
    return _clock(rows, row, _of_referral(rows, row))


def _of_promise(rows: Rows, row: Promise) -> dict[str, Any]:
    about = rows.one(Referral, row.referral_id).person_id if row.referral_id else None
    if about is None and row.contact_id:
        about = rows.one(Contact, row.contact_id).person_id
    # A call just to talk gives no part in the care: its clock does not say whom it is about.
    told = row.kind not in GIVES_NO_PART
    return {
        "kind": row.kind,
        "team_id": row.owner_team_id,
        "member_id": row.owner_member_id,
        "person_id": (row.person_id or about) if told else None,
        "referral_id": row.referral_id if told else None,
        "contact_id": row.contact_id if told else None,
        "standard": row.standard or row.kind,
        "started_at": row.made_at,
        "due_at": row.due_at,
        "is_running": row.state == PromiseState.OPEN,
    }


def _of_offer(rows: Rows, row: Handover) -> dict[str, Any]:
    return {
        "kind": ClockKind.OFFER,
        "team_id": row.receiver_team_id,
        "member_id": None,
        "person_id": rows.one(Referral, row.referral_id).person_id,
        "referral_id": row.referral_id,
        "contact_id": None,
        "standard": row.standard or ClockKind.OFFER,
        "started_at": row.offered_at,
        "due_at": row.answer_by,
        "is_running": row.state == HandoverState.OFFERED,
    }


def _of_referral(rows: Rows, row: Referral) -> dict[str, Any]:
    """Nobody has triaged it: what is due is an answer to whoever asked. Help under way has been begun."""
    held = _held(rows, row)
    return {
        "kind": ClockKind.RESPONSE if row.triaged_at else ClockKind.ANSWER_REFERRER,
        "team_id": held.team_id if held else row.from_team_id,
        "member_id": held.member_id if held else None,
        "person_id": row.person_id,
        "referral_id": row.id,
        "contact_id": row.contact_id,
        "standard": row.standard,
        "started_at": row.reopened_at or row.received_at,
        "due_at": row.due_at,
        "is_running": row.state != CLOSED and UNDER_WAY not in (row.state, row.waiting_from),
    }


def _of_stage(rows: Rows, row: Stage) -> dict[str, Any]:
    """Awaited until it is reached: of an offer while that waits, of a referral while that is open."""
    referral = rows.one(Referral, row.referral_id)
    held = _held(rows, referral)
    if row.kind in OF_OFFERS and row.handover_id is not None:
        waits = rows.one(Handover, row.handover_id).state == HandoverState.OFFERED
    else:
        is_over = referral.reopened_at is not None and row.started_at < referral.reopened_at
        waits = referral.state != CLOSED and not is_over
    return {
        "kind": row.kind,
        "team_id": held.team_id if held else referral.from_team_id,
        "member_id": held.member_id if held else None,
        "person_id": referral.person_id,
        "referral_id": referral.id,
        "contact_id": None,
        "standard": row.standard,
        "started_at": row.started_at,
        "due_at": row.due_at,
        "is_running": row.reached_at is None and waits,
    }


def _of_statutory(rows: Rows, row: StatutoryClock) -> dict[str, Any]:
    """It runs until somebody says that it is over, whoever holds the person by then."""
    referral = rows.one(Referral, row.referral_id)
    held = _held(rows, referral)
    return {
        "kind": row.kind,
        "team_id": held.team_id if held else referral.from_team_id,
        "member_id": held.member_id if held else None,
        "person_id": referral.person_id,
        "referral_id": referral.id,
        "contact_id": None,
        "standard": row.standard,
        "started_at": row.started_at,
        "due_at": row.due_at,
        "is_running": row.ended_at is None,
    }


def _of_review(rows: Rows, row: Review) -> dict[str, Any]:
    """Of nobody: whose record it was is for whoever looks into it, and on no list of what is due."""
    agency_of = rows.indexes.agency_of
    leads = rows.several(Membership, rows.indexes.works_as.of(review.LEAD))
    lead = review.answerable(row, (one for one in leads if agency_of[one.team_id] == row.agency_id))
    return {
        "kind": ClockKind.GOVERNANCE_REVIEW,
        "team_id": lead.team_id if lead else _any_team(rows, row.agency_id).id,
        "member_id": None,
        "person_id": None,
        "referral_id": None,
        "contact_id": None,
        "standard": f"review_{row.kind}",
        "started_at": row.raised_at,
        "due_at": row.due_at,
        "is_running": row.decided_at is None,
    }


def _of_disagreement(rows: Rows, row: PoliceDecision) -> dict[str, Any]:
    """Of nobody; owed by whoever held the person when it was recorded, or another team of that agency."""
    at = row.disputed_at
    holdings = rows.several(Holding, rows.indexes.holdings_of.get(row.referral_id, ()))
    then = [
        one.team_id for one in holdings
        if at is not None and one.from_at <= at and (one.until_at is None or one.until_at > at)
    ]  # fmt: skip
    held = rows.one(Team, then[0] if then else rows.one(Referral, row.referral_id).from_team_id)
    teams = [one for one in rows.every(Team) if one.agency_id == held.agency_id]
    return {
        "kind": f"police_{row.review_level}",
        "team_id": min(teams, key=lambda one: (one.closed_at is not None, one.id != held.id, one.id)).id,
        "member_id": None,
        "person_id": None,
        "referral_id": None,
        "contact_id": None,
        "standard": police_review.DAYS[row.review_level],
        "started_at": row.review_from_at,
        "due_at": row.review_due_at,
        "is_running": row.review_ended_at is None,
    }


def _any_team(rows: Rows, agency_id: UUID) -> Team:
    """A team of the agency, an open one where there is one: always the same, so that it can be found."""
    teams = (one for one in rows.every(Team) if one.agency_id == agency_id)
    return min(teams, key=lambda one: (one.closed_at is not None, one.id))


def _held(rows: Rows, of: Referral) -> Holding | None:
    """Who holds the referral, or held it last."""
    holdings = rows.several(Holding, rows.indexes.holdings_of.get(of.id, ()))
    return max(holdings, key=_latest, default=None)


def _latest(held: Holding) -> tuple[Any, ...]:
    return (held.until_at is None, held.from_at, held.until_at or held.from_at)


def _clock(rows: Rows, row: Any, says: dict[str, Any]) -> Clock:
    last = next(iter(rows.several(Climb, rows.indexes.climbs_of.get(row.id, ())[-1:])), None)
    # A person who gives it another due time begins its ladder anew; how often it climbed is still counted.
    stands = last if last is not None and last.due_at == says["due_at"] else None
    replies = rows.several(Reply, rows.indexes.replies_to.get(row.id, ()))
    said = next((one for one in replies if stands is not None and one.step == stands.step), None)
    return Clock(
        id=row.id,
        agency_id=rows.one(Team, says["team_id"]).agency_id,
        step=last.step if last else 0,
        rung=stands.rung if stands else "",
        next_at=stands.next_at if stands else None,
        rests_until=said.rests_until if said else None,
        **says,
    )
