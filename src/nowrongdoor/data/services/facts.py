"""Where the directory's entries are stored."""

from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.directory import Service

SERVICES = Table(ServiceRow, Service, rank=10)
