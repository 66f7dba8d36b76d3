"""
State diagrams from the tables of moves: the same words as the rules, the buttons and the journal.

What follows from an act on something else (a referral is accepted because its handover was) stands
in no table of moves; it is found by running the rule on a referral in each state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import ModuleType
from uuid import UUID

from nowrongdoor.console.documents.text import document, first_paragraph, paragraphs, table
from nowrongdoor.rules import contact, handover, law, promise, referral, triage
from nowrongdoor.rules.change import Moves, Refusals
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.referral import Referral
from nowrongdoor.rules.words import ReferralState

SOME_DAY = datetime(2026, 11, 25, 9, 0, tzinfo=UTC)
SOME_ID = UUID(int=1)
Edge = tuple[str, str, str]  # from, to, because of
START = "[*]"  # as Mermaid draws where everything begins
NOTHING_YET = "nothing yet"


@dataclass(frozen=True)
class Page:
    """What one diagram is printed from: the rule's module, and where its verbs are found."""

    title: str
    rule: ModuleType
    verbs: tuple[ModuleType, ...]
    follows: Callable[[], Iterator[Edge]]


def page(name: str) -> Callable[[], str]:
    return lambda: _page(PAGES[name])


def _page(of: Page) -> str:
    moves: Moves = of.rule.MOVES
    refusals: Refusals = of.rule.REFUSALS
    follows = sorted(set(of.follows()))
    source = f"nowrongdoor.{of.rule.__name__.removeprefix('nowrongdoor.')}"
    return document(
        of.title,
        source,
        paragraphs(of.rule),
        "## States and moves",
        diagram(moves, follows),
        "## The acts",
        table(("Act", "From", "To", "What becomes true"), _acts(of, moves)),
        "## What follows from other acts" if follows else "",
        table(("Because", "From", "To"), ((why, _said(a), _said(b)) for a, b, why in follows))
        if follows
        else "",
        "## When the answer is no",
        "An act with no line above from the state it finds is refused, in these words:",
        table(("State found", "Refused with"), ((_said(state), words) for state, words in refusals.items())),
    )


def diagram(moves: Moves, follows: list[Edge]) -> str:
    """Mermaid's state diagram, one arrow for each move."""
    edges = [(a or START, b, verb) for verb, pairs in moves.items() for a, b in pairs.items()]
    lines = [f"    {a} --> {b}: {_said(verb)}" for a, b, verb in [*edges, *follows]]
    final = sorted({b for _, b, _ in edges} - {a for a, _, _ in edges})
    return "\n".join(
        ["```mermaid", "stateDiagram-v2", *lines, *(f"    {state} --> [*]" for state in final), "```"]
    )


def _acts(of: Page, moves: Moves) -> Iterator[tuple[str, str, str, str]]:
    for verb, pairs in moves.items():
        rule = next(getattr(module, verb) for module in of.verbs if hasattr(module, verb))
        ends = dict.fromkeys(pairs.values())
        yield (
            f"`{verb}`",
            ", ".join(_said(state or START) for state in pairs),
            ", ".join(map(_said, ends)),
            first_paragraph(rule),
        )


def _said(state: str) -> str:
    return NOTHING_YET if state == START else str(state).replace("_", " ")


# What follows, found by running the rules ----------------------------------------------------------------


def _nothing() -> Iterator[Edge]:
    yield from ()


def _of_a_contact() -> Iterator[Edge]:
    for outcome in law.codes("contact_outcomes", on=SOME_DAY.date()):
        received, *_ = contact.receive(
            Said(channel="telephone"),
            contact_id=SOME_ID,
            person_id=None,
            team_id=SOME_ID,
            by=SOME_ID,
            outcome=outcome.code,
            callback_id=SOME_ID,
            callback_due_at=None,
            has_referral=True,
            happened_at=SOME_DAY,
            at=SOME_DAY,
        )
        ended = str(received.change.after.state)
        if ended != contact.MOVES["receive"][None]:
            yield START, ended, "receive, with an outcome that ends it"


def _of_a_referral() -> Iterator[Edge]:
    for state in ReferralState:
        if state not in (ReferralState.CLOSED, ReferralState.WAITING):
            yield from _after("its handover is accepted", _a_referral(state), referral.accepted)
            waiting = _a_referral(ReferralState.WAITING, waiting_from=state)
            yield from _after("the last answer comes", waiting, _answered)


def _after(why: str, before: Referral, rule: Callable[..., object]) -> Iterator[Edge]:
    for step in rule(before, at=SOME_DAY):  # type: ignore[attr-defined]
        if step.change.after.state != before.state:
            yield str(before.state), str(step.change.after.state), why


def _answered(before: Referral, *, at: datetime) -> object:
    return triage.answered(before, still_open=())


def _a_referral(state: ReferralState, waiting_from: ReferralState | None = None) -> Referral:
    received, _ = referral.refer(
        referral_id=SOME_ID,
        holding_id=SOME_ID,
        person_id=None,
        contact_id=None,
        team_id=SOME_ID,
        member_id=None,
        needs=(),
        request="",
        words="",
        at=SOME_DAY,
    )
    return Referral(**{**vars(received.change.after), "state": state, "waiting_from": waiting_from})


PAGES = {
    "contact": Page("The states of a contact", contact, (contact,), _of_a_contact),
    "referral": Page("The states of a referral", referral, (referral, triage), _of_a_referral),
    "handover": Page("The states of a handover", handover, (handover,), _nothing),
    "promise": Page("The states of a promise", promise, (promise,), _nothing),
}
