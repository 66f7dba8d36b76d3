"""Which pages there are for whom, and which forms stand on them: found by following every link."""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit

import psycopg
from django.urls import Resolver404, resolve

from nowrongdoor.console.prove.attack.pages import Form, Page
from nowrongdoor.console.prove.attack.sending import Judge, Sender

NOT_FOLLOWED = {"sign_out"}
BEGIN = ("/", "/people", "/contacts/new", "/break-glass", "/board", "/board?wall=1", "/our-team", "/team")
# Those first whose teams have most to do: they come upon most pages.
MEMBERSHIPS = """
SELECT membership.role, membership.id FROM agencies_membership AS membership
    LEFT JOIN holdings_holding AS holding ON holding.team_id = membership.team_id
WHERE membership.role <> 'link_holder'
GROUP BY membership.role, membership.id ORDER BY count(holding.id) DESC, membership.role, membership.id
"""


@dataclass
class Found:
    """A form on a page, as one member sees it."""

    sender: Sender
    page: str
    route: str
    place: int  # which form of the page it is
    form: Form

    @property
    def key(self) -> tuple[str, str, tuple[str, ...]]:
        """Alike wherever it stands: the page's route, where it goes, its fields."""
        return self.route, route_of(self.goes_to), tuple(sorted(self.form.boxes))

    @property
    def goes_to(self) -> str:
        return urlsplit(self.form.action).path or self.page

    def again(self) -> Form | None:
        """The form as it stands now, if it still does."""
        answer = self.sender.get(self.page)
        if answer.status != 200:
            return None
        alike = [one for one in Page(answer.text).forms if set(one.boxes) == set(self.form.boxes)]
        return next((one for one in alike if one.action == self.form.action), alike[0] if alike else None)


@dataclass
class Site:
    """What there is: pages for each member, forms by what they are."""

    senders: list[Sender]
    pages: list[tuple[Sender, str]] = field(default_factory=list)
    forms: dict[tuple[str, str, tuple[str, ...]], list[Found]] = field(default_factory=dict)

    @property
    def routes(self) -> set[str]:
        return {route_of(path) for _, path in self.pages}


def members(owner: psycopg.Connection, *, roles: int) -> list[tuple[str, object]]:
    """One of each role, of those with most to do; of so many roles."""
    busiest: dict[str, object] = {}
    for role, membership_id in owner.execute(MEMBERSHIPS).fetchall():
        busiest.setdefault(role, membership_id)
    return list(busiest.items())[:roles]


def crawl(owner: psycopg.Connection, port: int, judge: Judge, *, roles: int, alike: int) -> Site:
    """Every page that a member of each role comes upon, `alike` of those of one address with other keys."""
    stranger = Sender(port, judge)
    site = Site([stranger])
    come_upon(site, stranger, alike=alike, begin=("/sign-in",))
    for role, membership_id in members(owner, roles=roles):
        sender = Sender(port, judge, role)
        sender.sign_in(membership_id)
        site.senders.append(sender)
        come_upon(site, sender, alike=alike)
    return site


def come_upon(site: Site, sender: Sender, *, alike: int, begin: tuple[str, ...] = BEGIN) -> None:
    waiting, known, counted = deque(begin), set(begin), Counter[tuple[str, ...]]()
    while waiting:
        path = waiting.popleft()
        asked = tuple(sorted({name for name, _ in parse_qsl(urlsplit(path).query)} - {"new"}))
        kind = (route_of(path), *asked)
        if counted[kind] >= alike:
            continue
        counted[kind] += 1
        answer = sender.get(path)
        if answer.status != 200 or not answer.is_page:
            continue
        site.pages.append((sender, path))
        page = Page(answer.text)
        for place, form in enumerate(page.forms):
            if form.method == "post" or form.boxes:
                found = Found(sender, path, route_of(path), place, form)
                if route_of(found.goes_to) not in NOT_FOLLOWED:
                    site.forms.setdefault(found.key, []).append(found)
        for link in page.links:
            to = urlsplit(link)
            path = to.path + (f"?{to.query}" if to.query else "")
            ours = path.startswith("/") and not to.netloc and route_of(path) not in NOT_FOLLOWED
            if ours and path not in known:
                known.add(path)
                waiting.append(path)


def route_of(path: str) -> str:
    try:
        return resolve(urlsplit(path).path).view_name or ""
    except Resolver404:
        return ""
