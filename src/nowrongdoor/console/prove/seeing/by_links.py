"""
Whoever comes by a link: what opens, what is shown then and of whom, and what answers as if it were nothing.

Written down by hand, as `expected` is. Each link is tried from browsers that have signed in and from one that
has not, which must make no difference: looked at, opened, answered twice, answered with the keys of another,
passed from device to device, guessed, over by one instant, taken back, sealed and answered before.
"""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from nowrongdoor.console.prove.seeing import to_go_on
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
from nowrongdoor.journeys import answer_links
from nowrongdoor.kernel import signed_links
from nowrongdoor.rules import answer_link
from nowrongdoor.rules.law import seeing

LIVE, ANSWERED, SEALED = "linked", "linked_answered", "linked_sealed"
LIVES = (LIVE, ANSWERED, SEALED)
DEAD = ("guessed", "nearly", "never made", "of another kind", "over", "taken back", "sealed")
TEAM = "Lamp"
YES = WHO | {"act": "accept", "read_back": "We go at ten.", "seen": "1"}
LONG_AGO = timedelta(days=20)
TICK = timedelta(microseconds=1)
def make(place: Place) -> Links:
    """Links as they would have been made; the place then has each in its state."""
    links = Links()
    far = place["Far"]
    for name, life, at in (
        ("live", LIVE, place.later()),
        ("over", LIVE, place.at - LONG_AGO),
        ("taken back", LIVE, place.later()),
        ("answered", ANSWERED, place.later()),
        ("sealed", SEALED, place.later()),
    ):
        fresh = signed_links.fresh("answer")
        links.tokens[name], links.ids[name] = fresh.token, uuid4()
        offer = place.lives[life].keys["handover"]
        answer_links.make(link_id=links.ids[name], handover_id=offer, digest=fresh.digest, by=far, at=at)
    answer_links.withdraw(link_id=links.ids["taken back"], by=far, at=place.later(), seen=1)
    jo = answer_link.holder(
        "Jo", team_id=place.teams[TEAM], team_name=TEAM, agency_id=place.agencies[TEAM], agency_name="Fourth"
    )
    one = {"link_id": links.ids["answered"], "by": jo}
    answer_links.receive(**one, name="Jo", job="Volunteer", device="one", at=place.later())
    said = place.canaries.word(ANSWERED, "R", "story", "read_back")
    go_on = signed_links.fresh(ONWARD)
    links.ids[ONWARD], links.tokens[ONWARD] = uuid4(), go_on.token
    made = {"onward_id": links.ids[ONWARD], "onward_digest": go_on.digest}
    answer_links.accept(**one, read_back=said, holding_id=uuid4(), **made, at=place.later(), seen=1)
    links.tokens |= to_go_on.others(place, answers=links.tokens["live"], live=go_on.token)
    live = links.tokens["live"]
    links.tokens |= {
        "guessed": "nothing",
        "nearly": live[:-1] + ("A" if live[-1] != "A" else "B"),
        "never made": signed_links.fresh("answer").token,
        "of another kind": signed_links.fresh("places").token,
    }
    return links


def asked(asking: Asking, links: Links, *, to_the_first: bool = False) -> Found:
    """Everything of each link, as browsers that differ in who has signed in; or up to the first fault."""
    found = Found()
    roles = (NOBODY, "team_member", "governance_lead", "the person, holder")
    steps = [partial(step, asking, links, role, found)
             for role in roles
             for step in (_opens, _opens_nothing, _answered)]  # fmt: skip
    steps += [partial(step, asking, links, found) for step in (_to_the_instant, _once, _passed_on)]
    steps += to_go_on.steps(asking, links, roles, found)
    with asking.standing_still():
        for step in steps:
            step()
            if to_the_first and found.wrong:
                break
    return found


def _opens(asking: Asking, links: Links, role: str, found: Found) -> None:
    look = ask_by(asking, links, role, "live")
    found.expect("F63", look.status == 200, f"a link that opens answered {look.status}")
    found.expect("F63", not told_of(asking, look), "looking at a link told something of somebody")
    read = ask_by(asking, links, role, "live", WHO)
    told = told_of(asking, read)
    found.expect("F63", read.status == 200, f"a link was not opened: {read.status}")
    found.expect("F63", any(one.column == "ask" for one in told), "a link did not show what is asked")
    for one in told:
        may = one.subject == LIVE and (one.item, one.element) in READS and one.column not in NEVER
        found.expect("F63", may, f"a link told {one.column} ({one.element} of {one.item}, {one.subject})")
    for answer in (look, read):
        kept = links.tokens["live"] not in answer.logged and REFERRER in answer.headers
        found.expect("F73", kept, "the address of a link was logged, or would be told to where a page leads")


