"""Who asks: the viewer that front doors make from a signed-in member and pass down as `by`."""

from nowrongdoor.rules.access import Viewer

__all__ = ["Viewer"]
