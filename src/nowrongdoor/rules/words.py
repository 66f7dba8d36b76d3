"""
The states and ways that everything shares. Code lists that a place or a standard may change
(needs, channels, outcomes, reasons) are not here: they are dated data in `rules/law`.
"""

from enum import StrEnum


class ContactState(StrEnum):
    OPEN = "open"
    CLOSED = "closed"


class ReferralState(StrEnum):
    NEW = "new"
    WAITING = "waiting"
    TRIAGED = "triaged"
    ACCEPTED = "accepted"
    UNDER_WAY = "under_way"
    CLOSED = "closed"


class HandoverState(StrEnum):
    OFFERED = "offered"
    ACCEPTED = "accepted"
    RETURNED = "returned"
    WITHDRAWN = "withdrawn"


class PromiseState(StrEnum):
    OPEN = "open"
    KEPT = "kept"
    LET_GO = "let_go"


class PromiseKind(StrEnum):
    CALLBACK = "callback"
    INFORMATION = "information"
    THE_PERSON = "the_person"
    RE_HOMING = "re_homing"
    LOOP = "loop"
    REPEATED_CONTACT = "repeated_contact"
    NO_CAPACITY = "no_capacity"
    PARTNER_UNREACHABLE = "partner_unreachable"
    DISAGREEMENT = "disagreement"
    LOST_TO_CONTACT = "lost_to_contact"
    HOLDER_OFF = "holder_off"
    POLICE_RECHECK = "police_recheck"
    URGENT_HEALTH = "urgent_health"
    POLICE_GAP = "police_gap"
    LATE_ARRIVAL = "late_arrival"
    SECOND_READING = "second_reading"
    VISIT = "visit"
    CHECK_IN = "check_in"
    NOT_AT_HOME = "not_at_home"
    AFTER_VISIT = "after_visit"
    JUST_TO_TALK = "just_to_talk"
    JOINT_VISIT = "joint_visit"


class SuggestionState(StrEnum):
    SUGGESTED = "suggested"
    APPROVED = "approved"
    TURNED_DOWN = "turned_down"


class PoliceOutcome(StrEnum):
    """What the police do when they are asked; the last is no answer, and closes nothing."""

    ATTEND = "attend"
    JOINT = "joint"
    NOT_ATTENDING = "not_attending"
    UNKNOWN = "unknown"


class Began(StrEnum):
    """The only ways a holding comes to be."""

    RECEIVED = "received"
    HANDOVER = "handover"
    RE_HOMING = "re_homing"
    REOPENING = "reopening"


class Ended(StrEnum):
    """The only ways a holding ends."""

    HANDOVER = "handover"
    RE_HOMING = "re_homing"
    CLOSING = "closing"


class Unknown(StrEnum):
    """Three different ways of not knowing; none of them is a no."""

    NOT_ASKED = "not_asked"
    DECLINED = "declined"
    NOT_KNOWN = "not_known"


class VisitState(StrEnum):
    """How far a visit is: asked for, given to a crew, on its way to the person, and over."""

    ASKED_ALONG = "asked_along"
    ASKED = "asked"
    PLANNED = "planned"
    TOLD = "crew_told"
    ON_THE_WAY = "on_the_way"
    THERE = "there"
    WITH_PERSON = "with_person"
    LEFT = "left"
    DONE = "done"
    STOOD_DOWN = "stood_down"


class MessageState(StrEnum):
    """How far a message is: promised and waiting, given to whoever carries it, or never to go."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