def _opens_nothing(asking: Asking, links: Links, role: str, found: Found) -> None:
    for data in (None, WHO, YES, WHO | {"act": "return", "reason": "not_ours", "seen": "1"}):
        same = ask_by(asking, links, role, "never made", data)
        for name in DEAD:
            answer = ask_by(asking, links, role, name, data)
            found.compared += 1
            found.expect("F64", answer.status == 404, f"a link that is {name} answered {answer.status}")
            found.expect("F64", answer.alike(()) == same.alike(()), f"a link that is {name} is told apart")
            found.expect("F63", not told_of(asking, answer), f"a link that is {name} told of somebody")


def _answered(asking: Asking, links: Links, role: str, found: Found) -> None:
    for data, status in ((None, 200), (WHO, 409), (YES, 409)):
        answer = ask_by(asking, links, role, "answered", data)
        found.expect("F66", answer.status == status, f"a link that was used answered {answer.status}")
        found.expect("F63", not told_of(asking, answer), "a link that was used told of the person")
        found.expect("F66", "has accepted" in answer.body, "a link did not tell what was answered by it")


def _to_the_instant(asking: Asking, links: Links, found: Found) -> None:
    """It opens up to the last instant of its time, and at the next it does not."""
    place = asking.place
    before = place.at
    try:
        for name in ("live", ONWARD):
            until = _until(links.ids[name])
            for at, status in ((until - TICK, 200), (until, 404)):
                place.at = at
                answer = ask_by(asking, links, NOBODY, name)
                words = f"at the end of its time a link answered {answer.status}"
                found.expect("F67", answer.status == status, words)
    finally:
        place.at = before


def _once(asking: Asking, links: Links, found: Found) -> None:
    """Sent twice it is answered once; and the keys of somebody else's link in its form count for nothing."""
    other = asking.place.lives[SEALED].keys["handover"]
    with undone() as cursor:
        client = asking.clients[NOBODY]
        token = begun(asking, client)
        path = f"/answer/{links.tokens['live']}"
        client.post(path, WHO | token)
        strange = {"handover_id": str(other), "link_id": str(links.ids["sealed"])}
        strange["holding_id"] = str(uuid4())
        first = client.post(path, YES | strange | token)
        again = client.post(path, YES | {"holding_id": str(uuid4())} | token)
        found.expect("F61", (first.status_code, again.status_code) == (303, 409), "a link was answered twice")
        cursor.execute("SELECT state FROM handovers_handover WHERE id = %s", [other])
        found.expect("F61", cursor.fetchone() == ("offered",), "a link answered what another is for")
        cursor.execute(
            "SELECT count(*), count(*) FILTER (WHERE until_at IS NULL) FROM holdings_holding"
            " WHERE referral_id = %s",
            [asking.place.lives[LIVE].keys["referral"]],
        )
        found.expect("F61", cursor.fetchone() == (2, 1), "an answer by link left nobody, or two, to hold")


def _passed_on(asking: Asking, links: Links, found: Found) -> None:
    """On few devices it opens, each under its name; one too many is refused and shown nobody."""
    most = seeing.most("link_devices", at=asking.place.at)
    with undone() as cursor:
        answers = []
        for number in range(most + 1):
            client = asking.clients[NOBODY]
            token = begun(asking, client)
            said = WHO | {"name": f"Helper {number}"}
            answers.append(client.post(f"/answer/{links.tokens['live']}", said | token))
        came = [one.status_code for one in answers]
        found.expect("F67", came == [200] * most + [422], f"passed on and on a link answered {came}")
        last = asking.place.canaries.found(answers[-1].content.decode("utf-8", "replace"))
        found.expect("F63", not last, "a link that was passed on too often told something of somebody")
        cursor.execute("SELECT times, cardinality(devices) FROM handovers_answerlink WHERE id = %s",
                       [links.ids["live"]])  # fmt: skip
        found.expect("F67", cursor.fetchone() == (most, most), "an opening of a link is not on record")
        cursor.execute(
            "SELECT count(DISTINCT by_name) FROM journal_entry"
            " WHERE kind = 'answer_link.received' AND by_name LIKE 'Helper %%'"
        )
        found.expect("F67", cursor.fetchone() == (most,), "who opened a link is not on record")


def _until(link_id: UUID) -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT until_at FROM handovers_answerlink WHERE id = %s", [link_id])
        return cursor.fetchone()[0]
