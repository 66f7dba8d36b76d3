"""Statements as someone would type them at a prompt; %(name)s is the key of a row of `prompt.furnish`."""

NO_GAP = "DROP TRIGGER referral_held_without_gap ON referrals_referral"
NO_GAP_HOLDING = "DROP TRIGGER referral_held_without_gap ON holdings_holding"
ON_AN_ACT = "DROP TRIGGER holding_rests_on_an_act ON holdings_holding"
ENDS_ONCE = "DROP TRIGGER holding_ends_once ON holdings_holding"
ACCEPTED_ONCE = "DROP TRIGGER re_homing_accepted_once ON holdings_rehoming"
IS_SO = "DROP TRIGGER handover_is_so ON handovers_handover"
ANSWERED_ONCE = "DROP TRIGGER handover_answered_once ON handovers_handover"
ONE_OFFER = "DROP INDEX handover_one_live_offer; DROP INDEX handover_one_live_offer_a_referral"
SOMEONE_ANSWERS = "DROP TRIGGER team_that_holds_has_a_member ON agencies_membership"
# What a team holds it then holds as a team, and no member of it by name.
NOBODY_BY_NAME = (
    "UPDATE holdings_holding SET member_id = NULL WHERE team_id = %(one)s AND until_at IS NULL;"
    " SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED"
)
SETTLED = "SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;"

REFERRAL = """
INSERT INTO referrals_referral (id, version, from_team_id, needs, request, words, standard, state,
    received_at, due_at, triage_words, triaged_as, triaged_as_words, outcome, told, told_by, reopening_words)
VALUES (%(new)s, 1, %(one)s, '{}', '', '', '', 'new', %(at_0)s, %(at_30)s, '', '', '', '', '', '', '')
"""
CLOSE = """
UPDATE referrals_referral SET state = 'closed', closed_at = %(at_20)s, closed_by_id = %(member_one)s,
    outcome = 'advice', told = 'All is well.', told_by = 'us' WHERE id = {of}
"""
REOPEN = """
UPDATE referrals_referral SET state = 'new', closed_at = NULL, closed_by_id = NULL, outcome = '', told = '',
    told_by = '', reopened_at = %(at_20)s, reopening_words = 'Again' WHERE id = %(ended)s
"""
HOLDING = """
INSERT INTO holdings_holding
    (id, version, referral_id, team_id, member_id, from_at, began_by, handover_id, re_homing_id)
VALUES ({new}, 1, {referral}, {team}, {member}, {from_at}, '{began_by}', {handover}, {re_homing})
"""
RE_HOMING = """
INSERT INTO holdings_rehoming
    (id, version, referral_id, from_team_id, to_team_id, reason, words, re_homed_at, re_homed_by_id,
    read_back)
VALUES ({new}, 1, {referral}, {giver}, {receiver}, 'team_closed', 'Gone', %(at_20)s, %(member_one)s, '')
"""
OFFER = """
INSERT INTO handovers_handover
    (id, version, referral_id, holding_id, giver_team_id, giver_member_id, receiver_team_id, state,
    why_urgent, summary, done, ask, watch_for, told, sharing_basis,
    offered_at, answer_by, hop, read_back, reason, reason_words, standard)
VALUES ({new}, 1, {referral}, {holding}, {giver}, %(member_one)s, {receiver}, 'offered',
    '', '', '', 'See her', '', '', '',
    %(at_20)s, %(at_50)s, 1, '', '', '', '')
"""
ACCEPT = """
UPDATE handovers_handover SET state = 'accepted', answered_at = %(at_20)s, answered_by_id = %(member_two)s,
    read_back = 'We go.' WHERE id = %(asked_offer)s
"""
ACCEPT_RE_HOMED = """
UPDATE holdings_rehoming SET accepted_at = %(at_20)s, accepted_by_id = %(member_one)s, read_back = 'We go.'
WHERE id = %(moved_record)s
"""
PASS_ON = "UPDATE holdings_holding SET until_at = {at}, ended_by = '{by}' WHERE id = {held}"


def new_offer(referral: str, holding: str, giver: str, receiver: str, *, new: str = "new") -> str:
    return _named(OFFER, new=new, referral=referral, holding=holding, giver=giver, receiver=receiver)


def new_holding(
    new: str,
    referral: str,
    team: str,
    began_by: str,
    *,
    from_at: str = "at_20",
    member: str = "",
    handover: str = "",
    re_homing: str = "",
) -> str:
    holding = HOLDING.replace("{began_by}", began_by)
    return _named(
        holding,
        new=new,
        referral=referral,
        team=team,
        from_at=from_at,
        member=member,
        handover=handover,
        re_homing=re_homing,
    )


def new_re_homing(new: str, referral: str, giver: str, receiver: str) -> str:
    return _named(RE_HOMING, new=new, referral=referral, giver=giver, receiver=receiver)


def passed_on(held: str, *, by: str, at: str = "at_20") -> str:
    return _named(PASS_ON.replace("{by}", by), held=held, at=at)


def closed(referral: str) -> str:
    return _named(CLOSE, of=referral)


def _named(statement: str, **names: str) -> str:
    """The statement with a key for each name, and NULL for each that is empty."""
    return statement.format(**{part: f"%({name})s" if name else "NULL" for part, name in names.items()})
