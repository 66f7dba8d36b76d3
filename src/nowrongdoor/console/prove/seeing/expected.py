"""
Who may read what: written down by hand, line by line, and asked of nobody.

This is the other half of the proof: it shares nothing with `rules.access`, and a difference between the two
is a finding in one of them.
"""

from __future__ import annotations

from dataclasses import dataclass

# How a role stands to people: in care and through its own team's parts; in care and through its agency's;
# as a council; as police, who see neither story nor who looked; or not at all.
ROLES = {
    "call_handler": "care",
    "triage_clinician": "care",
    "team_member": "care",
    "rapid_responder": "care",
    "ward_coordinator": "care",
    "voluntary_partner": "care",
    "team_lead": "lead",
    "council_practitioner": "council",
    "police_control": "police",
    "commissioner": "no care",
    "governance_lead": "no care",
    "safety_lead": "no care",
    "administrator": "no care",
    "data_steward": "no care",
}
NOBODY = "nobody signed in"
# Read their own record, or that of who permitted it, through pages of their own.
NOT_A_MEMBER = {"person", "carer", "link_holder"}
EVERYTHING = ["identity", "whereabouts", "response", "story", "access"]
ELEMENTS = {
    "care": EVERYTHING,
    "lead": EVERYTHING,
    "council": EVERYTHING,
    "police": ["identity", "whereabouts", "response"],
    "no care": [],
}
# What of a life: P the person, R the referral our eye is on, C the contact it came from, F another referral
# and contact of theirs in which only the other agency has a part, S the same and sealed. T, a call just to
# talk, is in one life alone: whoever rings is told a first name and what about, by pages of `CALLS` alone.
ITEMS = "PRCFS"
# A life is named after how Ours stands to it. Whoever is not named sees nothing of it.
LIVES: dict[str, dict[str, str]] = {
    # Far offered R and Ours took it: an offer across agencies is a decision to share, for care.
    "holder": {"care": "PRCF", "lead": "PRCF", "council": "PRC", "police": "PRC"},
    "offered": {"care": "PRCF", "lead": "PRCF", "council": "PRC", "police": "PRC"},
    # Ours took the call and the referral in and gave it to Far: nobody decided to tell Ours of F.
    "participant": {"care": "PRC", "lead": "PRC", "council": "PRC", "police": "PRC"},
    # Ours took it in and has not decided yet, and nothing was asked but in their own words.
    "arrived": {"care": "PRC", "lead": "PRC", "council": "PRC", "police": "PRC"},
    "lately": {"care": "PRC", "lead": "PRC", "council": "PRC", "police": "PRC"},
    "long_ago": {},
    # Decided for care: not for what a council or the police need it for.
    "shared": {"care": "PRCF", "lead": "PRCF"},
    "withdrawn": {},
    "none": {},
    # Far asked Ours to ring them, just to talk: a number and a name, and no part in the care.
    "called": {},
    # Shared as above, and R and C kept from all who have no part in them.
    "sealed": {"care": "PF", "lead": "PF"},
    # Held as above, and then C sealed by those who took it.
    "contact_sealed": {"care": "PRF", "lead": "PRF", "council": "PR", "police": "PR"},
    "glass": {"care": "PRCFS", "lead": "PRCFS", "council": "PRCFS", "police": "PRCFS"},
    # Who says why sees the person, and of others' work only who answers for it.
    "claimed": {"care": "P", "lead": "P", "council": "P", "police": "P"},
    "restricted": {},
    "restricted_held": {"care": "PRCF", "lead": "PRCF", "council": "PRC", "police": "PRC"},
    "restricted_glass": {"care": "PRCFS", "lead": "PRCFS", "council": "PRCFS", "police": "PRCFS"},
    # The claim was made before the person was restricted: it does not stand before the seal.
    "restricted_claimed": {},
    # Far told Ours of them without consent, to keep somebody safe: whatever each role usually looks for, and
    # what is sealed too. The same again, with the glass broken, and then a seal against our agency.
    "restricted_told": {"care": "PRCFS", "lead": "PRCFS", "council": "PRCFS", "police": "PRCFS"},
    "restricted_against": {},
    # Ours holds them, and the seal is against our own agency: no team of it but the one that holds them.
    "restricted_held_against": {"care": "PRCF", "lead": "PRCF", "council": "PRC", "police": "PRC"},
    "restricted_beside_against": {},
    # Held by another team of our agency: its leads look through the whole agency.
    "beside": {"lead": "PRCF"},
    # Nobody knows yet who it is.
    "nameless": {},
    # Far asked a team in which nobody signs in, which answers by a link (`by_links`): Ours has no part in it.
    "linked": {},
    "linked_answered": {},
    "linked_sealed": {},
    "nameless_held": {"care": "RC", "lead": "RC", "council": "RC", "police": "RC"},
}
RESTRICTED = {life for life in LIVES if life.startswith("restricted")}
NO_WHEREABOUTS = {"restricted_glass", "restricted_told"}
# Where people are looked for, whoever may search is shown who somebody is, so that the right record is
# chosen; nobody finds a restricted person so.
SEARCHING = {
    "people_search",
    "person_open",
    "person_claim",
    "person_register",
    "contact_new",
    "contact_match",
    "contact_link",
}
# Where they are is shown with it only once two things that were said agree (asked for by `CONFIRMED`).
CONFIRMED = ("identity", "whereabouts", "response")
# Who looks into looking is told whose record it was, by name or initials, and nothing else of them.
LOG = {"access_log", "access_log_person", "access_log_export"}
GOVERNANCE = {"governance", "review", "review_decide", *LOG}
# But in the log nobody finds whom a seal keeps safe from them, and no team of theirs holds.
NOT_IN_LOG = {"restricted_against", "restricted_beside_against"}
NAMES = {"family_name", "given_names"}
CALLS = {"talks", "talk", "talk_take", "talk_tell", "talk_worry"}
# The number only whoever said that they will ring is told, and nobody has.
OF_A_CALL = {"ask_for", "talk_words"}


