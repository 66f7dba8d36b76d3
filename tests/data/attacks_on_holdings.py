"""I1 and I5: nobody to answer for a referral, two who do, or one who never took it."""

from tests.data.attack import attack
from tests.data.typed import (
    ACCEPT,
    ACCEPT_RE_HOMED,
    ACCEPTED_ONCE,
    ENDS_ONCE,
    IS_SO,
    NO_GAP,
    NO_GAP_HOLDING,
    NOBODY_BY_NAME,
    ON_AN_ACT,
    REFERRAL,
    REOPEN,
    SOMEONE_ANSWERS,
    closed,
    new_holding,
    new_re_homing,
    passed_on,
)

I1 = (
    attack(
        "I1",
        "a holding ends and nobody takes over",
        passed_on("plain_held", by="closing"),
        "referral_held_without_gap",
        NO_GAP_HOLDING,
    ),
    attack(
        "I1",
        "a holding ends by a handover that nobody accepted",
        passed_on("plain_held", by="handover"),
        "referral_held_without_gap",
        NO_GAP_HOLDING,
    ),
    attack("I1", "a referral is received and nobody holds it", REFERRAL, "referral_held_without_gap", NO_GAP),
    attack(
        "I1",
        "a referral is held only some time after it was received",
        f"{REFERRAL};" + new_holding("other", "new", "one", "received", from_at="at_1"),
        "referral_held_without_gap",
        f"{NO_GAP}; {NO_GAP_HOLDING}",
    ),
    attack(
        "I1",
        "a referral is said to have been received earlier than anyone held it",
        "UPDATE referrals_referral SET received_at = received_at - interval '1 hour' WHERE id = %(plain)s",
        "referral_held_without_gap",
        NO_GAP,
    ),
    attack(
        "I1",
        "two teams hold one referral at one time",
        new_holding("new", "plain", "two", "reopening"),
        "holding_no_overlap",
        f"ALTER TABLE holdings_holding DROP CONSTRAINT holding_no_overlap; {NO_GAP_HOLDING}",
    ),
    attack(
        "I1",
        "a referral is closed and goes on being held",
        closed("plain"),
        "referral_held_without_gap",
        NO_GAP,
    ),
    attack("I1", "a referral is reopened and nobody holds it", REOPEN, "referral_held_without_gap", NO_GAP),
    attack(
        "I1",
        "a closed referral is held again without being reopened",
        new_holding("new", "ended", "one", "reopening"),
        "referral_held_without_gap",
        NO_GAP_HOLDING,
    ),
    attack(
        "I1",
        "between an acceptance and the receiver's holding nobody is answerable for five minutes",
        f"{ACCEPT};" + "UPDATE holdings_holding SET until_at = %(at_15)s, ended_by = 'handover'"
        " WHERE id = %(asked_held)s;"
        + new_holding("new", "asked", "two", "handover", handover="asked_offer"),
        "referral_held_without_gap holding_rests_on_an_act handover_is_so",
        f"{NO_GAP_HOLDING}; {ON_AN_ACT}; {IS_SO}",
    ),
    attack(
        "I1",
        "a holding ends before it begins",
        "UPDATE holdings_holding SET until_at = from_at, ended_by = 'closing' WHERE id = %(plain_held)s",
        "holding_has_length",
        f"ALTER TABLE holdings_holding DROP CONSTRAINT holding_has_length; {NO_GAP_HOLDING}",
    ),
    attack(
        "I1",
        "a holding ends by no act",
        "UPDATE holdings_holding SET until_at = %(at_20)s WHERE id = %(plain_held)s",
        "holding_ends_by_an_act",
        f"ALTER TABLE holdings_holding DROP CONSTRAINT holding_ends_by_an_act; {NO_GAP_HOLDING}",
    ),
    attack(
        "I1",
        "the last member of a team that holds people leaves it",
        f"{NOBODY_BY_NAME}; UPDATE agencies_membership SET until_at = %(at_20)s WHERE id = %(works_one)s",
        "team_that_holds_has_a_member",
        SOMEONE_ANSWERS,
    ),
    attack(
        "I1",
        "the last member of a team that holds people is made another team's",
        f"{NOBODY_BY_NAME}; UPDATE agencies_membership SET team_id = %(spare)s WHERE id = %(works_one)s",
        "team_that_holds_has_a_member",
        SOMEONE_ANSWERS,
    ),
)

