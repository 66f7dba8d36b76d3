"""Which methods an address takes, as its view says."""

import inspect
from collections.abc import Callable

from django.http import HttpResponse


def taken_by(view: Callable[..., HttpResponse]) -> tuple[str, ...]:
    """The methods its decorator names; none for a view that leaves the question to itself."""
    return tuple(inspect.getclosurevars(view).nonlocals.get("request_method_list", ()))
