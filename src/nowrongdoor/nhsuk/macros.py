"""Parts of pages that Python puts together: a macro of a template, called like a function."""

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
