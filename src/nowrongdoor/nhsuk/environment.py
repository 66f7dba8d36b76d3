"""How templates are read: a misspelt name is an error, and text from people is always escaped."""

from typing import Any

from django import urls
from django.templatetags.static import static
from jinja2 import Environment, StrictUndefined

from nowrongdoor.kernel.live import sharing
from nowrongdoor.nhsuk import numbers, wording
from nowrongdoor.nhsuk.addresses import reverse
from nowrongdoor.nhsuk.fields import problems


def url(name: str, *args: object, **kwargs: object) -> str:
    """The address of a named page: `url("person", person_id)`."""
    return urls.reverse(name, kwargs=kwargs) if kwargs else reverse(name, args)


def environment(**options: Any) -> Environment:
    """The Jinja environment that settings name; Django adds `request`, `csrf_input` and `csrf_token`.

    StrictUndefined: a blank where a name should be could be read as "nothing known", so a
    template that asks for something it was not given fails its test instead.
    """
    options |= {"autoescape": True, "trim_blocks": True, "lstrip_blocks": True, "undefined": StrictUndefined}
    jinja = Environment(**options)
    jinja.globals |= {"url": url, "static": static, "wording": wording, "problems": problems}
    jinja.globals |= {"lately": sharing.lately, "dial": numbers.dial}
    return jinja
