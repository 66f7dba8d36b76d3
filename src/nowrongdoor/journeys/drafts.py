"""How typed text is kept until its form is sent. Drafts are not records: they leave no journal entry."""

from datetime import datetime
from uuid import UUID

from nowrongdoor.data.drafts.facts import DRAFTS
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.rules.change import began, changed
from nowrongdoor.rules.draft import Draft


@transaction
def keep(*, draft_id: UUID, member_id: UUID, form: str, fields: dict[str, list[str]], at: datetime) -> None:
    """
    Keep what has been typed into a form so far; only the member who typed it can have it back.

    The member is the one the form was shown to, who may not be signed in any more.
    """
    store.one_at_a_time(f"draft:{draft_id}")
    known = store.lock_where(DRAFTS, id=draft_id)
    if known and known[0].member_id != member_id:
        return
    kept = (
        changed(known[0], "draft.kept", fields=fields, saved_at=at)
        if known
        else began("draft.kept", Draft(draft_id, member_id, form, fields, at))
    )
    store.keep([kept])


@transaction
def discard(*, draft_id: UUID, member_id: UUID) -> None:
    """The form was sent, or its text is not wanted any more."""
    store.forget(DRAFTS, id=draft_id, member_id=member_id)
