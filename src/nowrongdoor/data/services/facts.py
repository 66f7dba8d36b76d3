"""Where the directory's entries, what they say of their places, and what was looked for are stored."""

from nowrongdoor.data.services.models import Capacity as CapacityRow
from nowrongdoor.data.services.models import PlacesLink as PlacesLinkRow
from nowrongdoor.data.services.models import Service as ServiceRow
from nowrongdoor.data.services.models import Sitting as SittingRow
from nowrongdoor.data.services.models import Suggestion as SuggestionRow
from nowrongdoor.kernel.tables import Table
from nowrongdoor.rules.directory import Capacity, Service
from nowrongdoor.rules.gaps import Sitting
from nowrongdoor.rules.places_link import PlacesLink
from nowrongdoor.rules.suggestion import Suggestion

SERVICES = Table(ServiceRow, Service, rank=10)
CAPACITIES = Table(CapacityRow, Capacity, rank=11)
PLACES_LINKS = Table(PlacesLinkRow, PlacesLink, rank=12)
SUGGESTIONS = Table(SuggestionRow, Suggestion, rank=13)
SITTINGS = Table(SittingRow, Sitting, rank=92, scratch=True)