I5 = (
    attack(
        "I5",
        "a holding changes hands in place",
        "UPDATE holdings_holding SET team_id = %(two)s, member_id = NULL WHERE id = %(plain_held)s",
        "holding_ends_once",
        ENDS_ONCE,
    ),
    attack(
        "I5",
        "who held in the past is rewritten",
        "UPDATE holdings_holding SET member_id = NULL WHERE id = %(passed_held)s",
        "holding_ends_once",
        ENDS_ONCE,
    ),
    attack(
        "I5",
        "a holding that ended is taken up again as if it had not",
        f"{REOPEN}; UPDATE holdings_holding SET until_at = NULL, ended_by = NULL WHERE id = %(ended_held)s",
        "holding_ends_once",
        ENDS_ONCE,
    ),
    attack(
        "I5",
        "a team takes a referral that it was offered and has not accepted",
        passed_on("asked_held", by="handover")
        + ";"
        + new_holding("new", "asked", "two", "handover", handover="asked_offer"),
        "holding_rests_on_an_act",
        ON_AN_ACT,
    ),
    attack(
        "I5",
        "another team than the one that accepted holds afterwards",
        f"{ACCEPT};"
        + passed_on("asked_held", by="handover")
        + ";"
        + new_holding("new", "asked", "three", "handover", handover="asked_offer"),
        "holding_rests_on_an_act handover_is_so",
        f"{ON_AN_ACT}; {IS_SO}",
    ),
    attack(
        "I5",
        "a team takes a referral by a handover of another",
        passed_on("plain_held", by="handover")
        + ";"
        + new_holding("new", "plain", "two", "handover", handover="passed_offer"),
        "holding_once_per_handover",
        f"DROP INDEX holding_once_per_handover; {ON_AN_ACT}",
    ),
    attack("I5", "a team accepts and does not hold", ACCEPT, "handover_is_so", IS_SO),
    attack(
        "I5",
        "a team accepts without saying what it will do",
        ACCEPT.replace("We go.", ""),
        "handover_read_back",
        f"ALTER TABLE handovers_handover DROP CONSTRAINT handover_read_back; {IS_SO}",
    ),
    attack(
        "I5",
        "a referral passes to another team by a re-homing that is not on record",
        passed_on("plain_held", by="re_homing") + ";" + new_holding("new", "plain", "two", "re_homing"),
        "holding_names_its_re_homing",
        f"ALTER TABLE holdings_holding DROP CONSTRAINT holding_names_its_re_homing; {ON_AN_ACT}",
    ),
    attack(
        "I5",
        "another team than the recorded one holds after a re-homing",
        passed_on("plain_held", by="re_homing")
        + ";"
        + new_re_homing("other", "plain", "one", "three")
        + ";"
        + new_holding("new", "plain", "two", "re_homing", re_homing="other"),
        "holding_rests_on_an_act",
        ON_AN_ACT,
    ),
    attack(
        "I5",
        "a re-homing on record is rewritten",
        "UPDATE holdings_rehoming SET to_team_id = %(two)s WHERE id = %(moved_record)s",
        "re_homing_accepted_once",
        ACCEPTED_ONCE,
    ),
    attack(
        "I5",
        "a re-homing that was accepted is accepted again in other words",
        f"{ACCEPT_RE_HOMED}; UPDATE holdings_rehoming SET read_back = 'Later.' WHERE id = %(moved_record)s",
        "re_homing_accepted_once",
        ACCEPTED_ONCE,
    ),
    attack(
        "I5",
        "a re-homing is accepted by a team that does not hold by it any more",
        passed_on("moved_taken", by="re_homing")
        + ";"
        + new_re_homing("other", "moved", "one", "two")
        + ";"
        + new_holding("new", "moved", "two", "re_homing", re_homing="other")
        + f"; {ACCEPT_RE_HOMED}",
        "re_homing_accepted_once",
        ACCEPTED_ONCE,
    ),
    attack(
        "I5",
        "a re-homing is accepted without saying what will be done",
        ACCEPT_RE_HOMED.replace("We go.", ""),
        "re_homing_accepted_with_a_read_back",
        "ALTER TABLE holdings_rehoming DROP CONSTRAINT re_homing_accepted_with_a_read_back",
    ),
    attack(
        "I5",
        "a re-homing is accepted by nobody",
        ACCEPT_RE_HOMED.replace("%(member_one)s", "NULL"),
        "re_homing_accepted_by_somebody",
        "ALTER TABLE holdings_rehoming DROP CONSTRAINT re_homing_accepted_by_somebody",
    ),
    attack(
        "I5",
        "a re-homing is accepted before it was made",
        ACCEPT_RE_HOMED.replace("%(at_20)s", "re_homed_at - interval '1 hour'"),
        "re_homing_accepted_afterwards",
        "ALTER TABLE holdings_rehoming DROP CONSTRAINT re_homing_accepted_afterwards",
    ),
    attack(
        "I5",
        "someone of another team is named as holding",
        "UPDATE holdings_holding SET member_id = %(member_two)s WHERE id = %(plain_held)s",
        "holding_rests_on_an_act",
        ON_AN_ACT,
    ),
    attack(
        "I5",
        "a member leaves and goes on holding by name",
        "UPDATE agencies_membership SET until_at = %(at_20)s WHERE id = %(works_one)s",
        "member_left_holds_nobody team_that_holds_has_a_member",
        f"DROP TRIGGER member_left_holds_nobody ON agencies_membership; {SOMEONE_ANSWERS}",
    ),
)
