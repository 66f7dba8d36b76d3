"""Addresses of named pages: a list of fifty lines asks for a hundred of them, over and over."""

from collections.abc import Sequence
from functools import lru_cache

from django import urls

KEPT = 20_000


def reverse(name: str, args: Sequence[object] = ()) -> str:
    """As Django's, for the place that the site is served at."""
    return _found(urls.get_script_prefix(), name, *args)


@lru_cache(KEPT)
def _found(place: str, name: str, *args: object) -> str:
    return urls.reverse(name, args=args)
