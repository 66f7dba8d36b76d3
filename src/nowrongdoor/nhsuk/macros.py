"""Parts of pages that Python puts together: a macro called like a function, or a small template whole."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.template import engines
from markupsafe import Markup


def macro(template: str, name: str) -> Callable[..., Markup]:
    """The macro of this name, which is found when it is called first."""

    def called(*given: Any) -> Markup:
        made: Markup = getattr(_module(template), name)(*given)
        return made

    return called


@cache
def _module(template: str) -> Any:
    return engines["jinja2"].env.get_template(template).module


def rendered(template: str, about: dict[str, Any]) -> Markup:
    """A template that is a part of a page, and no page."""
    return Markup(engines["jinja2"].env.get_template(template).render(about))
