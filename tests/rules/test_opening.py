"""
Records opened beyond one's own part, reviews of that, and agreements: from when until when, and who decides.

opened  | kind        | 19:59  | 20:00 | 23:59 the next day
--------+-------------+--------+-------+-------------------
12:00   | break glass | open   | over  | over
08:00   | claim       | open   | over  | over
"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from nowrongdoor.rules import agreement, opening, review
from nowrongdoor.rules.agreement import Agreement, Standing
from nowrongdoor.rules.change import Refused
from nowrongdoor.rules.review import ReviewKind

NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
WHO = {"person_id": uuid4(), "member_id": uuid4(), "team_id": uuid4(), "purpose": "direct_care"}
GLASS = {"reason": "danger_now", "words": "She rang from a bridge.", "lately": ()}


def broken(*, at=NOON, lately=(), **other):
    asked = WHO | GLASS | {"opening_id": uuid4(), "lately": lately} | other
    return opening.break_glass(**asked, at=at).change.after


def test_glass_is_broken_for_eight_hours_and_a_claim_lasts_twelve():
    assert broken().until_at == NOON + timedelta(hours=8)
    claimed = opening.claim(opening_id=uuid4(), **WHO, reason="in_contact", at=NOON).change.after
    assert claimed.until_at == NOON + timedelta(hours=12)


def test_whoever_registers_someone_claims_them_by_one_key_however_often_the_form_is_sent():
    first, again = (opening.by_registering(**WHO, at=NOON).change.after for _ in range(2))
    assert first == again and first.id != WHO["person_id"]
    other = opening.by_registering(**WHO | {"person_id": uuid4()}, at=NOON).change.after
    assert other.id != first.id


@pytest.mark.parametrize("often", range(7))
def test_glass_is_broken_five_times_within_a_day_and_no_more(often):
    lately = [broken(at=NOON + timedelta(hours=number)) for number in range(often)]
    last = NOON + timedelta(hours=23)
    if often < 5:
        assert broken(at=last, lately=lately)
    else:
        with pytest.raises(Refused, match="as often as one person may") as told:
            broken(at=last, lately=lately)
        assert told.value.code == "broken_too_often"


def test_what_was_broken_a_whole_day_ago_counts_no_more_and_a_claim_never_did():
    lately = [broken(at=NOON) for _ in range(5)]
    with pytest.raises(Refused):
        broken(at=NOON + timedelta(hours=24) - timedelta(microseconds=1), lately=lately)
    assert broken(at=NOON + timedelta(hours=24), lately=lately)
    claims = [opening.claim(opening_id=uuid4(), **WHO, reason="identity", at=NOON).change.after] * 9
    assert broken(at=NOON, lately=claims)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"words": " "}, "Say in a line why you need to see this now"),
        ({"reason": "curious"}, "Choose one of the break glass reasons"),
    ],
)
def test_glass_is_not_broken_without_a_reason(changed, words):
    with pytest.raises(Refused, match=words):
        broken(**changed)


def asked(**other):
    given = {
        "review_id": uuid4(), "kind": ReviewKind.BREAK_GLASS, "subject_id": uuid4(), "person_id": uuid4(),
        "member_id": uuid4(), "agency_id": uuid4(), "words": "She rang from a bridge.",
    }  # fmt: skip
    return review.ask(**given | other, at=NOON).change.after


@pytest.mark.parametrize(("kind", "days"), [("break_glass", 3), ("override", 3), ("pattern", 5)])
def test_a_review_is_due_in_the_time_of_its_kind_and_never_ends_by_itself(kind, days):
    one = asked(kind=ReviewKind(kind))
    assert one.due_at == NOON + timedelta(days=days) and one.decided_at is None
    late = NOON + timedelta(days=400)
    assert (
        review.decide(one, outcome="right", words="Found.", by=uuid4(), at=late).change.after.decided_at
        == late
    )


A, B = uuid4(), uuid4()
ACTED, LEAD = uuid4(), uuid4()


@pytest.mark.parametrize(
    ("of", "by_agency", "leads", "may"),
    [
        (A, A, (LEAD,), True),
        (A, B, (LEAD,), False),
        (A, B, (), True),
        (A, B, (ACTED,), True),
        (A, B, (ACTED, LEAD), False),
        (A, A, (), True),
    ],
)
def test_who_reviews_is_of_the_agency_that_acted_where_it_has_somebody(of, by_agency, leads, may):
    one = asked(agency_id=of, member_id=ACTED)
    if may:
        review.need_reviewer(one, agency_id=by_agency, leads=leads)
    else:
        with pytest.raises(Refused, match="whose member acted decides this"):
            review.need_reviewer(one, agency_id=by_agency, leads=leads)


@pytest.mark.parametrize(("by_agency", "leads", "may"), [(A, (), True), (B, (), False), (B, (LEAD,), False)])
def test_a_number_that_a_restricted_person_has_is_reviewed_by_those_who_restricted_them(by_agency, leads, may):
    one = asked(kind=review.ReviewKind.NUMBER_IN_DOUBT, agency_id=A, member_id=ACTED)
    if may:
        review.need_reviewer(one, agency_id=by_agency, leads=leads)
    else:
        with pytest.raises(Refused, match="that restricted the record decides this"):
            review.need_reviewer(one, agency_id=by_agency, leads=leads)


def test_nobody_reviews_their_own_act_and_nothing_is_reviewed_twice():
    one = asked(member_id=ACTED)
    with pytest.raises(Refused, match="Somebody else must review what you did"):
        review.decide(one, outcome="right", words="Found.", by=ACTED, at=NOON)
    done = review.decide(one, outcome="right", words="Found.", by=LEAD, at=NOON).change.after
    with pytest.raises(Refused, match="reviewed already"):
        review.decide(done, outcome="concern", words="Wrong.", by=LEAD, at=NOON)


SIGNED = Agreement(
    uuid4(), A, B, "direct_care", "What both know.", "Section 251B",
    date(2026, 1, 1), date(2026, 12, 1), date(2027, 1, 1),
)  # fmt: skip


@pytest.mark.parametrize(
    ("on", "standing"),
    [
        (date(2025, 12, 31), Standing.NOT_YET),
        (date(2026, 1, 1), Standing.IN_FORCE),
        (date(2026, 11, 30), Standing.IN_FORCE),
        (date(2026, 12, 1), Standing.REVIEW_DUE),
        (date(2026, 12, 31), Standing.REVIEW_DUE),
        (date(2027, 1, 1), Standing.EXPIRED),
    ],
)
def test_how_an_agreement_stands_on_a_day_and_that_it_covers_either_way_round(on, standing):
    assert agreement.standing(SIGNED, on=on) == standing
    covering = standing in (Standing.IN_FORCE, Standing.REVIEW_DUE)
    for one, other in ((A, B), (B, A)):
        found = agreement.covers([SIGNED], one=one, other=other, purpose="direct_care", on=on)
        assert (found == SIGNED) == covering
    assert agreement.covers([SIGNED], one=A, other=B, purpose="care_act", on=on) is None


@pytest.mark.parametrize(
    "changed",
    [
        {"review_on": date(2026, 1, 1)},
        {"review_on": date(2027, 1, 2)},
        {"until_on": date(2025, 1, 1)},
        {"what": " "},
        {"other_agency_id": A},
        {"purpose": "whatever_we_like"},
    ],
)
def test_an_agreement_that_cannot_be_is_refused(changed):
    assert agreement.enter(SIGNED, at=NOON).change.kind == "agreement.entered"
    with pytest.raises(Refused):
        agreement.enter(replace(SIGNED, **changed), at=NOON)
