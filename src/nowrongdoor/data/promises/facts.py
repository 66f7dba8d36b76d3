"""Where promises and their escalations are stored."""

from nowrongdoor.data.promises.models import Escalation as EscalationRow
from nowrongdoor.data.promises.models import Promise as PromiseRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.promise import Escalation, Promise

PROMISES = Table(PromiseRow, Promise, rank=70, person="person_id", referral="referral_id")
ESCALATIONS = Table(EscalationRow, Escalation, rank=71)
