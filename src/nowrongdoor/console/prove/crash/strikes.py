"""What is killed and when, under load; and the controls, in which that must do harm."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from time import monotonic, sleep

from nowrongdoor.console.prove import ground as grounds
from nowrongdoor.console.prove.crash.findings import Findings, findings, missing
from nowrongdoor.console.prove.crash.place import LOSES, Place
from nowrongdoor.console.prove.crash.worker import AFTER_COMMIT, MID_ACT
from nowrongdoor.console.prove.crash.writers import Ledger

DATABASE = "all of PostgreSQL"
ANY_MOMENT = "a worker at any moment"
IN_MID_ACT = "a worker in the middle of an act"
COMMITTED = "a worker after commit, before the answer"
MOMENTS = {IN_MID_ACT: MID_ACT, COMMITTED: AFTER_COMMIT}
SOON = 0.3  # seconds: the longest that a kill is put off once work goes on
LISTENS = 10.0  # seconds within which a worker that was told to die must come to its moment
TRIES = 5  # of a control that depends on chance


@dataclass
class Struck:
    """What was acknowledged, what was killed and how long each took to answer again, and what was found."""

    ledger: Ledger
    recoveries: dict[str, list[float]]
    found: Findings
    broke_off: str = ""

    @property
    def seconds(self) -> list[float]:
        return sorted(taken for kind in self.recoveries.values() for taken in kind)


def struck(place: Place, *, kills: int, seed: int) -> Struck:
    """So many kills under load, and what is there once everybody has finished what they had begun."""
    chance = Random(seed)
    recoveries: dict[str, list[float]] = {kind: [] for kind in (DATABASE, ANY_MOMENT, *MOMENTS)}
    broke_off = ""
    with place.load(f"kill {seed}", seed=seed) as load:
        try:
            for kind in plan(kills, chance):
                load.wait_for(1)
                sleep(chance.uniform(0, SOON))
                recoveries[kind].append(strike(kind, place, chance))
            load.wait_for(1)
        except TimeoutError as failure:
            broke_off = str(failure)
            load.end(give_up=True)
    return Struck(load.ledger, recoveries, looked(load.ledger), broke_off)


def plan(kills: int, chance: Random) -> list[str]:
    """A third PostgreSQL, the rest workers at each kind of moment, in an order that is drawn."""
    of_database = kills // 3
    kinds = (ANY_MOMENT, IN_MID_ACT, COMMITTED)
    drawn = [DATABASE] * of_database + [kinds[step % 3] for step in range(kills - of_database)]
    chance.shuffle(drawn)
    return drawn


def strike(kind: str, place: Place, chance: Random) -> float:
    """One kill; the seconds from then until what was killed answers again, from its database."""
    if kind == DATABASE:
        place.database.kill()
        since = monotonic()
        place.database.start_again()
        down = list(place.workers)
    else:
        web = chance.choice(place.workers)
        if kind not in MOMENTS or not web.die_at(MOMENTS[kind], within=LISTENS):
            web.kill()
        since = monotonic()
        web.start()
        down = [web]
    for web in down:
        web.wait_until_up()
    return monotonic() - since


def forgets(place: Place, *, seed: int) -> bool:
    """PostgreSQL says 'committed' before it has written anything down, and is killed: is anything lost?"""
    place.database.setting(**LOSES)
    try:
        for number in range(TRIES):
            with place.load(f"forgetful {number}", seed=seed) as load:
                load.wait_for(6)
                place.database.kill()
                load.end(give_up=True)
            place.database.start_again()
            lost, _ = missing(load.ledger.acknowledged)
            grounds.leave()
            if lost:
                return True
    finally:
        place.database.setting(**dict.fromkeys(LOSES))
    return False


def doubles(place: Place, *, seed: int) -> bool:
    """Whoever hears no answer writes it all down again, under another key: is anything there twice?"""
    before = looked()
    web = place.workers[0]
    for number in range(TRIES):
        with place.load(f"keyless {number}", seed=seed, keyless=True) as load:
            load.wait_for(1)
            web.die_at(AFTER_COMMIT, within=LISTENS)
            web.start()
        if looked().doubled > before.doubled:
            return True
    return False


def tears(place: Place, *, seed: int) -> bool:
    """Acts whose parts are written one by one, and no constraint to refuse it: is anything torn?"""
    from nowrongdoor.console.prove import walls

    for web in place.workers:
        web.kill()
    with place.ground.as_owner() as owner:
        walls.take_down_constraints(owner)
    before = looked()
    for number in range(TRIES):
        for web in place.workers:
            web.kind = "pieces"
            web.start()
            web.wait_until_up()
        with place.load(f"in pieces {number}", seed=seed, keyless=True) as load:
            load.wait_for(1)
            for web in place.workers:
                web.die_at(MID_ACT, within=LISTENS)
            load.end(give_up=True)
        found = looked()
        if found.torn > before.torn and found.without_holder > before.without_holder:
            return True
    return False


def looked(ledger: Ledger | None = None) -> Findings:
    """What there is to be found, without leaving a connection open to a database that will be killed."""
    try:
        return findings(ledger.acknowledged if ledger else [])
    finally:
        grounds.leave()
