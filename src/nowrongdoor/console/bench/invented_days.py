"""
Days like the published ones, of any size: for sizes of which none is at hand.

What is drawn was measured on the published days of 25 and 50 visits, which their makers drew in the same way:
places on whole points of a field of 100 by 51, windows of 120 minutes that open by minute 480, one length of
visit a day, three visits in ten by two, half of those at once (both of s4 to s6) and half in turn (one of s1
to s3, and then, 1 to 60 minutes later and up to twice that, one of s4 to s6). Three crews in ten do s1 to s3,
the others s4 to s6.
"""

from __future__ import annotations

import math
from typing import Any

from nowrongdoor.dispatch.day import AT_ONCE, IN_TURN
from nowrongdoor.sim.streams import Stream

# Crews by number of patients, as the makers of the published days had them; between these, by measure.
CREWS = {10: 3, 25: 5, 50: 10, 75: 15, 100: 20}
WIDE, HIGH, OPENS_BY, OPEN = 100, 51, 480, 120.0
FIRST, SECOND = ("s1", "s2", "s3"), ("s4", "s5", "s6")
LENGTHS = (10, 11, 12, 13, 14, 15, 16, 17, 17, 19)
# How many services a crew can do, with the shares that were measured.
CAN_FIRST = ((17, 1), (22, 2), (11, 3))
CAN_SECOND = ((11, 1), (30, 2), (59, 3))


def as_published(patients: int, seed: int) -> dict[str, Any]:
    """A day of so many visits in the published format; the same seed makes the same day."""
    chance = Stream(f"{seed}/day of {patients}")
    places = [[chance.randrange(WIDE), chance.randrange(HIGH)] for _ in range(patients + 1)]
    lasts = float(chance.one_of(LENGTHS))
    pairs = round(0.3 * patients)
    at_once = pairs // 2
    people = []
    for number in range(patients):
        opens = float(chance.randrange(OPENS_BY))
        one: dict[str, Any] = {"id": f"p{number + 1}", "time_window": [opens, opens + OPEN]}
        beside = number - (patients - pairs)
        if beside < 0:
            wanted = [chance.one_of(FIRST + SECOND)]
        elif beside < at_once:
            wanted = sorted(chance.sample(SECOND, 2))
            one["synchronization"] = {"type": AT_ONCE}
        else:
            wanted = [chance.one_of(FIRST), chance.one_of(SECOND)]
            least = chance.randrange(1, 61)
            one["synchronization"] = {"type": IN_TURN, "distance": [least, 2 * least]}
        one["required_caregivers"] = [{"service": name, "duration": lasts} for name in wanted]
        people.append(one)
    return {
        "services": [{"id": name, "default_duration": lasts} for name in FIRST + SECOND],
        "caregivers": _crews(CREWS.get(patients, math.ceil(patients / 5)), chance),
        "patients": people,
        "distances": [[round(math.dist(here, there), 3) for there in places] for here in places],
    }


def _crews(many: int, chance: Stream) -> list[dict[str, Any]]:
    """Drawn anew until each service has somebody."""
    first = max(1, math.floor(0.3 * many + 0.5))
    while True:
        can = [sorted(chance.sample(FIRST, chance.weighed(CAN_FIRST))) for _ in range(first)]
        can += [sorted(chance.sample(SECOND, chance.weighed(CAN_SECOND))) for _ in range(many - first)]
        some = [set().union(*can[:first]), set().union(*can[first:])]
        apart = all(sum(bool({a, b} & set(one)) for one in can) > 1 for a in SECOND for b in SECOND if a < b)
        if some == [set(FIRST), set(SECOND)] and apart:
            return [{"id": f"c{number}", "abilities": one} for number, one in enumerate(can, 1)]
