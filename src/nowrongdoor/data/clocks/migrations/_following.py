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


def function(*parts: str) -> str:
    """The function as it was made last as a whole, with these parts added, in their order."""
    made = (HERE / WHOLE).read_text(encoding="utf-8")
    begins = made.index("CREATE OR REPLACE FUNCTION follow_clocks")
    before, after = made[begins : made.index("CREATE TRIGGER")].split(ENDS)
    return "".join((before, *((HERE / one).read_text(encoding="utf-8") for one in parts), ENDS, after))
