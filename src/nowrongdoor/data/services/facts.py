"""Where the directory's entries and what they say of their places are stored."""

from nowrongdoor.data.services.models import Capacity as CapacityRow
from nowrongdoor.data.services.models import PlacesLink as PlacesLinkRow
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.directory import Capacity, Service
from nowrongdoor.rules.places_link import PlacesLink

SERVICES = Table(ServiceRow, Service, rank=10)
CAPACITIES = Table(CapacityRow, Capacity, rank=11)
PLACES_LINKS = Table(PlacesLinkRow, PlacesLink, rank=12)
