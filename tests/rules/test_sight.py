"""Who may see whom: by a part in their care, for a purpose that fits, and nothing sealed from them."""

from datetime import timedelta
from uuid import uuid4

import pytest

from nowrongdoor.rules import access
from nowrongdoor.rules.access import BLIND, Element, Relationship, Sealed, Standing, Viewer
from nowrongdoor.rules.participation import Part, Participation
from tests.worlds.facts import TEN
from tests.worlds.tables import cases

OURS, THEIRS, OWN_TEAM, NEXT_TEAM = uuid4(), uuid4(), uuid4(), uuid4()
ME, COLLEAGUE, PERSON, THIS, OTHER = uuid4(), uuid4(), uuid4(), uuid4(), uuid4()
DAY = timedelta(days=1)


def a_viewer(role: str = "team_member", purpose: str = "") -> Viewer:
    return Viewer(ME, "Priya", role, OWN_TEAM, "Crisis team", OURS, "Averley", purpose)


def a_part(words: str) -> Participation:
    """
    `holds this`, `offered other, ended 3`, `shared with next team`, `broke_glass by colleague`; `shared to keep
    safe` is an override.
    """
    what, *rest = words.split()
    said = " ".join(rest)
    ended = int(said.rpartition("ended ")[2]) if "ended" in said else None
    own = what in ("claimed", "broke_glass")
    return Participation(
        uuid4(),
        Part(what),
        THEIRS if "their" in said else OURS,
        NEXT_TEAM if "next team" in said or "their" in said else OWN_TEAM,
        (COLLEAGUE if "colleague" in said else ME) if own else None,
        PERSON,
        THIS if "this" in said else OTHER if "other" in said else None,
        None,
        TEN - 100 * DAY,
        TEN - ended * DAY if ended is not None else None,
        "direct_care" if what == "shared" and "safe" not in said else "",
    )


def standing(parts: str, seals: str) -> Standing:
    found = tuple(a_part(one.strip()) for one in parts.split(";") if one.strip() not in ("", "-"))
    sealed = {
        "this": Sealed(PERSON, THIS, None),
        "person": Sealed(PERSON, None, None),
        "this-us": Sealed(PERSON, THIS, None, OURS),
        "person-us": Sealed(PERSON, None, None, OURS),
        "person-me": Sealed(PERSON, None, None, None, ME),
        "person-colleague": Sealed(PERSON, None, None, None, COLLEAGUE),
        "person-them": Sealed(PERSON, None, None, THEIRS),
    }
    return Standing(found, tuple(sealed[one] for one in seals.split() if one != "-"))


@cases("""
    part                        | restricted       | tie               | whereabouts
    ----------------------------+------------------+-------------------+------------
    -                           | -          | none          | no
    holds this                  | -          | held          | yes
    holds this                  | person     | held          | yes
    offered this                | person     | offered       | yes
    owes this                   | person     | participating | yes
    raised this                 | -          | participating | yes
    holds this, ended 3         | -          | lately        | yes
    holds this, ended 3         | person     | lately        | no
    holds this, ended 31        | -          | none          | no
    offered this, ended 3       | -          | lately        | yes
    offered this, ended 8       | -          | none          | no
    shared this                 | -          | shared        | yes
    shared this, ended 0        | -          | none          | no
    shared this                 | person     | none          | no
    claimed                     | -          | claimed       | yes
    claimed by colleague        | -          | none          | no
    claimed                     | person     | none          | no
    broke_glass                 | person     | broke_glass   | no
    broke_glass; shared this    | person     | broke_glass   | no
    holds this by next team     | -          | none          | no
    holds this by their team    | -          | none          | no
    shared to keep safe                  | -                | told_to_keep_safe | yes
    shared to keep safe                  | person           | told_to_keep_safe | no
    shared to keep safe, ended 0         | person           | none              | no
    shared to keep safe with next team   | person           | none              | no
    shared to keep safe this             | person           | none              | no
    shared to keep safe                  | person-us        | none              | no
    shared to keep safe                  | person-me        | none              | no
    shared to keep safe                  | person-colleague | told_to_keep_safe | no
    shared to keep safe                  | person-them      | told_to_keep_safe | no
    broke_glass                          | person-us        | none              | no
    broke_glass                          | person-me        | none              | no
    holds this, ended 3                  | person-us        | none              | no
    holds this by next team              | person-us        | none              | no
    holds this                           | person-us        | held              | yes
    holds this                           | person-me        | held              | yes
    shared to keep safe; holds this      | person-us        | held              | yes
""")
def test_the_tie_to_a_person(case: dict[str, str]) -> None:
    sight = access.sight_of_person(a_viewer(), standing(case["part"], case["restricted"]), at=TEN)
    assert sight.relationship == case["tie"]
    assert (Element.WHEREABOUTS in sight.elements) == (case["whereabouts"] == "yes")


