"""Where holdings and re-homings are stored."""

from nowrongdoor.data.holdings.models import Holding as HoldingRow
from nowrongdoor.data.holdings.models import ReHoming as ReHomingRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.holding import Holding, ReHoming

HOLDINGS = Table(HoldingRow, Holding, rank=50, referral="referral_id")
RE_HOMINGS = Table(ReHomingRow, ReHoming, rank=51, referral="referral_id")
