"""The triage inbox in its parts, for a page, and for the screens of a whole team that are made together."""

from datetime import datetime

from django.http import QueryDict
from markupsafe import Markup

from nowrongdoor.kernel.access_log.looking import Seen
from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.nhsuk import wording
from nowrongdoor.nhsuk.macros import rendered
from nowrongdoor.nhsuk.shapes import Screen
from nowrongdoor.pages.triage import wording as words
from nowrongdoor.pages.triage.wording import Row
from nowrongdoor.reading import triage_inbox
from nowrongdoor.reading.keyset import bookmark
from nowrongdoor.reading.triage_inbox import Inbox, InboxLine


def queue_of(asked: QueryDict) -> str:
    """The queue that is asked for, or all to decide."""
    name = asked.get("queue", "")
    return name if name in words.QUEUES else "all"


def of(viewer: Viewer, asked: QueryDict, *, at: datetime) -> Screen:
    """One queue at a time, by due time; the queues are links with their counts."""
    name, after = queue_of(asked), bookmark(asked.get("after", ""))
    place = str(after) if after else ""
    found = triage_inbox.of(name=name, viewer=viewer, at=at, after=after)
    parts = {
        "queues": sharing.made(_queues, name, tuple(found.counts.items())),
        "list": sharing.made(_list, name, found, place, at),
    }
    counted = f"{found.counts['all']} to decide · {found.counts['late']} late"
    seen = sharing.made(_seen, found)
    return Screen(f"{counted} · as it was at {wording.local_seconds(at)}", parts, (seen,))


def _queues(name: str, counts: tuple[tuple[str, int], ...]) -> Markup:
    about = {"queues": words.QUEUES, "counts": dict(counts), "queue": name, "beside": False}
    return rendered("triage/_queues.jinja", about)


def _list(name: str, found: Inbox, place: str, at: datetime) -> Markup:
    moment, instant = sharing.moment(at), sharing.Instant(at)
    about = {
        "queues": words.QUEUES,
        "counts": found.counts,
        "queue": name,
        "rows": [sharing.lately(_row, one, name, place, moment, instant) for one in found.rows],
        "next": found.next,
        "after": place,
        "nothing": words.nothing(name, oldest_at=found.oldest_at, at=at),
        "beside": False,
    }
    return rendered("triage/_inbox_list.jinja", about)


def _row(one: InboxLine, name: str, place: str, moment: int, instant: sharing.Instant) -> Row:
    return words.row(one, queue=name, at=instant.at, after=place)


def _seen(found: Inbox) -> tuple[Seen, ...]:
    return tuple(words.shown(found.rows))
