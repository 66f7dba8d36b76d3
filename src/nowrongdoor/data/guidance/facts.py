"""Where what guidance advised is stored."""

from nowrongdoor.data.guidance.models import Advice as AdviceRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.advising import Advice

ADVICE = Table(AdviceRow, Advice, rank=73, referral="referral_id")
