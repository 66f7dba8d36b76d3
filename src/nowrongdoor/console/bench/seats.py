"""Who sits at the browsers that are measured with, and what each of them shows."""

from __future__ import annotations

from nowrongdoor.console.bench.browsers import Browser
from nowrongdoor.console.prove.ground import leave

# One in so many browsers shows it, where its member may see it; all others show My work.
PAGES = {"board.read": "/board", "triage.decide": "/triage"}
EVERY = {"board.read": 10, "triage.decide": 3}


def signed_in(number: int, port: int) -> list[Browser]:
    """Members one after another, each at a browser of their own: mostly My work, some triage or the board."""
    from nowrongdoor.console.bench import work
    from nowrongdoor.kernel.now import now
    from nowrongdoor.reading import viewers
    from nowrongdoor.rules import access

    at_work = [one.membership_id for one in viewers.personas(at=now())]
    browsers = []
    for each in range(number):
        viewer = viewers.at_work(membership_id=at_work[each % len(at_work)])
        client = work.signed_in(at_work[each % len(at_work)])
        may = {act: viewer is not None and access.may_do(viewer, act, at=now()) for act in PAGES}
        path = next((page for act, page in PAGES.items() if may[act] and each % EVERY[act] == 1), "/")
        team = str(viewer.team_id) if viewer else ""
        member = str(viewer.member_id) if viewer else ""
        browsers.append(Browser(port, client.cookies["sessionid"].value, team, path, member))
    leave()
    return browsers
