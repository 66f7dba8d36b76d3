"""
Which acts race which: each kind arranges one pair, of which exactly one may win.

Two offers of one referral never wait at once, so "two teams accept at once" is this: the team that was asked
accepts, while a colleague there returns the offer and the team named next accepts at once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from nowrongdoor.console.prove import visiting
from nowrongdoor.console.prove.pairs import Act, Pair
from nowrongdoor.console.prove.place import ASK, DECISION, Place
from nowrongdoor.journeys import handovers, holdings, openings, people, referrals, triage
from nowrongdoor.rules.attachment import NewFile
from nowrongdoor.rules.person import Details

LETTER = b"Dear all, she takes 5 mg in the morning."


@dataclass(frozen=True)
class Kind:
    """`fault` is the mark of the fault in the catalogue that this kind would show."""

    name: str
    fault: str
    arrange: Callable[[Place], Pair]
    one_constraint_knows: bool = True
    """Whether some constraint alone keeps both from winning."""


def accept_and_accept_by_two_members(place: Place) -> Pair:
    referral_id, handover_id = place.an_offer()
    return Pair(accepting(place, "Priya", handover_id), accepting(place, "Lou", handover_id), (referral_id,))


def accept_and_accept_by_two_teams(place: Place) -> Pair:
    referral_id, handover_id = place.an_offer()
    accepted = accepting(place, "Priya", handover_id)
    returned = returning(place, "Lou", handover_id, then_accepted_by="Sam")
    return Pair(accepted, returned, (referral_id,))


def accept_and_withdraw(place: Place) -> Pair:
    referral_id, handover_id = place.an_offer()
    by, at = place["Amir"], place.later()
    withdrawn = Act(
        "withdraw",
        lambda: handovers.withdraw(handover_id=handover_id, reason="changed", words="", by=by, at=at, seen=1),
        by,
        at,
    )
    return Pair(accepting(place, "Priya", handover_id), withdrawn, (referral_id,))


def accept_and_return(place: Place) -> Pair:
    referral_id, handover_id = place.an_offer()
    return Pair(accepting(place, "Priya", handover_id), returning(place, "Lou", handover_id), (referral_id,))


def offer_and_offer(place: Place) -> Pair:
    referral_id = place.a_referral()
    return Pair(
        offering(place, "Amir", referral_id, to="Crisis team"),
        offering(place, "Bethan", referral_id, to="Social care"),
        (referral_id,),
    )


def triage_and_triage(place: Place) -> Pair:
    referral_id = place.a_referral()
    kept, handed = (place["Amir"], place.later()), (place["Bethan"], place.later())
    return Pair(
        Act(
            "keep here",
            lambda: triage.accept_here(
                referral_id=referral_id, decision=DECISION, by=kept[0], at=kept[1], seen=1
            ),
            *kept,
        ),
        Act(
            "hand on",
            lambda: triage.hand_on(
                referral_id=referral_id,
                decision=DECISION,
                handover_id=uuid4(),
                to_team_id=place.teams["Crisis team"],
                message=ASK,
                by=handed[0],
                at=handed[1],
                seen=1,
            ),
            *handed,
        ),
        (referral_id,),
    )


def close_and_offer(place: Place) -> Pair:
    referral_id = place.a_referral()
    by, at = place["Bethan"], place.later()
    closed = Act(
        "close",
        lambda: referrals.close(
            referral_id=referral_id,
            outcome="help_given",
            told="We rang her and she is well.",
            told_by="us",
            by=by,
            at=at,
            seen=1,
        ),
        by,
        at,
    )
    return Pair(closed, offering(place, "Amir", referral_id, to="Crisis team"), (referral_id,))


def register_the_same_number(place: Place) -> Pair:
    details = place.someone(with_number=True)
    # Heard differently by two people on two telephones: only the number is the same.
    return _registering(place, details, replace(details, family_name=details.family_name + "e"))


def register_the_same_name_and_birth_date(place: Place) -> Pair:
    details = place.someone(with_number=False)
    return _registering(place, details, replace(details, family_name=details.family_name.upper()))


def correct_and_correct(place: Place) -> Pair:
    person_id = place.a_person()
    return Pair(
        correcting(place, "Amir", person_id, phone="07700 900001"),
        correcting(place, "Priya", person_id, phone="07700 900002"),
        people=(person_id,),
    )


def accept_re_homed_and_accept_re_homed(place: Place) -> Pair:
    referral_id, re_homing_id = place.a_re_homed_referral()
    acts = []
    for who in ("Amir", "Bethan"):
        by, at = place[who], place.later()
        acts.append(
            Act(
                f"accept what was re-homed by {by.member_name}",
                lambda by=by, at=at: holdings.accept_re_homed(
                    re_homing_id=re_homing_id, read_back=f"{by.member_name} rings her.", by=by, at=at, seen=1
                ),
                by,
                at,
            )
        )
    return Pair(*acts, referrals=(referral_id,))


def the_same_form_twice(place: Place) -> Pair:
    referral_id, holding_id = uuid4(), uuid4()
    by, at = place["Amir"], place.later()
    sent = Act(
        "refer",
        lambda: referrals.refer(
            referral_id=referral_id,
            holding_id=holding_id,
            person_id=None,
            contact_id=None,
            needs=["mental"],
            request="Please help her to sleep.",
            words="",
            by=by,
            at=at,
        ),
        by,
        at,
    )
    return Pair(sent, replace(sent, name="refer again"), (referral_id,))


def accepting(place: Place, who: str, handover_id: UUID) -> Act:
    by, at = place[who], place.later()
    return Act(
        f"accept by {by.member_name}",
        lambda: handovers.accept(
            handover_id=handover_id, read_back="We see her at ten.", holding_id=uuid4(), by=by, at=at, seen=1
        ),
        by,
        at,
    )


def returning(place: Place, who: str, handover_id: UUID, *, then_accepted_by: str = "") -> Act:
    by, at, after = place[who], place.later(), place.later()
    next_id = uuid4()

    def do() -> None:
        handovers.send_back(
            handover_id=handover_id,
            reason="not_ours",
            words="",
            next_team_id=place.teams["Social care"],
            next_handover_id=next_id,
            by=by,
            at=at,
            seen=1,
        )
        if then_accepted_by:
            handovers.accept(
                handover_id=next_id,
                read_back="We ring her now.",
                holding_id=uuid4(),
                by=place[then_accepted_by],
                at=after,
                seen=1,
            )

    return Act(f"return by {by.member_name}", do, by, at)


def offering(place: Place, who: str, referral_id: UUID, *, to: str) -> Act:
    by, at = place[who], place.later()
    return Act(
        f"offer to {to}",
        lambda: handovers.offer(
            referral_id=referral_id,
            handover_id=uuid4(),
            to_team_id=place.teams[to],
            message=ASK,
            attachments=[NewFile(uuid4(), "letter.txt", LETTER, len(LETTER))],
            by=by,
            at=at,
            seen=1,
        ),
        by,
        at,
    )


def correcting(place: Place, who: str, person_id: UUID, *, phone: str) -> Act:
    by = place[who]
    openings.claim(
        opening_id=uuid4(), person_id=person_id, reason="in_contact", words="", by=by, at=place.later()
    )
    at = place.later()
    details = replace(place.someone(with_number=True), phone=phone)
    return Act(
        f"correct by {by.member_name}",
        lambda: people.correct(person_id=person_id, details=details, by=by, at=at, seen=1),
        by,
        at,
    )


def _registering(place: Place, one: Details, other: Details) -> Pair:
    acts, ids = [], (uuid4(), uuid4())
    for who, person_id, details in zip(("Amir", "Priya"), ids, (one, other), strict=True):
        by, at = place[who], place.later()
        acts.append(
            Act(
                f"register by {by.member_name}",
                lambda person_id=person_id, details=details, by=by, at=at: people.register(
                    person_id=person_id, details=details, looked_at=[], by=by, at=at
                ),
                by,
                at,
            )
        )
    return Pair(*acts, people=ids)


NAMED = "register/register, same name and birth date"
NAMED_ALIKE = Kind(NAMED, "F24", register_the_same_name_and_birth_date, one_constraint_knows=False)
KINDS = (
    Kind("accept/accept by two teams", "F30", accept_and_accept_by_two_teams),
    Kind("accept/accept by two members", "F30", accept_and_accept_by_two_members),
    Kind("accept/withdraw", "F31", accept_and_withdraw),
    Kind("accept/return", "F31", accept_and_return),
    Kind("offer/offer", "F31", offer_and_offer),
    Kind("triage/triage", "F46", triage_and_triage),
    Kind("close/offer", "F31", close_and_offer),
    Kind("accept re-homed/accept re-homed", "F30", accept_re_homed_and_accept_re_homed),
    Kind("register/register, same NHS number", "F24", register_the_same_number),
    NAMED_ALIKE,
    # A constraint sees two corrections of one version; it cannot know that the second never saw the first.
    Kind("correct/correct", "F46", correct_and_correct, one_constraint_knows=False),
    Kind("the same form twice", "F24", the_same_form_twice),
    # Two crews for one visit are other people: no constraint knows which of the two was meant.
    Kind("assign/assign, one visit", "F32", visiting.one_visit_to_two_crews, one_constraint_knows=False),
    Kind("assign/assign, one crew", "F32", visiting.one_crew_to_two_visits),
    Kind("assign/stand down", "F32", visiting.assign_and_stand_down, one_constraint_knows=False),
    Kind("come along/say no", "F32", visiting.come_along_and_say_no, one_constraint_knows=False),
    Kind("shift end/assign", "F33", visiting.end_and_assign, one_constraint_knows=False),
)
