"""Where duties on the rota are stored."""

from nowrongdoor.data.rota.models import Duty as DutyRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.rota import Duty

DUTIES = Table(DutyRow, Duty, rank=6)
