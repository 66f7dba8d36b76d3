"""How the directory is kept."""

from collections.abc import Sequence
from datetime import datetime

from nowrongdoor.kernel import store
from nowrongdoor.kernel.transactions import transaction
from nowrongdoor.kernel.viewer import Viewer
from nowrongdoor.rules import access
from nowrongdoor.rules.change import began
from nowrongdoor.rules.directory import Service


@transaction
def enter(*, services: Sequence[Service], by: Viewer, at: datetime) -> None:
    """Enter services in the directory."""
    access.need(by, "service.enter", at=at)
    store.save([began("service.entered", one) for one in services], by=by, at=at)
