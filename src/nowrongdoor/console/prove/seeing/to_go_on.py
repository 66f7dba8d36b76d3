"""
Whoever comes by a link with which a team goes on: as `by_links` of those that answer. It opens one life,
whose offer its team accepted; what was guessed, is of another kind, or was taken back answers as nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from uuid import uuid4

from nowrongdoor.console.prove.seeing.asking import Asking, undone
from nowrongdoor.console.prove.seeing.expected import NOBODY
from nowrongdoor.console.prove.seeing.place import Place
from nowrongdoor.console.prove.seeing.trying_links import (
    NEVER,
    ONWARD,
    READS,
    REFERRER,
    WHO,
    Found,
    Links,
    ask_by,
    begun,
    told_of,
)
from nowrongdoor.journeys import answer_links, onward_links
from nowrongdoor.kernel import signed_links

LIFE = "linked_answered"
WRITES = WHO | {"act": "write", "way": "telephone", "words": "She comes."}
ENDS = tuple(WHO | {"act": act} for act in ("close", "back", "ring"))
DEAD = tuple(f"{ONWARD}, {how}" for how in ("guessed", "nearly", "never made", "taken back", "answers"))


def others(place: Place, *, answers: str, live: str) -> dict[str, str]:
    """One more by which the same team goes on, taken back since; and what is none."""
    far, fresh, key = place["Far"], signed_links.fresh(ONWARD), uuid4()
    offer = place.lives[LIFE].keys["handover"]
    onward_links.make(link_id=key, handover_id=offer, digest=fresh.digest, by=far, at=place.later())
    answer_links.withdraw(link_id=key, by=far, at=place.later(), seen=1)
    return {
        f"{ONWARD}, taken back": fresh.token,
        f"{ONWARD}, guessed": "nothing",
        f"{ONWARD}, nearly": live[:-1] + ("A" if live[-1] != "A" else "B"),
        f"{ONWARD}, never made": signed_links.fresh(ONWARD).token,
        f"{ONWARD}, answers": answers,
    }


def steps(asking: Asking, links: Links, roles: Iterable[str], found: Found) -> list[Callable[[], None]]:
    """What is tried: as each browser, and once."""
    made = [partial(step, asking, links, role, found) for role in roles for step in (_opens, _opens_nothing)]
    return [*made, partial(_written_once, asking, links, found)]


def _opens(asking: Asking, links: Links, role: str, found: Found) -> None:
    """By the link of a team that accepted: nobody before it is said who is there, then the one they hold."""
    look = ask_by(asking, links, role, ONWARD)
    found.expect("F63", look.status == 200, f"a link to go on answered {look.status}")
    found.expect("F63", not told_of(asking, look), "looking at a link to go on told something of somebody")
    read = ask_by(asking, links, role, ONWARD, WHO)
    told = told_of(asking, read)
    found.expect("F63", read.status == 200, f"a link to go on was not opened: {read.status}")
    found.expect("F63", any(one.column == "read_back" for one in told), "a link to go on shows no read-back")
    for one in told:
        may = one.subject == LIFE and (one.item, one.element) in READS and one.column not in NEVER
        found.expect("F63", may, f"a link to go on told {one.column} ({one.element}, {one.subject})")
    for answer in (look, read):
        kept = links.tokens[ONWARD] not in answer.logged and REFERRER in answer.headers
        found.expect("F73", kept, "the address of a link was logged, or would be told to where a page leads")


def _opens_nothing(asking: Asking, links: Links, role: str, found: Found) -> None:
    for data in (None, WHO, WRITES, *ENDS):
        same = ask_by(asking, links, role, DEAD[0], data)
        for name in DEAD:
            answer = ask_by(asking, links, role, name, data)
            found.compared += 1
            found.expect("F64", answer.status == 404, f"a link that is {name} answered {answer.status}")
            found.expect("F64", answer.alike(()) == same.alike(()), f"a link that is {name} is told apart")
            found.expect("F63", not told_of(asking, answer), f"a link that is {name} told of somebody")


def _written_once(asking: Asking, links: Links, found: Found) -> None:
    """Sent twice it is written once; from a browser that never opened it, nothing is."""
    with undone() as cursor:
        client = asking.clients[NOBODY]
        token = begun(asking, client)
        path = f"/onward/{links.tokens[ONWARD]}"
        stranger = client.post(path, WRITES | token)
        client.post(path, WHO | token)
        key = {"note_id": str(uuid4())}
        first = client.post(path, WRITES | key | token)
        again = client.post(path, WRITES | key | token)
        came = [stranger.status_code, first.status_code, again.status_code]
        found.expect("F61", came == [422, 303, 409], f"written by a link: {came}")
        cursor.execute(
            "SELECT count(*) FROM stages_carecontact WHERE referral_id = %s",
            [asking.place.lives[LIFE].keys["referral"]],
        )
        found.expect("F61", cursor.fetchone() == (1,), "what was written by a link is not there once")
