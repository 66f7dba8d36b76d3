"""The addresses around the directory: leaflets, what is suggested, the gap ledger, and calls just to talk."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import uuid4

from nowrongdoor.console.prove.seeing.calls import Asks, of_record, plain, with_key
from nowrongdoor.console.prove.seeing.place import Place


def _nothing(place: Place) -> Iterator[Any]:
    yield uuid4()


def _call(place: Place) -> Iterator[Any]:
    yield place.lives["called"].keys["talk"]
    yield uuid4()


def _owed_call(place: Place) -> Iterator[Any]:
    yield place.lives["called"].keys["owed_call"]
    yield uuid4()


# Calls just to talk: asked for from a record, and answered on the list of the network that owes them.
TALKS: dict[str, Asks] = {
    "talks": plain("GET", "HEAD"),
    "talk": with_key(_owed_call, "GET", "HEAD"),
    "call_reply": with_key(_owed_call, "GET", "POST"),
    "talk_take": with_key(_call, "POST"),
    "talk_tell": with_key(_call, "POST"),
    "talk_worry": with_key(_call, "GET", "POST"),
    "talk_withdraw": with_key(_call, "GET", "POST"),
    "contact_talk": of_record("contact", "GET", "POST"),
    "referral_talk": of_record("referral", "GET", "POST"),
    "person_talk": of_record("person", "GET", "POST"),
}

OF_THE_DIRECTORY: dict[str, Asks] = {
    "option": with_key(_nothing, "GET", "HEAD"),
    "option_places": with_key(_nothing, "POST"),
    "options": plain("GET", "POST"),
    "option_leaflet": plain("GET", "HEAD"),
    "option_leaflet_text": plain("GET", "HEAD"),
    "option_suggest": with_key(_nothing, "GET", "POST"),
    "option_suggested": with_key(_nothing, "GET", "HEAD"),
    "option_still_right": with_key(_nothing, "POST"),
    "suggestion_approve": with_key(_nothing, "POST"),
    "suggestion_turn_down": with_key(_nothing, "POST"),
    "gaps": plain("GET", "HEAD"),
    "service_endings": plain("GET", "HEAD"),
    **TALKS,
    "gaps_export": plain("GET", "HEAD"),
}