@dataclass(frozen=True)
class Answered:
    """What decides what an answer may show: who asked, by which address, whom they named and confirmed."""

    role: str
    route: str
    may_search: bool = False
    confirmed: str = ""


def sees(role: str, life: str, item: str) -> bool:
    """Whether this member of Ours may know that it is there."""
    return role != NOBODY and item in LIVES[life].get(ROLES[role], "")


def opens(role: str, route: str, life: str, item: str) -> bool:
    """Whether that address answers this member about it: a letter only whoever may read all of it."""
    if route == "attachment" and role != NOBODY:
        reads = set(ELEMENTS[ROLES[role]]) - ({"whereabouts"} if life in NO_WHEREABOUTS else set())
        return {"story", "whereabouts"} <= reads and sees(role, life, item)
    return sees(role, life, item)


def may_read(asked: Answered, life: str, item: str, element: str, column: str) -> bool:
    """Whether that column of that record may stand in this answer."""
    if element == "area":
        # The board lets whoever may read it choose among the areas people live in.
        if asked.route in ("board", "board_table") and life not in RESTRICTED:
            return True
        element = "whereabouts"
    if asked.role == NOBODY:
        return False
    group = ROLES[asked.role]
    if asked.route in GOVERNANCE and asked.role == "governance_lead":
        return (column in NAMES or item == "A") and not (asked.route in LOG and life in NOT_IN_LOG)
    if asked.route in SEARCHING and asked.may_search and life not in RESTRICTED and item == "P":
        if element == "identity" and column in NAMES | {"known_as"}:
            return True
        if asked.confirmed == life and element in CONFIRMED:
            return True
    if item == "T":
        return asked.route in CALLS and group != "no care" and column in OF_A_CALL
    if item == "A":
        return sees(asked.role, life, "P") and "access" in ELEMENTS[group]
    if element == "whereabouts" and life in NO_WHEREABOUTS:
        return False
    if item == "C" and not sees(asked.role, life, "C"):
        return False
    return sees(asked.role, life, item) and element in ELEMENTS[group]
