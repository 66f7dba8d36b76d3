"""How files that were chosen for a form are kept until it is sent. They are no record, as a draft is none."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from nowrongdoor.data.attachments.facts import KEPT_FILES
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.rules import attachment
from nowrongdoor.rules.attachment import KeptFile, NewFile
from nowrongdoor.rules.change import began


@transaction
def keep(
    *, draft_id: UUID, member_id: UUID, files: Sequence[NewFile], taken_out: Sequence[UUID], at: datetime
) -> None:
    """
    Keep what was chosen with the draft of its form, and throw away what was taken out again.

    A browser forgets the files of a form that comes back: without this they would be chosen anew each time.
    """
    store.one_at_a_time(f"draft:{draft_id}")
    mine = {"draft_id": draft_id, "member_id": member_id}
    for one in taken_out:
        store.forget(KEPT_FILES, id=one, **mine)
    attachment.check([*(one.chosen for one in store.find(KEPT_FILES, **mine)), *files])
    store.keep(
        began("draft.kept", KeptFile(one.id, draft_id, member_id, one.name, one.content, at)) for one in files
    )
