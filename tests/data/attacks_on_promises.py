"""I3: promises that lapse; and rows that are made to vanish."""

from tests.data.attack import attack

I3 = (
    attack(
        "I3",
        "a promise is seen to be late and nobody is told",
        "UPDATE promises_promise SET as_of_at = due_at WHERE id = %(owed)s",
        "promise_late_without_escalation",
        "DROP TRIGGER promise_late_without_escalation ON promises_promise",
    ),
    attack(
        "I3",
        "a promise is put off as if it had been escalated",
        "UPDATE promises_promise SET due_at = %(at_60)s, escalation_level = 1 WHERE id = %(owed)s",
        "promise_late_without_escalation",
        "DROP TRIGGER promise_late_without_escalation ON promises_promise",
    ),
    attack(
        "I3",
        "a promise is due before it was made",
        "UPDATE promises_promise SET due_at = made_at WHERE id = %(owed)s",
        "promise_due_after_made",
        "ALTER TABLE promises_promise DROP CONSTRAINT promise_due_after_made;"
        "DROP TRIGGER promise_late_without_escalation ON promises_promise",
    ),
    attack(
        "I3",
        "a promise ends and nobody ended it",
        "UPDATE promises_promise SET state = 'let_go', ending_words = 'Lapsed' WHERE id = %(owed)s",
        "promise_ended_by_someone",
        "ALTER TABLE promises_promise DROP CONSTRAINT promise_ended_by_someone",
    ),
    attack(
        "I3",
        "an escalation on record is made to be another's",
        "INSERT INTO promises_escalation (id, version, promise_id, level, to_team_id, words, escalated_at,"
        " escalated_by_id) VALUES (%(new)s, 1, %(owed)s, 1, %(one)s, '', %(at_30)s, %(member_one)s);"
        "UPDATE promises_promise SET escalation_level = 1, due_at = %(at_45)s, as_of_at = %(at_30)s"
        " WHERE id = %(owed)s;"
        "UPDATE promises_escalation SET promise_id = %(moved_settle)s WHERE id = %(new)s",
        "kept_as_written",
        "DROP TRIGGER kept_as_written ON promises_escalation;"
        "DROP TRIGGER promise_late_without_escalation ON promises_promise",
    ),
    attack(
        "I3",
        "what was let go is owed again",
        "UPDATE promises_promise SET state = 'let_go', ending_words = 'Not needed', ended_at = %(at_20)s,"
        " ended_by_id = %(member_one)s WHERE id = %(owed)s;"
        "UPDATE promises_promise SET state = 'open', ended_at = NULL, ended_by_id = NULL WHERE id = %(owed)s",
        "promise_ends_once",
        "DROP TRIGGER promise_ends_once ON promises_promise",
    ),
    attack(
        "I3",
        "whoever wrote what may keep help from somebody lets it stand",
        "UPDATE promises_promise SET kind = 'second_reading', held_words = 'Send nobody',"
        " written_by_id = %(member_one)s, state = 'kept', ending_words = 'Yes', ended_at = %(at_20)s,"
        " ended_by_id = %(member_one)s WHERE id = %(owed)s",
        "promise_read_by_another",
        "ALTER TABLE promises_promise DROP CONSTRAINT promise_read_by_another",
    ),
)

DELETED = tuple(
    attack(
        "kept",
        f"a row of {table} is deleted",
        f"DELETE FROM {table} WHERE id = %({name})s",
        "kept_for_good",
        f"DROP TRIGGER kept_for_good ON {table}",
    )
    for table, name in (
        ("agencies_membership", "works_spare"),
        ("agencies_team", "spare"),
        ("agencies_member", "member_spare"),
        ("handovers_handover", "asked_offer"),
        ("promises_promise", "owed"),
    )
)
