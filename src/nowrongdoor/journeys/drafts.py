"""How typed text is kept until its form is sent. Drafts are not records: they leave no journal entry."""

from datetime import datetime, timedelta
from uuid import UUID

from nowrongdoor.data.attachments.facts import KEPT_FILES
from nowrongdoor.data.drafts.facts import DRAFTS
from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction, transaction_required
from nowrongdoor.rules.change import began, changed
from nowrongdoor.rules.draft import SENT, Draft, kept_for

# How long an empty draft stays, so that nothing still on its way can bring a sent form back.
STRAGGLERS = timedelta(days=1)


@transaction
def keep(*, draft_id: UUID, member_id: UUID, form: str, fields: dict[str, list[str]], at: datetime) -> None:
    """
    Keep what has been typed into a form so far; only the member who typed it can have it back.

    The member is the one the form was shown to, who may not be signed in any more. Two savings of
    one form may overtake each other on the way: the one that reached us later is kept.
    """
    if _put(Draft(draft_id, member_id, form, fields, at)):
        for sent in store.find(DRAFTS, member_id=member_id, form=SENT):
            if sent.saved_at < at - STRAGGLERS:
                store.forget(DRAFTS, id=sent.id)


@transaction
def discard(*, draft_id: UUID, member_id: UUID, at: datetime) -> None:
    """The form was sent, or its text is not wanted any more: text and files are gone at once."""
    _put(Draft(draft_id, member_id, SENT, {}, at))
    store.forget(KEPT_FILES, draft_id=draft_id, member_id=member_id)


@transaction
def clear(*, at: datetime) -> int:
    """
    Throw away what was typed and not sent, and that nobody has touched for as long as drafts are kept;
    and the files chosen with it.

    Answers how many there were. Each is held first: one that its member goes on with just now stays.
    Nothing is lost about anyone, for a draft is no record.
    """
    until = at - kept_for(at=at)
    old = store.lock_where(DRAFTS, saved_at__before=until)
    store.forget(DRAFTS, id__in=[one.id for one in old])
    # A file chosen long ago stays with a draft that somebody goes on with.
    files = store.find(KEPT_FILES, kept_at__before=until)
    in_use = {one.id for one in store.find(DRAFTS, id__in=[one.draft_id for one in files])}
    store.forget(KEPT_FILES, id__in=[one.id for one in files if one.draft_id not in in_use])
    return sum(one.form != SENT for one in old)


@transaction_required
def _put(draft: Draft) -> bool:
    """The draft as it now is, unless it is somebody else's or has been put later; True when it is new."""
    store.one_at_a_time(f"draft:{draft.id}")
    known = store.lock_where(DRAFTS, id=draft.id)
    if not known:
        store.keep([began("draft.kept", draft)])
        return True
    (before,) = known
    # What was stored while its form was being recorded reached us later than the form, and goes with it.
    if before.member_id == draft.member_id and (draft.form == SENT or before.saved_at <= draft.saved_at):
        at = max(before.saved_at, draft.saved_at)
        store.keep([changed(before, "draft.kept", form=draft.form, fields=draft.fields, saved_at=at)])
    return False
