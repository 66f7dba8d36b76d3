"""
The function that makes clocks follow from rows, as each migration leaves it.

Another kind of row that promises something by a time is another part of it: its migration brings that part
(`.part.sql`) and the triggers of its table, and all the rest stays as it was.
"""

from pathlib import Path

HERE = Path(__file__).parent
WHOLE = "0009_follow_stages.sql"
ENDS = ") o\nJOIN agencies_team"
"""What stands behind the last part."""
OF_A_PROMISE = "COALESCE(d.person_id, r.person_id, c.person_id) AS person_id, d.referral_id, d.contact_id,"
# A call just to talk gives no part in the care. Its promise says whom it is about, to whoever asked for it.
OF_NOBODY_THAT_IS_CALLED = """CASE WHEN d.kind <> 'just_to_talk'
            THEN COALESCE(d.person_id, r.person_id, c.person_id) END AS person_id,
        CASE WHEN d.kind <> 'just_to_talk' THEN d.referral_id END AS referral_id,
        CASE WHEN d.kind <> 'just_to_talk' THEN d.contact_id END AS contact_id,"""


def function(*parts: str, calls_tell_nobody: bool = False) -> str:
    """
    The function as it was made last as a whole, with these parts added, in their order. Since clocks 0021
    the clock of a call just to talk tells nobody of whom it is: every later migration says so too.
    """
    made = (HERE / WHOLE).read_text(encoding="utf-8")
    if calls_tell_nobody:
        made = made.replace(OF_A_PROMISE, OF_NOBODY_THAT_IS_CALLED)
    begins = made.index("CREATE OR REPLACE FUNCTION follow_clocks")
    before, after = made[begins : made.index("CREATE TRIGGER")].split(ENDS)
    return "".join((before, *((HERE / one).read_text(encoding="utf-8") for one in parts), ENDS, after))
