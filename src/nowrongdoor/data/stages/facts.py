"""Where stages, care contacts and statutory clocks are stored."""

from nowrongdoor.data.stages.models import CareContact as CareContactRow
from nowrongdoor.data.stages.models import Stage as StageRow
from nowrongdoor.data.stages.models import StatutoryClock as StatutoryRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.care_contact import CareContact
from nowrongdoor.rules.stage import Stage
from nowrongdoor.rules.statutory import StatutoryClock

STAGES = Table(StageRow, Stage, rank=64, referral="referral_id")
CARE_CONTACTS = Table(CareContactRow, CareContact, rank=65, referral="referral_id")
STATUTORY = Table(StatutoryRow, StatutoryClock, rank=66, referral="referral_id")
