"""
As whom a viewer asks, where screens of many are made together: as anyone of their team in their role would.

Of what is behind the walls nearly all is a team's or an agency's. One member's own is only what was opened
by saying why or by breaking the glass, and that a seal is against them by name. Whoever has neither is
answered as nobody in particular is, and so shares that answer with their colleagues.
"""

from uuid import UUID

from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer


def of(viewer: Viewer) -> Viewer:
    """The viewer; or nobody in particular in their place, where that is answered just the same."""
    if not sharing.members() or sharing.stands_apart(viewer.member_id):
        return viewer
    return sharing.made(_anyone, viewer.role, viewer.team_id, viewer.agency_id, viewer.purpose)


def _anyone(role: str, team_id: UUID, agency_id: UUID, purpose: str) -> Viewer:
    return Viewer(sharing.NOBODY, "", role, team_id, "", agency_id, purpose=purpose)
