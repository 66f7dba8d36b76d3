"""Where promises, their escalations and calls just to talk are stored."""

from nowrongdoor.data.promises.models import Escalation as EscalationRow
from nowrongdoor.data.promises.models import Promise as PromiseRow
from nowrongdoor.data.promises.models import Talk as TalkRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.promise import Escalation, Promise
from nowrongdoor.rules.talk import Talk

PROMISES = Table(PromiseRow, Promise, rank=70, person="person_id", referral="referral_id")
ESCALATIONS = Table(EscalationRow, Escalation, rank=71)
TALKS = Table(TalkRow, Talk, rank=72)
