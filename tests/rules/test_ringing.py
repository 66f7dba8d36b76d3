"""Whether a number may be rung: unknown is not no, and only a later yes lifts a no."""

from nowrongdoor.rules.ringing import safe_now
from tests.worlds.tables import cases


@cases("""
    latest     | before     | first | stands
    -----------+------------+-------+-----------
               |            |       | not_asked
    not_asked  |            |       | not_asked
    yes        |            |       | yes
    not_asked  | yes        |       | yes
    not_asked  | not_asked  | no    | no
    yes        | no         |       | yes
    no         | yes        |       | no
    declined   | no         |       | no
    not_known  | declined   | no    | no
    declined   | yes        |       | declined
    declined   | yes        | no    | declined
    not_known  |            |       | not_known
""")
def test_the_last_answer_stands_but_only_a_yes_lifts_a_no(case: dict[str, str]) -> None:
    answers = [case[one] for one in ("latest", "before", "first") if case[one]]
    assert safe_now(answers) == case["stands"]
