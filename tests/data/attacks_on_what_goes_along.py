"""I2 of what goes along with an offer: it is asked after only while it waits, and as it was written."""

from tests.data.attack import attack

CHASE = (
    "INSERT INTO handovers_chase (id, version, handover_id, referral_id, how, words, chased_at, chased_by_id)"
    " VALUES (%(new)s, 1, %({offer})s, %({referral})s, 'phone', 'Rang', %(at_20)s, %(member_one)s)"
)
LIVE = "DROP TRIGGER chase_is_of_a_live_offer ON handovers_chase"
CHASED = CHASE.format(offer="asked_offer", referral="asked")

CHASES = (
    attack(
        "I2",
        "an offer that was accepted is chased",
        CHASE.format(offer="passed_offer", referral="passed"),
        "chase_is_of_a_live_offer",
        LIVE,
    ),
    attack(
        "I2",
        "a chase is told of another referral than the one that was offered",
        CHASE.format(offer="asked_offer", referral="plain"),
        "chase_is_of_a_live_offer",
        LIVE,
    ),
    attack(
        "I2",
        "what was said when it was chased is written anew",
        CHASED + ";UPDATE handovers_chase SET words = 'Never rang' WHERE id = %(new)s",
        "kept_as_written",
        "DROP TRIGGER kept_as_written ON handovers_chase",
    ),
)
DELETED = (
    attack(
        "kept",
        "a chase is deleted",
        "DELETE FROM handovers_chase WHERE handover_id = %(asked_offer)s",
        "kept_for_good",
        "DROP TRIGGER kept_for_good ON handovers_chase",
    ),
)