@cases("""
    part                                        | sealed | sees this referral
    --------------------------------------------+--------+-------------------
    holds this                                  | -      | yes
    holds this                                  | this   | yes
    holds this, ended 3                         | this   | yes
    holds other                                 | -      | no
    holds other; took_in this by next team      | -      | yes
    holds other; took_in this by next team      | this   | no
    holds other; shared this with next team     | -      | yes
    holds other; shared other with next team    | -      | yes
    holds other; shared other, ended 0          | -      | no
    holds other; shared other                   | this   | no
    claimed                                     | -      | no
    claimed; took_in this by next team          | -      | yes
    broke_glass                                 | -      | yes
    broke_glass                                 | this   | yes
    holds other; broke_glass                    | this   | yes
    holds other; broke_glass by colleague       | this   | no
    broke_glass ended 1                         | -      | no
    shared to keep safe                         | -         | yes
    shared to keep safe                         | this      | yes
    shared to keep safe                         | this-us   | no
    shared to keep safe                         | person-us | no
    broke_glass                                 | this-us   | no
    took_in this, ended 3                       | this-us   | no
    took_in this by next team                   | this-us   | no
    took_in this                                | this-us   | yes
    holds other; shared to keep safe            | this-us   | no
""")
def test_what_is_seen_of_one_referral(case: dict[str, str]) -> None:
    sight = access.sight_of_item(a_viewer(), standing(case["part"], case["sealed"]), referral_id=THIS, at=TEN)
    assert (sight is not BLIND) == (case["sees this referral"] == "yes")


@pytest.mark.parametrize(
    ("role", "purpose", "sees"),
    [
        ("team_member", "", True),
        ("team_member", "planning", False),
        ("police_control", "", True),
        ("commissioner", "", False),
        ("governance_lead", "", False),
        ("safety_lead", "", False),
        ("administrator", "", False),
        ("passer_by", "", False),
    ],
)
def test_a_role_sees_people_only_for_a_purpose_that_fits(role, purpose, sees) -> None:
    sight = access.sight_of_person(a_viewer(role, purpose), standing("holds this", "-"), at=TEN)
    assert (sight is not BLIND) == sees


def test_the_police_see_what_a_response_needs_and_not_the_story() -> None:
    sight = access.sight_of_person(a_viewer("police_control"), standing("offered this", "-"), at=TEN)
    assert sight.relationship is Relationship.OFFERED and sight.purpose == "emergency_response"
    assert sight.elements == {"answerable", "response", "identity", "whereabouts"}


def test_a_team_lead_sees_whom_any_team_of_the_agency_takes_part_with() -> None:
    theirs = standing("holds this by next team", "-")
    assert access.sight_of_person(a_viewer("team_lead"), theirs, at=TEN).relationship == "held"
    assert access.sight_of_person(a_viewer(), theirs, at=TEN) is BLIND


def test_what_was_shared_for_one_purpose_serves_no_other() -> None:
    shared = standing("shared this", "-")
    assert access.sight_of_person(a_viewer("council_practitioner"), shared, at=TEN) is BLIND
    assert access.sight_of_person(a_viewer("team_member", "care_act"), shared, at=TEN) is BLIND
    assert access.sight_of_person(a_viewer("team_member"), shared, at=TEN).relationship == "shared"


def test_where_a_restricted_person_is_is_not_for_a_lead_of_another_team() -> None:
    theirs = access.sight_of_person(
        a_viewer("team_lead"), standing("holds this by next team", "person"), at=TEN
    )
    assert theirs.relationship == "held" and Element.WHEREABOUTS not in theirs.elements
    own = access.sight_of_person(a_viewer("team_lead"), standing("holds this", "person"), at=TEN)
    assert Element.WHEREABOUTS in own.elements


def test_who_is_told_to_keep_somebody_safe_reads_what_is_sealed_but_not_where_they_are() -> None:
    told = standing("shared to keep safe", "this")
    sight = access.sight_of_item(a_viewer("council_practitioner"), told, referral_id=THIS, at=TEN)
    assert "story" in sight.elements and Element.WHEREABOUTS not in sight.elements


def test_a_lead_of_another_team_is_not_near_enough_to_a_seal_against_their_agency() -> None:
    theirs = standing("holds this by next team", "person-us")
    assert access.sight_of_person(a_viewer("team_lead"), theirs, at=TEN) is BLIND
