"""The acts that are measured, each through its journey, on a row that it may be done to; all are undone."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from nowrongdoor.console.bench import rows
from nowrongdoor.console.bench.goals import RECORD
from nowrongdoor.console.bench.measure import Work
from nowrongdoor.console.bench.rows import MESSAGE, Row, member_of
from nowrongdoor.journeys import contacts, handovers, people, referrals, triage
from nowrongdoor.kernel.now import now
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules.person import Details
from nowrongdoor.rules.triage import Decision

DECISION = Decision("urgent", ("mental",), "Not slept for four nights.")
HAPPENED = {"told": "She knows and is glad of it.", "told_by": "us"}


def of(by: Viewer, *, team: UUID) -> Iterator[Work]:
    other = rows.another_team(team)
    yield undone("record a contact with a referral", lambda _: rows.received(by))
    yield undone("record, refer and offer in one", lambda _: rows.received(by, to=other))
    yield undone("register a person", lambda _: register(by))
    yield undone("link a contact", partial(link, by), partial(rows.unlinked, by))
    for name, decide in {
        "triage: keep here": accept_here,
        "triage: hand on to another team": partial(hand_on, other),
        "triage: ask": ask,
        "triage: advise": advise,
    }.items():
        yield undone(name, partial(decide, by), partial(rows.to_triage, by))
    yield undone("triage: the same as another", partial(duplicate, by), partial(rows.twice, by))
    yield undone("accept a handover", accept, answering)
    yield undone("send a handover back", send_back, answering)
    yield undone("withdraw a handover", withdraw, withdrawing)
    yield undone("close a referral", partial(close, by), partial(rows.to_close, by))
    yield undone("reopen a referral", partial(reopen, by), partial(rows.closed, by))


def undone(name: str, do: Callable[[Any], object], prepare: Callable[[], Any] = lambda: None) -> Work:
    return Work(name, do, RECORD, prepare=prepare)


def register(by: Viewer) -> None:
    details = Details(family_name="Ffowc-Hebden", given_names="Maryam", phone="01632 960114")
    people.register(person_id=uuid4(), details=details, looked_at=[], by=by, at=now())


def link(by: Viewer, row: Row) -> None:
    contacts.link(contact_id=row[0], person_id=row[2], by=by, at=now(), seen=row[1])


def accept_here(by: Viewer, row: Row) -> None:
    triage.accept_here(referral_id=row[0], decision=DECISION, by=by, at=now(), seen=row[1])


def hand_on(to: UUID, by: Viewer, row: Row) -> None:
    triage.hand_on(
        referral_id=row[0],
        decision=DECISION,
        handover_id=uuid4(),
        to_team_id=to,
        message=MESSAGE,
        by=by,
        at=now(),
        seen=row[1],
    )


def ask(by: Viewer, row: Row) -> None:
    triage.ask(
        referral_id=row[0],
        promise_id=uuid4(),
        asked_of="Her mum",
        words="Which medicine does she take?",
        due_at=None,
        by=by,
        at=now(),
        seen=row[1],
    )


def advise(by: Viewer, row: Row) -> None:
    triage.advise(referral_id=row[0], decision=DECISION, **HAPPENED, by=by, at=now(), seen=row[1])


def duplicate(by: Viewer, both: Row) -> None:
    triage.duplicate_of(referral_id=both[0], other_id=both[1], **HAPPENED, by=by, at=now(), seen=1)


def answering() -> Row:
    """An offer, whoever was asked, and a team that is neither of the two."""
    offer = rows.offered()
    return (*offer, member_of(offer[3]), rows.another_team(offer[2], offer[3]))


def withdrawing() -> Row:
    offer = rows.offered()
    return (*offer, member_of(offer[2]))


def accept(row: Row) -> None:
    handovers.accept(
        handover_id=row[0],
        read_back="We see her today at ten.",
        holding_id=uuid4(),
        by=row[4],
        at=now(),
        seen=row[1],
    )


def send_back(row: Row) -> None:
    handovers.send_back(
        handover_id=row[0],
        reason="not_ours",
        words="",
        next_team_id=row[5],
        next_handover_id=uuid4(),
        by=row[4],
        at=now(),
        seen=row[1],
    )


def withdraw(row: Row) -> None:
    handovers.withdraw(handover_id=row[0], reason="changed", words="", by=row[4], at=now(), seen=row[1])


def close(by: Viewer, row: Row) -> None:
    referrals.close(referral_id=row[0], outcome="help_given", **HAPPENED, by=by, at=now(), seen=row[1])


def reopen(by: Viewer, row: Row) -> None:
    why = "She rang again: it is no better."
    referrals.reopen(referral_id=row[0], holding_id=uuid4(), why=why, by=by, at=now(), seen=row[1])
