"""What is measured: every list and page through its address, and the acts (`acts`) through their journeys."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.test import Client
from django.urls import reverse

from nowrongdoor.console.bench import acts, rows
from nowrongdoor.console.bench.goals import LIST, RECORD, SEARCH, Goal
from nowrongdoor.console.bench.measure import Work
from nowrongdoor.console.bench.rows import one_row
from nowrongdoor.kernel.now import now
from nowrongdoor.nhsuk.sessions import MEMBERSHIP, SEEN
from nowrongdoor.reading import holder_lines, traffic_table, viewers

# A record with its story and what can be chosen; and the same beside the list it is one of: goals of ours.
FORM = Goal(statements=12, cpu_ms=40)
BESIDE_A_LIST = Goal(statements=14, cpu_ms=40)
HERE = "localhost"  # a host this place answers to
PAGES_OF_A_ROW = (
    ("triage: decide", "triage_decide", lambda by: rows.to_triage(by)[0], BESIDE_A_LIST),
    ("handover composer", "handover_new", lambda by: rows.to_triage(by)[0], FORM),
    ("handover", "handover", lambda by: rows.offered_by(by)[0], FORM),
    ("contact", "contact", lambda by: rows.a_contact(by)[0], FORM),
)


def everything() -> Iterator[Work]:
    """Each in turn, by somebody who was seen a moment ago: once a minute a session is stored anew."""
    membership, team = busiest()
    client = signed_in(membership)
    for one in _everything(client, membership, team):
        seen_now(client)
        yield one


def _everything(client: Client, membership: UUID, team: UUID) -> Iterator[Work]:
    by = viewers.at_work(membership_id=membership)
    assert by is not None
    person, referral = known(team)
    yield Work("sign in", page(Client(SERVER_NAME=HERE), "sign_in"), LIST)
    yield Work("my work", page(client, "my_work"), LIST)
    yield Work("triage inbox", page(client, "triage"), LIST)
    yield the_board(client)
    yield Work("care traffic board", page(client, "board"), LIST)
    yield Work("new contact", page(client, "contact_new"), FORM)
    yield Work("person", page(client, "person", person), FORM)
    yield Work("timeline of a person", page(client, "person_timeline", person), FORM)
    yield Work("referral", page(client, "referral", referral), FORM)
    for name, address, prepare, goal in PAGES_OF_A_ROW:
        made = partial(prepare, by)
        yield Work(name, partial(opened, client, address), goal, prepare=made)
    yield from searches(client)
    yield from acts.of(by, team=team)
    yield Work(
        "record a contact with a referral, through its page",
        partial(recorded, client),
        RECORD,
        prepare=partial(hidden_fields, client, "contact_new"),
    )


def the_board(client: Client) -> Work:
    """The longest list there is."""
    return Work("care traffic board, as a table", page(client, "board_table"), LIST)


@contextmanager
def a_query_for_each_row() -> Iterator[None]:
    """Plants in the board's table what no list may do: the holders of each row are asked for on their own."""
    read = traffic_table.table

    def one_by_one(**asked: Any) -> Any:
        found = read(**asked)
        for row in found.rows:
            holder_lines.of([row.referral_id])
        return found

    traffic_table.table = one_by_one
    try:
        yield
    finally:
        traffic_table.table = read


def searches(client: Client) -> Iterator[Work]:
    someone = (
        "SELECT family_name, given_names, nhs_number, phone FROM people_person"
        " WHERE nhs_number IS NOT NULL AND length(family_key) > 3 AND length(given_key) > 1 AND phone <> ''"
        " ORDER BY id OFFSET %s LIMIT 1"
    )
    family, given, number, phone = rows.first(someone, [1000]) or one_row(someone, [0])
    asked = {
        "full name": {"name": f"{given} {family}"},
        "first three letters of a surname": {"name": family[:3]},
        "name the wrong way round": {"name": f"{family} {given}"},
        "NHS number": {"nhs_number": number},
        "telephone number": {"phone": phone},
    }
    for what, fields in asked.items():
        yield Work(f"search people: {what}", post(client, "people_search", fields), SEARCH)


def busiest() -> tuple[UUID, UUID]:
    """A triage clinician of the team that holds the most, and that team."""
    found = one_row(
        "SELECT m.id, m.team_id FROM agencies_membership m WHERE m.until_at IS NULL"
        " AND m.role = 'triage_clinician' AND m.team_id = (SELECT h.team_id FROM holdings_holding h"
        " JOIN agencies_membership t ON t.team_id = h.team_id AND t.role = 'triage_clinician'"
        " AND t.until_at IS NULL"
        " WHERE h.until_at IS NULL GROUP BY h.team_id ORDER BY count(*) DESC LIMIT 1) ORDER BY m.id LIMIT 1"
    )
    return found[0], found[1]


def known(team: UUID) -> tuple[UUID, UUID]:
    """Of those this team holds, the person with the most referrals, and the one that it holds."""
    found = one_row(
        "SELECT r.person_id, (array_agg(r.id))[1] FROM holdings_holding h"
        " JOIN referrals_referral r ON r.id = h.referral_id"
        " WHERE h.team_id = %s AND h.until_at IS NULL AND r.person_id IS NOT NULL GROUP BY r.person_id"
        " ORDER BY (SELECT count(*) FROM referrals_referral q WHERE q.person_id = r.person_id) DESC, 1"
        " LIMIT 1",
        [team],
    )
    return found[0], found[1]


def signed_in(membership: UUID) -> Client:
    client = Client(SERVER_NAME=HERE)
    session = client.session
    session[MEMBERSHIP], session[SEEN] = str(membership), now().isoformat()
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def seen_now(client: Client) -> None:
    session = client.session
    session[SEEN] = now().isoformat()
    session.save()


def page(client: Client, name: str, *args: object) -> Callable[[Any], object]:
    address = reverse(name, args=args)
    return lambda _: _answered(client.get(address))


def opened(client: Client, name: str, key: UUID) -> None:
    _answered(client.get(reverse(name, args=[key])))


def post(client: Client, name: str, fields: dict[str, str]) -> Callable[[Any], object]:
    address = reverse(name)
    return lambda _: _answered(client.post(address, fields))


def hidden_fields(client: Client, name: str) -> dict[str, str]:
    """What a page that was just opened carries unseen, the key of the row it will make among it."""
    html = client.get(reverse(name)).content.decode()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', html))


def recorded(client: Client, fields: dict[str, str]) -> None:
    answer = client.post(
        reverse("contact_new"),
        {**fields, "channel": "telephone", "words": "She has not slept.", "outcome": "handed_over",
         "needs": "mental", "ask": "Help her to sleep and feel safe."},
    )  # fmt: skip
    _answered(answer, status=302)


def _answered(response: Any, *, status: int = 200) -> None:
    if response.status_code != status:
        raise AssertionError(f"answered {response.status_code} instead of {status}")
