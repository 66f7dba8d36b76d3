"""Where referrals are stored."""

from nowrongdoor.data.referrals.models import Referral as ReferralRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.referral import Referral

REFERRALS = Table(ReferralRow, Referral, rank=40, person="person_id", referral="id")
