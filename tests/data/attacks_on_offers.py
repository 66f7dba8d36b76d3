"""I2: two live offers, offers to oneself or to nobody, and answers that leave nobody to ask."""

from tests.data.attack import attack
from tests.data.typed import (
    ANSWERED_ONCE,
    IS_SO,
    ON_AN_ACT,
    ONE_OFFER,
    SETTLED,
    closed,
    new_offer,
    passed_on,
)

I2 = (
    attack(
        "I2",
        "a second team is asked while the first has not answered",
        new_offer("asked", "asked_held", "one", "three"),
        "handover_one_live_offer handover_one_live_offer_a_referral",
        ONE_OFFER,
    ),
    attack(
        "I2",
        "a team offers to itself",
        new_offer("plain", "plain_held", "one", "one"),
        "handover_not_to_self",
        "ALTER TABLE handovers_handover DROP CONSTRAINT handover_not_to_self",
    ),
    attack(
        "I2",
        "a team that does not hold a referral offers it",
        new_offer("plain", "plain_held", "three", "two"),
        "handover_is_so",
        IS_SO,
    ),
    attack(
        "I2",
        "an offer rests on a holding that is over",
        new_offer("passed", "passed_held", "one", "three"),
        "handover_is_so",
        IS_SO,
    ),
    attack(
        "I2",
        "an offer rests on the holding of another referral",
        new_offer("plain", "ended_held", "one", "three"),
        "handover_is_so",
        IS_SO,
    ),
    attack(
        "I2",
        "a team that has closed is asked",
        "UPDATE agencies_team SET closed_at = %(at_1)s, successor_id = %(one)s WHERE id = %(spare)s;"
        + SETTLED
        + new_offer("plain", "plain_held", "one", "spare"),
        "handover_is_so",
        IS_SO,
    ),
    attack(
        "I2",
        "a team closes while an offer waits for its answer",
        "UPDATE agencies_team SET closed_at = %(at_20)s, successor_id = %(one)s WHERE id = %(three)s",
        "team_closed_holds_nobody",
        "DROP TRIGGER team_closed_holds_nobody ON agencies_team",
    ),
    attack(
        "I2",
        "a team closes and goes on holding",
        "UPDATE agencies_team SET closed_at = %(at_20)s, successor_id = %(one)s WHERE id = %(two)s;"
        "UPDATE handovers_handover SET state = 'withdrawn', reason = 'changed', answered_at = %(at_20)s,"
        " answered_by_id = %(member_one)s WHERE id = %(asked_offer)s",
        "team_closed_holds_nobody",
        "DROP TRIGGER team_closed_holds_nobody ON agencies_team",
    ),
    attack(
        "I2",
        "a team closes and nobody answers for its people",
        "UPDATE agencies_team SET closed_at = %(at_20)s WHERE id = %(spare)s",
        "team_closed_names_successor",
        "ALTER TABLE agencies_team DROP CONSTRAINT team_closed_names_successor",
    ),
    attack(
        "I2",
        "a referral is closed while an offer waits for its answer",
        closed("asked") + ";" + passed_on("asked_held", by="closing"),
        "holding_rests_on_an_act",
        ON_AN_ACT,
    ),
    attack(
        "I2",
        "an answered offer is offered again",
        "UPDATE handovers_handover SET state = 'offered', answered_at = NULL, answered_by_id = NULL,"
        " reason = '', next_team_id = NULL, next_handover_id = NULL WHERE id = %(sent_back_offer)s",
        "handover_answered_once handover_one_live_offer",
        f"{ANSWERED_ONCE}; {ONE_OFFER}; {IS_SO}",
    ),
    attack(
        "I2",
        "the time to answer is put off",
        "UPDATE handovers_handover SET answer_by = answer_by + interval '1 day' WHERE id = %(asked_offer)s",
        "handover_answered_once",
        ANSWERED_ONCE,
    ),
    attack(
        "I2",
        "a no names nobody to ask next",
        "UPDATE handovers_handover SET state = 'returned', reason = 'not_ours', answered_at = %(at_20)s,"
        " answered_by_id = %(member_two)s WHERE id = %(asked_offer)s",
        "handover_returned_names_next",
        f"ALTER TABLE handovers_handover DROP CONSTRAINT handover_returned_names_next; {IS_SO}",
    ),
    attack(
        "I2",
        "a no names an offer that was not made by it",
        "UPDATE handovers_handover SET state = 'returned', reason = 'not_ours', answered_at = %(at_20)s,"
        " answered_by_id = %(member_two)s, next_team_id = %(three)s, next_handover_id = %(sent_back_next)s"
        " WHERE id = %(asked_offer)s",
        "handover_is_so",
        IS_SO,
    ),
)
