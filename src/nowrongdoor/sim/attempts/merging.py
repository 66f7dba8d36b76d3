"""Attempts on two records that are or are not one person's."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.merging import MERGED, PROPOSED, Found, Merge
from nowrongdoor.sim.mischief import Mischief


def propose(luck: Mischief, at: datetime) -> None:
    """Mostly two of the people who were here lately; now and then one and itself."""
    found = [
        Found(
            luck.pick(luck.people),
            luck.pick(luck.people),
            luck.chance.randrange(-20, 200) / 10,
            luck.words(),
            luck.code("steward", "register"),
        )
        for _ in range(luck.chance.randrange(1, 3))
    ]
    luck.world.merges.propose(found=found, by=_decider(luck, None), at=at)


def merge(luck: Mischief, at: datetime) -> None:
    key, known = _pair(luck, but_not=MERGED)
    either = (known.one_id, known.other_id) if known else (luck.chance.id(),)
    luck.world.merges.merge(
        merge_id=key,
        stays_id=luck.pick(luck.people) if luck.chance.random() < 0.05 else luck.chance.one_of(either),
        words=luck.words(),
        by=_decider(luck, known),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def keep_apart(luck: Mischief, at: datetime) -> None:
    key, known = _pair(luck, wanted=PROPOSED)
    luck.world.merges.keep_apart(
        merge_id=key,
        words=luck.words(),
        by=_decider(luck, known),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def unmerge(luck: Mischief, at: datetime) -> None:
    key, known = _pair(luck, wanted=MERGED)
    luck.world.merges.unmerge(
        merge_id=key,
        words=luck.words(),
        by=_decider(luck, known),
        at=at,
        seen=luck.seen(known.version if known else 1),
    )


def _pair(luck: Mischief, *, wanted: str = "", but_not: str = "") -> tuple[UUID, Merge | None]:
    """Two records that are known of, mostly in the state that is wanted."""
    known: dict[UUID, Merge] = luck.tables[Merge]
    for one in luck.merges:
        state = known[one].state
        if state != but_not and (not wanted or state == wanted) and luck.chance.random() < 0.6:
            return one, known[one]
    key = luck.pick(luck.merges)
    return key, known.get(key)


def _decider(luck: Mischief, known: Merge | None) -> Viewer:
    """Mostly a lead who has a part in the care of one of the two; else a lead, or anyone."""
    if known is not None and luck.chance.random() < 0.5:
        return luck.as_lead(luck.one_with_a_part(luck.chance.one_of((known.one_id, known.other_id))))
    return luck.as_lead(luck.anyone()) if luck.chance.random() < 0.8 else luck.anyone()
