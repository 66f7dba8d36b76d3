"""
What is there once nothing is under way any more, asked of the rows by plain SQL and laid beside the ledger.

Lost: acknowledged, and not there. Doubled: one thing that somebody said or did, there more than once. Torn:
a part of an act without the rest of it, or a row and its story apart. These look at every row, not only at
those that were acknowledged: half an act that nobody was told of is as bad.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from django.db import connection

from nowrongdoor.console.prove import invariants, replay
from nowrongdoor.console.prove.crash.writers import Act

THERE = {
    "contact": "SELECT id FROM contacts_contact WHERE id = ANY(%s)",
    "offer": "SELECT id FROM handovers_handover WHERE id = ANY(%s)",
    "accept": "SELECT id FROM holdings_holding WHERE id = ANY(%s)",
    "asked": "SELECT id FROM handovers_handover WHERE id = ANY(%s)",
    "answered": "SELECT id FROM handovers_handover WHERE id = ANY(%s) AND state = 'accepted'",
}
DOUBLED = """
SELECT 'contact', words, count(*) FROM contacts_contact WHERE words <> '' GROUP BY words HAVING count(*) > 1
UNION ALL
SELECT 'referral of contact', contact_id::text, count(*) FROM referrals_referral
    WHERE contact_id IS NOT NULL GROUP BY contact_id HAVING count(*) > 1
UNION ALL
SELECT 'offer of referral', referral_id::text, count(*) FROM handovers_handover
    GROUP BY referral_id HAVING count(*) > 1
UNION ALL
SELECT 'holding by handover', handover_id::text, count(*) FROM holdings_holding
    WHERE handover_id IS NOT NULL GROUP BY handover_id HAVING count(*) > 1
UNION ALL
SELECT 'first holding of referral', referral_id::text, count(*) FROM holdings_holding
    WHERE began_by = 'received' GROUP BY referral_id HAVING count(*) > 1
"""
TORN = """
SELECT 'contact ' || id || ' was handed over and has no referral' FROM contacts_contact contact
    WHERE outcome = 'handed_over'
        AND NOT EXISTS (SELECT FROM referrals_referral WHERE contact_id = contact.id)
UNION ALL
SELECT 'referral ' || id || ' was never held' FROM referrals_referral referral
    WHERE NOT EXISTS (SELECT FROM holdings_holding WHERE referral_id = referral.id)
UNION ALL
SELECT 'handover ' || id || ' was accepted and nobody began to hold' FROM handovers_handover handover
    WHERE state = 'accepted' AND NOT EXISTS (SELECT FROM holdings_holding WHERE handover_id = handover.id)
UNION ALL
SELECT 'holding ' || id || ' began by a handover that nobody accepted' FROM holdings_holding holding
    WHERE handover_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM handovers_handover WHERE id = holding.handover_id AND state = 'accepted')
"""
WITHOUT_HOLDER = """
SELECT count(*) FROM referrals_referral referral WHERE state <> 'closed' AND NOT EXISTS (
    SELECT FROM holdings_holding WHERE referral_id = referral.id AND until_at IS NULL)
"""


@dataclass
class Findings:
    """How much of each, and each in words with its invariant."""

    lost: int = 0
    doubled: int = 0
    torn: int = 0
    without_holder: int = 0
    rows: int = 0
    violations: list[tuple[str, str]] = field(default_factory=list)


def findings(acknowledged: Sequence[Act]) -> Findings:
    """Everything that is not as it must be; of the ledger, only what is not there."""
    found = Findings()
    lost, torn = missing(acknowledged)
    found.lost = len(lost)
    found.violations += [("I4", f"acknowledged and lost: {words}") for words in lost]
    for what, of, times in _rows(DOUBLED):
        found.doubled += times - 1
        found.violations.append(("I4", f"there {times} times: {what} {of}"))
    told = replay.compared()
    found.rows = told.rows
    torn += [words for (words,) in _rows(TORN)]
    found.torn = len(torn) + told.mismatches
    found.violations += [("I4", f"torn: {words}") for words in torn]
    found.violations += [("I7", f"torn: {words}") for words in told.violations]
    ((found.without_holder,),) = _rows(WITHOUT_HOLDER)
    found.violations += [(words[:2], words) for words in invariants.broken()]
    return found


def missing(acknowledged: Sequence[Act]) -> tuple[list[str], list[str]]:
    """Acts of the ledger whose row is not there; and those whose row is there without what came with it."""
    lost, torn = [], []
    for kind in ("contact", "offer", "accept"):
        acts = [act for act in acknowledged if act.kind == kind]
        there = _there(kind, [act.key for act in acts])
        lost += [f"{kind} {act.key}" for act in acts if act.key not in there]
        with_it = [(act, act.with_it) for act in acts if act.with_it is not None and act.key in there]
        beside = _there("answered" if kind == "accept" else "asked", [key for _, key in with_it])
        torn += [f"{kind} {act.key} without its handover" for act, key in with_it if key not in beside]
    return lost, torn


def _there(kind: str, keys: Sequence[UUID]) -> set[UUID]:
    with connection.cursor() as cursor:
        cursor.execute(THERE[kind], [list(keys)])
        return {key for (key,) in cursor.fetchall()}


def _rows(question: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(question)
        return cursor.fetchall()
