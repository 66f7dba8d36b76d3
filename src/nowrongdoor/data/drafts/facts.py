"""Where drafts are kept. They are not records: no journal entry, and thrown away when sent."""

from nowrongdoor.data.drafts.models import Draft as DraftRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.draft import Draft

DRAFTS = Table(DraftRow, Draft, rank=90, scratch=True)
