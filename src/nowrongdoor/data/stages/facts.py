"""Where stages and care contacts are stored."""

from nowrongdoor.data.stages.models import CareContact as CareContactRow
from nowrongdoor.data.stages.models import Stage as StageRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.care_contact import CareContact
from nowrongdoor.rules.stage import Stage

STAGES = Table(StageRow, Stage, rank=65, referral="referral_id")
CARE_CONTACTS = Table(CareContactRow, CareContact, rank=66, referral="referral_id")
