"""
A volunteer who rang to talk is worried: whoever holds the person hears of it at once, as a contact with a
call back that they owe; where nobody holds them, the front door that asked for the call.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from nowrongdoor.rules import contact, promise, ringing
from nowrongdoor.rules.change import Steps, need_words
from nowrongdoor.rules.contact import Said
from nowrongdoor.rules.holding import Holding
from nowrongdoor.rules.promise import Promise
from nowrongdoor.rules.talk import UNSAFE, Talk
from nowrongdoor.rules.words import PromiseKind

WORRIED = "A volunteer who rang to talk is worried about them: act on it now"


def who_hears(holdings: Iterable[Holding], *, otherwise: UUID) -> UUID:
    """The team that holds them since last; `otherwise` where nobody does."""
    held = sorted((one for one in holdings if one.until_at is None), key=lambda one: (one.from_at, one.id))
    return held[-1].team_id if held else otherwise


def worry(
    talk: Talk,
    owed: Promise,
    *,
    words: str,
    contact_id: UUID,
    callback_id: UUID,
    to_team_id: UUID,
    name: str,
    agency: str,
    by: UUID,
    at: datetime,
) -> Steps:
    """
    A volunteer is worried: a contact with whoever holds the person, or with whoever asked for the call, and a
    call back that they owe at once. It ends nothing of the call, and can be said before and after it.
    """
    need_words(words, field="words", ask="Say what worries you.")
    said = Said(
        channel="telephone",
        caller_kind="professional",
        caller_name=name,
        caller_agency=agency,
        callback_number=talk.number,
        safe_to_call=talk.safe_to_call if talk.safe_to_call not in UNSAFE else ringing.NO,
        words=words.strip(),
        about=talk.ask_for,
    )
    received = contact.receive(
        said,
        contact_id=contact_id,
        person_id=owed.person_id,
        team_id=to_team_id,
        by=by,
        outcome="callback_booked",
        callback_id=callback_id,
        callback_due_at=None,
        has_referral=False,
        happened_at=at,
        at=at,
    )[0]
    # Owed by the team and no member: whoever is worried is not the one who acts on it.
    return (
        received,
        promise.make(
            promise_id=callback_id,
            kind=PromiseKind.CALLBACK,
            team_id=to_team_id,
            member_id=None,
            words=WORRIED,
            due_at=None,
            at=at,
            contact_id=contact_id,
            person_id=owed.person_id,
        ),
    )
