"""Where clocks, climbs, replies and finished sweeps are stored."""

from nowrongdoor.data.clocks.models import Climb as ClimbRow
from nowrongdoor.data.clocks.models import Clock as ClockRow
from nowrongdoor.data.clocks.models import Reply as ReplyRow
from nowrongdoor.data.clocks.models import Sweep as SweepRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.escalation import Climb, Clock, Reply
from nowrongdoor.rules.sweeping import Sweep

CLOCKS = Table(ClockRow, Clock, rank=75, scratch=True)
CLIMBS = Table(ClimbRow, Climb, rank=76, person="person_id", referral="referral_id")
REPLIES = Table(
    ReplyRow,
    Reply,
    rank=77,
    person="person_id",
    referral="referral_id",
    refusals={
        "reply_once_per_step": (
            "Somebody has already replied to this. Look again before you act.",
            "replied_already",
            "",
        )
    },
)
SWEEPS = Table(SweepRow, Sweep, rank=98, scratch=True)
