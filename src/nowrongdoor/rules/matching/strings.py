"""
How far two spellings are from one another.

Plain Python, for one pair at a time. Whole registers are compared by a compiled library that must
say the same of every pair (tests/linkage/test_same_score.py).
"""

# Letters with one sound, as they are confused in names that were heard: Soundex, but the first too.
SOUNDS = {
    **dict.fromkeys("bfpv", "1"), **dict.fromkeys("cgjkqsxz", "2"), **dict.fromkeys("dt", "3"),
    "l": "4", **dict.fromkeys("mn", "5"), "r": "6",
}  # fmt: skip
NOT_HEARD = (
    ("ght", "t"), ("ph", "f"), ("wh", "w"), ("wr", "r"), ("kn", "n"), ("gh", "g"), ("ck", "k"), ("dd", "d"),
)  # fmt: skip


FAR = 3


def distance(one: str, other: str) -> int:
    """
    Letters to add, leave out, change or swap with the next, so that one spelling becomes the other.

    No letter is changed twice (optimal string alignment).
    """
    if one == other:
        return 0
    before: list[int] = []
    above = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, against in enumerate(other, start=1):
            least = min(above[column] + 1, line[-1] + 1, above[column - 1] + (letter != against))
            swapped = row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against
            line.append(min(least, before[column - 2] + 1) if swapped else least)
        before, above = above, line
    return above[-1]


def near(one: str, other: str) -> int:
    """The distance where it is at most two, else three: all that is asked, and found much sooner."""
    if one == other:
        return 0
    if abs(len(one) - len(other)) > FAR - 1:
        return FAR
    # What both begin and end with changes nothing.
    begin, shorter = 0, min(len(one), len(other))
    while begin < shorter and one[begin] == other[begin]:
        begin += 1
    end = 0
    while end < shorter - begin and one[-1 - end] == other[-1 - end]:
        end += 1
    one, other = one[begin : len(one) - end], other[begin : len(other) - end]
    if not one or not other:
        return len(one) + len(other)
    return _near(one, other)


def _near(one: str, other: str) -> int:
    """As `distance`, only as far from the diagonal as two letters lead, and given up once that is passed."""
    wide = len(other)
    before: list[int] = []
    above = [min(column, FAR) for column in range(wide + 1)]
    for row, letter in enumerate(one, start=1):
        line = [FAR] * (wide + 1)
        if row < FAR:
            line[0] = row
        for column in range(max(1, row - FAR + 1), min(wide, row + FAR - 1) + 1):
            against = other[column - 1]
            least = above[column - 1] + (letter != against)
            if above[column] < least:
                least = above[column] + 1
            if line[column - 1] < least:
                least = line[column - 1] + 1
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                least = min(least, before[column - 2] + 1)
            line[column] = min(least, FAR)
        # A swap looks two rows back, so that both must be too far.
        if min(line) >= FAR and min(above) >= FAR:
            return FAR
        before, above = above, line
    return above[-1]


def likeness(one: str, other: str) -> float:
    """From 0 to 1 how alike two spellings are, a like beginning counting more (Jaro and Winkler)."""
    alike = _jaro(one, other)
    if alike <= 0.7:
        return round(alike, 6)
    begin = 0
    for letter, against in zip(one[:4], other[:4], strict=False):
        if letter != against:
            break
        begin += 1
    return round(alike + begin * 0.1 * (1 - alike), 6)


def sound(name: str) -> str:
    """How a name sounds, roughly, in at most four signs; empty for a name without a letter."""
    heard = name
    for written, said in NOT_HEARD:
        heard = heard.replace(written, said)
    signs: list[str] = []
    last = ""
    for letter in heard:
        sign = SOUNDS.get(letter, "")
        if not signs and letter.isalpha():
            signs.append(sign or ("w" if letter in "wh" else "a"))
        elif sign and sign != last:
            signs.append(sign)
        if letter not in "hw":
            last = sign
    return "".join(signs)[:4]


def _jaro(one: str, other: str) -> float:
    if not one or not other:
        return float(one == other)
    reach = max(max(len(one), len(other)) // 2 - 1, 0)
    taken = [False] * len(other)
    common: list[str] = []
    for place, letter in enumerate(one):
        for spot in range(max(0, place - reach), min(len(other), place + reach + 1)):
            if not taken[spot] and other[spot] == letter:
                taken[spot] = True
                common.append(letter)
                break
    if not common:
        return 0.0
    there = [letter for letter, used in zip(other, taken, strict=True) if used]
    moved = sum(mine != yours for mine, yours in zip(common, there, strict=True)) // 2
    found = len(common)
    return (found / len(one) + found / len(other) + (found - moved) / found) / 3
