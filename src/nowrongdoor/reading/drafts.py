"""What a member has typed and not sent. Nobody else's is ever found here."""

from uuid import UUID

from nowrongdoor.data.drafts.facts import DRAFTS
from nowrongdoor.data.drafts.models import Draft as DraftRow
from nowrongdoor.rules.draft import Draft

SHOWN = 3


def of_form(*, member_id: UUID, form: str) -> list[Draft]:
    """The last drafts of this member for one form, newest first."""
    rows = DraftRow.objects.filter(member_id=member_id, form=form).order_by("-saved_at")[:SHOWN]
    return [DRAFTS.of(values) for values in rows.values_list(*DRAFTS.columns)]


def one(*, draft_id: UUID, member_id: UUID, form: str) -> Draft | None:
    """One draft, if it is this member's and of this form."""
    rows = DraftRow.objects.filter(pk=draft_id, member_id=member_id, form=form)
    values = rows.values_list(*DRAFTS.columns).first()
    return DRAFTS.of(values) if values else None
