"""
What speaks for two records being one person's, and what against, in a line to read in a call.
"""

from collections.abc import Sequence

from nowrongdoor.rules.matching.kinds import Kind
from nowrongdoor.rules.matching.model import Evidence

SAME, ANOTHER = "same ", "another "


def said(evidence: Sequence[Evidence]) -> str:
    """What is the same, then what is nearly so, then what differs; the weightiest first in each."""
    told = sorted(named_once(evidence, SAME), key=lambda one: -abs(one.bits))
    same = [one.words.removeprefix(SAME) for one in told if one.words.startswith(SAME)]
    near = [one.words for one in told if not one.words.startswith(SAME) and one.bits > 0]
    other = [one.words for one in told if not one.words.startswith(SAME) and one.bits <= 0]
    return "; ".join([*([SAME + _listed(same)] if same else []), *near, *other])


def named_once(evidence: Sequence[Evidence], how: str) -> list[Evidence]:
    """A first name and a surname that are both the same are the same name; both others, another name."""
    whole = [one for one in evidence if one.part in (Kind.GIVEN, Kind.FAMILY) and one.words.startswith(how)]
    if len(whole) < 2:
        return list(evidence)
    rest = [one for one in evidence if one not in whole]
    return [Evidence("name", f"{how}name", sum(one.bits for one in whole)), *rest]


def _listed(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if words[1:] else words)
