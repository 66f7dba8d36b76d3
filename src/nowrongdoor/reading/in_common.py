"""
As whom a viewer asks, where screens of many are made together: as anyone of their team in their role would.

Of what is behind the walls nearly all is a team's or an agency's. One member's own is only what was opened
by saying why or by breaking the glass, and that a seal is against them by name. Whoever has neither is
answered as nobody in particular is, and so shares that answer with their colleagues.
"""

from uuid import UUID

from nowrongdoor.kernel.live import sharing
from nowrongdoor.kernel.viewer import Viewer

NOBODY = UUID(int=0)
"""No member has this key: whoever asks for it asks for nothing of a member's own."""
# A seal against their agency is against all of its members, and so is told of nobody by name here.
NOT_IN_COMMON = """
    SELECT DISTINCT x.member_id FROM sharing_opening x WHERE x.member_id = ANY(%(members)s)
    UNION
    SELECT m.member_id FROM unnest(%(members)s::uuid[]) AS m (member_id)
    WHERE EXISTS (
        SELECT FROM sharing_seal s WHERE s.lifted_at IS NULL
          AND seal_is_against(s.id, %(agency)s, m.member_id)
          AND NOT seal_is_against(s.id, %(agency)s, %(nobody)s))
"""


def of(viewer: Viewer) -> Viewer:
    """The viewer; or nobody in particular in their place, where that is answered just the same."""
    together = sharing.members()
    if not together:
        return viewer
    asked = {"members": list(together), "agency": viewer.agency_id, "nobody": NOBODY}
    apart = {key for (key,) in sharing.asked(NOT_IN_COMMON, asked)}
    if viewer.member_id in apart:
        return viewer
    return sharing.made(_anyone, viewer.role, viewer.team_id, viewer.agency_id, viewer.purpose)


def _anyone(role: str, team_id: UUID, agency_id: UUID, purpose: str) -> Viewer:
    return Viewer(NOBODY, "", role, team_id, "", agency_id, purpose=purpose)
