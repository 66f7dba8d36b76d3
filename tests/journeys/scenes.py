"""
Every verb of the journeys, each on a scene.

`test_every_verb` acts all of them; `test_two_at_once` acts each against its rival on two connections. A
verb that is not here fails a test, so a new one arrives with its scene.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

from nowrongdoor.rules.person import Details
from tests.journeys.acts import (
    ENDED,
    MARYAM,
    NO_DECISION,
    a_draft,
    a_kept_draft,
    a_lost_caller,
    a_service,
    accepted_by_a_colleague,
    accepting,
    advising,
    asked_already,
    asking,
    closed_already,
    closed_by_another,
    closed_team,
    closing,
    closing_the_front_door,
    colleague,
    corrected_by_another,
    duplicating,
    entered,
    entering,
    handing_on,
    in_another_team,
    kept_by_a_colleague,
    kept_by_another,
    leaving,
    left,
    left_already,
    linked_already,
    linked_to_another,
    linking,
    offered_already,
    offered_by_another,
    offering,
    on_a_closed_referral,
    on_a_late_promise,
    on_a_promise,
    on_a_promise_for_later,
    on_a_referral,
    on_an_accepted_referral,
    other_closed,
    promising,
    received,
    referred,
    registered_by_another,
    reopened_by_another,
    returning,
    service_entered,
    taken_by_another,
    to_a_closed_team,
    withdrawing,
    withdrawn_by_the_giver,
)
from tests.journeys.scene import Scene
from tests.worlds.small_place import ASK, SOON

NEW = "all it writes is new: nobody can have seen, held or changed what did not exist"
SCRATCH = "a draft is scratch: it is no record of anyone, and belongs to the one member who types"
SET_UP = "who may set a place up is decided where it is installed, not by a role in it"

SCENES = (
    Scene(
        "contacts.receive",
        received,
        ("contact.received", "promise.made", "referral.received", "holding.began", "handover.offered"),
        (
            ({"outcome": "handed_over", "referral": None, "offer": None}, "Say which need"),
            (
                lambda place, _: {"happened_at": place.at + timedelta(days=1)},
                "in the future",
            ),
            (to_a_closed_team, "Crisis team has closed and cannot be asked"),
        ),
        closing("Crisis team", successor="Social care"),
        told="receiver_closed",
    ),
    Scene(
        "contacts.link",
        linking,
        ("contact.linked", "referral.person_linked"),
        ((linked_already, "already linked to this person"),),
        linked_to_another,
    ),
    Scene(
        "contacts.close",
        lambda place: a_lost_caller(place, rung_back=True),
        ("contact.closed",),
        (
            (lambda place, _: a_lost_caller(place, rung_back=False), "A call back is still owed"),
            ({"outcome": "callback_booked"}, "what came of this contact in the end"),
            (in_another_team, "Only the team that took this contact can do this"),
        ),
        linked_to_another,
    ),
    Scene(
        "people.register",
        lambda place: {"person_id": uuid4(), "details": MARYAM, "looked_at": [], "by": place.amir},
        ("person.registered",),
        (
            ({"details": replace(MARYAM, nhs_number="999 000 0019")}, "its check digit does not fit"),
            (lambda place, _: place.a_person() and {}, "There is a record of Maryam Ali"),
        ),
        registered_by_another,
        told="nhs_number_taken",
    ),
    Scene(
        "people.correct",
        lambda place: {"person_id": place.a_person(), "details": MARYAM, "by": place.amir, "seen": 1},
        ("person.corrected",),
        (({"details": Details(family_name="Ali", given_names="Maryam")}, "Nothing was changed"),),
        corrected_by_another,
    ),
    Scene(
        "referrals.refer",
        referred,
        ("referral.received", "holding.began"),
        (({"needs": ["nothing we know"]}, "need"),),
        closing("Front door", successor="Social care"),
        told="own_team_closed",
    ),
    Scene(
        "referrals.begin",
        on_an_accepted_referral,
        ("referral.begun",),
        (
            (lambda place, _: on_a_referral()(place), "has not been triaged yet"),
            (in_another_team, "Only the team that holds this can do this"),
            (closed_already, "This referral is closed"),
        ),
        closed_by_another,
    ),
    Scene(
        "referrals.close",
        on_a_referral(**ENDED),
        ("referral.closed", "holding.ended"),
        (
            ({"told": ""}, "Say what the person was told"),
            ({"outcome": "duplicate"}, "Name the open referral this is a duplicate of"),
            (offered_already, "Withdraw the offer first"),
            (asked_already, "Something is still owed"),
            (in_another_team, "Only the team that holds this can do this"),
        ),
        kept_by_another,
    ),
    Scene(
        "referrals.reopen",
        on_a_closed_referral,
        ("referral.reopened", "holding.began"),
        (
            ({"why": ""}, "Say why this is being reopened"),
            (lambda place, _: {"referral_id": place.a_referral(), "seen": 1}, "there is nothing to reopen"),
        ),
        reopened_by_another,
    ),
    Scene(
        "triage.accept_here",
        lambda place: {**on_a_referral(decision=SOON)(place), "by": colleague(place)},
        ("triage.accepted", "holding.taken"),
        (
            *NO_DECISION,
            (offered_already, "Withdraw the offer first"),
            (closed_already, "This referral is closed"),
        ),
        closed_by_another,
    ),
    Scene(
        "triage.hand_on",
        handing_on,
        ("triage.handed_on", "handover.offered"),
        (
            *NO_DECISION,
            (to_a_closed_team, "Crisis team has closed and cannot be asked"),
            (lambda place, _: {"to_team_id": place.teams["Front door"]}, "Your own team holds this already"),
        ),
        kept_by_another,
    ),
    Scene(
        "triage.ask",
        asking,
        ("triage.asked", "promise.made"),
        (
            ({"asked_of": ""}, "Say who is being asked"),
            ({"words": ""}, "Say what you need to know"),
            (lambda place, _: {"due_at": place.at}, "Choose a time that has not passed yet"),
            (in_another_team, "Only the team that holds this can do this"),
        ),
        kept_by_another,
    ),
    Scene(
        "triage.advise",
        advising,
        ("triage.advised", "holding.ended"),
        (
            *NO_DECISION,
            ({"told": ""}, "Say what the person was told"),
            (offered_already, "Withdraw the offer first"),
        ),
        kept_by_another,
    ),
    Scene(
        "triage.duplicate_of",
        duplicating,
        ("triage.duplicate", "holding.ended"),
        (
            (lambda _, given: {"other_id": given["referral_id"]}, "this is the same one"),
            (other_closed, "A duplicate must be of one that is open"),
            (lambda place, _: {"other_id": place.a_referral()}, "not known to be about the same person"),
        ),
        kept_by_another,
    ),
    Scene(
        "handovers.offer",
        offering,
        ("handover.offered",),
        (
            (lambda place, _: {"message": replace(ASK, ask=" ")}, "Say what you are asking"),
            (lambda place, _: {"to_team_id": place.teams["Front door"]}, "Your own team holds this already"),
            (to_a_closed_team, "has closed and cannot be asked"),
            (offered_already, "Withdraw that offer first"),
            (in_another_team, "Only the team that holds this can do this"),
        ),
        offered_by_another,
        told="already_offered",
    ),
    Scene(
        "handovers.accept",
        accepting,
        ("handover.accepted", "holding.passed_on", "holding.began", "referral.accepted"),
        (
            ({"read_back": " "}, "In one line, say what you will do"),
            (in_another_team, "Only the team that was asked can do this"),
        ),
        withdrawn_by_the_giver,
    ),
    Scene(
        "handovers.send_back",
        returning,
        ("handover.returned", "handover.offered"),
        (
            ({"next_team_id": None}, "Name the team to ask next"),
            (lambda place, _: {"next_team_id": place.teams["Crisis team"]}, "you are the one saying no"),
            (lambda place, _: {"next_team_id": place.teams["Front door"]}, "holds this already"),
            (in_another_team, "Only the team that was asked can do this"),
        ),
        accepted_by_a_colleague,
    ),
    Scene(
        "handovers.withdraw",
        withdrawing,
        ("handover.withdrawn",),
        (
            ({"reason": "no reason we know"}, "reason"),
            (in_another_team, "Only the team that made the offer can do this"),
        ),
        accepted_by_a_colleague,
    ),
    Scene(
        "holdings.take",
        lambda place: {"referral_id": place.a_referral(), "by": colleague(place), "seen": 1},
        ("holding.taken",),
        (
            (lambda place, _: {"by": place.amir}, "You are already named"),
            (in_another_team, "Only the team that holds this can do this"),
            (closed_already, "This referral is closed"),
        ),
        taken_by_another,
    ),
    Scene(
        "promises.make",
        promising,
        ("promise.made",),
        (
            ({"referral_id": None}, "Say whom this is promised to"),
            ({"kind": "wish"}, "Choose what kind of promise"),
            (lambda place, _: {"due_at": place.at}, "Choose a time that has not passed yet"),
        ),
        left(lambda place: place.priya.member_id, "Crisis team"),
        told="left_the_team",
    ),
    Scene(
        "promises.keep",
        on_a_promise,
        ("promise.kept", "referral.answered"),
        (({"words": ""}, "Say what came of it"), (in_another_team, "Only the team that owes this")),
        kept_by_a_colleague,
    ),
    Scene(
        "promises.let_go",
        on_a_promise,
        ("promise.let_go", "referral.answered"),
        (
            ({"words": ""}, "Say why this is no longer"),
            (in_another_team, "Only the team that owes this"),
        ),
        kept_by_a_colleague,
    ),
    Scene(
        "promises.escalate",
        on_a_late_promise,
        ("promise.escalated", "promise.escalated"),
        (
            (to_a_closed_team, "nobody there would answer"),
            (on_a_promise_for_later, "This is not late yet"),
        ),
        kept_by_a_colleague,
        later={"days": 30},
    ),
    Scene(
        "agencies.enter",
        entering,
        ("agency.entered",),
        ((entered, "already been recorded"),),
        no_rival=NEW,
        any_role=SET_UP,
    ),
    Scene(
        "agencies.close_team",
        closing_the_front_door,
        ("team.closed", "holding.re_homed", "holding.passed_on", "holding.began", "promise.made"),
        (
            (lambda place, _: {"successor_id": place.teams["Front door"]}, "Name a team that is open"),
            ({"words": " "}, "Say why this is being re-homed"),
            (closed_team, "has already closed"),
        ),
        closing("Front door", successor="Crisis team", by="Crisis team"),
    ),
    Scene(
        "agencies.leave",
        leaving,
        ("membership.ended", "holding.re_homed", "holding.passed_on", "holding.began", "promise.made"),
        ((left_already, "This member has already left"), ({"words": ""}, "Say why this is being re-homed")),
        left(lambda place: place.amir.member_id, "Crisis team"),
        told="already_left",
    ),
    Scene(
        "services.enter",
        a_service,
        ("service.entered",),
        ((service_entered, "already been recorded"),),
        no_rival=NEW,
        any_role=SET_UP,
    ),
    Scene("drafts.keep", a_draft, (), (), no_rival=SCRATCH, no_journal=SCRATCH, any_role=SCRATCH),
    Scene("drafts.discard", a_kept_draft, (), (), no_rival=SCRATCH, no_journal=SCRATCH, any_role=SCRATCH),
)
