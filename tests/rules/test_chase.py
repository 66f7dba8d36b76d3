"""Chasing: asking after an answer is told to both sides, and moves nothing."""

from nowrongdoor.rules.chase import chase
from tests.worlds.facts import a_handover, id_of
from tests.worlds.tables import answer, cases, clock


@cases("""
    offer     | asked at | how       | words          | answer
    ----------+----------+-----------+----------------+----------------------------------------------------------------
    offered   | 10:00    | phone     | Left a message | handover.chased
    offered   | 23:59    | in_person | Nobody there   | handover.chased
    offered   | 08:59    | phone     | Left a message | refused: This offer had not been made yet.
    offered   | 10:00    |           | Left a message | refused: Say how you asked them.
    offered   | 10:00    | message   |                | refused: Say what was said, or that nobody answered.
    accepted  | 10:00    | phone     | Left a message | refused: This handover has already been accepted.
    returned  | 10:00    | phone     | Left a message | refused: This handover has already been returned.
    withdrawn | 10:00    | phone     | Left a message | refused: This offer has already been withdrawn.
""")  # fmt: skip
def test_an_offer_is_chased_only_while_it_waits(case: dict[str, str]) -> None:
    given = {"how": case["how"], "words": case["words"], "at": clock(case["asked at"])}
    offered = a_handover(state=case["offer"])
    assert answer(chase, offered, chase_id=id_of("chase"), by=id_of("Amir"), **given) == case["answer"]


def test_chasing_touches_nothing_but_its_own_row() -> None:
    offered = a_handover()
    step = chase(offered, chase_id=id_of("chase"), how="phone", words="Rang.", by=id_of("Amir"),
                 at=clock("10:00"))  # fmt: skip
    assert step.before is None
    assert (step.change.after.handover_id, step.change.after.referral_id) == (offered.id, offered.referral_id)
