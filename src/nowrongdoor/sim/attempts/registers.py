"""Attempts on partners' registers: batches in and out of turn, and entries decided rightly and wrongly."""

from datetime import datetime
from typing import Any
from uuid import UUID

from nowrongdoor.rules.access import Viewer
from nowrongdoor.rules.extract import Entry
from nowrongdoor.rules.register import APART, LINKED, PROPOSED, Alike, Batch, RegisterLink, RegisterReading
from nowrongdoor.sim.mischief import Mischief


def begin(luck: Mischief, at: datetime) -> None:
    """Mostly a file of an agency that is there; now and then of none, and nameless."""
    agency = luck.agency if luck.chance.random() < 0.9 else luck.neighbour
    luck.world.registers.begin(
        reading_id=luck.chance.id(),
        agency_id=luck.chance.id() if luck.chance.random() < 0.05 else agency.id,
        digest="" if luck.chance.random() < 0.05 else str(luck.chance.id()),
        by=_steward(luck, None),
        at=at,
    )


def take(luck: Mischief, at: datetime) -> None:
    """Mostly the next rows; now and then rows that were taken already."""
    reading_id = luck.pick(luck.readings)
    known = luck.tables[RegisterReading].get(reading_id)
    found = [_alike(luck) for _ in range(luck.chance.randrange(0, 3))]
    place = known.batches if known else 0
    batch = Batch(
        place=place if luck.chance.random() < 0.85 else place + luck.chance.randrange(-1, 2),
        rows=9, refused=1, known=2, alone=3, is_last=luck.chance.random() < 0.15,
    )  # fmt: skip
    luck.world.registers.take(
        reading_id=reading_id, batch=batch, found=found, by=_steward(luck, None), at=at
    )


def link(luck: Mischief, at: datetime) -> None:
    key, known = _entry(luck, PROPOSED, APART)
    luck.world.registers.link(**_decided(luck, key, known), at=at, seen=_seen(luck, known))


def keep_apart(luck: Mischief, at: datetime) -> None:
    key, known = _entry(luck, PROPOSED)
    luck.world.registers.keep_apart(**_decided(luck, key, known), at=at, seen=_seen(luck, known))


def unlink(luck: Mischief, at: datetime) -> None:
    key, known = _entry(luck, LINKED)
    luck.world.registers.unlink(**_decided(luck, key, known), at=at, seen=_seen(luck, known))


def _alike(luck: Mischief) -> Alike:
    """Few numbers, so that one is said of two people."""
    number = luck.chance.one_of(("", "SC-1", "SC-2", "SC-3", "sc 1"))
    entry = Entry(2, number, given_names="Maryam", family_name="Ali", phone="01632 960001")
    return Alike(entry, luck.pick(luck.people), luck.chance.randrange(-20, 200) / 10, luck.words())


def _entry(luck: Mischief, *wanted: str) -> tuple[UUID, RegisterLink | None]:
    """An entry that is known of, mostly in a state that is wanted."""
    known: dict[UUID, RegisterLink] = luck.tables[RegisterLink]
    for one in luck.register_links:
        if known[one].state in wanted and luck.chance.random() < 0.6:
            return one, known[one]
    key = luck.pick(luck.register_links)
    return key, known.get(key)


def _decided(luck: Mischief, key: UUID, known: RegisterLink | None) -> dict[str, Any]:
    return {"link_id": key, "words": luck.words(), "by": _steward(luck, known)}


def _seen(luck: Mischief, known: RegisterLink | None) -> int:
    return luck.seen(known.version if known else 1)


def _steward(luck: Mischief, known: RegisterLink | None) -> Viewer:
    """Mostly a lead, and one who has a part in the person's care; else anyone."""
    if known is not None and luck.chance.random() < 0.5:
        return luck.as_lead(luck.one_with_a_part(known.person_id))
    return luck.as_lead(luck.anyone()) if luck.chance.random() < 0.85 else luck.anyone()
