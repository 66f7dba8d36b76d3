"""For whom the police attended or did not, and how people were since, in words: as they may be read."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from nowrongdoor.nhsuk import wording
from nowrongdoor.rules import equality, figures, police_gaps, police_split
from nowrongdoor.rules.clock import local_date
from nowrongdoor.rules.figures import HIDDEN
from nowrongdoor.rules.law import deprivation, seeing
from nowrongdoor.rules.police_split import ANSWERS, DECISIONS, HOW, SPLITS, Counts, Row

ANSWERED = dict(zip(ANSWERS, ("Attended", "Did not attend", "Not settled"), strict=True))
WERE = {
    "seen": "seen, or in hospital or a place of safety",
    "held": "held and not seen",
    "closed": "closed",
    "not_known": "not known",
}


def tables(counts: Counts, *, at: datetime) -> list[dict[str, Any]]:
    """Each split: by decision, and for either decision how people were at the three times."""
    found = []
    for split in SPLITS:
        rows = police_split.decided(counts, split, at=at)
        if rows:
            found.append(
                {
                    "name": equality.SPLITS[split],
                    "decided": [(one.label, _count(one.whole, at=at), _each(one, at=at)) for one in rows],
                    "since": [_since(counts, split, one, at=at) for one in DECISIONS],
                }
            )
    return found


def _since(counts: Counts, split: str, decision: str, *, at: datetime) -> list[tuple[str, list[str]]]:
    times = [police_split.stood(counts, split, decision, place, at=at) for place in (1, 2, 3)]
    return [(of_one[0].label, [_how(one, at=at) for one in of_one]) for of_one in zip(*times, strict=True)]


def _how(row: Row, *, at: datetime) -> str:
    """`Of 25: seen 40%, held *, closed *, not known *`."""
    if row.whole is None:
        return HIDDEN
    shares = (
        f"{words} {_share(part, row.whole, at=at)}"
        for words, part in zip((WERE[one] for one in HOW), row.parts, strict=True)
    )
    return f"Of {_count(row.whole, at=at)}: {', '.join(shares)}"


def _each(row: Row, *, at: datetime) -> list[str]:
    return [
        HIDDEN if one is None else f"{_count(one, at=at)} ({_share(one, row.whole, at=at)})"
        for one in row.parts
    ]


def _count(many: int | None, *, at: datetime) -> str:
    return HIDDEN if many is None else figures.shown(many, at=at)


def _share(part: int | None, whole: int | None, *, at: datetime) -> str:
    return HIDDEN if part is None or whole is None else figures.share(part, whole, at=at)


def exported(counts: Counts, *, at: datetime) -> list[tuple[str, ...]]:
    """Every number of these tables, a line each, as it may be read."""
    lines: list[tuple[str, ...]] = []
    for split in SPLITS:
        name = equality.SPLITS[split]
        for row in police_split.decided(counts, split, at=at):
            lines += _both(name, row, ANSWERED.values(), at=at)
        for decision in DECISIONS:
            for place, hours in enumerate(police_gaps.hours(at=at), start=1):
                table = f"{name}: {ANSWERED[decision].lower()}, {hours} hours after"
                for row in police_split.stood(counts, split, decision, place, at=at):
                    lines += _both(table, row, (WERE[one] for one in HOW), at=at)
    return lines


def _both(table: str, row: Row, words: Iterable[str], *, at: datetime) -> list[tuple[str, ...]]:
    whole = _count(row.whole, at=at)
    return [
        (table, row.label, what, _count(part, at=at), whole, _share(part, row.whole, at=at))
        for what, part in zip(words, row.parts, strict=True)
    ]


def notes(*, at: datetime) -> list[str]:
    sunday = wording.local_date(local_date(police_split.up_to(at)) - timedelta(days=1))
    least = seeing.most("figure_below", at=at)
    return [
        f"As it stood at the end of Sunday {sunday}, of the whole place, every force and every kind of call, "
        "whatever is chosen above: neither two days nor two choices can differ by somebody.",
        f"Groups of fewer than {least} people are one line, “All others”, and so is the next larger where "
        "they would be few still; a number behind which there are fewer is a star, and so is one by which "
        "it could be found, from this table or another. Two groups are never crossed.",
        "Sex and ethnic category are as people said them themselves. Not asked, declined and not known are "
        "three lines, and a call about somebody nobody knows is under not asked. Of all of these who they "
        "are may differ.",
        "How deprived an area is says nothing of one person in it. The table is: "
        f"{wording.listed(deprivation.sources(at=at))}.",
        "Nobody’s disability or faith is on record here, and nothing is guessed from a name or pronouns. "
        "A difference says that somebody should look; why it is there, it does not say.",
    ]
